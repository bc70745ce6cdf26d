"""Builders for the publishing tests: a small team with a roster, and what a folder of calendars says."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar
from sqlalchemy.orm import Session

from crt_scheduler import roster
from crt_scheduler.publish.publishing import Published, publish
from crt_scheduler.store import Store
from crt_scheduler.tables import Assignment
from tests.crt_scheduler.team_build import NOW, responder, team
from tests.made import copied
from tests.opened import open_store

LINT = Path(__file__).parents[3].parent / "shared" / "tools" / "icslint.py"
PEOPLE = (
    ("V1", "Ana Ruiz", "lead"),
    ("V2", "Ben Kowalski", "responder"),
    ("V3", "Carla Nguyen", "lead"),
    ("V4", "김민준", "responder"),
)
NINTH, TENTH, SIXTEENTH = "2027-01-09/night/Valley", "2027-01-10/night/Valley", "2027-01-16/night/Valley"
JANUARY = ((NINTH, "V1", "lead"), (NINTH, "V2", "responder"), (SIXTEENTH, "V3", "lead"), (SIXTEENTH, "V4", "responder"))


@contextmanager
def valley(folder: Path, *seats: tuple[str, str, str]) -> Iterator[Store]:
    """Yield a team of four in Valley with seats (shift, person, role) drafted, January's two nights by default."""
    store = open_store(copied(folder / "team.db", _valley, seats or JANUARY), who="coordinator", now=NOW)
    try:
        yield store
    finally:
        store.close()


def _valley(folder: Path, seats: tuple[tuple[str, str, str], ...]) -> Store:
    store = team(folder)
    with store.change("Add people") as session:
        for code, name, role in PEOPLE:
            responder(session, code, name=name, role=role, phone="+12135550177")
    with store.change("Solve January 2027") as session:
        for shift, code, role in seats:
            put(session, shift, code, role)
    return store


def put(session: Session, shift: str, code: str, role: str = "responder", tier: str = "") -> Assignment:
    """Put a person on a shift as a draft, whatever else is on the roster."""
    row = roster.shift_of(session, roster.shift_name(shift))
    person = roster.person(session, code)
    made = Assignment(shift_id=row.id, responder_id=person.id, role=role, tier=tier, state="draft", locked=False)
    session.add(made)
    session.flush()
    return made


def number(session: Session, shift: str, code: str) -> int:
    """Return the number of one person's assignment on a shift."""
    return roster.find(session, roster.shift_name(shift), code).id


def drop(store: Store, shift: str, code: str) -> None:
    """Take a person off a shift, as one act."""
    with store.change(f"Take {code} off {shift}") as session:
        roster.unassign(session, roster.shift_name(shift), code)


def move(store: Store, shift: str, code: str, target: str) -> None:
    """Move a person to another shift, as one act."""
    with store.change(f"Move {code} to {target}") as session:
        roster.move(session, number(session, shift, code), roster.shift_name(target))


def later(store: Store, **span: float) -> None:
    """Let time pass for the store."""
    store.now += dt.timedelta(**span)


def send(store: Store, month: str = "2027-01", **asked: bool) -> Published:
    """Publish a month into the folder `out` beside the database, an hour after the last act."""
    later(store, hours=1)
    return publish(store, month, out_of(store), **asked)


def out_of(store: Store) -> Path:
    """Return the folder that the team publishes into."""
    return store.path.parent / "out"


def events(store: Store, code: str) -> dict[str, Any]:
    """Return the events of a person's calendar by day of start in UTC, such as 01-10."""
    found = Calendar.from_ical((out_of(store) / "calendars" / f"{code}.ics").read_bytes()).walk("VEVENT")
    return {f"{event['DTSTART'].dt:%m-%d}": event for event in found}


def pack(store: Store, version: int, month: str = "2027-01") -> dict[str, str]:
    """Return the delta packs of a published version by file name."""
    folder = out_of(store) / "changes" / f"{month}-v{version}"
    return {name: content.decode() for name, content in contents(folder).items()}


def contents(folder: Path) -> dict[str, bytes]:
    """Return every file of a folder by path."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def lint(*files: Path) -> str:
    """Return what the team's calendar checker finds in files; skips where the checker is not at hand."""
    return lint_pairs([(file, None) for file in files])


def lint_against(store: Store, before: Path) -> str:
    """Return what the checker finds in the folder of calendars against an older copy of it."""
    old = [path for place in ("calendars", "roster") for path in (before / place).glob("*.ics")]
    return lint_pairs([(out_of(store) / path.relative_to(before), path) for path in old])


def lint_pairs(pairs: list[tuple[Path, Path | None]]) -> str:
    """Return what the checker finds in new files, each against an older one; one process reads them all."""
    if not LINT.exists():
        pytest.skip("The calendar checker is not beside this project.")
    code = (
        "import json, runpy, sys\n"
        "lint = runpy.run_path(sys.argv[1])['lint']\n"
        "for new, old in json.loads(sys.argv[2]):\n"
        "    for rule, words in lint(new, old):\n"
        "        print(new, rule, words)\n"
    )
    asked = json.dumps([[str(new), str(old) if old else None] for new, old in pairs])
    return subprocess.run(
        [sys.executable, "-c", code, str(LINT), asked], stdout=subprocess.PIPE, text=True, check=True
    ).stdout
