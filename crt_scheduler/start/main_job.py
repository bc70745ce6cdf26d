"""The main job without a window: sample city, records, imports, solve and publish, into out/."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from crt_scheduler.start.in_place import venv_python

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crt_scheduler.start.machine import Machine


class Step(NamedTuple):
    """One command of the app: what to tell the person, its words, and the files that make it unneeded."""

    sentence: str
    words: str
    unless: tuple[str, ...] = ()


FILES = ("people", "availability", "incidents", "roster", "calls", "answers", "hours")
SAMPLE = tuple(f"out/sample/{name}.csv" for name in FILES)
STEPS = (
    Step("Making up a sample city in out/sample.", "sample out/sample --month {month}", unless=SAMPLE),
    Step("Opening the team's records in out/team.db.", "--database out/team.db init --programme crt", ("out/team.db",)),
    Step("Reading the people.", "--database out/team.db import people out/sample/people.csv"),
    Step("Reading when they can come.", "--database out/team.db import availability out/sample/availability.csv"),
    Step("Reading last year's incidents.", "--database out/team.db import incidents out/sample/incidents.csv"),
    Step("Reading last year's roster.", "--database out/team.db import roster out/sample/roster.csv"),
    Step("Reading last year's calls.", "--database out/team.db import calls out/sample/calls.csv"),
    Step("Reading who answered them.", "--database out/team.db import answers out/sample/answers.csv"),
    Step("Reading last year's hours.", "--database out/team.db import hours out/sample/hours.csv"),
    Step("Solving the roster of {month}, about 20 seconds.", "--database out/team.db solve {month} --seconds 20"),
    Step("Publishing the calendars.", "--database out/team.db publish {month} --out out"),
)


def next_month(today: date) -> str:
    """The month after today's, as YYYY-MM."""
    return f"{today.replace(day=1) + timedelta(days=32):%Y-%m}"


def do_steps(root: Path, steps: Sequence[Step], month: str, machine: Machine) -> int:
    """Run the app's commands one after the other; the exit code of the first that fails, or 0."""
    app = [str(venv_python(root / ".venv")), "-P", "-m", "crt_scheduler"]
    for step in steps:
        if step.unless and all((root / name).exists() for name in step.unless):
            continue
        machine.say(step.sentence.format(month=month))
        words = step.words.format(month=month)
        code = machine.run([*app, *words.split()])
        if code:
            machine.say(f"This step ended with exit code {code}, so the rest was not done: crt-scheduler {words}")
            return code
    return 0


def summary(root: Path, month: str) -> list[str]:
    """Where the roster, the calendars and the records now lie."""
    out = root / "out"
    files = sorted(f"out/{path.name}" for path in out.glob(f"*{month}*") if path.is_file())
    places = (
        (f"{len(list(out.glob('calendars/*.ics')))} calendars, one per responder", "out/calendars"),
        (f"{len(list(out.glob(f'roster/*{month}*.ics')))} calendars of whole areas", "out/roster"),
        *((f"{Path(name).suffix[1:].upper()} of the roster", name) for name in files),
        ("the team's records", "out/team.db"),
        ("the sample city's files", "out/sample"),
    )
    program = (venv_python(root / ".venv").parent / "crt-scheduler").relative_to(root)
    head = f"The roster of {month} is published:"
    return [head, *(f"  {what:<36} {where}" for what, where in places), f"The command line: {program} --help"]


def do_main_job(root: Path, today: date, machine: Machine) -> int:
    """Do the main job on the sample city into out/ and say where everything is."""
    month = next_month(today)
    code = do_steps(root, STEPS, month, machine)
    for line in summary(root, month) if code == 0 else ():
        machine.say(line)
    return code
