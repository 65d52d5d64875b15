"""Where a text names an award: full titles, short forms that lean on another title, and near-titles.

Full spellings come from the kinds table. Reports shorten them in lists (小家, 工作者, 标兵, 先进20个), so
short forms are found too, each with what it still needs from its neighbours. Any other honour (先进集体,
模范教工之家) is found as well and kept apart: its number must not fall to the title beside it.
"""

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import Final, Literal

from homeregistry.kinds import fold_title, kinds, read_title, title_spellings

Form = Literal["full", "short", "grade", "star", "level", "bare", "near"]
"""full: a spelling of the table; short: 小家, 标兵 and the like; grade: 先进 alone; star: 五星级 alone;
level: 市级 alone; bare: 职工之家 without a grade; near: another award."""

_STARS: Final = {char: number for number, char in enumerate("一二三四五", 1)} | {
    char: number for number, char in enumerate("12345", 1)
}
HOME_GRADE: Final = {
    "模范": ("model_home", "model_small_home"),
    "先进": ("advanced_home", "advanced_small_home"),
    "合格": ("qualified_home", "qualified_small_home"),
}
_BOTH: Final = (
    r"(?P<both>模范|先进|合格)职工(?:之家\(或?(?:职工)?小家\)|"
    r"之\(小\)家|\(之\)家|\(小\)家|小?家\(之家\)|之家/(?:职工)?小家|小家\(之家\)|之小家)"
)
_STAR: Final = (
    r"(?P<star>[一二三四五1-5])(?:星级?|a级)(?P<orabove>及?以上)?"
    r"(?:模范|基层工会)?(?P<starbase>职工之家|职工小家|小家|之家)?"
)
_SHORT: Final = (
    r"(?P<short>(?:优秀)?工会工作者标兵|工作者标兵|标兵|红旗单位|优秀工作者|工会工作者|工作者|优秀积极分子|"
    r"积极分子|优秀工会之友|工会之友|职工之友|模范小家|先进小家|合格小家|小家|(?<=其中)家(?=\d))"
)
_GRADE: Final = (
    r"(?P<grade>模范|先进|合格|示范)(?=[(:]?\d|"
    r"[、和与及或]?(?:模范|先进|合格|示范)|[一二两三四五六七八九十]+[个家名])"
)
_STANDARD: Final = r"(?<=达到)(?P<standard>模范|先进|合格)(?:标准|等次|档次)"
_NEAR: Final = (
    r"(?P<near>(?:模范|先进|优秀|合格|示范|标准|达标|规范化?|金牌|银牌|最美|特色|幸福|星级|明星|红旗|标杆|品牌|荣誉|十佳)"
    r"(?:(?![和与及获评为被等的创推]|模范|先进|优秀|合格|示范)[\u3400-\u9fff]){0,8}"
    r"(?:之家|小家|工作者|积极分子|之友|单位|集体|个人|干部|班组|工会|主席|会员|小组|职工|团队|科室|工匠|员工)"
    r"|劳动模范|五一劳动奖[状章]|工人先锋号|五一巾帼[\u3400-\u9fff]{2,4}|巾帼文明岗|文明单位|星级职代会|[\u3400-\u9fff]{0,4}创新工作室"
    r"|职工书屋|教职?工(?:之家|小家)|会员评家[\u3400-\u9fff]{2,4}单位|司机之家|劳动和谐企业|和谐企业|安康杯)"
)
_DIFFERENT: Final = re.compile(
    r"(?:(?:建设|创建)?示范(?:点|单位|基地|工会|岗|建设点|项目)|阵地|联系点|观摩点|观察点|试点(?:单位)?|服务站|服务点|服务中心|创建(?:单位|点|企业|先进)|培育(?:单位|点|对象)|"
    r"建设(?:点|单位|项目|先进)|活动(?:室|中心|阵地|场所)|驿站|品牌|联盟|协会|标准化)"
)
_ACTIVITY: Final = re.compile(
    r"(?:称号|荣誉称号|荣誉)?的?(?:评选|评比|评审|评定|表彰|创建|建设|申报|推荐|复查|验收|考核|活动|工作(?!者)|标准|条件|"
    r"管理|办法|决定|通知|通报|方案|主席|代表|座谈|经验|成果|负责人|竞赛|规划|制度|水平|质量|目标|要求|精神|行列|的?基础|的$)"
)
_BEFORE_SHORT: Final = re.compile(
    r"(?:^|[\n、，,;:。.(!?/ ]|其中|包括|[个家名人位户所座支组间余多上]|级|[省市区县州国校院]|"
    r"[和与及或为获得评选了的以含括]|单位|集体|"
    r"工会|小组|分会|班组|车间|授予|命名|系统|年度?|机关|基层|优秀|称号|彰|-)$"
)


_EXAMINED: Final = re.compile(r"复[查核验评审][^。]{0,80}(?<!达标)[，,、](?:其中|其余)?$")


@dataclass(frozen=True, slots=True)
class Title:
    """One mention: its place in the view, the kinds it names, and its form.

    `activity` is true where the words go on to speak of judging or building (模范职工之家评选), which awards
    nothing. `suffix` holds what completes an unfinished form (标兵, 小家).
    """

    start: int
    end: int
    kinds: tuple[str, ...]
    form: Form
    printed: str
    stars: int | None = None
    activity: bool = False

    @property
    def of_persons(self) -> bool:
        """Whether persons receive it, and not unions."""
        return bool(self.kinds) and all(kinds()[kind].recipient_type == "person" for kind in self.kinds)


@cache
def _pattern() -> re.Pattern[str]:
    spellings = sorted(
        (fold_title(s) for s in title_spellings() if "、" not in s and "和" not in s),
        key=len,
        reverse=True,
    )
    known = "|".join(map(re.escape, spellings))
    return re.compile(f"{_BOTH}|(?P<full>{known})|{_STANDARD}|{_STAR}|{_SHORT}|{_NEAR}|{_GRADE}")


def find_titles(text: str) -> list[Title]:
    """All mentions in the view's text, left to right; short forms still unresolved."""
    found: list[Title] = []
    for match in _pattern().finditer(text):
        title = _title(match)
        if title is not None:
            if title.printed.endswith(("标准", "等次", "档次")) and found and found[-1].form == "bare":
                found.pop()  # 23家职工之家达到模范标准: the number waits for the grade
            found.append(_with_tail(title, text))
    return found


def _title(match: re.Match[str]) -> Title | None:
    start, end, printed = match.start(), match.end(), match.group()
    named: tuple[str, ...] = ()
    form: Form = "full"
    stars: int | None = None
    if match["both"]:
        named = HOME_GRADE[match["both"]]
    elif match["full"]:
        reading = read_title(printed)
        if reading is None or not reading.kinds:
            form = "bare" if printed in ("职工之家", "职工小家") else "near"
        else:
            named, stars = reading.kinds, reading.stars
    elif match["star"]:
        stars = None if match["orabove"] else _STARS[match["star"]]
        named, form = ("star_home",), "full" if match["starbase"] else "star"
    elif match["standard"]:
        home = re.findall("职工(之家|小家)", match.string[:start])
        if not home:
            return None  # 达到先进标准 of something else
        named, form = (HOME_GRADE[match["standard"]][home[-1] == "小家"],), "short"
    elif match["near"]:
        form = "near"
    elif match["short"]:
        form = "short"
        if not _BEFORE_SHORT.search(match.string[max(0, start - 2) : start]):
            return None
    elif printed == "合格" and _EXAMINED.search(match.string[:start]):
        return None  # 复查64家,合格61家: passed, whatever the title
    else:
        form = "grade"
        if not _BEFORE_SHORT.search(match.string[max(0, start - 2) : start]):
            return None
    return Title(start, end, named, form, printed, stars)


def _with_tail(title: Title, text: str) -> Title:
    """What follows decides: 模范职工之家示范点 is another award, 模范职工之家评选 an activity."""
    different = _DIFFERENT.match(text, title.end)
    if different and title.form != "near":
        return replace(
            title, end=different.end(), kinds=(), form="near", printed=text[title.start : different.end()]
        )
    return replace(title, activity=_ACTIVITY.match(text, title.end) is not None)


_SHORT_KINDS: Final = {
    "标兵": "worker_pacesetter",
    "红旗单位": "home_red_banner",
    "工作者": "outstanding_worker",
    "积极分子": "activist",
    "之友": "union_friend",
}


def settle(titles: list[Title]) -> list[Title]:
    """Completes short forms from their neighbours; one that nothing completes is left out.

    小家 takes the grade of the title before it (先进职工之家…小家) and is 模范 where there is none;
    标兵, 工作者, 积极分子 need another union title beside them; 先进20个 takes its noun from
    the title before or after.
    """
    known = any(t.form == "full" or t.printed.endswith("工会之友") for t in titles)
    settled: list[Title] = []
    for index, title in enumerate(titles):
        if title.form == "short":
            done = _settle_short(title, settled, known)
        elif title.form == "grade":
            done = _settle_grade(title, settled, titles[index + 1 :])
        elif title.form == "star":
            done = _settle_star(title, settled, titles[index + 1 :])
        else:
            done = title
        if done is not None:
            settled.append(done)
    return settled


def _settle_short(title: Title, before: list[Title], known: bool) -> Title | None:
    if title.printed == "家":
        grade = next((g for t in reversed(before) if (g := grade_of(t))), None)
        return replace(title, kinds=(HOME_GRADE[grade][0],)) if grade else None
    if title.printed.endswith("小家"):
        grade = next((g for g in HOME_GRADE if title.printed.startswith(g)), None)
        if grade is None:
            last = next((t for t in reversed(before) if t.form == "near" or grade_of(t)), None)
            if last is not None and last.form == "near" and last.printed.endswith(("之家", "小家")):
                return replace(title, form="near")
            if last is not None and "star_home" in last.kinds:
                return replace(title, kinds=("star_home",), stars=last.stars)
            grade = grade_of(last) if last else None
        return replace(title, kinds=(HOME_GRADE[grade or "模范"][1],))
    if title.kinds:
        return title
    if title.printed == "工会工作者" and not any(t.of_persons for t in before):
        return None  # 82名工会工作者 without 优秀 are people of the trade
    if not known:
        return replace(title, form="near") if title.printed.startswith("优秀") else None
    for ending, kind in _SHORT_KINDS.items():
        if title.printed.endswith(ending):
            return replace(title, kinds=(kind,))
    return None


def grade_of(title: Title | None) -> str | None:
    """模范, 先进 or 合格 where the title names a home or small home of that grade."""
    if title is None:
        return None
    return next((g for g, pair in HOME_GRADE.items() if set(pair) & set(title.kinds)), None)


def _settle_grade(title: Title, before: list[Title], after: list[Title]) -> Title | None:
    base = next((t for t in after if t.form != "grade"), None)
    # The noun after a run of grades wins (模范、先进、合格教工小家), else the last one before it.
    noun = _noun(base.printed) if base and base.start - title.end < 8 else None
    if noun is None:
        for earlier in reversed(before):
            noun = _noun(earlier.printed)
            if noun:
                break
    if noun is None:
        return None
    reading = read_title(title.printed + noun)
    if reading is None or not reading.kinds:
        return replace(title, form="near", printed=title.printed + noun)
    return replace(title, kinds=reading.kinds, printed=title.printed)


def _noun(printed: str) -> str | None:
    match = re.search(r"(?:教?职工|教工|员工)?(?:之家|小家)$", printed)
    return match.group() if match else None


def _settle_star(title: Title, before: list[Title], after: list[Title]) -> Title | None:
    """五星级 alone counts only where a home stands near it: hotels and clubs have stars too."""
    near = [t for t in (*before, *after[:2]) if "star_home" in t.kinds or t.form == "bare"]
    return title if any(t.form != "star" for t in near) else None
