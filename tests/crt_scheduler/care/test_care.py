"""Care: after a hard call those who went rest, their seats are filled anew, debriefs are owed, some are phoned."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from crt_scheduler import availability, planning, roster, times
from crt_scheduler.care import care_view, debriefs, exposure, hard_calls, please_phone, stand_down
from crt_scheduler.cli import run
from crt_scheduler.errors import CrtError, NotAllowed
from crt_scheduler.settings import programme_acts
from crt_scheduler.store import Store
from crt_scheduler.tables import Assignment, CallResponder, Debrief, StandDown
from solver.check import check
from solver.engine import Limit, solve
from solver.explain import open_seats
from solver.formulate import grid_of, period_of
from solver.greedy import greedy
from solver.problem import Problem
from solver.result import Placed
from solver.roster import from_assignments
from tests.crt_scheduler import care_build
from tests.crt_scheduler.team_build import beside, everything, pair, responder, team
from tests.made import copied
from tests.opened import open_store

ZONE = times.Zone("America/Los_Angeles")
TWO = times.instant(dt.date(2027, 1, 9), dt.time(2), ZONE)
"""Two in the morning of Saturday 9 January 2027, in the night shift that began on Friday."""
CLEAR = TWO + dt.timedelta(hours=2)
TICKED = CLEAR + dt.timedelta(minutes=5)
END = times.instant(dt.date(2027, 1, 12), dt.time(6), ZONE)
"""The rest of the shift, until six, and 72 hours."""
FRIDAY, EVENING = "2027-01-08/night/Valley", "2027-01-09/night/Valley"
LATER, AFTER = "2027-01-11/day/Valley", "2027-01-14/day/Valley"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Ana and Ben are on call on Friday night, the next evening and later; another pair of Valley is free."""
    return open_store(copied(tmp_path / "team.db", on_call), who="coordinator", now=TICKED)


def on_call(folder: Path) -> Store:
    """Make the records of that team."""
    made = team(folder, now=TICKED)
    with made.change("People and roster") as session:
        pair(session)
        responder(session, "Lea", role="lead")
        responder(session, "Roy")
        for shift in (FRIDAY, EVENING, LATER, AFTER):
            for code in ("Ana", "Ben"):
                roster.assign(session, roster.shift_name(shift), code).state = "confirmed"
        for shift in ("2027-01-06/day/Valley", "2027-01-16/day/Valley"):
            for code in ("Lea", "Roy"):
                roster.assign(session, roster.shift_name(shift), code).state = "confirmed"
    return made


def hard_call(store: Store, why: str = "Child death", *went: str) -> int:
    """Log the call of two in the morning and tick it as hard; Ana and Ben went unless others are named."""
    with store.change("Hard call") as session:
        number = care_build.call(session, TWO, *(went or ("Ana", "Ben")), now=TICKED, clear=CLEAR)
        hard_calls.tick_hard(session, number, why, now=TICKED)
    return number


def frozen(store: Store, now: dt.datetime = TICKED) -> Problem:
    """Return the month as the solver sees it."""
    with store.read() as session:
        return planning.problem(session, "2027-01", now=now)


def standing(problem: Problem, code: str) -> list[str]:
    """Return the dates and templates that a person stands down in."""
    person = next(one for one in problem.people if one.id == code)
    return [
        f"{slot.date:%d}/{slot.template}"
        for slot, letter in zip(problem.slots, person.grades, strict=True)
        if letter == "s"
    ]


def broken(store: Store) -> list[tuple[str, str | None, str | None]]:
    """Return the hard rules that January breaks."""
    with store.read() as session:
        return [(v.rule, v.person, v.shift) for v in planning.check(session, "2027-01", now=TICKED) if v.hard]


def apply(store: Store, problem: Problem, placed: tuple[Placed, ...]) -> None:
    """Write a solved roster."""
    with store.change("Solve") as session:
        planning.apply(session, problem, placed)


def on(store: Store, shift: str) -> set[str]:
    """Return who is on call, in any area."""
    with store.read() as session:
        return {row.person for row in roster.month_rows(session, "2027-01") if row.shift.startswith(shift)}


def test_a_hard_call_at_two_keeps_both_off_until_72_hours_after_the_shift(store: Store) -> None:
    hard_call(store)
    with store.read() as session:
        rows = stand_down.rows(session, now=TICKED)
    assert [(row.person, row.start, row.end) for row in rows] == [("Ana", CLEAR, END), ("Ben", CLEAR, END)]
    assert rows[0].shifts == (EVENING, LATER)
    assert rows[0].sentence == (
        "Ana stands down after call 27-0001 (child death) until Tue 12 Jan 06:00. "
        "Find cover for: Sat 9 Jan night, Valley; Mon 11 Jan day, Valley."
    )
    nights = ["09/day", "09/24h", "09/night", "10/day", "10/24h", "10/night", "11/day", "11/24h", "11/night"]
    assert sorted(standing(frozen(store), "Ana")) == sorted(["08/24h", *nights])


def test_the_shift_they_worked_in_is_not_held_against_anyone(store: Store) -> None:
    hard_call(store)
    assert sorted(broken(store)) == sorted(
        ("stand_down", code, shift) for code in ("Ana", "Ben") for shift in (EVENING, LATER)
    )
    with store.read() as session:
        said = {v.sentence for v in planning.check(session, "2027-01", now=TICKED) if v.hard}
    assert "Ana is standing down after a hard call (Valley, Sat 9 January night)." in said


def test_without_them_the_seats_stand_open_with_that_reason(store: Store) -> None:
    hard_call(store)
    with store.change("Take them off, nobody else can come") as session:
        for code in ("Ana", "Ben"):
            roster.unassign(session, roster.shift_name(EVENING), code)
        for code in ("Lea", "Roy"):
            roster.person(session, code).status = "inactive"
    problem = frozen(store)
    found = open_seats(problem, from_assignments(period_of(problem), problem.current))
    here = [seat for seat in found if (seat.date.day, seat.shift, seat.area) == (9, "night", "Valley")]
    assert {seat.role: seat.reason for seat in here} == {
        "lead": "Nobody free: 1 is standing down.", "responder": "Nobody free: 2 are standing down.",
    }  # fmt: skip


@pytest.mark.parametrize("how", ["engine", "greedy"])
def test_solving_again_changes_the_fewest_promises_and_lifting_restores(store: Store, how: str) -> None:
    before = frozen(store)
    hard_call(store)
    with store.change("Lea and Roy could come") as session:
        for code in ("Lea", "Roy"):
            availability.wish(session, roster.shift_name(EVENING), code, "wants")
    problem = frozen(store)
    if how == "engine":
        placed = solve(problem, Limit(work=3)).roster
    else:
        first = greedy(grid_of(period_of(problem)))
        placed = tuple(Placed(first.period.person(person).id, seat) for person, seat in first.placed())
    gone = {(d.person, d.shift) for d in planning.difference(problem, placed) if not d.added and d.state != "draft"}
    assert gone == {(code, shift) for code in ("Ana", "Ben") for shift in (EVENING, LATER)}
    assert not any(v.hard for v in check(problem, placed))
    apply(store, problem, placed)
    if how == "engine":
        assert on(store, "2027-01-09/night") == {"Lea", "Roy"}, "the city has a team, where it is worth most"
    with store.change("Lift") as session:
        for row in stand_down.rows(session, now=TICKED):
            stand_down.lift(session, row.id, "lead", TICKED)
    lifted = {person.id: person for person in frozen(store).people}
    for person in before.people[:2]:
        again = lifted[person.id]
        assert (again.id, again.grades, again.floor) == (person.id, person.grades, person.floor)


def test_undo_of_the_tick_leaves_everything_as_it_was(store: Store) -> None:
    with store.change("Call") as session:
        number = care_build.call(session, TWO, "Ana", "Ben", now=TICKED, clear=CLEAR)
    before = everything(store)
    with store.change("Tick as hard") as session:
        hard_calls.tick_hard(session, number, "Child death", now=TICKED)
    assert everything(store) != before
    store.undo()
    assert everything(store) == before


def test_taking_the_tick_back_keeps_what_was_lifted_or_done(store: Store) -> None:
    number = hard_call(store)
    with store.change("Lift and debrief Ana") as session:
        stand_down.lift(session, stand_down.rows(session, now=TICKED)[0].id, "lead", TICKED)
        assert debriefs.done_by_person(session, "Ana", "lead", TICKED) == 1
    with store.change("Not hard after all") as session:
        hard_calls.tick_hard(session, number, "", now=TICKED)
    with store.read() as session:
        assert [row.lifted_by for row in session.scalars(select(StandDown))] == ["lead"]
        assert [row.done_by for row in session.scalars(select(Debrief))] == ["lead"]
    assert broken(store) == []


def test_who_goes_later_to_a_hard_call_stands_down_too_and_nobody_twice(store: Store) -> None:
    number = hard_call(store)
    with store.change("Roy went too") as session:
        roy = roster.person(session, "Roy")
        session.add(
            CallResponder(
                call_id=number, responder_id=roy.id, role="responder", departed=TWO, arrived=None, cleared=None,
                home=None, miles=None,
            )
        )  # fmt: skip
        session.flush()
        hard_calls.tick_hard(session, number, "Several dead", now=TICKED)
    with store.read() as session:
        assert [row.person for row in stand_down.rows(session, now=TICKED)] == ["Ana", "Ben", "Roy"]
        assert {row.end for row in stand_down.rows(session, now=TICKED)} == {END}
        assert care_build.marked(session, number) == "Several dead"


def test_a_call_ticked_days_later_asks_for_a_debrief_only(store: Store) -> None:
    late = END + dt.timedelta(hours=1)
    with store.change("Ticked late") as session:
        number = care_build.call(session, TWO, "Ana", now=late, clear=CLEAR)
        hard_calls.tick_hard(session, number, "Child death", now=late)
    with store.read() as session:
        assert stand_down.rows(session, now=late, past=True) == ()
        row = debriefs.rows(session, now=late)[0]
    assert (row.next_shift, row.due) == (AFTER, times.instant(dt.date(2027, 1, 14), dt.time(6), ZONE))


def test_the_programmes_hours_are_used_and_a_listener_can_be_added(store: Store) -> None:
    number = hard_call(store)
    with store.change("Lea listened") as session:
        stand_down.add(session, number, "Lea", now=TICKED, hours=10)
        with pytest.raises(NotAllowed, match="Lea is standing down already after call 27-0001"):
            stand_down.add(session, number, "Lea", now=TICKED)
    with store.read() as session:
        ends = {row.person: row.end for row in stand_down.rows(session, now=TICKED)}
        assert ends["Lea"] == times.instant(dt.date(2027, 1, 9), dt.time(16), ZONE)
        assert stand_down.standing_down(session, TICKED) == {"Ana": END, "Ben": END, "Lea": ends["Lea"]}
        assert stand_down.standing_down(session, END) == {}


def test_whose_shift_ended_while_the_call_went_on_rests_from_the_clear(store: Store) -> None:
    clear = times.instant(dt.date(2027, 1, 9), dt.time(8), ZONE)
    with store.change("A long call") as session:
        number = care_build.call(session, TWO, "Ana", "Roy", now=clear, clear=clear)
        hard_calls.tick_hard(session, number, "Child death", now=clear)
        ends = {row.person: row.end for row in stand_down.rows(session, now=clear)}
    evening = times.instant(dt.date(2027, 1, 12), dt.time(18), ZONE)
    assert ends == {"Ana": clear + dt.timedelta(hours=72), "Roy": evening}, "Roy was not on: the day shift counts"


def test_a_stand_down_over_the_end_of_a_month_reaches_into_the_next(tmp_path: Path) -> None:
    at = times.instant(dt.date(2027, 1, 30), dt.time(23), ZONE)
    store = team(tmp_path, now=at + dt.timedelta(hours=2))
    with store.change("A call") as session:
        pair(session)
        number = care_build.call(session, at, "Ana", now=store.now, clear=at + dt.timedelta(hours=1))
        hard_calls.tick_hard(session, number, "Colleague", now=store.now)
    with store.read() as session:
        february = planning.problem(session, "2027-02", now=store.now)
    assert sorted(standing(february, "Ana")) == sorted(["01/day", "01/24h", "01/night", "02/day", "02/24h", "02/night"])


def test_a_debrief_is_due_when_the_stand_down_ends_or_before_the_next_shift_once_lifted(store: Store) -> None:
    hard_call(store)
    with store.read() as session:
        row = debriefs.rows(session, now=TICKED)[0]
    assert (row.person, row.due, row.next_shift, row.is_overdue) == ("Ana", END, AFTER, False)
    with store.change("Lift Ana") as session:
        stand_down.lift(session, stand_down.rows(session, now=TICKED)[0].id, "lead", TICKED)
    evening = times.instant(dt.date(2027, 1, 9), dt.time(18), ZONE)
    with store.read() as session:
        row = debriefs.rows(session, now=TICKED)[0]
        assert (row.due, row.next_shift) == (evening, EVENING)
        row = debriefs.rows(session, now=evening)[0]
        assert row.is_overdue
        assert (
            row.sentence
            == "The debrief of Ana after call 27-0001 was due Sat 9 Jan 18:00, before Sat 9 Jan night, Valley."
        )
    with store.change("Done") as session:
        debriefs.done(session, row.id, "lead", evening)
        with pytest.raises(NotAllowed, match="noted as done by lead already"):
            debriefs.done(session, row.id, "lead", evening)
    with store.read() as session:
        assert [one.person for one in debriefs.rows(session, now=evening)] == ["Ben"]
        assert len(debriefs.rows(session, now=evening, past=True)) == 2


def after_the_evening_without_debrief(store: Store) -> dt.datetime:
    """Lift Ana's stand-down, let her take the evening shift without the debrief, and return when that is over."""
    hard_call(store)
    with store.change("Lift Ana") as session:
        stand_down.lift(session, stand_down.rows(session, now=TICKED)[0].id, "lead", TICKED)
    return times.instant(dt.date(2027, 1, 10), dt.time(6, 5), ZONE)


def owing(store: Store, now: dt.datetime) -> list[str]:
    """Return the slots that a debrief keeps Ana off, as the solver is asked at a moment."""
    with store.read() as session:
        problem = planning.problem(session, "2027-01", now=now)
    ana = next(person for person in problem.people if person.id == "Ana")
    return [f"{s.date:%d}/{s.template}" for s, letter in zip(problem.slots, ana.grades, strict=True) if letter == "d"]


def test_a_debrief_not_held_in_time_keeps_its_owner_off_the_next_three_days_until_it_is(store: Store) -> None:
    now = after_the_evening_without_debrief(store)
    days = ["10/night", "11/day", "11/night", "11/24h", "12/day", "12/night", "12/24h", "13/day", "13/24h"]
    assert sorted(owing(store, now)) == sorted(days)
    with store.read() as session:
        (found,) = [v for v in planning.check(session, "2027-01", now=now) if v.rule == "debrief"]
    assert (found.person, found.shift, found.hard) == ("Ana", LATER, True)
    assert found.sentence == (
        "Ana owes the debrief of a hard call: hold it before this shift (Valley, Mon 11 January day)."
    )
    with store.change("Held") as session:
        debriefs.done_by_person(session, "Ana", "lead", now)
    assert owing(store, now) == []


def test_a_debrief_that_can_still_be_held_in_time_keeps_nobody_off(store: Store) -> None:
    hard_call(store)
    assert owing(store, TICKED) == []


def test_how_long_an_overdue_debrief_keeps_its_owner_off_is_the_teams_own(store: Store) -> None:
    now = after_the_evening_without_debrief(store)
    with store.change("Half a day") as session:
        programme_acts.amend(session, "debrief_hours", "12")
    assert owing(store, now) == ["10/night"]
    with store.change("Never") as session:
        programme_acts.amend(session, "debrief_hours", "0")
    assert owing(store, now) == []


def test_the_hours_of_a_stand_down_and_the_kinds_of_hard_calls_are_set_as_settings(store: Store) -> None:
    with store.change("Settings") as session:
        programme_acts.amend(session, "stand_down_hours", "24")
        programme_acts.amend(session, "hard_calls", "Child death,  Own street ,")
        assert hard_calls.kinds(session) == ("Child death", "Own street")
        assert programme_acts.show(session).hard_calls == "Child death, Own street"
    hard_call(store)
    with store.read() as session:
        assert {row.end for row in stand_down.rows(session, now=TICKED)} == {END - dt.timedelta(hours=48)}
    with pytest.raises(NotAllowed, match="Calls are marked 'Child death'"), store.change("Drop") as session:
        programme_acts.amend(session, "hard_calls", "Own street")


def test_what_is_lifted_or_over_cannot_be_lifted(store: Store) -> None:
    hard_call(store)
    with store.change("Lift") as session:
        first, second = stand_down.rows(session, now=TICKED)
        with pytest.raises(NotAllowed, match="is over"):
            stand_down.lift(session, second.id, "lead", END)
        stand_down.lift(session, first.id, "lead", TICKED)
        with pytest.raises(NotAllowed, match="lifted by lead already"):
            stand_down.lift(session, first.id, "lead", TICKED)
        with pytest.raises(CrtError, match="There is no stand-down 99"):
            stand_down.lift(session, 99, "lead", TICKED)


def test_the_kinds_of_hard_calls_are_the_teams_own(store: Store) -> None:
    number = hard_call(store)
    with store.change("Kinds") as session:
        hard_calls.add_kind(session, " Own  street ")
        assert hard_calls.kinds(session)[-1] == "Own street"
        with pytest.raises(CrtError, match="already"):
            hard_calls.add_kind(session, "own street")
        with pytest.raises(NotAllowed, match="Calls are marked 'Child death'"):
            hard_calls.remove_kind(session, "child death")
        hard_calls.remove_kind(session, "Own street")
        with pytest.raises(CrtError, match="No kind of hard call is called 'Own street'"):
            hard_calls.remove_kind(session, "Own street")
        with pytest.raises(CrtError, match="No kind of hard call is called"):
            hard_calls.tick_hard(session, number, "Own street", now=TICKED)


def test_nobody_stands_down_by_hand_after_a_call_that_is_not_hard(store: Store) -> None:
    with store.change("Call") as session:
        number = care_build.call(session, TWO, "Ana", now=TICKED, clear=CLEAR)
        with pytest.raises(NotAllowed, match="not ticked as hard"):
            stand_down.add(session, number, "Lea", now=TICKED)


def some_calls(session: Session, count: int, code: str, *, why: str = "") -> list[int]:
    """Log calls on the days before, that one person went to."""
    days = [TWO - dt.timedelta(days=n + 1) for n in range(count)]
    return [
        care_build.call(session, at, *([code] if code else []), now=TICKED, clear=at + dt.timedelta(hours=1), hard=why)
        for at in days
    ]


def test_exposure_counts_responses_and_hard_calls_and_says_when_it_is_much(store: Store) -> None:
    with store.change("Calls") as session:
        some_calls(session, 2, "Ana", why="Child death")
        some_calls(session, 6, "Ben")
        care_build.call(session, TWO - dt.timedelta(days=60), "Ben", now=TICKED, clear=TWO - dt.timedelta(days=59.9))
        care_build.call(session, TWO - dt.timedelta(days=91), "Roy", now=TICKED, clear=TWO - dt.timedelta(days=90.9))
    with store.read() as session:
        ana, ben = exposure.exposure(session, now=TICKED)
    assert (ana.person, ana.responses_30, ana.hard_30, ana.hard_90) == ("Ana", 2, 2, 2)
    assert ana.sentence == "Ana went to 2 hard calls in 90 days. Phone to ask how they are before the next one."
    assert (ben.responses_30, ben.responses_90, ben.hard_90) == (6, 7, 0)
    assert ben.sentence == "Ben went to 6 calls in 30 days. Let others go first for a while."
    for cap in ("3", "0"):
        with store.change("Caps") as session:
            programme_acts.amend(session, "hard_cap", cap)
            programme_acts.amend(session, "response_cap", "6" if cap == "3" else cap)
            assert not any(one.is_over for one in exposure.exposure(session, now=TICKED))


def reasons(store: Store, now: dt.datetime = TICKED) -> dict[str, dict[str, str]]:
    """Return the please-phone list: sentences by person and kind."""
    with store.read() as session:
        return {one.person: dict(one.reasons) for one in please_phone.please_phone(session, now=now)}


def test_whoever_could_not_go_three_times_in_a_row_is_phoned_and_one_yes_ends_it(store: Store) -> None:
    with store.change("Calls") as session:
        for n, number in enumerate(some_calls(session, 4, "")):
            at = TWO - dt.timedelta(days=n + 1)
            care_build.answered(session, number, "Ana", "declined" if n else "no_answer", at)
            care_build.answered(session, number, "Ben", "accepted" if n == 1 else "declined", at)
            care_build.answered(session, number, "Lea", "wrong_number", at)
            care_build.answered(session, number, "Roy", "declined", at)
            care_build.answered(session, number, "Roy", "accepted", at + dt.timedelta(minutes=5))
    found = reasons(store)
    assert {who for who, why in found.items() if "streak" in why} == {"Ana", "Lea"}
    assert found["Ana"]["streak"] == ("Ana could not go the last 4 times they were called. Phone to ask how they are.")
    assert "the number may be wrong" in found["Lea"]["streak"]


def test_coming_off_a_told_shift_shortly_before_it_is_a_reason_to_phone(store: Store) -> None:
    soon = times.instant(dt.date(2027, 1, 14), dt.time(2), ZONE)

    def off(shift: str, code: str, now: dt.datetime) -> None:
        later = beside(store, who="coordinator", now=now)
        with later.change(f"Take {code} off") as session:
            roster.unassign(session, roster.shift_name(shift), code)

    off(AFTER, "Ana", soon)
    off(AFTER, "Ben", soon - dt.timedelta(days=3))
    off("2027-01-16/day/Valley", "Roy", soon + dt.timedelta(days=1))
    assert reasons(store, soon + dt.timedelta(days=3)) == {
        "Ana": {"late": "Ana came off a shift less than 48 hours before the start, in 90 days."},
        "Roy": {"late": "Roy came off a shift less than 48 hours before the start, in 90 days."},
    }


def test_coming_off_in_a_stand_down_or_by_undo_is_none(store: Store) -> None:
    hard_call(store)
    with store.change("Take Ana off") as session:
        roster.unassign(session, roster.shift_name(EVENING), "Ana")
    with store.change("Take Lea off") as session:
        session.delete(session.scalars(select(Assignment).order_by(Assignment.id.desc())).first())
    store.undo()
    assert reasons(store) == {}


def test_never_called_in_many_shifts_is_noticed_once_the_team_logs_calls(store: Store) -> None:
    with store.change("Autumn") as session:
        for day in range(1, 13, 2):
            for code in ("Ana", "Ben"):
                roster.assign(session, roster.shift_name(f"2026-12-{day:02d}/day/Valley"), code)
    assert reasons(store) == {}
    with store.change("A call lately") as session:
        some_calls(session, 1, "Ben")
    assert reasons(store) == {}, "nobody knows who was called in autumn"
    with store.change("A call in autumn") as session:
        care_build.call(session, TWO - dt.timedelta(days=60), now=TICKED, clear=TWO - dt.timedelta(days=59))
    assert reasons(store) == {
        "Ana": {"never": "Ana was on call 6 times in 90 days and never called. Say it is noticed."}
    }


def test_an_overdue_debrief_comes_first_and_the_number_is_beside_it(store: Store) -> None:
    hard_call(store)
    with store.change("Ben declined before") as session:
        for n, number in enumerate(some_calls(session, 3, "")):
            care_build.answered(session, number, "Lea", "declined", TWO - dt.timedelta(days=n + 1))
    with store.read() as session:
        found = care_view.care(session, now=END)
    assert [(one.person, one.kinds, one.phone_words) for one in found.please_phone] == [
        ("Ana", ("debrief",), "(213) 555-0100"), ("Ben", ("debrief",), "(213) 555-0100"),
        ("Lea", ("streak",), "(213) 555-0100"),
    ]  # fmt: skip
    assert (len(found.debriefs), len(found.stand_downs)) == (2, 0)


def told(store: Store, capsys: pytest.CaptureFixture[str], *words: str, code: int = 0) -> Any:
    """Run a command with --json and return its answer."""
    now = TICKED.isoformat()
    got = run(["--database", str(store.path), "--who", "lead", "--now", now, *words, "--json"])
    assert got == code
    return json.loads(capsys.readouterr().out.splitlines()[-1])


def test_every_act_of_care_has_a_command(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    hard_call(store)
    assert [row["person"] for row in told(store, capsys, "stand-down", "list")] == ["Ana", "Ben"]
    number = str(told(store, capsys, "stand-down", "list")[0]["id"])
    told(store, capsys, "stand-down", "lift", number)
    assert "lifted by lead already" in told(store, capsys, "stand-down", "lift", number, code=2)["error"]
    told(store, capsys, "stand-down", "add", "27-0001", "Lea", "--hours", "24")
    assert [row["person"] for row in told(store, capsys, "stand-down", "list")] == ["Lea", "Ben"]
    assert len(told(store, capsys, "stand-down", "list", "--all")) == 3
    told(store, capsys, "debrief", "done", "Ana")
    assert [row["person"] for row in told(store, capsys, "debrief", "list")] == ["Lea", "Ben"]
    told(store, capsys, "hard-calls", "add", "Own street")
    assert told(store, capsys, "hard-calls", "list")[-1] == "Own street"
    told(store, capsys, "hard-calls", "remove", "Own street")
    assert told(store, capsys, "please-phone") == []
    assert {row["person"] for row in told(store, capsys, "exposure")} == {"Ana", "Ben"}


def test_the_commands_speak_to_people_too(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    hard_call(store)
    for words in (["stand-down", "list"], ["debrief", "list"], ["please-phone"], ["exposure"], ["hard-calls", "list"]):
        assert run(["--database", str(store.path), "--now", TICKED.isoformat(), *words]) == 0
    said = capsys.readouterr().out
    assert "Tue 12 Jan 06:00" in said and "Child death" in said and "Nobody needs a call." in said


def test_a_call_is_ticked_hard_by_command_and_those_who_went_rest_at_once(
    store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    with store.change("Call") as session:
        care_build.call(session, TWO, "Ana", "Ben", now=TICKED, clear=CLEAR)
    desk = ["--database", str(store.path), "--now", TICKED.isoformat()]
    assert run([*desk, "call", "hard", "27-0001"]) == 2
    assert "Say why the call was hard" in capsys.readouterr().err
    assert run([*desk, "call", "hard", "27-0001", "child death"]) == 0
    assert "Ana stands down after call 27-0001 (child death) until Tue 12 Jan 06:00." in capsys.readouterr().err
    assert run([*desk, "call", "hard", "27-0001", "--no"]) == 0
    with store.read() as session:
        assert stand_down.rows(session, now=TICKED) == () and debriefs.rows(session, now=TICKED) == ()
