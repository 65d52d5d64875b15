"""What the lines around a table of counts say about all of it: title lines, form lines, notes."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from homeregistry.count_tables.cells import SCALES
from homeregistry.count_tables.labels import Label, fold, heading_scope, join, read_label, without_each
from homeregistry.count_tables.lines import Line, LineUse
from homeregistry.count_tables.model import CountContext
from homeregistry.headings.heading import read_heading
from homeregistry.headings.places import is_body, is_place
from homeregistry.records import HeadingContext
from homeregistry.years import find_dates, find_years

_REPORTER = re.compile(
    r"^(?:填报|编报|填表|报送|制表|汇总|统计)单位(?:\(.*?\))?:"
    r"(?P<name>[^::\d]{2,40}?)(?:\((?:盖章|公章|签章)\))?$"
)
_UNTIL = re.compile(r"^(?:统计截止(?:日期|时间)?|截止(?:日期|时间)|截至(?:日期|时间)?|统计时点|时点)[::]?")
_UNIT: Final = re.compile(r"单位[::](?P<scale>万|千)?(?:个|名|家|人)")


@dataclass(frozen=True, slots=True)
class TableHeading:
    """The title's pieces, the table's own place, who reported it, and what makes it no award table."""

    label: Label
    scope: str | None = None
    issuer: str | None = None
    nomination: str | None = None
    text: str = ""


def read_table_heading(
    lines: Iterable[tuple[Line, LineUse]], sheet_name: str, context: CountContext
) -> TableHeading:
    """Title and form lines of one block, from the top; the sheet's name speaks where they are silent."""
    titles: list[Label] = []
    scope: str | None = None
    reporter: str | None = None
    issuer: str | None = None
    nomination: str | None = None
    until: int | None = None
    scale = 1
    printed: list[str] = []
    for line, use in lines:
        for text in dict.fromkeys(text for text in line.texts if text):
            words = fold(text)
            if match := _UNIT.search(words):
                scale = SCALES.get(match["scale"] or "", 1)
            if match := _UNTIL.match(words):
                years = [day.year for day, _, _ in find_dates(words)]
                years = years or [span.last for span, _, _ in find_years(words)]
                until = years[-1] if years else until
            if use == "title":
                label = read_label(text)
                titles.append(label)
                printed.append(text)
                scope = scope or heading_scope(text)
                heading = read_heading(without_each(text), HeadingContext())
                issuer = issuer or heading.context.issuer_printed
                quota = label.measure == "quota" or heading.nomination in ("登记表", "公示")
                if heading.nomination and not quota:
                    nomination = nomination or heading.nomination
            else:
                for part in re.split(r"\s{2,}", text.strip()):
                    if match := _REPORTER.match(fold(part)):
                        reporter = reporter or match["name"]
    label = join([read_label(sheet_name), *titles]) if context.sheet_name_speaks else join(titles)
    if until is not None:
        label = replace(label, until=until)
    label = replace(label, scale=max(scale, label.scale))
    return TableHeading(
        label=label,
        scope=scope or _place_of(reporter) or _place_of(context.issuer),
        issuer=context.issuer or issuer or reporter,
        nomination=nomination,
        text=" ".join(printed),
    )


def _place_of(body: str | None) -> str | None:
    """The place or body that a union stands for: 万州区总工会 reports for 万州区."""
    if not body:
        return None
    if is_place(body):
        return body
    bare = re.sub(r"(?:总工会|工会联合会|工会工作委员会|工会委员会|工会)$", "", body)
    return bare if bare and (is_place(bare) or is_body(body) or bare != body) else body
