"""When an event happened and on what document it rests, checked before anything is looked up."""

from dataclasses import dataclass
from datetime import date

from homeregistry.documents import read_document_number
from homeregistry.errors import UsageMistake
from homeregistry.stated_years import FIRST_YEAR
from homeregistry.text import clean
from homeregistry.years import PartialDate, read_date


@dataclass(frozen=True, slots=True)
class Occasion:
    """The date of an event, its basis document in its normal form where it is a number, and a remark."""

    date: PartialDate
    basis: str
    note: str | None = None

    @property
    def last_day(self) -> str:
        """The last day the date may mean: from that day on the event certainly holds (ISO)."""
        return self.date.last_day.isoformat()


def read_occasion(day: str, basis: str, note: str | None, today: date) -> Occasion:
    """An occasion from words. Raises UsageMistake: no date, before 1983, in the future, no basis."""
    found = read_date(day)
    if found is None:
        raise UsageMistake("bad_date", "“{value}” is not a date; write it like 2020-12-31.", value=day)
    if found.year < FIRST_YEAR:
        raise UsageMistake(
            "before_1983", "{value} lies before 1983, the first year of the registry.", value=day
        )
    if found.first_day > today:
        raise UsageMistake(
            "in_future", "{value} lies in the future; record it when it has happened.", value=day
        )
    words = clean(basis)
    if not words:
        raise UsageMistake("no_basis", "Name the document that the event rests on: --basis.")
    number = read_document_number(words)
    return Occasion(found, number.normal if number else words, clean(note) if note else None)
