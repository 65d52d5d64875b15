"""Declared figures: what reports claim in prose, read exactly, with scope, kind, tier, measure and bounds.

`extract` is the one entry; the other files of this package are its grammar. Tables of counts are
read elsewhere. No figure is ever added to recorded names.
"""

from homeregistry.figures.conferring import ReportContext
from homeregistry.figures.extract import extract
from homeregistry.figures.model import Extraction, Figure

__all__ = ["Extraction", "Figure", "ReportContext", "extract"]
