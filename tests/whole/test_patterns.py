"""No cell and no sentence may hang the program: a repeated choice of words must read a text in one way only.

`(?:交通|建设|交通建设)*` reads 交通建设交通建设… in 2, 4, 8, … ways, and a text that fails behind it is
tried in all of them. Such a choice is repeated possessively (`*+`), which tries one.
"""

import importlib
import itertools
import pkgutil
import re
import re._constants as code  # type: ignore[import-not-found]
import re._parser as parser  # type: ignore[import-not-found]
from collections.abc import Iterable, Iterator
from typing import Any

import pytest

import homeregistry
from homeregistry.bodies import read_body
from homeregistry.figures import ReportContext, extract

_MOST_WORDS = 4000


def patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    for module in pkgutil.walk_packages(homeregistry.__path__, "homeregistry."):
        if module.name.endswith("__main__") or ".migrations" in module.name:
            continue
        for name, value in vars(importlib.import_module(module.name)).items():
            for pattern in held(value):
                yield f"{module.name}.{name}", pattern


def held(value: object) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
        yield value
    elif isinstance(value, tuple | list | frozenset | set):
        for one in value:
            yield from held(one)
    elif isinstance(value, dict):
        yield from held(list(value.values()))


def repeats(tree: Iterable[Any]) -> Iterator[Any]:
    """The bodies of all open-ended repeats that may be tried again."""
    for op, given in tree:
        if op in (code.MAX_REPEAT, code.MIN_REPEAT):
            if given[1] > 20:
                yield given[2]
            yield from repeats(given[2])
        elif op is code.SUBPATTERN:
            yield from repeats(given[-1])
        elif op is code.BRANCH:
            for branch in given[1]:
                yield from repeats(branch)
        elif op in (code.ASSERT, code.ASSERT_NOT):
            yield from repeats(given[1])
        elif op in (code.POSSESSIVE_REPEAT, code.ATOMIC_GROUP):
            yield from repeats(given[-1] if op is code.POSSESSIVE_REPEAT else given)


def words(tree: Iterable[Any]) -> set[str] | None:
    """All the texts that a part of a pattern matches, or None where they are too many to list."""
    found = {""}
    for op, given in tree:
        if op is code.LITERAL:
            part: set[str] | None = {chr(given)}
        elif op is code.IN and all(kind is code.LITERAL for kind, _ in given):
            part = {chr(one) for _, one in given}
        elif op is code.SUBPATTERN:
            part = words(given[-1])
        elif op is code.BRANCH:
            parts = [words(branch) for branch in given[1]]
            part = None if None in parts else set().union(*(p or set() for p in parts))
        elif op in (code.MAX_REPEAT, code.MIN_REPEAT) and given[1] <= 3:
            one, times = words(given[2]), range(given[0], given[1] + 1)
            part = (
                None if one is None else {"".join(w) for n in times for w in itertools.product(one, repeat=n)}
            )
        elif op in (code.AT, code.ASSERT, code.ASSERT_NOT):
            part = {""}
        else:
            return None
        if part is None or len(found) * len(part) > _MOST_WORDS:
            return None
        found = {before + after for before in found for after in part}
    return found


def is_ambiguous(choice: set[str]) -> bool:
    """Whether some text is made of these words in two ways (Sardinas and Patterson's test)."""
    choice = choice - {""}
    rests = {b[len(a) :] for a in choice for b in choice if a != b and b.startswith(a)}
    seen: set[str] = set()
    while rests:
        if rests & choice:
            return True
        seen |= rests
        nearer = {w[len(r) :] for r in rests for w in choice if w.startswith(r)}
        nearer |= {r[len(w) :] for r in rests for w in choice if r.startswith(w)}
        rests = nearer - seen - {""}
    return False


def test_the_test_of_ambiguity_knows_sums_of_words() -> None:
    assert is_ambiguous({"交通", "建设", "交通建设"})
    assert is_ambiguous({"ab", "a", "b"})
    assert not is_ambiguous({"共", "共计", "有"})


@pytest.mark.parametrize(("name", "pattern"), list(patterns()), ids=lambda value: str(value)[:60])
def test_a_repeated_choice_of_words_reads_a_text_in_one_way(name: str, pattern: re.Pattern[str]) -> None:
    for body in repeats(parser.parse(pattern.pattern, pattern.flags)):
        listed = words(body)
        assert listed is None or not is_ambiguous(listed), sorted(listed, key=len)[-8:]


@pytest.mark.parametrize("text", ["交通建设" * 40 + "x工会", "金融保险" * 60, "国防邮电" * 60 + "联合会"])
def test_a_body_of_many_industries_is_read_at_once(text: str) -> None:
    assert read_body(text, None).kind == "unlisted"


@pytest.mark.parametrize("words_", ["各有", "共有", "已有", "交通建设", "分别占", "职工", "工会小组"])
def test_words_that_come_over_and_over_are_read_at_once(words_: str) -> None:
    for text in (f"模范职工之家{words_ * 80}3个", f"全省{words_ * 80}系统模范职工之家3个,x", words_ * 200):
        extract(text, ReportContext())
