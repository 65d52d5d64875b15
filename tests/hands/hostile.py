"""Makers of hostile, broken and unusual files for the readers' tests: small, built by hand, in memory."""
# ruff: noqa: E501

import io
import struct
import zipfile
from collections.abc import Mapping

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    """A zip of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def xlsx_parts(
    *sheets: str | bytes, states: tuple[str, ...] = (), date1904: bool = False
) -> dict[str, str | bytes]:
    """The parts of a workbook with these sheet parts, named 表1, 表2 …; change them before packing."""
    listed = relations = types = ""
    for number, _ in enumerate(sheets, start=1):
        state = f' state="{states[number - 1]}"' if number <= len(states) and states[number - 1] else ""
        listed += f'<sheet name="表{number}" sheetId="{number}"{state} r:id="rId{number}"/>'
        relations += f'<Relationship Id="rId{number}" Type="{RELATIONS}/worksheet" Target="worksheets/sheet{number}.xml"/>'
        types += (
            f'<Override PartName="/xl/worksheets/sheet{number}.xml" '
            'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
        )
    styles = (
        '<fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders>'
        '<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf/><xf numFmtId="14" applyNumberFormat="1"/>'
        "</cellXfs>"
    )
    properties = '<workbookPr date1904="1"/>' if date1904 else ""
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": HEAD + f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
        '<Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument'
        f'.spreadsheetml.styles+xml"/>{types}</Types>',
        "_rels/.rels": HEAD
        + f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" Type="{OFFICE}" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": HEAD
        + f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}">{properties}<sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": HEAD
        + f'<Relationships xmlns="{PACKAGE}/relationships">{relations}<Relationship Id="rIdS" '
        f'Type="{RELATIONS}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": HEAD + f'<styleSheet xmlns="{MAIN}">{styles}</styleSheet>',
    }
    for number, sheet in enumerate(sheets, start=1):
        parts[f"xl/worksheets/sheet{number}.xml"] = sheet
    return parts


def xlsx(*sheets: str | bytes, states: tuple[str, ...] = (), date1904: bool = False) -> bytes:
    """A workbook of these sheet parts."""
    return packed(xlsx_parts(*sheets, states=states, date1904=date1904))


def sheet(rows: str, before: str = "", after: str = "", prologue: str = HEAD) -> str:
    """A sheet part around the given `<row>` elements."""
    return f'{prologue}<worksheet xmlns="{MAIN}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'


def cell(place: str, text: str) -> str:
    """A cell with inline text."""
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def row(number: int, *cells: str, attributes: str = "") -> str:
    """A row element."""
    return f'<row r="{number}"{attributes}>{"".join(cells)}</row>'


def names(count: int, first: int = 1) -> str:
    """Plain rows: a name in column A, a year in column B."""
    return "".join(
        row(number, cell(f"A{number}", f"单位{number}"), f'<c r="B{number}"><v>2020</v></c>')
        for number in range(first, first + count)
    )


def bomb(part: str = "xl/worksheets/sheet1.xml", megabytes: int = 400) -> bytes:
    """A workbook whose sheet unpacks to hundreds of megabytes of blanks."""
    parts = xlsx_parts(sheet(""))
    del parts[part]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
        with archive.open(part, "w") as stream:
            stream.write(sheet("").replace("<sheetData>", "<sheetData>" + " ").encode()[:-40])
            for _ in range(megabytes):
                stream.write(b" " * (1 << 20))
    return out.getvalue()


def lying_bomb() -> bytes:
    """A bomb whose directory states a small size for the part that is large."""
    data = bytearray(bomb(megabytes=40))
    at = data.rfind(b"PK\x01\x02")
    while at >= 0:
        length = struct.unpack_from("<H", data, at + 28)[0]
        if data[at + 46 : at + 46 + length] == b"xl/worksheets/sheet1.xml":
            struct.pack_into("<L", data, at + 24, 5000)
        at = data.rfind(b"PK\x01\x02", 0, at)
    return bytes(data)


def ods(table: str, before: str = "") -> bytes:
    """An OpenDocument workbook around the given table content."""
    namespaces = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"'
        for short in ("office", "table", "text", "style")
    )
    calcext = 'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
    content = (
        f"{HEAD}<office:document-content {namespaces} {calcext}>{before}<office:body><office:spreadsheet>"
        f"{table}</office:spreadsheet></office:body></office:document-content>"
    )
    return packed({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": content})


def docx(body: str) -> bytes:
    """A Word document around the given body."""
    namespace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    return packed(
        {
            "[Content_Types].xml": HEAD + f'<Types xmlns="{PACKAGE}/content-types"/>',
            "_rels/.rels": HEAD
            + f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" Type="{OFFICE}" '
            'Target="word/document.xml"/></Relationships>',
            "word/document.xml": HEAD
            + f'<w:document xmlns:w="{namespace}"><w:body>{body}</w:body></w:document>',
        }
    )


def pdf(*contents: str, characters: str = "") -> bytes:
    """A PDF of one page per content stream; /F1 writes `characters` by their index (from 1) in hex."""
    mapping = "".join(f"<{i:04x}> <{ord(c):04x}>\n" for i, c in enumerate(characters, start=1))
    unicode_map = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def\n"
        "1 begincodespacerange <0000> <ffff> endcodespacerange\n"
        f"{max(len(characters), 1)} beginbfchar\n{mapping or '<0001> <0020>'}\nendbfchar endcmap end end"
    )
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(contents)} /Kids [{' '.join(f'{7 + 2 * i} 0 R' for i in range(len(contents)))}] >>",
        "<< /Type /Font /Subtype /Type0 /BaseFont /F /Encoding /Identity-H /DescendantFonts [4 0 R] /ToUnicode 5 0 R >>",
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /F /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity)"
        " /Supplement 0 >> /DW 1000 /FontDescriptor 6 0 R >>",
        f"<< /Length {len(unicode_map)} >>\nstream\n{unicode_map}\nendstream",
        "<< /Type /FontDescriptor /FontName /F /Flags 4 /FontBBox [0 -200 1000 800] /Ascent 800 /Descent -200 >>",
    ]
    for index, content in enumerate(contents):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {8 + 2 * index} 0 R "
            "/Resources << /Font << /F1 3 0 R >> /XObject << /I 99 0 R >> >> >>"
        )
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
    out = bytearray(b"%PDF-1.4\n")
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{offset:010d} 00000 n \n".encode() for offset in offsets)
    out += f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF".encode()
    return bytes(out)


def shown(text: str, characters: str, x: int, y: int) -> str:
    """The content operators that write a text at a place with the font of `pdf`."""
    codes = "".join(f"{characters.index(c) + 1:04x}" for c in text)
    return f"BT /F1 12 Tf {x} {y} Td <{codes}> Tj ET\n"


def xlsb_record(kind: int, body: bytes = b"") -> bytes:
    """One record of a binary workbook part."""
    head = bytes((kind,)) if kind < 0x80 else bytes((kind & 0x7F | 0x80, kind >> 7))
    length, sizes = len(body), b""
    while True:
        sizes += bytes((length & 0x7F | (0x80 if length > 0x7F else 0),))
        length >>= 7
        if not length:
            return head + sizes + body


def xlsb(rows: Mapping[int, Mapping[int, str | float]], hidden: frozenset[int] = frozenset()) -> bytes:
    """A binary workbook with one sheet 表1: text and numbers by row (from 1) and column (from 0)."""

    def wide(text: str) -> bytes:
        return struct.pack("<L", len(text)) + text.encode("utf-16-le")

    bottom = max(rows)
    right = max(max(cells) for cells in rows.values())
    part = xlsb_record(129) + xlsb_record(148, struct.pack("<4L", 0, bottom - 1, 0, right)) + xlsb_record(145)
    for number, cells in sorted(rows.items()):
        flags = 0x10 if number in hidden else 0
        spans = struct.pack("<LLL", 1, min(cells), max(cells))
        part += xlsb_record(0, struct.pack("<LLHBBB", number - 1, 0, 300, 0, flags, 0) + spans)
        for column, value in sorted(cells.items()):
            place = struct.pack("<LL", column, 0)
            if isinstance(value, str):
                part += xlsb_record(6, place + wide(value))
            else:
                part += xlsb_record(5, place + struct.pack("<d", value))
    part += xlsb_record(146) + xlsb_record(177, struct.pack("<L", 1))
    part += xlsb_record(176, struct.pack("<4L", 0, 0, 0, 2)) + xlsb_record(178) + xlsb_record(130)
    book = xlsb_record(131) + xlsb_record(143)
    book += xlsb_record(156, struct.pack("<LL", 0, 1) + wide("rId1") + wide("表1"))
    book += xlsb_record(144) + xlsb_record(132)
    return packed(
        {
            "[Content_Types].xml": HEAD + f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="bin" '
            'ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/></Types>',
            "_rels/.rels": HEAD
            + f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" Type="{OFFICE}" '
            'Target="xl/workbook.bin"/></Relationships>',
            "xl/workbook.bin": book,
            "xl/_rels/workbook.bin.rels": HEAD
            + f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
            f'Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.bin"/></Relationships>',
            "xl/worksheets/sheet1.bin": part,
        }
    )
