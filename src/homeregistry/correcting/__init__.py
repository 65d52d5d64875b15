"""A person corrects what is recorded: one recognition, or two recipients taken for one (or one for two).

Nothing is updated in place: the old row is closed, the new one written and linked to it, with a reason. What
the source printed, and where it stands there, never changes.
"""

from homeregistry.correcting.fields import CORRECTABLE
from homeregistry.correcting.recipients import Merged, Split, merge_recipients, split_recipient
from homeregistry.correcting.recognitions import correct_recognition
from homeregistry.correcting.rewriting import Rewritten

__all__ = [
    "CORRECTABLE", "Merged", "Rewritten", "Split", "correct_recognition", "merge_recipients",
    "split_recipient",
]  # fmt: skip
