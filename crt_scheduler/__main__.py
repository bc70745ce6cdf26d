"""The front door: words for the command line; without words, the window."""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from solver.wording import tr

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

OPTIONS = ("--database", "--now", "--who", "--language")
"""What may stand before a command, and may stand alone: the window then opens on it."""
SELDOM = (500_000, 20, 20)
"""How often a command looks for unused cycles: it ends before they matter, and by Python's own measure a fifth of the
time that ten years of records take goes into looking."""


class Wanted(NamedTuple):
    """What the window is to open on; empty words leave the choice to the window."""

    database: str = ""
    now: str = ""
    who: str = ""
    language: str = ""


def main() -> None:
    """Run the command line or the window and exit with its code (0 done, 1 the answer is no, 2 bad input).

    Whatever it makes, SQLite's files too, is for its owner only: it may hold names and phones.
    """
    os.umask(0o077)
    if sys.argv[1:2] == ["solver"]:
        import multiprocessing

        from solver.__main__ import main as solve

        multiprocessing.freeze_support()
        sys.argv = [sys.argv[0], *sys.argv[2:]]
        sys.exit(solve())
    wanted = for_window(sys.argv[1:])
    if wanted is not None:
        sys.exit(open_window(wanted))
    gc.set_threshold(*SELDOM)
    from crt_scheduler.cli import run

    code = run(sys.argv[1:])
    sys.stdout.flush()
    gc.freeze()  # else Python looks through all that was loaded for cycles as it ends: a fifth of what a command takes
    sys.exit(code)


def for_window(words: list[str]) -> Wanted | None:
    """Return what the window is to open on, or None where the words hold a command or ask for help."""
    found, rest = Wanted(), list(words)
    while rest:
        name, sign, value = rest.pop(0).partition("=")
        if name not in OPTIONS or not (sign or rest):
            return None
        found = found._replace(**{name.removeprefix("--"): value if sign else rest.pop(0)})
    return found


def open_window(wanted: Wanted) -> int:
    """Open the window and return its exit code; where it cannot open, say what to do and return 2."""
    from crt_scheduler.database_path import local_path
    from crt_scheduler.errors import CrtError
    from crt_scheduler.start.machine import this_machine
    from crt_scheduler.start.qt import can_load, why_no_window

    surroundings = dict(os.environ)
    if sys.platform == "linux":  # Qt would end the program with the same words for a display and for a library
        why = why_no_window(can_load, surroundings, this_machine(Path.cwd(), surroundings))
        if why:
            return _refuse(why)
    # OpenBLAS otherwise keeps a buffer for every core, which a window that multiplies nothing large never uses
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    try:
        from ui.app import run

        database = wanted.database or surroundings.get("CRT_SCHEDULER_DATABASE", "")
        path = local_path(database) if database else None
        return run(sys.argv[:1], database=path, clock=_clock(wanted.now), who=wanted.who, language=wanted.language)
    except CrtError as fault:
        return _refuse(str(fault))
    except ImportError as fault:
        if (fault.name or "").partition(".")[0] not in ("PySide6", "shiboken6"):
            raise
        return _refuse(
            tr("The window's library cannot be loaded ({fault}). Set it up again with: make run", fault=fault)
        )


def _clock(words: str) -> Callable[[], dt.datetime] | None:
    """Return a clock that stands still, or None for the clock on the wall."""
    if not words:
        return None
    from crt_scheduler.times import moment

    at = moment(words)
    return lambda: at


def _refuse(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 2


if __name__ == "__main__":
    try:
        main()
    except BrokenPipeError:  # the reader of our output, such as `head`, has gone
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
