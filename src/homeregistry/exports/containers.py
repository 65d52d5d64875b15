"""Zip containers that are the same bytes everywhere: nothing compressed, no clock, no system in the headers.

Deflate output differs between builds of zlib, and zip headers between systems; a workbook's parts are
therefore packed again as they are, in a fixed order.
"""

import shutil
import zipfile
from pathlib import Path
from typing import Final

_FIRST: Final = ("[Content_Types].xml", "_rels/.rels")
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
_LARGE: Final = 1 << 31


def pack_plainly(source: Path, target: Path) -> None:
    """Write the parts of a zip, uncompressed, in a fixed order with fixed headers."""
    with zipfile.ZipFile(source) as given, zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as packed:
        for part in sorted(given.infolist(), key=lambda one: (_rank(one.filename), one.filename)):
            info = zipfile.ZipInfo(part.filename, _EPOCH)
            info.create_system, info.create_version, info.extract_version = 0, 20, 20
            info.external_attr, info.file_size = 0o600 << 16, part.file_size
            large = part.file_size >= _LARGE
            with given.open(part) as content, packed.open(info, "w", force_zip64=large) as place:
                shutil.copyfileobj(content, place, 1 << 20)


def _rank(name: str) -> int:
    return _FIRST.index(name) if name in _FIRST else len(_FIRST)
