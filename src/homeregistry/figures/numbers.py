"""Which numbers of a sentence may count awards, and which never do: dates, money, rounds, visitors.

A number survives here only with a measure word for units or persons (or none at all, in tables and
brackets); whether it really counts awards is decided by the title it belongs to.
"""

import re
from dataclasses import dataclass
from typing import Final

from homeregistry.numerals import Quantity, scan
from homeregistry.patterns import either
from homeregistry.stated_years import LAST_YEAR

_TIME: Final = "年 月 日 号 次 届 轮 周年"
"""Dates and rounds."""
_MEASURES: Final = (
    "元 份 字 页 % ％ ℃ 天 小时 分钟 时 场 期 条 级 版 岁 倍 类 种 度 亩 平方 公里 米 吨 万元 亿元 星 "
    "大(?!学) 强 代 章 节 款 集 遍 票 册 本 张 套 台 辆 部(?!门) 篇 则 面 枚 把 点 刻 班 路 线 街 楼 层 室 "
    "栋 季 周 倍 分(?!会|工会|公司)"
)
"""Measure words of money, paper, time, things and addresses; none is of units or persons."""
_NO_NUMBER: Final = r"/ :\d \.\d [a-z]"
"""What makes it part of another number, a time or a name."""
_NOT_AFTER: Final = re.compile(either(_TIME, _MEASURES, _NO_NUMBER))
_NO_UNITS: Final = (
    r"月 百分点 小时 工作日 季度 方面 环节 年(?!级组) 层面 阶段 步骤 条件 标准 维度 着力 必须 半 星期 民族 "
    r"点 字 版块 板块 问题 举措 措施 项目 活动 课题 词 案例 奖项 类别 类型 种类 层次 关键 重点 专题 专项 "
    r"单$ 单[(,，、;。:] 额(?!\d) 次(?!获|被|荣) 均 民 口 座谈 评选年度 千万 亿 以内的?人 平台 岗位 班子 "
    r"小时 万人 万元"
)
"""What 个, 名 and 家 count in reports that is neither a unit nor a person (三个方面, 5个项目)."""
_UNIT_NOT_AFTER: Final = re.compile(either(_NO_UNITS))
_POINTING: Final = r"第 无 没有 未有 每 每一 这 那 某 同 任 任何 整 哪 逐 之 其 每隔"
"""Words that point at one instead of counting."""
_LABELS: Final = (
    r"\( no\.? 电话:? 邮编:? 编号:? 文号:? (?:^|[^-])- \. 人均 户均 [元¥$￥] 世纪 十 附件 表 图 序号"
)
"""Labels and signs in front of numbers that are addresses, money or parts of documents."""
_NOT_BEFORE: Final = re.compile(rf"{either(_POINTING, _LABELS)}$")
_POINTING_AT_ONE: Final = (
    "无 没有 未有 每 这 那 某 同 任 任何 另 整 哪 逐 之 其 统 第 唯 [唯惟]一的? 其中 有(?=一个) 又 作为 "
    "成为 这样 如此"
)
"""The same before 一: 这一家, 作为一个, 其中一名 count nobody."""
_ONE_NOT_BEFORE: Final = re.compile(rf"{either(_POINTING_AT_ONE)}$")
_ORDINAL: Final = re.compile(
    r"第(?P<number>[一二三四五六七八九十百]+|\d{1,3})(?P<unit>[次家个位名块])(?!支部|工会|小组|分会|中学|小学)"
)
_FIRST: Final = re.compile(
    r"(?:唯一|惟一)(?:的?(?:一|1)[家个名位所]|的)?|首(?:家|个|位|次|名)(?!批)|[第头]一[家个位名次块]|首度|独家"
)
_TIMES: Final = re.compile(
    r"(?P<number>[两二三四五六七八九十]|\d{1,2})次(?=(?:被|获|荣|喜|蝉联|评为|入选))|\((?P<inside>[两二三四五六七八九十]|\d{1,2})次\)"
)
"""三次获评, 称号(2次): one title received more than once by one recipient."""
_DIFFERENCE: Final = re.compile(
    r"(?:比|较|同比|环比|相比)[^，,;。]{0,12}(?:增加|增长|增|净增|多|减少|减|下降|少|上升|提高)了?$"
)
"""比上年增加17个 is a step between two counts, no count."""
_ONE_IN: Final = re.compile(r"每[^，,。;]{1,14}(?:里|中)?(?:就|便)?有$")
_SHARE_OF: Final = re.compile(
    r"(?:(?!之家|小家|工会工作者|积极分子|之友)[^,，。;；]){0,14}(?:当中|中|里)[,，]?[^。;；]{0,12}?(?:[一二三四五六七八九]成|过半|半数|百分之|[\d.]+[%％]|多数|一半)"
)
"""Behind the whole of which a share is told: 1500个基层工会中,超过六成建成… states no count."""
_BRACKETED: Final = re.compile(r"\((?:共|共计|合计|计)?$")


@dataclass(frozen=True, slots=True)
class Number:
    """A number that may count awards. `bare` has no measure word; `each` stands after 各 (各12个)."""

    quantity: Quantity
    start: int
    end: int
    bare: bool


@dataclass(frozen=True, slots=True)
class Ordinal:
    """第三次, 首家, 唯一: a count that no numeral states. `only` is 唯一."""

    value: int
    start: int
    end: int
    only: bool
    rounds: bool


def find_numbers(text: str) -> list[Number]:
    """The numbers of a sentence that may count awards, left to right."""
    return [Number(q, q.start, q.end, q.unit is None) for q in scan(text) if _may_count(text, q)]


def _may_count(text: str, quantity: Quantity) -> bool:
    before = text[max(0, quantity.number_start - 4) : quantity.number_start]
    after = text[quantity.end : quantity.end + 8]
    if quantity.value > 99_999_999:
        return False
    if quantity.chinese and quantity.unit is None and quantity.qualifier == "exact":
        return False
    if _DIFFERENCE.search(text[max(0, quantity.start - 20) : quantity.start]):
        return False
    if _SHARE_OF.match(text, quantity.end) or _ONE_IN.search(
        text[max(0, quantity.start - 24) : quantity.start]
    ):
        return False
    if quantity.unit is None:
        if _NOT_AFTER.match(after) or (re.match(r"[\u3400-\u9fff]", after) and not _may_follow(after)):
            return False
    elif _UNIT_NOT_AFTER.match(after):
        return False
    if quantity.chinese and quantity.value == 1 and _ONE_NOT_BEFORE.search(before):
        return False
    if before.endswith("(") and quantity.unit is None:
        return after.startswith(")") and not _looks_like_year(quantity)
    if before.endswith("("):
        return True
    if _NOT_BEFORE.search(before):
        return False
    return not (quantity.unit is None and _looks_like_year(quantity))


def _may_follow(after: str) -> bool:
    """Words that may stand directly behind a number without measure word."""
    return (
        re.match(
            r"(?:和|与|及|以及|其中|分别|单位(?!栏)|集体|左右|模范|先进|合格|优秀|小家|[一二三四五]星|合计|总计)",
            after,
        )
        is not None
    )


def _looks_like_year(quantity: Quantity) -> bool:
    return quantity.qualifier == "exact" and 1949 <= quantity.value <= LAST_YEAR


def find_ordinals(text: str) -> list[Ordinal]:
    """第三次, 首家, 唯一 in a sentence, left to right."""
    from homeregistry.numerals import read_chinese

    found = []
    for match in _ORDINAL.finditer(text):
        value = int(match["number"]) if match["number"].isdecimal() else read_chinese(match["number"])
        if value:
            found.append(Ordinal(value, match.start(), match.end(), False, match["unit"] == "次"))
    for match in _TIMES.finditer(text):
        words = match["number"] or match["inside"]
        value = int(words) if words.isdecimal() else read_chinese(words)
        if value and value > 1 and not text[: match.start()].endswith("第"):
            found.append(Ordinal(value, match.start(), match.end(), False, True))
    taken = {o.start for o in found}
    for match in _FIRST.finditer(text):
        if match.start() not in taken:
            only = match.group()[0] in "唯惟独"
            found.append(Ordinal(1, match.start(), match.end(), only, match.group().endswith(("次", "度"))))
    return sorted(found, key=lambda ordinal: ordinal.start)
