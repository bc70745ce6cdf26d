"""A person's usual week: what is set is what is read, and no other cell changes by it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from crt_scheduler import availability, times
from crt_scheduler.availability import GRADE_NAMES
from crt_scheduler.errors import CrtError
from crt_scheduler.people import usual_week
from crt_scheduler.people.usual_week import FREE, Cell
from crt_scheduler.store import Store
from crt_scheduler.tables import Availability
from tests.crt_scheduler import team_build as build
from tests.crt_scheduler.test_availability import LA, slots

CELLS = [Cell(day, shift) for day in range(7) for shift in ("day", "night")]
GRADES = (*GRADE_NAMES, FREE)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = build.team(tmp_path)
    with opened.change("Ana") as session:
        build.responder(session, "Ana")
        build.responder(session, "Rev", kind="clergy")
    yield opened
    opened.close()


def say(session: Session, weekdays: str, grade: str, start: int | None = None, end: int | None = None) -> None:
    """Let Ana say a line of every week."""
    mask = times.weekday_mask(weekdays.split()) if weekdays else times.ALL_WEEK
    hours = (None, None) if start is None or end is None else (dt.time(start), dt.time(end))
    row = Availability(responder_id=1, weekdays=mask, start=hours[0], end=hours[1], grade=grade, note="school")
    session.add(row)
    session.flush()


def grid(session: Session) -> dict[Cell, str]:
    """Return Ana's week."""
    return dict(usual_week.week(session, "Ana").grades)


def test_who_said_nothing_is_free_all_week(store: Store) -> None:
    with store.read() as session:
        assert grid(session) == dict.fromkeys(CELLS, FREE)


def test_clergy_see_their_own_shifts_only(store: Store) -> None:
    with store.read() as session:
        assert [column.template for column in usual_week.week(session, "Rev").columns] == ["24h"]


def test_a_cell_taken_out_of_a_line_leaves_the_rest_of_the_line(store: Store) -> None:
    with store.change("Say") as session:
        say(session, "", "cannot", 18, 6)
        usual_week.set_grade(session, "Ana", 5, "night", FREE)
        expected = {cell: "cannot" if cell.template == "night" and cell.weekday != 5 else FREE for cell in CELLS}
        assert grid(session) == expected
        row = session.scalars(select(Availability)).one()
        assert (times.weekday_names(row.weekdays), row.note) == (["Mon", "Tue", "Wed", "Thu", "Fri", "Sun"], "school")


def test_a_whole_day_off_keeps_the_nights_around_it_when_the_day_is_freed(store: Store) -> None:
    with store.change("Say") as session:
        say(session, "Fri", "cannot")
        assert {c for c, g in grid(session).items() if g == "cannot"} == {
            Cell(3, "night"),
            Cell(4, "day"),
            Cell(4, "night"),
        }
        usual_week.set_grade(session, "Ana", 4, "day", "wants")
        found = grid(session)
        assert (found[Cell(3, "night")], found[Cell(4, "day")], found[Cell(4, "night")]) == (
            "cannot",
            "wants",
            "cannot",
        )


def test_sunday_night_runs_into_monday(store: Store) -> None:
    with store.change("Say") as session:
        say(session, "Mon", "cannot", 0, 6)
        assert [c for c, g in grid(session).items() if g == "cannot"] == [Cell(6, "night")]
        usual_week.set_grade(session, "Ana", 6, "night", "rather_not")
        assert [c for c, g in grid(session).items() if g != FREE] == [Cell(6, "night")]


def test_hours_that_touch_two_shifts_stay_with_the_other_one(store: Store) -> None:
    with store.change("Say") as session:
        say(session, "Mon Tue", "cannot", 17, 20)
        usual_week.set_grade(session, "Ana", 0, "night", FREE)
        assert {c for c, g in grid(session).items() if g == "cannot"} == {
            Cell(0, "day"),
            Cell(1, "day"),
            Cell(1, "night"),
        }


def test_setting_what_is_so_already_adds_nothing(store: Store) -> None:
    with store.change("Say") as session:
        say(session, "", "cannot", 18, 6)
        usual_week.set_grade(session, "Ana", 2, "night", "cannot")
        assert len(session.scalars(select(Availability)).all()) == 1


def test_equal_cells_of_several_days_are_one_line(store: Store) -> None:
    with store.change("Say") as session:
        for day in range(5):
            usual_week.set_grade(session, "Ana", day, "day", "cannot")
        assert session.scalars(select(Availability)).one().weekdays == 31


def test_dates_are_left_alone(store: Store) -> None:
    with store.change("Say") as session:
        day = dt.date(2028, 2, 29)
        session.add(Availability(responder_id=1, first=day, last=day, weekdays=127, grade="cannot", note=""))
        session.flush()
        usual_week.set_grade(session, "Ana", 1, "day", "wants")
        usual_week.set_grade(session, "Ana", 1, "day", FREE)
        assert session.scalars(select(Availability)).one().first == day


def test_an_unknown_shift_or_grade_is_refused_in_a_sentence(store: Store) -> None:
    with store.change("Say") as session:
        with pytest.raises(CrtError, match="Ana has no 24h shifts"):
            usual_week.set_grade(session, "Ana", 0, "24h", "cannot")
        with pytest.raises(CrtError, match="is not a grade"):
            usual_week.set_grade(session, "Ana", 0, "day", "maybe")
        with pytest.raises(CrtError, match="Nobody has the id"):
            usual_week.set_grade(session, "Ann", 0, "day", "cannot")
        with pytest.raises(CrtError, match="is not a weekday"):
            usual_week.weekday_of("Someday")


def test_undo_puts_a_split_line_back(store: Store) -> None:
    with store.change("Say") as session:
        say(session, "Fri", "cannot")
    before = build.everything(store)
    with store.change("Ana: Friday day, free") as session:
        usual_week.set_grade(session, "Ana", 4, "day", FREE)
    store.undo()
    assert build.everything(store) == before


def test_the_label_says_whose_shift_and_what(store: Store) -> None:
    done = store.do(usual_week.SET_GRADES("Ana", (usual_week.Cell(5, "Night"),), "rather_not"))
    assert done.label == "Ana: Saturday night, would rather not"
    done = store.do(usual_week.SET_GRADES("Ana", (usual_week.Cell(5, "night"), usual_week.Cell(6, "night")), "free"))
    assert done.label == "Ana: 2 shifts of the week, free"


lines = st.tuples(
    st.integers(1, 127), st.sampled_from(GRADE_NAMES), st.none() | st.tuples(st.integers(0, 23), st.integers(0, 23))
)
steps = st.lists(st.tuples(st.sampled_from(CELLS), st.sampled_from(GRADES)), min_size=1, max_size=12)


@given(said=st.lists(lines, max_size=4), todo=steps)
@settings(max_examples=40)
def test_after_any_sequence_the_week_reads_as_it_was_set(
    said: list[tuple[int, str, tuple[int, int] | None]], todo: list[tuple[Cell, str]]
) -> None:
    with TemporaryDirectory() as folder:
        store = build.team(Path(folder))
        with store.change("Ana") as session:
            build.responder(session, "Ana")
            for mask, grade, hours in said:
                start, end = (dt.time(hours[0]), dt.time(hours[1])) if hours else (None, None)
                session.add(Availability(responder_id=1, weekdays=mask, start=start, end=end, grade=grade, note=""))
            session.flush()
            expected = grid(session)
            for cell, grade in todo:
                usual_week.set_grade(session, "Ana", cell.weekday, cell.template, grade)
                expected[cell] = grade
                assert grid(session) == expected
            _is_what_the_planner_hears(session, expected)
        store.close()


def _is_what_the_planner_hears(session: Session, expected: dict[Cell, str]) -> None:
    """Hold the grid against what the planner makes of the same lines in a week without a clock change."""
    plan = slots(dt.date(2027, 1, 11), 7)
    heard = availability.grades(
        availability.Days(plan, LA), availability.said_by(session, plan[0].date, plan[-1].date).get(1, []), (), {}
    )
    letters = {**availability.LETTERS, FREE: "."}
    assert heard == "".join(letters[expected[cell]] for cell in CELLS)
