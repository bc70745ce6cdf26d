"""Totals of hours: the union of instants, so that no hour counts twice, whatever lies over what."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from crt_scheduler.hours import hours_ledger, spans
from crt_scheduler.hours.ledger_rows import total
from crt_scheduler.hours.ledger_values import CALL_KINDS, KINDS, EntryRow
from crt_scheduler.hours.view import hours_view
from crt_scheduler.roster import assign, shift_name
from crt_scheduler.times import EPOCH
from tests.crt_scheduler.hours_build import at, call, logged
from tests.crt_scheduler.team_build import NOW, pair, responder, team

START = 30_000_000
"""Minutes since 1970 around which the made-up hours lie (2027)."""
stretches = st.tuples(st.integers(0, 3000), st.integers(1, 800)).map(lambda s: (START + s[0], START + s[0] + s[1]))


def entry(number: int, kind: str, span: spans.Span, *, timed: bool = True) -> EntryRow:
    begin, end = (EPOCH + dt.timedelta(minutes=m) for m in span)
    moments = (begin, end) if timed else (None, None)
    return EntryRow(number, "A", "A", kind, begin.date(), *moments, span[1] - span[0], "", "logged", "", str(number))


entries = st.lists(st.tuples(st.sampled_from(KINDS), stretches), max_size=8).map(
    lambda made: [entry(n, kind, span) for n, (kind, span) in enumerate(made)]
)


def minutes_of(found: list[spans.Span]) -> set[int]:
    return {minute for begin, end in found for minute in range(begin, end)}


@given(st.lists(stretches, max_size=8), st.lists(stretches, max_size=8))
def test_unions_are_the_sets_of_minutes(one: list[spans.Span], other: list[spans.Span]) -> None:
    assert spans.length(one) == len(minutes_of(one))
    assert spans.outside(one, other) == len(minutes_of(one) - minutes_of(other))


@given(entries, st.lists(stretches, max_size=5))
def test_the_combined_total_is_every_minute_once(made: list[EntryRow], duty: list[spans.Span]) -> None:
    found = total(made, duty)
    own = {row.id: [spans.span(row.start, row.end)] for row in made if row.start and row.end}
    calls = [span for row in made if row.kind in CALL_KINDS for span in own[row.id]]
    assert found.on_call == len(minutes_of(duty))
    assert found.combined == len(minutes_of(duty) | minutes_of([s for each in own.values() for s in each]))
    assert found.credited == len(minutes_of(calls) - minutes_of(duty))
    for kind, minutes in found.kinds:
        assert minutes == len(minutes_of([s for row in made if row.kind == kind for s in own[row.id]]))


@given(entries, st.lists(stretches, max_size=5), st.lists(st.tuples(st.sampled_from(KINDS), stretches), max_size=4))
def test_hours_of_unknown_times_never_count_more_than_once(
    made: list[EntryRow], duty: list[spans.Span], loose: list[tuple[str, spans.Span]]
) -> None:
    untimed = [entry(100 + n, kind, span, timed=False) for n, (kind, span) in enumerate(loose)]
    plain, found = total(made, duty), total([*made, *untimed], duty)
    added = sum(row.minutes for row in untimed)
    others = sum(row.minutes for row in untimed if row.kind not in CALL_KINDS)
    assert plain.combined + others <= found.combined <= plain.combined + added
    assert found.on_call == plain.on_call


def test_a_response_inside_on_call_time_adds_nothing_to_the_total(tmp_path: Path) -> None:
    store = team(tmp_path)
    with store.change("A night") as session:
        pair(session)
        assign(session, shift_name("2026-11-20/night/Valley"), "Ana")
        call(
            session, "C1", at("2026-11-21 04:00"), "Ana", now=NOW,
            departed=at("2026-11-21 04:30"), arrived=at("2026-11-21 05:00"), cleared=at("2026-11-21 07:00"),
        )  # fmt: skip
        logged(session, "Ana", "meeting", NOW, date="2026-11-22", minutes="90")
        whole, people = hours_ledger.totals(session, dt.date(2026, 11, 1), dt.date(2026, 11, 30))
        next_month, _ = hours_ledger.totals(session, dt.date(2026, 12, 1), dt.date(2026, 12, 31))
        only_the_morning, _ = hours_ledger.totals(session, dt.date(2026, 11, 21), dt.date(2026, 11, 21))
    store.close()
    assert (whole.on_call, whole.response, whole.travel, whole.other) == (720, 120, 30, 90)
    assert (whole.credited, whole.combined) == (60, 720 + 60 + 90)
    assert [each.person for each in people] == ["Ana"]
    assert next_month.combined == 0
    assert (only_the_morning.on_call, only_the_morning.combined) == (0, 60)


def test_time_on_call_that_is_still_to_come_does_not_count_as_given(tmp_path: Path) -> None:
    store = team(tmp_path)
    with store.change("Two nights") as session:
        pair(session)
        for day in ("01", "20"):
            assign(session, shift_name(f"2026-12-{day}/day/Valley"), "Ana")
        december = dt.date(2026, 12, 1), dt.date(2026, 12, 31)
        so_far, _ = hours_ledger.totals(session, *december, until=NOW)
        planned, _ = hours_ledger.totals(session, *december)
    store.close()
    assert (so_far.on_call, planned.on_call) == (180, 1440)


def test_a_months_page_counts_from_its_first_day_to_its_last_and_names_who_is_there(tmp_path: Path) -> None:
    store = team(tmp_path)
    with store.change("Set up") as session:
        pair(session)
        for day in ("2026-10-31", "2026-11-01", "2026-11-30", "2026-12-01"):
            assign(session, shift_name(f"{day}/day/Valley"), "Ana")
            if day < "2026-12-01":
                logged(session, "Ana", "office", NOW, date=day, minutes="30")
        responder(session, "Cy", status="inactive")
        found = hours_view(session, "2026-11", now=NOW)
        assert (found.rostered, found.totals.combined, found.latest) == (24 * 60, 24 * 60 + 60, "2026-11")
        assert [row.date.day for row in found.entries] == [1, 30]
        assert found.people == (("Ana", "Ana"), ("Ben", "Ben"))
    store.close()
