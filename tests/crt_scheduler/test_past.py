"""What has begun is history: no plan changes it, no list asks for it, no letter announces it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from crt_scheduler import planning, roster, times
from crt_scheduler.board import board
from crt_scheduler.board.mend import to_mend
from crt_scheduler.board.openings import month_seats
from crt_scheduler.cover import cell, cover_text
from crt_scheduler.errors import CrtError, NotAllowed
from crt_scheduler.publish import publication_preview, sent_ledger
from crt_scheduler.store import Store
from crt_scheduler.tables import Responder
from solver.engine import Limit, solve
from solver.formulate import grid_of, period_of
from solver.greedy import greedy
from solver.problem import Problem, shift_key
from solver.result import Placed, Result
from solver.roster import from_assignments, to_placed
from tests.crt_scheduler import team_build as build
from tests.crt_scheduler.publish.test_publish_build import events, pack, put, send, valley

ZONE = times.Zone("America/Los_Angeles")
MONTH = "2027-03"
NOON = dt.datetime(2027, 3, 15, 19, 0, tzinfo=dt.UTC)
"""12:00 in Los Angeles on 15 March: the day after the clocks went forward."""
CREW = (("Ana", "lead"), ("Ben", "responder"), ("Cy", "lead"), ("Dot", "responder"), ("Eli", "responder"))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Five people of Valley, and three half-filled shifts: two that are over on 15 March at noon, one to come."""
    opened = build.team(tmp_path, now=NOON)
    with opened.change("People") as session:
        for name, role in CREW:
            build.responder(session, name, role=role)
        for shift, who in (("2027-03-02/day/Valley", "Ben"), ("2027-03-09/night/Valley", "Ana")):
            put(session, shift, who, "lead" if who == "Ana" else "responder")
        put(session, "2027-03-20/day/Valley", "Dot")
    yield opened
    opened.close()


def frozen(session: Session, now: dt.datetime = NOON, month: str = MONTH) -> Problem:
    """The month as a solver is asked to plan it."""
    return planning.problem(session, month, now=now)


def filled(asked: Problem) -> tuple[Placed, ...]:
    """A roster that the solver's greedy start finds."""
    return to_placed(greedy(grid_of(period_of(asked))))


def solved(asked: Problem) -> Result:
    """A short solve."""
    return solve(asked, Limit(work=3))


def start_of(asked: Problem, shift: int) -> dt.datetime:
    """When a shift of a Problem starts."""
    return times.from_minutes(asked.slots[asked.shifts[shift].slot].start)


def on(asked: Problem, placed: tuple[Placed, ...], *, until: dt.datetime) -> set[tuple[str, int]]:
    """Who is on which seat of the shifts that start by an instant."""
    return {(p.person, p.seat) for p in placed if start_of(asked, asked.seats[p.seat].shift) <= until}


def begun(asked: Problem) -> set[str]:
    """The names of the shifts that have begun."""
    return {
        shift_key(asked, n) for n, shift in enumerate(asked.shifts) if asked.slots[shift.slot].begun
    }  # fmt: skip


def test_a_solve_in_mid_month_leaves_every_shift_that_has_begun_as_it_is(store: Store) -> None:
    with store.read() as session:
        asked = frozen(session)
    result = solved(asked)
    worked = {(a.person, a.seat) for a in asked.current if start_of(asked, asked.seats[a.seat].shift) <= NOON}
    assert len(worked) == 2
    assert on(asked, result.roster, until=NOON) == worked
    changes = planning.difference(asked, result.roster)
    assert changes and all(roster.shift_name(change.shift).date >= dt.date(2027, 3, 15) for change in changes)
    assert not {change.shift for change in changes} & begun(asked)


def test_open_seats_of_shifts_that_have_begun_are_neither_listed_nor_counted(store: Store) -> None:
    with store.read() as session:
        asked = frozen(session)
    result = solved(asked)
    names = {f"{seat.date.isoformat()}/{seat.shift}/{seat.area}" for seat in result.open_seats}
    assert names and not names & begun(asked)
    assert result.seats - result.filled == len(result.open_seats)
    held = [a for a in asked.current if start_of(asked, asked.seats[a.seat].shift) <= NOON]
    to_come = [seat for seat in asked.seats if not seat.optional and start_of(asked, seat.shift) > NOON]
    assert result.seats == sum(seat.count for seat in to_come) + len(held)


def test_what_was_worked_counts_towards_the_hours_of_the_month(store: Store) -> None:
    with store.change("Ben works twelve days") as session:
        for day in range(3, 15):
            put(session, f"2027-03-{day:02d}/day/Valley", "Ben")
    with store.read() as session:
        asked = frozen(session)
    ben = next(person for person in asked.people if person.id == "Ben")
    assert ben.ceiling < 13 * 12 * 60
    result = solved(asked)
    assert result.hard_violations == 0
    assert len([p for p in result.roster if p.person == "Ben"]) == 13


def test_a_month_costs_the_same_in_the_solve_and_in_the_check_of_what_it_wrote(store: Store) -> None:
    with store.read() as session:
        asked = frozen(session)
    result = solved(asked)
    with store.change("Solve") as session:
        planning.apply(session, asked, result.roster, now=NOON)
    with store.read() as session:
        read = planning.check(session, MONTH, now=NOON)
    assert not [violation for violation in read if violation.hard]
    assert sum(violation.points for violation in read) == pytest.approx(result.objective)


EDGES = (
    # the second the shift starts, local 06:00 on a day of summer time
    (dt.datetime(2027, 3, 22, 13, 0, tzinfo=dt.UTC), "2027-03-22/day/Valley", "2027-03-22/night/Valley"),
    # a night runs over now
    (dt.datetime(2027, 3, 20, 7, 0, tzinfo=dt.UTC), "2027-03-19/night/Valley", "2027-03-20/day/Valley"),
    # the night whose clocks go forward: 01:59 and 03:00 are a minute apart
    (dt.datetime(2027, 3, 14, 9, 59, tzinfo=dt.UTC), "2027-03-13/night/Valley", "2027-03-14/day/Valley"),
    (dt.datetime(2027, 3, 14, 10, 0, tzinfo=dt.UTC), "2027-03-13/night/Valley", "2027-03-14/day/Valley"),
    # its day starts at 13:00 UTC, an hour sooner than the day before
    (dt.datetime(2027, 3, 14, 12, 59, tzinfo=dt.UTC), "2027-03-13/night/Valley", "2027-03-14/day/Valley"),
    (dt.datetime(2027, 3, 14, 13, 0, tzinfo=dt.UTC), "2027-03-14/day/Valley", "2027-03-14/night/Valley"),
    # the night whose clocks go back: both passes of 01:30, and the start of its day at 14:00 UTC
    (dt.datetime(2027, 11, 7, 8, 30, tzinfo=dt.UTC), "2027-11-06/night/Valley", "2027-11-07/day/Valley"),
    (dt.datetime(2027, 11, 7, 9, 30, tzinfo=dt.UTC), "2027-11-06/night/Valley", "2027-11-07/day/Valley"),
    (dt.datetime(2027, 11, 7, 13, 59, tzinfo=dt.UTC), "2027-11-06/night/Valley", "2027-11-07/day/Valley"),
    (dt.datetime(2027, 11, 7, 14, 0, tzinfo=dt.UTC), "2027-11-07/day/Valley", "2027-11-07/night/Valley"),
)


@pytest.mark.parametrize(("now", "newest", "next_one"), EDGES, ids=[f"{now:%m-%d %H%M}" for now, _, _ in EDGES])
def test_a_shift_is_history_from_the_instant_it_starts(
    store: Store, now: dt.datetime, newest: str, next_one: str
) -> None:
    with store.change("Both") as session:
        for shift in (newest, next_one):
            put(session, shift, "Eli")
    with store.read() as session:
        asked = frozen(session, now, newest[:7])
    names = begun(asked)
    assert newest in names and next_one not in names
    assert {p.person for p in filled(asked) if shift_key(asked, asked.seats[p.seat].shift) == newest} == {"Eli"}
    locked = {shift_key(asked, asked.seats[a.seat].shift): a.locked for a in asked.current}
    assert (locked[newest], locked[next_one]) == (True, False)


def test_a_minute_before_its_start_a_shift_is_still_planned(store: Store) -> None:
    with store.read() as session:
        asked = frozen(session, dt.datetime(2027, 3, 20, 12, 59, tzinfo=dt.UTC))
    assert "2027-03-20/day/Valley" not in begun(asked)
    assert "2027-03-19/night/Valley" in begun(asked)


def test_a_plan_is_refused_once_a_shift_that_it_changes_has_begun(store: Store) -> None:
    with store.read() as session:
        asked = frozen(session)
    plan = filled(asked)
    later = NOON + dt.timedelta(days=3)
    with pytest.raises(NotAllowed, match="has begun since this plan was made"), store.change("Solve") as session:
        planning.apply(session, asked, plan, now=later)
    with store.change("Solve") as session:
        assert planning.apply(session, asked, plan, now=NOON) > 0


def test_whoever_has_left_the_team_stays_on_the_shifts_they_worked(store: Store) -> None:
    with store.change("Ben leaves") as session:
        put(session, "2027-03-25/day/Valley", "Ben")
        session.scalars(select(Responder).where(Responder.code == "Ben")).one().status = "inactive"
    with store.read() as session:
        asked = frozen(session)
        said = [v.sentence for v in planning.check(session, MONTH, now=NOON) if v.hard]
    assert len(said) == 1 and "2027-03-25/day/Valley" in said[0]
    with store.change("Solve") as session:
        planning.apply(session, asked, filled(asked), now=NOON)
    with store.read() as session:
        worked = [row.shift for row in roster.month_rows(session, MONTH) if row.person == "Ben"]
    assert worked == ["2027-03-02/day/Valley"]


def test_hours_worked_on_a_seat_that_is_gone_still_count(store: Store) -> None:
    with store.change("An old seat") as session:
        put(session, "2027-03-03/day/Valley", "Eli", "observer")
    with store.read() as session:
        asked = frozen(session)
        shown = board(session, MONTH, now=NOON)
    held = [asked.seats[a.seat] for a in asked.current if a.person == "Eli"]
    assert [(seat.role, seat.optional) for seat in held] == [("observer", True)]
    assert not shown.hard
    result = solved(asked)
    assert result.hard_violations == 0
    assert ("Eli", "2027-03-03/day/Valley") in {
        (p.person, shift_key(asked, asked.seats[p.seat].shift)) for p in result.roster
    }


def test_nothing_that_has_begun_is_to_be_mended_and_check_tells_it_apart(store: Store) -> None:
    with store.change("No rest") as session:
        for shift in ("2027-03-04/night/Valley", "2027-03-05/day/Valley"):
            put(session, shift, "Cy", "lead")
        for shift in ("2027-03-26/night/Valley", "2027-03-27/day/Valley"):
            put(session, shift, "Eli")
    with store.read() as session:
        asked, rows = frozen(session), roster.month_rows(session, MONTH)
        todo = to_mend(board(session, MONTH, now=NOON))
        now, then = planning.violations(asked, rows), planning.history(asked, rows)
        sent = publication_preview.broken_rules(session, MONTH, now=NOON)
    assert todo and not {one.shift for one in todo} & begun(asked)
    assert [one.person for one in todo if one.rule] == ["Eli"]
    assert [(v.rule, v.person) for v in now if v.hard] == [("rest", "Eli")]
    assert [(v.rule, v.person) for v in then] == [("rest", "Cy")]
    assert [rule.people for rule in sent] == [("Eli",)]


def test_the_board_leaves_out_open_seats_of_what_has_begun_but_today_names_who_is_missing_now(store: Store) -> None:
    with store.read() as session:
        asked, shown, counted = frozen(session), board(session, MONTH, now=NOON), month_seats(session, MONTH)
    names = {f"{gap.date.isoformat()}/{gap.shift}/{gap.area}" for gap in shown.gaps}
    assert names and not names & begun(asked)
    running = next(shift for shift in counted if shift.key == "2027-03-15/day/Valley")
    assert running.missing == 2


def test_a_month_that_is_over_is_not_planned_and_says_so(store: Store) -> None:
    with store.read() as session:
        asked = frozen(session, month="2027-02")
    with pytest.raises(CrtError, match="February 2027 is over"):
        planning.refuse_hopeless(asked)
    with store.read() as session:
        last_night = frozen(session, dt.datetime(2027, 4, 1, 0, 59, tzinfo=dt.UTC))
        last_start = frozen(session, dt.datetime(2027, 4, 1, 1, 0, tzinfo=dt.UTC))
    planning.refuse_hopeless(last_night)
    assert planning.is_over(last_start)


def test_cover_is_asked_for_shifts_to_come_only(store: Store) -> None:
    with store.read() as session:
        asked = frozen(session)
        worked = cell.held(session, asked, "2027-03-09/night/Valley", "Ana", now=NOON)
        coming = cell.held(session, asked, "2027-03-20/day/Valley", "Dot", now=NOON)
        missing = cell.open_seat(asked, "2027-03-09/night/Valley", "responder", zone=ZONE)
        with pytest.raises(CrtError, match="has begun"):
            cover_text.cover(session, worked.shift, worked.others, now=NOON)
        assert cover_text.cover(session, coming.shift, coming.others, now=NOON).ask
        day = next(n for n, slot in enumerate(asked.slots) if slot.date == dt.date(2027, 3, 9))
        free = cell.free_day(session, asked, "Cy", day)
    assert worked.begun and worked.why.speaks_for and not worked.others.asked
    assert coming.others.free and not coming.begun
    assert (missing.count, missing.others.free) == (1, ()) and "begun" in missing.reason
    assert free.options == () and "has begun" in free.refusals[0]


def test_a_hand_still_corrects_who_worked_and_the_hours_follow(store: Store) -> None:
    name = roster.shift_name("2027-03-09/night/Valley")
    with store.change("Cy came for Ana") as session:
        roster.replace(session, name, "Ana", "Cy")
        roster.assign(session, name, "Eli")
    with store.read() as session:
        asked = frozen(session)
        told = planning.broken(session, MONTH, now=NOON)
    view = from_assignments(period_of(asked), asked.current)
    number = next(n for n in range(len(asked.shifts)) if shift_key(asked, n) == str(name))
    assert {asked.people[p].id for p in view.on_shift(number)} == {"Cy", "Eli"}
    assert told == []
    with store.change("Cy in two places") as session:
        put(session, "2027-03-10/day/Valley", "Cy", "lead")
    with store.read() as session:
        assert ["rest before" in sentence for sentence in planning.broken(session, MONTH, now=NOON)] == [True]


FIRST, NINTH, TWENTIETH = "2027-03-01/day/Valley", "2027-03-09/night/Valley", "2027-03-20/day/Valley"


def test_letters_announce_no_shift_that_has_ended_though_calendars_carry_it(tmp_path: Path) -> None:
    with valley(tmp_path, (NINTH, "V1", "lead"), (TWENTIETH, "V3", "lead")) as store:
        send(store, "2027-03")
        store.now = NOON
        with store.change("Correct the first, plan the last") as session:
            put(session, FIRST, "V2")
            put(session, "2027-03-25/day/Valley", "V2")
            put(session, FIRST, "V4")
        with store.read() as session:
            seen = publication_preview.preview(session, "2027-03", now=NOON)
            stale = sent_ledger.stale(session, NOON)
        assert [person.person for person in seen.people] == [who.code for who in stale] == ["V2"]
        assert (seen.new, seen.has_news) == (1, True)
        report = send(store, "2027-03", eml=True)
        assert (report.new, report.people_changed) == (1, ("V2",))
        letters = pack(store, 2, "2027-03")
        assert set(letters) == {"V2.txt", "V2.ics"}
        assert "25 Mar" in letters["V2.txt"] and "Mon 1 Mar" not in letters["V2.txt"]
        assert "03-01" in events(store, "V4") and "03-01" in events(store, "V2")
