"""Personal numbers: what is one, what is not, and what is left of the cell."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homeregistry.personal import is_identity_number, is_phone, without_personal


@pytest.mark.parametrize(
    "number",
    [
        "11010119900307451X",
        "11010119900307451x",
        "360426199101010071",
        "１１０１０１１９９００３０７４５１Ｘ",
        "510212 19700101 1000",
    ],
)
def test_identity_numbers_are_known_by_their_make(number: str) -> None:
    assert is_identity_number(number)


def test_a_mistyped_or_damaged_identity_number_still_names_a_person() -> None:
    assert is_identity_number("110101199003074511"), "wrong check digit"
    assert is_identity_number("110101199003074000"), "three digits lost in a spreadsheet"


@pytest.mark.parametrize(
    "number",
    [
        "91500103709366554K",
        "110101199013074510",
        "990101199003074510",
        "11010119900307451",
        "总工发〔2018〕29号",
        "",
        "123456789012345678",
    ],
)
def test_codes_and_impossible_dates_are_no_identity_numbers(number: str) -> None:
    assert not is_identity_number(number)


@pytest.mark.parametrize(
    "number",
    ["13800000000", "138 0000 0000", "138-0000-0000", "+86 13800000000", "023-67891234", "0512-6789123"],
)
def test_telephone_numbers(number: str) -> None:
    assert is_phone(number)


@pytest.mark.parametrize(
    "number", ["12800000000", "2020-12-01", "10000", "138000000001", "2018-2020", "20201201"]
)
def test_years_dates_and_service_numbers_are_no_telephones(number: str) -> None:
    assert not is_phone(number)


@pytest.mark.parametrize(
    ("text", "left", "taken"),
    [
        ("林汐（13800000000）", "林汐", 1),
        ("林汐 电话：13800000000", "林汐", 1),
        ("林汐13800000000，宋辉13900000000", "林汐，宋辉", 2),
        ("10086客户服务中心工会", "10086客户服务中心工会", 0),
        ("中国电信10000号客户服务中心", "中国电信10000号客户服务中心", 0),
        ("渝工发〔2020〕12号", "渝工发〔2020〕12号", 0),
        ("身份证11010119900307451X", "", 1),
    ],
)
def test_only_the_number_and_its_label_are_taken_out(text: str, left: str, taken: int) -> None:
    assert without_personal(text) == (left, taken)


@given(
    st.text(alphabet="甲乙厂工会（）,：0123456789X- ", max_size=40),
    st.sampled_from(["13812345678", "11010119900307451X"]),
)
def test_no_number_survives_between_words(text: str, number: str) -> None:
    left, taken = without_personal(f"{text}厂{number}厂{text}")
    assert number not in left
    assert taken >= 1
