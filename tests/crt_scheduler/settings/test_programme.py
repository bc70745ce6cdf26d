"""The programme, its areas and rules as a coordinator sets them, and the backups there are."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from crt_scheduler import backups, cli, planning, roster
from crt_scheduler.errors import CrtError, NotAllowed
from crt_scheduler.settings import programme_acts, rule_acts
from tests.crt_scheduler import team_build as build


def typed(capture: pytest.CaptureFixture[str], path: Path, *words: str, code: int = 0) -> Any:
    """Type a command with --json and return its answer."""
    assert cli.run(["--database", str(path), "--now", "2026-12-15T17:00Z", *words, "--json"]) == code
    return json.loads(capture.readouterr().out.splitlines()[-1])


def test_the_programme_is_shown_and_set_by_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    build.team(tmp_path).close()
    path = tmp_path / "team.db"
    typed(capsys, path, "programme", "set", "report-to", "Front desk, 1 Main St")
    typed(capsys, path, "programme", "set", "answer-percent", "75 %")
    typed(capsys, path, "programme", "set", "show-partner", "no")
    found = typed(capsys, path, "programme", "show")
    assert (found["report_to"], found["answer_percent"], found["show_partner"]) == (
        "Front desk, 1 Main St",
        75.0,
        False,
    )
    refused = typed(capsys, path, "programme", "set", "colour", "red", code=2)
    assert refused["error"].startswith("The programme has no 'colour'. It has: name, zone,")


@pytest.mark.parametrize(
    ("field", "words", "sentence"),
    [
        ("name", "  ", "A programme needs a name."),
        ("zone", "Mars/Olympus", "No time zone is called 'Mars/Olympus'"),
        ("alarm_minutes", "soon", "Give the minutes of the reminder as a whole number from 0 to 10,080."),
        ("alarm_minutes", "-5", "Give the minutes of the reminder"),
        ("answer_percent", "120", "Give the chance that a team answers, in percent,"),
        ("answer_percent", "nan", "Give the chance that a team answers, in percent,"),
        ("show_partner", "perhaps", "Say yes or no."),
        ("report_to", "x" * 121, "That is 121 characters long. Say it in 120 at most."),
        ("yearly_calls", "0", "Give the calls of a year as a number above 0"),
        ("silence_minutes", "0", "Give the minutes without a word before the lead phones as a whole number from 1"),
        ("wishes_until", "29", "Give the last day for wishes in the month before as a whole number from 1 to 28."),
        ("hard_calls", "x" * 121, "That is 121 characters long. Say it in 120 at most."),
    ],
)
def test_a_field_says_what_it_takes(field: str, words: str, sentence: str) -> None:
    with pytest.raises(CrtError) as told:
        programme_acts.read(field, words)
    assert str(told.value).startswith(sentence)


def test_the_zone_stays_once_shifts_lie_in_the_records(tmp_path: Path) -> None:
    store = build.team(tmp_path)
    with store.change("Move") as session:
        programme_acts.amend(session, "zone", "America/Chicago")
    with store.change("Assign") as session:
        build.responder(session, "A1")
        roster.assign(session, roster.shift_name("2027-01-09/night/Valley"), "A1")
    with pytest.raises(NotAllowed, match="read in America/Chicago"), store.change("Move") as session:
        programme_acts.amend(session, "zone", "America/New_York")
    with store.change("Same") as session:
        programme_acts.amend(session, "zone", "America/Chicago")
        programme_acts.amend(session, "yearly_calls", "800")
    with store.read() as session:
        assert programme_acts.show(session).yearly_calls == 800
    store.close()


def test_areas_are_listed_with_neighbours_and_divisions(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    build.team(tmp_path).close()
    path = tmp_path / "team.db"
    typed(capsys, path, "areas", "add", "Harbour", "--neighbour", "South", "--division", "Docks")
    last = typed(capsys, path, "areas", "list")[-1]
    assert last == {"area": "Harbour", "weight": 1.0, "neighbours": ["South"], "divisions": ["Docks"]}
    assert "above 0" in typed(capsys, path, "areas", "add", "Pier", "--weight", "nan", code=2)["error"]


def test_a_rule_goes_back_to_how_it_was_shipped(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store = build.team(tmp_path)
    with store.change("Change") as session:
        planning.set_rule(session, "rest", hard=False, points=50)
        planning.set_rule(session, "missed_calls", hard=False, points=7)
    store.close()
    for rule in ("rest", "missed_calls"):
        typed(capsys, tmp_path / "team.db", "rules", "reset", rule)
    assert "No rule is called" in typed(capsys, tmp_path / "team.db", "rules", "reset", "open_seats", code=2)["error"]
    assert (
        "as a number" in typed(capsys, tmp_path / "team.db", "rules", "set", "rest", "--points", "inf", code=2)["error"]
    )
    store = build.beside(store, who="Mara")
    with store.read() as session:
        assert all(row.is_default for row in rule_acts.rules(session))
        assert [row.rule for row in rule_acts.rules(session) if not row.may_be_hard] == ["missed_calls", "late_calls"]
    store.close()


def test_backups_are_listed_newest_first_with_their_reason(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store = build.team(tmp_path)
    for day, why in ((1, "backup"), (1, "backup"), (3, "before-restore")):
        at = dt.datetime(2026, 12, day, 9, tzinfo=dt.UTC)
        store.back_up(backups.dated_name(store.path, at, why))
    (backups.folder(store.path) / "team-old.db").write_bytes(b"")
    store.close()
    found = backups.listed(store.path)
    assert [(backup.at.day, backup.why) for backup in found] == [(3, "before-restore"), (1, "backup"), (1, "backup")]
    told = typed(capsys, store.path, "backups")
    assert [row["why"] for row in told] == ["before-restore", "backup", "backup"]
    assert typed(capsys, tmp_path / "none.db", "backups") == []
