"""Numbers whose title is meant and not said: 共有9家单位获此殊荣; 等35家基层工会 in a list of one decision.

An honour that a pronoun takes up is the one said last. Recipients without any title name theirs
only inside one decision whose other titles are said.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from homeregistry.figures.mentions import Mention
from homeregistry.figures.numbers import Number
from homeregistry.figures.pairing import Pair
from homeregistry.figures.scopes import Scope

SAME_DECISION: Final = re.compile(r"同一(?:决定|文件|通报|批)|(?:该|这份|这一|上述)(?:决定|文件|通报)")
"""What ties a sentence to the decision spoken of before."""
HONOUR: Final = re.compile(
    r"(?!次)(?:[^，,;。、\d]{0,14}?)(?:获得?|荣获|喜获|获评|得到|拥有|享有|被授予|夺得|摘得|拿到|拿过|捧得|捧回)了?(?:此|该|这一?|这项|上述|同一|以上)(?P<count>[两二三])?(?:项|个|类)?"
    r"(?:[省市区县州]级|国家级|全国|最高)?(?:称号|荣誉称号|荣誉|殊荣|奖项|桂冠)|"
    r"(?<=[个家名人])(?:集体|单位|基层工会|企业|职工|班组)?(?:获选|入选|上榜|获奖|获表彰|受到?表彰)(?=[，,;。]|$)|"
    r"(?P<among>)(?:获奖|获评|上榜|入选|获此殊荣的?|受表彰的?)(?:单位|集体|企业|个人)之一"
)
_RECIPIENTS: Final = (
    (("model_small_home",), re.compile(r"工会(?:分会|小组)|分工会|分会(?!员)|班组工会")),
    (("model_home",), re.compile(r"基层工会(?!干部|工作|主席|积极)")),
)


def honoured(
    text: str, numbers: Sequence[Number], pairs: Sequence[Pair], mentions: Sequence[Mention]
) -> list[Pair]:
    """共有9家单位获此殊荣: the title said last, in this sentence or (first in `mentions`) before it."""
    found = []
    used = {pair.number.start for pair in pairs}
    for number in numbers:
        refers = HONOUR.match(text, number.end)
        before = [m for m in mentions if m.known and m.end <= number.start]
        if refers is None or not before or number.start in used or number.bare or refers["count"]:
            continue
        found.append(Pair((before[-1],), number, "inherited"))
    return found


def by_recipient(text: str, numbers: Sequence[Number], pairs: Sequence[Pair]) -> list[Pair]:
    """等35家基层工会、等35家工会分会或小组,以及33名工作者、6名工会之友: one decision gives homes to
    basic-level unions and small homes to their sub-units, so the recipients name the title where
    the same list names the titles of persons and no home."""
    titles = [m.title for pair in pairs for m in pair.mentions if m.known]
    if not all(title.of_persons for title in titles) or len({title.kinds for title in titles}) < 2:
        return []
    found = []
    model = pairs[0].mentions[0]
    used = {pair.number.start for pair in pairs}
    for number in numbers:
        words = re.split(r"[、，,;。]", text[number.end : number.end + 16])[0]
        held = next((k for k, pattern in _RECIPIENTS if pattern.match(words)), None)
        if number.start in used or number.bare or held is None or not text[: number.start].endswith("等"):
            continue
        title = replace(
            model.title, kinds=held, start=number.end, end=number.end + len(words), stars=None, form="short"
        )
        lead = replace(model.lead, start=number.end)
        found.append(
            Pair((Mention(number.end, number.end + len(words), title, lead),), number, "number_first")
        )
    return found


_EACH_PLACE: Final = re.compile(
    r"各(?:自|县区|区)?(?:有|获|获评|获得|推荐|申报|评选|表彰|命名|新增|建成|创建|拥有|评出)?$"
)


def each_place(text: str, pairs: Sequence[Pair], scopes: Sequence[Scope]) -> list[Pair]:
    """思明区、湖里区各有5家…: the same number once more for every place named but the last."""
    found = []
    for pair in pairs:
        before = text[: min(pair.number.start, pair.mentions[0].start)]
        if pair.shape not in ("number_first", "title_first") or not (each := _EACH_PLACE.search(before)):
            continue
        at = each.start()
        for scope in reversed([s for s in scopes if s.end <= at]):
            if scope.sort != "place" or text[scope.end : at] not in ("", "、", "和", "与", "及"):
                break
            if text[scope.end : at]:
                found.append(Pair(pair.mentions, pair.number, "inherited", base=pair, scope_at=scope.start))
            at = scope.start
    return found
