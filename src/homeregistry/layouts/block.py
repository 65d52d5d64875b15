"""The block being read: a header's columns, one reader for each strip, and the words to watch for."""

from collections.abc import Sequence
from typing import Final

from homeregistry.grid import column_letter
from homeregistry.layouts.cells import as_integer
from homeregistry.layouts.columns import Block
from homeregistry.layouts.declaration import Layout
from homeregistry.layouts.entries import Serials, StripReader, column_map, serial_step
from homeregistry.layouts.filling import Filler
from homeregistry.layouts.header import FoundHeader
from homeregistry.layouts.outline import Outline
from homeregistry.text import squeeze

_GAPS: Final = (" ", "  ", "   ", "    ", "\u3000", "\u3000\u3000")
_COUNTABLE: Final = frozenset(
    {
        *("serial", "recipient", "person", "kind", "region", "province", "prefecture", "county", "township"),
        *("body", "unit", "parent", "tier", "year", "count", "conferred_by", "unit_post", "person_unit_post"),
    }
)


class OpenBlock:
    """Answers what the rows under one header are asked; `readers` make the entries of its strips."""

    def __init__(
        self,
        sheet: str,
        block: Block,
        layout: Layout,
        sample: Sequence[Sequence[str]],
        fillers: Sequence[Filler],
    ) -> None:
        self.columns = {column.index: column for column in block.columns}
        self.fillers = fillers
        self.readers: list[StripReader] = []
        ticks = frozenset(layout.words["ticks"])
        serials: dict[int, Serials] = {}
        lists = len({strip.serial for strip in block.strips})
        for strip in block.strips:
            place = strip.serial
            if place >= 0 and place not in serials:
                serials[place] = Serials(sheet, column_letter(place), serial_step(lists, sample, place))
            self.readers.append(StripReader(sheet, strip, column_map(strip), ticks, serials.get(place)))
        self.watched = _watched(block, layout)

    def govern(self, outline: Outline) -> None:
        """A new heading holds for every strip."""
        for reader in self.readers:
            reader.govern(outline.context, outline.title_printed)

    def interrupt(self, *, serials: bool) -> None:
        """A heading or total stands between the rows: nothing is filled down over it."""
        for filler in self.fillers:
            filler.stop()
        if serials:
            for reader in self.readers:
                if reader.serials is not None:
                    reader.serials.restart()

    def skip(self, texts: Sequence[str]) -> None:
        """A row is left out: its serial number is used all the same."""
        for reader in self.readers:
            if reader.serials is not None:
                reader.serials.skip(texts[reader.strip.serial])

    def named(self, texts: Sequence[str]) -> list[StripReader]:
        """The strips in which the row names somebody."""
        return [reader for reader in self.readers if any(texts[index] for index in reader.strip.names)]

    def is_numbered(self, texts: Sequence[str]) -> bool:
        """Whether the row has a serial number in a serial column."""
        return any(
            reader.strip.serial >= 0 and as_integer(texts[reader.strip.serial]) is not None
            for reader in self.readers
        )

    def is_plain(self, texts: Sequence[str]) -> bool:
        """Whether the row can be nothing but data: a number, a name, and no word of a total."""
        return self.watched.isdisjoint(texts) and any(
            reader.strip.serial >= 0 and texts[reader.strip.serial].isdecimal()
            for reader in self.named(texts)
        )

    def has_same_header(self, found: FoundHeader) -> bool:
        """Whether a header found further down is this block's own, printed once more."""
        return all(
            column.index in self.columns
            and squeeze(self.columns[column.index].header) == squeeze(column.header)
            for column in found.columns
        )

    def may_hold_total(self, index: int) -> bool:
        """A number counts entries under a name, a place or no header at all, not under 职工数."""
        column = self.columns.get(index)
        return column is None or column.role in _COUNTABLE


def _watched(block: Block, layout: Layout) -> frozenset[str]:
    """Cells that send a row off the plain road: words of totals, and the header itself."""
    words = (*layout.words["total"], *layout.words["subtotal"])
    spaced = {gap.join(word) for word in words if len(word) == 2 for gap in _GAPS}
    headers = {column.header for column in block.columns} - {""}
    return frozenset(words) | spaced | headers | {"序号", "序 号", "姓名", "单位名称"}
