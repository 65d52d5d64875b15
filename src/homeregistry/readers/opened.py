"""A file opened for reading: its bytes and their hash once, its sheets or its text as often as asked.

The bytes are read into memory a single time: what is hashed is what is parsed and what is stored as
evidence, whatever happens to the file on disk meanwhile.
"""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any

from homeregistry.errors import FileRefused
from homeregistry.grid import DamagedCell, MergedRange, Row, Sheet, TextDocument
from homeregistry.problems import Problem
from homeregistry.readers import limits
from homeregistry.readers.blocks import unpack
from homeregistry.readers.encoding import decode
from homeregistry.readers.formats import FORMATS, SHEET_EXTENSIONS, Format, Kind, recognise
from homeregistry.readers.frames import Frame
from homeregistry.readers.process import ReadingProcess
from homeregistry.readers.refusals import refuse


class OpenedFile:
    """One file. A context manager: reading processes still running are ended when it closes."""

    def __init__(self, name: str, data: bytes, form: Format, password: str | None = None) -> None:
        self.name = name
        self.data = data
        self.size = len(data)
        self.sha256 = hashlib.sha256(data).hexdigest()
        self.form = form
        self._password = password
        self._running: list[ReadingProcess] = []
        self._ahead: ReadingProcess | None = None
        self._text: TextDocument | None = None
        extension = Path(name).suffix.lower()
        self.remarks: list[Problem] = []
        """What there is to say of the file itself; complete when all of it has been read."""
        if extension and extension not in form.extensions:
            self.remarks.append(Problem("renamed_file", params={"what": form.title}))
        self._grid_by_name = (
            form.name == "html" and extension in SHEET_EXTENSIONS and b"<table" in data.lower()
        )

    @property
    def kind(self) -> Kind:
        """`grid` for what is read by `sheets`, `text` for what is read by `text`.

        A web page under a spreadsheet's name is a grid: its tables are what was exported.
        """
        return "grid" if self._grid_by_name else self.form.kind

    @property
    def media_type(self) -> str:
        """The media type of the content, whatever the file is called."""
        return self.form.media_type

    def __enter__(self) -> "OpenedFile":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End every reading process of this file."""
        while self._running:
            self._running.pop().close()

    def read_ahead(self) -> None:
        """Start reading now, while the caller still has other things to do; `sheets` goes on from there."""
        if self.form.kind == "grid" and self._ahead is None:
            self._ahead = self._start()

    def sheets(self) -> Iterator[Sheet]:
        """The sheets in workbook order (the tables, for a text document).

        Rows are read while they are asked for and only once; what is left of a sheet is skipped when
        the next is asked for. `Sheet.damaged` is complete for every row that has come out.
        Raises FileRefused here or while rows are read: nothing read so far may then be kept.
        """
        if self.form.kind == "text":
            yield from self.text().tables
            return
        process, self._ahead = self._ahead or self._start(), None
        stream = process.frames()
        frame = next(stream, None)
        while frame is not None:
            if frame[0] != "sheet":
                self._note(frame)
                frame = next(stream, None)
                continue
            rows = _SheetRows(stream, self._note)
            yield _sheet(frame, rows)  # who takes one sheet alone may still read its rows
            frame = rows.skip()
        self._stop(process)

    def text(self) -> TextDocument:
        """The document as text, with its tables as sheets.

        For .txt and pasted text `text` is the decoded text after removal of a byte-order mark,
        nothing else changed, so that offsets refer to the source.
        """
        if self._text is None:
            self._text = self._plain() if self.form.name == "txt" else self._parsed()
        return self._text

    def _plain(self) -> TextDocument:
        try:
            return TextDocument(self.name, decode(self.data))
        except FileRefused as refused:
            raise _named(refused, self.name) from None

    def _parsed(self) -> TextDocument:
        process = self._start()
        text, pages, table_of, doubtful = "", {}, {}, []
        tables: list[Sheet] = []
        rows: list[Row] = []
        try:
            for frame in process.frames():
                if frame[0] == "text":
                    _, text, pages, table_of, doubtful = frame
                elif frame[0] == "sheet":
                    rows = []
                    tables.append(_sheet(frame, _Rows(rows)))
                elif frame[0] == "rows":
                    damaged = tables[-1].damaged
                    assert isinstance(damaged, dict)
                    rows.extend(unpack(frame[1:], damaged))
                else:
                    self._note(frame)
        finally:
            self._stop(process)
        return TextDocument(self.name, text, tuple(tables), pages, table_of, frozenset(doubtful))

    def _start(self) -> ReadingProcess:
        process = ReadingProcess(self.form.name, self.data, self.name, self._password)
        self._running.append(process)
        return process

    def _stop(self, process: ReadingProcess) -> None:
        process.close()
        if process in self._running:
            self._running.remove(process)

    def _note(self, frame: Frame) -> None:
        remark = Problem(frame[1], params=frame[2])
        if remark not in self.remarks:
            self.remarks.append(remark)


class _SheetRows:
    """The rows of the sheet a stream of frames stands at; one pass."""

    def __init__(self, stream: Iterator[Frame], note: Any) -> None:
        self._stream = stream
        self._note = note
        self._next: Frame | None = None
        self._ended = False
        self.damaged: dict[tuple[int, int], DamagedCell] = {}

    def __iter__(self) -> Iterator[Row]:
        while (frame := self._block()) is not None:
            yield from unpack(frame[1:], self.damaged)

    def skip(self) -> Frame | None:
        """Pass over the rows that are left; the frame that follows them, if any."""
        while self._block() is not None:
            continue
        return self._next

    def _block(self) -> Frame | None:
        while not self._ended:
            frame = next(self._stream, None)
            if frame is not None and frame[0] == "rows":
                return frame
            if frame is not None and frame[0] != "sheet":
                self._note(frame)
                continue
            self._next = frame
            self._ended = True
        return None


class _Rows(_SheetRows):
    """Rows that are already here, and may be read again."""

    def __init__(self, rows: list[Row]) -> None:
        super().__init__(iter(()), None)
        self._rows = rows

    def __iter__(self) -> Iterator[Row]:
        return iter(self._rows)


def _sheet(frame: Frame, rows: _SheetRows) -> Sheet:
    _, name, hidden, merged, hidden_rows, hidden_columns, damaged = frame
    for row, column, code, raw in damaged:
        rows.damaged[row, column] = DamagedCell(row, column, code, raw)
    return Sheet(
        name,
        rows,
        tuple(MergedRange(*edges) for edges in merged),
        hidden,
        frozenset(hidden_rows),
        frozenset(hidden_columns),
        rows.damaged,
    )


def opened_path(path: Path, password: str | None) -> OpenedFile:
    """See `readers.open_document`."""
    name = path.name or str(path)
    try:
        data = _contents(path)
        return OpenedFile(name, data, recognise(data, path.suffix.lower()), password)
    except FileRefused as refused:
        raise _named(refused, name) from None


def opened_text(text: str, name: str) -> OpenedFile:
    """See `readers.read_text`."""
    data = text.removeprefix("\ufeff").encode("utf-8", "replace")
    if not data.strip():
        raise refuse("blank", file=name)
    return OpenedFile(name, data, FORMATS["txt"])


def _contents(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise refuse("folder")
        size = path.stat().st_size
        if size > limits.FILE_BYTES:
            raise refuse(
                "file_size",
                size=size // limits.MEBIBYTE,
                limit=limits.FILE_BYTES // limits.MEBIBYTE,
            )
        if not path.is_file():
            raise refuse("unreadable", reason="no regular file")
        data = path.read_bytes()
    except FileNotFoundError:
        raise refuse("missing") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "not a file name"
        raise refuse("unreadable", reason=reason) from None
    if not data.strip(b"\0\t\r\n \xef\xbb\xbf"):
        raise refuse("empty")
    return data


def _named(refused: FileRefused, name: str) -> FileRefused:
    return FileRefused(refused.code, refused.message, **{"file": name, **refused.params})
