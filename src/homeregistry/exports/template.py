"""`template`: a blank workbook to fill in, with drop-downs, an example row and help.

Its headings are spellings of the general layout, its lists are those of the year asked for, so that what
is chosen from them is read back without a question.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from homeregistry.errors import UsageMistake
from homeregistry.exports.headers import HEADERS, TIER_WORDS
from homeregistry.i18n import translate as _
from homeregistry.importing.sheets import EXAMPLE, HELP_SHEET, LIST_SHEET
from homeregistry.kinds import kinds
from homeregistry.regions.gazetteer import Region, gazetteer
from homeregistry.targets import DraftFile, drafting, require_free
from homeregistry.vocabulary import TIERS

ROWS: Final = 5000
"""Rows that have drop-downs; more may be filled in without them."""

_SERIAL: Final = "序号"
_SMALL: Final = "小家名称"
_WIDTHS: Final = {"recipient": 36, "parent": 30, "unit": 30, "region": 26, "body": 24, "conferred_by": 24,
                  "decision_no": 22, "uscc": 24, "kind": 22}  # fmt: skip
_TAIL: Final = (
    "tier", "year", "region", "body", "conferred_by", "decision_no", "decision_date", "uscc", "note",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class TemplateWish:
    """What a template is for: one kind or any, a region with all below it or the whole country, a year."""

    year: int
    kind: str | None = None
    region: Region | None = None

    @property
    def fields(self) -> tuple[str, ...]:
        """The columns for whoever receives the kind; for any kind all of them."""
        receiver = kinds()[self.kind].recipient_type if self.kind else None
        who = {
            "organisation": ("recipient",),
            "sub_unit": ("recipient", "parent"),
            "person": ("person", "unit", "post"),
            None: ("recipient", "parent", "person", "unit", "post"),
        }[receiver]
        return ("kind", *who, *_TAIL)

    @property
    def kind_codes(self) -> list[str]:
        """The kinds that may be chosen."""
        return [self.kind] if self.kind else list(kinds())

    def districts(self) -> list[str]:
        """Every region that existed in the year, by its whole path, in the order of codes."""
        first, last = f"{self.year}-01-01", f"{self.year}-12-31"
        found = {
            (one.code, gazetteer().path(one, _day_in(one, last)))
            for one in gazetteer()
            if one.existed(first, last) and (self.region is None or self.region.code in one.chain)
        }
        return [path for _code, path in sorted(found)]


def _day_in(region: Region, day: str) -> str:
    """The day, or the region's first where it was gone by then."""
    return day if region.in_force(day) else max(region.valid_from, f"{day[:4]}-01-01")


def write_template(wish: TemplateWish, out: Path, force: bool = False) -> None:
    """Write a blank workbook. Raises UsageMistake for another name than .xlsx, FileRefused."""
    if out.suffix.lower() != ".xlsx":
        raise UsageMistake("template_format", "“{file}”: a template's name ends in .xlsx.", file=out)
    require_free(out, force, lambda _path: False)
    import xlsxwriter

    with drafting(out) as draft:
        with DraftFile(draft.path) as place:
            book = xlsxwriter.Workbook(place, {"tmpdir": str(draft.folder), "strings_to_formulas": False})
            sheet = book.add_worksheet("名单")
            help_sheet = book.add_worksheet(HELP_SHEET)
            lists = book.add_worksheet(LIST_SHEET)
            lists.hide()
            choices = _lists(lists, wish)
            _sheet(book, sheet, wish, choices)
            _help(book, help_sheet, wish)
            book.close()
        draft.publish()


def _lists(sheet: Any, wish: TemplateWish) -> dict[str, str]:
    """The hidden lists; field to the range that its drop-down shows."""
    lists = {
        "kind": [kinds()[code].title for code in wish.kind_codes],
        "tier": [TIER_WORDS[tier] for tier in TIERS],
        "region": wish.districts(),
    }
    ranges = {}
    for column, (name, words) in enumerate(lists.items()):
        for row, word in enumerate(words):
            sheet.write_string(row, column, word)
        letter = "ABC"[column]
        ranges[name] = f"='{LIST_SHEET}'!${letter}$1:${letter}${max(len(words), 1)}"
    return ranges


def _sheet(book: Any, sheet: Any, wish: TemplateWish, choices: dict[str, str]) -> None:
    head = book.add_format(
        {"bold": True, "bg_color": "#E4ECF4", "border": 1, "align": "center", "valign": "vcenter"}
    )
    text = book.add_format({"num_format": "@", "valign": "top"})
    example = book.add_format({"num_format": "@", "italic": True, "font_color": "#7B8794"})
    sheet.set_column(0, 0, 6)
    sheet.write_string(0, 0, _SERIAL, head)
    sheet.write_string(1, 0, EXAMPLE, example)
    shown = _example(wish)
    for column, name in enumerate(wish.fields, start=1):
        sheet.set_column(column, column, _WIDTHS.get(name, 14), text)
        sheet.write_string(0, column, _heading(wish, name), head)
        if name in shown:
            sheet.write_string(1, column, shown[name], example)
        if name in choices:
            sheet.data_validation(
                2, column, ROWS, column,
                {
                    "validate": "list", "source": choices[name], "error_type": "warning",
                    "error_title": _("Not in the list"),
                    "error_message": _("Choose from the list, or keep what the document prints."),
                },
            )  # fmt: skip
    sheet.set_row(0, 24)
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _heading(wish: TemplateWish, name: str) -> str:
    small = wish.kind is not None and kinds()[wish.kind].recipient_type == "sub_unit"
    return _SMALL if small and name == "recipient" else HEADERS[name]


def _example(wish: TemplateWish) -> dict[str, str]:
    code = wish.kind_codes[0]
    receiver = kinds()[code].recipient_type
    districts = wish.districts()
    who = {
        "organisation": {"recipient": "某某有限公司工会委员会"},
        "sub_unit": {"recipient": "某某有限公司第一车间工会小组", "parent": "某某有限公司工会委员会"},
        "person": {"person": "张某某", "unit": "某某有限公司", "post": "工会主席"},
    }[receiver]
    return {
        "kind": kinds()[code].title, **who, "tier": TIER_WORDS["provincial"], "year": str(wish.year),
        "region": districts[:2][-1] if districts else "", "conferred_by": "某某省总工会",
        "decision_no": f"某工发〔{wish.year}〕1号", "decision_date": f"{wish.year}-12-01",
    }  # fmt: skip


def _help(book: Any, sheet: Any, wish: TemplateWish) -> None:
    bold, plain = book.add_format({"bold": True, "valign": "top"}), book.add_format({"text_wrap": True})
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 1, 90)
    sheet.write_string(0, 0, _("How to fill this in"), book.add_format({"bold": True, "font_size": 14}))
    lines: Sequence[tuple[str, str]] = [
        (HEADERS["kind"], _("The title as the decision names it; choose from the list.")),
        (HEADERS["recipient"], _("The unit or sub-unit honoured, its full name as printed.")),
        (HEADERS["parent"], _("For a sub-unit: the union that it belongs to.")),
        (HEADERS["person"], _("For a person: the name; the unit and the post in their own columns.")),
        (HEADERS["tier"], _("At which tier the title was conferred; choose from the list.")),
        (HEADERS["year"], _("The year that the round states: 2020; 2017-2019 for a round of several.")),
        (HEADERS["region"], _("Where the unit is, by the names of that year; choose from the list.")),
        (HEADERS["body"], _("The union that recommended it, if known.")),
        (HEADERS["conferred_by"], _("The union that conferred the title, its full name.")),
        (HEADERS["decision_no"], _("The number of the decision, as printed.")),
        (HEADERS["uscc"], _("18 characters, if known; typed as text.")),
        (EXAMPLE, _("The grey row only shows how; rows that begin with this word are not read.")),
        ("", _("Write no identity numbers and no telephone numbers; they are dropped unread.")),
        ("", _("Then see what will happen: homeregistry import FILE --dry-run")),
    ]  # fmt: skip
    for row, (name, text) in enumerate(lines, start=2):
        sheet.write_string(row, 0, name, bold)
        sheet.write_string(row, 1, text, plain)
    sheet.write_string(len(lines) + 3, 0, _("Districts as of"), bold)
    sheet.write_number(len(lines) + 3, 1, wish.year, book.add_format({"align": "left"}))
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
