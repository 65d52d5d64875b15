"""A sheet on its way from the reading process: its head, then its rows a block at a time."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from homeregistry.grid import MergedRange
from homeregistry.readers.blocks import RawRow, blocks
from homeregistry.readers.frames import Frame


@dataclass(slots=True)
class SheetHead:
    """What is known of a sheet before its rows: the fields of `grid.Sheet` without the rows."""

    name: str
    hidden: bool = False
    merged: list[MergedRange] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    damaged: dict[tuple[int, int], tuple[str, str]] = field(default_factory=dict)

    def frame(self) -> Frame:
        """The head as a frame."""
        return (
            "sheet",
            self.name,
            self.hidden,
            [(m.first_row, m.first_column, m.last_row, m.last_column) for m in self.merged],
            list(self.hidden_rows),
            list(self.hidden_columns),
            [(row, column, *mark) for (row, column), mark in self.damaged.items()],
        )


def row_frames(rows: Iterable[RawRow]) -> Iterator[Frame]:
    """Rows as frames, a block each."""
    for block in blocks(rows):
        yield ("rows", *block)
