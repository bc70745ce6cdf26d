"""The kinds of records that files bring: the fields of each, which of them must be there, and how it is read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from crt_scheduler.errors import CrtError
from crt_scheduler.imports import (
    answers_file,
    availability_file,
    calls_file,
    hours_file,
    incidents_file,
    own_sheet,
    people_reader,
    roster_file,
)
from crt_scheduler.imports.change_plan import ImportPlan
from crt_scheduler.imports.roster_corrected import WHATS
from crt_scheduler.sheets import Sheet
from solver.wording import tr


@dataclass(frozen=True)
class Kind:
    """One kind: its name, what the history calls its records, its fields, and how a file of it is read and written.

    `needs` are the fields without which a file is none of this kind; `moments` those that hold a date and a time.
    """

    name: str
    whats: str
    fields: tuple[str, ...]
    needs: tuple[str, ...]
    read: Callable[..., ImportPlan[Any]]
    write: Callable[[Session, ImportPlan[Any]], None]
    moments: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()


ALL = (
    Kind(
        "people", "people", people_reader.FIELDS, ("id", "name"), people_reader.read, people_reader.write,
        dates=("joined", "status_until"),
    ),
    Kind(
        "availability", "availability", availability_file.FIELDS, ("person", "grade"), availability_file.read,
        availability_file.write, dates=("from", "to"),
    ),
    Kind(
        "incidents", "incidents", incidents_file.FIELDS, ("timestamp", "area"), incidents_file.read,
        incidents_file.write, moments=("timestamp",),
    ),
    Kind(
        "roster", WHATS, roster_file.FIELDS, ("date", "shift", "role", "person"), roster_file.read,
        roster_file.write, dates=("date",),
    ),
    Kind(
        "calls", "calls", calls_file.FIELDS, ("number", "timestamp", "area"), calls_file.read, calls_file.write,
        moments=("timestamp", "notified", "dispatched", "on_scene", "clear"),
    ),
    Kind(
        "answers", "answers to call-outs", answers_file.FIELDS, ("call", "person", "time", "answer"), answers_file.read,
        answers_file.write, moments=("time",),
    ),
    Kind(
        "hours", "hours", hours_file.FIELDS, ("person", "kind"), hours_file.read, hours_file.write,
        moments=("start", "end"),
    ),
)  # fmt: skip
SHEET = Kind("availability", "availability", own_sheet.FIELDS, own_sheet.NEEDED, own_sheet.read, own_sheet.write)
"""Our own availability sheets, which are read by their keys; they come in as availability."""
NAMES = tuple(kind.name for kind in ALL)


def of_sheet(kind: Kind, sheet: Sheet) -> Kind:
    """Return as what a table of a kind is read: our own sheets of availability by their keys."""
    return SHEET if kind.name == SHEET.name and own_sheet.is_own(sheet) else kind


def named(name: str) -> Kind:
    """Return the kind of a name; raises CrtError for one that is not there."""
    found = next((kind for kind in ALL if kind.name == name), None)
    if found is None:
        raise CrtError(tr("{name!r} cannot be imported. Choose one of: {names}.", name=name, names=", ".join(NAMES)))
    return found
