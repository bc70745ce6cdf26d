"""The pace of the promise: who will miss it, by how much, and that it is the solver's own floors and targets."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from crt_scheduler import planning
from crt_scheduler.people import person_acts as people_acts
from crt_scheduler.planning.pacing import Pace, pacing
from crt_scheduler.roster import assign, shift_name
from crt_scheduler.store import Store
from tests.crt_scheduler.team_build import pair, responder, team

NOW = dt.datetime(2027, 1, 12, 17, tzinfo=dt.UTC)


def january(folder: Path, *days: int, december: int = 3) -> Store:
    """Ana on call on some days of January and, as promised or less, in December; Ben on leave half of January."""
    store = team(folder, now=NOW)
    with store.change("A team") as session:
        pair(session)
        responder(session, "Cy", status="leave", status_until=dt.date(2027, 1, 15))
        responder(session, "Dee", joined=dt.date(2027, 1, 1), target_minutes=12 * 60)
        for day in days:
            assign(session, shift_name(f"2027-01-{day:02d}/day/Valley"), "Ana")
        for day in range(1, december + 1):
            assign(session, shift_name(f"2026-12-{3 * day:02d}/day/Valley"), "Ana")
            assign(session, shift_name(f"2026-12-{3 * day:02d}/night/Valley"), "Ben")
    return store


def by_person(store: Store, *, now: dt.datetime = NOW) -> dict[str, Pace]:
    with store.read() as session:
        return {pace.person: pace for pace in pacing(session, "2027-01", now=now)}


def test_who_is_twelve_hours_short_is_told_what_would_mend_it(tmp_path: Path) -> None:
    store = january(tmp_path, 4, 20)
    found = by_person(store)["Ana"]
    assert (found.owed, found.given, found.ahead, found.short) == (36 * 60, 720, 720, 720)
    assert found.sentence() == "will miss by 12 h unless one more shift of 12 h is taken"
    after = by_person(store, now=dt.datetime(2027, 2, 2, tzinfo=dt.UTC))["Ana"]
    assert after.sentence() == "missed by 12 h"
    store.close()


def test_who_keeps_the_promise_is_not_called_short(tmp_path: Path) -> None:
    store = january(tmp_path, 4, 12, 20)
    assert by_person(store)["Ana"].sentence() == "keeps the promise"
    store.close()


def test_leave_is_excused_and_last_month_is_carried_over(tmp_path: Path) -> None:
    store = january(tmp_path, 4, december=2)
    found = by_person(store)
    store.close()
    assert (found["Ana"].carried, found["Ana"].owed) == (12 * 60, 48 * 60)
    assert found["Cy"].excused == round(36 * 60 * 15 / 31)
    assert found["Cy"].promised - found["Cy"].excused + found["Cy"].carried == found["Cy"].owed
    assert (found["Dee"].promised, found["Dee"].owed, found["Dee"].floor) == (720, 720, 720)
    assert found["Ana"].sentence() == "will miss by 36 h unless 3 more shifts of 12 h are taken"


def test_floors_and_targets_are_those_the_solver_is_given(tmp_path: Path) -> None:
    store = january(tmp_path, 4, 20, december=1)
    with store.read() as session:
        asked = {p.id: (p.floor, p.target) for p in planning.problem(session, "2027-01", now=NOW).people}
    assert {code: (pace.floor, pace.owed) for code, pace in by_person(store).items()} == asked
    store.close()


def test_leave_that_is_over_is_not_made_up_for(tmp_path: Path) -> None:
    store = january(tmp_path, 4, 20)
    before, back = dt.datetime(2026, 12, 1, 17, tzinfo=dt.UTC), dt.datetime(2027, 1, 1, 17, tzinfo=dt.UTC)
    with store.change("Eve goes and comes back") as session:
        responder(session, "Eve")
        people_acts.set_field(session, "Eve", "status", "leave", now=before)
        people_acts.set_field(session, "Eve", "status", "active", now=back)
        responder(session, "Flo")
    found = by_person(store)
    store.close()
    assert (found["Eve"].owed, found["Eve"].carried) == (36 * 60, 0), "she was on leave all December"
    assert (found["Flo"].owed, found["Flo"].carried) == (48 * 60, 12 * 60), "she was not, and gave nothing"


def test_a_shift_is_as_long_as_the_clock_shows_it_and_one_that_is_open_to_them(tmp_path: Path) -> None:
    now = dt.datetime(2027, 3, 2, 17, tzinfo=dt.UTC)
    store = team(tmp_path, now=now)
    with store.change("A team") as session:
        pair(session)
        responder(session, "Rev", kind="clergy")
    with store.read() as session:
        found = {pace.person: pace for pace in pacing(session, "2027-03", now=now)}
    store.close()
    assert found["Ana"].sentence() == "will miss by 36 h unless 3 more shifts of 12 h are taken", "one night is of 11 h"
    assert found["Rev"].shift == 24 * 60
