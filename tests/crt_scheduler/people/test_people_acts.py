"""Acts on people and what their page says: the same rules as a file's, a remedy in every refusal, undo of each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crt_scheduler import roster
from crt_scheduler.errors import CrtError
from crt_scheduler.people import history, people_list, ranges
from crt_scheduler.people import person_acts as people_acts
from crt_scheduler.people import person_view as person_page
from crt_scheduler.people.people_list import PersonLine
from crt_scheduler.people.person_acts import Refused
from crt_scheduler.responders import ids
from crt_scheduler.store import Store
from tests.crt_scheduler import team_build as build

NOW = build.NOW
MONTH = "2027-01"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = build.team(tmp_path)
    with opened.change("A pair") as session:
        build.pair(session)
    yield opened
    opened.close()


def put(store: Store, field: str, text: str, code: str = "Ana") -> None:
    """Change one field as one act."""
    with store.change(f"{code}: {field}") as session:
        people_acts.set_field(session, code, field, text, now=NOW)


def line(store: Store, code: str = "Ana") -> PersonLine:
    """Return a person as the list shows them."""
    with store.read() as session:
        return next(each for each in people_list.lines(session, MONTH, now=NOW) if each.id == code)


@pytest.mark.parametrize(
    ("field", "text", "found"),
    [
        ("name", "Անի  Պետրոսյան", "Անի Պետրոսյան"),
        ("name", "김민수", "김민수"),
        ("phone", "(213) 555-0123", "+12135550123"),
        ("email", "ana@team.example", "ana@team.example"),
        ("languages", "spanish; Korean", ("Spanish", "Korean")),
        ("traditions", "Sikh; any", ("Sikh", "any")),
        ("joined", "2024-02-29", dt.date(2024, 2, 29)),
        ("areas", "west;Central", ("Central", "West")),
        ("home_division", "Van Nuys", "Van Nuys"),
        ("kind", "clergy", "clergy"),
    ],
)
def test_a_field_is_kept_as_a_file_would_give_it(store: Store, field: str, text: str, found: object) -> None:
    put(store, field, text)
    value = getattr(line(store), field)
    assert (tuple(sorted(value)) if field == "areas" else value) == found


@pytest.mark.parametrize(
    ("field", "text", "sentence"),
    [
        ("name", " ", "Name: a person needs a name."),
        ("phone", "12", "Phone “12” has too few or too many digits; write it with its area code."),
        ("email", "ana", "Email “ana” is not one e-mail address, such as ana@example.org."),
        ("joined", "2023-02-29", "Joined “2023-02-29” is no day of the calendar; write it as 2027-01-31."),
        ("role", "boss", "Role “boss”: use one of responder, lead, trainee."),
        ("target_hours", "-1", "Hours a month “-1” is not a number of hours a month, from 0 to 744."),
        ("prefers_with", "Ana", "Works well with “Ana” names the person as their own partner."),
        ("home_area", "Moon", "Home area “Moon” is no area; add it with: crt-scheduler areas add Moon."),
    ],
)
def test_a_field_that_cannot_be_taken_is_refused_with_the_remedy(
    store: Store, field: str, text: str, sentence: str
) -> None:
    before = build.everything(store)
    with pytest.raises(Refused) as fault:
        put(store, field, text)
    assert str(fault.value) == sentence
    assert [each.field for each in fault.value.faults] == [field]
    assert build.everything(store) == before


def test_who_becomes_active_is_no_longer_on_leave(store: Store) -> None:
    put(store, "status", "leave")
    put(store, "status_until", "2027-02-01")
    assert (line(store).status, line(store).status_until) == ("leave", dt.date(2027, 2, 1))
    put(store, "status", "active")
    assert (line(store).status, line(store).status_until) == ("active", None)


def test_who_moves_to_another_area_leaves_its_division(store: Store) -> None:
    put(store, "home_division", "Van Nuys")
    put(store, "home_area", "Valley")
    assert line(store).home_division == "Van Nuys"
    put(store, "home_area", "West")
    assert (line(store).home_area, line(store).home_division) == ("West", "")


def test_partners_are_kept_apart_for_both(store: Store) -> None:
    put(store, "avoids_with", "ben")
    assert (line(store).apart, line(store, "Ben").apart) == (("Ben",), ("Ana",))
    put(store, "prefers_with", "Ben")
    assert (line(store).apart, line(store).likes) == ((), ("Ben",))


def test_undo_takes_a_field_back(store: Store) -> None:
    before = build.everything(store)
    put(store, "phone", "213-555-0199")
    assert store.undo().label == "Ana: phone"
    assert build.everything(store) == before


def test_a_person_is_added_with_the_next_free_id(store: Store) -> None:
    with store.change("Add") as session:
        assert people_acts.add(session, {"name": "Zoë", "home_area": "West"}, now=NOW) == "P001"
        assert people_acts.add(session, {"name": "Yan"}, now=NOW) == "P002"
        assert people_acts.add(session, {"name": "Rev Io", "kind": "clergy", "id": "C07"}, now=NOW) == "C07"
        assert people_acts.add(session, {"name": "Rev Ko", "kind": "clergy"}, now=NOW) == "C08"
        with pytest.raises(Refused, match="somebody else's id"):
            people_acts.add(session, {"name": "Yan", "id": "P002"}, now=NOW)
    assert line(store, "P001").home_area == "West"


def test_every_field_of_a_newcomer_that_cannot_be_taken_is_named_at_once(store: Store) -> None:
    with pytest.raises(Refused) as refused:
        store.do(people_acts.ADD({"name": "", "phone": "1", "email": "q"}, now=NOW))
    assert [fault.field for fault in refused.value.faults] == ["name", "email", "phone"]


def test_a_credential_is_set_moved_and_removed_with_its_days_left(store: Store) -> None:
    def said(act: str, *values: str) -> None:
        with store.change("Credential") as session:
            getattr(people_acts, act)(session, "Ana", *values, now=NOW)

    said("set_credential", "insurance", "2026-12-31")
    held = line(store).credentials[0]
    assert (held.name, held.days_left, held.state) == ("Insurance", 30, "soon")
    said("set_credential", "Insurance", "2026-11-30")
    assert line(store).credentials[0].state == "expired"
    said("set_credential", "Academy", "forever")
    assert (line(store).credentials[0].state, line(store).first_to_expire.name) == ("forever", "Insurance")  # type: ignore[union-attr]
    said("remove_credential", "Insurance")
    assert [held.name for held in line(store).credentials] == ["Academy"]
    with pytest.raises(CrtError, match="keeps no credential called 'Dance'"):
        said("set_credential", "Dance", "forever")
    with pytest.raises(Refused, match="type its last valid day"):
        said("set_credential", "Insurance", "")
    with store.change("Credential") as session:
        people_acts.set_credential(session, "Ana", "First\n aid", "forever", now=NOW, is_new_kind=True)
    assert [held.name for held in line(store).credentials] == ["Academy", "First aid"]


def test_dates_are_said_and_taken_back_over_month_ends_and_leap_days(store: Store) -> None:
    with store.change("Say") as session:
        leap = ranges.say(session, "Ana", "cannot", first=dt.date(2028, 2, 28), last=dt.date(2028, 3, 1), note="trip")
        ranges.say(session, "Ana", "prefers", first=dt.date(2027, 1, 31), last=dt.date(2027, 1, 31))
        ranges.say(session, "Ana", "rather_not", first=dt.date(2029, 1, 1), last=None)
        words = [each.words("24") for each in ranges.ranges(session, "Ana")]
        assert words == ["Sun 31 Jan 2027", "Mon 28 Feb 2028 to Wed 1 Mar 2028", "from Mon 1 Jan 2029"]
        ranges.unsay(session, "Ana", leap)
        assert len(ranges.ranges(session, "Ana", since=dt.date(2028, 1, 1))) == 1
        with pytest.raises(CrtError, match="Ben has no line"):
            ranges.unsay(session, "Ben", leap - 1)


def test_dates_that_make_no_sense_are_refused_in_a_sentence(store: Store) -> None:
    day = dt.date(2027, 1, 9)
    with store.change("Say") as session:
        ranges.say(session, "Ana", "cannot", first=day, last=day)
        for first, last, sentence in (
            (day, dt.date(2027, 1, 8), "Exchange the two"),
            (None, None, "Give the first day"),
            (day, day, "said so already"),
        ):
            with pytest.raises(CrtError, match=sentence):
                ranges.say(session, "Ana", "cannot", first=first, last=last)


def test_a_page_counts_hours_nights_and_weekends_by_month(store: Store) -> None:
    with store.change("On call") as session:
        for name in ("2027-01-09/night/Valley", "2027-01-11/day/Valley", "2026-12-31/night/Valley"):
            roster.assign(session, roster.shift_name(name), "Ana")
    with store.read() as session:
        page = person_page.page(session, "Ana", MONTH, now=NOW)
    last, before = page.months[-1], page.months[-2]
    assert (last.month, last.minutes, last.shifts, last.nights, last.weekends) == (MONTH, 1440, 2, 1, 1)
    assert (before.month, before.minutes, before.nights) == ("2026-12", 720, 1)
    assert (page.line.minutes, page.line.promised_minutes) == (1440, 2160)
    assert [duty.date.day for duty in page.duties] == [11, 9, 31]


def test_the_history_names_only_acts_that_touched_the_person(store: Store) -> None:
    put(store, "phone", "213-555-0199", "Ben")
    put(store, "languages", "Korean", "Ana")
    with store.change("Ana cannot on 9 January") as session:
        ranges.say(session, "Ana", "cannot", first=dt.date(2027, 1, 9), last=dt.date(2027, 1, 9))
    store.undo()
    with store.read() as session:
        found = history.of_person(session, "Ana")
    assert [(each.label, each.is_undone) for each in found] == [
        ("Ana cannot on 9 January", True),
        ("Ana: languages", False),
        ("A pair", False),
    ]


@given(st.lists(st.from_regex(r"[A-Za-z]{0,3}[0-9]{1,3}", fullmatch=True), max_size=20))
def test_a_fresh_id_is_nobodys(taken: list[str]) -> None:
    found = ids.fresh(taken, like=taken)
    made = [next(found) for _ in range(5)]
    assert len(set(made)) == 5
    assert not {code.casefold() for code in made} & {code.casefold() for code in taken}
