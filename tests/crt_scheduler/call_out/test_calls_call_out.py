"""The call-out: who is called first and why, and who is never called."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from crt_scheduler import planning, programmes, roster, times
from crt_scheduler.call_out import answer_rates, call_answers, team_rate
from crt_scheduler.call_out.whom_to_phone import CallOut, call_out
from crt_scheduler.calls import going
from crt_scheduler.care import stand_down
from crt_scheduler.settings import programme_acts
from crt_scheduler.store import Store
from crt_scheduler.tables import (
    Availability,
    Call,
    CallResponder,
    Credential,
    CredentialKind,
    Debrief,
    HardCall,
    Responder,
    StandDown,
)
from tests.crt_scheduler import care_build
from tests.crt_scheduler import team_build as build
from tests.crt_scheduler.call_build import NOW, city, log

ZONE = times.Zone("America/Los_Angeles")
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Records with people on shift."""
    opened = city(tmp_path)
    yield opened
    opened.close()


def ranked(store: Store, call: int, *, everyone: bool = False) -> CallOut:
    """The call-out now."""
    with store.read() as session:
        return call_out(session, call, now=store.now, everyone=everyone)


def codes(found: CallOut) -> list[str]:
    """The team's places in order."""
    return [place.code for place in found.team]


def why_out(found: CallOut) -> dict[str, str]:
    """Why people are left out."""
    return {one.code: one.reason for one in found.left_out}


def test_own_shift_first_then_backup_then_neighbours_then_everyone(store: Store) -> None:
    call = log(store)
    found = ranked(store, call)
    assert codes(found) == ["Ana", "Ben", "Duty", "Cy", "Dee"]  # Eve's South is no neighbour of Valley
    assert [place.group for place in found.team] == ["on shift", "on shift", "backup", "neighbour", "neighbour"]
    assert found.team[0].reason == "On shift in Valley until 18:00, a lead."
    assert found.team[2].reason == "Duty lead for the city until 18:00, a lead."
    assert found.team[3].reason == "Neighbour West, on shift until 18:00, a lead."
    everyone = ranked(store, call, everyone=True)
    assert codes(everyone)[5:] == ["Off", "Eve"] and everyone.team[5].reason == "Off shift, lives in Valley, a lead."


def test_the_language_of_the_family_goes_before_others_of_the_same_rank(store: Store) -> None:
    with store.change("Another pair") as session:
        build.responder(session, "Min", languages=["Korean"], area="Valley")
        roster.assign(session, roster.shift_name("2026-12-01/day/Valley"), "Min")
    assert codes(ranked(store, log(store, language="Korean")))[:3] == ["Ana", "Ben", "Min"]
    assert "speaks Korean" in ranked(store, log(store, language="Korean")).team[1].reason
    with store.change("Ben learns nothing new") as session:
        roster.person(session, "Ben").languages = []
    assert codes(ranked(store, log(store, language="Korean")))[:3] == ["Ana", "Min", "Ben"]


def test_clergy_come_only_when_asked_and_by_their_tradition(store: Store) -> None:
    assert ranked(store, log(store)).clergy == ()
    catholic = ranked(store, log(store, clergy_wanted=True, tradition="Catholic", consent=True)).clergy
    assert [place.code for place in catholic] == ["Rev", "Rabbi"]
    assert "Catholic" in catholic[0].reason and "serves any faith" in catholic[1].reason
    hindu = ranked(store, log(store, clergy_wanted=True, tradition="Hindu", consent=True))
    assert [place.code for place in hindu.clergy] == ["Rabbi"]
    assert why_out(hindu)["Rev"] == "Rev serves Catholic, not Hindu."
    assert len(ranked(store, log(store, clergy_wanted=True)).clergy) == 2


def test_nobody_on_scene_standing_down_unavailable_or_expired_is_called(store: Store) -> None:
    other, call = log(store), log(store)
    with store.change("What keeps people off") as session:
        going.arrive(session, other, "Ana", now=NOW)
        kind = session.scalars(select(HardCall.name)).first()
        assert kind
        session.add(
            StandDown(responder_id=roster.person(session, "Ben").id, call_id=other, start=NOW - HOUR, end=NOW + HOUR,
                      lifted=None, lifted_by="", by_hand=False)
        )  # fmt: skip
        said = {"weekdays": 127, "start": dt.time(8), "end": dt.time(10), "grade": "cannot", "note": ""}
        session.add(Availability(responder_id=roster.person(session, "Cy").id, first=None, last=None, **said))
        build.credential(session, "Dee", "Academy", dt.date(2026, 11, 30))
        roster.person(session, "Duty").status = "leave"
    found = ranked(store, call)
    assert codes(found) == []
    assert why_out(found) == {
        "Ana": "Ana is at 26-0001 since 09:00.",
        "Ben": "Ben stands down until Tue 1 Dec 10:00.",
        "Cy": "Cy said they cannot then.",
        "Dee": "Dee cannot: Academy expired 30 Nov 2026.",
        "Duty": "Duty is on leave.",
    }
    with store.change("Lift") as session:
        row = session.scalars(select(StandDown)).one()
        stand_down.lift(session, row.id, "Mara", NOW)
    assert codes(ranked(store, call)) == ["Ben"]


def test_who_owes_a_debrief_or_has_had_much_goes_after_others(store: Store) -> None:
    past, call = log(store), log(store)
    with store.change("What was") as session:
        session.add(
            Debrief(responder_id=roster.person(session, "Ana").id, call_id=past, due=NOW - HOUR, done=None, done_by="")
        )
        build.responder(session, "Bea", area="Valley")
        roster.assign(session, roster.shift_name("2026-12-01/day/Valley"), "Bea")
        programme_acts.amend(session, "response_cap", "1")
        for hours in (30, 60):
            care_build.call(session, NOW - hours * HOUR, "Bea", now=NOW, clear=NOW - (hours - 2) * HOUR)
    found = ranked(store, call)
    assert codes(found)[:3] == ["Ben", "Bea", "Ana"]
    assert found.team[1].reason.endswith("went to 2 calls in 30 days, so others first.")
    assert found.team[2].reason.endswith("a lead, owes a debrief, so others first.")


def test_who_is_off_shift_rests_after_a_duty_that_has_just_ended(store: Store) -> None:
    with store.change("Off was up all night") as session:
        roster.assign(session, roster.shift_name("2026-11-30/night/Valley"), "Off")
    found = ranked(store, log(store), everyone=True)
    assert "Off" not in codes(found) and why_out(found)["Off"] == "Off rests after a shift until 18:00."


def test_a_seat_that_asks_for_a_credential_is_not_offered_without_one(store: Store) -> None:
    with store.change("Leads need a licence") as session:
        from crt_scheduler.tables import Seat

        for seat in session.scalars(select(Seat).where(Seat.role == "lead")):
            seat.credential = "Driving licence"
        build.credential(session, "Ana", "Driving licence", None)
    found = ranked(store, log(store))
    assert codes(found)[0] == "Ana" and "Cy" not in codes(found)
    assert why_out(found)["Cy"] == "Cy has no valid Driving licence."


def test_answers_are_shown_in_their_place_and_rates_rank_equals(store: Store) -> None:
    call = log(store)
    with store.change("Answer") as session:
        call_answers.answer(session, call, "Ana", "no_answer", now=NOW)
    assert [(place.code, place.answer) for place in ranked(store, call).team[:2]] == [("Ana", "no_answer"), ("Ben", "")]


def test_rates_are_shrunk_towards_the_team() -> None:
    alike = {(n, 1): [8, 10] for n in range(20)}
    found = answer_rates.shrunk({**alike, (99, 1): [0, 1], (98, 1): [0, 10]}, hand=0.8)
    assert found.of(0, 1).chance == pytest.approx(0.79, abs=0.03)
    assert 0.6 < found.of(99, 1).chance < found.team[1]  # one answer says little
    assert found.of(98, 1).chance < found.of(99, 1).chance - 0.1  # ten say more
    assert found.of(5, 3) == answer_rates.Rate(0.8, 0, 0)  # nobody was asked in the evening: the rate set by hand
    differ = answer_rates.weight_of([(10, 10), (0, 10), (10, 10), (0, 10)], 0.5)
    assert (
        differ == answer_rates.LEAST_WEIGHT and answer_rates.weight_of([(5, 10)] * 10, 0.5) == answer_rates.MOST_WEIGHT
    )


@settings(max_examples=80, deadline=None)
@given(
    st.integers(29_300_000, 29_900_000),
    st.sampled_from([1, 15, 6 * 60, 12 * 60, 24 * 60, 3 * 24 * 60]),
    st.sampled_from([ZONE, "Australia/Lord_Howe", "Asia/Kolkata", "UTC"]),
)
def test_a_stretch_divides_over_the_bands_as_its_moments_do_by_the_clock_on_the_wall(
    start: int, length: int, zone: str
) -> None:
    changes = [29_550_840, 29_892_600]  # Los Angeles: 8 March and 1 November 2026
    for begin in (start, *(change - 300 for change in changes)):
        moments = [times.from_minutes(minute) for minute in range(begin, begin + length, answer_rates.STEP)]
        bands = [answer_rates.band_of(at, zone) for at in moments]
        expected = tuple(bands.count(band) / len(bands) for band in range(len(answer_rates.BANDS)))
        assert answer_rates.parts(begin, begin + length, zone) == expected


def test_the_plan_counts_with_the_teams_own_rate_once_enough_calls_are_logged(store: Store) -> None:
    def count(calls: int, said: str) -> team_rate.TeamRate:
        with store.change("Calls") as session:
            for _ in range(calls):
                call = log_in(session)
                for code in ("Ana", "Ben"):
                    call_answers._keep(session, call, roster.person(session, code).id, NOW, said, "", "")
            session.flush()
            return team_rate.team_rate(session)

    assert count(team_rate.ENOUGH - 1, "accepted").chance == 0.8
    learnt = count(1, "accepted")
    assert learnt.is_learnt and learnt.chance == pytest.approx((40 * 0.8 + 30) / 70)
    assert count(30, "declined").chance == pytest.approx((40 * 0.8 + 30) / 100)


def test_who_does_not_answer_at_night_makes_p_team_lower_at_night_and_with_them_on_shift(store: Store) -> None:
    night = times.instant(dt.date(2026, 12, 1), dt.time(2), ZONE)
    with store.change("A month of calls") as session:
        roster.assign(session, roster.shift_name("2026-11-30/night/Valley"), "Ana")
        roster.assign(session, roster.shift_name("2026-11-30/night/Valley"), "Ben")
        for n in range(2 * team_rate.ENOUGH):
            call, at = log_in(session), NOW if n % 2 else night
            for code in ("Ana", "Ben"):
                said = "accepted" if at == NOW or code == "Ana" else "declined"
                call_answers._keep(session, call, roster.person(session, code).id, at, said, "", "")
        for code in ("Ana", "Ben"):
            roster.assign(session, roster.shift_name("2026-12-03/night/Valley"), code)
        for code in ("Ana", "Dee"):
            roster.assign(session, roster.shift_name("2026-12-05/night/Valley"), code)
        programme_acts.amend(session, "answer_percent", "80")
    with store.read() as session:
        known, standing = team_rate.answering(session), planning.standing(session, "2026-12", now=NOW)
        rate = team_rate.team_rate(session)
    assert rate.bands[0] < rate.chance < rate.bands[1], "at night, in all, in the morning"
    with store.read() as session:
        whole, who = answer_rates.rates(session), roster.person(session, "Ben").id
        for band in range(4):
            alone = answer_rates.rates(session, band=band)
            assert (alone.of(who, band), alone.team[band]) == (whole.of(who, band), whole.team[band])
    day, dark = known.chance((0.0, 0.5, 0.5, 0.0)), known.chance((0.5, 0.0, 0.0, 0.5))
    assert dark < day
    asked = {shift.answers for shift in standing.problem.shifts if shift.area == "Valley"}
    assert asked == {day, dark}, "the plan counts with the hours of each shift"
    found = {(cell.date.day, cell.template): cell.p_served for cell in standing.truth.cells if cell.area == "Valley"}
    assert 0 < found[3, "night"] < found[5, "night"] < 1, "with Ben a night is answered less surely than with Dee"


def log_in(session: object) -> int:
    """Log a call inside an act."""
    from crt_scheduler.calls import call_acts
    from crt_scheduler.calls.call_values import CallDraft

    return call_acts.log(session, CallDraft(area="Valley", type="fire"), now=NOW)  # type: ignore[arg-type]


PEOPLE, DAYS = 36, 6
FIRST = dt.date(2026, 12, 2)


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A busy week: people on shift, on scene, in stand-down, unavailable, on leave, with expired credentials."""
    dice = random.Random(7)
    end = times.instant(FIRST + dt.timedelta(days=DAYS), dt.time(), ZONE)
    store = build.team(tmp_path_factory.mktemp("busy"), now=end)
    with store.change("A busy week") as session:
        areas = list(programmes.area_ids(session))
        for n in range(PEOPLE):
            code, kind = f"P{n:02d}", "clergy" if n % 9 == 8 else "volunteer"
            role = ("lead", "responder", "responder", "trainee")[n % 4] if kind == "volunteer" else "responder"
            faith = {"traditions": [("Catholic", "Jewish")[n % 2], *(["any"] if n % 3 else [])]}
            more = {"languages": ["Spanish"] * (n % 2), "status": "leave" if n == 5 else "active"}
            more |= faith if kind == "clergy" else {}
            build.responder(session, code, role=role, kind=kind, area=areas[n % 4].title(), **more)
            build.credential(session, code, "Academy", FIRST + dt.timedelta(days=dice.choice((2, 400, 400, 400))))
        for day in range(DAYS):
            date = FIRST + dt.timedelta(days=day)
            for n in dice.sample(range(PEOPLE), 26):
                _put_on(session, f"P{n:02d}", date, dice)
        for n in dice.sample(range(PEOPLE), 12):
            said = {"weekdays": dice.choice((127, 21, 96)), "start": dice.choice((None, dt.time(20))), "note": ""}
            hours = {"end": dt.time(7) if said["start"] else None, "grade": "cannot", "first": None, "last": None}
            session.add(Availability(responder_id=roster.person(session, f"P{n:02d}").id, **said, **hours))
        for _ in range(24):
            _made_up_call(session, dice, end)
    yield store
    store.close()


def _put_on(session: object, code: str, date: dt.date, dice: random.Random) -> None:
    who = roster.person(session, code)  # type: ignore[arg-type]
    template = "24h" if who.kind == "clergy" else dice.choice(("day", "night"))
    area = "city" if who.kind == "clergy" else dice.choice(("Central", "South", "West", "Valley"))
    try:
        roster.assign(session, roster.shift_name(f"{date}/{template}/{area}"), code)  # type: ignore[arg-type]
    except Exception:  # noqa: BLE001 - a full seat is left as it is
        return


def _made_up_call(session: object, dice: random.Random, now: dt.datetime) -> None:
    from crt_scheduler.calls import call_acts
    from crt_scheduler.calls.call_values import CallDraft
    from crt_scheduler.errors import CrtError

    at = now - dt.timedelta(minutes=dice.randrange(60, DAYS * 1440))
    wants = dice.random() < 0.4
    draft = CallDraft(
        area=dice.choice(("Central", "South", "West", "Valley")), type="fire", notified=at, clergy_wanted=wants,
        tradition=dice.choice(("", "Catholic", "Hindu")) if wants else "", consent=True,
        language=dice.choice(("", "Spanish")), kind=dice.choice(("team", "team", "all_call")),
    )  # fmt: skip
    call = call_acts.log(session, draft, now=now)  # type: ignore[arg-type]
    for n in dice.sample(range(PEOPLE), 3):
        try:
            going.go(session, call, f"P{n:02d}", now=now, at=at + HOUR / 6)  # type: ignore[arg-type]
            if dice.random() < 0.8:
                going.arrive(session, call, f"P{n:02d}", now=now, at=at + HOUR / 2)  # type: ignore[arg-type]
                going.clear(session, call, f"P{n:02d}", now=now, at=min(now, at + 2 * HOUR))  # type: ignore[arg-type]
        except CrtError:
            continue
        if dice.random() < 0.3:
            who = roster.person(session, f"P{n:02d}").id  # type: ignore[arg-type]
            session.add(  # type: ignore[attr-defined]
                StandDown(
                    responder_id=who,
                    call_id=call,
                    start=at,
                    end=at + 48 * HOUR,
                    lifted=None,
                    lifted_by="",
                    by_hand=False,
                )
            )


@dataclass(frozen=True)
class Known:
    """What is true of the busy week, read once: people, calls, who was where, rests, what was said, credentials."""

    session: Session
    people: dict[str, Responder]
    calls: list[Call]
    gone: list[tuple[int, int, dt.datetime, dt.datetime | None]]
    rests: list[tuple[int, dt.datetime, dt.datetime]]
    said: list[Availability]
    expires: list[tuple[int, dt.date]]


@pytest.fixture(scope="module")
def known(busy: Store) -> Iterator[Known]:
    """The busy week and what is true of it."""
    with busy.read() as session:
        on = session.execute(select(CallResponder, Call).join(Call, CallResponder.call_id == Call.id)).all()
        blocking = (
            select(Credential.responder_id, Credential.expires)
            .join(CredentialKind, Credential.kind_id == CredentialKind.id)
            .where(CredentialKind.blocking, Credential.expires.is_not(None))
        )
        yield Known(
            session=session,
            people={row.code: row for row in session.scalars(select(Responder))},
            calls=list(session.scalars(select(Call).order_by(Call.id))),
            gone=[
                (one.responder_id, call.id, one.departed or one.arrived or call.notified, one.cleared or call.clear)
                for one, call in on
            ],
            rests=[(row.responder_id, row.start, row.end) for row in session.scalars(select(StandDown))],
            said=list(session.scalars(select(Availability))),
            expires=[(who, day) for who, day in session.execute(blocking) if day is not None],
        )


MET = ("team", "clergy", "left out", "on another scene", "standing down", "said no", "expired", "on leave")
"""What the call-outs of the sweep must have had in them, so that nothing is proven of nothing."""


def test_of_1000_call_outs_none_names_somebody_who_must_not_be_called(known: Known) -> None:
    met: Counter[str] = Counter()

    @settings(max_examples=1000, deadline=None, derandomize=True)
    @given(minute=st.integers(0, DAYS * 1440), pick=st.integers(0, 23), everyone=st.booleans())
    def call_out_at(minute: int, pick: int, everyone: bool) -> None:
        at = times.instant(FIRST, dt.time(), ZONE) + dt.timedelta(minutes=minute)
        met.update(_met(known, known.calls[pick], at, everyone=everyone))

    call_out_at()
    assert not [what for what in MET if met[what] < 10], f"hardly looked at: {met}"


def _kept_off(known: Known, call: Call, at: dt.datetime) -> dict[str, set[int]]:
    """Who must not be called at a moment, by reason: told from what was read once, not from what the call-out asks."""
    return {
        "on another scene": {
            who
            for who, other, start, end in known.gone
            if other != call.id and start <= at and (end is None or at < end)
        },
        "standing down": {who for who, start, end in known.rests if start <= at < end},
        "said no": {said.responder_id for said in known.said if _speaks_of(said, at)},
        "expired": {who for who, day in known.expires if day < times.local(at, ZONE).date()},
        "on leave": {row.id for row in known.people.values() if row.status != "active"},
    }


def _met(known: Known, call: Call, at: dt.datetime, *, everyone: bool) -> list[str]:
    """Look at one call-out, and return what there was to be looked at in it."""
    found = call_out(known.session, call.id, now=at, everyone=everyone, learnt=answer_rates.shrunk({}, hand=0.8))
    places = [*found.team, *found.clergy]
    named = {place.code: known.people[place.code] for place in places}
    ids = {row.id for row in named.values()}
    assert len(named) == len(places) and all(place.reason.endswith(".") and place.name for place in places)
    assert all(one.reason.endswith(".") and one.code not in named for one in found.left_out)
    kept_off = _kept_off(known, call, at)
    for reason, people in kept_off.items():
        assert not ids & people, reason
    for place in found.clergy:
        faiths = named[place.code].traditions
        assert call.clergy_wanted and (call.tradition in ("", *faiths) or "any" in faiths)
    leads = [place.role == "lead" for place in found.team if place.group == "on shift"]
    assert leads == sorted(leads, reverse=True)
    seen = {"team": found.team, "clergy": found.clergy, "left out": found.left_out, **kept_off}
    return [what for what, people in seen.items() if people]


def _speaks_of(said: Availability, at: dt.datetime) -> bool:
    """Does what was said hold at a moment? Told by instants, day by day."""
    today = times.local(at, ZONE).date()
    for day in (today - dt.timedelta(days=1), today):
        start, end = times.span(day, said.start or dt.time(), said.end or dt.time(), ZONE)
        if times.on_weekday(day, said.weekdays) and start <= at < end:
            return True
    return False


def test_a_city_of_290_is_ranked_to_the_last(tmp_path: Path) -> None:
    store = city(tmp_path)
    with store.change("A whole city") as session:
        areas = ("Central", "South", "West", "Valley")
        for n in range(280):
            role = ("lead", "responder")[n % 2]
            build.responder(session, f"X{n:03d}", role=role, area=areas[n % 4], languages=["Spanish"] * (n % 2))
            build.credential(session, f"X{n:03d}", "Academy", None)
    call = log(store, language="Spanish")
    assert len(ranked(store, call).team) == 5
    assert len(ranked(store, call, everyone=True).team) == 287
    store.close()
