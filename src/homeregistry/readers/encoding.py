"""Bytes to text: a byte-order mark, strict UTF-8, evident UTF-16, GB18030, else the file is refused.

Detectors misread GBK, and a wrong guess becomes a wrong name in the registry: where none of the four
fits without a single error, a person decides.
"""

import codecs

from homeregistry.readers.refusals import refuse

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
_SAMPLE = 4096
_MARKS_OF_TEXT = "，。、；：（）《》〔〕“”　√"


def decode(data: bytes) -> str:
    """The text of a file without its byte-order mark, nothing else changed.

    Raises FileRefused (`unknown_encoding`) with the offset of the first byte that fits nothing.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strict(data[len(mark) :], encoding, len(mark))
    if b"\0" in data:
        wide = _evident_utf16(data)
        if wide is None:
            raise refuse("nul", offset=data.index(b"\0"))
        return _strict(data, wide, 0)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        failed = error.start
    else:
        return text if text.isascii() else _chinese_by_chance(data, text) or text
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError as error:
        raise refuse("encoding", offset=max(error.start, failed)) from None
    if not _plausible(text):
        raise refuse("encoding", offset=failed)
    return text


def _strict(data: bytes, encoding: str, skipped: int) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise refuse("encoding", offset=error.start + skipped) from None


def _evident_utf16(data: bytes) -> str | None:
    """UTF-16 without a mark: line ends, commas and digits have their zero byte on one side only."""
    if len(data) % 2:
        return None
    sample = data[:_SAMPLE]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if even == 0 and odd:
        encoding = "utf-16-le"
    elif odd == 0 and even:
        encoding = "utf-16-be"
    else:
        return None
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    return encoding if "\0" not in text and _plausible(text) else None


def _chinese_by_chance(data: bytes, text: str) -> str | None:
    """The GB18030 reading of a short text whose bytes happen to be UTF-8 too (一 is also һ).

    Only where UTF-8 gives no Chinese at all but letters beyond Latin-1, and GB18030 nothing but Chinese.
    """
    top = max(text)
    if not "\u00ff" < top < "\u0800":
        return None
    try:
        chinese = data.decode("gb18030")
    except UnicodeDecodeError:
        return None
    wide = [char for char in chinese if char > "\x7f"]
    return chinese if all("\u4e00" <= char <= "\u9fff" or char in _MARKS_OF_TEXT for char in wide) else None


def _plausible(text: str) -> bool:
    """Whether decoded text can be a Chinese list: GB18030 decodes many other encodings to rarities.

    Private-use and unassigned-looking characters, and control characters, may not make up more than
    one in a hundred of what is not ASCII.
    """
    sample = text[:200_000]
    wide = [char for char in sample if char > "\x7f"]
    if not wide:
        return True
    odd = sum(
        1
        for char in wide
        if not (
            "\u4e00" <= char <= "\u9fff"
            or "\u2000" <= char <= "\u27bf"
            or "\u3000" <= char <= "\u33ff"
            or "\uff00" <= char <= "\uffef"
            or "\u00a0" <= char <= "\u0451"
        )
    )
    common = sum(1 for char in wide if "\u4e00" <= char <= "\u9fff" or char in _MARKS_OF_TEXT)
    return odd * 20 <= len(wide) and common * 2 >= len(wide)
