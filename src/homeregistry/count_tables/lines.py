"""The rows of a sheet of counts one by one: what kind of line each is, before any table is seen.

A title, a form line (填报单位, 单位:个), a note, a header of years and a row of counts differ by what
their cells hold; that 2018 | 2020 | 2024 is a header and 35 | 34 | 33 is not is settled here.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Literal

from homeregistry.count_tables.cells import CountValue, read_count, shown
from homeregistry.count_tables.labels import fold
from homeregistry.grid import CellValue, MergedRange, Row
from homeregistry.stated_years import FIRST_YEAR, LAST_YEAR
from homeregistry.text import squeeze
from homeregistry.years import read_year

Role = Literal["serial", "scope", "year", "tier", "kind", "remark", "count"]
LineUse = Literal["title", "form", "header", "numbers", "section", "body", "footer"]

_FORM = re.compile(
    r"^(?:单位|计量单位|填报单位|填表单位|编报单位|制表单位|报送单位|填报人|填表人|制表人?|经办人|审核人?|复核人?|负责人|单位负责人|统计负责人|联系人|联系电话|电话|"
    r"填报日期|填报时间|填表日期|报送日期|报出日期|统计日期|统计时间|统计截止时?[间日]?期?|日期|盖章|公章|表号|制定机关|批准机关|批准文号|有效期至?|备案文号)"
    r"(?:\((?:盖章|签章|公章|签字)\))?[:：]"
)
_UNIT_LINE = re.compile(r"^[(（]?(?:计量)?单位[:：](?:万|千)?(?:个|名|家|人)")
_NOTE = re.compile(
    r"^[*※]?(?:注|备注|说明|附注|注释|填表说明|资料来源|数据来源|来源)\d*[:：.、]|^[*※①-⑩]\s*\D{4,}|^\d[.、].{12,}"
)
_SERIAL: Final = frozenset(
    {"序号", "编号", "序", "no", "no.", "行次", "#", "行号", "代码", "地区代码", "行政区划代码", "区划代码"}
)
_YEAR: Final = re.compile(
    r"^(?:表彰|评选|命名|获奖|授予|评定|统计)?(?:年度|年份|年|届次|届别|时间|轮次)(?:\(年\))?$"
)
_TIER: Final = re.compile(r"^(?:称号|荣誉|表彰|奖项)?(?:级别|层级|等级|层次)$")
_KIND: Final = re.compile(
    r"^(?:荣誉|表彰|评选)?(?:称号|项目|类别|指标|指标名称|种类|奖项|荣誉|称号名称|类型|称号类别)(?:名称)?$"
)
UNIT_WORDS: Final = frozenset({"个", "名", "家", "人", "户", "次", "个/名", "个、名", "%", "％"})
_REMARK: Final = re.compile(r"^(?:备注|说明|附注|注)$")
_SCOPE: Final = re.compile(
    r"^(?:所[在属辖])?(?:地区|地域|区域|区县|县区|区\(?县\)?|县\(市、?区\)|县市区|县\(区、?市\)|区县\(自治县\)|省份|省市|省\(区、?市\)|省|市|市州|地市|市县|城市|片区|街道|乡镇|镇街|"
    r"行政区划|行政区|单位|单位名称|工会|工会名称|推荐单位|推荐工会|填报单位|报送单位|产业|产业工会|产业系统|行业|行业系统|系统|所属系统|名称|部门|部门名称|"
    r"隶属|归口|区县工会|区县总工会|单位性质|单位类型|企业类型|性质|经济类型|区划|地方|地名|学校|院系|公司|分公司)(?:名称)?(?:\(.*\))?$"
)


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the sheet as it is looked at: its number, raw values, what people see in them."""

    number: int
    values: tuple[CellValue, ...]
    texts: tuple[str, ...]
    spans: frozenset[int]
    """Columns (from 0) that begin a merged range wider than one column in this row."""

    @property
    def filled(self) -> list[int]:
        """The columns that hold anything."""
        return [column for column, text in enumerate(self.texts) if text]

    @property
    def single(self) -> str | None:
        """The one text of a line that holds only one (a merged line may repeat it in every cell)."""
        distinct = {text for text in self.texts if text}
        return distinct.pop() if len(distinct) == 1 else None


@dataclass(frozen=True, slots=True)
class Merges:
    """Merged rectangles by cell: every cell of one knows its first cell."""

    first: dict[tuple[int, int], tuple[int, int]]
    wide: dict[int, frozenset[int]]

    @classmethod
    def of(cls, merged: Sequence[MergedRange], last_row: int, width: int) -> "Merges":
        """The index of the ranges, cut to the part of the sheet that holds anything."""
        first: dict[tuple[int, int], tuple[int, int]] = {}
        wide: dict[int, set[int]] = {}
        for area in merged:
            for row in range(area.first_row, min(area.last_row, last_row) + 1):
                if area.last_column > area.first_column:
                    wide.setdefault(row, set()).add(area.first_column)
                for column in range(area.first_column, min(area.last_column, width - 1) + 1):
                    first[row, column] = (area.first_row, area.first_column)
        return cls(first, {row: frozenset(columns) for row, columns in wide.items()})


def lines_of(rows: Iterable[Row], merged: Sequence[MergedRange]) -> tuple[list[Line], Merges]:
    """The filled rows as lines, trailing blanks cut off."""
    raw: list[tuple[int, tuple[CellValue, ...], tuple[str, ...]]] = []
    width = 0
    for number, values in rows:
        texts = [shown(value) for value in values]
        while texts and not texts[-1]:
            texts.pop()
        if texts:
            width = max(width, len(texts))
            raw.append((number, tuple(values[: len(texts)]), tuple(texts)))
    merges = Merges.of(merged, raw[-1][0] if raw else 0, width)
    none: frozenset[int] = frozenset()
    return [
        Line(number, values, texts, merges.wide.get(number, none)) for number, values, texts in raw
    ], merges


def is_form_text(text: str) -> bool:
    """Whether a cell says who reported, when, or in which unit (单位:个)."""
    return bool(_FORM.match(text) or _UNIT_LINE.match(text))


def is_form(line: Line) -> bool:
    texts = [squeeze(text) for text in line.texts if text]
    if not texts:
        return False
    if _NOTE.match(texts[0]) or all(is_form_text(text) for text in texts):
        return True
    return is_form_text(texts[0]) and not any(is_number(value) for value in line.values)


def is_number(value: CellValue) -> bool:
    """Whether the cell holds a count in some unit: 1.5 is one in a table of 万个."""
    if not isinstance(value, int | float | str):
        return False
    return isinstance(read_count(value), CountValue) or isinstance(read_count(value, 10_000), CountValue)


def is_year(value: CellValue) -> bool:
    span = None if isinstance(value, float) and not value.is_integer() else read_year(value)
    return span is not None and FIRST_YEAR <= span.first <= LAST_YEAR


def is_body_line(line: Line) -> bool:
    """A label and at least one count to its right, and no header of years."""
    filled = line.filled
    if len(filled) < 2 or line.single is not None or is_form(line):
        return False
    numbers = [column for column in filled if is_number(line.values[column])]
    if not numbers or numbers == filled[:1]:
        return False
    if len(numbers) == len(filled) and not (is_year(line.values[filled[0]]) and len(filled) > 1):
        return False
    return not is_year_header(line, numbers) and not is_column_numbers(line)


def is_year_header(line: Line, numbers: Sequence[int]) -> bool:
    """2018 | 2020 | 2024 above the body, under or beside 地区: years in order, not counts."""
    years = [line.values[column] for column in numbers]
    if not all(is_year(value) for value in years):
        return False
    values = [int(float(str(shown(value)))) for value in years if shown(value).replace(".", "").isdigit()]
    if len(values) != len(years):
        return False
    labels = [line.texts[column] for column in line.filled if column not in numbers]
    if labels and not all(role_of_header(text) for text in labels if not is_year(text)):
        return False
    rising = all(a < b for a, b in pairwise(values))
    falling = all(a > b for a, b in pairwise(values))
    return rising or falling or len(set(values)) < len(values)


def is_column_numbers(line: Line) -> bool:
    """甲 | 乙 | 1 | 2 | 3: the numbers of the columns on statutory forms."""
    texts = [squeeze(text).strip("()（）") for text in line.texts if text]
    numbers = [int(text) for text in texts if text.isdecimal() and len(text) < 4]
    words = [text for text in texts if not text.isdecimal()]
    if not words or not all(re.fullmatch(r"[甲乙丙丁戊]|栏次|栏号|列号|列次", word) for word in words):
        return False
    return numbers == list(range(1, len(numbers) + 1))


def role_of_header(text: str) -> Role | None:
    """The role of a label column by its header word, or None where it is none of the known words."""
    word = fold(text)
    if word.lower() in _SERIAL:
        return "serial"
    for pattern, role in (
        (_YEAR, "year"),
        (_TIER, "tier"),
        (_KIND, "kind"),
        (_REMARK, "remark"),
        (_SCOPE, "scope"),
    ):
        if pattern.match(word):
            found: Role = role  # type: ignore[assignment]
            return found
    return None


def is_title(line: Line) -> bool:
    text = squeeze(line.single or "")
    return (
        re.search(r"(?:表|情况|统计|汇总|一览|报告|数据)(?:[(（].*[)）])?$", text) is not None
        and len(text) > 6
    )
