"""Availability from a file: weekly lines and dates, taken once, each fault named."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from crt_scheduler import imports
from crt_scheduler.store import Store
from crt_scheduler.tables import Availability
from tests.crt_scheduler import team_build
from tests.crt_scheduler.imports.test_imports_build import people, refused, table

HEADER = ("person", "from", "to", "weekdays", "start", "end", "grade", "note")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = team_build.team(tmp_path)
    people(opened, tmp_path, "V001", "V002")
    yield opened
    opened.close()


def test_weekly_lines_dates_and_nights_are_taken(store: Store, tmp_path: Path) -> None:
    path = table(
        tmp_path,
        HEADER,
        ("V001", "", "", "Mon;Tuesday", "18:00", "6:00 AM", "Cannot", ""),
        ("v002", "2027-01-03", "2027-01-09", "", "", "", "rather not", "Away"),
        ("V002", "2027-02-01", "forever", "", "", "", "wants", ""),
    )
    assert imports.run(store, "availability", path).new == 3
    with store.read() as session:
        weekly, dated, open_ended = session.scalars(select(Availability).order_by(Availability.id))
        session.expunge_all()
    assert (weekly.weekdays, weekly.start, weekly.end, weekly.first) == (0b11, dt.time(18), dt.time(6), None)
    assert (dated.first, dated.last, dated.grade) == (dt.date(2027, 1, 3), dt.date(2027, 1, 9), "rather_not")
    assert (dated.weekdays, dated.note, open_ended.last) == (127, "Away", None)


def test_a_second_import_adds_only_new_lines(store: Store, tmp_path: Path) -> None:
    line = ("V001", "", "", "Mon", "", "", "cannot", "")
    assert imports.run(store, "availability", table(tmp_path, HEADER, line, line)).new == 1
    before, acts = team_build.everything(store), store.revision()
    assert imports.run(store, "availability", table(tmp_path, HEADER, line)).unchanged == 1
    assert (team_build.everything(store), store.revision()) == (before, acts)
    more = table(tmp_path, HEADER, line, ("V001", "", "", "Tue", "", "", "cannot", ""))
    assert imports.run(store, "availability", more).new == 1
    store.undo()
    assert team_build.everything(store) == before


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        (("V009", "", "", "", "", "", "cannot", ""), "person", "import people first"),
        (("V001", "2027-01-09", "2027-01-03", "", "", "", "cannot", ""), "to", "before the from date"),
        (("V001", "2027-13-09", "", "", "", "", "cannot", ""), "from", "calendar"),
        (("V001", "", "", "Funday", "", "", "cannot", ""), "weekdays", "not a weekday"),
        (("V001", "", "", "", "18:00", "", "cannot", ""), "end", "both start and end"),
        (("V001", "", "", "", "", "18:00", "cannot", ""), "start", "both start and end"),
        (("V001", "", "", "", "late", "06:00", "cannot", ""), "start", "not a time"),
        (("V001", "", "", "", "", "", "perhaps so", ""), "grade", "cannot, rather_not, prefers, wants"),
        (("V001", "", "", "", "", "", "", ""), "grade", "cannot, rather_not, prefers, wants"),
    ],
)
def test_a_fault_is_named(store: Store, tmp_path: Path, row: tuple[str, ...], column: str, reason: str) -> None:
    path = table(tmp_path, HEADER, row)
    found = imports.run(store, "availability", path, dry_run=True).bad
    assert [(fault.line, fault.column) for fault in found] == [(2, column)]
    assert reason in found[0].reason
    refused(store, "availability", path)
