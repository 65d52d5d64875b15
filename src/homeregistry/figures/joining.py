"""Whether a title and a number belong together, by the words between them, and how surely: 0 is beside each
other, 3 a clause away.

The shapes are those of reports and newspapers; each is named for what it says.
"""

import re
from typing import Final

from homeregistry.figures.numbers import Number

RECIPIENT: Final = (
    r"(?:(?:先进|基层|直属|部门|车间|机关|企业|非公企业|下属|所属|所辖|优秀|市直|省直|本市|工会)*"
    r"(?:单位|集体|工会(?:组织|委员会|小组|分会|干部|工作者|主席)?|基层组织|分会|分工会|小组|班组|车间|企业|公司|同志|职工|"
    r"干部|个人|会员|人员|人|先进典型|科室|院系|支部|职工之家|支局|站所)(?:和|或|及|、)?(?:工会小组|分会|个人|小组|车间|班组)?)"
)
_SAY: Final = (
    r"(?:共计|总共|共有|共|合计|总计|累计|已有|现有|目前有|有|已?达到?了?|为|是|增至|增加到|增长到|扩大到|各有|各|"
    r"约|:|\(|-|也|已|仅|只|则|才|由|从|就|又|都|均|实|"
    r"本次|此次|本轮|这次|那一轮|该轮|同年|一次|一共|眼下|目前|如今|去年|今年|上年|当年|"
    r"认定|评定|确认|评出|数|总数|总量|数量|名额|评选|表彰|命名|授予)*+"
)
_TITLE_NUMBER: Final = re.compile(
    r"(?:推荐名额|名额|推荐对象|候选\w{0,3}|申报|推荐|复查合格|奖牌|名单|荣誉|获得者|命名|入选|获评|上榜|获批)?的?"
    rf"{RECIPIENT}?(?:工作室)?{_SAY}"
)
_TITLE_SAYS: Final = re.compile(
    rf"[^、，,;:。]{{0,24}}?(?:共|有|达到?|计|为|增至|新增|净增|增加|[再新]?添|占|给|累计|拥有)了?{_SAY}"
)
_TITLE_NAMES: Final = re.compile(
    r"(?:名单|荣誉|名额(?:分配)?)?(?:\(|:|的?(?:有|是|为|包括|分别是|分别为|单位有|单位:)).{0,260}?等?"
)
_TITLE_GIVEN: Final = re.compile(
    r"(?:荣誉)?(?:由|授予|给了|发给|颁给|颁发给|授给|授予给|花落|归|给予).{0,160}"
)
_TITLE_COMMA: Final = re.compile(
    rf"[^、;:。]{{0,24}}[，,][^、，,;:。]{{0,14}}?(?:共|有|达到?|计|为|累计|拥有|建成|创建|评出){_SAY}"
)
_TITLE_TAKEN: Final = re.compile(
    r"(?:(?:的?新?(?:榜|名单|名额))(?:上|中|里|内)[，,]?|[，,])[^，,。;]{2,12}?独?占(?:了|得|据)?"
)
"""…先进职工之家榜上,供电系统占了五家."""
_TITLE_ONLY: Final = re.compile(r"[，,][^，,、。;:]{2,10}")
"""…先进职工之家,全省高校仅8家; 申报…,每校不超过3个: the qualifier ties the clause to the title."""
_TITLE_BATCH: Final = re.compile(
    r"(?:名单|称号)?[，,:](?:其中)?(?:首批|第[一二三四五六七八九十\d]{1,3}[批届轮次])(?:为|有|共)*"
)
_TITLE_LISTED: Final = re.compile(
    r"(?:的|入选)?名单[)》]?(?:公布|公示|发布|揭晓|出炉)?[，,:][^。;]{0,60}?|[，,:][^，,、。;]{0,12}?"
)
_CHOSEN: Final = re.compile(
    r"(?:(?![，,;。、])[\u3400-\u9fff]){0,10}?(?:入选|上榜|在列|入围|榜上有名|名列其中|位列其中)"
)
"""…模范职工之家名单,全省有4个营业所入选."""
_TITLE_YEAR: Final = re.compile(
    r"(?:称号)?[，,:]?(?:19|20)\d\d年(?:度)?(?:底|末)?(?:一次|就|又|实|为|是|有|共|评出|命名|表彰|授予)*了?"
)
"""全国模范职工之家,2018年997个: the first year of a row of years."""
_TITLE_CHECKED: Final = re.compile(r"(?:称号)?(?:进行|的)?复[查核验](?:后|中|时|结果)?[，,:]?(?:共有|有)?")
_PASSES: Final = re.compile(r"(?:单位|企业)?(?:复查)?(?:合格|通过|达标|保留)")
"""对…模范职工之家复查后,168家合格."""
_TITLE_TALLY: Final = re.compile(
    r"[^。;]{0,40}[，,](?:其|总)?(?:数量|总数|总量|个数|数)(?:由|从|为|已|达到?|有|增至|升至|:)*(?:去年的|上年的|原来的)?"
)
"""A clause about something else (a rate) between the title and its tally."""
_NUMBER_TITLE: Final = re.compile(
    rf"(?:新建|新创建?|新命名|新评|新晋|新增|已建)?的?(?:{RECIPIENT})?(?:\([^()]{{0,12}}\))?的?"
)
_GIVE: Final = re.compile(r"授予|命名|表彰|表扬|评选|评定|认定|确认|通报|推荐|申报|复查|撤销|取消")
LINK: Final = re.compile(
    r"(?:评上|已是|均是|都是|也是|(?<![只还曾])是|颁发|颁授|领到|领取|新晋|晋级|升格|升格为|进入|当上|成|得|列入|升到|升为|领回|挂上|跨进|迈进|迈入|步入|问鼎|摘下|拿|揽获|荣获|喜获|斩获|荣膺|获得|获评|获颁|获授|获批|获|评为|评定为|评选为|选为|评上|授予|命名为|命名|认定为|认定|"
    r"确认为|确认|列为|定为|升为|晋升为|升级为|成为|当选|当选为|入选|入围|荣登|名列|创成|创建成|创建为|建成|达标|达到|跻身|上榜|上了|登上|"
    r"保留|保住|继续保持|拿到|拿下|摘得|摘取|夺得|捧回|捧得|取得|收获|推荐为|推荐|拟推荐|通过|为|称为|表彰为|通报为|撤销|取消|被授|再获|拟命名为)"
    r"(?:了|过|到|为)?(?:其|的)?$"
)
_ASIDE: Final = re.compile(r"\([^()]*\)")
BREAK: Final = re.compile(r"[;。]")
"""What nothing reaches over."""


def title_cost(text: str, gap: str, number: Number) -> int | None:
    """What it costs to join a title to the number behind it, `gap` being the words between; None: apart."""
    if _TITLE_NUMBER.fullmatch(gap):
        return 0 if not _counts_others(text, number) else None
    if number.bare or BREAK.search(gap) or _counts_others(text, number):
        return None
    said = text[number.start : number.quantity.number_start]
    if _TITLE_SAYS.fullmatch(gap + (said if said.startswith(_ONLY) else "")) or _TITLE_YEAR.fullmatch(gap):
        return 1
    if _TITLE_NAMES.fullmatch(gap) or _TITLE_GIVEN.fullmatch(gap):
        return 2
    if _TITLE_LISTED.fullmatch(gap) and _CHOSEN.match(text, number.end):
        return 3
    if _TITLE_CHECKED.fullmatch(gap) and _PASSES.match(text, number.end):
        return 3
    if _TITLE_TAKEN.fullmatch(gap) or _TITLE_TALLY.fullmatch(gap) or _TITLE_BATCH.fullmatch(gap):
        return 3
    if _TITLE_ONLY.fullmatch(gap) and said.startswith(_RESTRICTS) and _ends(text, number):
        return 3
    reached = gap + said if said.startswith(("达", "多达", "高达")) else gap
    return 3 if _TITLE_COMMA.fullmatch(reached) and _ends(text, number) else None


_OTHERS: Final = re.compile(
    r"(?:区县|县区|市州|街道|乡镇|镇街|城市|行业|产业|会员|农民工|项目|平台|岗位|名额分配|省区市|省份|省市|地市|市县|学校|赛|奖)"
)


def _counts_others(text: str, number: Number) -> bool:
    return _OTHERS.match(text, number.end) is not None


_ONLY: Final = ("只有", "仅有", "约有", "大约有")
"""Qualifiers that carry their own verb (我省只有1个)."""
_RESTRICTS: Final = ("仅", "才", "只有", "不超过", "最多", "至多")
_ENDING: Final = re.compile(
    rf"{RECIPIENT}?(?:上榜|入选|入围|在列|榜上有名|获奖|获评|受到?表彰|通过(?:评审|验收))?(?:[、，,;。)(]|$)"
)


def _ends(text: str, number: Number) -> bool:
    return _ENDING.match(text[number.end : number.end + 20]) is not None


def number_cost(text: str, gap: str, number: Number) -> int | None:
    """What it costs to join a number to the title behind it, `gap` being the words between; None: apart."""
    if number.bare and not gap.startswith(("单位", "集体")):
        return None
    if _NUMBER_TITLE.fullmatch(gap):
        return 0
    if BREAK.search(gap) or len(gap) > 80:
        return None
    commas = len(re.findall(r"[，,]", gap))
    if ":" in gap or re.search(r"没有|未曾|无人|尚无", gap):
        return None
    if LINK.search(gap):
        if commas and not _may_cross(gap):
            return None
        return 1 if not commas and "、" not in gap else 2
    clause = text[: number.start]
    clause = clause[max(clause.rfind(mark) for mark in ";。") + 1 :]
    plain = _ASIDE.sub("", gap)
    if not commas and len(plain) <= 26 and not re.search(r"[、:(]", plain) and _GIVE.search(clause[-60:]):
        return None if re.match(r"(?:方面|年(?!级)|月|.*?(?:开展|组织|举办|召开))", gap) else 2
    return None


def _may_cross(gap: str) -> bool:
    """A number may wait over one comma for its verb: 12家单位脱颖而出,荣获…; not over a new subject."""
    first, *_, last = re.split(r"[，,]", gap)
    if re.search(r"获|得了|荣膺|捧|摘|拿|当选", first):
        return False  # 5个站段得了火车头奖杯,路局命名的…: the number has its own object
    if not first and len(LINK.sub("", last)) > 2:
        return False  # 全市仅有50家,朱某同时获…: another subject
    return len(re.findall(r"[，,]", gap)) <= 1 and len(LINK.sub("", last)) <= 8
