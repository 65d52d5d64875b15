"""The root command and its topics; a topic's module is imported when one of its commands runs."""

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

import click

from homeregistry import __version__
from homeregistry.cli.wording import TranslatedGroup, speak
from homeregistry.i18n import LANGUAGES, default_language, translate

if TYPE_CHECKING:
    from homeregistry.cli.series import Finished

COMMANDS: Final[dict[str, tuple[str, str, str]]] = {
    "init": ("database", "init", "Create or upgrade the database, load regions and kinds."),
    "status": ("database", "status", "Where the database is, its schema, counts, last batch."),
    "import": ("importing", "import_command", "Import award lists; see first with --dry-run."),
    "report": ("report", "report", "Declared figures from reports and tables of counts."),
    "batch": ("batch", "batch", "What came in; take one batch back whole."),
    "review": ("review", "review", "Rows and possible duplicates that wait for a person."),
    "count": ("count", "count", "Count recognitions by district, year, kind, tier and more."),
    "list": ("records", "list_command", "The recognitions behind a number."),
    "show": ("records", "show", "One recipient's whole history with its sources."),
    "find": ("records", "find", "Search in names; two characters suffice."),
    "reconcile": ("reconcile", "reconcile", "Declared against recorded, declared against declared."),
    "event": ("event", "event", "Dated events: revoke, restore, recheck, rename, merge, close."),
    "correct": ("correct", "correct", "Correct one recognition, with a reason."),
    "recipient": ("correct", "recipient", "Merge two recipients, or split one, with a reason."),
    "export": ("export", "export", "Tallies and records for auditors, reproducible to the byte."),
    "verify-export": ("export", "verify_export", "Check an export against itself and the registry."),
    "template": ("template", "template", "A blank import workbook with drop-downs and help."),
    "region": ("region", "region", "The gazetteer of regions over time."),
    "verify": ("verify", "verify", "Prove that nothing was altered."),
    "year": ("year", "year", "Close, reopen and list closed years."),
    "backup": ("backup", "backup", "Write a consistent backup of the registry."),
    "restore": ("backup", "restore", "Bring a backup back."),
    "db": ("database", "db", "Upgrade and check the database schema."),
}
"""Command name to (module of `cli`, attribute, one line of help)."""


_FIRST_STEPS: Final = (
    ("homeregistry import --dry-run LIST.xlsx", "See what a list would come to; nothing is written."),
    ("homeregistry import LIST.xlsx", "Record it; the registry is made where there is none."),
    ("homeregistry count --by county,year", "Count what is recorded."),
)
_EXITS: Final = (
    ("0", "Done."),
    ("1", "Refused; nothing was written."),
    ("2", "Wrong usage."),
    ("3", "Done, and something waits for a person."),
)
_ENVIRONMENT: Final = (
    ("HOMEREGISTRY_DB", "As --db."),
    ("HOMEREGISTRY_LANG", "As --lang: zh or en."),
    ("HOMEREGISTRY_ACTOR", "As --as."),
)


class State:
    """What the root options say, for every command, and which files a command has finished with.

    No dataclass: loading those would take longer than a look-up.
    """

    __slots__ = ("actor", "db", "finished", "lang")

    def __init__(self, db: str | None = None, lang: str = "en", actor: str | None = None) -> None:
        self.db, self.lang, self.actor = db, lang, actor
        self.finished: list[Finished] = []


class LazyGroup(TranslatedGroup):
    """A group whose commands are named in a table and imported only when called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, attribute, _help = COMMANDS[cmd_name]
        command: Any = getattr(import_module(f"homeregistry.cli.{module}"), attribute)
        return command if isinstance(command, click.Command) else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The table's own lines: help for everything without importing everything."""
        with formatter.section(translate("Commands")):
            formatter.write_dl([(name, translate(line)) for name, (_m, _a, line) in COMMANDS.items()])

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """How to begin, what exit codes mean, and what the environment may say."""
        with formatter.section(translate("To begin")):
            formatter.write_dl([(command, translate(line)) for command, line in _FIRST_STEPS])
        with formatter.section(translate("Exit codes")):
            formatter.write_dl([(code, translate(line)) for code, line in _EXITS])
        with formatter.section(translate("Environment")):
            formatter.write_dl([(name, translate(line)) for name, line in _ENVIRONMENT])


def _language(ctx: click.Context, _parameter: click.Parameter, value: str | None) -> str:
    chosen = value or default_language()
    speak(chosen)
    return chosen


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    help="The registry of recognised workers' homes, small homes and outstanding union workers.",
)
@click.option(
    "--lang", type=click.Choice(LANGUAGES), envvar="HOMEREGISTRY_LANG", callback=_language, is_eager=True,
    expose_value=True, help="Language people read; the system's by default.",
)  # fmt: skip
@click.option(
    "--db", envvar="HOMEREGISTRY_DB", metavar="PATH|URL", help="A SQLite file or postgresql:// URL."
)
@click.option(
    "--as", "actor", envvar="HOMEREGISTRY_ACTOR", metavar="NAME", help="Who acts; the system user by default."
)
@click.version_option(
    __version__, prog_name="homeregistry", message="%(prog)s %(version)s", help="Show the version and exit."
)
@click.pass_context
def root(ctx: click.Context, lang: str, db: str | None, actor: str | None) -> None:
    """Set up what every command shares."""
    state = ctx.ensure_object(State)
    state.db, state.lang, state.actor = db, lang, actor
