"""What `count` prints for people: the table, the declared figures below it, pictures, and its refusals."""

from collections.abc import Callable
from pathlib import Path

import pytest

from facts import fact, put_batch
from homeregistry.ledger import Deed, write
from registries import Answer, Registry

Command = Callable[..., Answer]


@pytest.fixture
def counted(sqlite_registry: Registry) -> Registry:
    """Three titles of 2020, one of 2021."""
    put_batch(sqlite_registry.engine, 3, year=2020)
    put_batch(sqlite_registry.engine, 1, year=2021, file="b.xlsx")
    return sqlite_registry


def declare(registry: Registry, number: int) -> None:
    with write(registry.engine, Deed("report", "tester")) as ledger:
        ledger.insert(
            "declared_figure",
            [
                fact(
                    "declared_figure", id=ledger.new_id("declared_figure"), batch_id=1, scope="全国",
                    kind="model_home", kinds="model_home", tier="national", measure="in_round", low=n, high=n,
                    stated=f"{n}个", qualifier="exact", year_from=2020, year_to=2020, quote=f"{n}个",
                    sheet="名单", row_no=n,
                )
                for n in range(1, number + 1)
            ],
        )  # fmt: skip


def test_declared_figures_are_a_table_below_the_count(counted: Registry, command: Command) -> None:
    declare(counted, 1)
    answer = command(counted, "count", "--by", "year")
    body, _, below = answer.out.partition("\n\n")
    assert body.splitlines()[-1].split() == ["Total", "4"]
    assert below.splitlines()[1].split() == [
        "scope", "title", "tier", "measure", "period", "declared", "recorded", "figure",
    ]  # fmt: skip
    assert below.splitlines()[3].split()[-3:] == ["1个", "3", "1"]
    assert "1个" not in answer.err


def test_at_most_ten_declared_figures_are_told(counted: Registry, command: Command) -> None:
    declare(counted, 13)
    told = command(counted, "count").out.splitlines()
    assert sum(line.startswith("全国") for line in told) == 10
    assert told[-1] == "… and 3 more; all of them: homeregistry reconcile"
    assert len(command(counted, "count", "--format", "json").json["declared"]) == 13


@pytest.mark.parametrize(("where", "place"), [("first", 2), ("last", -1)])
def test_the_total_stands_where_it_is_wanted(
    counted: Registry, command: Command, where: str, place: int
) -> None:
    lines = command(counted, "count", "--by", "year", "--total", where, "--percent").out.splitlines()
    assert lines[place].split() == ["Total", "4", "100.0"]


def test_bars_draw_one_dimension_and_shades_two(counted: Registry, command: Command) -> None:
    bars = command(counted, "count", "--by", "year", "--bars").out.partition("\n\n")[2].splitlines()
    assert [line.split()[0] for line in bars] == ["2020", "2021"]
    assert len(bars[0]) > len(bars[1])
    shades = command(counted, "count", "--by", "kind,year", "--bars").out.partition("\n\n")[2].splitlines()
    assert shades[0].split() == ["2020", "2021"]


def test_what_a_source_left_out_is_not_an_empty_name(counted: Registry, command: Command) -> None:
    lines = command(counted, "count", "--by", "body").out.splitlines()
    assert lines[2].split() == ["not", "stated", "4"]
    assert command(counted, "count", "--by", "body", "--format", "json").json["rows"] == [[None, 4]]


@pytest.mark.parametrize("asked", ["万盛经开区", "重庆市万盛经开区总工会", "zone-cq-wansheng"])
def test_a_body_is_known_by_each_of_its_names(counted: Registry, command: Command, asked: str) -> None:
    with write(counted.engine, Deed("import", "tester")) as ledger:
        same = {"kind": "activist", "tier": "county", "year_from": 2021, "year_to": 2021}
        statement = "SELECT id FROM union_body WHERE code = 'zone-cq-wansheng'"
        body = ledger.connection.exec_driver_sql(statement).scalar()
        ledger.insert("award_round", [fact("award_round", id=90, conferring_body_id=body, **same)])
        row = fact(
            "recognition", id=90, round_id=90, recipient_id=1, batch_id=1, sheet="名单", body_id=body, **same
        )
        ledger.insert("recognition", [row])
    for name in ("count", "list"):
        assert command(counted, name, "--body", asked, "--format", "json").json["total"] == 1


def test_a_system_is_known_with_its_ending(counted: Registry, command: Command) -> None:
    assert command(counted, "count", "--system", "邮政系统", "--format", "json").json["total"] == 0


def test_what_was_not_reported_is_not_zero(counted: Registry, command: Command) -> None:
    with write(counted.engine, Deed("import", "tester")) as ledger:
        same = {"kind": "activist", "tier": "national", "year_from": 2021, "year_to": 2021}
        body = ledger.connection.exec_driver_sql("SELECT min(id) FROM union_body").scalar()
        ledger.insert("award_round", [fact("award_round", id=90, conferring_body_id=body, **same)])
        ledger.insert(
            "recognition",
            [fact("recognition", id=90, round_id=90, recipient_id=1, batch_id=1, sheet="名单", **same)],
        )
    picture = command(counted, "count", "--by", "kind,year", "--bars").out.partition("\n\n")[2]
    homes, activists = picture.splitlines()[1:]
    assert (homes.split()[-3], homes.split()[-1]) == ("3", "1")
    assert (activists.split()[-3], activists.split()[-1]) == ("—", "1")


def test_a_chart_is_written_as_svg(counted: Registry, command: Command, tmp_path: Path) -> None:
    for by in ("year", "year,kind"):
        out = tmp_path / f"{by}.svg"
        answer = command(counted, "count", "--by", by, "--chart", out)
        assert answer.code == 0
        assert out.read_text(encoding="utf-8").startswith("<svg")
        assert command(counted, "count", "--by", by, "--chart", out, "--format", "json").json["total"] == 4


def test_undecided_has_a_bar_of_its_own(counted: Registry, command: Command) -> None:
    with write(counted.engine, Deed("import", "tester")) as ledger:
        same = {"kind": "model_home", "tier": "provincial", "year_from": 2020, "year_to": 2020}
        body = ledger.connection.exec_driver_sql("SELECT min(id) FROM union_body").scalar()
        region = ledger.connection.exec_driver_sql(
            "SELECT id FROM region WHERE code = '500112' AND valid_to = '2025-11-06'"
        ).scalar()
        ledger.insert("award_round", [fact("award_round", id=91, conferring_body_id=body, **same)])
        ledger.insert(
            "recognition",
            [
                fact(
                    "recognition", id=91, round_id=91, recipient_id=1, batch_id=1, sheet="名单",
                    region_id=region, name_printed="渝北区某厂", **same,
                )
            ],
        )  # fmt: skip
    answer = command(counted, "count", "--by", "county", "--boundaries", "2025-12-01", "--bars")
    bars = answer.out.partition("\n\n")[2].splitlines()
    assert [(line.split()[0], line.split()[-1]) for line in bars] == [("undecided", "1?"), ("unplaced", "4")]


@pytest.mark.parametrize(
    ("options", "code", "words"),
    [
        (["--by", "colour"], "unknown_dimension", "county"),
        (["--by", "year,kind,year"], "dimension_twice", "year"),
        (["--or-above"], "tier_missing", "--tier"),
        (["--boundaries", "2199-01-01"], "map_of_the_future", "2199-01-01"),
        (["--region", "万盛经开区"], "body_not_region", "万盛经开区总工会"),
        (["--body", "万盛"], "unknown_body", "万盛经开区总工会"),
        (["--body", "没有的工会"], "unknown_body", "没有的工会"),
        (["--system", "没有的"], "unknown_system", "没有的"),
        (["--region", "江北曲"], "unknown_region", "江北区"),
        (["--region", "鼓楼区"], "ambiguous_region", "福州市"),
        (["--as-of", "2023-02-30"], "bad_date", "2023-02-30"),
        (["--boundaries", "1980-01-01"], "before_1983", "1983"),
        (["--year", "1979"], "before_1983", "1983"),
        (["--year", "2020-2010"], "years_reversed", "2020-2010"),
        (["--region", "两江新区", "--boundaries", "2020-01-01"], "region_not_on_map", "2025-11-06"),
        (["--kind", "教工之家"], "unknown_kind", "模范职工之家"),
        (["--by", "year,kind,tier", "--bars"], "not_drawable", "3"),
        (["--bars"], "not_drawable", "0"),
    ],
)
def test_a_question_that_cannot_be_is_refused_with_a_hint(
    counted: Registry, command: Command, options: list[str], code: str, words: str
) -> None:
    answer = command(counted, "count", "--format", "json", *options)
    assert answer.code == 2
    assert answer.json["error"]["code"] == code
    assert words in answer.err


def test_holders_without_a_day_are_those_of_today(counted: Registry, command: Command) -> None:
    answer = command(counted, "count", "--measure", "holders", "--format", "json")
    assert (answer.code, answer.json["total"]) == (0, 4)
