"""All tables of the registry as SQLModel classes: the source of the schema, of its drift test and of the
data dictionary. Commands that only read or write rows go through `tables`, which does not import this.
"""

from sqlmodel import SQLModel

from homeregistry.models.evidence import (
    BatchResult,
    HeldRow,
    ImportBatch,
    ListCheck,
    Problem,
    ReviewDecision,
    SourceBlock,
    SourceContent,
    SourceDocument,
)
from homeregistry.models.facts import (
    AwardRound,
    DeclaredFigure,
    Recipient,
    RecipientEvent,
    RecipientName,
    Recognition,
    RecognitionEvent,
    RecognitionSource,
)
from homeregistry.models.reference import AwardKind, AwardTitle, Region, RegionChange, UnionBody
from homeregistry.models.search import NameGram, NamePart
from homeregistry.models.sums import RecognitionTally
from homeregistry.models.trust import AuditEntry, ClosedYear, ExportLog, FindingNote, RegistryUser

metadata = SQLModel.metadata

__all__ = [
    "AuditEntry", "AwardKind", "AwardRound", "AwardTitle", "BatchResult", "ClosedYear", "DeclaredFigure",
    "ExportLog", "FindingNote", "HeldRow", "ImportBatch", "ListCheck", "NameGram", "NamePart",
    "Problem", "Recipient", "RecipientEvent", "RecipientName", "Recognition", "RecognitionEvent",
    "RecognitionSource", "RecognitionTally", "Region", "RegionChange", "RegistryUser",
    "ReviewDecision", "SourceBlock", "SourceContent", "SourceDocument", "UnionBody", "metadata",
]  # fmt: skip
