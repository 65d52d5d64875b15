"""Sheets as officers make them, turned into records: declared layouts, and one general reader."""

from homeregistry.layouts.declaration import Layout, load_layouts, read_layout
from homeregistry.layouts.recognition import SheetHead, recognise
from homeregistry.layouts.sheet import SheetReading, Verdict, read_workbook_sheet

__all__ = [
    "Layout",
    "SheetHead",
    "SheetReading",
    "Verdict",
    "load_layouts",
    "read_layout",
    "read_workbook_sheet",
    "recognise",
]
