"""Who an issuer is: a body of any day is known, also where today's map no longer has its place."""

import pytest

from homeregistry.resolving.issuers import is_known


@pytest.mark.parametrize(
    "printed", ["重庆市江北区", "重庆市江北区总工会", "万县市", "重庆市总工会", "中国金融工会"]
)
def test_a_body_whose_place_was_abolished_is_known_all_the_same(printed: str) -> None:
    assert is_known(printed)


@pytest.mark.parametrize("printed", ["月球区", "月球区总工会", ""])
def test_words_that_never_named_a_body_are_not(printed: str) -> None:
    assert not is_known(printed)
