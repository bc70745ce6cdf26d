"""Calls: logged, answered, gone to, cleared and signed off; and what cannot be is refused in a sentence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from crt_scheduler import times
from crt_scheduler.call_out import call_answers
from crt_scheduler.calls import call_acts, call_rows, going, typed_times
from crt_scheduler.calls.call_values import CallDraft
from crt_scheduler.calls.checks import faults
from crt_scheduler.errors import CrtError, NotAllowed, Refused
from crt_scheduler.store import Store
from crt_scheduler.tables import HoursEntry, Incident
from tests.crt_scheduler.call_build import NOW, city, log
from tests.crt_scheduler.team_build import everything

ZONE = times.Zone("America/Los_Angeles")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Records with people on shift."""
    opened = city(tmp_path)
    yield opened
    opened.close()


def minutes(count: int) -> dt.datetime:
    """So many minutes after the call."""
    return NOW + dt.timedelta(minutes=count)


def test_logging_a_call_makes_its_incident_and_takes_the_next_number(store: Store) -> None:
    first, second = log(store), log(store, division="Van Nuys", area="")
    with store.read() as session:
        one, other = call_rows.call(session, first), call_rows.call(session, second)
        assert (one.number, other.number) == ("26-0001", "26-0002")
        assert (other.area, other.division) == ("Valley", "Van Nuys")
        assert [row.number for row in session.scalars(select(Incident).order_by(Incident.id))] == ["26-0001", "26-0002"]
        assert call_acts.next_number(session, now=dt.datetime(2027, 1, 1, 9, tzinfo=dt.UTC)) == "27-0001"
        assert call_acts.next_number(session, now=dt.datetime(2027, 1, 1, 7, 59, tzinfo=dt.UTC)) == "26-0003"


def test_one_incident_number_holds_several_cases(store: Store) -> None:
    log(store, number="26-0100")
    with pytest.raises(Refused, match="logged already"):
        log(store, number="26-0100")
    second = log(store, number="26-0100", another_case=True, area="", type="")
    with store.read() as session:
        row = call_rows.call(session, second)
        assert (row.case, row.type, row.area) == (2, "homicide", "Valley")
        assert len(session.scalars(select(Incident)).all()) == 1
        assert call_acts.find(session, "26-0100/2") == second
        with pytest.raises(CrtError, match="26-0100/1, 26-0100/2"):
            call_acts.find(session, "26-0100")


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"area": "Nowhere"}, "area"),
        ({"area": ""}, "area"),
        ({"division": "Rampart"}, "division"),
        ({"type": "Maria Lopez"}, "type"),
        ({"type": ""}, "type"),
        ({"agency": "Maria"}, "agency"),
        ({"unit": "Maria Lopez"}, "unit"),
        ({"number": "Maria"}, "number"),
        ({"language": "Maria"}, "language"),
        ({"scene": "her flat"}, "scene"),
        ({"services": ("a hug",)}, "services"),
        ({"referrals": ("Maria",)}, "referrals"),
        ({"clergy_wanted": True, "tradition": "Maria", "consent": True}, "tradition"),
        ({"clergy_wanted": True, "tradition": "Catholic"}, "consent"),
        ({"tradition": "Catholic", "consent": True}, "tradition"),
        ({"notified": minutes(1)}, "notified"),
        ({"notified": minutes(-10), "on_scene": minutes(-20)}, "on_scene"),
        ({"notified": minutes(-50), "on_scene": minutes(-20), "clear": minutes(-30)}, "clear"),
        ({"adults": -1, "served": 0}, "adults"),
        ({"adults": 2, "children": 2, "served": 3}, "served"),
    ],
)
def test_there_is_nowhere_to_type_a_name_and_each_fault_has_its_field(
    store: Store, values: dict[str, object], field: str
) -> None:
    draft = CallDraft(**{"area": "Valley", "type": "homicide", **values})  # type: ignore[arg-type]
    with store.read() as session:
        found = faults(session, call_acts.filled(session, draft, now=NOW), now=NOW)
    assert set(found) == {field} and found[field].endswith(".")


def test_answers_times_and_sign_off_end_to_end(store: Store) -> None:
    call = log(store, notified=minutes(-60))
    with store.change("Call out") as session:
        call_answers.answer(session, call, "Ana", "no_answer", now=NOW, at=minutes(-59))
        call_answers.answer(session, call, "Ana", "accepted", now=NOW, at=minutes(-58))
        call_answers.answer(session, call, "Ben", "accepted", now=NOW, at=minutes(-57))
        call_answers.answer(session, call, "Ben", "declined", reason="ill", now=NOW, at=minutes(-56))
        call_answers.answer(session, call, "Cy", "accepted", now=NOW, at=minutes(-55))
    with store.read() as session:
        row = call_rows.call(session, call)
    assert [went.code for went in row.responders] == ["Ana", "Cy"] and row.state == "open"
    assert row.dispatched == minutes(-58) and len(row.answers) == 5
    with store.change("On the way") as session:
        for code in ("Ana", "Cy"):
            going.go(session, call, code, now=NOW, at=minutes(-50))
            going.arrive(session, call, code, now=NOW, at=minutes(-30))
    with store.read() as session:
        assert call_rows.call(session, call).state == "on scene"
    with pytest.raises(NotAllowed, match="Ana, Cy are not clear"), store.change("Close") as session:
        call_acts.close(session, call, by="Mara", now=NOW)
    with store.change("Clear") as session:
        going.clear(session, call, "Ana", now=NOW, at=minutes(-5))
        assert call_rows.call(session, call).state == "on scene"
        going.clear(session, call, "Cy", now=NOW, at=minutes(-4))
        going.home(session, call, "Ana", now=NOW, at=NOW)
        call_acts.close(session, call, by="Mara", now=NOW)
    with store.read() as session:
        row = call_rows.call(session, call)
        entries = session.scalars(select(HoursEntry).where(HoursEntry.call_id == call)).all()
        assert session.scalars(select(Incident.duration_minutes)).one() == 26
        assert sum(entry.minutes for entry in entries if entry.kind == "response") == 25 + 26
    assert (row.state, row.signed_by, row.on_scene, row.clear) == ("closed", "Mara", minutes(-30), minutes(-4))
    with pytest.raises(NotAllowed, match="Reopen it first"), store.change("Amend") as session:
        call_acts.amend(session, call, now=NOW, scene="home")


def test_every_act_is_one_undo_step(store: Store) -> None:
    call = log(store)
    before = everything(store)
    with store.change("Answer") as session:
        call_answers.answer(session, call, "Ana", "accepted", now=NOW)
    store.undo()
    assert everything(store) == before
    store.redo()
    with store.change("Go") as session:
        going.go(session, call, "Ana", now=NOW)
    store.undo()
    store.undo()
    assert everything(store) == before


def test_overlaps_strangers_and_impossible_times_are_refused(store: Store) -> None:
    one, other = log(store, notified=minutes(-60)), log(store, notified=minutes(-40))
    with store.change("Go") as session:
        going.go(session, one, "Ana", now=NOW, at=minutes(-50))
    cases = (
        ("Ana", "departed", minutes(-30), "Ana is at 26-0001 since 08:10"),
        ("Nobody", "departed", minutes(-30), "Nobody has the id"),
        ("Ben", "departed", minutes(1), "has not come yet"),
        ("Ben", "departed", minutes(-41), "before the call came in"),
    )
    for code, field, at, words in cases:
        with pytest.raises(CrtError, match=words), store.change("Go") as session:
            going.set_time(session, other, code, field, at, now=NOW)
    with pytest.raises(Refused, match="before departure") as fault, store.change("Go") as session:
        going.arrive(session, one, "Ana", now=NOW, at=minutes(-55))
    assert [each.field for each in fault.value.faults] == ["arrived"]
    with store.change("Clear, and on to the next") as session:
        going.arrive(session, one, "Ana", now=NOW, at=minutes(-40))
        going.clear(session, one, "Ana", now=NOW, at=minutes(-30))
        going.go(session, other, "Ana", now=NOW, at=minutes(-30))
    with pytest.raises(CrtError, match="Ana is at 26-0002"), store.change("Later clear") as session:
        going.clear(session, one, "Ana", now=NOW, at=minutes(-20))
    with pytest.raises(Refused, match="Say why"), store.change("Answer") as session:
        call_answers.answer(session, other, "Ben", "declined", now=NOW)
    with pytest.raises(Refused, match="came in at 08:20"), store.change("Answer") as session:
        call_answers.answer(session, other, "Ben", "accepted", now=NOW, at=minutes(-41))


def test_half_past_one_to_half_past_one_on_the_doubled_night_is_one_hour(tmp_path: Path) -> None:
    now = dt.datetime(2026, 11, 1, 12, 0, tzinfo=dt.UTC)
    store = city(tmp_path, now=now)
    start = typed_times.moment("2026-11-01 0130", now=now, zone=ZONE)
    end = typed_times.moment("0130", now=now, zone=ZONE, after=start)
    assert end - start == dt.timedelta(hours=1)
    call = log(store, notified=start, now=now)
    with store.change("The whole call") as session:
        going.set_time(session, call, "Ana", "departed", start, now=now)
        going.set_time(session, call, "Ana", "arrived", start, now=now)
        going.set_time(session, call, "Ana", "cleared", end, now=now)
        kept = session.scalars(select(HoursEntry).where(HoursEntry.kind == "response")).one()
        assert kept.minutes == 60
    store.close()


def test_times_are_read_as_they_are_typed() -> None:
    night = times.instant(dt.date(2026, 12, 2), dt.time(0, 30), ZONE)

    def at(words: str, after: dt.datetime | None = None) -> str:
        return f"{times.local(typed_times.moment(words, now=night, zone=ZONE, after=after), ZONE):%d %H:%M}"

    assert [at("0013"), at("2:13"), at("213"), at("2350"), at("now"), at("")] == [
        "02 00:13", "01 02:13", "01 02:13", "01 23:50", "02 00:30", "02 00:30",
    ]  # fmt: skip
    late = times.instant(dt.date(2026, 12, 1), dt.time(23, 50), ZONE)
    assert (at("0010", late), at("23:40", late), at("2350", late)) == ("02 00:10", "01 23:40", "01 23:50")
    for words in ("soon", "2561", "24:00", "2026-13-01 0100"):
        with pytest.raises(CrtError, match=r"Type it|Write it"):
            at(words)


def test_ninety_minutes_without_a_word_are_shown(store: Store) -> None:
    call = log(store, notified=minutes(-120))
    with store.change("There") as session:
        going.arrive(session, call, "Ana", now=NOW, at=minutes(-95))
    with store.read() as session:
        row = call_rows.call(session, call)
    assert row.silent_since(NOW, 90) == minutes(-95) and row.silent_since(minutes(-10), 90) is None
    with store.change("Word") as session:
        call_acts.hear(session, call, now=NOW)
        assert call_rows.call(session, call).silent_since(NOW, 90) is None


def test_calls_are_listed_by_the_local_day_they_came_in(store: Store) -> None:
    late = times.instant(dt.date(2026, 11, 30), dt.time(23, 30), ZONE)
    log(store, notified=late)
    log(store)
    with store.read() as session:
        assert len(call_rows.calls(session, dt.date(2026, 11, 30), dt.date(2026, 11, 30))) == 1
        assert len(call_rows.unfinished(session)) == 2


def test_a_call_is_amended_with_its_incident(store: Store) -> None:
    call = log(store, notified=minutes(-60), division="Van Nuys")
    with store.change("Amend") as session:
        call_acts.amend(
            session, call, now=NOW, area="West", type="suicide", adults=2, children=1, services=("liaison",)
        )
        row = call_rows.call(session, call)
    assert (row.area, row.division, row.type, row.served, row.services) == ("West", "", "suicide", 3, ("liaison",))
    with pytest.raises(Refused, match="is before"), store.change("Amend") as session:
        call_acts.amend(session, call, now=NOW, on_scene=minutes(-61))
