"""Repairing a roster by hand: only the impossible is refused, and a swap has to be told anew."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from crt_scheduler import roster
from crt_scheduler.errors import CrtError, NotAllowed
from crt_scheduler.tables import Assignment, Seat
from tests.crt_scheduler import team_build as build

SAT_NIGHT = roster.shift_name("2027-01-09/night/Valley")
SUN_DAY = roster.shift_name("2027-01-10/day/Valley")


def places(session: Session) -> list[tuple[str, str, str, str]]:
    """Return (shift, person, role, state) of January."""
    return [(r.shift, r.person, r.role, r.state) for r in roster.month_rows(session, "2027-01")]


def test_a_lead_takes_the_lead_seat_first_and_the_second_seat_next(tmp_path: Path) -> None:
    store = build.team(tmp_path)
    with store.change("Leads") as session:
        build.responder(session, "Ana", role="lead")
        build.responder(session, "Eve", role="lead")
        assert roster.assign(session, SAT_NIGHT, "Ana").role == "lead"
        assert roster.assign(session, SAT_NIGHT, "Eve").role == "responder"
    store.close()


def test_a_person_is_never_booked_twice_at_the_same_time(tmp_path: Path) -> None:
    store = build.team(tmp_path)
    with store.change("Set up") as session:
        build.pair(session)
        roster.assign(session, SAT_NIGHT, "Ana")
        for shift in ("2027-01-09/night/West", "2027-01-09/night/City", "2027-01-09/night/Valley"):
            with pytest.raises(NotAllowed, match="already on call on 2027-01-09/night/Valley"):
                roster.assign(session, roster.shift_name(shift), "Ana")
    store.close()


def test_swap_exchanges_places_and_makes_both_drafts(tmp_path: Path) -> None:
    store = build.team(tmp_path)
    with store.change("Set up") as session:
        build.responder(session, "Ben")
        build.responder(session, "Cy")
        one, other = roster.assign(session, SAT_NIGHT, "Ben"), roster.assign(session, SUN_DAY, "Cy")
        roster.promise(session, SAT_NIGHT, "Ben", "confirmed")
        assert roster.SWAP(one.id, other.id).run(session).label == "Swap Ben and Cy, 9 Jan and 10 Jan"
        assert places(session) == [
            ("2027-01-09/night/Valley", "Cy", "responder", "draft"),
            ("2027-01-10/day/Valley", "Ben", "responder", "draft"),
        ]
        with pytest.raises(CrtError, match="with itself"):
            roster.swap(session, one.id, one.id)
    store.close()


def test_swap_refuses_a_locked_shift_and_a_double_booking(tmp_path: Path) -> None:
    store = build.team(tmp_path)
    with store.change("Set up") as session:
        build.responder(session, "Ben")
        build.responder(session, "Cy")
        one, other = roster.assign(session, SAT_NIGHT, "Ben"), roster.assign(session, SUN_DAY, "Cy")
        roster.assign(session, roster.shift_name("2027-01-10/day/West"), "Ben")
        with pytest.raises(NotAllowed, match="Ben is already on call on 2027-01-10/day/West"):
            roster.swap(session, one.id, other.id)
        roster.lock(session, SUN_DAY, "Cy")
        with pytest.raises(NotAllowed, match=r"This shift is locked\. Unlock it to swap"):
            roster.swap(session, one.id, other.id)
        with pytest.raises(NotAllowed, match="locked"):
            roster.unassign(session, SUN_DAY, "Cy")
        with pytest.raises(NotAllowed, match="locked"):
            roster.move(session, other.id, SAT_NIGHT)
    store.close()


def test_a_shift_that_begins_when_another_ends_is_no_double_booking(tmp_path: Path) -> None:
    store = build.team(tmp_path)
    with store.change("Set up") as session:
        build.pair(session)
        for name in ("2027-01-09/day/Valley", "2027-01-09/night/Valley", "2027-01-10/day/Valley"):
            roster.assign(session, roster.shift_name(name), "Ana")
        assert [place[0] for place in places(session)] == [
            "2027-01-09/day/Valley", "2027-01-09/night/Valley", "2027-01-10/day/Valley",
        ]  # fmt: skip
        with pytest.raises(NotAllowed, match="already on call"):
            roster.assign(session, SAT_NIGHT, "Ana")
    store.close()


def test_two_people_of_one_shift_swap_their_seats(tmp_path: Path) -> None:
    store = build.team(tmp_path)
    with store.change("Set up") as session:
        build.pair(session)
        one, other = roster.assign(session, SAT_NIGHT, "Ana"), roster.assign(session, SAT_NIGHT, "Ben")
        roster.promise(session, SAT_NIGHT, "Ben", "told")
        assert roster.SWAP(one.id, other.id).run(session).label == "Swap Ana and Ben, 9 Jan"
        assert [(who, role, state) for _, who, role, state in places(session)] == [
            ("Ben", "lead", "draft"), ("Ana", "responder", "draft"),
        ]  # fmt: skip
    store.close()


def test_replace_puts_one_person_in_anothers_place_as_a_draft(tmp_path: Path) -> None:
    store = build.team(tmp_path)
    with store.change("Set up") as session:
        build.pair(session)
        build.responder(session, "Cy")
        roster.assign(session, SAT_NIGHT, "Ben")
        roster.promise(session, SAT_NIGHT, "Ben", "confirmed")
        with pytest.raises(CrtError, match="Ben holds that place already"):
            roster.replace(session, SAT_NIGHT, "Ben", "Ben")
        done = roster.REPLACE(SAT_NIGHT, "Ben", "Cy").run(session)
        assert done.label == "Put Cy in for Ben, Valley, night, 9 Jan"
        assert places(session) == [("2027-01-09/night/Valley", "Cy", "responder", "draft")]
        roster.lock(session, SAT_NIGHT, "Cy")
        with pytest.raises(NotAllowed, match="Unlock it to put somebody else on it"):
            roster.replace(session, SAT_NIGHT, "Cy", "Ben")
        roster.lock(session, SAT_NIGHT, "Cy", locked=False)
        roster.assign(session, roster.shift_name("2027-01-09/night/West"), "Ben")
        with pytest.raises(NotAllowed, match="Ben is already on call on 2027-01-09/night/West"):
            roster.replace(session, SAT_NIGHT, "Cy", "Ben")
    store.close()


def test_move_keeps_the_role_where_the_other_shift_has_it_and_has_to_be_told_anew(tmp_path: Path) -> None:
    store = build.team(tmp_path)
    with store.change("Set up") as session:
        build.pair(session)
        row = roster.assign(session, SAT_NIGHT, "Ana", role="responder")
        roster.promise(session, SAT_NIGHT, "Ana", "told")
        assert roster.MOVE(row.id, SUN_DAY).run(session).label == "Move Ana to Valley, day, 10 Jan"
        assert places(session) == [("2027-01-10/day/Valley", "Ana", "responder", "draft")]
        assert roster.shift_of_place(session, row.id) == SUN_DAY
        roster.move(session, row.id, SAT_NIGHT)
        roster.move(session, row.id, roster.shift_name("2027-01-09/night/West"))  # overlaps only the place it leaves
        assert [place[0] for place in places(session)] == ["2027-01-09/night/West"]
    store.close()


def test_a_months_roster_is_made_once_and_starts_unpublished(tmp_path: Path) -> None:
    store = build.team(tmp_path)
    with store.change("Set up") as session:
        made = roster.roster_of(session, "2027-01")
        assert (made.month, made.version, roster.roster_of(session, "2027-01").id) == ("2027-01", 0, made.id)
        with pytest.raises(CrtError, match="2027-13"):
            roster.roster_of(session, "2027-13")
    store.close()


def test_an_area_is_found_in_whatever_case_it_is_typed(tmp_path: Path) -> None:
    store = build.team(tmp_path)
    with store.change("Set up") as session:
        build.pair(session)
        first = roster.shift_of(session, roster.shift_name("2027-01-09/night/vaLLey"))
        assert (first.key, roster.shift_of(session, SAT_NIGHT).id) == ("2027-01-09/night/Valley", first.id)
        assert roster.shift_of(session, roster.shift_name("2027-01-09/night/city")).area_id is None
    store.close()


def test_a_months_rows_are_those_from_its_first_day_to_its_last(tmp_path: Path) -> None:
    store = build.team(tmp_path)
    with store.change("Set up") as session:
        build.pair(session)
        for day in ("2026-12-31", "2027-01-01", "2027-01-31", "2027-02-01"):
            roster.assign(session, roster.shift_name(f"{day}/night/Valley"), "Ana")
        assert [place[0][:10] for place in places(session)] == ["2027-01-01", "2027-01-31"]
    store.close()


def test_move_takes_a_place_to_another_shift_and_finds_a_seat_there(tmp_path: Path) -> None:
    store = build.team(tmp_path)
    with store.change("Set up") as session:
        build.pair(session)
        row = roster.assign(session, SAT_NIGHT, "Ana")
        roster.move(session, row.id, roster.shift_name("2027-01-11/night/City"))
        assert places(session) == [("2027-01-11/night/City", "Ana", "duty_lead", "draft")]
    store.close()


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("yesterday", "is not a shift"),
        ("2027-01-09", "is not a shift"),
        ("2027-01-09/night", "is not a shift"),
        ("2027-02-30/night/Valley", "is not a shift"),
        ("9999-02-28/night/Valley", "'9999-02-28' lies outside the years"),
        ("2027-01-09/dusk/Valley", "No shift is called 'dusk'. There are: day, night, 24h"),
        ("2027-01-09/night/Atlantis", "crt-scheduler areas add"),
        ("2027-01-09/24h/Valley", "24h shifts are not rostered in Valley"),
    ],
)
def test_a_shift_that_does_not_exist_is_a_sentence(tmp_path: Path, words: str, sentence: str) -> None:
    store = build.team(tmp_path)
    with pytest.raises(CrtError, match=sentence), store.change("Assign") as session:
        build.pair(session)
        roster.assign(session, roster.shift_name(words), "Ana")
    store.close()


def test_clergy_take_clergy_seats_only(tmp_path: Path) -> None:
    store = build.team(tmp_path)
    with store.change("Set up") as session:
        build.responder(session, "Rev", kind="clergy")
        row = roster.assign(session, roster.shift_name("2027-01-09/24h/City"), "Rev", tier="backup")
        assert (row.role, row.tier) == ("clergy", "backup")
        with pytest.raises(CrtError, match="no seat open to Rev, who is a clergy"):
            roster.assign(session, roster.shift_name("2027-01-12/day/Valley"), "Rev")
        with pytest.raises(CrtError, match="has no seat for a pilot"):
            roster.assign(session, roster.shift_name("2027-01-12/day/Valley"), "Rev", role="pilot")
    store.close()


def test_a_tier_that_is_asked_for_is_the_tier_that_is_given_however_many_hold_it(tmp_path: Path) -> None:
    store = build.team(tmp_path)
    day = roster.shift_name("2027-01-09/24h/City")
    with store.change("Set up") as session:
        for code in ("R1", "R2", "R3", "R4"):
            build.responder(session, code, kind="clergy")
        given = [
            roster.assign(session, day, code, tier=tier).tier for code, tier in (("R1", "primary"), ("R2", "primary"))
        ]
        assert given == ["primary", "primary"]
        assert [roster.assign(session, day, code).tier for code in ("R3", "R4")] == ["backup", "primary"]
    store.close()


def test_a_seat_that_may_stay_empty_is_still_taken_first_by_who_it_is_for(tmp_path: Path) -> None:
    store = build.team(tmp_path)
    with store.change("Set up") as session:
        build.pair(session)
        for seat in session.scalars(select(Seat).where(Seat.role == "lead")):
            seat.minimum = 0
        session.flush()
        assert roster.assign(session, SAT_NIGHT, "Ana").role == "lead"
    store.close()


def test_a_shift_has_the_seats_of_its_own_kind_and_no_others(tmp_path: Path) -> None:
    store = build.team(tmp_path)
    with store.change("Set up") as session:
        build.pair(session)
        with pytest.raises(CrtError, match="2027-01-09/24h/City has no seat open to Ana, who is a lead"):
            roster.assign(session, roster.shift_name("2027-01-09/24h/City"), "Ana")
    store.close()


@pytest.mark.parametrize("area", ["Central", "South", "West", "Valley"])
def test_a_shift_of_an_area_is_listed_once_and_under_its_own_name(tmp_path: Path, area: str) -> None:
    store = build.team(tmp_path)
    with store.change("Set up") as session:
        build.pair(session)
        roster.assign(session, roster.shift_name(f"2027-01-09/night/{area}"), "Ana")
        assert [(row.area, row.person) for row in roster.month_rows(session, "2027-01")] == [(area, "Ana")]
    store.close()


def test_a_place_that_is_moved_is_told_from_others_by_its_number_however_high_it_is(tmp_path: Path) -> None:
    store = build.team(tmp_path)
    with store.change("Set up") as session:
        build.pair(session)
        held = roster.assign(session, SAT_NIGHT, "Ana")
        values = {"responder_id": held.responder_id, "shift_id": held.shift_id, "role": "lead", "tier": ""}
        session.delete(held)
        session.flush()
        session.add(Assignment(id=5000, state="draft", locked=False, **values))
        session.flush()
        session.expire_all()
        roster.move(session, 5000, roster.shift_name("2027-01-09/night/West"))
        assert [place[0] for place in places(session)] == ["2027-01-09/night/West"]
    store.close()


def test_who_is_not_there_cannot_be_taken_off(tmp_path: Path) -> None:
    store = build.team(tmp_path)
    with store.change("Set up") as session:
        build.pair(session)
        with pytest.raises(CrtError, match="Ana is not on"):
            roster.unassign(session, SAT_NIGHT, "Ana")
        with pytest.raises(CrtError, match="Nobody has the id"):
            roster.unassign(session, SAT_NIGHT, "Zoe")
        with pytest.raises(CrtError, match="There is no assignment 99"):
            roster.move(session, 99, SAT_NIGHT)
        roster.assign(session, SAT_NIGHT, "Ana")
        with pytest.raises(CrtError, match="is not a promise state"):
            roster.promise(session, SAT_NIGHT, "Ana", "maybe")
    store.close()


def test_nights_over_a_clock_change_are_stored_and_listed_with_their_real_hours(tmp_path: Path) -> None:
    store = build.team(tmp_path)
    with store.change("Set up") as session:
        build.pair(session)
        for words, hours in (("2027-03-13/night/Valley", 11), ("2027-11-06/night/Valley", 13)):
            roster.assign(session, roster.shift_name(words), "Ana")
            row = roster.month_rows(session, words[:7])[0]
            assert row.end - row.start == dt.timedelta(hours=hours)
    store.close()
