"""Reads a document without a grid as a list: headings over names, sentences, forms.

Every non-blank line ends as at least one entry, problem or line that is no data, with its row; a
heading that states a count is held against the names below it. Nothing is resolved here.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from homeregistry.grid import TextDocument
from homeregistry.headings.heading import Heading, of_owner, read_heading
from homeregistry.headings.places import heads_names, is_body
from homeregistry.kinds import fold_title, kinds, title_pattern
from homeregistry.lists import entries, forms, furniture
from homeregistry.lists.bare import is_bare_list
from homeregistry.lists.findings import Findings
from homeregistry.lists.frames import PLAIN, SECTION, YEAR, Frames, inside, rank_of
from homeregistry.lists.leads import headline, is_opening, is_sentence, read_lead
from homeregistry.lists.lines import Line, read_lines
from homeregistry.lists.persons import ends_in_post, split_post
from homeregistry.lists.sentences import read_sentences, with_issuer
from homeregistry.lists.splitting import is_prose, is_whole_name, split_names, without_full_stop
from homeregistry.lists.told import Told
from homeregistry.records import (
    HeadingContext,
    ListItem,
    ListOptions,
)
from homeregistry.text import has_cjk, squeeze

Verdict = Literal["list", "nominations", "prose", "nothing", "picture"]

_SECTION = re.compile(r"^(?:[一二三四五六七八九十]{1,3}\s*[、.．]|[(（][一二三四五六七八九十]{1,3}[)）])\s*")
_VERBAL = re.compile(r"[。；;]|获|评为|授予|命名|达标|创成|认定|评定|为|列|[:：].")
_HEADED = re.compile(r"^(?P<heading>(?!附\s*件?\s*[:：])[^。；;，,:：|｜]{2,40})[:：]\s*(?P<names>[^:：]+)$")
_YEARS_ALONE = re.compile(r"[(（]?[0-9０-９〇○零OＯo一二三四五六七八九年度\-—–至~～]{4,14}年?度?[)）]?")


@dataclass(frozen=True, slots=True)
class ListReading:
    """What a document says as a list. `dropped` counts personal numbers that were taken out."""

    verdict: Verdict
    found: tuple[ListItem, ...]
    dropped: int = 0

    def items(self) -> Iterator[ListItem]:
        """Entries, problems, stated counts and lines that are no data, in the order of the rows."""
        return iter(self.found)


def read_list(
    document: TextDocument,
    options: ListOptions,
    given: HeadingContext | None = None,
    *,
    in_tables: bool = False,
) -> ListReading:
    """Reads the lines of the document; its `tables` are for the layouts and stay untouched.

    `given` is what is known before the first line, as from the name of the sheet that the lines fill.
    `in_tables` says that the lists stand in tables: A等997个 in a sentence is then an example of them.

    Verdicts: `list` has entries; `nominations` has only candidates while `options.conferred` is not
    set; `picture` has pages or picture marks and no text to read; `prose` names nobody; `nothing`
    is blank. An entry's `sheet` is empty, or “p. 3” where the format has pages; its row is the line.
    """
    lines = read_lines(document)
    reader = _Reader(document, options, lines, given or HeadingContext())
    reader.lists_in_tables = in_tables
    if not any(has_cjk(line.text) for line in lines):
        reader.skip_all("unreadable")
        return ListReading("picture" if document.page_of else "nothing", reader.result())
    reader.run()
    dropped = sum(line.dropped for line in lines) + reader.dropped_labels
    return ListReading(reader.verdict(), reader.result(), dropped)


class _Reader:
    """The state of one reading: the headings above, and whether names are expected here."""

    def __init__(
        self, document: TextDocument, options: ListOptions, lines: list[Line], given: HeadingContext
    ) -> None:
        self._document = document
        self._options = options
        self._lines = lines
        self._signature = furniture.find_signature(lines)
        self._frames = Frames(self._root(given))
        self._findings = Findings(document, options)
        self._told = Told()
        self._forms: list[forms.Form] = []
        self._header: tuple[str, ...] | None = None
        self._place: str | None = None
        self._after_contents = False
        self._label_rank: int | None = None
        self._pictures = False
        self.lists_in_tables = False
        self._expecting = bool(options.kind or given.kind) or is_bare_list(lines)

    @property
    def dropped_labels(self) -> int:
        """How many personal fields the forms held."""
        return sum(len(form.dropped) for form in self._forms)

    def run(self) -> None:
        """Reads every line, then what can be judged only at the end."""
        for line in self._lines:
            self._read(line)
        self._close_forms()
        self._close_counts()
        self._told.tell(self._findings, lists_in_tables=self.lists_in_tables)
        self._findings.account(self._lines)

    def skip_all(self, reason: str) -> None:
        """Accounts for every line of a document that holds no text to read."""
        for line in self._lines:
            self._findings.skip(line, furniture.furniture(line.text) or reason)
        self._findings.account(self._lines)

    def result(self) -> tuple[ListItem, ...]:
        """All items in the order of their rows."""
        return self._findings.in_order()

    def verdict(self) -> Verdict:
        """What the document is, from what was found in it."""
        found = [entry for entry in self._findings.entries if entry.values]
        if found:
            nominated = [any(p.code == "nomination_list" for p in e.problems) for e in found]
            return "nominations" if all(nominated) else "list"
        if self._findings.has_problem("nomination_list"):
            return "nominations"
        said = sum(len(line.text) for line in self._lines)
        return "picture" if self._pictures and (self._frames.top or said < 60) else "prose"

    # one line

    def _read(self, line: Line) -> None:
        text = line.text
        if self._signature and line.row in self._signature.rows:
            self._findings.skip(line, "signature")
        elif line.dropped and all(forms.label_field(cell) for cell in forms.cells_of(text)):
            self._findings.skip(line, "personal")
        elif furniture.is_contents(text, self._after_contents):
            self._after_contents = True
            self._findings.skip(line, "contents")
        elif reason := furniture.furniture(text):
            self._pictures = self._pictures or reason == "picture"
            self._findings.skip(line, reason)
        elif self._is_directory(line) or self._is_form(line) or self._is_header(line):
            return
        else:
            self._after_contents = False
            if self._is_headed(line) or self._is_lead(line):
                return
            start, said = headline(text)
            if said != text:
                line, text = replace(line.part(start), text=said), said
            heading = read_heading(text, self._frames.context, self._frames.noun)
            if not (self._is_sentence(line, heading) or self._is_heading(line, heading)):
                self._names(line)

    def _is_directory(self, line: Line) -> bool:
        rows = furniture.directory_rows(line.text)
        for _ in range(rows):
            self._frames.count_name(None)
        if rows:
            self._findings.skip(line, "directory")
        return rows > 0

    def _is_form(self, line: Line) -> bool:
        cells = forms.cells_of(line.text)
        if not forms.is_form_row(cells):
            return False
        return forms.add_row(self._forms, line.row, cells)

    def _is_header(self, line: Line) -> bool:
        header = entries.read_header(line.text)
        if header is None:
            return False
        self._header = header
        self._expecting = True
        self._findings.skip(line, "header")
        return True

    def _is_headed(self, line: Line) -> bool:
        """Whether a heading and its names share the line: 全国模范职工之家(2个):A、B."""
        match = _HEADED.match(line.text)
        if match is None or title_pattern().search(fold_title(match["names"])):
            return False
        heading = read_heading(match["heading"], self._frames.context, self._frames.noun)
        titled = heading.kinds or heading.other_title
        if not titled and not (heading.scope and heading.declared is not None):
            return False
        own = Line(match["heading"], ((0, line.row),))
        if titled:
            self._push_title(own)
        else:
            self._push_scope(own, heading)
            self._frames.keep_to_line()
        self._names(line.part(match.start("names")))
        return True

    def _is_lead(self, line: Line) -> bool:
        """Whether a paragraph announces the names below it (…授予…等2个单位“X”称号，名单如下：)."""
        lead = read_lead(line.text)
        if lead is None:
            return False
        own = Line(lead, ((0, line.row),))
        heading = read_heading(lead, self._frames.root)
        if self._frames.complete(heading, line.row):
            self._expecting = True
            self._tell_title(line, heading)
        elif heading.kinds or heading.other_title:
            self._push_title(own)
        else:
            return False
        return True

    def _is_sentence(self, line: Line, heading: Heading) -> bool:
        """Whether the line is running text around titles; its names wait for the end."""
        folded = fold_title(line.text)
        if heading.declared is not None or not _VERBAL.search(folded):
            return False
        if not title_pattern().search(folded):
            return False
        groups = read_sentences(line, self._frames.document_context)
        if groups and not (heading.is_list_title and not re.search("[。；;]", line.text)):
            self._told.add(line, groups)
            return True
        if "。" in line.text or (len(folded) > 60 and not heading.is_list_title):
            self._end_of_list()
            self._findings.skip(line, "prose")
            return True
        return False

    def _is_heading(self, line: Line, heading: Heading) -> bool:
        dated = heading.years is not None and _YEARS_ALONE.fullmatch(squeeze(line.text))
        opens = self._frames.top is None and is_opening(line.text)
        decides = opens or (self._frames.top is None and furniture.is_decision(line.text))
        if not (heading.says_something or dated or decides) or (is_sentence(line.text) and not opens):
            return False
        if re.search(r"[|｜]", line.text):
            return False
        if "\t" in line.text and entries.is_titled_name(line.text):
            self._expecting = True
            return False
        text = squeeze(line.text)
        if heading.is_label:
            self._label_rank = 1
            self._findings.skip(line, "label")
        elif heading.kinds or heading.other_title or heading.is_list_title:
            self._push_title(line)
        elif heading.scope:
            return self._push_scope(line, heading)
        elif heading.declared is not None and heading.years is not None and self._frames.top is not None:
            self._push_year(line)
        elif heading.declared is not None and self._frames.top is not None:
            stated = heading.stated if text.startswith(("-", "—")) else text.strip("()（）:：")
            spoken_of = self._frames.state(heading.declared, stated or text, line.row)
            if spoken_of is not None:
                self._findings.count(line.row, stated or text, heading.declared, spoken_of)
            self._findings.skip(line, "count" if spoken_of is None else "total")
        elif dated and heading.years is not None and self._frames.top is not None:
            self._frames.add_years(heading.years)
            self._findings.skip(line, "title")
        elif heading.context.decision_no and len(text) < 30:
            self._frames.add_evidence(heading.context)
            self._findings.skip(line, "document_number")
        elif decides:
            self._frames.begin_with(with_issuer(heading.context, squeeze(line.text)))
            self._findings.skip(line, "title")
        else:
            return False
        return True

    def _push_title(self, line: Line) -> None:
        plain = read_heading(line.text, self._frames.root)
        rank = rank_of(line.text, plain)
        if rank == PLAIN and self._frames.covers(plain):
            rank = SECTION
        if self._label_rank is not None:
            rank, self._label_rank = self._label_rank, None
        given = self._frames.parent_for(rank)
        heading = read_heading(line.text, given, self._frames.noun)
        self._push(line, heading if self._frames.top else of_owner(heading), rank)
        self._tell_title(line, heading)

    def _tell_title(self, line: Line, heading: Heading) -> None:
        self._findings.skip(line, "title")
        if heading.nomination and not self._options.conferred:
            self._findings.problem("nomination_list", line.row, heading.nomination)

    def _push_year(self, line: Line) -> None:
        """2019年度（1个） over names: a round of its own under the title above."""
        given = self._frames.parent_for(YEAR)
        self._push(line, read_heading(line.text, given, self._frames.noun), YEAR)
        self._findings.skip(line, "title")

    def _push_scope(self, line: Line, heading: Heading) -> bool:
        """A place, body or group over names; a local industry union may itself be a recipient."""
        scope = heading.scope or ""
        bare = heading.declared is None and is_body(scope)
        if bare and not heads_names(scope) and not self._frames.recommends_beside(scope):
            return False
        if bare and self._frames.top is None:
            self._frames.add_evidence(HeadingContext(issuer_printed=scope))
            self._findings.skip(line, "issuer")
            return True
        rank = rank_of(line.text, heading)
        given = self._frames.parent_for_scope(scope, rank)
        heading = read_heading(line.text, given, self._frames.noun)
        self._push(line, inside(given, heading), rank)
        self._findings.skip(line, "scope")
        return True

    def _push(self, line: Line, heading: Heading, rank: int) -> None:
        self._frames.push(heading, line.row, rank)
        self._place = None
        self._header = None
        self._expecting = True

    def _names(self, line: Line) -> None:
        top = self._frames.top
        personal = self._personal(top.heading if top else None)
        text = without_full_stop(line.text, personal=bool(personal) and self._expecting)
        if re.search(r"[|｜].*[|｜]", text) and not self._expecting:
            self._findings.unread(line.row, text, self._frames.context)
            return
        if furniture.is_remark(text):
            self._findings.skip(line, "note")
            return
        if is_prose(text) or not self._expecting:
            self._end_of_list()
            self._findings.skip(line, "prose")
            return
        section = _SECTION.match(text)
        if section:
            rest = text[section.end() :]
            if not any(is_whole_name(name) for name, _ in split_names(rest)):
                self._expecting = False
                self._findings.skip(line, "section")
                return
        shift = section.end() if section else 0
        serial, rest = entries.take_serial(text[shift:])
        place, rest = entries.take_place(rest)
        self._frames.turn_to(place)
        self._place = place or self._place
        pieces = entries.read_pieces(rest, personal, self._header)
        if pieces is None and personal and serial is None and ends_in_post(rest):
            unit, post = split_post(rest)
            if unit and post and self._findings.add_to_last(line, {"unit": unit, "post": post}):
                return
        if pieces is None:
            self._findings.unread(line.row, text, self._frames.context)
            return
        shift = len(text) - len(rest)
        for number, piece in enumerate(pieces):
            self._name(line, piece, shift, serial if number == 0 else None)

    def _name(self, line: Line, piece: entries.Piece, shift: int, serial: int | None) -> None:
        row = line.row_at(piece.offset + shift)
        values = dict(piece.values)
        if serial is None and values.get("serial", "").isdecimal():
            serial = int(values["serial"])
        if serial is not None:
            values["serial"] = str(serial)
        if self._place and "region" not in values and "body" not in values:
            values["body" if is_body(self._place) else "region"] = self._place
        gap = self._frames.count_name(serial)
        if gap is not None:
            self._findings.problem(gap.code, row, gap.value, **gap.params)
        name = values.get("recipient") or values.get("person") or ""
        self._told.list_name(self._frames.context.kind, name)
        state = self._frames.not_awarded
        if state is not None:
            self._findings.skip_row(row, state, name)
            return
        nomination, other = self._frames.doubts
        # A row that says its own title has nothing to do with an unknown one above it.
        doubts = (nomination, None if values.get("kind") else other)
        self._findings.entry(row, values, self._frames.context, doubts, line.text)

    # what is judged at the end

    def _close_forms(self) -> None:
        """One entry a form; every other row of it is accounted for as part of the form."""
        for form in self._forms:
            values = form.values
            personal = self._personal(self._frames.top.heading if self._frames.top else None)
            if "recipient" not in values and personal is False and "unit" in values:
                values = {"recipient": values["unit"]}
            if "recipient" not in values and "person" not in values:
                for row in form.rows:
                    self._findings.problem("missing_name", row, None)
                continue
            self._frames.count_name(None)
            text = " ".join(f"{name}={value}" for name, value in values.items())
            self._findings.entry(form.row, values, self._frames.context, self._frames.doubts, text)
            for row in form.rows:
                if row != form.row:
                    self._findings.skip_row(row, "form", "")

    def _close_counts(self) -> None:
        for frame in self._frames.finish():
            row = frame.declared_row or frame.row
            self._findings.count(row, frame.stated or "", frame.declared or 0, frame)

    # small questions

    def _root(self, given: HeadingContext) -> HeadingContext:
        years, signed = furniture.round_year(self._lines), self._signature
        return replace(
            given,
            year_from=years.first if years else given.year_from,
            year_to=years.last if years else given.year_to,
            issuer_printed=signed.body if signed else given.issuer_printed,
            decision_date=str(signed.date) if signed else given.decision_date,
        )

    def _personal(self, heading: Heading | None) -> bool | None:
        if self._options.kind in kinds():
            return kinds()[self._options.kind or ""].recipient_type == "person"
        context = self._frames.context
        if context.kind is not None:
            return kinds()[context.kind].recipient_type == "person"
        return entries.goes_to_persons(heading)

    def _end_of_list(self) -> None:
        top = self._frames.top
        if top is not None and top.total > 0:
            self._expecting = False
