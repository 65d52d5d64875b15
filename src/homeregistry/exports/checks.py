"""What is checked before an export leaves: nothing does while a check fails, unless its cover says so."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from homeregistry.errors import RegistryError
from homeregistry.i18n import sentence


@dataclass(frozen=True, slots=True)
class Failing:
    """A check that failed: a code, an English message id and its values, the place it speaks of."""

    code: str
    message: str
    params: Mapping[str, object] = field(default_factory=dict)
    where: str = ""

    @property
    def text(self) -> str:
        """The sentence in the language spoken, after its place where it has one."""
        said = sentence(self.message, self.params)
        return f"{self.where}: {said}" if self.where else said


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
