"""Availability as teams collect it: polls, forms, grids of letters, lists of dates, sign-ups and stretches."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from crt_scheduler import imports, times
from crt_scheduler.errors import CrtError
from crt_scheduler.imports import Decisions, ImportReport
from crt_scheduler.store import Store
from crt_scheduler.tables import Availability, Responder
from tests.crt_scheduler import team_build
from tests.crt_scheduler.imports.test_imports_build import table

CASES = Path(__file__).parents[2] / "cases"
NOW = dt.datetime(2026, 12, 15, 17, 0, tzinfo=dt.UTC)
Line = tuple[str, str, str, str]
"""Whose, the days, the hours and the grade."""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Four people of a team: Ana Ruiz and Dov Katz, leads, Ben Holt and Cleo Park."""
    opened = team_build.team_of_four(tmp_path, now=NOW)
    yield opened
    opened.close()


def taken(store: Store, path: Path, **options: object) -> ImportReport:
    """Import availability as the command does."""
    return imports.run(store, "availability", path, guess=True, **options)  # type: ignore[arg-type]


def lines(store: Store) -> set[Line]:
    """Return what the records hold of everybody's time."""
    with store.read() as session:
        query = select(Availability, Responder.code).join(Responder, Responder.id == Availability.responder_id)
        return {(code, _days(row), _hours(row), row.grade) for row, code in session.execute(query)}


def _days(row: Availability) -> str:
    if row.first is None:
        return ";".join(times.weekday_names(row.weekdays))
    return f"{row.first:%m-%d}" if row.last == row.first else f"{row.first:%m-%d}..{row.last:%m-%d}"


def _hours(row: Availability) -> str:
    return f"{row.start:%H}-{row.end:%H}" if row.start and row.end else ""


def test_a_forms_answers_are_read_for_the_shifts_its_columns_name(store: Store) -> None:
    report = taken(store, CASES / "19-wide" / "google_form.csv")
    assert lines(store) == {
        ("V001", "01-09", "06-18", "cannot"),
        ("V001", "01-09", "18-06", "rather_not"),
        ("V002", "01-08", "18-06", "cannot"),
        ("V002", "01-09", "06-18", "cannot"),
    }
    assert any("2 answers are “free”" in note for note in report.notes)
    assert report.unused_columns == ("Timestamp",)


def test_a_poll_of_a_months_dates_is_read_by_name_and_e_mail(tmp_path: Path) -> None:
    team = team_build.team(tmp_path, now=NOW)
    with (CASES / "61-date-columns" / "poll.csv").open(encoding="utf-8-sig") as file:
        rows = list(csv.reader(file))
    people = table(tmp_path, ("name", "email"), *{tuple(row[1:3]) for row in rows[1:]})
    imports.run(team, "people", people, guess=True, skip_bad=True)
    report = taken(team, CASES / "61-date-columns" / "poll.csv", dry_run=True)
    assert not report.bad
    asked = {line for question in report.questions for line in question.lines}
    taken(team, CASES / "61-date-columns" / "poll.csv", skip_bad=True)
    wanted = {"No": "cannot", "If needed": "rather_not"}
    expected = sum(cell in wanted for line, row in enumerate(rows[1:], 2) if line not in asked for cell in row[3:])
    found = lines(team)
    assert len(found) == expected
    with team.read() as session:
        codes = {row.email.casefold(): row.code for row in session.scalars(select(Responder))}
    for line, row in enumerate(rows[1:], 2):
        for day, cell in enumerate(row[3:], 1):
            mine = (codes.get(row[2].casefold(), ""), f"12-{day:02d}", "", wanted.get(cell, "free"))
            assert line in asked or (mine in found) == (cell in wanted)
    team.close()


def test_the_later_answer_of_one_person_counts_and_is_said(store: Store, tmp_path: Path) -> None:
    poll = table(tmp_path, ("Name", "Jan 9", "Jan 10"), ("Ana Ruiz", "No", "No"), ("Ruiz, Ana", "Yes", "No"))
    report = taken(store, poll)
    assert lines(store) == {("V001", "01-10", "", "cannot")}
    assert any("the later line counts: 3 instead of 2" in note for note in report.notes)


def test_a_later_poll_frees_a_day_that_an_earlier_one_blocked(store: Store, tmp_path: Path) -> None:
    taken(store, table(tmp_path, ("Name", "Jan 9", "Jan 10"), ("Ana Ruiz", "No", "No"), name="one.csv"))
    report = taken(store, table(tmp_path, ("Name", "Jan 9", "Jan 10"), ("Ana Ruiz", "Yes", "No"), name="two.csv"))
    assert (report.changed, lines(store)) == (1, {("V001", "01-10", "", "cannot")})


@pytest.mark.parametrize(
    ("cells", "only", "expected"),
    [
        (("D", "N", "off"), False, {("V001", "01-11", "", "cannot")}),
        (
            ("D", "N", "DN"),
            True,
            {("V001", "01-09", "18-06", "cannot"), ("V001", "01-10", "06-18", "cannot")},
        ),
        (
            ("Day", "Night", "Day/Night"),
            True,
            {("V001", "01-09", "18-06", "cannot"), ("V001", "01-10", "06-18", "cannot")},
        ),
        (("Y", "N", ""), False, {("V001", "01-10", "", "cannot")}),
    ],
)
def test_letters_of_shifts_are_no_answers_of_yes_and_no(
    store: Store, tmp_path: Path, cells: tuple[str, ...], only: bool, expected: set[Line]
) -> None:
    taken(
        store,
        table(tmp_path, ("Name", "Jan 9", "Jan 10", "Jan 11"), ("Ana Ruiz", *cells)),
        decided=Decisions(only=only),
    )
    assert lines(store) == expected


def test_a_weekly_grid_holds_for_every_week(store: Store, tmp_path: Path) -> None:
    taken(store, table(tmp_path, ("Volunteer", "Mon", "Tue", "Wed", "Thu"), ("Ben Holt", "No", "Yes", "If needed", "")))
    assert lines(store) == {("V002", "Mon", "", "cannot"), ("V002", "Wed", "", "rather_not")}


@pytest.mark.parametrize(
    ("cell", "days"),
    [
        ("1/9, 1/12", {"01-09", "01-12"}),
        ("1/9-1/12", {"01-09..01-12"}),
        ("1/9 - 1/12; 1/20", {"01-09..01-12", "01-20"}),
        ("Jan 9, 2027, Jan 12, 2027", {"01-09", "01-12"}),
        ("Sat 1/9 and Sun 1/10", {"01-09", "01-10"}),
        ("9 Jan to 12 Jan\n20 Jan", {"01-09..01-12", "01-20"}),
        ("2027-01-09, 2027-01-12", {"01-09", "01-12"}),
    ],
)
def test_several_dates_in_one_cell_are_each_read(store: Store, tmp_path: Path, cell: str, days: set[str]) -> None:
    report = taken(store, table(tmp_path, ("Name", "Dates unavailable"), ("Ana Ruiz", cell), ("Ben Holt", "")))
    assert lines(store) == {("V001", day, "", "cannot") for day in days}
    assert any("says “cannot”" in note for note in report.notes)


def test_a_cell_of_dates_that_is_not_understood_whole_is_refused_whole(store: Store, tmp_path: Path) -> None:
    path = table(
        tmp_path, ("Name", "Dates unavailable"), ("Ana Ruiz", "1/9, 1/12 but not sure"), ("Ben Holt", "1/5, 1/6")
    )
    report = taken(store, path, dry_run=True)
    assert [(bad.line, bad.value) for bad in report.bad] == [(2, "1/9, 1/12 but not sure")]


def test_a_sign_up_wants_the_shift_it_names_or_the_hours_it_gives(store: Store, tmp_path: Path) -> None:
    header = ("Sign Up", "Start Date/Time", "End Date/Time", "Item", "First Name", "Last Name", "Email")
    first = ("Jan", "01/09/2027", "", "Night shift", "Ana", "Ruiz", "ruiz@example.org")
    second = ("Jan", "01/10/2027 18:00", "01/11/2027 06:00", "", "Ben", "Holt", "ben@example.org")
    report = taken(store, table(tmp_path, header, first, second))
    assert lines(store) == {("V001", "01-09", "18-06", "prefers"), ("V002", "01-10", "18-06", "prefers")}
    assert any("Each row is a sign-up" in note for note in report.notes)


def test_a_stretch_from_one_moment_to_another_blocks_all_between(store: Store, tmp_path: Path) -> None:
    moments = ("V001", "Sat 2027-01-09 06:00", "Tue 2027-01-12 18:00", "cannot")
    taken(store, table(tmp_path, ("person", "from", "to", "grade"), moments))
    assert lines(store) == {
        ("V001", "01-09", "06-00", "cannot"),
        ("V001", "01-10..01-11", "", "cannot"),
        ("V001", "01-12", "00-18", "cannot"),
    }


def test_two_columns_of_one_day_are_refused_until_hours_tell_them_apart(store: Store, tmp_path: Path) -> None:
    with pytest.raises(CrtError, match=r"“Jan 9 brunch” and “Jan 9 tea” are of one day"):
        taken(store, table(tmp_path, ("Name", "Jan 9 brunch", "Jan 9 tea"), ("Ana Ruiz", "No", "Yes")))
    taken(
        store, table(tmp_path, ("Name", "Jan 9 8am-12pm", "Jan 9 12:00-18:00"), ("Ana Ruiz", "No", "Yes"), name="b.csv")
    )
    assert lines(store) == {("V001", "01-09", "08-12", "cannot")}


def test_a_day_whose_weekday_is_wrong_is_refused(store: Store, tmp_path: Path) -> None:
    with pytest.raises(CrtError, match=r"the column “Mon 1/9/2027” is a Sat, not a Mon"):
        taken(store, table(tmp_path, ("Name", "Mon 1/9/2027", "Sun 1/10/2027"), ("Ana Ruiz", "No", "")))


def test_a_poll_is_told_from_a_list_of_people(tmp_path: Path) -> None:
    for hoped in ("", "people", "availability"):
        assert imports.kind_of(CASES / "61-date-columns" / "poll.csv", hoped=hoped) == "availability"
    found = imports.preview("availability", CASES / "61-date-columns" / "poll.csv")
    assert (found.missing, found.unused) == ((), ("Timestamp",))


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_poll_says_the_same_in_any_order_of_its_rows_and_columns(tmp_path: Path, data: st.DataObject) -> None:
    days = [dt.date(2027, 1, day) for day in data.draw(st.sets(st.integers(1, 31), min_size=2, max_size=8))]
    people = [("Ana Ruiz", "V001"), ("Ben Holt", "V002"), ("Cleo Park", "V003")]
    answers = {
        (code, day): data.draw(st.sampled_from(("Yes", "No", "If needed", ""))) for _, code in people for day in days
    }
    form = data.draw(st.sampled_from(("%b %-d", "%-m/%-d/%Y", "%Y-%m-%d", "%-d %b %Y")))
    columns = data.draw(st.permutations(["Name", *days]))
    rows = data.draw(st.permutations(people))
    header = tuple(each if isinstance(each, str) else each.strftime(form) for each in columns)
    body = [tuple(name if each == "Name" else answers[code, each] for each in columns) for name, code in rows]
    folder = tmp_path / str(len(list(tmp_path.iterdir())))
    folder.mkdir()
    team = team_build.team_of_four(folder, now=NOW)
    taken(team, table(folder, header, *body))
    wanted = {"No": "cannot", "If needed": "rather_not"}
    expected = {(code, f"{day:%m-%d}", "", wanted[cell]) for (code, day), cell in answers.items() if cell in wanted}
    assert lines(team) == expected
    team.close()
