"""Backups: of these records and no others, whole, rotated, copied to a second folder, looked at before restoring."""

from __future__ import annotations

import datetime as dt
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crt_scheduler import backups, programmes, store
from crt_scheduler.backups import Backup, rotation
from crt_scheduler.errors import CrtError
from crt_scheduler.store import Store, open_store
from tests.crt_scheduler import team_build as build
from tests.crt_scheduler.test_standing import add, codes, other_team

KNOWN, OURS = store.known_revisions(), store.APPLICATION
ODD_NAMES = [
    "team?.db",
    "100%25.db",
    "a#b.db",
    "team[1].db",
    "team*.db",
    "Ärzte 日本 \u0645.db",
    "file:team.db",
    "a&mode=ro.db",
]


@pytest.mark.parametrize("name", ODD_NAMES)
def test_records_land_in_the_file_that_was_named_and_their_backup_holds_them(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    opened = open_store(str(path), who="x", now=build.NOW, create=True)
    with opened.change("Set up") as session:
        programmes.init(session, programmes.preset("crt"), name="crt")
    add(opened, "Ana")
    saved = opened.back_up(backups.dated_name(path, build.NOW))
    opened.close()
    assert {each.name for each in tmp_path.iterdir()} == {name, "backups"}
    assert codes(path) == codes(saved) == ["Ana"]
    assert backups.newest(path) == saved


@pytest.mark.parametrize(
    "url", ["sqlite:////tmp/team.db?mode=ro", "sqlite://host/team.db", "sqlite:////tmp/team?.db", "://", "mysql://x/y"]
)
def test_an_url_with_options_or_of_another_kind_is_refused(url: str) -> None:
    with pytest.raises(CrtError):
        backups.local_path(url)


def test_only_backups_of_these_records_are_offered_whatever_they_are_called(tmp_path: Path) -> None:
    north = other_team(tmp_path, "team-north.db")
    theirs = north.back_up(backups.dated_name(north.path, build.NOW + dt.timedelta(hours=1)))
    north.close()
    opened = build.team(tmp_path)
    mine = opened.back_up(backups.dated_name(opened.path, build.NOW))
    opened.close()
    assert backups.newest(opened.path) == mine
    assert backups.newest(north.path) == theirs
    renamed = opened.path.rename(tmp_path / "squad.db")
    assert backups.newest(renamed) == mine
    opened.path.unlink(missing_ok=True)
    assert mine.name in backups.missing_sentence(opened.path)
    assert f"--database {opened.path} restore" in backups.missing_sentence(opened.path)


def test_the_backup_of_another_team_is_restored_only_by_force(tmp_path: Path) -> None:
    north = other_team(tmp_path)
    theirs = north.back_up(tmp_path / "theirs.db")
    north.close()
    opened = build.team(tmp_path)
    add(opened, "Ana")
    opened.close()
    with pytest.raises(CrtError, match="is a backup of other records"):
        backups.restore(opened.path, theirs, now=build.NOW, known=KNOWN, application=OURS)
    assert codes(opened.path) == ["Ana"]
    kept = backups.restore(opened.path, theirs, now=build.NOW, known=KNOWN, application=OURS, force=True)
    assert kept is not None and codes(kept) == ["Ana"] and codes(opened.path) == []


def test_restoring_is_undone_by_the_backup_it_makes(tmp_path: Path) -> None:
    opened = build.team(tmp_path)
    saved = opened.back_up(tmp_path / "saved.db")
    add(opened, "Ana")
    opened.close()
    kept = backups.restore(opened.path, saved, now=build.NOW, known=KNOWN, application=OURS)
    assert kept is not None and codes(opened.path) == []
    backups.restore(opened.path, kept, now=build.NOW, known=KNOWN, application=OURS)
    assert codes(opened.path) == ["Ana"]


def test_a_restore_is_looked_at_first_in_counts(tmp_path: Path) -> None:
    opened = build.team(tmp_path)
    add(opened, "Ana", "Ben")
    saved = opened.back_up(tmp_path / "saved.db")
    opened.undo()
    add(opened, "Cy", "Di")
    opened.close()
    found = backups.preview(opened.path, saved, known=KNOWN, application=OURS)
    people = next(row for row in found.tables if row.table == "responder")
    assert (people.come, people.go, people.differ) == (1, 2, 0)
    assert (found.acts_gone, found.acts_back) == (3, 0)
    assert found.labels == ("Add Di", "Add Cy", "Undo: Add Ben")
    assert "3 acts done since would be gone" in found.sentence()
    assert codes(opened.path) == ["Ana", "Cy", "Di"]
    same = backups.preview(saved, opened.path, known=KNOWN, application=OURS)
    assert same.acts_back == 0 or same.acts_gone == 0


def test_a_wreck_where_the_records_lay_is_kept_and_the_backup_put_there(tmp_path: Path) -> None:
    opened = build.team(tmp_path)
    add(opened, "Ana")
    saved = opened.back_up(backups.dated_name(opened.path, build.NOW))
    opened.close()
    opened.path.write_bytes(bytes(40_000))
    with pytest.raises(CrtError, match=r"left as it is\. Its last backup comes back with"):
        open_store(str(opened.path), who="x", now=build.NOW)
    kept = backups.restore(opened.path, saved, now=build.NOW, known=KNOWN, application=OURS)
    assert kept is not None and kept.read_bytes() == bytes(40_000)
    assert codes(opened.path) == ["Ana"]


def test_somebody_elses_file_is_never_replaced_by_a_restore(tmp_path: Path) -> None:
    opened = build.team(tmp_path)
    saved = opened.back_up(tmp_path / "saved.db")
    opened.close()
    letter = tmp_path / "letter.db"
    letter.write_bytes(b"Dear all\n")
    with pytest.raises(CrtError, match="left as it is"):
        backups.restore(letter, saved, now=build.NOW, known=KNOWN, application=OURS)
    assert letter.read_bytes() == b"Dear all\n"


def test_a_backup_that_cannot_be_made_leaves_nothing(tmp_path: Path) -> None:
    opened = build.team(tmp_path)
    (tmp_path / "file").write_bytes(b"")
    for target in (tmp_path / "file" / "copy.db", tmp_path / ("n" * 300 + ".db"), opened.path):
        with pytest.raises(CrtError, match=r"cannot be written|exists already"):
            opened.back_up(target)
    opened.close()
    assert {each.name for each in tmp_path.iterdir()} == {"team.db", "file"}


def test_a_backup_of_damaged_records_is_refused_and_older_ones_stay(tmp_path: Path) -> None:
    opened = build.team(tmp_path)
    add(opened, *(f"P{n}" for n in range(30)))
    old = opened.back_up(backups.dated_name(opened.path, build.NOW))
    opened.close()
    with closing(sqlite3.connect(opened.path)) as raw:
        (root,) = raw.execute("SELECT rootpage FROM sqlite_master WHERE name = 'ix_journal_act_who'").fetchone()
        (size,) = raw.execute("PRAGMA page_size").fetchone()
    held_bytes = bytearray(opened.path.read_bytes())
    place = held_bytes.index(b"coordinator", (root - 1) * size)
    held_bytes[place] ^= 4
    opened.path.write_bytes(bytes(held_bytes))
    with pytest.raises(CrtError, match="is damaged"):
        backups.back_up(opened.path, backups.dated_name(opened.path, build.NOW))
    assert [each.name for each in backups.folder(opened.path).iterdir()] == [old.name]


def test_records_backups_and_their_folders_are_their_owners_alone(tmp_path: Path) -> None:
    opened = open_store(str(tmp_path / "new" / "team.db"), who="x", now=build.NOW, create=True)
    add_nothing = opened.back_up(backups.dated_name(opened.path, build.NOW))
    modes = {
        each.name: stat.S_IMODE(each.stat().st_mode)
        for each in (
            opened.path.parent,
            opened.path,
            add_nothing,
            add_nothing.parent,
            opened.path.with_name("team.db-wal"),
        )
    }
    opened.close()
    assert modes == {"new": 0o700, "team.db": 0o600, add_nothing.name: 0o600, "backups": 0o700, "team.db-wal": 0o600}


@given(
    ages=st.lists(st.floats(0, 800), max_size=60),
    why=st.sampled_from(["daily", "before-publish", "before-restore", "backup"]),
)
def test_rotation_keeps_the_newest_of_seven_days_five_weeks_and_twelve_months(ages: list[float], why: str) -> None:
    found = [Backup(Path(f"{n}.db"), build.NOW - dt.timedelta(days=age), why, 1) for n, age in enumerate(ages)]
    gone = set(rotation.superfluous(found, build.NOW))
    kept = [each for each in found if each not in gone]
    if why == "backup":
        assert not gone
        return
    assert not [each for each in gone if build.NOW - each.at <= dt.timedelta(days=7)]
    if found:
        assert max(found, key=lambda each: each.at) in kept
    old = [each for each in kept if build.NOW - each.at > dt.timedelta(days=7)]
    assert len(old) <= rotation.WEEKS + rotation.MONTHS
    months = {(each.at.year, each.at.month) for each in found}
    assert {(each.at.year, each.at.month) for each in kept} >= set(sorted(months, reverse=True)[: rotation.MONTHS])
    assert not rotation.superfluous(kept, build.NOW)


def days_of(opened: Store, count: int) -> None:
    """Work on the records for so many days, an act a day."""
    for day in range(count):
        opened.now = build.NOW + dt.timedelta(days=day)
        add(opened, f"P{day}")
        assert opened.back_up_daily() == ""


def test_each_day_has_one_backup_and_old_ones_go(tmp_path: Path) -> None:
    opened = build.team(tmp_path)
    days_of(opened, 40)
    assert opened.back_up_daily() == ""
    found = backups.listed(opened.path)
    opened.close()
    assert [each.why for each in found] == ["daily"] * len(found)
    assert 8 <= len(found) <= 7 + 1 + rotation.WEEKS + 2


def test_backups_go_to_a_second_folder_too_and_its_absence_is_said(tmp_path: Path) -> None:
    opened, stick = build.team(tmp_path), tmp_path / "stick"
    with pytest.raises(CrtError, match="There is no folder"):
        rotation.set_second_folder(opened.path, stick)
    stick.mkdir()
    rotation.set_second_folder(opened.path, stick)
    days_of(opened, 1)
    assert [each.name for each in stick.iterdir()] == [backups.newest(opened.path).name]  # type: ignore[union-attr]
    assert codes(next(stick.iterdir())) == ["P0"]
    stick.rename(tmp_path / "unplugged")
    opened.now += dt.timedelta(days=1)
    assert "is not there" in opened.back_up_daily()
    rotation.set_second_folder(opened.path, None)
    opened.now += dt.timedelta(days=1)
    assert opened.back_up_daily() == ""
    opened.close()
