"""One piece of a list line as the values of an entry: a unit, a person, or a row of columns.

Where the heading's titles go to persons a piece is read as a person; without a known title only a
gap between name and unit tells. Columns are told by what stands in them (serial, place, title).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from homeregistry.headings.heading import Heading, read_heading
from homeregistry.headings.places import is_body, is_place, is_province
from homeregistry.kinds import kinds
from homeregistry.lists.persons import (
    Person,
    each_a_person,
    is_person_name,
    joined_names,
    may_be_person_name,
    read_person,
    split_people,
)
from homeregistry.lists.splitting import is_whole_name, may_be_name, split_names, unspaced
from homeregistry.records import HeadingContext
from homeregistry.text import MARKS, squeeze
from homeregistry.years import read_year

_SERIAL = re.compile(
    r"^(?:(?P<plain>[0-9０-９]{1,4})\s*[、.．)）:：]\s*(?![0-9])|[(（](?P<round>[0-9０-９]{1,4})[)）]\s*|"
    r"(?P<bare>[0-9０-９]{1,4})[ \t]+(?=[^\x00-\x7f])|[①-⑳]\s*|" + rf"[{MARKS}]+\s*)"
)
_TORN_NAME = re.compile(
    r"(?<=[、，,；;][\u3400-\u9fff])\t(?=[\u3400-\u9fff](?:[、，,；;。]|$))|"
    r"(?<=^[\u3400-\u9fff])\t(?=[\u3400-\u9fff][、，,；;])"
)
"""The gap inside a name of two characters that stands in a row of names: 张  强、李  丽."""
_PLACED = re.compile(r"^(?P<place>[\u3400-\u9fff]{2,14})\s*[:：]\s*(?P<rest>.+)$")
_HEADERS: Final[dict[str, str]] = {
    "序号": "serial", "编号": "serial", "单位名称": "recipient", "单位": "recipient", "名称": "recipient",
    "获奖单位": "recipient", "工会名称": "recipient", "工会全称": "recipient", "单位全称": "recipient",
    "集体名称": "recipient", "姓名": "person", "职务": "post", "单位职务": "unit", "单位及职务": "unit",
    "工作单位": "unit", "所在单位": "unit", "工作单位及职务": "unit", "地区": "region", "区县": "region",
    "所属区县": "region", "所在区县": "region", "市州": "region", "推荐单位": "body", "推荐工会": "body",
    "荣誉称号": "kind", "称号": "kind", "年度": "year", "备注": "note", "所属工会": "parent",
}  # fmt: skip
_OF_REGIONS = re.compile(
    "(?:所[在属辖])?(?:地区|区域|区县市?|县区|县市区?|区市|市县区?|市州|地市|旗县区?|省份|省市|省区市|州市)(?:名称)?"
)
_LONGEST_WORD: Final = 60
"""No column is headed with more; 100,000 brackets in a row would be asked for minutes what they mean."""
_REMARK = re.compile(r"[(（].*[)）]$")
_NO_PLACE = re.compile(
    r"^(?:单位|名称|姓名|注|备注|附件?|说明|联系人|电话|地址|时间|来源|作者|编辑|日期|主送|抄送|工会|职务|标题|发布.*|责任.*|获奖.*|名单)$"
)


@dataclass(frozen=True, slots=True)
class Piece:
    """One entry's values; `offset` is where it stands in the line, `deictic` that 我院 names it."""

    values: Mapping[str, str]
    offset: int
    deictic: str | None = None


def take_serial(text: str) -> tuple[int | None, str]:
    """The serial number in front and the rest: 3、, (3), 3. and 3 followed by a gap."""
    match = _SERIAL.match(text)
    if match is None:
        return None, text
    digits = match["plain"] or match["round"] or match["bare"]
    return (int(digits) if digits else None), text[match.end() :]


def take_place(text: str) -> tuple[str | None, str]:
    """The place or body in front of a colon (北京市:A、B) and the rest."""
    match = _PLACED.match(text)
    if match is None or _NO_PLACE.match(match["place"]):
        return None, text
    place = match["place"]
    if is_place(place) or is_province(place) or is_body(place) or len(place) <= 3:
        return place, match["rest"]
    return None, text


def read_header(text: str) -> tuple[str, ...] | None:
    """The fields of a header line (序号 单位名称 所在区县), or None; unknown columns are `other`."""
    words = [squeeze(word) for word in _cells(text)]
    if len(words) < 2:
        words = text.split(" ")
    if max(map(len, words)) > _LONGEST_WORD:
        return None
    fields = tuple(_header_field(_REMARK.sub("", word)) for word in words)
    known = [field for field in fields if field != "other"]
    if len(known) < 2 or not set(known) & {"recipient", "person"}:
        return None
    return fields if len(known) == len(fields) or len(words) > 2 else None


def _header_field(word: str) -> str:
    return _HEADERS.get(word) or ("region" if _OF_REGIONS.fullmatch(word) else "other")


def _cells(text: str) -> list[str]:
    """Cells between bars, empty ones kept; between gaps there are no empty ones."""
    marks = r"[|｜]" if re.search(r"[|｜]", text) else r"\t"
    return re.split(marks, text)


def goes_to_persons(heading: Heading | None) -> bool | None:
    """Whether the heading's titles go to persons; None where it names none."""
    if heading is None or not heading.kinds:
        return None
    found = {kinds()[code].recipient_type == "person" for code in heading.kinds}
    return found.pop() if len(found) == 1 else None


def read_pieces(text: str, personal: bool | None, header: tuple[str, ...] | None) -> list[Piece] | None:
    """The entries of one line, or None where it cannot be understood."""
    columns = _cells(text)
    # The serial number has been taken off already; words under a header may be set apart by one space.
    for fields in (header, header[1:]) if header else ():
        cells = columns if len(columns) > 1 else text.split(" ")
        if len(fields) == len(cells) > 1:
            return _by_header(cells, fields)
    columns = [cell for cell in columns if cell.strip()]
    if len(columns) > 2 and re.search(r"[|｜]", text):
        return None
    if personal or (personal is None and _looks_personal(text)):
        return _persons(text)
    if len(columns) > 1:
        return _columns(columns, text)
    return _units(text)


def is_titled_name(text: str) -> bool:
    """Whether cells hold a name and, each by itself, its title: 甲厂工会 | 天水市模范职工之家."""
    cells = [squeeze(cell) for cell in _cells(text) if cell.strip()]
    titled = [cell for cell in cells if read_heading(cell, HeadingContext()).kinds]
    named = any(is_whole_name(cell) for cell in cells if cell not in titled)
    return len(cells) > 1 and len(titled) == 1 and named


def person_values(person: Person) -> dict[str, str]:
    """A person as entry values, empty ones left out."""
    values = {"person": person.name}
    if person.unit:
        values["unit"] = person.unit
    if person.post:
        values["post"] = person.post
    return values


def deictic(values: Mapping[str, str]) -> str | None:
    """A name that says who only to its own readers: 我院工会, 本局, 院工会."""
    for name in ("recipient", "unit"):
        value = values.get(name, "")
        if re.match(r"(?:我|本|该)[院校局厂司市县区处所公中集行]", value) or re.fullmatch(
            r"(?:院|校|局|厂|司|公司|集团|学院|学校|医院)(?:机关)?(?:工会(?:委员会)?)?", value
        ):
            return value
    return None


def _by_header(columns: list[str], header: tuple[str, ...]) -> list[Piece] | None:
    values = {
        field: (squeeze(cell) if field == "person" else unspaced(cell))
        for field, cell in zip(header, columns, strict=True)
        if field != "other" and cell.strip()
    }
    if not (values.get("recipient") or values.get("person")):
        return None
    names = split_names(values.get("recipient", ""))
    if len(names) > 1 and all(is_whole_name(name) for name, _ in names):
        return [Piece({**values, "recipient": name}, 0, deictic({"recipient": name})) for name, _ in names]
    return [Piece(values, 0, deictic(values))]


def _looks_personal(text: str) -> bool:
    """Without a title: a personal name, a gap, and a unit (with post) behind it."""
    words = re.split(r"[\t ]+", text)
    if len(words) < 2:
        return False
    person = read_person(text)
    return bool(person and person.unit and person.post and is_person_name(person.name))


def _persons(text: str) -> list[Piece] | None:
    text = _TORN_NAME.sub("", text)
    words = [word for word in re.split(r"\t", text) if word]
    if len(words) > 1 and not all(map(is_person_name, words)) and all(len(word) < 4 for word in words):
        words = joined_names(words)
    if len(words) > 1 and all(is_person_name(word) for word in words):
        return [Piece({"person": squeeze(word)}, max(text.find(word), 0)) for word in words]
    spaced = text.replace("\t", "  ").strip("、，,；;。 ")
    people = each_a_person(spaced)
    if people is None:
        person = read_person(spaced)
        people = [person] if person else split_people(text.strip("、，,；;。 "))
    if people is None:
        single = text.replace("\t", " ").split()
        if len(single) > 1 and all(map(may_be_person_name, single)):
            people = [Person(word) for word in single]
        elif may_be_person_name(text):
            people = [Person(squeeze(text))]
    if people is None:
        return None
    pieces = []
    at = 0
    for one in people:
        at = max(at, text.find(one.name, at))
        values = person_values(one)
        pieces.append(Piece(values, at, deictic(values)))
    return pieces


def _columns(columns: list[str], text: str) -> list[Piece] | None:
    """Cells told by content; several names left are the columns of a list set in columns."""
    pairs = list(zip(columns[::2], columns[1::2], strict=False))
    if len(columns) > 3 and len(columns) % 2 == 0 and all(_is_placed_name(*pair) for pair in pairs):
        return [
            Piece({"region": squeeze(place), "recipient": unspaced(name)}, text.find(name))
            for place, name in pairs
        ]
    shared: dict[str, str] = {}
    names: list[tuple[str, int]] = []
    at = 0
    for cell in columns:
        at = text.find(cell, at)
        flat = squeeze(cell)
        if flat.isdecimal() and not names:
            shared.setdefault("serial", flat)
        elif is_place(flat) and "region" not in shared:
            shared["region"] = flat
        elif is_body(flat) and "body" not in shared and len(columns) > 2:
            shared["body"] = flat
        elif read_heading(flat, HeadingContext()).kinds and not is_whole_name(flat):
            shared["kind"] = flat
        elif read_year(flat):
            shared["year"] = flat
        else:
            names.extend((name, at + start) for name, start in split_names(cell))
        at += len(cell)
    if not names or not all(may_be_name(name) for name, _ in names):
        return None
    if len(names) > 1 and shared.keys() - {"region", "serial"}:
        return None
    whole = "".join(name for name, _ in names)
    if len(names) > 1 and not all(is_whole_name(name) or len(name) > 3 for name, _ in names):
        # Justified setting tears one short name apart; two of them cannot be told from one.
        return [Piece({**shared, "recipient": whole}, names[0][1])] if len(whole) <= 6 else None
    return [
        Piece({**shared, "recipient": name}, start, deictic({"recipient": name})) for name, start in names
    ]


def _is_placed_name(place: str, name: str) -> bool:
    return is_place(squeeze(place)) and is_whole_name(unspaced(name))


def _units(text: str) -> list[Piece] | None:
    names = split_names(text)
    if not names or not all(may_be_name(name) for name, _ in names):
        return None
    return [Piece({"recipient": name}, start, deictic({"recipient": name})) for name, start in names]
