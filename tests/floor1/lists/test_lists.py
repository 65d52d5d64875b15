"""Lists without a grid: every form of list gives its names, its counts, and nothing else."""

from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homeregistry.grid import TextDocument
from homeregistry.lists.reading import ListReading, read_list
from homeregistry.problems import PROBLEMS, Problem
from homeregistry.records import DeclaredCount, Entry, ListOptions, NotData


def reading(text: str, **options: object) -> ListReading:
    return read_list(TextDocument("a.txt", text), ListOptions(**options))  # type: ignore[arg-type]


def entries(text: str, **options: object) -> list[Entry]:
    return [item for item in reading(text, **options).items() if isinstance(item, Entry)]


def names(text: str, **options: object) -> list[tuple[int, str | None, str]]:
    return [
        (entry.row, entry.context.kind, entry.values.get("recipient") or entry.values["person"])
        for entry in entries(text, **options)
    ]


def counts(text: str) -> list[tuple[str, int, int, str | None]]:
    return [
        (item.stated, item.declared, item.listed, item.scope)
        for item in reading(text).items()
        if isinstance(item, DeclaredCount)
    ]


def problems(text: str, **options: object) -> list[tuple[int | None, str, str | None]]:
    found: list[tuple[int | None, str, str | None]] = []
    for item in reading(text, **options).items():
        if isinstance(item, Problem):
            found.append((item.row, item.code, item.value))
        elif isinstance(item, Entry):
            found.extend((problem.row, problem.code, problem.value) for problem in item.problems)
    return found


def test_a_count_on_a_line_of_its_own_belongs_to_the_title_above() -> None:
    text = (
        "全国模范职工之家\n--3家--\n临汐市澄川机电有限公司工会委员会\n临汐市第九人民"
        "医院工会委员会\n白榆县洛口镇工会联合会"
    )
    assert [name for _, _, name in names(text)] == text.split("\n")[2:]
    assert counts(text) == [("3家", 3, 3, None)]


def test_an_inline_list_may_hold_more_names_than_it_states() -> None:
    text = (
        "其中我市澄川港务公司工会委员会、沙屿渔业公司工会委员会等2家单位工会荣获“全国模范职工之家”称号;"
        "澄川港务公司装卸队工会小组、沙屿供电所工会小组、洛口养护站工会小组等2家单位工会"
        "分会获“全国模范职工小家”称号。"
    )
    assert names(text) == [
        (1, "model_home", "澄川港务公司工会委员会"),
        (1, "model_home", "沙屿渔业公司工会委员会"),
        (1, "model_small_home", "澄川港务公司装卸队工会小组"),
        (1, "model_small_home", "沙屿供电所工会小组"),
        (1, "model_small_home", "洛口养护站工会小组"),
    ]
    assert [(declared, listed) for _, declared, listed, _ in counts(text)] == [(2, 2), (2, 3)]


def test_an_annex_with_a_bare_number_in_brackets() -> None:
    text = (
        "附件1\n\n临汐市五星级职工之家名单(3)\n\n白榆县第二中学工会委员会\n洛口县邮政"
        "局工会委员会\n澄川毛纺集团有限公司工会"
    )
    found = entries(text)
    assert [entry.row for entry in found] == [5, 6, 7]
    assert {(entry.context.kind, entry.context.stars) for entry in found} == {("star_home", 5)}
    assert counts(text) == [("3", 3, 3, None)]


def test_names_run_over_lines_and_brackets_belong_to_them() -> None:
    text = (
        "一、模范“教工小家”(4个)\n\n机电学院、图书馆、\n\n学工处(团委)、机关(1)"
        "\n\n二、先进“教工小家”(2个)\n\n数学系、后勤中心"
    )
    assert [name for _, _, name in names(text)] == [
        "机电学院",
        "图书馆",
        "学工处(团委)",
        "机关(1)",
        "数学系",
        "后勤中心",
    ]
    assert counts(text) == [("4个", 4, 4, None), ("2个", 2, 2, None)]


def test_another_award_is_a_problem_on_every_name_and_never_a_kind() -> None:
    text = "先进“教工小家”(2个)\n数学系、后勤中心"
    assert problems(text) == [(2, "unknown_title", "先进教工小家")] * 2
    assert {kind for _, kind, _ in names(text)} == {None}


def test_persons_with_inner_spaces() -> None:
    text = (
        "全国优秀工会工作者(2人)\n林 若 汐  汐北省洛口县分公司白榆支局局长\n欧阳澄"
        "  沙宁省沙屿市分公司工会副主席"
    )
    assert [dict(entry.values) for entry in entries(text)] == [
        {"person": "林若汐", "unit": "汐北省洛口县分公司白榆支局", "post": "局长"},
        {"person": "欧阳澄", "unit": "沙宁省沙屿市分公司", "post": "工会副主席"},
    ]
    assert counts(text) == [("2人", 2, 2, None)]


def test_items_without_brackets_and_lines_of_hard_spaces() -> None:
    text = (
        "(一)重点项目3项\n\xa0\n会计学院\n\xa0\n机关第二十五分工会\n\xa0\n机关第五分工会\n\xa0\n"
        "(二)一般项目1项\n\xa0\n后勤处\n二、项目建设要求\n各单位认真组织实施。"
    )
    assert [(row, name) for row, _, name in names(text)] == [
        (3, "会计学院"), (5, "机关第二十五分工会"), (7, "机关第五分工会"), (11, "后勤处"),
    ]  # fmt: skip
    assert counts(text) == [("3项", 3, 3, "重点项目"), ("1项", 1, 1, "一般项目")]


def test_a_line_without_a_province_inherits_the_one_above() -> None:
    text = "汐北:林汐 白榆第一中学教师\n沙宁:欧阳澄 沙屿剧院演员\n周若川 洛口剧团演员"
    assert [(e.values["person"], e.values["region"], e.values["post"]) for e in entries(text)] == [
        ("林汐", "汐北", "教师"), ("欧阳澄", "沙宁", "演员"), ("周若川", "沙宁", "演员"),
    ]  # fmt: skip


def test_posts_that_hold_the_separator() -> None:
    text = (
        "临汐玻璃有限公司工会委员会、临汐职业大学工会委员会被评为“全国模范职工之家”;临"
        "汐百货中心店工会,被评为“全国模范职工小家”;"
        "澄川装备公司党委书记、工会主席林若汐,洛口县人大常委会副主任、县总工会主席欧阳澄"
        ",被评为“全国优秀工会工作者”。"
    )
    found = entries(text)
    assert [entry.context.kind for entry in found] == ["model_home"] * 2 + ["model_small_home"] + [
        "outstanding_worker"
    ] * 2
    assert dict(found[3].values) == {"person": "林若汐", "unit": "澄川装备公司", "post": "党委书记、工会主席"}
    assert dict(found[4].values) == {
        "person": "欧阳澄",
        "unit": "洛口县人大常委会",
        "post": "副主任、县总工会主席",
    }


def test_one_verb_names_several_titles_and_our_union_is_nobody() -> None:
    text = (
        "命名我院工会为“省直单位模范职工之家”,党政办工会小组、文学所工会小组为“省直单位模范职工小家”,"
        "院工会主席林汐为“省直单位优秀工会工作者”。"
    )
    found = entries(text)
    assert [name for _, _, name in names(text)] == ["我院工会", "党政办工会小组", "文学所工会小组", "林汐"]
    assert {entry.context.system for entry in found} == {"省直单位"}
    assert problems(text) == [(1, "deictic_name", "我院工会"), (1, "deictic_name", "院")]


def test_a_directory_of_awards_names_no_recipient() -> None:
    text = "19中直机关模范职工之家、模范职工小家和优秀工会工作者5年2次20中直机关五一劳动奖状1年"
    assert entries(text) == []
    assert [item.reason for item in reading(text).items() if isinstance(item, NotData)] == ["directory"]


def test_a_form_is_turned_round_and_its_phones_are_dropped() -> None:
    text = (
        "模范职工之家情况表\n工会名称|澄川机电有限公司工会委员会||单位类型|企业||职"
        "工数|812\n手 机|13912345678\n"
        "工会名称|沙屿供电所工会||单位类型|国有\n"
    )
    found = reading(text)
    assert [dict(e.values) for e in found.items() if isinstance(e, Entry)] == [
        {"recipient": "澄川机电有限公司工会委员会", "ownership": "企业"},
        {"recipient": "沙屿供电所工会", "ownership": "国有"},
    ]
    assert found.dropped >= 1
    assert "13912345678" not in repr(found)


def test_a_title_that_is_kept_is_no_award() -> None:
    text = "对申报的9家复查,评定石桥街道工会联合会等6家达标模范职工之家,澄川中心工会等2家达标先进职工之家。"
    assert entries(text) == []
    assert [item.reason for item in reading(text).items() if isinstance(item, NotData)] == ["recheck"]
    listed = "通过复查的模范职工之家名单(2个)\n澄川公司工会\n沙屿供电所工会"
    assert entries(listed) == []
    assert counts(listed) == [("2个", 2, 2, None)]


DECISION = """中华全国总工会关于表彰2020年全国模范职工之家、全国模范职工小家、全国优秀工会工作者的决定
总工发〔2020〕29号
各省、自治区、直辖市总工会,各全国产业工会:
决定授予北京澄川公司工会委员会等4个单位“全国模范职工之家”称号。
附件:1.全国模范职工之家名单
2.全国优秀工会工作者名单
中华全国总工会
2020年12月20日
附件1
全国模范职工之家名单(4个)
北京市(2个)
北京澄川公司工会委员会\t北京石桥街道工会联合会
河北省(2个)
1.石家庄澄川公司工会
- 3 -
中国金融工会(1个)
某银行沙屿支行工会委员会
附件2
全国优秀工会工作者名单(1名)
天津市
林若汐(女) 天津沙屿中学工会副主席
"""


def test_the_annexes_of_a_national_decision() -> None:
    assert names(DECISION) == [
        (12, "model_home", "北京澄川公司工会委员会"),
        (12, "model_home", "北京石桥街道工会联合会"),
        (14, "model_home", "石家庄澄川公司工会"),
        (17, "model_home", "某银行沙屿支行工会委员会"),
        (21, "outstanding_worker", "林若汐(女)"),
    ]
    assert counts(DECISION) == [
        ("4个", 4, 4, None),
        ("2个", 2, 2, "北京市"),
        ("2个", 2, 1, "河北省"),
        ("1个", 1, 1, "中国金融工会"),
        ("1名", 1, 1, None),
    ]
    contexts = {entry.row: entry.context for entry in entries(DECISION)}
    assert {c.decision_no for c in contexts.values()} == {"总工发〔2020〕29号"}
    assert {c.decision_date for c in contexts.values()} == {"2020-12-20"}
    assert {c.year_from for c in contexts.values()} == {2020}
    assert (contexts[14].region_printed, contexts[17].body_printed) == ("河北省", "中国金融工会")
    assert contexts[17].region_printed is None


def test_page_noise_changes_nothing() -> None:
    noisy = (
        DECISION.replace("澄川公司", "澄川\u3000公司")
        .replace("- 3 -", "\xa0—3—\xa0")
        .replace("(2个)", "（2 个）")
    )
    assert names(noisy) == names(DECISION)


def test_kinds_in_sections_of_one_district_list() -> None:
    text = (
        "2020年度万州区建家名单\n一、重庆市模范职工之家(2个)\n施耐德(重庆)电工有"
        "限公司、福建小学\n二、模范职工小家\n"
        "中交一公局二分部\n三、职工小家示范单位\n友友利鸿玻璃有限公司技术研发部\n四、万州"
        "区先进职工之家(28个)\n区政协机关"
    )
    assert [(kind, name) for _, kind, name in names(text)] == [
        ("model_home", "施耐德(重庆)电工有限公司"),
        ("model_home", "福建小学"),
        ("model_small_home", "中交一公局二分部"),
        ("demo_small_home", "友友利鸿玻璃有限公司技术研发部"),
        ("advanced_home", "区政协机关"),
    ]
    assert counts(text) == [("2个", 2, 2, None), ("28个", 28, 1, None)]
    assert [e.context.issuer_printed for e in entries(text)] == ["重庆市", "重庆市", None, None, "万州区"]


def test_a_system_does_not_leak_into_the_next_title() -> None:
    text = "全国邮政系统模范职工小家\n荣昌区盘龙邮政支局\n全国模范职工小家\n澄川机务段检修车间工会分会"
    assert [entry.context.system for entry in entries(text)] == ["邮政", None]


def test_districts_above_titles() -> None:
    text = (
        "万州区\n模范职工之家(1个)\n福建小学\n模范职工小家(1个)\n管理科工会小组\n江"
        "北区\n模范职工之家(1个)\n江北第二小学工会"
    )
    assert [(e.context.region_printed, e.context.kind) for e in entries(text)] == [
        ("万州区", "model_home"), ("万州区", "model_small_home"), ("江北区", "model_home"),
    ]  # fmt: skip


def test_candidates_are_no_awards_unless_confirmed() -> None:
    text = "关于2020年度全国模范职工之家拟推荐对象的公示\n1.澄川公司工会\n2.沙屿供电所工会"
    assert reading(text).verdict == "nominations"
    assert {code for _, code, _ in problems(text)} == {"nomination_list"}
    assert all(entry.problems for entry in entries(text))
    confirmed = reading(text, conferred=True)
    assert confirmed.verdict == "list"
    assert problems(text, conferred=True) == []


def test_a_heading_and_its_names_may_share_a_line() -> None:
    text = "全国模范职工之家(3个):甲公司工会、\n乙公司工会\n全国模范职工小家:丙公司车间工会小组"
    assert names(text) == [
        (1, "model_home", "甲公司工会"),
        (2, "model_home", "乙公司工会"),
        (3, "model_small_home", "丙公司车间工会小组"),
    ]
    assert counts(text) == [("3个", 3, 2, None)]


def test_an_example_in_the_text_is_not_the_list() -> None:
    rows = [row for row, _, name in names(DECISION) if name == "北京澄川公司工会委员会"]
    assert rows == [12]


def test_a_gap_in_the_serial_numbers_is_said() -> None:
    text = "模范职工之家名单\n1.甲公司工会\n3.乙公司工会\n3.丙公司工会"
    assert problems(text) == [(3, "serial_gap", "3"), (4, "serial_repeat", "3")]


def test_a_line_nobody_can_read_is_a_problem() -> None:
    assert problems("优秀工会工作者名单\n张三\n白榆县第二中学工会委员会") == [
        (3, "unread_row", "白榆县第二中学工会委员会")
    ]


def test_a_row_of_bars_without_a_header_is_not_guessed() -> None:
    row = "1|白榆区总工会|澄川机电有限公司工会委员会|白榆区|非公|812|模范职工之家|"
    assert problems(row) == [(1, "unread_row", row)]
    head = "序号|推荐单位|单位名称(工会全称)|所在区县|单位性质|职工数|荣誉称号|备注"
    assert [dict(entry.values) for entry in entries(f"{head}\n{row}")] == [
        {
            "serial": "1",
            "body": "白榆区总工会",
            "recipient": "澄川机电有限公司工会委员会",
            "region": "白榆区",
            "kind": "模范职工之家",
        }
    ]


@pytest.mark.parametrize(
    ("text", "pages", "verdict"),
    [
        ("", {}, "nothing"),
        ("\n\n", {1: 1}, "picture"),
        ("模范职工之家名单\n[图片]", {}, "picture"),
        ("2018年,我市共有3家单位获全国模范职工之家。", {}, "prose"),
    ],
)
def test_what_holds_no_list_says_so(text: str, pages: dict[int, int], verdict: str) -> None:
    assert read_list(TextDocument("a.pdf", text, page_of=pages), ListOptions()).verdict == verdict


def test_a_page_is_part_of_the_address() -> None:
    document = TextDocument("a.pdf", "模范职工之家名单\n福建小学", page_of={1: 1, 2: 2})
    assert [item.sheet for item in read_list(document, ListOptions()).items()] == ["p. 1", "p. 2"]


def test_pasted_names_with_a_kind_given() -> None:
    assert names("福建小学\n中交一公局二分部", kind="model_home") == [
        (1, None, "福建小学"), (2, None, "中交一公局二分部"),
    ]  # fmt: skip
    persons = entries("澄川公司工会主席林若汐", kind="outstanding_worker")
    assert [dict(entry.values) for entry in persons] == [
        {"person": "林若汐", "unit": "澄川公司", "post": "工会主席"}
    ]


def test_a_long_paragraph_of_names_is_still_a_list() -> None:
    wanted = [f"澄川公司第{number}分厂工会委员会" for number in range(1, 61)]
    text = f"全国模范职工之家名单({len(wanted)}个)\n{'、'.join(wanted)}"
    assert [name for _, _, name in names(text)] == wanted
    assert counts(text) == [("60个", 60, 60, None)]


@pytest.mark.parametrize(
    "line",
    ["北京市" * 500 + "x", "中" * 5000, "工会主席、" * 400, "1中" * 5000 + "年", "(" * 5000, "获得为" * 2000],
)
def test_no_line_makes_the_reader_hang(line: str) -> None:
    begin = perf_counter()
    reading(f"优秀工会工作者名单\n{line}\n全国模范职工之家{line}")
    assert perf_counter() - begin < 10


PARTS = st.sampled_from(
    (
        "全国模范职工之家名单(3个)",
        "--2家--",
        "北京市(1个)",
        "甲公司工会、乙公司工会",
        "一、先进(2个)",
        "附件1",
        "1.沙屿供电所工会",
        "宋 辉  澄川公司工会主席",
        "优秀工会工作者",
        "希望再接再厉。",
        "- 3 -",
        "注:排名不分先后",
        "授予甲公司工会“全国模范职工之家”称号。",
        "######",
        "学工处(团",
        "委)、机关(1)",
        "工会名称|甲公司工会",
        "汐北:林汐 白榆中学教师",
        "获得模范职工之家的有:",
        "……",
        "2020年12月1日",
        "重庆市总工会",
        "拟推荐对象公示",
        "通过复查的模范职工之家",
        "序号 单位名称",
        "合计:3个",
    )
)


@given(st.lists(PARTS | st.text(max_size=12), max_size=12))
def test_every_line_is_accounted_for(parts: list[str]) -> None:
    text = "\n".join(part.replace("\n", " ") for part in parts)
    document = TextDocument("a.txt", text)
    found = list(read_list(document, ListOptions()).items())
    rows = {item.row for item in found}
    visible = {line.number for line in document.lines() if any(char.isalnum() for char in line.text)}
    assert visible <= rows
    assert [item.row for item in found] == sorted(item.row or 0 for item in found)
    assert all(item.code in PROBLEMS for item in found if isinstance(item, Problem))


@given(st.lists(st.integers(1, 8), min_size=1, max_size=6))
def test_every_name_under_a_heading_is_counted_once(sizes: list[int]) -> None:
    places = ["北京市", "天津市", "河北省", "山西省", "辽宁省", "吉林省"]
    lines = [f"全国模范职工之家名单({sum(sizes)}个)"]
    for place, size in zip(places, sizes, strict=False):
        lines.append(f"{place}({size}个)")
        lines.extend(f"{place}第{number}中学工会委员会" for number in range(size))
    found = [item for item in reading("\n".join(lines)).items() if isinstance(item, DeclaredCount)]
    assert all(item.declared == item.listed for item in found)
    assert len(found) == 1 + len(sizes)
