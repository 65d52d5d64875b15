"""What a list says, before the registry's rules: entries under a heading context, and what was no data.

A layout (or a gridless list) yields `ListItem`s in the order of the sheet. Nothing here is resolved:
an entry carries printed words, plus codes only where the heading itself is unambiguous.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from homeregistry.problems import Problem


@dataclass(frozen=True, slots=True)
class HeadingContext:
    """What title, section rows, sheet name, layout constants and options say about the rows below.

    `*_printed` are words still to be resolved (市级 depends on the issuer and the date).
    """

    kind: str | None = None
    stars: int | None = None
    tier_printed: str | None = None
    system: str | None = None
    year_from: int | None = None
    year_to: int | None = None
    issuer_printed: str | None = None
    region_printed: str | None = None
    body_printed: str | None = None
    decision_no: str | None = None
    decision_date: str | None = None


@dataclass(slots=True)
class Entry:
    """One data row of a list (or one name of a gridless list).

    `values` maps field names (see `vocabulary.FIELDS`) to printed text, empty ones left out; `cells` is the
    whole row as printed with personal columns dropped, for provenance. `columns` maps field
    to column letter and is shared by the rows of a block, as is `context`. `kinds` holds the
    titles of tick columns: (kind code, stars, column letter) each. Never changed once made; not
    frozen because there are as many as rows, and frozen ones take five times as long to make.
    """

    sheet: str
    row: int
    values: Mapping[str, str]
    context: HeadingContext
    columns: Mapping[str, str]
    cells: tuple[object, ...] = ()
    kinds: tuple[tuple[str, int | None, str], ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(slots=True)
class Entries:
    """Consecutive data rows without a doubt, column by column: half a million rows are not made one by one.

    `values` maps a field to one text a row, empty where the row says nothing; a field that no row fills is
    left out. The rest is as in `Entry`.
    """

    sheet: str
    rows: Sequence[int]
    values: Mapping[str, Sequence[str]]
    context: HeadingContext
    columns: Mapping[str, str]
    cells: Sequence[tuple[str, ...]]

    @property
    def row(self) -> int:
        """The first row."""
        return self.rows[0]

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, place: int) -> Entry:
        """One of them by itself."""
        said = {name: text for name, texts in self.values.items() if (text := texts[place])}
        return Entry(self.sheet, self.rows[place], said, self.context, self.columns, self.cells[place])

    def __iter__(self) -> Iterator[Entry]:
        return map(self.__getitem__, range(len(self.rows)))


@dataclass(frozen=True, slots=True)
class NotData:
    """A row that is no data: title, header, section, subtotal, total, footer, note or blank text."""

    sheet: str
    row: int
    reason: str
    text: str


@dataclass(frozen=True, slots=True)
class DeclaredCount:
    """A total that a list states about itself, with how many entries stand under it.

    `stated` is the printed form (合计, (23), --35家--); `kind` the kind it speaks of, or None for
    all. `scope` names a province or industry heading, where it is one.
    """

    sheet: str
    row: int
    stated: str
    declared: int
    listed: int
    kind: str | None = None
    scope: str | None = None


@dataclass(frozen=True, slots=True)
class ColumnUse:
    """How one column was understood: `field` is a name of `vocabulary.FIELDS`."""

    sheet: str
    column: str
    header: str
    field: str


@dataclass(frozen=True, slots=True)
class DroppedColumn:
    """A column of personal data whose content is not kept anywhere."""

    sheet: str
    column: str
    header: str


ListItem = Entry | NotData | DeclaredCount | Problem


def one_by_one(items: Iterable[ListItem | Entries]) -> Iterator[ListItem]:
    """The same items with every entry by itself."""
    for item in items:
        if isinstance(item, Entries):
            yield from item
        else:
            yield item


@dataclass(frozen=True, slots=True)
class ListOptions:
    """What the officer said on the command line about a list; every field overrides the sheet.

    `conferred` confirms that a list of nominations was in fact conferred.
    """

    sheet: str | None = None
    layout: str | None = None
    kind: str | None = None
    tier: str | None = None
    system: str | None = None
    year_from: int | None = None
    year_to: int | None = None
    issuer: str | None = None
    region: str | None = None
    document_no: str | None = None
    declared: int | None = None
    conferred: bool = False
    include_hidden: bool = False
