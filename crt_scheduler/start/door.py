"""The front step: run, test, licences or audit, from whatever state the machine is in."""

from __future__ import annotations

import os
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from crt_scheduler.start.audit import audit
from crt_scheduler.start.in_place import venv_python
from crt_scheduler.start.job import do_main_job
from crt_scheduler.start.machine import Trouble, this_machine
from crt_scheduler.start.qt import can_load, has_display, missing_for_qt, see_to_qt
from crt_scheduler.start.venv import OLDEST, RUN_LOCK, TEST_LOCK, get_ready

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from crt_scheduler.start.machine import Machine

ROOT = Path(__file__).resolve().parent.parent.parent
DOORS = ("run", "test", "licences", "audit")
USAGE = (
    "Type: python3 -m crt_scheduler.start run, or: python3 -m crt_scheduler.start test [what pytest takes]; "
    "licences writes docs/licences.md, audit asks the network about known weak points of what is installed"
)


def too_old(version: tuple[int, ...]) -> str:
    """The sentence for a Python below 3.11, or nothing."""
    if version[:2] >= OLDEST:
        return ""
    have = ".".join(str(part) for part in version[:3])
    return f"CRT Scheduler needs Python 3.11 or newer, and this is {have}: install a newer one and start again with it."


def pytest_command(root: Path, words: Sequence[str]) -> list[str]:
    """Every test on as many processes as there are cores, none idle before the end; words of one's own: just those.

    Counting the lines that ran takes two thirds more time, so that is left to `make coverage`.
    """
    every = ["-n", "auto", "--dist", "worksteal"]
    return [str(venv_python(root / ".venv")), "-m", "pytest", *(words or every)]


def start(
    words: Sequence[str], root: Path, machine: Machine, *, missing: tuple[str, ...], display: bool, today: date
) -> int:
    """One of the doors, from whatever state the machine is in; the exit code of what ran."""
    if not words or words[0] not in DOORS or (words[0] != "test" and len(words) > 1):
        raise Trouble(USAGE)
    testing = words[0] == "test"
    get_ready(root, TEST_LOCK if testing else RUN_LOCK, machine)
    if words[0] == "licences":
        return machine.run([str(venv_python(root / ".venv")), "-m", "crt_scheduler.start.licences"])
    if words[0] == "audit":
        return audit(root, RUN_LOCK, machine)
    sentence = see_to_qt(missing, machine) if testing or display else ""
    if testing:
        if sentence:
            raise Trouble(f"{sentence} (the tests need them too)")
        return machine.run(pytest_command(root, words[1:]))
    return run(root, machine, sentence=sentence, display=display, today=today)


def run(root: Path, machine: Machine, *, sentence: str, display: bool, today: date) -> int:
    """Open the window on the person's own records; where there can be none, do the main job without it."""
    if display and not sentence:
        return machine.run([str(venv_python(root / ".venv")), "-P", "-m", "crt_scheduler"])
    machine.say(sentence or "There is no display here for the window.")
    machine.say("So the main job is done without it, on a sample city, into out/.")
    return do_main_job(root, today, machine)


def surroundings(words: Sequence[str], given: Mapping[str, str]) -> dict[str, str]:
    """The environment of what a door starts; tests draw on no screen and keep what Python compiled.

    They start a hundred programs, each of which would otherwise be compiled anew, and so would every test be.
    """
    if "test" not in words[:1]:
        return {**given, "PYTHONUTF8": "1"}
    kept = {name: value for name, value in given.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONUTF8": "1", "QT_QPA_PLATFORM": "offscreen"}


def main(words: Sequence[str]) -> int:
    """The door itself: every trouble is a sentence on standard error and an exit code."""
    sentence = too_old(sys.version_info[:3])
    if sentence:
        print(sentence, file=sys.stderr)
        return 2
    environment = surroundings(words, os.environ)
    missing = missing_for_qt(can_load, environment) if sys.platform == "linux" else ()
    machine, display = this_machine(ROOT, environment), has_display(environment, sys.platform)
    try:
        return start(words, ROOT, machine, missing=missing, display=display, today=date.today())
    except Trouble as trouble:
        print(trouble, file=sys.stderr)
        return trouble.code
    except BrokenPipeError:  # whoever read along has left
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return 1
    except OSError as error:
        print(f"The start cannot go on: {error}. See that you may read and write in {ROOT}.", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        return 130
