"""Hours from a file: taken once, known again, and refused line by line."""

from __future__ import annotations

from pathlib import Path

import pytest

from crt_scheduler import imports
from crt_scheduler.hours import hours_ledger
from crt_scheduler.store import Store
from tests.crt_scheduler.hours_build import at, call
from tests.crt_scheduler.team_build import NOW, everything, pair, team

HEADER = "person,kind,start,end,minutes,call,state\n"
GOOD = """Ana,meeting,2026-11-10 19:00,2026-11-10 21:00,120,,approved
Ana,training given,2026-11-14 09:00,,240,,logged
Ben,office,2026-11-14,,90,,
Ben,office,2026-11-14,,90,,
Ana,response,2026-11-20 19:40,2026-11-20 21:40,,C1,approved
Ana,travel,2026-11-20 19:10,2026-11-20 19:40,30,C1,approved
Ben,response,2026-11-01 01:30,2026-11-01 01:30,60,,
"""


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A team with a call that says nobody's times."""
    opened = team(tmp_path)
    with opened.change("A call") as session:
        pair(session)
        call(session, "C1", at("2026-11-20 19:00"), "Ana", now=NOW)
    yield opened
    opened.close()


def test_a_file_of_hours_is_taken_once(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "hours.csv"
    path.write_text(HEADER + GOOD)
    assert imports.run(store, "hours", path, dry_run=True).new == 7
    assert imports.run(store, "hours", path).new == 7
    before = everything(store)
    again = imports.run(store, "hours", path)
    assert (again.new, again.changed, again.unchanged) == (0, 0, 7)
    assert everything(store) == before
    with store.read() as session:
        found = hours_ledger.rows(session)
    assert sum(row.minutes for row in found) == 120 + 240 + 180 + 120 + 30 + 60
    assert {row.state for row in found if row.call} == {"approved"}


def test_a_corrected_end_changes_the_entry_it_is(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "hours.csv"
    path.write_text(HEADER + "Ana,meeting,2026-11-10 19:00,2026-11-10 21:00,,,\n")
    imports.run(store, "hours", path)
    path.write_text(HEADER + "Ana,meeting,2026-11-10 19:00,2026-11-10 21:30,,,approved\n")
    report = imports.run(store, "hours", path)
    assert (report.new, report.changed) == (0, 1)


@pytest.mark.parametrize(
    ("line", "column", "said"),
    [
        ("Zed,meeting,2026-11-10 19:00,2026-11-10 21:00,,,", "person", "nobody has this id"),
        ("Ana,lunch,2026-11-10 19:00,2026-11-10 21:00,,,", "kind", "not a kind"),
        ("Ana,on_call,2026-11-10 19:00,2026-11-10 21:00,,,", "kind", "comes from the roster"),
        ("Ana,meeting,2026-11-10 19:00,2026-11-10 18:00,,,", "end", "not after the start"),
        ("Ana,meeting,2028-11-10 19:00,2028-11-10 20:00,,,", "end", "future"),
        ("Ana,meeting,2026-11-10 19:00,2026-11-10 20:00,,C7,", "call", "no such call"),
        ("Ana,meeting,2026-11-10 19:00,2026-11-10 20:00,,,paid", "state", "use one of"),
        ("Ana,meeting,2026-11-12 18:30,2026-11-12 19:30,,,", "start", "overlaps other meeting hours"),
        ("Ana,meeting,2026-11-12 18:00,2026-11-12 19:00,,,", "start", "are on line 2"),
    ],
)
def test_what_cannot_be_is_refused_by_line_and_column(
    store: Store, tmp_path: Path, line: str, column: str, said: str
) -> None:
    path = tmp_path / "hours.csv"
    path.write_text(f"{HEADER}Ana,meeting,2026-11-12 18:00,2026-11-12 19:00,,,\n{line}\n")
    report = imports.run(store, "hours", path, dry_run=True)
    assert [(fault.line, fault.column) for fault in report.bad] == [(3, column)]
    assert said in report.bad[0].reason
