"""Which seat somebody gets on a shift, and whose place an act by hand touches: that one and no other."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from crt_scheduler import roster
from crt_scheduler.errors import CrtError, NotAllowed
from crt_scheduler.store import Store
from tests.crt_scheduler import team_build as build

NIGHT, WEST, SUNDAY, MONDAY = (
    roster.shift_name(words)
    for words in ("2027-01-09/night/Valley", "2027-01-09/night/West", "2027-01-10/day/Valley", "2027-01-11/day/Valley")
)
TEAM = {
    "R2": "responder", "L1": "lead", "R1": "responder", "T1": "trainee", "L3": "lead", "L2": "lead", "R3": "responder",
    "T2": "trainee",
}  # fmt: skip
"""People by id, none of them entered in the order of their ids."""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = build.team(tmp_path)
    with opened.change("People") as session:
        for code, role in TEAM.items():
            build.responder(session, code, role=role)
    yield opened
    opened.close()


def places(session: Session) -> dict[tuple[str, str], tuple[str, str]]:
    """Return role and state of every place in January by shift and person."""
    return {(row.shift, row.person): (row.role, row.state) for row in roster.month_rows(session, "2027-01")}


@pytest.mark.parametrize(
    ("people", "seats"),
    [
        ("L1 L2 L3", "lead responder lead"),
        ("R1 R2 R3", "responder responder responder"),
        ("R1 L1 L2 R2", "responder lead lead responder"),
        ("T1 T2 L1", "trainee trainee lead"),
        ("L2 T1 R1 L1", "lead trainee responder lead"),
    ],
)
def test_a_crew_fills_each_seat_once_and_then_the_first_that_fits_whoever_else_works_elsewhere(
    store: Store, people: str, seats: str
) -> None:
    with store.change("Crews") as session:
        for shift in (SUNDAY, NIGHT, MONDAY):
            assert [roster.assign(session, shift, code).role for code in people.split()] == seats.split()


def test_a_seat_asked_for_by_name_is_given_to_whoever_the_coordinator_names(store: Store) -> None:
    with store.change("By name") as session:
        given = [roster.assign(session, NIGHT, code, role=role).role for code, role in (("R1", "lead"), ("T1", "lead"))]
        assert given == ["lead", "lead"]
        assert roster.assign(session, NIGHT, "L1", role="responder").role == "responder"


def test_a_seat_that_a_shift_lacks_is_told_with_those_it_has(store: Store) -> None:
    city = roster.shift_name("2027-01-09/24h/City")
    for shift, asked, sentence in (
        (NIGHT, {"role": "pilot"}, "no seat for a pilot. Its seats are: lead, responder, trainee."),
        (NIGHT, {"tier": "backup"}, "no seat for a responder. Its seats are: lead, responder, trainee."),
        (city, {"role": "lead", "tier": "backup"}, "no seat for a lead. Its seats are: clergy primary, clergy backup."),
    ):
        with pytest.raises(CrtError) as told, store.change("Ask") as session:
            roster.assign(session, shift, "L1", **asked)
        assert str(told.value) == f"{shift} has {sentence}"


@pytest.mark.parametrize("code", TEAM)
def test_a_person_is_whoever_has_that_id_and_nobody_whose_id_is_like_it(store: Store, code: str) -> None:
    with store.read() as session:
        assert roster.person(session, code).code == code
        for other in (code[:1], f"{code}0", code.lower(), f" {code}", "A", "Z"):
            with pytest.raises(CrtError, match=f"Nobody has the id '{other}'"):
                roster.person(session, other)


@pytest.mark.parametrize(("shift", "code"), [*product((NIGHT, SUNDAY), ("R2", "L1"))])
def test_an_act_on_one_place_leaves_every_other_place_as_it_is(
    store: Store, shift: roster.ShiftName, code: str
) -> None:
    with store.change("Crews") as session:
        for each, person in product((SUNDAY, NIGHT), ("L1", "R2")):
            roster.assign(session, each, person)
        before = places(session)
    with store.change("Confirm one") as session:
        roster.promise(session, shift, code, "confirmed")
        now = places(session)
        assert now == {**before, (str(shift), code): (TEAM[code], "confirmed")}
    with store.change("Lock one, and take it off once it is free") as session:
        roster.lock(session, shift, code)
        assert [(r.shift, r.person) for r in roster.month_rows(session, "2027-01") if r.locked] == [(str(shift), code)]
        roster.lock(session, shift, code, locked=False)
        roster.unassign(session, shift, code)
        assert places(session) == {place: held for place, held in before.items() if place != (str(shift), code)}


@pytest.mark.parametrize("first", [WEST, MONDAY])
def test_a_person_on_call_elsewhere_at_that_time_is_refused_whichever_place_was_given_first(
    store: Store, first: roster.ShiftName
) -> None:
    with store.change("Two places each") as session:
        held = {shift: roster.assign(session, shift, "R1").id for shift in dict.fromkeys((first, WEST, MONDAY))}
        other = roster.assign(session, NIGHT, "R2").id
    for act in (
        lambda s: roster.move(s, held[MONDAY], NIGHT),
        lambda s: roster.swap(s, held[MONDAY], other),
        lambda s: roster.swap(s, other, held[MONDAY]),
        lambda s: roster.replace(s, NIGHT, "R2", "R1"),
        lambda s: roster.assign(s, NIGHT, "R1"),
    ):
        with pytest.raises(NotAllowed, match="R1 is already on call on 2027-01-09/night/West"), store.change("x") as s:
            act(s)
    with store.change("Out of the way") as session:
        roster.move(session, held[WEST], NIGHT)
        assert {shift for shift, code in places(session) if code == "R1"} == {str(NIGHT), str(MONDAY)}


def test_a_place_that_changes_hands_is_a_draft_and_keeps_its_seat(store: Store) -> None:
    with store.change("Told") as session:
        for shift, code in ((NIGHT, "L1"), (NIGHT, "R1"), (MONDAY, "L2")):
            roster.assign(session, shift, code)
            roster.promise(session, shift, code, "told")
        roster.replace(session, NIGHT, "L1", "R2")
        held = roster.find(session, NIGHT, "R2"), roster.find(session, MONDAY, "L2")
        assert (held[0].role, held[0].state) == ("lead", "draft")
        roster.promise(session, NIGHT, "R2", "told")
        roster.swap(session, held[1].id, held[0].id)
        assert places(session) == {
            (str(NIGHT), "L2"): ("lead", "draft"),
            (str(NIGHT), "R1"): ("responder", "told"),
            (str(MONDAY), "R2"): ("lead", "draft"),
        }


def test_a_list_of_places_goes_by_time_then_area_then_seat_then_person(store: Store) -> None:
    wanted = [(NIGHT, "L1"), (NIGHT, "R1"), (NIGHT, "R2"), (WEST, "L2"), (SUNDAY, "L3"), (MONDAY, "L3")]
    with store.change("In another order") as session:
        for shift, code in sorted(wanted, key=lambda place: (place[1], str(place[0])), reverse=True):
            roster.assign(session, shift, code)
        listed = [(row.area, row.person) for row in roster.rows(session, NIGHT.date, SUNDAY.date)]
    assert listed == [("West", "L2"), ("Valley", "L1"), ("Valley", "R1"), ("Valley", "R2"), ("Valley", "L3")]
