"""What an error says, in the language spoken: at the end of a command, of one file among several, in JSON."""

from homeregistry.errors import RegistryError
from homeregistry.i18n import sentence
from homeregistry.words.times import time_words

_MOMENT = "at"
"""The parameter that is a moment: raised in UTC as it is stored, read by the clock on the wall."""


def error_words(error: RegistryError) -> str:
    """The error's sentence with its places filled."""
    params = dict(error.params)
    if _MOMENT in params:
        params[_MOMENT] = time_words(str(params[_MOMENT]))
    return sentence(error.message, params)
