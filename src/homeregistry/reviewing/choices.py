"""What a person may answer about a row that waits."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from homeregistry.errors import UsageMistake
from homeregistry.vocabulary import FIELDS, PERSONAL_FIELDS, Choice

_NOT_SETTABLE: Final = {*PERSONAL_FIELDS, "serial", "count", "other"}

SETTABLE: Final = tuple(name for name in FIELDS if name not in _NOT_SETTABLE)
"""Fields of `review resolve --set`."""


@dataclass(frozen=True, slots=True)
class Resolution:
    """An answer: the row is a recipient that is known (`recipient`), a new one, not decided yet, complete
    with these values (`settings`, empty text takes a value away), or nothing to record. `reason` goes before
    the write's own.
    """

    choice: Choice
    recipient: int | None = None
    settings: Mapping[str, str] = field(default_factory=dict)
    reason: str | None = None

    def __post_init__(self) -> None:
        for name in self.settings:
            if name not in SETTABLE:
                raise UsageMistake(
                    "unknown_field", "“{value}” cannot be set; choose from {known}.",
                    value=name, known=", ".join(SETTABLE),
                )  # fmt: skip
        if (self.choice == "same") != (self.recipient is not None):
            raise UsageMistake("no_recipient", "Say whose the row is: the number of a recipient.")
