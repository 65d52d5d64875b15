"""Tables of counts: declared figures that stand in rows and columns instead of sentences.

Pure: a grid in, values out. `is_count_table` says whether a sheet is one, `read_count_table` reads it;
`resolving.figures_of` turns what was read into figures.
"""

from homeregistry.count_tables.model import CountCell, CountContext, CountTable
from homeregistry.count_tables.reading import read_count_table
from homeregistry.count_tables.recognise import Recognition, is_count_table

__all__ = [
    "CountCell",
    "CountContext",
    "CountTable",
    "Recognition",
    "is_count_table",
    "read_count_table",
]
