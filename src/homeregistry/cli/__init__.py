"""The command line: `main` runs one command and is the one place where exceptions become exit codes.

Commands are thin and load what they need when they run; this module imports only Click.
"""

import gc
import os
import sys
from collections.abc import Mapping, Sequence
from itertools import pairwise
from types import MappingProxyType
from typing import Final

import click

from homeregistry.cli.root import State, root
from homeregistry.cli.wording import language_of, speak, spoken_usage
from homeregistry.errors import EXIT_REFUSED, EXIT_USAGE, RegistryError
from homeregistry.i18n import sentence
from homeregistry.i18n import translate as _

_COLLECT_EVERY: Final = 100_000
"""New objects between two collections of garbage; Python's own 700 suit programs that load less."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command and exit: 0 done, 1 refused, 2 wrong usage, 3 done and something waits."""
    argv = list(sys.argv[1:] if arguments is None else arguments)
    # What a command loads stays: looking through it for rubbish again and again takes a twelfth of `count`.
    gc.set_threshold(_COLLECT_EVERY, 20, 50)
    sys.exit(run(argv))


def run(argv: list[str]) -> int:
    """Run one command line; returns its exit code."""
    speak(language_of(argv))
    state = State()
    try:
        code = root.main(args=argv, prog_name="homeregistry", standalone_mode=False, obj=state)
        return code if isinstance(code, int) else 0
    except RegistryError as error:
        from homeregistry.words.errors import error_words

        return _refuse(argv, error.code, error_words(error), error.exit_code)
    except click.exceptions.Exit as error:
        return error.exit_code
    except click.UsageError as error:
        if error.ctx is not None and not isinstance(error, click.exceptions.NoArgsIsHelpError):
            click.echo(error.ctx.get_usage(), err=True)
        if isinstance(error, click.BadParameter) and isinstance(error.param, click.Argument):
            error.param_hint = spoken_usage(error.param.get_error_hint(error.ctx))
        return _refuse(argv, "usage", error.format_message(), EXIT_USAGE)
    except click.ClickException as error:
        return _refuse(argv, "usage", error.format_message(), error.exit_code)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except (click.Abort, KeyboardInterrupt):
        return _stop(argv, state, "aborted", "Stopped; {outcome}.")
    except MemoryError:
        return _stop(argv, state, "out_of_memory", "There is not enough memory for this; {outcome}.")
    except OSError as error:
        cause, where = error.strerror or str(error), error.filename or "-"
        said = "The system refused: {cause} ({where}); {outcome}."
        return _stop(argv, state, "system_error", said, cause=cause, where=where)
    except Exception as error:
        if os.environ.get("HOMEREGISTRY_DEBUG"):
            raise
        said = (
            "A defect of the program stopped the command ({cause}); {outcome}. "
            "Set HOMEREGISTRY_DEBUG=1 to see where, and report it."
        )
        return _stop(argv, state, "internal_error", said, cause=type(error).__name__)


def _stop(argv: Sequence[str], state: State, code: str, message: str, **params: object) -> int:
    """What stopped a command in the middle; files finished before that are told beside the error."""
    written = any(result.outcome == "committed" for result in state.finished)
    outcome = _("nothing more was written") if written else _("nothing was written")
    files = [result.to_json() for result in state.finished]
    said = sentence(message, {**params, "outcome": outcome})
    return _refuse(argv, code, said, EXIT_REFUSED, {"files": files} if files else {})


def _refuse(
    argv: Sequence[str],
    code: str,
    message: str,
    exit_code: int,
    beside: Mapping[str, object] = MappingProxyType({}),
) -> int:
    if _wants_json(argv):
        import json

        click.echo(json.dumps({**beside, "error": {"code": code, "message": message}}, ensure_ascii=False))
    click.echo(message, err=True)
    return exit_code


def _wants_json(argv: Sequence[str]) -> bool:
    return any(
        value == "--format=json" or (value == "--format" and following == "json")
        for value, following in pairwise([*argv, ""])
    )
