"""Publishing that is stopped or fails at any step: nothing promised, or a folder that ends as the ledger says."""

from __future__ import annotations

import datetime as dt
import os
import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import select

from crt_scheduler import cli, folder_lock, writing
from crt_scheduler.errors import CrtError
from crt_scheduler.publish import folder, placing, publication_promise
from crt_scheduler.publish.publishing import Published, finish_placing, publish
from crt_scheduler.store import Store, open_store
from crt_scheduler.tables import PublishedFolder
from tests.crt_scheduler.publish.test_publish_build import NINTH, contents, drop, out_of, send, valley
from tests.crt_scheduler.steps import MOVES, ROOM, counted, full, killed
from tests.crt_scheduler.team_build import NOW

forks = pytest.mark.skipif(not hasattr(os, "fork"), reason="This system cannot copy a process.")
POINTS = 5
"""At how many steps, spread over all of them, a publication is stopped here; the drills take every one."""


@dataclass(frozen=True)
class Office:
    """Records with January published once and changed since, closed, and a copy of all that to begin from again."""

    team: Path
    kept: Path

    @property
    def out(self) -> Path:
        """The folder that the team publishes into."""
        return self.team / "out"

    def again(self) -> None:
        """Put the records and the folder back."""
        shutil.rmtree(self.team, ignore_errors=True)
        shutil.copytree(self.kept, self.team)

    def open(self) -> Store:
        """Open the records on the next day."""
        return open_store(str(self.team / "team.db"), who="coordinator", now=NOW.replace(day=2))

    def publish(self, out: Path | None = None) -> Published:
        """Publish January again, with drafts and the duty sheet."""
        with closing(self.open()) as store:
            return publish(store, "2027-01", out or self.out, eml=True, duty_sheet=True)

    def finish(self) -> tuple[int, tuple[str, ...]]:
        """Finish what was stopped, and return the version that the records tell of and what could not be finished."""
        with closing(self.open()) as store:
            left = finish_placing(store)
            with store.read() as session:
                return publication_promise.published(session, "2027-01").version, left

    def begin(self, *words: str) -> int:
        """Type a command."""
        return cli.run(["--database", str(self.team / "team.db"), "--now", "2026-12-02T17:00Z", *words])


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = Office(tmp_path / "team", tmp_path / "kept")
    made.team.mkdir()
    with valley(made.team) as store:
        send(store, eml=True, duty_sheet=True)
        drop(store, NINTH, "V2")
    shutil.copytree(made.team, made.kept)
    yield made


def agrees(office: Office, version: int) -> bool:
    """Does the folder hold what it held before, or what the ledger says, and nothing that was left behind?"""
    here, before = contents(office.out), contents(office.kept / "out")
    if version == 1:
        return here == before
    fresh = office.team.parent / "fresh"
    shutil.rmtree(fresh, ignore_errors=True)
    office.publish(fresh)
    new = contents(fresh)
    return here == {**before, **new, "duty-sheet-2027-01-before-v2.pdf": before["duty-sheet-2027-01.pdf"]}


@forks
def test_killed_at_any_step_the_next_start_ends_with_a_folder_that_says_what_the_ledger_says(office: Office) -> None:
    whole = counted(office.publish)
    versions = set()
    for step in range(1, whole + 1, max(1, whole // POINTS)):
        office.again()
        if not killed(office.publish, step):  # what the program remembers of a file takes a step less the next time
            break
        version, left = office.finish()
        assert not left and agrees(office, version), f"killed at step {step} of {whole}, version {version}"
        versions.add(version)
    assert versions == {1, 2}


@pytest.mark.parametrize("names", [ROOM, MOVES])
def test_a_disk_that_refuses_from_any_step_on_is_a_sentence_and_heals(office: Office, names: tuple[str, ...]) -> None:
    whole = counted(office.publish)
    versions, told = set(), 0
    for step in range(1, whole + 1, max(1, whole // POINTS)):
        office.again()
        try:
            with full(step, names):
                office.publish()
        except CrtError as fault:
            told += "cannot be written" in str(fault)
        version, left = office.finish()
        versions.add(version)
        assert not left and agrees(office, version), f"full at step {step} of {whole}, version {version}"
    assert told > 1 and versions == ({1, 2} if names == ROOM else {2})


@forks
def test_any_command_ends_what_a_killed_publication_promised(office: Office) -> None:
    step = counted(office.publish) - 10
    office.again()
    assert killed(office.publish, step)
    with closing(office.open()) as store, store.read() as session:
        assert [place.state for place in placing.unfinished(session)] == ["placing"]
    assert office.begin("stale") == 0
    assert agrees(office, 2) and office.finish() == (2, ())


@forks
def test_a_folder_that_is_gone_is_said_until_the_month_is_published_elsewhere(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    step = counted(office.publish) - 10
    office.again()
    assert killed(office.publish, step)
    shutil.rmtree(office.out)
    assert office.begin("stale") == 0
    assert "not all its files stand in" in capsys.readouterr().err
    office.publish(office.team / "elsewhere")
    assert office.finish() == (2, ())


@forks
def test_what_is_promised_and_lost_from_the_staging_place_is_made_again(office: Office) -> None:
    step = counted(office.publish) - 10
    office.again()
    assert killed(office.publish, step)
    shutil.rmtree(office.out / folder.STAGING)
    assert office.finish() == (2, ()) and agrees(office, 2)


def test_a_folder_that_waits_for_its_files_still_waits_after_another_attempt_came_to_nothing(tmp_path: Path) -> None:
    with valley(tmp_path) as store:
        send(store)
        new, old = tmp_path / "new", out_of(store)
        for where in (new, old):
            placing.begin(store, "2027-01", where)
        assert states(store) == {new: "staging", old: "staging"}
        with store.read() as session:
            fresh = next(place for place in placing.unfinished(session) if place.folder == new)
            assert placing.folders(session) == (str(old),)
        assert (fresh.version, fresh.asked, fresh.gone, fresh.staged) == (0, placing.Asked(), (), "")
        for where in (new, old):
            placing.drop(store, "2027-01", where)
        assert states(store) == {}
        with store.read() as session:
            assert placing.folders(session) == (str(old),)
        with store.change("Promise") as session:
            placing.mark(session, waiting(old, at=store.now))
        placing.begin(store, "2027-01", old)
        placing.drop(store, "2027-01", old)
        assert states(store) == {old: "placing"}
        placing.begin(store, "2027-01", tmp_path / "third")
        placing.done(store, waiting(new, at=store.now))
        assert states(store) == {tmp_path / "third": "staging"}
        with store.change("Promise") as session:
            placing.mark(session, waiting(new, at=store.now))
        placing.done(store, waiting(new, at=store.now))
        with store.read() as session:
            found = {row.folder: row.state for row in session.scalars(select(PublishedFolder))}
        assert found == {str(old): "left", str(new): "placed", str(tmp_path / "third"): "staging"}


def waiting(where: Path, *, at: dt.datetime) -> placing.Place:
    """January's second version on its way into a folder."""
    return placing.Place("2027-01", where, 2, at, placing.Asked(), "placing", frozenset())


def states(store: Store) -> dict[Path, str]:
    """The folders that are not filled yet, with how far they are."""
    with store.read() as session:
        return {place.folder: place.state for place in placing.unfinished(session)}


def test_nobody_publishes_into_a_folder_that_another_program_fills(office: Office) -> None:
    (office.out / folder.STAGING).mkdir()
    with folder_lock.alone(office.out / folder.STAGING) as is_alone:
        assert is_alone
        with pytest.raises(CrtError, match="Another program is publishing into"):
            office.publish()
    assert office.publish().version == 2


@pytest.mark.parametrize("name", ["roster", "calendars", "changes", "mail"])
def test_a_file_where_a_folder_must_be_is_found_before_anything_is_promised(tmp_path: Path, name: str) -> None:
    with valley(tmp_path) as store:
        out_of(store).mkdir()
        (out_of(store) / name).write_text("mine", encoding="utf-8")
        revision = store.revision()
        with pytest.raises(CrtError, match="cannot be written to"):
            send(store, eml=True)
        assert store.revision() == revision and not list((tmp_path / "backups").glob("*"))
        assert contents(out_of(store)) == {name: b"mine"}


def test_what_somebody_else_put_in_the_folder_is_replaced_only_by_force(tmp_path: Path) -> None:
    with valley(tmp_path) as store:
        names = ("calendars/V1.ics", "roster/roster-2027-01.csv")
        for name in names:
            (out_of(store) / name).parent.mkdir(parents=True, exist_ok=True)
            (out_of(store) / name).write_text("BEGIN:VCALENDAR of mine", encoding="utf-8")
        with pytest.raises(CrtError, match=r"did not write: calendars/V1\.ics, roster/roster-2027-01\.csv\."):
            send(store)
        assert {p: c for p, c in contents(out_of(store)).items() if p in names} == contents(out_of(store))
        assert send(store, force=True).version == 1
        drop(store, NINTH, "V2")
        assert send(store).version == 2


def test_records_in_the_folder_are_never_replaced(tmp_path: Path) -> None:
    with valley(tmp_path) as store:
        (out_of(store) / "calendars").mkdir(parents=True)
        os.link(store.path, out_of(store) / "calendars" / "V1.ics")
        (out_of(store) / "calendars" / "V2.ics").symlink_to(store.path)
        before = store.path.stat().st_ino
        with pytest.raises(CrtError, match="belongs to a team's records"):
            send(store, force=True)
        assert store.path.stat().st_ino == before and store.revision() > 0


def test_files_of_a_folder_are_known_as_ours_without_the_memory_of_the_computer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with valley(tmp_path) as store:
        send(store, eml=True, duty_sheet=True)
        monkeypatch.setenv("CRT_SCHEDULER_STATE", str(tmp_path / "another computer"))
        drop(store, NINTH, "V2")
        assert send(store, eml=True, duty_sheet=True).version == 2


def test_drafts_and_duty_sheets_of_older_versions_stay_and_are_told(tmp_path: Path) -> None:
    with valley(tmp_path) as store:
        send(store, eml=True, duty_sheet=True)
        first = contents(out_of(store))
        drop(store, NINTH, "V2")
        second = send(store, duty_sheet=True)
        after = contents(out_of(store))
        assert (second.older_drafts, second.older_sheets) == (4, 1)
        assert after["duty-sheet-2027-01-before-v2.pdf"] == first["duty-sheet-2027-01.pdf"]
        assert {p for p in first if p.startswith("mail/")} == {p for p in after if p.startswith("mail/")}


def test_everything_that_goes_out_is_for_its_owner_only(tmp_path: Path) -> None:
    with valley(tmp_path) as store:
        send(store, eml=True, duty_sheet=True)
        assert {(path.is_dir(), path.stat().st_mode & 0o777) for path in out_of(store).rglob("*")} == {
            (True, 0o700),
            (False, 0o600),
        }


def test_nothing_is_left_beside_the_files(office: Office) -> None:
    office.publish()
    assert not [path for path in office.out.rglob("*") if path.name.startswith((writing.BESIDE, folder.STAGING))]
