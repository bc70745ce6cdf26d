"""Who has answered for a month: a yes to all days counts as much as a no, and silence is told from both."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from crt_scheduler import availability, imports, month_answers, own_desk, roster, today
from crt_scheduler.errors import CrtError
from crt_scheduler.hours import asked_sheets, offers
from crt_scheduler.imports import Decisions
from crt_scheduler.imports.people_by_dates import ASKED, MIXED, OPEN, Poll
from crt_scheduler.people import deleting, ranges, usual_week
from crt_scheduler.privacy import purge
from crt_scheduler.store import Store
from crt_scheduler.tables import MonthAnswer, Responder
from tests.crt_scheduler import team_build
from tests.crt_scheduler.cli.test_cli import Office
from tests.crt_scheduler.imports.test_imports_build import table
from tests.drills import past
from tests.opened import open_store

CASES = Path(__file__).parents[1] / "cases"
NOW = dt.datetime(2026, 12, 15, 17, 0, tzinfo=dt.UTC)
DATES = tuple(f"Jan {day}" for day in range(1, 32))
HEAD = ("Name", "Email", *DATES)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Four people of a team: Ana Ruiz and Dov Katz, leads, Ben Holt and Cleo Park."""
    opened = team_build.team_of_four(tmp_path, now=NOW)
    yield opened
    opened.close()


def poll_of(store: Store, path: Path, **options: object) -> Poll:
    """Look a poll over."""
    report = imports.run(store, "availability", path, guess=True, dry_run=True, **options)  # type: ignore[arg-type]
    assert report.poll is not None
    return report.poll


def states(store: Store, month: str = "2027-01") -> dict[str, str]:
    """Return how each person stands in a month."""
    with store.read() as session:
        return {each.name: each.state for each in month_answers.of_month(session, month)}


def kept(store: Store) -> list[tuple[str, dt.date | None, str]]:
    """Return the answers in the records: whose, of which month, brought by what."""
    with store.read() as session:
        query = select(Responder.code, MonthAnswer.month, MonthAnswer.source).join(
            Responder, Responder.id == MonthAnswer.responder_id
        )
        return sorted((row[0], row[1], row[2]) for row in session.execute(query))


def ask(store: Store, *codes: str, month: str = "2027-01") -> None:
    """Ask people for a month."""
    with store.change("Ask") as session:
        month_answers.note_asked(session, month, codes)


def test_who_answers_yes_to_every_day_has_answered_and_who_leaves_all_blank_has_not(
    store: Store, tmp_path: Path
) -> None:
    path = table(tmp_path, HEAD, ("Ana Ruiz", "", *["Yes"] * 31), ("Ben Holt", "", *[""] * 31))
    report = imports.run(store, "availability", path, guess=True)
    assert (report.new, report.answers, report.written) == (0, 1, True)
    assert "1 person answers for January 2027." in report.notes
    assert states(store) == {
        "Ana Ruiz": "answered", "Ben Holt": "waiting", "Cleo Park": "waiting", "Dov Katz": "waiting",
    }  # fmt: skip
    store.undo()
    assert set(states(store).values()) == {"waiting"}
    assert not kept(store)


def test_the_same_poll_twice_changes_nothing_and_a_corrected_one_is_the_later_answer(
    store: Store, tmp_path: Path
) -> None:
    path = table(tmp_path, HEAD, ("Ana Ruiz", "", *["Yes"] * 31), ("Ben Holt", "", *["No"] * 31))
    imports.run(store, "availability", path, guess=True)
    store.now = NOW + dt.timedelta(days=1)
    again = imports.run(store, "availability", path, guess=True)
    assert (again.answers, again.written) == (0, False)
    new = table(tmp_path, HEAD, ("Ana Ruiz", "", *["Yes"] * 31), ("Ben Holt", "", "Yes", *["No"] * 30))
    assert imports.run(store, "availability", new, guess=True).answers == 1
    with store.read() as session:
        when = {each.name: each.answered for each in month_answers.of_month(session, "2027-01") if each.has_answered}
    assert when == {"Ana Ruiz": NOW, "Ben Holt": store.now}
    assert len(kept(store)) == 2


def test_days_that_only_border_on_the_month_of_a_poll_are_no_answer_for_the_next(store: Store, tmp_path: Path) -> None:
    head = ("Name", *DATES, "Feb 1", "Feb 2")
    imports.run(store, "availability", table(tmp_path, head, ("Ana Ruiz", *["Yes"] * 33)), guess=True)
    assert [month for _, month, _ in kept(store)] == [dt.date(2027, 1, 1)]


def test_a_weekly_grid_answers_for_every_week_until_the_person_is_asked_for_a_month(
    store: Store, tmp_path: Path
) -> None:
    head = ("Name", "Mon", "Tue", "Wed", "Thu", "Fri")
    imports.run(
        store, "availability", table(tmp_path, head, ("Ana Ruiz", "Yes", "No", "Yes", "Yes", "Yes")), guess=True
    )
    assert states(store)["Ana Ruiz"] == "week"
    store.now = NOW + dt.timedelta(days=1)
    ask(store, "V001", "V002")
    assert states(store)["Ana Ruiz"] == "waiting"
    store.now = NOW + dt.timedelta(days=2)
    later = table(tmp_path, head, ("Ana Ruiz", "Yes", "Yes", "No", "Yes", "Yes"))
    imports.run(store, "availability", later, guess=True)
    assert states(store)["Ana Ruiz"] == "answered"


def test_what_was_said_in_passing_is_no_answer_to_being_asked_later(store: Store) -> None:
    with store.change("Away") as session:
        ranges.say(session, "V001", "cannot", first=dt.date(2027, 1, 9), last=dt.date(2027, 1, 9))
    assert states(store)["Ana Ruiz"] == "answered"
    store.now = NOW + dt.timedelta(days=1)
    ask(store, "V001")
    assert states(store)["Ana Ruiz"] == "waiting"
    with store.change("A wish") as session:
        availability.wish(session, roster.shift_name("2027-01-10/night/Valley"), "V001", "wants")
    assert states(store)["Ana Ruiz"] == "answered"


def test_the_coordinators_week_a_responders_own_wish_and_a_word_by_phone_are_answers(store: Store) -> None:
    with store.change("Week") as session:
        usual_week.set_grade(session, "V001", 5, "night", "wants")
    with store.change("Own") as session:
        own_desk.wish(session, "V002", dt.date(2027, 2, 6), "day", "wants", now=NOW)
    with store.change("Phone") as session:
        month_answers.said(session, "2027-01", ["V003"])
    january, february = dt.date(2027, 1, 1), dt.date(2027, 2, 1)
    assert kept(store) == [("V001", None, "typed"), ("V002", february, "own"), ("V003", january, "said")]


def test_a_purge_takes_the_answers_of_months_past_their_time_and_keeps_the_others(store: Store) -> None:
    for month in ("2025-11", "2025-12", "2027-01"):
        ask(store, "V001", month=month)
    purge.purge(store)
    assert [month for _, month, _ in kept(store)] == [dt.date(2025, 12, 1), dt.date(2027, 1, 1)]
    raw = b"".join(path.read_bytes() for path in store.path.parent.glob(f"{store.path.name}*"))
    assert b"2025-11-01" not in raw


def test_who_is_deleted_takes_their_answers_along(store: Store) -> None:
    ask(store, "V001", "V002")
    with store.change("Delete") as session:
        deleting.delete(session, ["V001"])
    assert [code for code, _, _ in kept(store)] == ["V002"]
    store.undo()
    assert len(kept(store)) == 2


def test_a_poll_is_seen_as_people_by_dates_with_what_is_in_doubt(store: Store, tmp_path: Path) -> None:
    path = table(
        tmp_path,
        ("Name", "Jan 1", "Jan 2", "Jan 3"),
        ("Ana Ruiz", "Yes", "If needed", "No"),
        ("A. Ruiz", "Yes", "", "No"),
        ("Ben Holt", "", "", ""),
        ("Cleo Park", "Yes", "perhaps so", ""),
    )
    poll = poll_of(store, path, skip_bad=True)
    rows = {each.name: each for each in poll.people}
    assert [day.date for day in poll.days] == [dt.date(2027, 1, day) for day in (1, 2, 3)]
    assert [rows["Ana Ruiz"].marks[n].grade for n in range(3)] == ["free", "rather_not", "cannot"]
    assert rows["Ben Holt"].is_silent and rows["Ben Holt"].code == "V002"
    assert rows["Cleo Park"].marks[1].grade == OPEN
    assert rows["A. Ruiz"].state == ASKED and rows["A. Ruiz"].marks[2].grade == "cannot"
    assert poll.free(0) == 2
    assert rows["Ana Ruiz"].cells[1] == (2, "Jan 2")
    assert [each.name for each in poll.waiting] == ["Ben Holt", "Dov Katz"]


def test_two_shifts_of_a_day_that_differ_are_seen_as_mixed(store: Store, tmp_path: Path) -> None:
    path = table(tmp_path, ("Name", "Jan 1 day", "Jan 1 night", "Jan 2 day"), ("Ana Ruiz", "Yes", "No", "Yes"))
    [ana] = poll_of(store, path).people
    assert [ana.marks[n].grade for n in range(2)] == [MIXED, "free"]
    assert 0 not in ana.cells and ana.cells[1] == (2, "Jan 2 day")


def test_who_was_said_to_be_somebody_stands_in_the_grid_under_their_name(store: Store, tmp_path: Path) -> None:
    path = table(tmp_path, ("Name", "Jan 1", "Jan 2"), ("A. Ruiz", "Yes", "No"))
    [ana] = poll_of(store, path, decided=Decisions(same={2: "V001"})).people
    assert (ana.name, ana.code, ana.state) == ("Ana Ruiz", "V001", "sure")
    assert not poll_of(store, path, decided=Decisions(left_out=frozenset({2}))).people


def test_asking_everybody_writes_a_sheet_each_and_then_tells_who_has_answered(store: Store, tmp_path: Path) -> None:
    paths = asked_sheets.ask(store, "2027-01", tmp_path / "out")
    assert [path.name for path in paths] == [f"availability-2027-01-V00{n}.xlsx" for n in range(1, 5)]
    assert set(states(store).values()) == {"waiting"}
    fill_in(paths[1])
    store.now = NOW + dt.timedelta(days=2)
    offers.read(store, tmp_path / "out")
    with store.read() as session:
        found = {each.id: each for each in month_answers.of_month(session, "2027-01")}
        words = month_answers.counts_words(found.values(), "2027-01")
    assert (found["V002"].asked, found["V002"].answered, found["V002"].source) == (NOW, store.now, "sheet")
    assert words == "January 2027: 1 of 4 have answered, 3 have not."
    again = asked_sheets.ask(store, "2027-01", tmp_path / "again", only_waiting=True)
    assert [path.stem[-4:] for path in again] == ["V001", "V003", "V004"]
    with store.read() as session:
        silent = month_answers.waiting(session, "2027-01")
    assert [(each.asked, each.asked_again) for each in silent] == [(NOW, store.now)] * 3


def fill_in(path: Path) -> None:
    """Write a grade on a sheet's first line, as a spreadsheet does."""
    book = load_workbook(path)
    page = book.active
    assert page is not None
    page.cell(2, 8).value = "wants"
    book.save(path)


def test_asking_never_writes_over_a_sheet_that_came_back_and_then_asks_nobody(store: Store, tmp_path: Path) -> None:
    paths = asked_sheets.ask(store, "2027-01", tmp_path / "out")
    fill_in(paths[1])
    before = paths[1].read_bytes()
    store.now = NOW + dt.timedelta(days=2)
    with pytest.raises(CrtError, match="holds something this program did not write"):
        asked_sheets.ask(store, "2027-01", tmp_path / "out")
    assert paths[1].read_bytes() == before
    with store.read() as session:
        assert not any(each.asked_again for each in month_answers.of_month(session, "2027-01"))


def test_nobody_is_asked_for_a_month_that_is_over_or_when_all_have_answered(store: Store, tmp_path: Path) -> None:
    with pytest.raises(CrtError, match="November 2026 is over"):
        asked_sheets.ask(store, "2026-11", tmp_path / "out")
    with store.change("By phone") as session:
        month_answers.said(session, "2027-01", ["V001", "V002", "V003", "V004"])
    with pytest.raises(CrtError, match="Everybody has answered"):
        asked_sheets.ask(store, "2027-01", tmp_path / "out", only_waiting=True)
    assert not (tmp_path / "out").exists()


def test_who_is_on_leave_all_the_month_is_neither_asked_nor_waited_for(store: Store, tmp_path: Path) -> None:
    with store.change("Leave") as session:
        who = roster.person(session, "V003")
        who.status, who.status_until = "leave", dt.date(2027, 1, 31)
        other = roster.person(session, "V004")
        other.status, other.status_until = "leave", dt.date(2027, 1, 10)
    assert [path.stem[-4:] for path in asked_sheets.ask(store, "2027-01", tmp_path / "out")] == ["V001", "V002", "V004"]
    with store.read() as session:
        assert [each.id for each in month_answers.waiting(session, "2027-01")] == ["V001", "V002", "V004"]
        words = month_answers.counts_words(month_answers.of_month(session, "2027-01"), "2027-01")
    assert words == "January 2027: 0 of 4 have answered, 3 have not, 1 is on leave."


def test_the_commands_ask_list_and_take_down_answers(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    team_build.team(tmp_path).close()
    office = Office(tmp_path, capsys)
    office.type("import", "people", str(CASES / "00-base" / "people.csv"))
    told = office.type("availability", "ask", "2027-01", str(tmp_path / "out"), "--person", "V001", "--json")
    assert told == {"month": "2027-01", "asked": 1, "files": ["availability-2027-01-V001.xlsx"]}
    office.type("availability", "answered", "2027-01", "V001")
    found = office.type("availability", "answers", "2027-01", "--json")
    assert (found["people"], found["answered"], found["waiting"]) == (4, 1, 3)
    assert "example.org" not in str(found)
    assert [each["source"] for each in found["answers"]] == ["said", "", "", ""]
    assert "1 of 4 have answered" in office.type("availability", "answers", "2027-01")
    addresses = office.type("availability", "answers", "2027-01", "--addresses")
    assert addresses.split() == ["ben@example.org", "cleo@example.org", "dov@example.org"]
    office.type("undo")
    assert office.type("availability", "answers", "2027-01", "--waiting", "--json")["waiting"] == 4


def test_today_no_longer_calls_silent_who_said_yes_to_all(store: Store, tmp_path: Path) -> None:
    path = table(tmp_path, HEAD, ("Ana Ruiz", "", *["Yes"] * 31))
    imports.run(store, "availability", path, guess=True)
    with store.read() as session:
        care = today.today(session, now=NOW).care
    silent = next(item for item in care if item.kind == "silent")
    assert [each.name for each in silent.people] == ["Ben Holt", "Cleo Park", "Dov Katz"]


def test_who_spoke_of_a_month_before_answers_were_kept_has_answered_for_it(tmp_path: Path) -> None:
    path = tmp_path / "then.db"
    past.write("0011", path)
    with closing(sqlite3.connect(path)) as raw, raw:
        people = [row[0] for row in raw.execute("SELECT id FROM responder ORDER BY id LIMIT 4")]
        raw.execute("DELETE FROM availability")
        raw.execute("DELETE FROM wish")
        line = (
            "INSERT INTO availability (responder_id, first, last, weekdays, grade, note) "
            "VALUES (?, ?, ?, 127, 'cannot', '')"
        )
        raw.execute(line, (people[0], "2027-01-09", "2027-02-02"))
        raw.execute(line, (people[1], None, None))
        raw.execute(
            "INSERT INTO wish (responder_id, template_id, date, grade) VALUES (?, 1, '2027-03-05', 'wants')",
            (people[2],),
        )
    with open_store(str(path), who="Mara", now=NOW) as opened, opened.read() as session:
        rows = session.execute(select(MonthAnswer.responder_id, MonthAnswer.month, MonthAnswer.source)).all()
        found = month_answers.of_month(session, "2027-01")
    assert sorted(rows, key=lambda row: row[0]) == [
        (people[0], dt.date(2027, 1, 1), "record"),
        (people[1], None, "record"),
        (people[2], dt.date(2027, 3, 1), "record"),
    ]
    assert sorted(each.state for each in found if each.has_answered) == ["answered", "week"]
    assert all(each.answered is None for each in found)
