"""Reports: declared figures of prose and tables of counts into the registry, and back with a reason."""

from homeregistry.reporting.options import ReportOptions, issuer_from
from homeregistry.reporting.reading import ReportFigure, ReportReading, read_report
from homeregistry.reporting.recording import import_report
from homeregistry.reporting.results import ReportResult
from homeregistry.reporting.standing import list_figures, withdraw_figures

__all__ = [
    "ReportFigure",
    "ReportOptions",
    "ReportReading",
    "ReportResult",
    "import_report",
    "issuer_from",
    "list_figures",
    "read_report",
    "withdraw_figures",
]
