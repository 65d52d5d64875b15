"""The headings of the workbooks that the program itself lays out for officers: one for each field.

They are spellings of the general layout, so that what is filled in is read back without a question.
"""

from typing import Final

from homeregistry.records import Entry
from homeregistry.stated_years import years_said
from homeregistry.words.labels import kind_label

HEADERS: Final[dict[str, str]] = {
    "kind": "荣誉称号", "stars": "星级", "recipient": "获奖单位", "parent": "所属工会", "person": "姓名",
    "unit": "工作单位", "post": "职务", "tier": "级别", "system": "所属系统", "year": "年度",
    "region": "所属区县", "province": "所在省份", "prefecture": "地市", "county": "县级",
    "township": "地址", "body": "推荐工会", "conferred_by": "授予单位", "decision_no": "文号",
    "decision_date": "表彰日期", "uscc": "统一社会信用代码", "union_code": "工会统计代码",
    "ownership": "单位性质", "note": "备注",
}  # fmt: skip
"""Field to heading, in the order of columns."""


TIER_WORDS: Final[dict[str, str]] = {
    "national": "全国", "provincial": "省级", "prefecture": "地市级", "county": "县级",
    "township": "乡镇级", "unit": "单位级",
}  # fmt: skip
"""How a tier is written in a cell, so that it is read as that tier whoever conferred it."""


def stated_values(entry: Entry) -> dict[str, str]:
    """What a row says together with the headings above it: field to text."""
    context = entry.context
    years = None
    if context.year_from is not None:
        years = years_said(context.year_from, context.year_to or context.year_from)
    tier = context.tier_printed
    above = {
        "kind": _title(context.kind) if context.kind and not entry.kinds else None,
        "stars": str(context.stars) if context.stars else None,
        "tier": TIER_WORDS.get(tier, tier) if tier else None, "system": context.system, "year": years,
        "conferred_by": context.issuer_printed, "region": context.region_printed,
        "body": context.body_printed, "decision_no": context.decision_no,
        "decision_date": context.decision_date,
    }  # fmt: skip
    if entry.kinds:
        above["kind"] = "、".join(_title(kind) for kind, _stars, _column in entry.kinds)
    found = {name: text for name, text in above.items() if text}
    if any(name in entry.values for name in ("province", "prefecture", "county")):
        found.pop("region", None)
    return {**found, **{name: text for name, text in entry.values.items() if name in HEADERS}}


def _title(code: str) -> str:
    """The title in Chinese, whatever language is spoken: it is read back."""
    from homeregistry.kinds import kinds

    return kinds()[code].title if code in kinds() else kind_label(code)
