"""What a count counts: conferred now, cumulative, stock, plan, quota, re-examined, built or revoked.

These must never be mixed: 将评出80个 is no award yet, 推荐1—2个 is a quota, 至此共有14家 adds up many rounds.
"""

import re
from typing import Final

from homeregistry.vocabulary import Measure

_CUES: Final[tuple[tuple[Measure, re.Pattern[str]], ...]] = (
    ("revoked", re.compile(r"撤销|取消(?=.{0,30}(?:称号|资格|命名))|摘牌|摘掉|摘除|收回|除名")),
    ("recheck", re.compile(
        r"通过(?=.{0,40}复[查核验])|复[查核验](?:合格|通过|确认|认定|达标|保留)|(?:重新|再次)(?:认定|确认)|保留(?=.{0,30}称号)|继续保持"
    )),
    ("quota", re.compile(r"名额|限额|限报|指标|分配|可推荐|推荐(?!下|,)|申报|上报|推报|报送|拟推荐|候选")),
    ("plan", re.compile(
        r"将(?=.{0,12}(?:评|表彰|命名|授予|创|建|推出|培育|打造))|拟(?!推荐)(?=评|表彰|命名|授予|创|建|定|认)|计划|力争|争取|预计|规划|目标|"
        r"确保|争创|要(?=评选|创建|建成|培育|打造)|到20\d\d年底?(?!.{0,4}(?:累计|已|共有))(?=.{0,24}(?:建成|创建|达到|培育|打造|评选|实现))"
    )),
    ("stock", re.compile(r"现有|现存|在册|保有|存量")),
    ("cumulative", re.compile(
        r"累计|至此|称号的[^，,;]{0,16}(?:有|达)|先后|以来|历年|截至|截止|历次|历届|年起|开始[,，]|多年来|年来|迄今|至今|总共|合计表彰|共(?:建成|创建|创成|培育|涌现|产生)|已(?:有|创|建|评|命名|表彰|获)"
    )),
    ("stock", re.compile(r"拥有|共有|已有|目前")),
    ("built", re.compile(r"建成|创建|新建|打造|共建|建立|建设")),
)  # fmt: skip
_ADDED_UP: Final = re.compile(r"累计|至此|先后|历年|历次|历届")
_CONFER: Final = re.compile(
    r"授予|荣获|喜获|获评|获得|获(?!奖)|评为|被评|命名为|表彰|认定为|达标|入选|当选|成为"
)
_NOW: Final = re.compile(r"(?<![以成认因])为(?!了|期|主|民)")
VERB: Final = re.compile(
    r"授予|命名|荣获|喜获|斩获|获评|获得|被评为|评选|评为|评出|评定|表彰|认定|确认|列为|创成|创建|建成|成为|达标|入选|当选|"
    r"通过复查|通过|复查|撤销|取消|推荐|申报|拥有|培育|打造|获|为"
)


def read_measure(before: str, inside: str, after: str, tiered: bool) -> tuple[Measure, str | None]:
    """Measure and verb of a pair from the clause before it, its own words, and what follows.

    `tiered` says that a tier was printed: such homes were conferred, however they are said to be
    built (创建市级以上模范职工之家1500余个).
    """
    text = before + inside
    verbs = list(VERB.finditer(text))
    verb = verbs[-1].group() if verbs else None
    whole = text + after
    for measure, pattern in _CUES:
        cues = list(pattern.finditer(whole))
        if not cues:
            continue
        last = cues[-1]
        if measure == "stock" and _ADDED_UP.search(whole):
            continue  # 累计…, 现有…: said to be added up, whatever else is said
        if measure in ("quota", "revoked", "recheck") and _CONFER.search(whole, last.end(), len(text)):
            continue  # 经推荐、评审,授予…: what was conferred in the end decides
        if measure == "recheck" and _NOW.search(whole, last.end(), len(text)):
            continue
        if measure == "quota" and last.start() > len(text) and not after.startswith(("名额", "的名额")):
            continue
        if measure == "built" and tiered:
            continue
        return measure, verb
    return "in_round", verb
