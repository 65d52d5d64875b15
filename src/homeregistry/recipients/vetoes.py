"""What makes two names two units, however alike they look: one numeral, direction or district.

In a long name one character hardly moves a similarity score, yet 第一车间 is not 第二车间 and 城东小学
is not 城西小学. Each rule here is a veto with a reason code; none says that two names are the same.
Where one name says less than the other (a province, a bracket left out) there is no veto: such
pairs are for a person.
"""

import re
from typing import Final, Literal

from rapidfuzz.distance import Levenshtein

from homeregistry import numerals
from homeregistry.recipients.names import recipient_key

Reason = Literal[
    "number", "letter", "bracket", "institution", "district", "level", "direction", "order",
    "age", "size", "side", "gender", "source", "department", "word", "part",
]  # fmt: skip
"""Why two names are different units; translated at the edge."""

_NUMBER: Final = re.compile(
    "([0-9]+)|([〇一二三四五六七八九十]+)(?=分|车间|班|队|厂|中$|中[学(]|小$|小学|院|处|科|室|部|组|局|号|期|矿|公司|支|医院|建"
    "|冶|航|师|团|营|段|站|村|工|标|所|楼|线|层|库|幼|高|大队|中队|公局|化建|$)"
)
_NUMERALS: Final = re.compile("[0-9]+|[〇一二三四五六七八九十]+")
_LETTERS: Final = re.compile("[a-z]+")
_BRACKET: Final = re.compile(r"\(([^()]*)\)")

_INSTITUTIONS: Final[dict[str, tuple[str, str | None]]] = {
    "中医医院": ("medicine", None), "中医院": ("medicine", None), "妇幼保健院": ("mothers", None),
    "妇幼保健计划生育服务中心": ("mothers", None), "卫生院": ("clinic", None),
    "卫生服务中心": ("clinic", None), "疾病预防控制中心": ("prevention", None),
    "人民医院": ("hospital", "people"), "中心医院": ("hospital", "central"),
    "口腔医院": ("hospital", "dental"), "儿童医院": ("hospital", "children"),
    "传染病医院": ("hospital", "infection"), "医院": ("hospital", None),
    "幼儿园": ("nursery", None), "中心小学": ("primary", "central"),
    "实验小学": ("primary", "model"), "小学": ("primary", None),
    "实验中学": ("middle", "model"), "高级中学": ("middle", "high"),
    "初级中学": ("middle", "junior"), "中学": ("middle", None), "大学": ("university", None),
    "学院": ("college", None), "党校": ("party", None), "特殊教育学校": ("special", None),
    "供销社": ("coop", None), "图书馆": ("library", None), "博物馆": ("museum", None),
}  # fmt: skip
"""Word to (family, species): two families are two bodies, and so are two species of one."""
_INSTITUTION: Final = re.compile("|".join(sorted(_INSTITUTIONS, key=len, reverse=True)))

_ROLES: Final[tuple[tuple[Reason, str], ...]] = (
    ("direction", "东西南北中"), ("order", "甲乙丙丁戊己庚辛"), ("order", "上中下"), ("order", "早中晚夜"),
    ("order", "正副"), ("order", "首末"), ("age", "新老旧"), ("size", "大小"), ("size", "高初"),
    ("side", "左右"),
    ("side", "前后"), ("side", "内外"), ("gender", "男女"), ("source", "水火风核煤气光"), ("size", "轻重"),
)  # fmt: skip
_DIRECTIONS: Final = "东西南北新老"

_DEPARTMENT_ENDS: Final = ("部", "科", "室", "处", "班", "组", "队", "系", "中心", "车间", "学院", "岗")
_WORDS: Final = frozenset(
    (
        "财务", "业务", "商务", "法务", "税务", "政务", "医务", "教务", "总务", "服务", "事务", "劳务",
        "警务", "勤务", "党务", "外务", "机务", "车务", "电务", "工务", "审计", "统计", "会计", "设计",
        "国税", "地税", "财政", "邮政", "民政", "行政", "市政", "路政", "水利", "水电", "水产", "水运",
        "供水", "供电", "供热", "供气", "供销", "发电", "交通", "交警", "教育", "体育", "文化", "文学",
        "化学", "数学", "物理", "护理", "管理", "医学", "法学", "理学", "工学", "农学", "哲学", "林业",
        "农业", "工业", "商业", "渔业", "畜牧", "生产", "生物", "生态", "安全", "安监", "质量", "质检",
        "技术", "艺术", "科技", "机械", "机电", "光电", "热电", "火电", "风电", "核电", "煤电", "电子",
        "电力", "电气", "采购", "销售", "营销", "市场", "人事", "人力", "内科", "外科", "妇科", "儿科",
        "产科", "骨科", "眼科", "公安", "国安", "保安", "公路", "铁路", "航空", "航天", "检察", "法院",
        "烧结", "炼铁", "炼钢", "轧钢", "焊接", "装配", "包装", "组装", "安装", "运输", "运行", "运营",
        "检修", "维修", "维护", "测量", "检测", "计量", "化验", "仓储", "物流", "物资",
    )
)  # fmt: skip
"""Words of departments and trades: where one edit turns one into another, it is no misprint."""

_PLACE: Final = re.compile(
    "([\u4e00-\u9fff]{1,6}?)"
    "(省|自治区|自治州|(?<![城超门都夜])市|县|(?<![社校园小库矿景厂牧工院片开新地发务业])区|镇|乡|街道|村(?!镇))"
)
_PLACE_LEVEL: Final = {
    "省": 0, "自治区": 0, "市": 1, "自治州": 1, "县": 2, "区": 2, "镇": 3, "乡": 3, "街道": 3, "村": 4,
}  # fmt: skip
_LEVEL_WORDS: Final = ("省", "市", "县", "区", "镇", "乡", "村")

FORMS: Final = re.compile(
    "(?:股份)?有限(?:责任)?公司|股份公司|集团公司|总公司|集团|公司|[()]"
    "|自治(?=[县区州旗])|(?:工会联合会|联合工会|总工会)$"
)
"""Legal forms and brackets, which two spellings of one company may differ in."""

_WHOLE_ADDITIONS: Final = (
    "管理处", "管理局", "管理所", "管理中心", "管理站", "服务中心", "机关", "本部", "总部",
)  # fmt: skip
_PART_ENDS: Final = (
    "分公司", "支公司", "分局", "支局", "支行", "分行", "分院", "分厂", "分校", "分会", "小组", "车间", "班",
    "班组", "部", "科", "室", "处", "队", "站", "所", "店", "中心", "系", "学院", "段", "工区", "食堂",
    "附属医院",
    "附属中学", "附属小学",
)  # fmt: skip


def different(a: str, b: str) -> Reason | None:
    """Why these two names (or keys) are certainly two units, or None where nothing says so.

    Symmetric. None for two spellings of one name.
    """
    one, two = recipient_key(a, "organisation"), recipient_key(b, "organisation")
    return None if one == two else different_keys(one, two)


def different_keys(one: str, two: str) -> Reason | None:
    """`different` for two recipient keys, for callers that compare many."""
    one, two = sorted((one, two))
    if numbers(one) != numbers(two):
        return "number"
    if _both_differ(_LETTERS.findall(one), _LETTERS.findall(two)):
        return "letter"
    if "(" in one and "(" in two and _both_differ(_BRACKET.findall(one), _BRACKET.findall(two)):
        return "bracket"
    if _institutions_differ(one, two):
        return "institution"
    if _level(one, two):
        return "level"
    if _districts_differ(one, two):
        return "district"
    return _edits(one, two)


def numbers(key: str) -> tuple[str, ...]:
    """The numbers that tell units apart, sorted, as digits: 第1中学, 一分公司, 二中, 十二局.

    Numerals inside words (四川, 三峡, 五金) are none.
    """
    found = _NUMERALS.findall(key)
    if not found:
        return ()
    if "".join(found).isascii():
        return tuple(sorted(found))
    return tuple(sorted(map(_digits, _NUMBER.finditer(key))))


def _digits(match: re.Match[str]) -> str:
    return match[0] if match[1] else str(numerals.read_chinese(match[0]))


def _both_differ(one: list[str], two: list[str]) -> bool:
    return bool(one) and bool(two) and one != two


def _institutions_differ(one: str, two: str) -> bool:
    first, second = _INSTITUTION.findall(one), _INSTITUTION.findall(two)
    if not first or not second:
        return False
    family, species = _INSTITUTIONS[first[-1]]
    other, other_species = _INSTITUTIONS[second[-1]]
    if family != other:
        return True
    return species is not None and other_species is not None and species != other_species


def _level(one: str, two: str) -> bool:
    """Whether 区政协 stands against 市政协: a level without its place is that level's own body."""
    return (
        one.startswith(_LEVEL_WORDS)
        and two.startswith(_LEVEL_WORDS)
        and one[0] != two[0]
        and one[1:2] == two[1:2]
    )


def _districts_differ(one: str, two: str) -> bool:
    first, second = _places(one), _places(two)
    for level in first.keys() & second.keys():
        few, many = sorted((first[level], second[level]), key=len)
        if len(few) == len(many):
            if not all(map(_same_place, few, many)):
                return True
        elif not all(any(_same_place(place, other) for other in many) for place in few):
            return True
    return False


def _places(key: str) -> dict[int, list[str]]:
    places: dict[int, list[str]] = {}
    for stem, suffix in _PLACE.findall(key):
        places.setdefault(_PLACE_LEVEL[suffix], []).append(stem)
    return places


def _same_place(one: str, two: str) -> bool:
    """Whether two stems end alike: what stands before a stem inside a name is not part of it."""
    least = min(2, len(one), len(two))
    return one[-least:] == two[-least:]


def _edits(one: str, two: str) -> Reason | None:
    a, b = FORMS.sub("", one), FORMS.sub("", two)
    if part := _part(one, two) or _part(a, b):
        return part
    for edit in Levenshtein.opcodes(a, b):
        old = a[edit.src_start : edit.src_end]
        new = b[edit.dest_start : edit.dest_end]
        if edit.tag == "replace":
            if reason := _replacement(old, new):
                return reason
            if len(old) == len(new) == 1 and _departments(a, b, edit.src_start, edit.dest_start):
                return "department"
        elif edit.tag != "equal" and len(old + new) == 1 and old + new in _DIRECTIONS:
            # One 东 more is another station; a misprint seldom makes a direction.
            return "age" if old + new in "新老" else "direction"
    return None


def _replacement(old: str, new: str) -> Reason | None:
    for reason, group in _ROLES:
        first, second = set(old) & set(group), set(new) & set(group)
        if first and second and not first & second:
            return reason
    if {old[-1], new[-1]} == {"省", "市"} and len(old) == len(new) == 1:
        return "level"
    if len(old) > 1 and len(new) > 1 and not set(old) & set(new):
        return "word"
    return None


def _departments(a: str, b: str, at: int, to: int) -> bool:
    for shift in (0, 1):
        first, second = a[at - shift : at - shift + 2], b[to - shift : to - shift + 2]
        if first in _WORDS and second in _WORDS:
            return True
    return a.startswith(_DEPARTMENT_ENDS, at + 1) or a.startswith(_DEPARTMENT_ENDS, at + 2)


def _part(a: str, b: str) -> Reason | None:
    """Whether one name is the other plus the name of a part of it (X and X's 第一车间)."""
    short, long = sorted((a, b), key=len)
    rest = long[len(short) :] if long.startswith(short) else ""
    if len(rest) > 1 and rest.endswith(_PART_ENDS) and not rest.endswith(_WHOLE_ADDITIONS):
        return "part"
    return None
