"""Calls, hours and duties as teams' files tell them: each told once, whatever the rows' order and repetition."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from crt_scheduler import call_numbers, imports
from crt_scheduler.calls import call_acts
from crt_scheduler.errors import CrtError
from crt_scheduler.hours import hours_ledger
from crt_scheduler.imports import Decisions
from crt_scheduler.imports.calls_rows import CallLine
from crt_scheduler.imports.cases import told
from crt_scheduler.imports.several import people_in
from crt_scheduler.reports.hours_per_person import HoursReport, hours_report
from crt_scheduler.reports.year import year_report
from crt_scheduler.reports.year_values import YearReport
from crt_scheduler.store import Store
from crt_scheduler.tables import Assignment, Call, CallAnswer, CallResponder, HoursEntry, Incident, Record, Shift
from tests.crt_scheduler import team_build

CASES = Path(__file__).parents[2] / "cases"
CLOCK = dt.datetime(2026, 12, 15, 20, tzinfo=dt.UTC)
LATER = dt.datetime(2027, 1, 15, 20, tzinfo=dt.UTC)
YEAR = (dt.date(2027, 1, 1), dt.date(2027, 12, 31))
CALLS = "number,timestamp,area,type,notified,on_scene,clear,people_served,responders"
DAY = dt.datetime(2027, 1, 10, 2, 10, tzinfo=dt.UTC)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """The team of the cases."""
    opened = team_build.team_of_four(tmp_path, now=CLOCK)
    yield opened
    opened.close()


def file(folder: Path, text: str, name: str = "file.csv") -> Path:
    """Write a file and return its path."""
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


def year(store: Store, basis: str = "response") -> YearReport:
    """Return the year report of 2027 at $30 an hour."""
    with store.read() as session:
        return year_report(session, *YEAR, now=LATER, rate=3000, basis=basis)


def people_hours(store: Store) -> HoursReport:
    """Return the hours of everybody in 2027."""
    with store.read() as session:
        return hours_report(session, *YEAR, now=LATER)


def who_went(store: Store) -> dict[str, set[int]]:
    """Return who (row number) went to each call, by number and case."""
    with store.read() as session:
        found = session.execute(
            select(Call.number, Call.case, CallResponder.responder_id).join(CallResponder, isouter=True)
        )
        went: dict[str, set[int]] = {}
        for number, case, who in found:
            went.setdefault(f"{number}/{case}", set()).update(() if who is None else (who,))
        return went


def twin(session: Session, row: Record, **changed: object) -> None:
    """Add a second row like another, but for its number and what is given."""
    values = {column.key: getattr(row, column.key) for column in row.__table__.columns if column.key != "id"}
    session.add(type(row)(**values | changed))
    session.flush()


@pytest.mark.parametrize("name", ["calls.csv", "one_row_per_responder.csv"])
def test_45_a_row_twice_or_a_row_per_responder_is_one_call(store: Store, name: str) -> None:
    path = CASES / "45-calls-twice" / name
    report = imports.run(store, "calls", path)
    assert report.new == 1 and any("row" in note for note in report.notes)
    found = year(store)
    assert (found.responses, found.people_served, found.response_minutes) == (1, 3, 240)
    assert found.value is not None and found.value.cents == 120_00
    again = imports.run(store, "calls", path)
    assert (again.new, again.changed, again.unchanged) == (0, 0, 2)


def test_45_rows_of_a_number_with_other_content_are_further_cases_in_any_order(store: Store, tmp_path: Path) -> None:
    first = "C-1,2027-01-09 18:05,Valley,fire,2027-01-09 18:10,2027-01-09 19:00,2027-01-09 21:00,3,V001"
    second = "C-1,2027-01-09 18:05,Valley,fire,2027-01-09 18:20,2027-01-09 20:00,2027-01-09 22:00,2,V003"
    late = "C-1,2027-01-09 18:05,Valley,fire,2027-01-09 18:15,,,,V004"
    assert imports.run(store, "calls", file(tmp_path, "\n".join((CALLS, second, first)))).new == 2
    before = team_build.everything(store)
    again = imports.run(store, "calls", file(tmp_path, "\n".join((CALLS, first, second, first))))
    assert (again.new, again.changed, again.unchanged) == (0, 0, 3)
    assert team_build.everything(store) == before
    more = imports.run(store, "calls", file(tmp_path, "\n".join((CALLS, late, second, first))))
    assert (more.new, more.changed) == (1, 0)
    assert who_went(store) == {"C-1/1": {1}, "C-1/2": {3}, "C-1/3": {4}}


def test_45_a_corrected_case_corrects_the_case_it_is_like(store: Store, tmp_path: Path) -> None:
    first = "C-1,2027-01-09 18:05,Valley,fire,2027-01-09 18:10,2027-01-09 19:00,2027-01-09 21:00,3,V001"
    second = "C-1,2027-01-09 18:05,Valley,fire,2027-01-09 18:20,2027-01-09 20:00,2027-01-09 22:00,2,V003"
    imports.run(store, "calls", file(tmp_path, "\n".join((CALLS, first, second))))
    path = file(tmp_path, "\n".join((CALLS, second.replace("22:00,2,", "22:30,5,"))))
    assert imports.run(store, "calls", path).changed == 1
    with store.read() as session:
        assert [row.served for row in session.scalars(select(Call).order_by(Call.case))] == [3, 5]


def lines(seed: st.DrawFn) -> list[CallLine]:
    """Draw the rows of a file of calls, some of them alike."""
    minutes = st.sampled_from((0, 10, 20))
    some = st.none() | minutes.map(lambda n: DAY + dt.timedelta(minutes=60 + n))
    went = st.lists(st.sampled_from((1, 2, 3)), unique=True, max_size=2).map(lambda who: tuple(sorted(who)))
    return [
        CallLine(
            number=seed(st.sampled_from(("K-1", "k-1", "Q-2"))), case=1, at=DAY, area_id=1, division_id=None,
            type="fire", agency="", notified=DAY + dt.timedelta(minutes=seed(minutes)), dispatched=None,
            on_scene=seed(some), clear=None, served=seed(st.sampled_from((None, 2))), hard="",
            responders=(who := seed(went)), roles=("lead",) * len(who),
        )
        for _ in range(seed(st.integers(1, 7)))
    ]  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_the_order_of_a_files_rows_says_nothing(data: st.DataObject) -> None:
    rows = lines(data.draw)
    shuffled = data.draw(st.permutations(rows))

    def plain(found: tuple[CallLine, ...]) -> set[tuple[str, int, object, object, object, object]]:
        return {
            (one.number.casefold(), one.case, one.notified, one.on_scene, one.served, one.responders) for one in found
        }

    once = told(rows, {})
    assert plain(once.lines) == plain(told(shuffled, {}).lines)
    assert len(once.lines) + once.repeated + once.joined == len(rows)
    there = {(one.number, one.case): one for one in once.lines}
    assert set(told(shuffled, there).lines) == set(once.lines)


def test_32_one_number_in_two_ways_is_one_call_everywhere(store: Store, tmp_path: Path) -> None:
    assert imports.run(store, "calls", CASES / "32-numbers" / "calls1.csv").new == 1
    again = imports.run(store, "calls", CASES / "32-numbers" / "calls2.csv")
    assert (again.new, again.changed, again.unchanged) == (0, 0, 1)
    both = f"{CALLS}\nk-2,2027-05-19 18:05,Valley,fire,,,,,V001\n K-2 ,2027-05-19 18:05,Valley,fire,,,,,V002\n"
    assert imports.run(store, "calls", file(tmp_path, both)).new == 1
    answers = "call,person,time,answer\nk-1,V001,2027-05-19 18:12,accepted\nK-1/1,V002,2027-05-19 18:13,accepted\n"
    assert imports.run(store, "answers", file(tmp_path, answers)).new == 2
    hours = "person,kind,start,end,call\nV001,travel,2027-05-19 18:15,2027-05-19 18:45,k-1\n"
    assert imports.run(store, "hours", file(tmp_path, hours)).new == 1
    log = "number,timestamp,area,type\nK-2,2027-05-19 18:05,Valley,fire\n"
    assert imports.run(store, "incidents", file(tmp_path, log)).unchanged == 1
    with store.read() as session:
        assert call_acts.find(session, "k-1") == call_acts.find(session, " K-1 ") == call_acts.find(session, "k-1/1")
        assert [row.number for row in session.scalars(select(Incident).order_by(Incident.id))] == ["K-1", "k-2"]
        assert {row.call_id for row in session.scalars(select(CallAnswer))} == {call_acts.find(session, "K-1")}
        assert {row.call_id for row in session.scalars(select(HoursEntry))} == {call_acts.find(session, "K-1")}


def test_32_calls_that_an_older_version_told_apart_by_case_can_each_be_reached(store: Store) -> None:
    imports.run(store, "calls", CASES / "32-numbers" / "calls1.csv")
    with store.change("As it was") as session:
        call, incident = session.scalars(select(Call)).one(), session.scalars(select(Incident)).one()
        twin(session, incident, key="n:k-1", number="k-1")
        second = session.scalars(select(Incident).where(Incident.key == "n:k-1")).one()
        twin(session, call, number="k-1", incident_id=second.id)
    with store.read() as session:
        assert call_acts.find(session, "K-1") != call_acts.find(session, "k-1")
    assert imports.run(store, "calls", CASES / "32-numbers" / "calls1.csv").unchanged == 1
    assert imports.run(store, "calls", CASES / "32-numbers" / "calls2.csv").unchanged == 1


@pytest.mark.parametrize("said", ["é-1", "É-1", " É-1", "É-1 "])
def test_32_letters_beyond_a_to_z_are_folded_too(store: Store, tmp_path: Path, said: str) -> None:
    imports.run(store, "calls", file(tmp_path, f"{CALLS}\nÉ-1,2027-05-19 18:05,Valley,fire,,,,,\n"))
    with store.read() as session:
        assert session.get_one(Call, call_acts.find(session, said)).number == "É-1"
    assert call_numbers.folded(said) == "é-1"


@pytest.mark.parametrize(
    "said",
    [
        "V001;V002", "V001, V002", "v001/V002", "V001 & V002", "V001 and V002", "V001\nV002", "V001,V002,",
        "V001; ;V002", "Ana Ruiz, Ben Holt", "Ana Ruiz and Ben Holt", "Ana Ruiz / V002", "ana ruiz;BEN HOLT",
        "V002, V001, V001",
    ],
)  # fmt: skip
def test_48_two_people_in_one_cell_are_two_people(store: Store, tmp_path: Path, said: str) -> None:
    path = tmp_path / "calls.csv"
    with path.open("w", newline="") as out:
        csv.writer(out).writerows([CALLS.split(","), ["Q-1", "2027-01-09 18:05", "Valley", "fire", *[""] * 4, said]])
    assert imports.run(store, "calls", path).new == 1
    assert who_went(store) == {"Q-1/1": {1, 2}}


def test_48_the_case_as_it_came(store: Store) -> None:
    assert imports.run(store, "calls", CASES / "48-commas" / "calls.csv").new == 1
    assert who_went(store) == {"Q-1/1": {1, 2}}


def test_48_somebody_unknown_among_several_is_named_alone(store: Store, tmp_path: Path) -> None:
    path = file(tmp_path, f'{CALLS}\nQ-1,2027-01-09 18:05,Valley,fire,,,,,"V001, Zoe Nobody, V002"\n')
    found = imports.run(store, "calls", path, dry_run=True).bad
    assert [(fault.value, "no person has this id or name" in fault.reason) for fault in found] == [("Zoe Nobody", True)]


NAMES = {"Ruiz, Ana": 1, "Ana Ruiz": 1, "Holt, Ben": 2, "V/3": 3, "Anderson": 4, "Rose and Crown": 5}


@pytest.mark.parametrize(
    ("said", "people", "unknown"),
    [
        ("Ruiz, Ana", [1], []),
        ("Ruiz, Ana, Holt, Ben", [1, 2], []),
        ("Ruiz, Ana; Holt, Ben", [1, 2], []),
        ("V/3", [3], []),
        ("V/3; Anderson", [3, 4], []),
        ("Anderson and Ruiz, Ana", [4, 1], []),
        ("Rose and Crown", [5], []),
        ("Andy and Anderson", [4], ["Andy"]),
        ("", [], []),
        (" ; , / ", [], []),
    ],
)
def test_48_a_comma_or_an_and_in_a_name_parts_nobody(said: str, people: list[int], unknown: list[str]) -> None:
    found = people_in(said, NAMES.get)
    assert (found.people, found.unknown) == (people, unknown)


def test_57_two_responses_at_one_time_count_once_everywhere(store: Store) -> None:
    imports.run(store, "calls", CASES / "57-two-cases" / "calls.csv")
    for basis in ("response", "ledger"):
        found = year(store, basis)
        assert found.value is not None
        assert (found.response_minutes, found.waiting, found.value.cents) == (240, 240, 120_00)
        assert dict(found.kinds)["response"] == 240
    each = people_hours(store)
    assert [(one.code, one.kinds[0], one.ledger, one.waiting, one.calls) for one in each.people] == [
        ("V001", 120, 120, 120, 2), ("V002", 120, 120, 120, 2),
    ]  # fmt: skip
    with store.read() as session:
        whole, people = hours_ledger.totals(session, *YEAR, until=LATER)
        entries = hours_ledger.rows(session, *YEAR)
    assert (whole.response, whole.combined, whole.credited, whole.logged) == (240, 240, 240, 240)
    assert [one.totals.combined for one in people] == [120, 120]
    assert len(entries) == 4 and {row.call for row in entries} == {"D-1", "D-2"}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(
            st.sampled_from((1, 2)), st.sampled_from(("response", "meeting")), st.integers(0, 300), st.integers(1, 200),
            st.sampled_from(("logged", "approved")),
        ),
        max_size=8,
    )
)  # fmt: skip
def test_57_the_report_counts_every_hour_as_the_list_does(
    store: Store, entries: list[tuple[int, str, int, int, str]]
) -> None:
    with store.change("Hours") as session:
        for row in session.scalars(select(HoursEntry)).all():
            session.delete(row)
        session.flush()
        for n, (who, kind, begin, length, state) in enumerate(entries):
            start = DAY + dt.timedelta(minutes=begin)
            session.add(
                HoursEntry(
                    responder_id=who, kind=kind, date=dt.date(2027, 1, 9), start=start, minutes=length,
                    end=start + dt.timedelta(minutes=length), call_id=None, state=state, approved_by="", key=f"h:{n}",
                )
            )  # fmt: skip
    with store.read() as session:
        whole, people = hours_ledger.totals(session, *YEAR, until=LATER)
    found = year(store, "ledger")
    assert found.value is not None
    assert (dict(found.kinds), found.waiting) == (dict(whole.kinds), whole.logged)
    assert found.value.cents == whole.combined * 50
    assert [(one.code, one.ledger, one.waiting) for one in people_hours(store).people] == [
        (one.person, one.totals.combined, one.totals.logged) for one in people
    ]


def duties(store: Store) -> list[tuple[str, int, str]]:
    """Return every duty: shift, whose (row number), state."""
    with store.read() as session:
        found = select(Shift.key, Assignment.responder_id, Assignment.state).join(Shift)
        return [tuple(row) for row in session.execute(found.order_by(Shift.key))]  # type: ignore[misc]


def roster(folder: Path, *rows: str, name: str = "roster.csv") -> Path:
    """Write a roster and return its path."""
    return file(folder, "\n".join(("date,shift,area,role,person", *rows)), name)


def test_20_a_corrected_area_replaces_the_duty_and_is_said(store: Store, tmp_path: Path) -> None:
    imports.run(store, "roster", roster(tmp_path, "2027-01-10,day,Valley,responder,V002"))
    report = imports.run(store, "roster", CASES / "20-area" / "roster_area.csv", dry_run=True)
    assert (report.new, report.changed) == (0, 1)
    assert "V002 is on 2027-01-10/day/South instead of 2027-01-10/day/Valley." in report.notes
    imports.run(store, "roster", CASES / "20-area" / "roster_area.csv")
    assert duties(store) == [("2027-01-10/day/South", 2, "draft")]
    store.undo()
    assert duties(store) == [("2027-01-10/day/Valley", 2, "draft")]


@pytest.mark.parametrize("state", ["told", "confirmed"])
def test_20_a_promised_duty_is_not_replaced(store: Store, tmp_path: Path, state: str) -> None:
    imports.run(store, "roster", roster(tmp_path, "2027-01-10,day,Valley,responder,V002"))
    with store.change("Promise") as session:
        session.scalars(select(Assignment)).one().state = state
    with pytest.raises(CrtError, match="2027-01-10/day/Valley was promised to the person; change it in the roster"):
        imports.run(store, "roster", CASES / "20-area" / "roster_area.csv")


def test_20_a_locked_duty_is_not_replaced(store: Store, tmp_path: Path) -> None:
    imports.run(store, "roster", roster(tmp_path, "2027-01-10,day,Valley,responder,V002"))
    with store.change("Lock") as session:
        session.scalars(select(Assignment)).one().locked = True
    with pytest.raises(CrtError, match="is locked on 2027-01-10/day/Valley"):
        imports.run(store, "roster", CASES / "20-area" / "roster_area.csv")


def test_20_a_file_that_puts_somebody_at_two_places_is_still_refused(store: Store, tmp_path: Path) -> None:
    both = ("2027-01-10,day,Valley,responder,V002", "2027-01-10,day,South,responder,V002")
    imports.run(store, "roster", roster(tmp_path, both[0]))
    for rows in (both, both[::-1]):
        with pytest.raises(CrtError, match="double booking"):
            imports.run(store, "roster", roster(tmp_path, *rows))


@pytest.mark.parametrize("new", ["2027-01-12,day,Valley", "2027-01-10,night,Valley", "2027-01-10,day,West"])
def test_20_a_corrected_date_shift_or_area_in_the_same_file_replaces_it(store: Store, tmp_path: Path, new: str) -> None:
    kept = [f"2027-01-{day},night,Central,responder,V003" for day in ("05", "20")]
    imports.run(store, "roster", roster(tmp_path, *kept, "2027-01-10,day,Valley,responder,V002"))
    report = imports.run(store, "roster", roster(tmp_path, *kept, f"{new},responder,V002"))
    assert (report.new, report.changed, report.unchanged) == (0, 1, 2)
    assert f"V002 is on {new.replace(',', '/')} instead of 2027-01-10/day/Valley." in report.notes
    assert [key for key, who, _ in duties(store) if who == 2] == [new.replace(",", "/")]


def test_20_a_duty_that_left_a_corrected_file_stays_and_is_said(store: Store, tmp_path: Path) -> None:
    kept = [f"2027-01-{day},night,Central,responder,V003" for day in ("05", "20")]
    imports.run(store, "roster", roster(tmp_path, *kept, "2027-01-10,day,Valley,responder,V002"))
    report = imports.run(store, "roster", roster(tmp_path, *kept))
    assert any("1 duty that it brought before is not in it any more and stays" in note for note in report.notes)
    two = roster(tmp_path, *kept, "2027-01-12,day,Valley,responder,V002", "2027-01-14,day,Valley,responder,V002")
    report = imports.run(store, "roster", two)  # which of the two it became nobody can say
    assert report.new == 2 and any("stays" in note for note in report.notes)
    other = roster(tmp_path, "2027-01-11,day,Valley,responder,V002", name="more.csv")
    assert not any("stay" in note for note in imports.run(store, "roster", other).notes)


VICTIMS = """timestamp,area,type,victim_age,victim_sex
2026-11-09 18:05,Valley,homicide,31,F
2026-11-09 18:05,Valley,homicide,8,M
2026-11-10 03:00,West,fire,,
2026-11-09 18:05,Valley,homicide,40,M
"""


def test_a_row_for_each_victim_is_said_and_one_incident_if_asked(store: Store, tmp_path: Path) -> None:
    path = file(tmp_path, VICTIMS)
    report = imports.run(store, "incidents", path, dry_run=True)
    assert report.new == 4
    assert any(note.startswith("2 rows have the time, area and type of another row") for note in report.notes)
    report = imports.run(store, "incidents", path, decided=Decisions(row_per_victim=True))
    assert (report.new, report.unchanged) == (2, 2)
    assert any(note.startswith("2 rows tell the same incident as another row") for note in report.notes)
    again = imports.run(store, "incidents", path, decided=Decisions(row_per_victim=True))
    assert (again.new, again.changed, again.unchanged) == (0, 0, 4)
    with pytest.raises(CrtError, match="Only a log of incidents"):
        imports.run(store, "calls", path, decided=Decisions(row_per_victim=True))


def test_rows_of_one_incident_number_are_counted_once_and_said(store: Store, tmp_path: Path) -> None:
    rows = "number,timestamp,area,type,victim\nA-1,2026-11-09 18:05,Valley,fire,1\na-1,2026-11-09 18:05,Valley,fire,2\n"
    report = imports.run(store, "incidents", file(tmp_path, rows))
    assert (report.new, report.unchanged) == (1, 1)
    assert any("1 row tells the same incident as another row and is counted once." in note for note in report.notes)
