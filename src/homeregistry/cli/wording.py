"""Click commands whose help is translated when it is shown, not when it is declared."""

from collections.abc import Callable
from typing import Any

import click

from homeregistry.i18n import translate


def _translate_parameters(command: click.Command) -> None:
    for parameter in command.params:
        if isinstance(parameter, click.Option) and parameter.help:
            parameter.help = translate(parameter.help)


class TranslatedCommand(click.Command):
    """A command whose help speaks the language of the call."""

    def get_help(self, ctx: click.Context) -> str:
        self.help = translate(self.help or "")
        _translate_parameters(self)
        return super().get_help(ctx)


class TranslatedGroup(click.Group):
    """A group whose help, and whose commands' help, speaks the language of the call."""

    command_class = TranslatedCommand

    def get_help(self, ctx: click.Context) -> str:
        self.help = translate(self.help or "")
        _translate_parameters(self)
        return super().get_help(ctx)

    def command(  # type: ignore[override]
        self, *args: Any, **kwargs: Any
    ) -> Callable[[Callable[..., Any]], click.Command]:
        """A decorator that makes a translated command of this group."""
        kwargs.setdefault("cls", TranslatedCommand)
        made: Callable[[Callable[..., Any]], click.Command] = super().command(*args, **kwargs)
        return made

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        rows = []
        for name in self.list_commands(ctx):
            command = self.get_command(ctx, name)
            if command is not None and not command.hidden:
                rows.append((name, translate(command.help or "").split("\n")[0]))
        if rows:
            with formatter.section(translate("Commands")):
                formatter.write_dl(rows)
