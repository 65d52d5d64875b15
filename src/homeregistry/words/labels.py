"""What people read for a code: kinds, tiers, levels, states, in the language spoken."""

from typing import Final

from homeregistry.i18n import language
from homeregistry.i18n import translate as _

_WORDS: Final = {
    "national": "national", "provincial": "provincial", "prefecture": "prefecture", "county": "county",
    "township": "township", "unit": "unit", "in_force": "in force", "revoked": "revoked",
    "province": "province", "organisation": "organisation", "sub_unit": "sub-unit", "person": "person",
}  # fmt: skip


def label(column: str, value: object) -> object:
    """The words for a value of a column; numbers and names stay as they are."""
    if column == "kind" and isinstance(value, str):
        return kind_label(value)
    if column in ("tier", "status", "level", "recipient_type") and isinstance(value, str):
        base, plus, _system = value.partition("+")
        words = _(_WORDS.get(base, base))
        return f"{words} ({_('system')})" if plus else words
    return value


def kind_label(code: str) -> str:
    """The title of a kind in the language spoken."""
    from homeregistry.kinds import kinds

    kind = kinds().get(code)
    if kind is None:
        return code
    return kind.title if language() == "zh" else kind.title_en
