"""What is checked before an export leaves: nothing does while a check fails, unless its cover says so."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from homeregistry.errors import RegistryError
from homeregistry.i18n import sentence


@dataclass(frozen=True, slots=True)
class Failing:
    """A check that failed: a code, an English message id and its values."""

    code: str
    message: str
    params: Mapping[str, object] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The sentence in the language spoken."""
        return sentence(self.message, self.params)


class ChecksFailedError(RegistryError):
    """Nothing was written because checks failed; `failing` says which."""

    def __init__(self, failing: Sequence[Failing]) -> None:
        super().__init__(
            "checks_failed",
            "{count} checks failed, and nothing was written; --with-findings writes the export with them on "
            "its cover: {listed}",
            count=len(failing),
            listed=" ".join(one.text for one in failing[:5]),
        )
        self.failing = tuple(failing)


def equal(code: str, message: str, one: int, two: int) -> list[Failing]:
    """A check that two numbers made in two ways are one; `message` names them {one} and {two}."""
    return [] if one == two else [Failing(code, message, {"one": one, "two": two})]
