"""The rows of a plainly written .xlsx sheet straight from its XML: one expression takes a row apart.

calamine lays out a whole sheet before its first row comes out, and hands over every cell by itself. Most
lists are written so plainly (numbers, shared and inline text, no formulas) that a row is one match: that
takes half the time and keeps a megabyte of the sheet at once instead of all of it. Whatever is written in
any other form, down to a blank at the end of a text, is not plain and left to calamine from that row on.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any, Final

from homeregistry.grid import column_letter
from homeregistry.readers.blocks import EXACT, Block, RawRow, pack
from homeregistry.readers.cellwise import CellReader

WIDEST: Final = 26
"""Columns that a plain sheet may have: A to Z."""

_ROW_END: Final = b"</row>"
_TEXT: Final = r"<t(?: xml:space=\"preserve\">([^<]*)|>(?!\s)([^<]*)(?<!\s))</t>"
_VALUES: Final = 4
"""Groups of a cell: number, place of a shared string, text with its blanks, text without."""
_SHARED: Final = re.compile(rf"<si>{_TEXT}</si>")
_ENTITY: Final = re.compile("&([^;]*);")
_ENTITIES: Final = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_MOST_DIGITS: Final = 15
_WIDTH: Final = re.compile('<c r="([A-Z])[0-9]')


class NotPlainError(Exception):
    """The next rows are not written plainly; those given so far are whole."""


class PlainSheets:
    """Reads the plain sheets of one workbook; styles and shared strings are looked at when first needed."""

    def __init__(self, reader: CellReader) -> None:
        self._reader = reader
        self._styles: str | None = None
        self._strings: list[str] | None = None
        self._looks_damaged = False

    def blocks(self, chunks: Iterable[bytes]) -> Iterator[Block]:
        """The filled rows of a sheet part in blocks, settled as `blocks.pack` leaves them.

        Raises NotPlainError where something else stands; the rows before it have then been given.
        """
        width = last = 0
        for text in _row_texts(chunks):
            if "\r" in text or "_x" in text:
                raise NotPlainError
            if not width:
                width = max((ord(letter) - 64 for letter in set(_WIDTH.findall(text))), default=1)
            count = text.count("<row")
            found = self._pattern(width).findall(text)
            if len(found) != count:
                width = WIDEST
                found = self._pattern(width).findall(text)
            if len(found) != count:
                raise NotPlainError
            if not found:
                continue
            columns = list(zip(*found, strict=True))
            numbers = list(map(int, columns[0]))
            if numbers != sorted({*numbers}) or numbers[0] <= last:
                raise NotPlainError
            last = numbers[-1]
            cells = [self._column(*columns[at : at + _VALUES]) for at in range(1, len(columns), _VALUES)]
            if "&" in text:
                cells = [list(map(_without_entities, column)) for column in cells]
            blank = (None,) * width
            rows: list[RawRow] = [
                (number, list(values))
                for number, values in zip(numbers, zip(*cells, strict=True), strict=True)
                if values != blank
            ]
            yield pack(rows) if self._looks_damaged or "E+" in text else (rows, [], [])

    def _pattern(self, width: int) -> re.Pattern[str]:
        if self._styles is None:
            self._styles = "|".join(map(str, self._reader.dateless_styles()))
        return _row_pattern(width, self._styles)

    def _column(
        self, numbers: Sequence[str], places: Sequence[str], spaced: Sequence[str], texts: Sequence[str]
    ) -> list[Any]:
        """The values of one column; a cell has at most one of its four forms."""
        if any(places):
            strings = self._shared()
            try:
                texts = [
                    strings[int(place)] if place else text for place, text in zip(places, texts, strict=True)
                ]
            except IndexError:
                raise NotPlainError from None
        if any(spaced):
            texts = list(map(str.__add__, texts, spaced))
        if not any(numbers):
            return [text or None for text in texts]
        return [
            _number(number) if number else text or None for number, text in zip(numbers, texts, strict=True)
        ]

    def _shared(self) -> list[str]:
        if self._strings is None:
            data = self._reader.shared_strings()
            try:
                text = data.decode()
            except UnicodeDecodeError:
                raise NotPlainError from None
            found = _SHARED.findall(text)
            if len(found) != text.count("<si") - text.count("<sis") or "\r" in text or "_x" in text:
                raise NotPlainError
            self._strings = [spaced or bare for spaced, bare in found]
            if "&" in text:
                self._strings = [_without_entities(one) for one in self._strings]
            self._looks_damaged = "E+" in text
        return self._strings


def _row_texts(chunks: Iterable[bytes]) -> Iterator[str]:
    """The sheet data as text, whole rows at a time; what stands before and behind it is left out."""
    carry = b""
    begun = False
    for chunk in chunks:
        carry += chunk
        if not begun:
            at = carry.find(b"<sheetData>")
            if at < 0:
                continue
            begun, carry = True, carry[at + len(b"<sheetData>") :]
        end = carry.find(b"</sheetData>")
        cut = end if end >= 0 else carry.rfind(_ROW_END) + len(_ROW_END)
        if cut >= len(_ROW_END):
            try:
                yield carry[:cut].decode()
            except UnicodeDecodeError:
                raise NotPlainError from None
        if end >= 0:
            return
        carry = carry[cut:] if cut >= len(_ROW_END) else carry
    raise NotPlainError


@cache
def _row_pattern(width: int, styles: str) -> re.Pattern[str]:
    """A row of up to `width` cells whose styles show no date. Nothing in it is tried twice: a row that is
    written otherwise fails at once."""
    style = rf'(?: s="(?:{styles})")?+' if styles else ""
    cells = "".join(
        rf'(?:<c r="{column_letter(index)}(?P=row)"{style}(?>/>|></c>'
        rf'|(?: t="n")?+><v>([0-9.eE+-]+)</v></c>| t="s"><v>([0-9]{{1,9}})</v></c>'
        rf'| t="inlineStr"><is>{_TEXT}</is></c>))?+'
        for index in range(width)
    )
    return re.compile(rf'<row r="(?P<row>[1-9][0-9]{{0,6}})"[^<>/]*+(?>/>|>{cells}</row>)')


def _number(printed: str) -> int | float:
    """A number as `blocks.pack` settles it. Raises NotPlainError for one that needs a second look."""
    if len(printed) < _MOST_DIGITS and printed.isdecimal():
        return int(printed)
    try:
        value = float(printed)
    except ValueError:
        raise NotPlainError from None
    if -EXACT < value < EXACT:
        return int(value) if value.is_integer() else value
    raise NotPlainError


def _without_entities(value: Any) -> Any:
    return _ENTITY.sub(_character, value) if isinstance(value, str) and "&" in value else value


def _character(match: re.Match[str]) -> str:
    name = match[1]
    if name in _ENTITIES:
        return _ENTITIES[name]
    raise NotPlainError
