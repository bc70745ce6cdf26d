"""Publishing a second time: the same bytes, or exactly the events that changed."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest
from sqlalchemy import func, select

from crt_scheduler import roster
from crt_scheduler.publish.publishing import publish
from crt_scheduler.publish.sent_ledger import stale
from crt_scheduler.store import Store
from crt_scheduler.tables import CalendarSent, JournalAct, Programme, PublishedVersion
from tests.crt_scheduler.publish.test_publish_build import (
    NINTH,
    SIXTEENTH,
    TENTH,
    contents,
    drop,
    events,
    lint,
    lint_against,
    move,
    number,
    out_of,
    pack,
    send,
    valley,
)


def sequences(store: Store, code: str) -> dict[str, tuple[int, str]]:
    return {day: (int(event["SEQUENCE"]), str(event["STATUS"])) for day, event in events(store, code).items()}


def uids(store: Store, code: str) -> dict[str, str]:
    return {day: str(event["UID"]) for day, event in events(store, code).items()}


def kept(store: Store) -> Path:
    """Keep the folder as it is now, to compare with."""
    return Path(shutil.copytree(out_of(store), store.path.parent / "before", dirs_exist_ok=True))


def test_publishing_twice_gives_the_same_bytes_and_no_new_version(tmp_path: Path) -> None:
    with valley(tmp_path) as store:
        first = send(store, eml=True, duty_sheet=True)
        before = contents(out_of(store))
        revision = store.revision()
        second = send(store, eml=True, duty_sheet=True)
        assert contents(out_of(store)) == before
        assert (first.version, second.version, second.is_new_version) == (1, 1, False)
        assert (second.new, second.changed, second.cancelled, second.people_changed) == (0, 0, 0, ())
        assert store.revision() == revision
        assert len(list((tmp_path / "backups").iterdir())) == 1


def test_unchanged_files_are_not_even_touched(tmp_path: Path) -> None:
    with valley(tmp_path) as store:
        send(store)
        before = {path: path.stat().st_mtime_ns for path in out_of(store).rglob("*.ics")}
        drop(store, NINTH, "V2")
        send(store)
        touched = {path.name for path, when in before.items() if path.exists() and path.stat().st_mtime_ns != when}
        assert touched == {"V1.ics", "V2.ics", "Valley-2027-01.ics"}


def test_publishing_tells_the_drafts_and_counts_versions(tmp_path: Path) -> None:
    with valley(tmp_path) as store:
        report = send(store)
        assert (report.calendars, report.new, report.people_changed) == (4, 4, ("V1", "V2", "V3", "V4"))
        with store.read() as session:
            assert {row.state for row in roster.month_rows(session, "2027-01")} == {"told"}
        drop(store, NINTH, "V2")
        assert send(store).version == 2
        with store.read() as session:
            found = session.scalars(select(PublishedVersion).order_by(PublishedVersion.version)).all()
            assert [(row.version, row.who) for row in found] == [(1, "coordinator"), (2, "coordinator")]
            assert found[0].digest != found[1].digest


def test_publishing_cannot_be_undone_and_says_so(tmp_path: Path) -> None:
    with valley(tmp_path) as store:
        send(store)
        with pytest.raises(Exception, match="Publishing January 2027 cannot be undone: the calendars have gone out"):
            store.undo()


def test_a_move_and_a_drop_change_exactly_those_events_and_their_partners(tmp_path: Path) -> None:
    with valley(tmp_path, (TENTH, "V3", "lead"), (NINTH, "V1", "lead"), (NINTH, "V2", "responder"),
                (SIXTEENTH, "V3", "lead"), (SIXTEENTH, "V4", "responder")) as store:  # fmt: skip
        send(store)
        before = kept(store)
        move(store, NINTH, "V2", TENTH)
        drop(store, SIXTEENTH, "V4")
        report = send(store)
        assert sequences(store, "V1") == {"01-10": (1, "CONFIRMED")}
        assert sequences(store, "V2") == {"01-10": (1, "CANCELLED"), "01-11": (0, "CONFIRMED")}
        assert sequences(store, "V3") == {"01-11": (1, "CONFIRMED"), "01-17": (1, "CONFIRMED")}
        assert sequences(store, "V4") == {"01-17": (1, "CANCELLED")}
        assert (report.new, report.changed, report.cancelled) == (1, 3, 2)
        assert lint_against(store, before) == ""
        assert lint(*out_of(store).rglob("*.ics")) == ""


def test_without_partners_shown_a_drop_changes_only_the_dropped(tmp_path: Path) -> None:
    with valley(tmp_path) as store:
        with store.change("Show no partners") as session:
            session.scalars(select(Programme)).one().show_partner = False
        send(store)
        assert "With" not in str(events(store, "V1")["01-10"]["DESCRIPTION"])
        drop(store, NINTH, "V2")
        assert send(store).people_changed == ("V2",)


def test_a_cancelled_shift_is_cancelled_once_and_stays(tmp_path: Path) -> None:
    with valley(tmp_path) as store:
        send(store)
        drop(store, NINTH, "V2")
        send(store)
        drop(store, SIXTEENTH, "V4")
        send(store)
        assert sequences(store, "V2") == {"01-10": (1, "CANCELLED")}


def test_a_swap_there_and_back_keeps_every_uid(tmp_path: Path) -> None:
    with valley(tmp_path) as store:
        send(store)
        first, before = uids(store, "V2"), kept(store)
        for _ in range(2):
            with store.change("Swap Ben and Min-jun") as session:
                rows = roster.month_rows(session, "2027-01")
                here, there = (next(row.id for row in rows if row.person == code) for code in ("V2", "V4"))
                roster.swap(session, here, there)
            send(store)
            assert lint_against(store, before) == ""
            before = kept(store)
        assert uids(store, "V2")["01-10"] == first["01-10"]
        assert sequences(store, "V2") == {"01-10": (2, "CONFIRMED"), "01-17": (1, "CANCELLED")}


def test_undo_after_publishing_brings_the_same_uid_back(tmp_path: Path) -> None:
    with valley(tmp_path) as store:
        send(store)
        first = uids(store, "V2")
        drop(store, NINTH, "V2")
        store.undo()
        assert not send(store).people_changed
        assert uids(store, "V2") == first


def test_a_person_put_back_by_hand_after_a_cancellation_has_the_same_uid(tmp_path: Path) -> None:
    with valley(tmp_path) as store:
        send(store)
        first, before = uids(store, "V2"), kept(store)
        drop(store, NINTH, "V2")
        send(store)
        with store.change("Put Ben back") as session:
            roster.assign(session, roster.shift_name(NINTH), "V2")
        report = send(store)
        assert uids(store, "V2") == first and (report.new, report.changed) == (1, 1)
        assert sequences(store, "V2") == {"01-10": (2, "CONFIRMED")}
        assert lint_against(store, before) == ""
        assert "New\n" in pack(store, 3)["V2.txt"]


def test_a_month_solved_anew_with_the_same_result_changes_nothing(tmp_path: Path) -> None:
    with valley(tmp_path) as store:
        send(store)
        before = contents(out_of(store) / "calendars")
        with store.change("Solve January 2027") as session:
            row = roster.assignment(session, number(session, NINTH, "V2"))
            values = (row.shift_id, row.responder_id, row.role)
            session.delete(row)
            session.flush()
            shift, person, role = values
            fresh = type(row)(shift_id=shift, responder_id=person, role=role, tier="", state="draft", locked=False)
            session.add(fresh)
        assert send(store).version == 2
        assert contents(out_of(store) / "calendars") == before


def test_two_publications_in_one_second_still_raise_the_time_stamps(tmp_path: Path) -> None:
    with valley(tmp_path) as store:
        send(store)
        before = kept(store)
        drop(store, NINTH, "V2")
        publish(store, "2027-01", out_of(store))
        with store.read() as session:
            first, second = session.scalars(select(PublishedVersion.at).order_by(PublishedVersion.version))
        assert (first, second) == (store.now, store.now + dt.timedelta(seconds=1))
        assert lint_against(store, before) == ""
        assert set(pack(store, 2)) == {"V1.ics", "V1.txt", "V2.ics", "V2.txt"}


def test_who_holds_a_stale_calendar_is_a_list_with_what_is_new_changed_and_cancelled(tmp_path: Path) -> None:
    with valley(tmp_path) as store:
        with store.read() as session:
            assert stale(session, store.now) == ()
        send(store)
        move(store, NINTH, "V2", TENTH)
        with store.read() as session:
            found = stale(session, store.now)
        assert [(p.name, p.count("new"), p.count("changed"), p.count("cancelled")) for p in found] == [
            ("Ana Ruiz", 0, 1, 0),
            ("Ben Kowalski", 1, 0, 1),
        ]
        assert send(store).stale_before == 2
        with store.read() as session:
            assert stale(session, store.now) == ()


def test_the_ledger_keeps_version_time_and_digest_of_what_each_was_sent(tmp_path: Path) -> None:
    with valley(tmp_path) as store:
        send(store)
        first = store.now
        drop(store, NINTH, "V2")
        send(store)
        with store.read() as session:
            rows = {row.responder_code: row for row in session.scalars(select(CalendarSent))}
            assert {code: row.version for code, row in rows.items()} == {"V1": 2, "V2": 2, "V3": 1, "V4": 1}
            assert (rows["V3"].at, rows["V2"].at) == (first, store.now)
            assert len(rows["V2"].digest) == 64


def test_a_month_emptied_after_publishing_cancels_everything(tmp_path: Path) -> None:
    with valley(tmp_path, (NINTH, "V1", "lead")) as store:
        send(store)
        drop(store, NINTH, "V1")
        assert send(store).cancelled == 1
        assert sequences(store, "V1") == {"01-10": (1, "CANCELLED")}
        with store.read() as session:
            acts = session.scalar(select(func.count()).select_from(JournalAct))
        send(store)
        with store.read() as session:
            assert session.scalar(select(func.count()).select_from(JournalAct)) == acts
