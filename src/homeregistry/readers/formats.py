"""What a file is: decided by its content; the extension only settles what content leaves open.

Web systems export HTML, delimited text or .xlsx under the name .xls: each is read as what it is, and
a remark says so. Formats that cannot be read are recognised, so that the refusal can say what they are
and what to save them as.
"""
# ruff: noqa: E501

import re
from dataclasses import dataclass
from typing import Final, Literal

from homeregistry.readers.container import Container
from homeregistry.readers.refusals import refuse

Kind = Literal["grid", "text"]


@dataclass(frozen=True, slots=True)
class Format:
    """A format that can be read: its name, what it yields, its media type, its usual extensions."""

    name: str
    kind: Kind
    media_type: str
    extensions: tuple[str, ...]
    title: str


_OFFICE: Final = "application/vnd.openxmlformats-officedocument."
FORMATS: Final = {
    form.name: form
    for form in (
        Format("xlsx", "grid", _OFFICE + "spreadsheetml.sheet", (".xlsx", ".xlsm", ".xltx"), "an .xlsx workbook"),
        Format("xls", "grid", "application/vnd.ms-excel", (".xls", ".xlt"), "an .xls workbook"),
        Format("xlsb", "grid", "application/vnd.ms-excel.sheet.binary.macroEnabled.12", (".xlsb",), "an .xlsb workbook"),
        Format("ods", "grid", "application/vnd.oasis.opendocument.spreadsheet", (".ods",), "an .ods workbook"),
        Format("sheetxml", "grid", "application/xml", (".xml",), "an XML workbook of 2003"),
        Format("encrypted", "grid", "application/x-ole-storage", (".xlsx", ".xlsm", ".xlsb", ".xls"), "an encrypted workbook"),
        Format("csv", "grid", "text/csv", (".csv", ".tsv"), "delimited text"),
        Format("docx", "text", _OFFICE + "wordprocessingml.document", (".docx", ".docm"), "a .docx document"),
        Format("pdf", "text", "application/pdf", (".pdf",), "a PDF"),
        Format("html", "text", "text/html", (".html", ".htm"), "a web page"),
        Format("txt", "text", "text/plain", (".txt",), "plain text"),
    )
}  # fmt: skip
SHEET_EXTENSIONS: Final = frozenset(
    (".xlsx", ".xlsm", ".xltx", ".xls", ".xlt", ".xlsb", ".ods", ".csv", ".tsv")
)
_PICTURES: Final = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"II*\0", b"MM\0*")
_WORKBOOK = ".xlsx"
_DOCUMENT = ".docx"
_UNPACKED = ".xlsx (unpack it first)"
_MARKUP: Final = re.compile(
    rb"<\s*(?:!doctype\s+html|html|head|body|table|meta|style|div|p)\b", re.IGNORECASE
)
_SPREADSHEET_ML: Final = b"urn:schemas-microsoft-com:office:spreadsheet"


def recognise(data: bytes, extension: str) -> Format:
    """The format of these bytes; `extension` is lower case with its dot, or empty.

    Raises FileRefused: `unsupported_format`, `damaged_file`, `too_large`, `not_a_workbook`.
    """
    if extension in (".et", ".ett"):
        raise refuse("format", what="an .et workbook", save_as=_WORKBOOK)
    if data.startswith(b"PK\x03\x04") or data.startswith(b"PK\x05\x06"):
        return _zipped(data)
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _compound(data)
    if b"%PDF-" in data[:1024]:
        return FORMATS["pdf"]
    _refuse_foreign(data, extension)
    head = data[:8192].replace(b"\0", b"")
    if _SPREADSHEET_ML in head and b"<?xml" in head[:64]:
        return FORMATS["sheetxml"]
    begins = head.removeprefix(b"\xef\xbb\xbf").lstrip(b"\xff\xfe").lstrip()
    if begins.startswith(b"<") and _MARKUP.search(head):
        return FORMATS["html"]
    if extension in (".html", ".htm"):
        return FORMATS["html"]
    if extension in SHEET_EXTENSIONS:
        if extension not in (".csv", ".tsv") and (_binary(data) or not _has_columns(head)):
            raise refuse("workbook")
        return FORMATS["csv"]
    if extension in (".pdf", ".docx", ".docm") and _binary(data):
        raise refuse("document")
    return FORMATS["txt"]


def _zipped(data: bytes) -> Format:
    names = Container(data).names
    if "xl/workbook.bin" in names:
        return FORMATS["xlsb"]
    if any(name.startswith("xl/") for name in names):
        return FORMATS["xlsx"]
    if any(name.startswith("word/") for name in names):
        return FORMATS["docx"]
    if "ofd.xml" in names:
        raise refuse("format", what="an OFD document", save_as=_DOCUMENT)
    if any(name.startswith("ppt/") for name in names):
        raise refuse("format", what="a presentation", save_as=_DOCUMENT)
    if "mimetype" in names and "content.xml" in names:
        mimetype = Container(data).read("mimetype")
        if b"spreadsheet" in mimetype:
            return FORMATS["ods"]
        raise refuse("format", what="an OpenDocument text", save_as=_DOCUMENT)
    if "content.xml" in names:
        return FORMATS["ods"]
    if "[content_types].xml" in names:
        return FORMATS["xlsx"]
    raise refuse("format", what="a zip archive", save_as=_UNPACKED)


def _compound(data: bytes) -> Format:
    """An OLE container: which one, by the names in its directory, written in UTF-16."""

    def holds(name: str) -> bool:
        return name.encode("utf-16-le") + b"\0\0" in data

    if holds("EncryptedPackage"):
        return FORMATS["encrypted"]
    if holds("Workbook") or holds("Book"):
        return FORMATS["xls"]
    if holds("WordDocument"):
        raise refuse("format", what="a .doc or .wps document", save_as=_DOCUMENT)
    if holds("PowerPoint Document"):
        raise refuse("format", what="a presentation", save_as=_DOCUMENT)
    raise refuse("format", what="an old office document", save_as=".xlsx / .docx")


def _refuse_foreign(data: bytes, extension: str) -> None:
    """Refuse by name what is recognised and cannot be read."""
    if data.startswith(b"{\\rtf"):
        raise refuse("format", what="an .rtf document", save_as=_DOCUMENT)
    if data.startswith((b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")):
        raise refuse("format", what="an archive", save_as=_UNPACKED)
    webp = data[:4] == b"RIFF" and data[8:12] == b"WEBP"
    bitmap = data.startswith(b"BM") and b"\0" in data[:64]
    if data.startswith(_PICTURES) or webp or bitmap:
        raise refuse("picture")
    if data[:2] in (b"\x09\x00", b"\x09\x02", b"\x09\x04") and data[3:4] == b"\0":
        raise refuse("format", what="a workbook of Excel 4 or older", save_as=_WORKBOOK)
    if data[:400].lstrip().lower().startswith(b"mime-version:"):
        raise refuse("format", what="a web archive (.mht)", save_as=_WORKBOOK)
    if data.startswith(b"SQLite format 3\0"):
        raise refuse("format", what="a database", save_as=_WORKBOOK)
    known = {
        ".doc": "a .doc document",
        ".wps": "a .wps document",
        ".dps": "a presentation",
        ".rtf": "an .rtf document",
        ".ofd": "an OFD document",
    }
    if extension in known:
        raise refuse("format", what=known[extension], save_as=_DOCUMENT)


def _has_columns(head: bytes) -> bool:
    """Whether text under a workbook's name is the delimited text that web systems send as .xls."""
    return any(mark in head for mark in (b"\t", b",", b";"))


def _binary(data: bytes) -> bool:
    """Whether the first bytes cannot be text in any encoding read here."""
    sample = data[:4096]
    if sample.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    control = sum(1 for byte in sample if byte < 32 and byte not in (9, 10, 12, 13, 26, 27))
    zeros = sample.count(0)
    return control - zeros > len(sample) // 50 or (bool(zeros) and control == zeros and zeros < 4)
