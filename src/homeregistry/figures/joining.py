"""Whether a title and a number belong together, by the words between them, and how surely: 0 is beside each
other, 3 a clause away.

The shapes are those of reports and newspapers; each is named for what it says. The words in them were met
in federations' notices, annual reports and newspapers; the goldens of `tests/floor1/figures` hold such
sentences.
"""

import re
from typing import Final

from homeregistry.figures.numbers import Number
from homeregistry.patterns import either

_SORTS: Final = "先进 基层 直属 部门 车间 机关 企业 非公企业 下属 所属 所辖 优秀 市直 省直 本市 工会"
"""What sort of recipient is counted (3家基层单位)."""
_RECIPIENTS: Final = (
    "单位 集体 工会(?:组织|委员会|小组|分会|干部|工作者|主席)? 基层组织 分会 分工会 小组 班组 车间 企业 公司 "
    "同志 职工 干部 个人 会员 人员 人 先进典型 科室 院系 支部 职工之家 支局 站所"
)
"""Who receives a title: homes go to unions, small homes to their parts, the others to persons."""
_PARTS: Final = "工会小组 分会 个人 小组 车间 班组"
"""Who is counted together with the one before (3家单位和班组)."""
RECIPIENT: Final = rf"(?:{either(_SORTS)}*{either(_RECIPIENTS)}(?:和|或|及|、)?{either(_PARTS)}?)"
"""Whom a number counts."""

_TOTALS: Final = "共计 总共 共有 共 合计 总计 累计"
"""Words of sums, as tables and annual reports end with them."""
_HAVING: Final = "已有 现有 目前有 有 已?达到?了? 为 是 增至 增加到 增长到 扩大到 各有 各"
"""Verbs of having and reaching (职工之家达12家, 增至15家)."""
_BESIDE: Final = r"约 : \( - 也 已 仅 只 则 才 由 从 就 又 都 均 实"
"""Marks and adverbs that stand directly at a number."""
_TIMES: Final = "本次 此次 本轮 这次 那一轮 该轮 同年 一次 一共 眼下 目前 如今 去年 今年 上年 当年"
"""When, without a year of its own."""
_AWARDING: Final = "认定 评定 确认 评出 数 总数 总量 数量 名额 评选 表彰 命名 授予"
"""The act of awarding or the word for its number, between title and numeral (职工之家总数15家)."""
_SAY: Final = f"{either(_TOTALS, _HAVING, _BESIDE, _TIMES, _AWARDING)}*+"
"""What may lie between a title and its number without either losing the other."""

_STANDING: Final = (
    r"推荐名额 名额 推荐对象 候选\w{0,3} 申报 推荐 复查合格 奖牌 名单 荣誉 获得者 命名 入选 获评 上榜 获批"
)
"""What became of the title: words of the road from application to plaque (模范职工之家推荐名额3个)."""
_TITLE_NUMBER: Final = re.compile(rf"{either(_STANDING)}?的?{RECIPIENT}?(?:工作室)?{_SAY}")
"""模范职工之家12个; 模范职工之家推荐名额共3个."""
_COUNTING: Final = "共 有 达到? 计 为 增至 新增 净增 增加 [再新]?添 占 给 累计 拥有"
"""Verbs that bring a number after some words of their own (…职工之家全省新增3家)."""
_TITLE_SAYS: Final = re.compile(rf"[^、，,;:。]{{0,24}}?{either(_COUNTING)}了?{_SAY}")
_LISTING: Final = "有 是 为 包括 分别是 分别为 单位有 单位:"
"""Words that open a list of names; the number stands behind them (获…的有甲、乙等3家)."""
_TITLE_NAMES: Final = re.compile(rf"(?:名单|荣誉|名额(?:分配)?)?(?:\(|:|的?{either(_LISTING)}).{{0,260}}?等?")
_GIVING: Final = "由 授予 给了 发给 颁给 颁发给 授给 授予给 花落 归 给予"
"""To whom a title went, names and number behind it (…称号授予甲、乙等3家)."""
_TITLE_GIVEN: Final = re.compile(rf"(?:荣誉)?{either(_GIVING)}.{{0,160}}")
_OWNING: Final = "共 有 达到? 计 为 累计 拥有 建成 创建 评出"
"""Verbs that take up a title a comma away."""
_TITLE_COMMA: Final = re.compile(rf"[^、;:。]{{0,24}}[，,][^、，,;:。]{{0,14}}?{either(_OWNING)}{_SAY}")
_TITLE_TAKEN: Final = re.compile(
    r"(?:(?:的?新?(?:榜|名单|名额))(?:上|中|里|内)[，,]?|[，,])[^，,。;]{2,12}?独?占(?:了|得|据)?"
)
"""…先进职工之家榜上,供电系统占了五家."""
_TITLE_ONLY: Final = re.compile(r"[，,][^，,、。;:]{2,10}")
"""…先进职工之家,全省高校仅8家; 申报…,每校不超过3个: the qualifier ties the clause to the title."""
_TITLE_BATCH: Final = re.compile(
    r"(?:名单|称号)?[，,:](?:其中)?(?:首批|第[一二三四五六七八九十\d]{1,3}[批届轮次])(?:为|有|共)*"
)
_PUBLISHED: Final = "公布 公示 发布 揭晓 出炉"
"""How newspapers say that a list is out."""
_TITLE_LISTED: Final = re.compile(
    rf"(?:的|入选)?名单[)》]?{either(_PUBLISHED)}?[，,:][^。;]{{0,60}}?|[，,:][^，,、。;]{{0,12}}?"
)
_ON_THE_LIST: Final = "入选 上榜 在列 入围 榜上有名 名列其中 位列其中"
"""How newspapers say that somebody stands on it."""
_CHOSEN: Final = re.compile(rf"(?:(?![，,;。、])[\u3400-\u9fff]){{0,10}}?{either(_ON_THE_LIST)}")
"""…模范职工之家名单,全省有4个营业所入选."""
_YEARLY: Final = "一次 就 又 实 为 是 有 共 评出 命名 表彰 授予"
"""What may stand between a year and its number."""
_TITLE_YEAR: Final = re.compile(rf"(?:称号)?[，,:]?(?:19|20)\d\d年(?:度)?(?:底|末)?{either(_YEARLY)}*了?")
"""全国模范职工之家,2018年997个: the first year of a row of years."""
_TITLE_CHECKED: Final = re.compile(r"(?:称号)?(?:进行|的)?复[查核验](?:后|中|时|结果)?[，,:]?(?:共有|有)?")
_PASSES: Final = re.compile(r"(?:单位|企业)?(?:复查)?(?:合格|通过|达标|保留)")
"""对…模范职工之家复查后,168家合格."""
_TALLY: Final = "数量 总数 总量 个数 数"
"""Words for the number itself."""
_TALLIED: Final = "由 从 为 已 达到? 有 增至 升至 :"
"""How such a number is brought."""
_TITLE_TALLY: Final = re.compile(
    rf"[^。;]{{0,40}}[，,](?:其|总)?{either(_TALLY)}{either(_TALLIED)}*(?:去年的|上年的|原来的)?"
)
"""A clause about something else (a rate) between the title and its tally."""

_FRESH: Final = "新建 新创建? 新命名 新评 新晋 新增 已建"
"""Words of new and standing homes between a number and its title (3家新建职工之家)."""
_NUMBER_TITLE: Final = re.compile(rf"{either(_FRESH)}?的?(?:{RECIPIENT})?(?:\([^()]{{0,12}}\))?的?")
_ACTS: Final = "授予 命名 表彰 表扬 评选 评定 认定 确认 通报 推荐 申报 复查 撤销 取消"
"""What a union does with titles, as its decisions and notices say."""
_GIVE: Final = re.compile(either(_ACTS))
_BEING: Final = "已是 均是 都是 也是 (?<![只还曾])是 为 称为"
"""A title is held."""
_WINNING: Final = (
    "获 荣获 喜获 斩获 揽获 获得 获评 获颁 获授 获批 再获 荣膺 问鼎 拿 拿到 拿下 摘下 摘得 摘取 夺得 捧回 "
    "捧得 领到 领取 领回 取得 收获 得 被授"
)
"""A title is won: plain in notices, colourful in newspapers."""
_RISING: Final = (
    "评上 当上 当选 当选为 选为 成 成为 列入 列为 定为 新晋 晋级 晋升为 升格 升格为 升级为 升到 升为 进入 "
    "跨进 迈进 迈入 步入 挂上 跻身 入选 入围 名列 上榜 上了 登上 荣登"
)
"""Somebody rises into the ranks of its holders."""
_BUILDING: Final = "创成 创建成 创建为 建成 达标 达到 通过 保留 保住 继续保持"
"""A home is built up to a title, or keeps it at its re-examination."""
_CONFERRING: Final = (
    "授予 颁发 颁授 评为 评定为 评选为 命名 命名为 拟命名为 认定为 认定 确认为 确认 表彰为 通报为 推荐为 "
    "推荐 拟推荐 撤销 取消"
)
"""A union confers it, proposes it or takes it back."""
LINK: Final = re.compile(
    rf"{either(_BEING, _WINNING, _RISING, _BUILDING, _CONFERRING)}(?:了|过|到|为)?(?:其|的)?$"
)
"""The verb that ends directly before a title and ties it to who or how many stand before."""
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


_NO_RECIPIENTS: Final = (
    "区县 县区 市州 街道 乡镇 镇街 城市 行业 产业 会员 农民工 项目 平台 岗位 名额分配 省区市 省份 省市 地市 "
    "市县 学校 赛 奖"
)
"""What reports count beside titles: places, members, projects, other prizes (覆盖12个区县)."""
_OTHERS: Final = re.compile(either(_NO_RECIPIENTS))


def _counts_others(text: str, number: Number) -> bool:
    return _OTHERS.match(text, number.end) is not None


_ONLY: Final = ("只有", "仅有", "约有", "大约有")
"""Qualifiers that carry their own verb (我省只有1个)."""
_RESTRICTS: Final = ("仅", "才", "只有", "不超过", "最多", "至多")
_HONOURED: Final = "上榜 入选 入围 在列 榜上有名 获奖 获评 受到?表彰 通过(?:评审|验收)"
"""What a clause may still say of those it has counted."""
_ENDING: Final = re.compile(rf"{RECIPIENT}?{either(_HONOURED)}?(?:[、，,;。)(]|$)")


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
