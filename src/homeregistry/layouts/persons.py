"""One cell that names a person with unit and post, taken apart where its own spacing says how.

Two-character names are printed with a space inside (宋 辉), unit and post run together: only a
chain of known posts at the very end is split off, anything else stays with the unit as printed.
"""

import re
from typing import Final, NamedTuple

from homeregistry.lists.persons import UNIT_END, joined_names, read_person
from homeregistry.text import squeeze

_BODIES: Final = (
    "党委|党组|党总支|党支部|党群|(?<!总)(?<!联合)工会|机关|行政|团委|团总支|办公室|纪委|常务|专职|兼职|第一|"
    "女职工委员会|工委|支部"
)
_POSTS: Final = (
    "书记|主席|主任|部长|科长|处长|局长|院长|校长|园长|所长|站长|队长|组长|股长|室长|总经理|经理|董事长|厂长|矿长|"
    "行长|支行长|"
    "干事|干部|委员|会计|教师|医师|护士长|工程师|秘书|专干|主管|调研员|主任科员|科员|"
    "组织员|社会工作者|工作者|负责人|总监|馆长|台长|社长"
)
_POST: Final = f"(?:{_BODIES})*副?(?:{_POSTS})(?:助理)?"
_TAIL = re.compile(rf"(?P<unit>.+?)(?P<post>{_POST}(?:[、,，兼和]{_POST})*)")
_NAME = re.compile(
    r"[\u3400-\u9fff]{2,4}|[\u3400-\u9fff]{1,8}[·•・][\u3400-\u9fff]{1,8}(?:[·•・][\u3400-\u9fff]{1,8})?"
)
_UNIT = re.compile(r"(?:工会|公司|学校|医院|分会|小组|局|厂|车间|班组|集团)$")
_LONG_UNIT = re.compile(rf"(?:{UNIT_END})$")
_WIDE_GAP = re.compile(r"[ \u3000\xa0]{2,}|\t+|\n")
_GAP = re.compile(r"\s+")
_BRACKET = re.compile(r"(?P<name>[^()（）]+)[(（](?P<rest>[^()（）]{3,})[)）]")
_COMMA = re.compile(r"\s*[,，:：;；/]\s*")


class PersonCell(NamedTuple):
    """A person with unit and post as printed; what is not told apart is empty."""

    person: str
    unit: str = ""
    post: str = ""


def is_person_name(text: str) -> bool:
    """Whether the text has the form of a personal name, inner spaces allowed."""
    name = squeeze(text)
    ending = _LONG_UNIT if len(name) > 3 else _UNIT
    return _NAME.fullmatch(name) is not None and ending.search(name) is None


def split_person(text: str) -> PersonCell | None:
    """The person, unit and post of one cell, or None where neither its spacing nor a post before the
    name (某某公司工会主席林汐) tells them apart.
    """
    text = text.strip()
    bracket = _BRACKET.fullmatch(text)
    if bracket and is_person_name(bracket["name"]):
        return _person(bracket["name"], bracket["rest"])
    for separator in (_WIDE_GAP, _COMMA):
        parts = [part for part in separator.split(text) if part.strip()]
        if len(parts) > 1 and is_person_name(parts[0]):
            return _person(parts[0], *parts[1:])
        if len(parts) > 1 and is_person_name(parts[-1]):
            return _person(parts[-1], *parts[:-1])
    words = joined_names(_GAP.split(text))
    single = 0
    while single < len(words) and len(words[single]) == 1:
        single += 1
    if 2 <= single <= 4 and single < len(words):
        return _person("".join(words[:single]), *words[single:])
    if len(words) > 1 and is_person_name(words[0]):
        return _person(words[0], *words[1:])
    if len(words) > 1 and is_person_name(words[-1]) and not split_post(words[-1])[1]:
        return _person(words[-1], *words[:-1])
    if is_person_name(text):
        return PersonCell(text)
    run_together = read_person(text)
    if run_together is None or not run_together.unit:
        return None
    return PersonCell(run_together.name, run_together.unit, run_together.post or "")


def split_post(text: str) -> tuple[str, str]:
    """Unit and post of a cell such as 澄川机电有限公司工会副主席; the post is empty if unclear."""
    match = _TAIL.fullmatch(text)
    if match is None or "、" in match["unit"] or "兼" in match["unit"]:
        return text, ""
    return match["unit"].rstrip(" ,，"), match["post"]


def _person(name: str, *rest: str) -> PersonCell:
    if len(rest) > 1 and not split_post(rest[0])[1]:
        return PersonCell(name.strip(), rest[0].strip(), " ".join(rest[1:]).strip())
    unit, post = split_post(" ".join(rest).strip())
    return PersonCell(name.strip(), unit, post)
