"""Past rosters from a file: shifts and duties as they were, each person at one place at a time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from crt_scheduler import imports
from crt_scheduler.store import Store
from crt_scheduler.tables import Assignment, Roster, Shift
from tests.crt_scheduler import team_build
from tests.crt_scheduler.imports.test_imports_build import people, refused, table

HEADER = ("date", "shift", "area", "role", "person")
TIERED = (*HEADER, "tier")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = team_build.team(tmp_path)
    people(opened, tmp_path, "V001", "V002", "C01", "C02")
    yield opened
    opened.close()


def duties(store: Store) -> list[tuple[str, str, str, str]]:
    """Return shift, role, tier and state of every duty in the order of the file."""
    with store.read() as session:
        found = session.execute(
            select(Shift.key, Assignment.role, Assignment.tier, Assignment.state)
            .join(Shift, Shift.id == Assignment.shift_id)
            .order_by(Assignment.id)
        )
        return [tuple(row) for row in found]  # type: ignore[misc]


def test_past_duties_are_done_and_coming_ones_a_draft(store: Store, tmp_path: Path) -> None:
    path = table(
        tmp_path,
        HEADER,
        ("2026-11-30", "night", "valley", "Lead", "V001"),
        ("2026-12-01", "day", "City", "duty lead", "V002"),
        ("2026-12-02", "24h", "", "clergy", "C01"),
        ("2026-12-02", "24h", "City", "clergy", "C02"),
    )
    assert imports.run(store, "roster", path).new == 4
    assert duties(store) == [
        ("2026-11-30/night/Valley", "lead", "", "done"),
        ("2026-12-01/day/City", "duty_lead", "", "draft"),
        ("2026-12-02/24h/City", "clergy", "primary", "draft"),
        ("2026-12-02/24h/City", "clergy", "backup", "draft"),
    ]
    with store.read() as session:
        assert [(row.month, row.version) for row in session.scalars(select(Roster).order_by(Roster.month))] == [
            ("2026-11", 0),
            ("2026-12", 0),
        ]


def test_a_night_across_the_clock_change_has_its_real_length(store: Store, tmp_path: Path) -> None:
    rows = [(date, "night", "West", "lead", "V001") for date in ("2026-03-07", "2026-03-09", "2026-10-31")]
    imports.run(store, "roster", table(tmp_path, HEADER, *rows))
    with store.read() as session:
        hours = [
            (row.end - row.start) / dt.timedelta(hours=1) for row in session.scalars(select(Shift).order_by(Shift.id))
        ]
    assert hours == [11, 12, 13]


def test_a_second_import_changes_nothing_and_undo_takes_all_back(store: Store, tmp_path: Path) -> None:
    before = team_build.everything(store)
    path = table(
        tmp_path,
        TIERED,
        ("2026-11-30", "night", "West", "lead", "V001", ""),
        ("2026-11-28", "24h", "City", "clergy", "C01", "backup"),
        ("2026-11-30", "night", "West", "lead", "V001", ""),
    )
    report = imports.run(store, "roster", path)
    assert (report.new, report.unchanged) == (2, 1)
    after, acts = team_build.everything(store), store.revision()
    assert imports.run(store, "roster", path).unchanged == 3
    untiered = table(tmp_path, HEADER, ("2026-11-28", "24h", "City", "clergy", "C01"))
    assert imports.run(store, "roster", untiered).unchanged == 1
    assert (team_build.everything(store), store.revision()) == (after, acts)
    store.undo()
    assert team_build.everything(store) == before


def test_a_corrected_role_changes_the_duty_unless_it_was_promised(store: Store, tmp_path: Path) -> None:
    imports.run(store, "roster", table(tmp_path, HEADER, ("2026-12-30", "night", "West", "lead", "V001")))
    corrected = table(tmp_path, HEADER, ("2026-12-30", "night", "West", "responder", "V001"))
    assert imports.run(store, "roster", corrected).changed == 1
    assert [duty[1] for duty in duties(store)] == ["responder"]
    with store.change("Tell") as session:
        session.scalars(select(Assignment)).one().state = "told"
    back = table(tmp_path, HEADER, ("2026-12-30", "night", "West", "lead", "V001"))
    assert "was promised to the person as responder" in refused(store, "roster", back)


def test_nobody_is_at_two_places_at_once(store: Store, tmp_path: Path) -> None:
    night = ("2026-11-30", "night", "West", "lead", "V001")
    path = table(tmp_path, HEADER, night, ("2026-11-30", "night", "City", "duty_lead", "V001"))
    assert "double booking: already on 2026-11-30/night/West on line 2" in refused(store, "roster", path)
    imports.run(store, "roster", table(tmp_path, HEADER, night))
    path = table(tmp_path, HEADER, ("2026-11-30", "24h", "City", "clergy", "V001"))
    assert "already on 2026-11-30/night/West in the records" in refused(store, "roster", path)
    path = table(tmp_path, HEADER, ("2026-12-01", "day", "West", "lead", "V001"))
    assert imports.run(store, "roster", path).new == 1


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        (("2026-11-31", "day", "West", "lead", "V001", ""), "date", "calendar"),
        (("", "day", "West", "lead", "V001", ""), "date", "not a date"),
        (("2026-11-30", "late", "West", "lead", "V001", ""), "shift", "there are day, night, 24h"),
        (("2026-11-30", "day", "Bay", "lead", "V001", ""), "area", "crt-scheduler areas add Bay"),
        (("2026-11-30", "24h", "West", "clergy", "C01", ""), "area", "for the whole city"),
        (("2026-11-30", "day", "West", "duty_lead", "V001", ""), "role", "lead, responder, trainee"),
        (("2026-11-30", "day", "City", "lead", "V001", ""), "role", "there are duty_lead"),
        (("2026-11-30", "day", "West", "lead", "V009", ""), "person", "import people first"),
        (("2026-11-30", "24h", "City", "clergy", "C01", "third"), "tier", "primary, backup"),
        (("2026-11-30", "day", "West", "lead", "V001", "primary"), "tier", "there are none"),
    ],
)
def test_a_fault_is_named(store: Store, tmp_path: Path, row: tuple[str, ...], column: str, reason: str) -> None:
    path = table(tmp_path, TIERED, row)
    found = imports.run(store, "roster", path, dry_run=True).bad
    assert [(fault.line, fault.column) for fault in found] == [(2, column)]
    assert reason in found[0].reason
    refused(store, "roster", path)


def test_one_person_in_two_roles_of_a_shift_is_refused(store: Store, tmp_path: Path) -> None:
    path = table(
        tmp_path,
        HEADER,
        ("2026-11-30", "day", "West", "lead", "V001"),
        ("2026-11-30", "day", "West", "responder", "V001"),
    )
    assert "on this shift as lead on line 2" in refused(store, "roster", path)
