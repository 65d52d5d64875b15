"""What people read for a code: kinds, tiers, levels, states, in the language spoken."""

from functools import lru_cache
from typing import Final

from homeregistry.i18n import language, sentence
from homeregistry.i18n import translate as _

_TIERS: Final = {
    "national": "national", "provincial": "provincial", "prefecture": "prefecture level",
    "county": "county level", "township": "township level", "unit": "within the unit",
}  # fmt: skip
WORDS: Final = {
    "tier": _TIERS,
    "level": {"province": "province", "prefecture": "prefecture", "county": "county"},
    "status": {"in_force": "in force", "revoked": "revoked"},
    "decision": {
        "same": "same", "different": "different", "unsure": "unsure", "completed": "completed",
        "dismissed": "dismissed", "place": "placed",
    },
    "extent": {"whole": "whole", "part": "part", "renamed": "renamed"},
    "recipient_type": {"organisation": "organisation", "sub_unit": "sub-unit", "person": "person"},
    "severity": {"error": "error", "warning": "warning", "note": "notice"},
    "action": {
        "import": "a list imported", "report import": "a report imported", "undo": "a batch taken back",
        "correct": "a correction", "event revoke": "a revocation", "event restore": "a restoration",
        "event recheck": "a re-examination", "event rename": "a renaming", "event merge": "a merger of units",
        "event close": "a unit closed", "event withdraw": "an event withdrawn",
        "recipient merge": "two recipients made one", "recipient split": "a recipient split",
        "reconcile ack": "a finding acknowledged", "report withdraw": "figures withdrawn",
        "review resolve": "a decision", "review place": "a place decided",
        "review import": "decisions of a workbook", "review take-back": "a decision taken back",
        "year close": "a year closed", "year reopen": "a year reopened",
    },
    "outcome": {
        "recorded": "recorded", "already_recorded": "already recorded", "held": "held",
        "refused": "refused", "not_data": "not data",
    },
}  # fmt: skip
"""Column to code to words. A code alone would not do: a tier and a level may share one, but not a word."""


def heading(name: str) -> str:
    """The words for a field, a column or an item: `conferred_by` is 授予单位, or conferred by."""
    words = _(name)
    return name.replace("_", " ") if words == name else words


def label(column: str, value: object) -> object:
    """The words for a value of a column; numbers and names stay as they are."""
    if column == "kind" and isinstance(value, str):
        return kind_label(value)
    if column in WORDS and isinstance(value, str):
        return _label(language(), column, value)
    return value


@lru_cache(maxsize=500)
def _label(_language: str, column: str, value: str) -> str:
    """A page of 100,000 records asks for the same few words again and again."""
    base, plus, _system = value.partition("+")
    words = _(WORDS[column].get(base, base))
    return sentence("{tier}, of a system", {"tier": words}) if plus else words


def basis_label(text: str) -> str:
    """What a change of regions rests on: documents stay as they are, our own notes are translated."""
    source, colon, note = text.partition(": ")
    return sentence("{name}: {value}", {"name": _(source), "value": _(note)}) if colon else _(text)


def kind_label(code: str) -> str:
    """The title of a kind in the language spoken."""
    from homeregistry.kinds import kinds

    kind = kinds().get(code)
    if kind is None:
        return code
    return kind.title if language() == "zh" else kind.title_en
