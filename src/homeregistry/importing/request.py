"""What an import is asked to do, beside the file itself: every step of it reads from here."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from homeregistry.layouts import Layout
from homeregistry.records import ListOptions


@dataclass(frozen=True, slots=True)
class ImportRequest:
    """What the officer asks for: options of the list, partial recording, a reason for closed years."""

    options: ListOptions
    layouts: tuple[Layout, ...]
    today: date
    actor: str
    partial: bool = False
    reason: str | None = None
    progress: Callable[[int], None] = lambda _rows: None
