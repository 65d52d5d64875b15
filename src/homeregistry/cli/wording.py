"""Click commands whose help is translated when it is shown, not when it is declared.

Our own words come from our catalog. Click's ("Usage:", "No such option") come from a catalog of its own
beside ours: Click looks them up with gettext in the default domain of the process.
"""

import copy
import gettext
import os
import re
from collections.abc import Callable, Sequence
from os.path import dirname, join
from typing import Any

import click

from homeregistry.cli.help_layout import WideHelp
from homeregistry.i18n import LANGUAGES, default_language, translate, use_language

_LOCALE = join(dirname(dirname(__file__)), "locale")


def speak(language: str) -> None:
    """Speak this language from here on, Click included."""
    use_language(language)
    os.environ["LANGUAGE"] = language  # where gettext looks first, on every system
    gettext.bindtextdomain("click", _LOCALE)
    gettext.textdomain("click")
    # Click puts these names into its translated sentences as they are.
    click.types.IntParamType.name = translate("integer")
    click.IntRange.name = translate("integer range")


def language_of(arguments: Sequence[str]) -> str:
    """The language a command line asks for, before Click has read it: a mistake in it is told in it."""
    asked = os.environ.get("HOMEREGISTRY_LANG", "")
    words = iter(arguments)
    for word in words:
        if word == "--lang":
            asked = next(words, "")
        elif word.startswith("--lang="):
            asked = word.removeprefix("--lang=")
        elif word in ("--db", "--as"):
            next(words, "")
        elif not word.startswith("-"):
            break
    return asked if asked in LANGUAGES else default_language()


def _spoken_parameter(parameter: click.Parameter, ctx: click.Context) -> click.Parameter:
    spoken = copy.copy(parameter)
    if isinstance(spoken, click.Option):
        spoken.help = translate(spoken.help or "")
        if not isinstance(spoken.type, click.Choice):
            spoken.metavar = translate(parameter.make_metavar(ctx))
    return spoken


def spoken_usage(piece: str) -> str:
    """A piece of a usage line (`[OPTIONS]`, `FILES...`): the words in it are translated, the marks stay."""
    return re.sub("[A-Z]+(_[A-Z]+)*", lambda word: translate(word[0]), piece)


class WideContext(click.Context):
    """A context whose pages are set by terminal columns."""

    formatter_class = WideHelp


class TranslatedCommand(click.Command):
    """A command whose help speaks the language of the call."""

    context_class = WideContext

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Format a copy with its texts translated; the command itself keeps its message ids."""
        spoken = copy.copy(self)
        spoken.help = translate(self.help or "")
        spoken.params = [_spoken_parameter(parameter, ctx) for parameter in self.params]
        spoken._help_option = None  # Click keeps the first one made, in the language of that moment
        super(TranslatedCommand, spoken).format_help(ctx, formatter)

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """What a command takes, in the language spoken."""
        return [spoken_usage(piece) for piece in super().collect_usage_pieces(ctx)]


class TranslatedGroup(TranslatedCommand, click.Group):
    """A group whose help, and whose commands' help, speaks the language of the call."""

    command_class = TranslatedCommand

    def command(  # type: ignore[override]
        self, *args: Any, **kwargs: Any
    ) -> Callable[[Callable[..., Any]], click.Command]:
        """A decorator that makes a translated command of this group."""
        kwargs.setdefault("cls", TranslatedCommand)
        made: Callable[[Callable[..., Any]], click.Command] = super().command(*args, **kwargs)
        return made

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """One line per command: the first of its help."""
        rows = []
        for name in self.list_commands(ctx):
            command = self.get_command(ctx, name)
            if command is not None and not command.hidden:
                rows.append((name, translate(command.help or "").split("\n")[0]))
        if rows:
            with formatter.section(translate("Commands")):
                formatter.write_dl(rows)
