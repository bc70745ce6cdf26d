"""A few points of every drill, so that what drills would find is found by the tests too; the rest is the command's."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from crt_scheduler.store import HEAD
from tests.drills import kills, past, power, preload, records
from tests.drills.acts import BY_NAME
from tests.drills.kills import AT_A_CALL, RANDOM_KILL
from tests.drills.power import Call, Disk, applied
from tests.drills.program import Program
from tests.drills.tally import Tally
from tests.drills.teams import Teams


@pytest.fixture(scope="module")
def teams(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Teams]:
    place = tmp_path_factory.mktemp("drills")
    program = Program(place / "home", preload.compiled(place))
    yield Teams(program, place)
    program.close()


@pytest.mark.parametrize("drill", [RANDOM_KILL, AT_A_CALL], ids=lambda drill: drill.name)
@pytest.mark.parametrize("name", ["import people", "undo", "apply a solve"])
def test_an_act_that_is_killed_is_there_whole_or_not_at_all(teams: Teams, name: str, drill: kills.Drill) -> None:
    tally, act = Tally(seed=1, is_short=True), BY_NAME[name]
    known = kills.learn(teams, act)
    if drill is AT_A_CALL and not known.calls:
        pytest.skip(preload.NO_COMPILER)
    for number in range(2):
        assert kills.attempt(teams, drill, act, known, number, tally) == []


def test_the_library_counts_every_write_sync_and_name_of_an_act(teams: Teams) -> None:
    known = kills.learn(teams, BY_NAME["import people"])
    assert known.calls > 20 or preload.compiled(teams.fresh("staffed").folder) is None


@pytest.mark.parametrize("revision", past.REVISIONS)
def test_records_of_every_past_version_open_whole(teams: Teams, revision: str) -> None:
    team = teams.fresh(revision)
    with closing(sqlite3.connect(team.database)) as raw:
        people = records.rows_of(raw, "responder")
    team.do("history")
    assert records.unsound(team.database) == ""
    with closing(sqlite3.connect(team.database)) as raw:
        assert len(people) == len(records.rows_of(raw, "responder")) > 0


def test_records_of_every_past_version_are_saved() -> None:
    assert {f"{n:04d}" for n in range(1, int(HEAD))} <= set(past.REVISIONS)


def test_a_power_cut_takes_only_what_was_not_synced(tmp_path: Path) -> None:
    kept, chance = tmp_path / "kept.txt", Tally(1, True).chance("power cut", "", 0)
    kept.write_bytes(b"first")
    disk = Disk(tmp_path)
    disk.take(Call("w", str(kept), "", 0, b"FIRST"))
    disk.take(Call("s", str(kept), "", 0, b""))
    disk.take(Call("w", str(kept), "", 5, b" and more"))
    found = {disk.survivors(chance)[str(kept)] for _ in range(50)}
    assert found == {b"FIRST", b"FIRST and more"}


def test_a_power_cut_may_undo_a_name_until_its_folder_is_synced(tmp_path: Path) -> None:
    old, new, chance = str(tmp_path / "old"), str(tmp_path / "new"), Tally(1, True).chance("power cut", "", 1)
    Path(old).write_bytes(b"all")
    disk = Disk(tmp_path)
    disk.take(Call("m", old, new, 0, b""))
    assert {frozenset(disk.survivors(chance)) for _ in range(50)} == {
        frozenset({str(tmp_path), old}),
        frozenset({str(tmp_path), new}),
    }
    disk.take(Call("s", str(tmp_path), "", 0, b""))
    assert {frozenset(disk.survivors(chance)) for _ in range(50)} == {frozenset({str(tmp_path), new})}


def test_a_second_name_of_a_file_holds_what_the_first_held(tmp_path: Path) -> None:
    part, whole = str(tmp_path / "part"), str(tmp_path / "whole")
    disk = Disk(tmp_path)
    for call in (Call("c", part, "", 0, b""), Call("w", part, "", 0, b"all"), Call("s", part, "", 0, b"")):
        disk.take(call)
    for call in (Call("l", part, whole, 0, b""), Call("u", part, "", 0, b""), Call("s", str(tmp_path), "", 0, b"")):
        disk.take(call)
    assert disk.survivors(Tally(1, True).chance("power cut", "", 2)) == {str(tmp_path): None, whole: b"all"}


def test_what_is_cut_off_a_file_and_written_past_its_end_is_nothing() -> None:
    assert applied(b"abcdef", [Call("t", "", "", 2, b""), Call("w", "", "", 4, b"x")]) == b"ab\0\0x"


def test_a_recorded_act_rebuilt_without_a_cut_is_what_the_act_left(teams: Teams, tmp_path: Path) -> None:
    act = BY_NAME["import people"]
    team = teams.fresh(act.base)
    calls, outcome = power.recorded(team, team.words(*act.words), act.own, tmp_path / "calls.log")
    if not calls:
        pytest.skip(preload.NO_COMPILER)
    after = team.database.read_bytes()
    team = teams.fresh(act.base)
    disk = Disk(team.folder)
    for call in calls:
        disk.take(call)
    assert outcome.code == 0
    assert disk.survivors(Tally(1, True).chance("", "", 0))[str(team.database)] == after
