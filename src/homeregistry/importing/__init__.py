"""Award lists into the registry: one file, one plan, one transaction; and one batch back out.

`import_list` is the whole road; a dry run is the same road with a sink that keeps nothing.
"""

from homeregistry.importing.batches import list_batches, show_batch, undo_batch
from homeregistry.importing.pipeline import import_list
from homeregistry.importing.request import ImportRequest
from homeregistry.importing.results import FileResult, RowCounts

__all__ = [
    "FileResult", "ImportRequest", "RowCounts", "import_list", "list_batches", "show_batch",
    "undo_batch",
]  # fmt: skip
