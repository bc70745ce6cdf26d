"""What to mend in a month, in the order in which a coordinator goes through it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from crt_scheduler import roster
from crt_scheduler.board import board
from crt_scheduler.board.mend import costs, to_mend
from crt_scheduler.cli import run
from tests.crt_scheduler import team_build as build


def test_broken_rules_come_by_date_before_the_dearest_open_seats(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store = build.team(tmp_path)
    with store.change("Set up") as session:
        build.pair(session)
        for shift, person in (("20/day", "Ben"), ("20/night", "Ben"), ("05/day", "Ana"), ("05/night", "Ana")):
            roster.assign(session, roster.shift_name(f"2027-01-{shift}/Valley"), person)
    with store.read() as session:
        month = board(session, "2027-01", now=build.NOW)
    store.close()
    found = to_mend(month)
    assert [(one.person, one.shift, one.rule) for one in found[:2]] == [
        ("Ana", "2027-01-05/night/Valley", "rest"),
        ("Ben", "2027-01-20/night/Valley", "rest"),
    ]
    points = [one.points for one in found[2:]]
    assert len(points) == len(month.gaps) and points == sorted(points, reverse=True)
    assert all(one.role and not one.person for one in found[2:])
    assert costs(month)[0].hard and costs(month)[0].title == "Rest between duties"
    desk = ["--database", str(store.path), "--now", "2026-12-01T17:00Z"]
    assert run([*desk, "mend", "2027-01", "--most", "1"]) == 0
    assert capsys.readouterr().out.startswith(f"1 of {len(found)}  Ana has 0 h rest before Valley, Tue 5 January night")
    assert run([*desk, "mend", "2027-01", "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)) == len(found)
