"""Award lists of any length, written the same way every time: what the import is measured on.

Two shapes, since what they cost differs: `mixed` is the hard one (every county's federation of the whole
country confers, 33 years, five kinds: nearly as many awards as rows), `one_issuer` the usual one (one
province's federation, its districts, 40 years and 13 kinds: a few hundred awards however long the list).
"""

import random
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Final, Literal

from homeregistry.kinds import kinds
from homeregistry.regions.gazetteer import Region, gazetteer

Shape = Literal["mixed", "one_issuer"]
SHAPES: Final[tuple[Shape, ...]] = ("mixed", "one_issuer")
HEADER: Final = ("序号", "单位名称", "所在区县", "荣誉称号", "级别", "表彰年份", "授予单位", "备注")

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
    make = _mixed_row if shape == "mixed" else _one_issuer_row
    maps = _maps(1983 if shape == "one_issuer" else 1990, _PROVINCE if shape == "one_issuer" else None)
    for number in range(count):
        yield (number + 1, *make(start + number, dice, maps), "")


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
    return _name(number, dice) + part, path, kind, "县级", year, f"{region.name}总工会"


def _one_issuer_row(
    number: int, dice: random.Random, maps: dict[int, list[tuple[Region, str]]]
) -> tuple[object, ...]:
    year = 1983 + number % 40
    _, path = dice.choice(maps[year])
    titles = [kind for kind in kinds().values() if kind.recipient_type != "person"]
    kind = titles[number % len(titles)]
    part = f"第{number % 9}车间工会小组" if kind.recipient_type == "sub_unit" else ""
    return _name(number, dice) + part, path, kind.title, "省级", year, "广东省总工会"


def write_workbook(path: Path, count: int, shape: Shape = "mixed", start: int = 0) -> None:
    """An .xlsx with a title row, a header and `count` rows."""
    import xlsxwriter

    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet("名单")
    sheet.write_string(0, 0, "历年先进模范名单")
    sheet.write_row(1, 0, HEADER)
    for place, row in enumerate(rows(count, shape, start), start=2):
        for column, value in enumerate(row):
            if value != "":
                sheet.write(place, column, value)
    book.close()
