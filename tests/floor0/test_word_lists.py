"""Patterns made of word lists keep the lists' order: the trap is a short word in front of a longer one."""

import re

from homeregistry.patterns import either


def test_words_stand_in_the_pattern_in_the_order_of_the_lists() -> None:
    assert either("甲 乙", "丙") == "(?:甲|乙|丙)"


def test_the_first_word_that_leads_to_a_match_is_taken() -> None:
    assert re.match(either("共计 共"), "共计12个").group() == "共计"  # type: ignore[union-attr]
    assert re.match(rf"{either('共 共计')}*+\d", "共计12个") is None


def test_a_word_may_be_a_small_pattern() -> None:
    assert re.fullmatch(either("获得?", "评为"), "获")
    assert re.fullmatch(either("获得?", "评为"), "获得")
