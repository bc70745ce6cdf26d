"""The command line: every act and question of the app, with the same functions as the window."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Sequence
from functools import cache
from typing import Annotated

import typer
from typer.exceptions import TyperException

from crt_scheduler import times
from crt_scheduler.cli.as_typed import take_as_typed
from crt_scheduler.cli.command_desk import desk, print_json
from crt_scheduler.cli.help_words import say_help
from crt_scheduler.cli.rooms import ROOMS, rooms_for
from crt_scheduler.errors import CrtError
from crt_scheduler.language import VARIABLE, speak
from crt_scheduler.safety import log_fault
from crt_scheduler.version import version
from solver.wording import ENGLISH, tr


def spoken(language: str) -> str:
    """Speak the language that is asked for, before anything is said: help, too."""
    speak(language)
    return language


def say_version(context: typer.Context, asked: bool) -> None:
    """Say which release this is, where that is asked, and end."""
    if not asked:
        return
    if context.params.get("json"):
        print_json({"version": version()})
    else:
        print(tr("CRT Scheduler {version}", version=version()))
    raise typer.Exit


def start(
    context: typer.Context,
    database: Annotated[str | None, typer.Option(help="The database: a file or an SQLite URL.")] = None,
    now: Annotated[str | None, typer.Option(help="The clock, such as 2026-12-15T09:00Z.", metavar="ISO")] = None,
    who: Annotated[str | None, typer.Option(help="Who signs the journal.", metavar="NAME")] = None,
    language: Annotated[
        str,
        typer.Option(
            help="Say every sentence in it: en, es.", metavar="CODE", envvar=VARIABLE, is_eager=True, callback=spoken
        ),
    ] = ENGLISH,
    json: Annotated[
        bool, typer.Option("--json", help="Answer in one line of JSON, last on standard output.", is_eager=True)
    ] = False,
    release: Annotated[
        bool, typer.Option("--version", help="Say which release this is.", is_eager=True, callback=say_version)
    ] = False,
) -> None:
    """Set up the desk that every command works at."""
    context.obj = desk(database, now, who, json=json)


def every_command(rooms: Sequence[str] = tuple(ROOMS)) -> typer.Typer:
    """Return the command line with the commands of all rooms, or of some.

    Importing every room takes longer than most commands do, so a command that is named comes with its own alone.
    """
    app = typer.Typer(
        name="crt-scheduler",
        help="On-call scheduler for the coordinator of a city Crisis Response Team.",
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
    )
    app.callback()(start)
    for room in rooms:
        importlib.import_module(f"crt_scheduler.cli.{room}_commands").add_to(app)
    return app


@cache
def _command(rooms: tuple[str, ...]) -> Callable[..., object]:
    """Return the commands of some rooms, built once: reading the parameters of all takes longer than most do."""
    command = typer.main.get_command(every_command(rooms))
    take_as_typed(command)
    say_help(command)
    return command


def run(words: list[str]) -> int:
    """Run one command and return its exit code: 0 done, 1 the answer is no, 2 bad input, 70 a fault of ours.

    --json may stand anywhere among the words; an error is then also {"error": sentence} on standard output.
    """
    json = "--json" in words
    asked = ["--json", *(word for word in words if word != "--json")] if json else words
    try:
        _refuse_lost_letters(words)
        code = _command(rooms_for(asked))(asked, prog_name="crt-scheduler", standalone_mode=False)
    except (CrtError, TyperException) as error:
        return _refused(error, json=json)
    except typer.Abort:
        print(tr("Stopped."), file=sys.stderr)
        return 130
    except BrokenPipeError:
        raise
    except OSError as fault:
        if fault.filename is None:
            return _fault(fault)
        return _refused(CrtError(_place_words(fault)), json=json)
    except Exception as fault:  # noqa: BLE001 - the safety net: logged, then said in a sentence
        return _fault(fault)
    return code if isinstance(code, int) else 0


def _refused(error: CrtError | TyperException, *, json: bool) -> int:
    """Say what is wrong, and return the code of bad input."""
    told = str(error) if isinstance(error, CrtError) else tr("{words} See: crt-scheduler --help", words=_words(error))
    sentence = told.encode(errors="backslashreplace").decode()  # a file's name may hold half a letter
    print(sentence, file=sys.stderr)
    if json:
        print_json({"error": sentence, **(error.beside() if isinstance(error, CrtError) else {})})
    return 2


def _place_words(fault: OSError) -> str:
    """Return what the machine says of a file or folder that somebody named, as a sentence."""
    name = times.shown(str(fault.filename), most=200)
    return tr(
        "{name}: {strerror}. Check the name and who may read or write there.",
        name=name,
        strerror=fault.strerror or "it cannot be used",
    )


def _fault(fault: Exception) -> int:
    """Log a fault of ours, say so, and return its code."""
    path = log_fault(fault)
    print(
        tr("Something went wrong that is not your doing. Nothing was half written. A log is at {path}", path=path),
        file=sys.stderr,
    )
    return 70


def _refuse_lost_letters(words: list[str]) -> None:
    """Refuse a word with bytes that are no letters: it could be neither kept nor printed."""
    for word in words:
        try:
            word.encode()
        except UnicodeEncodeError as fault:
            said = ascii(word)
            raise CrtError(
                tr("{said} holds bytes that are no letters. Type it anew, or rename the file.", said=said)
            ) from fault


def _words(error: TyperException) -> str:
    """Return what was wrong with the words of the command, as a sentence."""
    said = " ".join((error.format_message() or tr("The command is not complete")).split())
    return said if said.endswith((".", "!", "?")) else f"{said}."
