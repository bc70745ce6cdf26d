"""Today: who is on call at an instant, seven days' open seats, what needs care, the month card and the first steps."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from crt_scheduler import board, roster
from crt_scheduler.board.openings import month_seats
from crt_scheduler.care import hard_calls
from crt_scheduler.publish.publishing import publish
from crt_scheduler.store import Store
from crt_scheduler.tables import Availability, Call, CallResponder, HoursEntry, Responder, Wish
from crt_scheduler.today import Post, Today, today
from tests.crt_scheduler import care_build
from tests.crt_scheduler.team_build import credential, pair, responder, team
from tests.opened import open_store

NOON = dt.datetime(2026, 12, 15, 20, 0, tzinfo=dt.UTC)
"""Tuesday noon in Los Angeles: the day shift runs from 14:00 to 02:00 UTC."""


def people_of(store: Store) -> None:
    """Add Ana and Ben of Valley, a second lead and a member of the clergy."""
    with store.change("Add people") as session:
        pair(session)
        responder(session, "Dora", role="lead", area="West")
        responder(session, "Fr", name="Fr. Kim", kind="clergy", area="")


def put(store: Store, *places: tuple[str, str, str]) -> None:
    """Put people on shifts in a promise state."""
    with store.change("Fill the roster") as session:
        for shift, person, state in places:
            roster.assign(session, roster.shift_name(shift), person).state = state


def seen(store: Store, now: dt.datetime) -> Today:
    """Return the Today view at an instant."""
    with store.read() as session:
        return today(session, now=now)


def post(found: Today, area: str, kind: str = "area") -> Post:
    """Return one post of the on-call card."""
    return next(post for post in found.posts if (post.area, post.kind) == (area, kind))


def names(found: Today, area: str, kind: str = "area") -> tuple[list[str], list[str]]:
    """Return who is on call at a post, now and next."""
    one = post(found, area, kind)
    return [p.name for p in one.now.people] if one.now else [], [p.name for p in one.next.people] if one.next else []


def kinds(found: Today) -> dict[str, int]:
    """Return the counts of what needs care by kind."""
    return {item.kind: item.count for item in found.care}


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = team(tmp_path, now=NOON)
    people_of(made)
    return made


def test_the_lead_stands_first_and_each_has_a_phone_as_people_dial_it(store: Store) -> None:
    put(store, ("2026-12-15/day/Valley", "Ben", "told"), ("2026-12-15/day/Valley", "Ana", "confirmed"))
    now = post(seen(store, NOON), "Valley").now
    assert now is not None
    assert [(p.name, p.role, p.state, p.phone_words) for p in now.people] == [
        ("Ana", "lead", "confirmed", "(213) 555-0100"),
        ("Ben", "responder", "told", "(213) 555-0100"),
    ]
    assert (now.missing, now.lacks_team) == (0, False)


def test_somebody_else_is_on_call_from_the_very_instant_the_shift_changes(store: Store) -> None:
    put(store, ("2026-12-15/day/Valley", "Ana", "told"), ("2026-12-15/night/Valley", "Dora", "told"))
    change = dt.datetime(2026, 12, 16, 2, 0, tzinfo=dt.UTC)
    assert names(seen(store, change - dt.timedelta(seconds=1)), "Valley") == (["Ana"], ["Dora"])
    assert names(seen(store, change), "Valley") == (["Dora"], [])
    assert seen(store, NOON).rolls_over == change


def test_after_midnight_the_night_that_began_yesterday_is_still_on_call(store: Store) -> None:
    put(store, ("2026-12-15/night/Valley", "Ana", "told"), ("2026-12-16/day/Valley", "Ben", "told"))
    after = dt.datetime(2026, 12, 16, 9, 30, tzinfo=dt.UTC)  # 01:30 in Los Angeles
    assert names(seen(store, after), "Valley") == (["Ana"], ["Ben"])
    assert seen(store, after).week.columns[0].date == dt.date(2026, 12, 16)


def test_the_night_of_the_first_of_a_month_is_found_in_the_month_before(store: Store) -> None:
    put(store, ("2026-12-31/night/Valley", "Ana", "told"), ("2027-01-01/day/Valley", "Ben", "told"))
    assert names(seen(store, dt.datetime(2027, 1, 1, 10, 0, tzinfo=dt.UTC)), "Valley") == (["Ana"], ["Ben"])


@pytest.mark.parametrize(("night", "ends"), [("2027-03-13", 13), ("2026-10-31", 14)])
def test_a_night_over_a_clock_change_ends_at_six_on_the_wall(store: Store, night: str, ends: int) -> None:
    put(store, (f"{night}/night/Valley", "Ana", "told"))
    morning = dt.datetime.combine(dt.date.fromisoformat(night) + dt.timedelta(days=1), dt.time(ends), dt.UTC)
    assert names(seen(store, morning - dt.timedelta(minutes=1)), "Valley")[0] == ["Ana"]
    assert names(seen(store, morning), "Valley")[0] == []


def test_a_24_hour_duty_goes_on_through_the_change_of_shift(store: Store) -> None:
    put(store, ("2026-12-15/24h/City", "Fr", "told"))
    found = seen(store, NOON)
    assert names(found, "City", "clergy") == (["Fr. Kim"], ["Fr. Kim"])
    assert post(found, "City", "clergy").is_same_next
    assert names(found, "City", "city") == ([], [])


def test_a_lone_lead_is_no_full_pair_and_the_open_seat_is_named(store: Store) -> None:
    put(store, ("2026-12-15/day/Valley", "Ana", "told"))
    now = post(seen(store, NOON), "Valley").now
    assert now is not None
    assert now.lacks_team
    assert [(place.role, place.count) for place in now.open] == [("responder", 1)]
    assert now.open_shift == "2026-12-15/day/Valley"


def test_the_figures_are_those_of_the_board(store: Store) -> None:
    put(store, ("2026-12-15/day/Valley", "Ana", "told"), ("2026-12-16/24h/City", "Fr", "told"))
    with store.change("Ben has left") as session:
        roster.assign(session, roster.shift_name("2026-12-15/day/Valley"), "Ben")
        session.scalars(select(Responder).where(Responder.code == "Ben")).one().status = "inactive"
    with store.read() as session:
        shifts, whole = month_seats(session, "2026-12"), board.board(session, "2026-12", now=NOON)
    assert sum(shift.missing for shift in shifts if shift.start > NOON) == len(whole.gaps)
    assert sum(shift.seats for shift in shifts) == whole.seats


def test_the_week_counts_seven_dates_and_leaves_out_what_has_begun(store: Store) -> None:
    evening = dt.datetime(2026, 12, 16, 3, 0, tzinfo=dt.UTC)  # 19:00 in Los Angeles: day, night and clergy have begun
    week = seen(store, evening).week
    assert len({column.date for column in week.columns}) == 7
    assert [line.kind for line in week.lines] == ["city", *["area"] * 4, "clergy"]
    first = week.lines[1].cells[0]
    assert first is not None and first.is_past and first.missing == 2
    per_day = 2 * (1 + 4 * 2) + 2
    assert week.missing == 7 * per_day - 2 * (1 + 4 * 2) - 2


def test_clergy_have_one_cell_a_date(store: Store) -> None:
    cells = seen(store, NOON).week.lines[-1].cells
    assert [cell.span if cell else 0 for cell in cells] == [2, 0] * 7


def test_an_expired_credential_is_urgent_and_one_that_expires_soon_is_not(store: Store) -> None:
    with store.change("Credentials") as session:
        credential(session, "Ana", "Background check", dt.date(2026, 12, 14))
        credential(session, "Ben", "Insurance", dt.date(2026, 12, 15))
        credential(session, "Dora", "Insurance", dt.date(2027, 3, 1))
    found = {item.kind: item for item in seen(store, NOON).care}
    assert found["expired"].is_urgent
    assert found["expired"].detail == "Off shifts until renewed: Ana"
    assert found["expired"].go == ("people", "Ana")
    assert (found["expiring"].sentence, found["expiring"].detail) == ("1 credential expires by 15 Dec", "Insurance 1")


def test_who_is_told_but_not_confirmed_and_who_was_never_told_come_up_three_days_before(store: Store) -> None:
    put(
        store,
        ("2026-12-16/day/Valley", "Ana", "told"),
        ("2026-12-16/day/Valley", "Ben", "confirmed"),
        ("2026-12-17/day/West", "Dora", "draft"),
        ("2026-12-25/day/West", "Dora", "told"),
    )
    found = seen(store, NOON)
    assert (kinds(found)["told"], kinds(found)["untold"]) == (1, 1)
    assert next(item for item in found.care if item.kind == "untold").go == ("publish", "2026-12")


def test_on_call_without_a_phone_is_urgent(store: Store) -> None:
    with store.change("No phone") as session:
        responder(session, "Eve", name="김민준", phone="")
    put(store, ("2026-12-15/day/Valley", "Eve", "told"))
    item = next(item for item in seen(store, NOON).care if item.kind == "phone")
    assert (item.is_urgent, item.detail) == (True, "김민준")


def test_silence_about_next_month_is_counted_but_a_weekly_word_or_a_wish_breaks_it(store: Store) -> None:
    nobody = next(item for item in seen(store, NOON).care if item.kind == "silent")
    assert nobody.sentence == "Nobody has said when they can in January"
    with store.change("Say") as session:
        numbers = {row.code: row.id for row in session.scalars(select(Responder))}
        weekly = {"weekdays": 127, "start": None, "end": None, "grade": "cannot", "note": ""}
        session.add(Availability(responder_id=numbers["Ana"], first=None, last=None, **weekly))
        session.add(
            Availability(responder_id=numbers["Ben"], first=dt.date(2026, 12, 1), last=dt.date(2026, 12, 31), **weekly)
        )
        session.add(Wish(responder_id=numbers["Dora"], template_id=1, date=dt.date(2027, 1, 9), grade="wants"))
    some = next(item for item in seen(store, NOON).care if item.kind == "silent")
    assert sorted(person.person for person in some.people) == ["Ben", "Fr"]
    assert some.sentence == "2 people have said nothing of January"


def test_the_month_card_goes_from_none_to_draft_to_published_to_changed(store: Store, tmp_path: Path) -> None:
    def state() -> str:
        card = seen(store, NOON).card
        assert card is not None
        return card.state

    assert state() == "none"
    put(store, ("2027-01-04/day/Valley", "Ana", "draft"), ("2027-01-04/day/Valley", "Ben", "draft"))
    assert state() == "draft"
    publish(store, "2027-01", tmp_path / "out")
    assert state() == "published"
    with store.change("Take Ben off") as session:
        roster.unassign(session, roster.shift_name("2027-01-04/day/Valley"), "Ben")
    assert state() == "changed"
    stale = next(item for item in seen(store, NOON).care if item.kind == "stale")
    assert stale.go == ("publish", None)
    assert {person.person for person in stale.people} == {"Ana", "Ben"}


def test_fourteen_days_notice_is_kept_and_then_missed(store: Store) -> None:
    card = seen(store, NOON).card
    assert card is not None
    assert (card.publish_by, card.is_late) == (dt.date(2026, 12, 18), False)
    late = seen(store, NOON + dt.timedelta(days=5)).card
    assert late is not None and late.is_late


def test_the_steps_of_a_new_team_tick_off_one_by_one(tmp_path: Path) -> None:
    bare = open_store(str(tmp_path / "bare.db"), who="coordinator", now=NOON, create=True)
    first = seen(bare, NOON)
    assert (first.posts, first.card, first.is_rostered) == ((), None, False)
    assert first.next_step is not None and first.next_step.kind == "set_up"
    bare.close()
    store = team(tmp_path, now=NOON)

    def following() -> str:
        step = seen(store, NOON).next_step
        return step.kind if step else ""

    assert following() == "people"
    people_of(store)
    assert following() == "roster"
    put(store, ("2027-01-04/day/Valley", "Ana", "draft"))
    assert following() == "published"
    publish(store, "2027-01", tmp_path / "out")
    assert following() == ""


def test_a_new_team_may_leave_availability_and_the_log_for_later(tmp_path: Path) -> None:
    steps = {step.kind: step for step in seen(team(tmp_path, now=NOON), NOON).steps}
    assert [kind for kind, step in steps.items() if step.skippable] == ["availability", "incidents"]
    assert "everyone counts as free" in steps["availability"].sentence


def a_call(store: Store, *went: str, ago: float, now: dt.datetime = NOON, **values: Any) -> int:
    """Log a call of so many hours ago that people went to."""
    with store.change("Call") as session:
        return care_build.call(session, now - dt.timedelta(hours=ago), *went, now=now, **values)


def test_an_open_call_is_shown_with_how_far_it_is_and_one_silent_on_scene_comes_first(store: Store) -> None:
    new = a_call(store, ago=0.1)
    silent = a_call(store, "Ana", "Ben", ago=2.5)
    with store.change("On scene") as session:
        session.get_one(Call, silent).on_scene = NOON - dt.timedelta(minutes=92)
    a_call(store, "Dora", ago=5, clear=NOON - dt.timedelta(hours=3))
    calls = seen(store, NOON).calls
    assert [(call.id, call.words, call.is_silent(NOON)) for call in calls] == [
        (silent, "On scene since 10:28", True),
        (new, "Nobody is called out yet", False),
    ]
    assert (calls[0].lead, calls[0].phone_words, calls[0].type) == ("Ana", "(213) 555-0100", "Homicide")


def test_a_call_that_will_fall_silent_turns_the_page_over_then(store: Store) -> None:
    number = a_call(store, "Ana", ago=1)
    with store.change("On scene and heard from") as session:
        row = session.get_one(Call, number)
        row.on_scene, row.heard = NOON - dt.timedelta(minutes=50), NOON - dt.timedelta(minutes=30)
    found = seen(store, NOON)
    assert found.calls[0].is_silent(NOON) is False
    assert found.rolls_over == NOON + dt.timedelta(minutes=60)


def test_a_hard_call_shows_who_stands_down_what_they_hold_and_then_the_debriefs(store: Store) -> None:
    put(store, ("2026-12-15/day/Valley", "Ana", "told"), ("2026-12-16/night/Valley", "Ana", "told"))
    number = a_call(store, "Ana", ago=2, clear=NOON - dt.timedelta(hours=1))
    with store.change("Hard") as session:
        hard_calls.tick_hard(session, number, "Child death", now=NOON)
    found = {item.kind: item for item in seen(store, NOON).care}
    assert (found["stand_downs"].sentence, found["stand_downs"].go) == ("1 person stands down", ("care", "stand-downs"))
    assert found["held"].sentence == "2 places are held by people standing down"
    assert (found["held"].detail, found["held"].is_urgent) == ("First: Valley, Tue 15 Dec 06:00. Find cover", True)
    now = post(seen(store, NOON), "Valley").now
    assert now is not None and now.people[0].rests_until is not None, "the number beside the name is not to be dialled"
    before = NOON + dt.timedelta(days=2, hours=6)  # the stand-down ends on Friday at 18:00
    assert {item.kind: item for item in seen(store, before).care}[
        "stand_downs"
    ].sentence == "1 stand-down ends by tomorrow"
    found = {item.kind: item for item in seen(store, NOON + dt.timedelta(days=4)).care}
    assert (found["debriefs"].sentence, found["debriefs"].detail) == ("1 debrief overdue", "Ana, 18 Dec")
    assert "stand_downs" not in found and "held" not in found


def test_a_response_without_hours_is_asked_for_until_they_are_known(store: Store) -> None:
    number = a_call(store, "Ana", "Ben", ago=30, clear=NOON - dt.timedelta(hours=28))
    assert "unlogged" not in kinds(seen(store, NOON))
    with store.change("Nobody noted when they were home") as session:
        for row in session.scalars(select(CallResponder)):
            row.home = None
    item = next(item for item in seen(store, NOON).care if item.kind == "unlogged")
    assert (item.sentence, item.detail) == ("2 responses without hours", "Oldest is from 14 Dec")
    assert item.go == ("calls", number)
    with store.change("Ledger") as session:
        for row in session.scalars(select(CallResponder)):
            session.add(
                HoursEntry(
                    responder_id=row.responder_id, kind="response", date=dt.date(2026, 12, 14), start=None, end=None,
                    minutes=120, call_id=number, state="logged", approved_by="", key=f"k{row.id}",
                )
            )  # fmt: skip
    assert "unlogged" not in kinds(seen(store, NOON))
