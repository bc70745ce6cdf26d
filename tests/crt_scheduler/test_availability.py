"""What people said of their time, as the solver hears it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crt_scheduler import availability, roster, times
from crt_scheduler.availability import Days, Said
from crt_scheduler.errors import CrtError
from solver.problem import Slot
from tests.crt_scheduler import team_build as build

LA = "America/Los_Angeles"
SUN_NIGHT = 1 << 6
WORDS = ("day", "night")


def slots(first: dt.date, count: int) -> tuple[Slot, ...]:
    """Return day and night slots of some days."""
    made = []
    for day in times.days_between(first, first + dt.timedelta(days=count - 1)):
        for name, start, end in (("day", 6, 18), ("night", 18, 6)):
            begin, finish = times.span(day, dt.time(start), dt.time(end), LA)
            made.append(Slot(day, name, times.minutes(begin), times.minutes(finish), night=name == "night"))
    return tuple(made)


WEEK = slots(dt.date(2027, 1, 4), 7)  # Monday to Sunday


def said(grade: str, *, days: int = times.ALL_WEEK, hours: tuple[int, int] | None = None, **dates: dt.date) -> Said:
    """Return one thing said, of every day and all hours unless told otherwise."""
    start, end = (None, None) if hours is None else (dt.time(hours[0]), dt.time(hours[1]))
    return Said(dates.get("first"), dates.get("last"), days, start, end, grade)


def heard(*things: Said, wishes: tuple[tuple[int, str], ...] = ()) -> str:
    """Return the week's letters, Monday day first."""
    return availability.grades(Days(WEEK, LA), things, wishes, {})


def test_who_says_nothing_is_free() -> None:
    assert heard() == "." * 14


def test_cannot_on_a_day_also_blocks_the_night_that_runs_into_it() -> None:
    wednesday = dt.date(2027, 1, 6)
    assert heard(said("cannot", first=wednesday, last=wednesday)) == "...ccc........"


def test_cannot_for_part_of_a_shift_blocks_the_whole_shift() -> None:
    assert heard(said("cannot", days=1, hours=(20, 22))) == ".c............"


def test_cannot_on_sunday_nights_reaches_monday_morning_of_the_week_before() -> None:
    assert heard(said("cannot", days=SUN_NIGHT, hours=(18, 8))) == "c............c"


def test_a_preference_means_the_shifts_that_start_in_it() -> None:
    wednesday = dt.date(2027, 1, 6)
    assert heard(said("wants", first=wednesday, last=wednesday)) == "....ww........"


def test_a_single_date_outranks_every_week_and_a_wish_outranks_both() -> None:
    monday = dt.date(2027, 1, 4)
    weekly, dated = said("rather_not", days=1), said("prefers", first=monday, last=monday)
    assert heard(dated, weekly)[:2] == "pp"
    assert heard(dated, weekly, wishes=((0, "wants"),))[:2] == "wp"


def test_cannot_outranks_everything_else() -> None:
    monday = dt.date(2027, 1, 4)
    letters = heard(said("wants", first=monday, last=monday), said("cannot", days=1), wishes=((1, "wants"),))
    assert letters[:2] == "cc"


THINGS = st.builds(
    Said,
    st.none() | st.dates(dt.date(2027, 1, 2), dt.date(2027, 1, 12)),
    st.none() | st.dates(dt.date(2027, 1, 2), dt.date(2027, 1, 12)),
    st.integers(1, times.ALL_WEEK),
    st.none() | st.just(dt.time(18)) | st.just(dt.time(4, 30)),
    st.none() | st.just(dt.time(6)) | st.just(dt.time(23)),
    st.sampled_from(availability.GRADE_NAMES),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(THINGS, max_size=6), st.lists(st.tuples(st.integers(0, 13), st.sampled_from(availability.GRADE_NAMES))))
def test_whatever_is_said_each_slot_hears_what_outranks_the_rest(
    things: list[Said], wishes: list[tuple[int, str]]
) -> None:
    """Slot by slot, as the rule is told: cannot, then the last wish, then dates over weeks and dearer over milder."""
    alone = {thing: heard(thing) for thing in things}
    for slot, letter in enumerate(heard(*things, wishes=tuple(wishes))):
        spoken = [thing for thing in things if alone[thing][slot] != "."]
        wished = [grade for at, grade in wishes if at == slot]
        if "cannot" in [*wished, *(thing.grade for thing in spoken)]:
            expected = "c"
        elif wished:
            expected = availability.LETTERS[wished[-1]]
        elif spoken:
            rank = [((t.first or t.last) is not None, availability.GRADE_NAMES.index(t.grade)) for t in spoken]
            expected = availability.LETTERS[spoken[max(range(len(spoken)), key=lambda n: rank[n])].grade]
        else:
            expected = "."
        assert letter == expected


def test_a_whole_day_off_over_a_clock_change_still_ends_at_midnight() -> None:
    sunday = dt.date(2027, 3, 14)
    week = slots(dt.date(2027, 3, 13), 3)
    assert availability.grades(Days(week, LA), [said("cannot", first=sunday, last=sunday)], (), {}) == ".ccc.."


def test_leave_and_a_later_joining_date_keep_a_person_off(tmp_path: Path) -> None:
    store = build.team(tmp_path)
    with store.change("People") as session:
        away = build.responder(session, "Away", status="leave", status_until=dt.date(2027, 1, 5))
        new = build.responder(session, "New", joined=dt.date(2027, 1, 10))
        days = Days(WEEK, LA)
        assert availability.grades(days, [], (), availability.off_slots(days, away)) == "llll.........."
        assert availability.grades(days, [], (), availability.off_slots(days, new)) == "jjjjjjjjjjjj.."
    store.close()


def test_a_wish_is_noted_changed_and_taken_back(tmp_path: Path) -> None:
    store = build.team(tmp_path)
    name = roster.shift_name("2027-01-09/night/City")
    with store.change("People") as session:
        who = build.responder(session, "Ana")
        availability.wish(session, name, "Ana", "wants")
        availability.wish(session, name, "Ana", "cannot")
        template = 2
        assert availability.wishes_by(session, {(name.date, template): 5}) == {who.id: [(5, "cannot")]}
        availability.wish(session, name, "Ana", "none")
        assert availability.wishes_by(session, {(name.date, template): 5}) == {}
        with pytest.raises(CrtError, match="is not a grade"):
            availability.wish(session, name, "Ana", "maybe")
        with pytest.raises(CrtError, match="No shift is called"):
            availability.wish(session, roster.shift_name("2027-01-09/dusk/City"), "Ana", "wants")
    store.close()
