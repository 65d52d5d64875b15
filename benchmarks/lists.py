"""Award lists of any length, written the same way every time: what the import is measured on.

Three shapes, since what they cost differs: `one_award` is the likeliest (one title of one year, the
districts of one province, every third unit with its credit code), `one_issuer` a collected one (40 years
and all titles that units get: a few hundred awards however long the list), `mixed` the hardest (every
county's federation of the whole country confers, 33 years, four titles: nearly as many awards as rows).
"""

import random
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Final, Literal

from stdnum.cn.uscc import calc_check_digit

from homeregistry.kinds import kinds
from homeregistry.regions.gazetteer import Region, gazetteer

Shape = Literal["one_award", "one_issuer", "mixed"]
SHAPES: Final[tuple[Shape, ...]] = ("one_award", "one_issuer", "mixed")
HEADER: Final = ("序号", "单位名称", "所在区县", "荣誉称号", "级别", "表彰年份", "授予单位", "备注")
_LAST_HEADER: Final = {"one_award": "统一社会信用代码"}

_TRADES: Final = (
    "机械", "电子", "纺织", "化工", "建设", "物流", "能源", "医药", "食品", "科技", "精密", "环保", "新材料",
    "水务", "电力",
)  # fmt: skip
_SIGNS: Final = "华东海云星宏远瑞达新昌盛隆兴泰和安康源丰润泽德信诚嘉祥凯旋博雅晨光辉煌锦绣春秋龙凤麟鹏飞腾跃"
_MIXED_KINDS: Final = ("模范职工之家", "模范职工小家", "先进职工之家", "先进职工小家")
_PROVINCE: Final = "440000"
_LAST_YEAR: Final = 2022


def rows(count: int, shape: Shape = "mixed", start: int = 0) -> Iterator[tuple[object, ...]]:
    """The data rows of a list, in the order of `HEADER`; lists from another `start` share no recipient."""
    dice = random.Random(7 + start)
    make = _ROWS[shape]
    maps = _maps(1990, None) if shape == "mixed" else _maps(1983, _PROVINCE)
    for number in range(count):
        yield (number + 1, *make(start + number, dice, maps))


def _maps(first: int, province: str | None) -> dict[int, list[tuple[Region, str]]]:
    """The counties of each year's map with their printed paths."""
    table = gazetteer()
    found = {}
    for year in range(first, _LAST_YEAR + 1):
        day = date(year, 12, 31)
        counties = [r for r in table.in_force(day, "county") if province is None or r.chain[-1] == province]
        found[year] = [(region, table.path(region, day)) for region in counties]
    return found


def _name(number: int, dice: random.Random) -> str:
    sign = "".join(dice.choice(_SIGNS) for _ in range(4))
    return f"{sign}{dice.choice(_TRADES)}{number}有限公司工会委员会"


def _mixed_row(
    number: int, dice: random.Random, maps: dict[int, list[tuple[Region, str]]]
) -> tuple[object, ...]:
    year = 1990 + number % 33
    region, path = dice.choice(maps[year])
    kind = _MIXED_KINDS[number % len(_MIXED_KINDS)]
    part = f"第{number % 9}车间工会小组" if kind.endswith("小家") else ""
    return _name(number, dice) + part, path, kind, "县级", year, f"{region.name}总工会", ""


def _one_issuer_row(
    number: int, dice: random.Random, maps: dict[int, list[tuple[Region, str]]]
) -> tuple[object, ...]:
    year = 1983 + number % 40
    _, path = dice.choice(maps[year])
    titles = [kind for kind in kinds().values() if kind.recipient_type != "person"]
    kind = titles[number % len(titles)]
    part = f"第{number % 9}车间工会小组" if kind.recipient_type == "sub_unit" else ""
    return _name(number, dice) + part, path, kind.title, "省级", year, "广东省总工会", ""


def _one_award_row(
    number: int, dice: random.Random, maps: dict[int, list[tuple[Region, str]]]
) -> tuple[object, ...]:
    region, path = dice.choice(maps[2020])
    code = _credit_code(region.code, number) if number % 3 == 0 else ""
    return _name(number, dice), path, "模范职工之家", "省级", 2020, "广东省总工会", code


def _credit_code(region: str, number: int) -> str:
    bare = f"81{region}{number:08d}X"
    return bare + calc_check_digit(bare)


_ROWS: Final = {"one_award": _one_award_row, "one_issuer": _one_issuer_row, "mixed": _mixed_row}


def write_workbook(path: Path, count: int, shape: Shape = "mixed", start: int = 0) -> None:
    """An .xlsx with a title row, a header and `count` rows."""
    import xlsxwriter

    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet("名单")
    sheet.write_string(0, 0, "历年先进模范名单")
    sheet.write_row(1, 0, (*HEADER[:-1], _LAST_HEADER.get(shape, HEADER[-1])))
    for place, row in enumerate(rows(count, shape, start), start=2):
        for column, value in enumerate(row):
            if value != "":
                sheet.write(place, column, value)
    book.close()
