"""Plain rows read together leave exactly what they leave one by one: every table, every byte of evidence."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from stdnum.cn.uscc import calc_check_digit

from homeregistry.layouts import plain, stream
from homeregistry.records import Entries
from homeregistry.tables import FACTS
from registries import Answer, Registry, rows, scalar
from small_lists import write_list

Command = Callable[..., Answer]

HEADER = ("序号", "单位名称", "所属区县", "荣誉称号", "级别", "年度", "所有制", "统一社会信用代码", "备注")
SAID = ("--issuer", "重庆市总工会", "--yes", "--partial", "--format", "json")
NEVER = 10**9
_TIMES = frozenset({"at"})


def _code(number: int) -> str:
    bare = f"81500101{number:08d}X"
    return bare + calc_check_digit(bare)


_NAMES = st.one_of(
    st.integers(0, 400).map(lambda number: f"长江{number}机械有限公司工会委员会"),
    st.tuples(st.sampled_from("云海星宏"), st.sampled_from("云海星宏")).map(
        lambda signs: f"万州区{''.join(signs)}材料科技有限公司"
    ),
    st.sampled_from(
        [
            "万州区第一中学工会", "万州区第1中学", "黔江区人民医院工会", "区总工会", "宋 辉",
            "甲厂、乙厂", "合计",
            "", "注：以上单位",
            "嘉陵化工厂三车间工会小组", "嘉陵化工厂工会甲班分会", "云海材料有限公司",
            "云海材科有限公司",
        ]
    ),
)  # fmt: skip
_PLAIN = ("万州区", "模范职工之家", "省级", "2020", "", "", "")
_CODES = st.sampled_from(["", "", "", "", _code(1), _code(2), _code(3), _code(4), "81500101000000000X"])
_ODD = {
    "所属区县": st.sampled_from(["黔江区", "", "无此区", "区"]),
    "荣誉称号": st.sampled_from(["模范职工小家", "优秀工会工作者", "没有的称号", ""]),
    "级别": st.sampled_from(["市级", "国家级", ""]),
    "年度": st.sampled_from(["2019", "二〇二一年", "1890", ""]),
    "所有制": st.sampled_from(["国有", "民营"]),
    "备注": st.sampled_from(["13912345678", "首次", "备注 "]),
}


@st.composite
def _lists(draw: st.DrawFn) -> list[list[str]]:
    """Long lists, most rows plain, some odd in one cell or another, some numbers left out."""
    listed: list[list[str]] = []
    number = 0
    for name in draw(st.lists(_NAMES, min_size=1, max_size=30)):
        number += draw(st.sampled_from([1, 1, 1, 1, 1, 1, 2, 0]))
        row = [str(number), name, *_PLAIN]
        row[HEADER.index("统一社会信用代码")] = draw(_CODES)
        if draw(st.sampled_from([False, False, False, True])):
            header = draw(st.sampled_from(list(_ODD)))
            row[HEADER.index(header)] = draw(_ODD[header])
        listed.append(row)
    return listed


def _everything(registry: Registry) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables but times and what follows from them."""
    found = {}
    for table, columns in FACTS.items():
        kept = ", ".join(f'"{name}"' for name in columns if name not in _TIMES)
        found[table] = [tuple(row) for row in rows(registry, f"SELECT {kept} FROM {table} ORDER BY id")]
    found["tally"] = [
        tuple(row) for row in rows(registry, "SELECT * FROM recognition_tally ORDER BY 1,2,3,4")
    ]
    return found


def _imported(
    new_registry: Callable[[str], Registry], command: Command, folder: Path, lists: Sequence[Sequence[Any]]
) -> tuple[list[Any], dict[str, list[tuple[Any, ...]]]]:
    registry = new_registry("sqlite")
    answers = []
    for place, listed in enumerate(lists):
        path = write_list(folder / f"list-{place}.csv", listed, HEADER)
        answer = command(registry, "import", path, *SAID)
        assert answer.code in (0, 1, 3), answer
        answers.append(answer.json)
    return answers, _everything(registry)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lists=st.lists(_lists(), min_size=2, max_size=2), together=st.integers(2, 6))
def test_together_is_one_by_one(
    lists: list[list[list[str]]], together: int, new_registry: Callable[[str], Registry], command: Command,
    tmp_path: Path,
) -> None:  # fmt: skip
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stream, "TOGETHER", NEVER)
        alone = _imported(new_registry, command, tmp_path, lists)
        patch.setattr(stream, "TOGETHER", together)
        assert _imported(new_registry, command, tmp_path, lists) == alone


def test_plain_rows_do_come_together(
    registry: Registry, command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lengths = []
    read = plain.PlainRoad.rows

    def seen(road: plain.PlainRoad, listed: Any) -> Entries | None:
        found = read(road, listed)
        lengths.append(len(found) if found else 0)
        return found

    monkeypatch.setattr(plain.PlainRoad, "rows", seen)
    listed = [[str(number), f"长江{number}机械有限公司工会", *_PLAIN] for number in range(1, 1001)]
    answer = command(registry, "import", write_list(tmp_path / "a.csv", listed, HEADER), *SAID)
    assert answer.json["files"][0]["rows"]["recorded"] == len(listed)
    assert lengths == [stream.TOGETHER] * (len(listed) // stream.TOGETHER)
    assert scalar(registry, "SELECT count(*) FROM recognition WHERE region_id IS NOT NULL") == len(listed)
    assert scalar(registry, "SELECT sum(number) FROM recognition_tally") == len(listed)
