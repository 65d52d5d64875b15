"""Tables of counts: declared figures that stand in rows and columns instead of sentences.

Pure: a grid in, values out. `is_count_table` says whether a sheet is one, `read_count_table` reads it.
"""

from homeregistry.count_tables.model import CountCell, CountContext, CountTable
from homeregistry.count_tables.reading import read_count_table
from homeregistry.count_tables.recognise import Recognition, is_count_table
from homeregistry.count_tables.resolving import CellFigure, figures_of

__all__ = [
    "CellFigure",
    "CountCell",
    "CountContext",
    "CountTable",
    "Recognition",
    "figures_of",
    "is_count_table",
    "read_count_table",
]
