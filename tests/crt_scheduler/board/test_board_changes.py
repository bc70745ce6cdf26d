"""The board right after a change: what was read anew is true, and a plan is shown before anything is written."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from crt_scheduler import board, roster
from crt_scheduler.board.board_changes import previewed, reread, spans
from crt_scheduler.board.choices import choices
from crt_scheduler.planning import Difference
from crt_scheduler.store import Store
from tests.crt_scheduler import team_build as build

NIGHT, LATER = "2027-01-09/night/Valley", "2027-01-12/night/Valley"


def read(store: Store) -> board.Board:
    """Return January's board."""
    with store.read() as session:
        return board.board(session, "2027-01", now=build.NOW)


def on_call(folder: Path) -> Store:
    """Return a store with Ana and Ben, Ana on call, and Cal of the clergy."""
    store = build.team(folder)
    with store.change("Set up") as session:
        build.pair(session)
        build.responder(session, "Cal", kind="clergy")
        roster.assign(session, roster.shift_name(NIGHT), "Ana")
    return store


def test_a_duty_of_24_hours_lies_over_day_and_night(tmp_path: Path) -> None:
    store = on_call(tmp_path)
    over = spans(read(store))
    assert over[dt.date(2027, 1, 1), "24h"] == (0, 1)
    assert over[dt.date(2027, 1, 2), "night"] == (3, 3)
    store.close()


def test_dates_read_anew_show_what_the_next_board_shows(tmp_path: Path) -> None:
    store = on_call(tmp_path)
    before = read(store)
    with store.change("Move") as session:
        place = roster.find(session, roster.shift_name(NIGHT), "Ana")
        roster.move(session, place.id, roster.shift_name(LATER))
        roster.assign(session, roster.shift_name(LATER), "Ben")
    with store.read() as session:
        quick = reread(session, before, {dt.date(2027, 1, 9), dt.date(2027, 1, 12)})
    after = read(store)
    assert {place.row for place in quick.places} == {place.row for place in after.places}
    assert [line.minutes for line in quick.lines] == [line.minutes for line in after.lines]
    store.close()


def test_a_plan_is_shown_with_its_open_seats_before_it_is_applied(tmp_path: Path) -> None:
    store = on_call(tmp_path)
    before = read(store)
    plan = (
        Difference("Ana", NIGHT, "lead", False, "draft"),
        Difference("Ana", LATER, "lead", True, "draft"),
        Difference("Ben", LATER, "responder", True, "draft"),
        Difference("Cal", "2027-01-12/24h/City", "clergy", True, "draft", "backup"),
    )
    shown = previewed(before, plan)
    assert {(p.row.person, p.row.shift) for p in shown.places} == {
        ("Ana", LATER), ("Ben", LATER), ("Cal", "2027-01-12/24h/City"),
    }  # fmt: skip
    assert len(shown.gaps) == len(before.gaps) - 2
    on_that_day = {gap.tier for gap in shown.gaps if (gap.date, gap.shift) == (dt.date(2027, 1, 12), "24h")}
    assert on_that_day == {"primary"}
    assert read(store).places == before.places
    store.close()


def test_choices_are_open_seats_first_and_home_before_neighbours(tmp_path: Path) -> None:
    store = on_call(tmp_path)
    with store.change("Fill") as session:
        build.responder(session, "Eve", role="lead", area="West")
        roster.assign(session, roster.shift_name("2027-01-09/night/City"), "Eve")
    month = read(store)
    column = spans(month)[dt.date(2027, 1, 9), "night"][0]
    found = choices(month, "Ben", column)
    assert [(c.area, c.is_open, c.is_home) for c in found][:2] == [("Valley", True, True), ("Central", True, False)]
    assert [c.shift for c in choices(month, "Cal", column)] == ["2027-01-09/24h/City"]
    lead = choices(month, "Ana", column)
    assert (lead[-1].area, lead[-1].is_open) == ("City", False)
    assert choices(month, "nobody", column) == ()
    store.close()
