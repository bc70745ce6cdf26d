"""Publishing month after month: no month drops, leaks or shortens another."""

from __future__ import annotations

import datetime as dt
import itertools
from pathlib import Path

import pytest
from sqlalchemy import select

from crt_scheduler import roster
from crt_scheduler.errors import CrtError
from crt_scheduler.publish import publication_promise
from crt_scheduler.publish.rolling import personal_files, roster_files
from crt_scheduler.publish.sent_ledger import sync
from crt_scheduler.tables import Responder
from tests.crt_scheduler.publish.test_publish_build import (
    NINTH,
    contents,
    drop,
    events,
    lint,
    out_of,
    pack,
    put,
    send,
    valley,
)

GOLDEN = Path(__file__).parents[2] / "golden"
FEBRUARY = "2027-02-06/night/Valley"


def test_publishing_february_leaves_january_in_every_file(tmp_path: Path) -> None:
    with valley(tmp_path) as store:
        send(store)
        january = {code: events(store, code) for code in ("V1", "V2", "V3", "V4")}
        with store.change("Solve February 2027") as session:
            put(session, FEBRUARY, "V1", "lead")
        report = send(store, "2027-02")
        assert (report.new, report.changed, report.cancelled) == (1, 0, 0)
        for code, before in january.items():
            assert before.items() <= events(store, code).items()
        assert "02-07" in events(store, "V1")
        assert (out_of(store) / "roster" / "Valley-2027-01.ics").exists()
        assert sorted(pack(store, 1)) == ["V1.txt", "V2.txt", "V3.txt", "V4.txt"]
        assert sorted(pack(store, 1, "2027-02")) == ["V1.ics", "V1.txt"]
        assert pack(store, 1, "2027-02")["V1.ics"].count("BEGIN:VEVENT") == 1


def test_each_month_counts_its_own_versions(tmp_path: Path) -> None:
    months = ("2027-01", "2027-02", "2027-03")
    with valley(tmp_path) as store:
        with store.change("Solve February and March") as session:
            for month in months[1:]:
                put(session, f"{month}-06/night/Valley", "V1", "lead")
        for month in months:
            send(store, month)
        drop(store, "2027-02-06/night/Valley", "V1")
        assert send(store, "2027-02").version == 2
        with store.read() as session:
            last = [publication_promise.last_version(session, month) for month in months]
            assert [version.version for version in last if version] == [1, 2, 1]
            assert [publication_promise.published(session, month).version for month in months] == [1, 2, 1]


def test_an_unpublished_change_of_january_does_not_go_out_with_february(tmp_path: Path) -> None:
    with valley(tmp_path) as store:
        send(store)
        before = contents(out_of(store))
        drop(store, NINTH, "V2")
        with store.change("Solve February 2027") as session:
            put(session, FEBRUARY, "V4")
        send(store, "2027-02")
        after = contents(out_of(store))
        for path in ("calendars/V1.ics", "calendars/V2.ics", "roster/Valley-2027-01.ics", "roster/roster-2027-01.csv"):
            assert after[path] == before[path]
        assert send(store).cancelled == 1


def test_a_shift_stays_until_thirty_days_after_its_end(tmp_path: Path) -> None:
    with valley(tmp_path) as store:
        send(store)
        store.now = dt.datetime(2027, 2, 9, 13, 0, tzinfo=dt.UTC)
        assert send(store).version == 1 and "01-10" in events(store, "V1")
        assert send(store).version == 1 and events(store, "V1") == {}
        assert "01-17" in events(store, "V3")


@pytest.mark.parametrize(("date", "hours"), [("2027-03-13", 11), ("2027-03-14", 12), ("2027-11-06", 13)])
def test_a_night_across_a_clock_change_has_its_true_hours(tmp_path: Path, date: str, hours: int) -> None:
    night = f"{date}/night/Valley"
    with valley(tmp_path, (night, "V1", "lead"), (night, "V2", "responder")) as store:
        send(store, date[:7])
        (event,) = events(store, "V1").values()
        assert event["DTEND"].dt - event["DTSTART"].dt == dt.timedelta(hours=hours)
        table = (out_of(store) / "roster" / f"roster-{date[:7]}.csv").read_text(encoding="utf-8-sig").splitlines()
        assert table[1].startswith(f"{date},{dt.date.fromisoformat(date):%a},night,{date} 18:00")
        assert table[1].split(",")[5] == str(hours)
        assert f"({hours}:00 h)" in pack(store, 1, date[:7])["V1.txt"]


def test_everybody_active_or_on_leave_has_a_file_and_others_while_they_have_shifts(tmp_path: Path) -> None:
    with valley(tmp_path) as store:
        send(store)
        with store.change("People leave") as session:
            for code, status in (("V1", "inactive"), ("V2", "leave")):
                roster.person(session, code).status = status
            session.add(Responder(code="V9", name="Old Hand", kind="volunteer", role="lead", status="inactive",
                                  languages=[], traditions=[], email="", phone=""))  # fmt: skip
            session.add(Responder(code="V5", name="New Hand", kind="volunteer", role="trainee", status="active",
                                  languages=[], traditions=[], email="", phone=""))  # fmt: skip
        send(store)
        assert sorted(contents(out_of(store) / "calendars")) == ["V1.ics", "V2.ics", "V3.ics", "V4.ics", "V5.ics"]
        assert lint(out_of(store) / "calendars" / "V5.ics") == ""
        store.now = dt.datetime(2027, 6, 1, tzinfo=dt.UTC)
        send(store)
        assert sorted(contents(out_of(store) / "calendars")) == ["V2.ics", "V3.ics", "V4.ics", "V5.ics"]


@pytest.mark.parametrize("month", ["2027-02", "2027-01"])
def test_an_empty_month_is_refused_with_a_sentence(tmp_path: Path, month: str) -> None:
    with valley(tmp_path) as store:
        for row in [("V1", "V2"), ("V3", "V4")]:
            for code in row:
                with store.read() as session:
                    key = next(r.shift for r in roster.month_rows(session, "2027-01") if r.person == code)
                drop(store, key, code)
        with pytest.raises(CrtError, match=r"Nobody is on the roster of \w+ 2027 yet\. Fill it first"):
            send(store, month)
        assert not out_of(store).exists()


def test_a_word_that_is_no_month_is_refused(tmp_path: Path) -> None:
    with valley(tmp_path) as store, pytest.raises(CrtError, match="not a month"):
        send(store, "January")


def test_clergy_and_duty_lead_stand_in_the_citys_calendar(tmp_path: Path) -> None:
    with valley(tmp_path) as store:
        with store.change("City duties") as session:
            put(session, "2027-01-09/day/City", "V3", "duty_lead")
            for code, name, tier in (("C1", "Rabbi Noam Levi", "primary"), ("C2", "Rev. Ruth Adler", "backup")):
                session.add(Responder(code=code, name=name, kind="clergy", role="responder", status="active",
                                      languages=[], traditions=[], email="", phone=""))  # fmt: skip
                session.flush()
                put(session, "2027-01-09/24h/City", code, "clergy", tier)
        send(store)
        assert str(events(store, "V3")["01-09"]["SUMMARY"]) == "On call: duty lead, City"
        primary = events(store, "C1")["01-09"]
        assert str(primary["SUMMARY"]) == "On call: clergy primary, City"
        assert str(primary["DESCRIPTION"]).startswith("With: Rev. Ruth A. (backup)\nAs of ")
        city = (out_of(store) / "roster" / "City-2027-01.ics").read_text(encoding="utf-8")
        assert "SUMMARY:Rabbi Noam Levi - On call: clergy primary\\, City" in city
        with store.read() as session:
            assert session.scalar(select(Responder.name).where(Responder.code == "C1")) == "Rabbi Noam Levi"


def test_a_published_calendar_is_the_golden_one_byte_for_byte(tmp_path: Path) -> None:
    with valley(tmp_path) as store:
        uids = (f"{n:032x}@crt-scheduler.example" for n in itertools.count(1))
        with store.change("Publish") as session:
            sync(session, "2027-01", store.now, new_uid=lambda: next(uids))
        with store.change("Take Ben off") as session:
            roster.unassign(session, roster.shift_name(NINTH), "V2")
            sync(session, "2027-01", store.now + dt.timedelta(days=1, microseconds=5), new_uid=lambda: next(uids))
        with store.read() as session:
            made = {**personal_files(session, store.now), **roster_files(session, "2027-01", store.now)}
        for code, name in (("V1", "ana"), ("V2", "ben"), ("roster/Valley-2027-01.ics", "valley")):
            assert made[code] == ((GOLDEN / f"{name}.ics").read_bytes(),)
