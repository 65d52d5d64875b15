"""Who commends where a heading names no title: 成都市总工会历年表彰情况, 宁波市表彰名单."""

import re

from homeregistry.headings.places import PLACE, is_body, is_place

_OWNED = re.compile(
    rf"(?P<place>{PLACE})(?:总?工会|关于|年度|系统内)*(?:表彰|命名|评选|评定|认定|授予|(?=先进))"
    r"(?:工会|荣誉|先进|各类|结果|称号|集体|个人|单位|人员|的|和|及|与|、|情况|决定|通报|通知|名单|一览表?|花?名册|汇总表?|明细表?|目录|表)*+"
)
_CONFERRING = re.compile(
    r"(?P<body>.{1,20}?(?:总工会|工会联合会|(?:产业|系统|行业)工会))(?:关于|历年|历届|近年|历次|各类|所|[0-9年度、—-]){0,6}"
    r"(?:表彰|命名|授予|评选|评定|认定)(?!为|的?[^的]{2,12}(?:荣获|获得))"
)

_OWN_CONFERRING = re.compile(
    r"(?P<body>[\u3400-\u9fff]{2,20}(?:公司|集团|大学|学院|医院|厂|矿)工会(?:委员会)?)(?:关于|[0-9年度、—-]){0,6}"
    r"(?:表彰|命名|授予|评选|评定|认定)(?!为)"
)
"""甲集团工会2022年度表彰名单: the union of one enterprise or school confers its own titles."""


def owner_of(folded: str) -> str | None:
    """宁波市 of 宁波市表彰名单: a place that acts, behind it nothing but general words of awards."""
    match = _OWNED.fullmatch(folded)
    return match["place"] if match and is_place(match["place"]) else None


def conferring_body(bare: str) -> str | None:
    """成都市总工会历年表彰情况: the federation or the unit's union in front of the verb is who conferred."""
    own = _OWN_CONFERRING.match(bare)
    if own is not None:
        return own["body"]
    federation = _CONFERRING.match(bare)
    return federation["body"] if federation is not None and is_body(federation["body"]) else None
