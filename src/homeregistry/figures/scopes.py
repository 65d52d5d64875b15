"""Of whom a figure speaks: a place (福建, 重庆工会), the writer's own (我市, 全区, 本级), a unit (全校).

A scope is what the sentence puts in front of the count. A place inside a unit's name (万州区某中学) or in a
title (福建省模范职工之家) is none.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from homeregistry.figures.territory import LATEST, find_paths
from homeregistry.regions.gazetteer import Region, gazetteer

Sort = Literal["nation", "own", "place", "unit", "system"]

_OWN: Final = re.compile(
    r"(?P<whole>(?:全国|[全我本](?:省|市|区|县|州))(?!工会)[\u3400-\u9fff]{2,8}?(?:系统|行业|产业)(?!工会|模范|优秀|先进))|"
    r"(?:[我全本该](?P<word>自治区|[省市县区州旗盟]))(?!级|直|属)|(?P<level>本级)|"
    r"(?P<nation>全国(?!总工会|模范|优秀|先进|评选|工会系统)|全总|(?:中华)?全国总工会)|"
    r"(?<![\u3400-\u9fff])(?P<body>[省市县区州旗])总(?:工会)?|"
    r"(?P<unit>[我全本该](?:公司|集团|校|院|局|厂|行|矿|所|厅|部|段|站|处|中心|企业|单位|镇|乡|街道|社区|学院|学校|机关|分公司|支行|分行|油田|路局)|"
    r"(?<![\u3400-\u9fff])(?:局工会|学校工会|校工会|公司工会|集团工会))|"
    r"(?P<system>(?:[我全本该])?(?:[市省县区]?[\u3400-\u9fff]{0,6}(?:系统|行业|产业))(?!工会|模范|优秀|先进))"
)
_OPENING: Final = re.compile(
    r"(?:^|[\n、，,;:。.!?()]|其中|里|在|和|与|及|,|同时|今年|去年|年|月|日|度|来|底|止|以来|开始|起|到|我省|全省|我国|,|的|近日)$"
)
_CUE: Final = re.compile(
    r"(?:\d|[近约超逾]\d|[一二两三四五六七八九十百千]+[余多]?[个家名人位]|有|共|获|荣|喜|现|累|先后|已|各|全|总工会|工会|市总|省总|的|,|，|:|系统|今年|去年|本|拥|创|建|表|命|评|授|占|入|"
    r"\(|、|为|将|拟|计|力|各级|职工|辖|基层|推|报|申|新|多|评|达|一共|共计|目前|也|则|市|地区|分|$)"
)


@dataclass(frozen=True, slots=True)
class Scope:
    """A scope in the view: its words, what sort it is, and for 我市 the word that names its level."""

    start: int
    end: int
    printed: str
    sort: Sort
    word: str | None = None


_COUNTY: Final = re.compile(
    r"(?:^|(?<=[，,;:、。(]))(?:其中|含)?(?P<name>[\u3400-\u9fff]{2,4}?)(?=(?:也|已|现|各|则)?(?:共有|有|获评|获得|获|建成|创建|占|为)?(?:\d|全国|省|市|模范))"
)
"""昆山有…, 常熟7家: counties by their short names, which are ordinary words anywhere else."""


def find_scopes(text: str, taken: Sequence[tuple[int, int]] = (), home: Region | None = None) -> list[Scope]:
    """The scopes of a sentence, left to right, outside the `taken` spans (titles with their leads).

    `home` is the writer's region: only its own counties are known by their short names.
    """
    found: list[Scope] = []
    for match in _OWN.finditer(text):
        if _overlaps(match.span(), taken):
            continue
        found.append(_own_scope(match))
    spans = [(scope.start, scope.end) for scope in found]
    for place in find_paths(text):
        if _overlaps((place.start, place.end), [*taken, *spans]):
            continue
        if _OPENING.search(text[: place.start]) and _CUE.match(text, place.end):
            found.append(Scope(place.start, place.end, place.name, "place"))
    if home is not None:
        spans = [(scope.start, scope.end) for scope in found]
        for match in _COUNTY.finditer(text):
            inside = _inside(match["name"], home)
            if inside and not _overlaps(match.span("name"), [*taken, *spans]):
                found.append(Scope(*match.span("name"), inside.name, "place"))
    return sorted(found, key=lambda scope: scope.start)


def _inside(name: str, home: Region) -> Region | None:
    """The one county of the writer's region that bears the short name today."""
    rows = [r for r in gazetteer().lookup(name, LATEST, home.code) if r.level == "county" and r.name != name]
    latest = {row.code for row in rows}
    return rows[-1] if len(latest) == 1 else None


def _own_scope(match: re.Match[str]) -> Scope:
    start, end, printed = match.start(), match.end(), match.group()
    if match["whole"]:
        return Scope(start, end, printed, "system", printed)
    if match["nation"]:
        return Scope(start, end, "全国", "nation")
    if match["word"]:
        return Scope(start, end, printed, "own", match["word"])
    if match["level"]:
        return Scope(start, end, printed, "own", "本级")
    if match["body"]:
        return Scope(start, end, printed, "own", match["body"])
    return Scope(start, end, printed, "unit" if match["unit"] else "system")


def _overlaps(span: tuple[int, int], taken: Sequence[tuple[int, int]]) -> bool:
    return any(start < span[1] and span[0] < end for start, end in taken)
