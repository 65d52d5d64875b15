"""Registration forms: label and value side by side, one unit or person to a form.

Such forms come as a table (a Word form's cells) or flattened with bars; either way they are turned
round, so that one form is one entry. Telephone and identity fields are dropped here, like columns.
"""

import re
from dataclasses import dataclass, field
from typing import Final

from homeregistry.text import clean, squeeze

_LABELS: Final[dict[str, str]] = {
    "工会名称": "recipient", "工会全称": "recipient", "单位名称": "recipient",
    "基层工会名称": "recipient",
    "申报单位": "recipient", "推荐单位": "body", "集体名称": "recipient", "小家名称": "recipient",
    "申报工会": "recipient", "分会名称": "recipient", "名称": "recipient", "单位全称": "recipient",
    "所属工会": "parent", "上级工会": "parent", "隶属工会": "parent", "所在单位": "unit", "工作单位": "unit",
    "单位": "unit",
    "姓名": "person", "职务": "post", "工会职务": "post", "单位及职务": "unit", "工作单位及职务": "unit",
    "单位类型": "ownership", "单位性质": "ownership", "企业类型": "ownership", "所有制": "ownership",
    "统一社会信用代码": "uscc", "工会统计代码": "union_code", "所在区县": "region", "所属区县": "region",
    "所在地区": "region", "地区": "region", "申报称号": "kind", "推荐称号": "kind", "荣誉称号": "kind",
    "申报等级": "kind", "文号": "decision_no", "年度": "year",
    "身份证号": "id_number", "身份证号码": "id_number", "公民身份号码": "id_number", "手机": "phone",
    "电话": "phone", "办公室电话": "phone", "办公电话": "phone", "联系电话": "phone", "传真": "phone",
    "手机号": "phone", "手机号码": "phone", "联系方式": "phone",
    "职工数": "other", "会员数": "other", "职工人数": "other", "会员人数": "other", "入会率": "other",
    "通讯地址": "other", "地址": "other", "邮编": "other", "邮政编码": "other", "工会主席姓名": "other",
    "工会主席": "other", "性别": "other", "民族": "other", "出生年月": "other", "籍贯": "other",
    "学历": "other",
    "文化程度": "other", "职称": "other", "政治面貌": "other", "参加工作时间": "other",
    "工会主要荣誉": "other",
    "主要荣誉": "other", "曾获荣誉": "other", "何时受过何种奖励": "other", "主要事迹": "other",
    "事迹": "other",
    "简要事迹": "other", "个人简历": "other", "基层党政意见": "other", "市总工会意见": "other",
    "单位意见": "other", "工会意见": "other", "上级工会意见": "other", "审批意见": "other", "备注": "other",
    "成立时间": "other", "建会时间": "other", "法人代表": "other", "联系人": "other", "电子邮箱": "other",
}  # fmt: skip
"""Labels without their inner spaces (“姓 名”, “荣 誉”) to fields; `other` is read and not used."""

_OPINION = re.compile(r"^.{0,12}意见$")
_STARTS: Final = ("recipient", "person")
_DROPPED: Final = ("id_number", "phone")


@dataclass(slots=True)
class Form:
    """One filled form: its values, the rows it covers, and the personal labels dropped."""

    row: int
    values: dict[str, str] = field(default_factory=dict)
    rows: list[int] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)


def label_field(text: str) -> str | None:
    """The field of a label, or None: inner spaces and a final colon do not matter."""
    label = squeeze(text).strip(":：*（）()")
    return _LABELS.get(label) or ("other" if _OPINION.match(label) else None)


def cells_of(line: str) -> list[str]:
    """The cells of a flattened form row, empty ones kept out; 姓名：林汐 is a label and its value."""
    cells = [cell.strip() for cell in re.split(r"[|｜\t]", line) if cell.strip()]
    pairs = [re.split("[:：]", cell, maxsplit=1) for cell in cells]
    if len(pairs) > 1 and all(len(pair) == 2 and label_field(pair[0]) for pair in pairs):
        return [word.strip() for label, value in pairs for word in (f"{label}:", value)]
    return cells


def is_form_row(cells: list[str]) -> bool:
    """Whether cells alternate label and value: at least a label in front and a value behind."""
    if len(cells) < 2 or label_field(cells[0]) is None:
        return False
    fields = [label_field(cell) for cell in cells]
    labels = sum(1 for name in fields if name)
    return labels >= 1 and labels <= (len(cells) + 1) // 2 + 1 and fields[1] is None


def add_row(forms: list[Form], number: int, cells: list[str]) -> bool:
    """Adds one row of label and value cells to the last form or a new one; False if it is none."""
    texts = [cell for index, cell in enumerate(cells) if cell and (not index or cell != cells[index - 1])]
    if not is_form_row(texts):
        return False
    index = 0
    while index < len(texts):
        name = label_field(texts[index])
        value = texts[index + 1] if index + 1 < len(texts) else ""
        said = texts[index].endswith(":") and not value.endswith(":")
        if name is None or (label_field(value) is not None and not said):
            index += 1
            continue
        index += 2
        if not value:
            continue
        known = forms[-1].values if forms else {}
        if not forms or (name in _STARTS and (name in known or _other_start(known, name))):
            forms.append(Form(number))
        form = forms[-1]
        if name in _DROPPED:
            form.dropped.append(squeeze(texts[index - 2]))
        elif name != "other":
            form.values.setdefault(name, clean(value))
    if forms:
        forms[-1].rows.append(number)
    return bool(forms)


def _other_start(known: dict[str, str], name: str) -> bool:
    """A person's form names the person first; a unit's form never turns into a person's."""
    return name == "recipient" and "person" in known
