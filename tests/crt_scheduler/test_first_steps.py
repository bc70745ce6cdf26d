"""A new team's records and the sample city's: made whole or not at all, in the window and on the command line alike."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from crt_scheduler import cli, sample
from crt_scheduler.errors import CrtError
from crt_scheduler.new_team import make_team
from crt_scheduler.places import making, sample_database
from crt_scheduler.programmes import presets, programme_of
from crt_scheduler.publish.publishing import publish
from crt_scheduler.roster import assign, month_rows, shift_name
from crt_scheduler.sample import open_city
from tests.crt_scheduler.team_build import NOW, pair, team
from tests.opened import open_store


def files(folder: Path) -> list[str]:
    """Return what lies in a folder, hidden files too."""
    return sorted(path.name for path in folder.iterdir())


def test_a_new_team_has_its_own_name_and_zone(tmp_path: Path) -> None:
    path = make_team(
        tmp_path / "team.db", preset="crt", title="Քաղաքի թիմ", zone="America/Chicago", who="coordinator", now=NOW
    )
    store = open_store(str(path), who="coordinator", now=NOW)
    with store.read() as session:
        programme = programme_of(session)
        assert (programme.name, programme.zone, programme.preset) == ("Քաղաքի թիմ", "America/Chicago", "crt")
    store.close()
    assert "crt" in dict(presets())


def test_a_team_whose_zone_is_none_leaves_no_file(tmp_path: Path) -> None:
    with pytest.raises(CrtError, match="No time zone"):
        make_team(tmp_path / "team.db", preset="crt", zone="Mars/Olympus", who="coordinator", now=NOW)
    assert files(tmp_path) == []


def test_a_new_team_never_takes_the_place_of_records_that_are_there(tmp_path: Path) -> None:
    (tmp_path / "team.db").write_bytes(b"something")
    with pytest.raises(CrtError, match="is there already"):
        make_team(tmp_path / "team.db", preset="crt", who="coordinator", now=NOW)
    assert (tmp_path / "team.db").read_bytes() == b"something"


def test_a_sample_city_that_is_stopped_half_way_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def write_nothing(folder: Path, *, seed: int, month: str) -> None:
        folder.mkdir(parents=True)

    def stop(number: int, step: str) -> None:
        if step == "people":
            raise KeyboardInterrupt

    monkeypatch.setattr(open_city, "write", write_nothing)
    path = sample_database("2027-01", tmp_path)
    with pytest.raises(KeyboardInterrupt):
        sample.make_database(path, seed=1, month="2027-01", now=NOW, who="coordinator", on_step=stop)
    assert files(tmp_path) == []


def test_what_an_earlier_stop_left_behind_does_not_stand_in_the_way(tmp_path: Path) -> None:
    path = sample_database("2027-01", tmp_path)
    making(path).mkdir()
    sample.clear(path)
    assert files(tmp_path) == []


def test_the_sample_city_is_made_by_the_command_line_and_told_step_by_step(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = sample_database("2027-01", tmp_path)
    words = ["--json", "--now", "2026-12-15T17:00Z", "--database", str(path), "sample-city", "--month", "2027-01"]
    assert cli.run(words) == 0
    said = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["step"] for line in said[:-1]] == list(sample.STEPS)
    assert files(tmp_path) == [path.name]
    assert cli.run(words) == 2
    assert "is there already" in capsys.readouterr().err
    assert cli.run(["--json", "--now", "2026-12-15T17:00Z", "--database", str(path), "today"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert len(found["posts"]) == 6
    assert found["card"]["state"] == "none"
    store = open_store(str(path), who="coordinator", now=NOW)
    with store.read() as session:
        states = {row.state for row in month_rows(session, "2026-12")}
    store.close()
    assert states == {"done", "confirmed", "told"}, "a working team's month: nobody is left to be told"


def test_the_command_line_shows_what_publishing_would_send(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store = team(tmp_path)
    with store.change("Fill") as session:
        pair(session)
        for person in ("Ana", "Ben"):
            assign(session, shift_name("2027-01-09/day/Valley"), person)
    store.close()
    words = ["--now", "2026-12-15T17:00Z", "--database", str(store.path), "publish", "2027-01", "--preview"]
    assert cli.run(words) == 0
    assert "Version 1 of January 2027 would send 2 new shifts" in capsys.readouterr().out
    assert cli.run(words[:-1]) == 2
    assert "--out DIR" in capsys.readouterr().err
    store = open_store(str(store.path), who="coordinator", now=dt.datetime(2026, 12, 16, tzinfo=dt.UTC))
    publish(store, "2027-01", tmp_path / "out")
    store.close()
    assert cli.run(words) == 0
    assert "Nothing of January 2027 has changed since version 1" in capsys.readouterr().out
