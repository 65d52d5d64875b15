"""What importing a report came to, as a value and as JSON."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from homeregistry.problems import Problem
from homeregistry.reporting.reading import wait_for_a_person
from homeregistry.words.problems import problem_json


@dataclass(slots=True)
class ReportResult:
    """One report; `outcome` is committed, refused or already_imported.

    `figures` are the figures as stored, each with its id under `figure`. `withheld` says that the file's
    bytes are not kept, because they hold `personal` identity or telephone numbers.
    """

    file: str
    sha256: str
    outcome: str = "refused"
    batch: int | None = None
    figures: list[dict[str, Any]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    sheets: dict[str, str] = field(default_factory=dict)
    personal: int = 0
    error: Mapping[str, str] | None = None

    @property
    def waits(self) -> bool:
        """Whether something of it waits for a person."""
        return wait_for_a_person(self.problems)

    def to_json(self) -> dict[str, Any]:
        """One object of `files`."""
        found: dict[str, Any] = {
            "file": self.file, "sha256": self.sha256, "outcome": self.outcome, "batch": self.batch,
            "sheets": self.sheets, "figures": self.figures, "personal": self.personal,
            "withheld": bool(self.personal),
            "problems": [problem_json(one, "report") for one in self.problems],
        }  # fmt: skip
        if self.error:
            found["error"] = dict(self.error)
        return found
