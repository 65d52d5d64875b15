"""The language people read: English message ids, a gettext catalog for Simplified Chinese.

Only what is shown is translated (`cli`, `exports`); codes, JSON keys and stored text never are. The language
is a context variable, set once per command.
"""

import gettext
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from os.path import dirname, join
from typing import Final

LANGUAGES: Final = ("zh", "en")
_language: ContextVar[str] = ContextVar("language", default="en")


def default_language() -> str:
    """`zh` where the environment or the system speaks Chinese, else `en`."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name)
        if value:
            return "zh" if value.lower().startswith("zh") else "en"
    import locale

    system = locale.getlocale()[0] or ""
    return "zh" if system.lower().startswith(("zh", "chinese")) else "en"


def use_language(language: str) -> None:
    """Speak this language (`zh` or `en`) from here on."""
    _language.set(language)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak this language inside the block, whatever is spoken around it."""
    token = _language.set(language)
    try:
        yield
    finally:
        _language.reset(token)


def language() -> str:
    """The language spoken now."""
    return _language.get()


@cache
def _catalog(code: str) -> gettext.NullTranslations:
    # Beside this file, as every install puts it (see `packaged` for why not importlib.resources).
    folder = join(dirname(__file__), "locale")
    return gettext.translation("homeregistry", folder, languages=[code], fallback=True)


def translate(message: str) -> str:
    """The message in the language spoken now; an unknown message stays as it is."""
    if not message or _language.get() == "en":
        return message
    return _catalog(_language.get()).gettext(message)


_ = translate


SPOKEN: Final = frozenset({"what", "reason", "cause", "save_as", "type"})
"""Parameters of messages whose value may be a message itself (“an .rtf document”, a reason code)."""


ASIDES: Final = {"near": " (perhaps {near}?)", "then": " ({then})"}
"""Parameters that may be empty; where they are not, they bring their own brackets."""


def sentence(message: str, params: Mapping[str, object]) -> str:
    """A translated message with its placeholders filled; a missing one shows as an empty place."""
    return translate(message).format_map(
        _Blanks({name: "" if v is None else _spoken(name, v) for name, v in params.items()})
    )


def _spoken(name: str, value: object) -> object:
    if name in ASIDES and value:
        return translate(ASIDES[name]).format_map({name: value})
    return translate(value) if name in SPOKEN and isinstance(value, str) else value


class _Blanks(dict[str, object]):
    def __missing__(self, name: str) -> str:
        return ""
