"""Document numbers meet in one normal form; damaged ones meet nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homeregistry.documents import find_document_numbers, read_document_number


@pytest.mark.parametrize(
    ("printed", "normal"),
    [
        ("总工发〔2018〕29号", "总工发〔2018〕29号"),
        ("总工发【2024】15号", "总工发〔2024〕15号"),
        ("总工发[2010]30", "总工发〔2010〕30号"),
        ("总工发(2010)30号", "总工发〔2010〕30号"),
        ("总工发（2010）30 号", "总工发〔2010〕30号"),
        ("通工办〔2012〕178 号", "通工办〔2012〕178号"),
        ("沪交工[2013] 1", "沪交工〔2013〕1号"),
        ("合工[2007]8号", "合工〔2007〕8号"),
        ("总工发〔２０１８〕０２９号", "总工发〔2018〕29号"),
    ],
)
def test_every_way_of_printing_has_one_normal_form(printed: str, normal: str) -> None:
    number = read_document_number(printed)
    assert number is not None
    assert (number.normal, number.printed) == (normal, printed)


@pytest.mark.parametrize(
    "text", ["总工发〔201030))", "总工发〔2018〕号", "〔2018〕29号", "总工发2018", "", "机关(1)"]
)
def test_a_damaged_number_is_none(text: str) -> None:
    assert read_document_number(text) is None
    assert find_document_numbers(text) == []


def test_numbers_in_running_text_lose_the_words_before_them() -> None:
    text = "根据总工发〔2018〕29号和渝工发[2019]3号文件,20个单位(2010)30家"
    found = find_document_numbers(text)
    assert [number.normal for number, _, _ in found] == ["总工发〔2018〕29号", "渝工发〔2019〕3号"]
    assert [text[start:end] for _, start, end in found] == ["总工发〔2018〕29号", "渝工发[2019]3号"]


@given(st.integers(1983, 2099), st.integers(1, 9999), st.sampled_from(["〔〕", "[]", "【】", "()", "（）"]))
def test_brackets_never_make_another_document(year: int, serial: int, marks: str) -> None:
    number = read_document_number(f"渝工发{marks[0]}{year}{marks[1]}{serial}号")
    assert number is not None
    assert number.normal == f"渝工发〔{year}〕{serial}号"
