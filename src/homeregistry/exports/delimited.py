"""Exports as .csv (UTF-8 with a byte-order mark, as spreadsheet programs expect) and as JSON lines.

Text is quoted and numbers are not, so that the types can be told apart when the file is read again.
"""

import csv
import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Final, TextIO

from homeregistry.exports.manifest import Manifest
from homeregistry.exports.pages import Page, PageShape, Role, Value

PAGE_MARK: Final = "#page"
"""A line of this and a name begins each page of a .csv with several."""

MANIFEST_MARK: Final = "#manifest"


class DelimitedBook:
    """Pages one after the other in one .csv; each is kept in a file of its own until the end.

    With `plain` there is one page alone, a table without a mark above it.
    """

    def __init__(self, path: Path, folder: Path, plain: bool = False) -> None:
        self._path = path
        self._folder = folder
        self._plain = plain
        self._spools: list[tuple[PageShape, Path, TextIO]] = []

    def page(self, shape: PageShape) -> Page:
        """The next page."""
        spool = self._folder / f"page-{len(self._spools)}"
        stream = spool.open("w", encoding="utf-8", newline="")
        self._spools.append((shape, spool, stream))
        writer = csv.writer(stream, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")

        def put(_row: int, _role: Role, cells: Sequence[Value]) -> None:
            writer.writerow(["" if cell is None else cell for cell in cells])

        return Page(shape, put, None)

    def chart(self, name: str, page: Page, columns: Sequence[int], title: str) -> None:
        """There are no pictures here."""

    def close(self, manifest: Manifest) -> None:
        """Put the pages together, and the manifest behind them."""
        for _shape, _path, stream in self._spools:
            stream.close()
        with self._path.open("w", encoding="utf-8-sig", newline="") as out:
            writer = csv.writer(out, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
            for shape, path, _stream in self._spools:
                if not self._plain:
                    writer.writerow([PAGE_MARK, shape.name])
                with path.open(encoding="utf-8", newline="") as page:
                    shutil.copyfileobj(page, out)
            writer.writerow([MANIFEST_MARK])
            writer.writerows(manifest.lines())

    def abandon(self) -> None:
        """Let go of the files."""
        for _shape, _path, stream in self._spools:
            stream.close()


class LinesBook:
    """One page of JSON objects, a line each; the last line is `{"manifest": …}`."""

    def __init__(self, path: Path) -> None:
        self._stream = path.open("w", encoding="utf-8", newline="\n")

    def page(self, shape: PageShape) -> Page:
        """The only page: its lines are one text cell each, the JSON of a record."""

        def put(_row: int, _role: Role, cells: Sequence[Value]) -> None:
            self._stream.write(f"{cells[0]}\n")

        return Page(shape, put, None)

    def chart(self, name: str, page: Page, columns: Sequence[int], title: str) -> None:
        """There are no pictures here."""

    def close(self, manifest: Manifest) -> None:
        """Write the manifest's line and the file."""
        self._stream.write(json.dumps({"manifest": manifest.to_json()}, ensure_ascii=False) + "\n")
        self._stream.close()

    def abandon(self) -> None:
        """Let go of the file."""
        self._stream.close()
