"""Declared figures by hand: one exact figure, and what a test says otherwise of it."""

from dataclasses import replace
from typing import Any

from homeregistry.comparing.declared import Declared

BASE = Declared(
    id=1, scope="福建省", region_id=None, region_code="350000", kinds=("model_home",), stars=None,
    tier="national", or_above=False, system=None, measure="in_round", low=35, high=35, stated="35家",
    qualifier="exact", year_from=2018, year_to=2018, implied=False, part_of=None, decision_no=None, flags=(),
    quote="35家", start=0, end=3, sheet=None, row=None, column=None, batch=1, file="a.txt",
)  # fmt: skip


def figure(number: int = 1, **values: Any) -> Declared:
    return replace(BASE, id=number, **values)
