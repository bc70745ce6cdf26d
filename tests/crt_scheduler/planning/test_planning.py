"""From records to the Problem and from the Result to a draft."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from crt_scheduler import fairness, planning, roster
from crt_scheduler.errors import CrtError, NotAllowed
from crt_scheduler.fairness import Carried
from crt_scheduler.planning import pacing
from solver.problem import CITY, Problem, from_json, to_json
from solver.result import Placed
from tests.crt_scheduler import team_build as build

MONTH = "2027-01"
NIGHT = roster.shift_name("2027-01-09/night/Valley")


def people(session: Session) -> None:
    """A lead, a responder, a trainee, a member of the clergy and somebody who has left."""
    build.pair(session)
    build.responder(session, "Tea", role="trainee", joined=dt.date(2026, 10, 1))
    build.responder(session, "Rev", kind="clergy", area="")
    build.responder(session, "Gone", status="inactive")


def frozen(folder: Path, month: str = MONTH) -> Problem:
    """Return the Problem of that small team."""
    store = build.team(folder)
    with store.change("People") as session:
        people(session)
    with store.read() as session:
        found = planning.problem(session, month, now=store.now)
    store.close()
    return found


def test_the_problem_travels_as_one_line_and_comes_back_the_same(tmp_path: Path) -> None:
    found = frozen(tmp_path)
    line = to_json(found)
    assert b"\n" not in line
    assert from_json(line) == found


def test_the_problem_holds_no_contacts(tmp_path: Path) -> None:
    line = to_json(frozen(tmp_path)).decode()
    assert "example.org" not in line and "555" not in line


def test_every_day_has_its_area_shifts_city_shifts_and_clergy_duty(tmp_path: Path) -> None:
    found = frozen(tmp_path)
    assert len(found.slots) == 31 * 3
    assert len(found.shifts) == 31 * (2 * (4 + 1) + 1)
    assert {shift.calls for shift in found.shifts if shift.area == CITY} == {0.0}
    roles = {(seat.role, seat.tier, seat.team, seat.optional) for seat in found.seats}
    assert roles == {
        ("lead", "", True, False),
        ("responder", "", True, False),
        ("trainee", "", False, True),
        ("duty_lead", "", False, False),
        ("clergy", "primary", False, False),
        ("clergy", "backup", False, False),
    }


def test_who_has_left_is_not_rostered_and_roles_follow_the_kind(tmp_path: Path) -> None:
    found = {person.id: person for person in frozen(tmp_path).people}
    assert set(found) == {"Ana", "Ben", "Tea", "Rev"}
    assert found["Rev"].roles == ("clergy",)
    assert [found[code].experienced for code in ("Ana", "Ben", "Tea")] == [True, True, False]


def test_home_comes_first_and_neighbours_may_be_served_unless_areas_are_listed(tmp_path: Path) -> None:
    found = {person.id: person for person in frozen(tmp_path).people}
    assert found["Ana"].serves[0] == "Valley" and set(found["Ana"].serves) == {"Valley", "Central", "West"}
    assert set(found["Rev"].serves) == {"Central", "South", "West", "Valley"}


@pytest.mark.parametrize(("month", "day", "hours"), [("2027-03", 13, 11), ("2027-11", 6, 13)])
def test_the_night_of_a_clock_change_counts_its_real_hours(tmp_path: Path, month: str, day: int, hours: int) -> None:
    found = frozen(tmp_path, month)
    nights = {slot.date.day: (slot.end - slot.start) / 60 for slot in found.slots if slot.template == "night"}
    assert nights.pop(day) == hours
    assert set(nights.values()) == {12.0}


def test_hours_short_last_month_are_owed_this_month(tmp_path: Path) -> None:
    store = build.team(tmp_path)
    with store.change("December") as session:
        people(session)
        for day in (1, 3, 5, 7):
            roster.assign(session, roster.shift_name(f"2026-12-{day:02d}/day/Valley"), "Ben")
    with store.read() as session:
        found = {p.id: p for p in planning.problem(session, MONTH, now=store.now).people}
    assert (found["Ben"].target, found["Ana"].target) == (24 * 60, 48 * 60)
    assert (found["Ben"].floor, found["Ben"].ceiling) == (24 * 60, 48 * 60)
    store.close()


@pytest.mark.parametrize(
    ("wish", "own", "hours"),
    [
        ("4", None, 48),
        ("2-3", None, 30),
        ("3 to 4 shifts per month", None, 42),
        ("1", None, 24),
        ("9", None, 48),
        ("4", 40, 40),
        ("as needed", None, 36),
        ("up to 4", None, 36),
        ("", None, 36),
    ],
)
def test_shifts_a_month_wished_for_are_the_target_within_floor_and_ceiling_unless_hours_were_promised(
    tmp_path: Path, wish: str, own: int | None, hours: int
) -> None:
    store = build.team(tmp_path)
    with store.change("People") as session:
        build.pair(session)
        build.responder(session, "Eve", shifts_a_month=wish, target_minutes=own and own * 60)
    with store.read() as session:
        found = {p.id: p for p in planning.problem(session, MONTH, now=store.now).people}
        owed = {pace.person: pace.owed for pace in pacing.pacing(session, MONTH, now=store.now)}
    assert found["Eve"].target == hours * 60
    assert (found["Eve"].floor, found["Ana"].target) == (24 * 60, 36 * 60)
    assert owed["Eve"] == (own or 36) * 60, "what is owed stays what was promised"
    store.close()


def test_a_wish_of_shifts_is_less_where_somebody_is_away(tmp_path: Path) -> None:
    store = build.team(tmp_path)
    with store.change("People") as session:
        build.pair(session)
        build.responder(session, "Eve", shifts_a_month="4", status="leave", status_until=dt.date(2027, 1, 15))
    with store.read() as session:
        found = {p.id: p for p in planning.problem(session, MONTH, now=store.now).people}
    assert 24 * 60 < found["Eve"].target < 26 * 60, "sixteen days of thirty-one"
    store.close()


def test_duties_around_the_month_are_known_for_rest(tmp_path: Path) -> None:
    store = build.team(tmp_path)
    with store.change("Around") as session:
        people(session)
        roster.assign(session, roster.shift_name("2026-12-31/night/Valley"), "Ana")
        roster.assign(session, roster.shift_name("2027-02-01/day/Valley"), "Ben")
        roster.assign(session, roster.shift_name("2026-12-01/day/Valley"), "Ben")
    with store.read() as session:
        found = planning.problem(session, MONTH, now=store.now)
    assert [(duty.person, duty.date.isoformat(), duty.night) for duty in found.around] == [
        ("Ana", "2026-12-31", True),
        ("Ben", "2027-02-01", False),
    ]
    store.close()


def test_shifts_that_have_begun_and_locked_ones_are_kept(tmp_path: Path) -> None:
    store = build.team(tmp_path)
    with store.change("Set up") as session:
        people(session)
        roster.assign(session, NIGHT, "Ana")
        roster.assign(session, roster.shift_name("2027-01-20/day/Valley"), "Ana")
        roster.assign(session, roster.shift_name("2027-01-21/day/Valley"), "Ben")
        roster.lock(session, roster.shift_name("2027-01-21/day/Valley"), "Ben")
    with store.read() as session:
        found = planning.problem(session, MONTH, now=dt.datetime(2027, 1, 15, tzinfo=dt.UTC))
    assert [(a.person, a.locked) for a in found.current] == [("Ana", True), ("Ana", False), ("Ben", True)]
    store.close()


def test_applying_a_roster_keeps_promises_and_is_one_step_to_undo(tmp_path: Path) -> None:
    store = build.team(tmp_path)
    with store.change("Set up") as session:
        people(session)
        roster.assign(session, NIGHT, "Ana")
        roster.promise(session, NIGHT, "Ana", "told")
        roster.assign(session, roster.shift_name("2027-01-12/day/Valley"), "Ben")
    before = build.everything(store)
    with store.read() as session:
        asked = planning.problem(session, MONTH, now=store.now)
    lead = asked.current[0].seat
    found = (Placed("Ana", lead), Placed("Ben", lead + 1))
    assert [(d.person, d.added) for d in planning.difference(asked, found)] == [("Ben", True), ("Ben", False)]
    with store.change("Solve") as session:
        planning.apply(session, asked, found)
    with store.read() as session:
        rows = [(r.person, r.shift, r.role, r.state) for r in roster.month_rows(session, MONTH)]
    assert rows == [("Ana", str(NIGHT), "lead", "told"), ("Ben", str(NIGHT), "responder", "draft")]
    store.undo()
    assert build.everything(store) == before
    store.close()


def test_applying_is_refused_if_the_roster_moved_meanwhile(tmp_path: Path) -> None:
    store = build.team(tmp_path)
    with store.change("Set up") as session:
        people(session)
    with store.read() as session:
        asked = planning.problem(session, MONTH, now=store.now)
    with store.change("Meanwhile") as session:
        roster.assign(session, NIGHT, "Ana")
    with pytest.raises(NotAllowed, match="Solve again to apply"), store.change("Solve") as session:
        planning.apply(session, asked, ())
    store.close()


def test_nobody_to_roster_is_a_sentence(tmp_path: Path) -> None:
    store = build.team(tmp_path)
    with store.read() as session, pytest.raises(CrtError, match="Import people first"):
        planning.problem(session, MONTH, now=store.now)
    store.close()


def test_a_team_whose_checks_have_all_expired_is_a_sentence(tmp_path: Path) -> None:
    store = build.team(tmp_path)
    with store.change("People") as session:
        build.pair(session)
        for code in ("Ana", "Ben"):
            build.credential(session, code, "Background check", dt.date(2026, 6, 1))
    with store.read() as session:
        asked = planning.problem(session, MONTH, now=store.now)
    with pytest.raises(CrtError, match="Nobody can be rostered"):
        planning.refuse_hopeless(asked)
    store.close()


def test_a_place_whose_holder_left_the_team_is_reported_as_broken(tmp_path: Path) -> None:
    store = build.team(tmp_path)
    with store.change("Set up") as session:
        people(session)
        roster.assign(session, NIGHT, "Ana")
    with store.change("Ana leaves") as session:
        roster.person(session, "Ana").status = "inactive"
    with store.read() as session:
        found = [v for v in planning.check(session, MONTH, now=store.now) if v.hard]
    assert [v.rule for v in found] == ["roles"] and "Take them off it" in found[0].sentence
    store.close()


def test_second_teams_are_seated_where_most_calls_come_within_the_promised_hours(tmp_path: Path) -> None:
    store = build.team(tmp_path)
    with store.change("Many") as session:
        for n in range(200):
            build.responder(session, f"V{n}", role="lead")
    with store.read() as session:
        found = planning.problem(session, MONTH, now=store.now)
    by_teams = {n: [s.calls for s in found.shifts if s.teams == n] for n in (1, 2)}
    assert by_teams[2] and min(by_teams[2]) >= max(by_teams[1])
    minutes = sum(
        seat.count * (found.slots[found.shifts[seat.shift].slot].end - found.slots[found.shifts[seat.shift].slot].start)
        for seat in found.seats
        if not seat.optional and "clergy" not in seat.accepts
    )
    assert minutes <= sum(person.target for person in found.people)
    store.close()


def test_who_carried_more_than_a_fair_share_last_year_may_take_less_now() -> None:
    history = {1: Carried(nights=30), 2: Carried(nights=10)}
    allowed = fairness.allowances(history, Carried(nights=6), {1: 36.0, 2: 36.0}, {1: 1.0, 2: 1.0})
    assert allowed[1].nights == 0.0
    assert allowed[2].nights == pytest.approx(20 + 3 - 10)


def test_a_newcomer_owes_nothing_of_last_year() -> None:
    allowed = fairness.allowances({1: Carried(nights=20)}, Carried(nights=4), {1: 36.0, 2: 36.0}, {1: 1.0, 2: 0.0})
    assert (allowed[1].nights, allowed[2].nights) == (2.0, 2.0)


def test_a_rule_can_be_weighted_and_made_hard_again(tmp_path: Path) -> None:
    store = build.team(tmp_path)
    with store.change("Rest") as session:
        planning.set_rule(session, "rest", hard=False, points=80)
        assert planning.rules(session)["rest"].points == 80
        planning.set_rule(session, "rest", hard=True, points=0)
        assert planning.rules(session)["rest"].hard
        for unknown in ("karma", "open_seats"):
            with pytest.raises(CrtError, match="rules list"):
                planning.set_rule(session, unknown, hard=True, points=0)
    store.close()


def test_the_price_of_a_late_call_reaches_the_solver_and_cannot_be_forbidden(tmp_path: Path) -> None:
    store = build.team(tmp_path)
    with store.change("Prices") as session:
        people(session)
        planning.set_rule(session, "late_calls", hard=False, points=500)
        with pytest.raises(CrtError, match="never forbidden"):
            planning.set_rule(session, "missed_calls", hard=True, points=0)
    with store.read() as session:
        found = planning.problem(session, MONTH, now=store.now)
    assert (found.coverage.missed, found.coverage.late) == (1000, 500)
    assert found.rules["late_calls"].points == 500
    store.close()
