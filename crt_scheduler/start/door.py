"""The front step: one of its doors, from whatever state the machine is in."""

from __future__ import annotations

import os
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from crt_scheduler.start.audit import audit
from crt_scheduler.start.doors import DOORS, RUN_LOCK, told
from crt_scheduler.start.in_place import venv_python
from crt_scheduler.start.leftovers import clean
from crt_scheduler.start.machine import Trouble, this_machine
from crt_scheduler.start.main_job import do_main_job
from crt_scheduler.start.qt import can_load, has_display, missing_for_qt, see_to_qt
from crt_scheduler.start.venv import OLDEST, get_ready

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from crt_scheduler.start.doors import Door
    from crt_scheduler.start.machine import Machine

ROOT = Path(__file__).resolve().parent.parent.parent
USAGE = f"Type: python3 -m crt_scheduler.start run, or another of these for run:\n{told()}"


def too_old(version: tuple[int, ...]) -> str:
    """The sentence for a Python below 3.11, or nothing."""
    if version[:2] >= OLDEST:
        return ""
    have = ".".join(str(part) for part in version[:3])
    return f"CRT Scheduler needs Python 3.11 or newer, and this is {have}: install a newer one and start again with it."


def step_commands(door: Door, root: Path, words: Sequence[str]) -> list[list[str]]:
    """What a door runs in .venv; words of one's own go to the last of it, and take the place of every test."""
    steps = [step.split() for step in door.steps]
    if words:
        steps[-1] = [steps[-1][0], *words]
    return [[str(venv_python(root / ".venv")), "-m", *step] for step in steps]


def start(
    words: Sequence[str], root: Path, machine: Machine, *, missing: tuple[str, ...], display: bool, today: date
) -> int:
    """One of the doors, from whatever state the machine is in; the exit code of what ran."""
    door = DOORS.get(words[0]) if words else None
    if door is None or (len(words) > 1 and not door.takes_words):
        raise Trouble(USAGE)
    if not door.lock:
        machine.say(USAGE if words[0] == "help" else clean(root))
        return 0
    get_ready(root, door.lock, machine)
    if words[0] == "audit":
        return audit(root, RUN_LOCK, machine)
    is_run = words[0] == "run"
    sentence = see_to_qt(missing, machine) if door.draws or (is_run and display) else ""
    if is_run:
        return run(root, machine, sentence=sentence, display=display, today=today)
    if sentence:
        raise Trouble(f"{sentence} (make {words[0]} needs them too)")
    return run_steps(step_commands(door, root, words[1:]), machine)


def run_steps(commands: Sequence[Sequence[str]], machine: Machine) -> int:
    """Run commands one after the other; the exit code of the first that fails, or 0."""
    for command in commands:
        code = machine.run(command)
        if code:
            return code
    return 0


def run(root: Path, machine: Machine, *, sentence: str, display: bool, today: date) -> int:
    """Open the window on the person's own records; where there can be none, do the main job without it."""
    if display and not sentence:
        return machine.run([str(venv_python(root / ".venv")), "-P", "-m", "crt_scheduler"])
    machine.say(sentence or "There is no display here for the window.")
    machine.say("So the main job is done without it, on a sample city, into out/.")
    return do_main_job(root, today, machine)


def surroundings(words: Sequence[str], given: Mapping[str, str]) -> dict[str, str]:
    """The environment of what a door starts; what draws for nobody draws on no screen, and keeps what Python compiled.

    Tests start a hundred programs, each of which would otherwise be compiled anew, and so would every test be.
    """
    if not (words and words[0] in DOORS and DOORS[words[0]].draws):
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
