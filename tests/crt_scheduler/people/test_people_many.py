"""People in bulk: one field of many as one act; who cannot take it is named; who has no history can be deleted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from crt_scheduler import journal, pins, roster
from crt_scheduler.errors import CrtError
from crt_scheduler.imports import kinds
from crt_scheduler.imports.guess import guessed
from crt_scheduler.people import deleting, many_people, people_list
from crt_scheduler.people import person_acts as people_acts
from crt_scheduler.people.many_people import Change
from crt_scheduler.people.people_list import PersonLine
from crt_scheduler.store import Store
from crt_scheduler.tables import Area, HoursEntry, Responder
from tests.crt_scheduler import team_build as build
from tests.crt_scheduler.cli.test_cli import Office, of_five

NOW = build.NOW
ALL = ("Ana", "Ben", "Cleo", "Dov")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Ana, a lead, Ben and Cleo, responders, all of Valley, and Dov, of the clergy."""
    opened = build.team(tmp_path)
    with opened.change("A team") as session:
        build.pair(session)
        build.responder(session, "Cleo", languages=["Korean"])
        build.responder(session, "Dov", kind="clergy")
    yield opened
    opened.close()


def put(store: Store, change: Change, codes: tuple[str, ...] = ALL, *, skip_bad: bool = False) -> int:
    """Make one change of many people as one act."""
    return store.do(many_people.SET_MANY(codes, change, now=NOW, skip_bad=skip_bad)).answer


def look(store: Store, change: Change, codes: tuple[str, ...] = ALL) -> many_people.Preview:
    """Return what a change would do."""
    with store.read() as session:
        return many_people.preview(session, codes, change, now=NOW)


def lines(store: Store) -> dict[str, PersonLine]:
    """Return everyone as the list shows them."""
    with store.read() as session:
        return {line.id: line for line in people_list.lines(session, "2027-01", now=NOW)}


@pytest.mark.parametrize(
    ("change", "attribute", "value", "label"),
    [
        (Change("home_area", "West"), "home_area", "West", "Set home area of 4 people to West"),
        (Change("home_area", ""), "home_area", "", "Empty home area of 4 people"),
        (
            Change("areas", "west; Central"),
            "areas",
            ("Central", "West"),
            "Set other areas of 4 people to west; Central",
        ),
        (
            Change("status", "Leave", until="2027-01-31"),
            "status_until",
            dt.date(2027, 1, 31),
            "Set status of 4 people to leave until 2027-01-31",
        ),
        (Change("languages", "Tagalog"), "languages", ("Tagalog",), "Set languages of 4 people to Tagalog"),
        (Change("target_hours", "24"), "target_minutes", 1440, "Set hours a month of 4 people to 24"),
        (Change("shifts_a_month", "1-2"), "shifts_a_month", "1-2", "Set shifts a month of 4 people to 1-2"),
    ],
)
def test_a_field_of_many_people_is_set_as_one_act_and_one_undo(
    store: Store, change: Change, attribute: str, value: object, label: str
) -> None:
    before = build.everything(store)
    found = look(store, change)
    assert (found.label, len(found.changed)) == (label, 4)
    assert put(store, change) == 4
    assert {line.id for line in lines(store).values() if _held(line, attribute) == value} == set(ALL)
    with store.read() as session:
        assert journal.history(session)[0].label == label
    store.undo()
    assert build.everything(store) == before


def _held(line: PersonLine, attribute: str) -> object:
    held = getattr(line, attribute)
    return tuple(sorted(held)) if isinstance(held, tuple) else held


def test_who_cannot_take_it_is_named_and_left_out_only_when_that_was_said(store: Store) -> None:
    change = Change("role", "lead")
    told = look(store, change)
    assert told.sentence() == (
        "Changes 2 of 4 people. 1 is so already. 1 cannot: Dov (Dov) is clergy, who have no other role."
    )
    with pytest.raises(CrtError, match=r"Nothing was changed\. .*Dov \(Dov\) is clergy"):
        put(store, change)
    assert lines(store)["Ben"].role == "responder"
    assert put(store, change, skip_bad=True) == 2
    assert {line.id for line in lines(store).values() if line.role == "lead"} == {"Ana", "Ben", "Cleo"}


def test_languages_are_added_and_taken_away_each_once_as_the_team_spells_them(store: Store) -> None:
    assert put(store, Change("languages", "korean; español", "add")) == 4
    spoken = {code: line.languages for code, line in lines(store).items()}
    assert spoken["Cleo"] == ("Korean", "Spanish")
    assert set(spoken["Ana"]) == {"Korean", "Spanish"}
    assert put(store, Change("languages", "Korean", "take")) == 4
    assert {line.languages for line in lines(store).values()} == {("Spanish",)}
    assert look(store, Change("languages", "Korean", "take")).unchanged == 4


def test_other_areas_are_added_and_taken_away(store: Store) -> None:
    put(store, Change("areas", "West"), ("Ana",))
    assert put(store, Change("areas", "central; west", "add")) == 4
    assert {frozenset(line.areas) for line in lines(store).values()} == {frozenset(("Central", "West"))}
    put(store, Change("areas", "Central", "take"))
    assert {line.areas for line in lines(store).values()} == {("West",)}


def test_a_credential_is_held_until_a_day_for_ever_or_no_more(store: Store) -> None:
    put(store, Change("credential:insurance", "2027-06-30"))
    assert {line.credentials[0].expires for line in lines(store).values()} == {dt.date(2027, 6, 30)}
    put(store, Change("credential:Insurance", "forever"), ("Ana", "Ben"))
    assert lines(store)["Ana"].credentials[0].expires is None
    put(store, Change("credential:Insurance", "no"))
    assert not any(line.credentials for line in lines(store).values())
    with pytest.raises(CrtError, match="keeps no credential called 'Diving'"):
        put(store, Change("credential:Diving", "forever"))


def test_promises_that_stand_are_told_before_somebody_goes_on_leave(store: Store) -> None:
    with store.change("On call") as session:
        for day, state in (("2027-01-09", "told"), ("2027-01-10", "draft"), ("2027-02-20", "confirmed")):
            name = roster.shift_name(f"{day}/night/Valley")
            roster.assign(session, name, "Ana")
            roster.promise(session, name, "Ana", state)
    told = look(store, Change("status", "leave", until="2027-01-31"))
    assert told.beware[0].startswith("Promised already: 1 shift from today on, of Ana. They stay on the roster")
    assert "2 shifts" in look(store, Change("status", "inactive")).sentence()
    assert look(store, Change("status", "active")).beware == ()
    assert "of Ana" in look(store, Change("role", "trainee"), ("Ana", "Ben")).sentence()


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (Change("phone", "213 555 0100"), "is no field to set for many people at once"),
        (Change("notes", "Ill"), "is no field to set for many people at once"),
        (Change("role", "boss"), "use one of responder, lead, trainee"),
        (Change("role", "lead", "add"), "role holds one value: set it"),
        (Change("languages", " ", "add"), "Say what to add"),
        (Change("home_area", "Moon"), "is no area"),
        (Change("status", "active", until="2027-01-31"), "Only a leave"),
        (Change("status", "leave", until="soon"), "Until “soon”"),
        (Change("credential:Insurance", ""), "last valid day"),
        (Change("target_hours", "many"), "number of hours a month"),
    ],
)
def test_what_nobody_can_take_is_refused_once_with_the_remedy(store: Store, change: Change, sentence: str) -> None:
    before = build.everything(store)
    with pytest.raises(CrtError) as fault:
        put(store, change)
    assert sentence in str(fault.value) and str(fault.value).count(sentence) == 1
    assert build.everything(store) == before


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(ALL), unique=True), st.sampled_from(["Korean", "Spanish", "Armenian"]))
def test_adding_and_taking_away_a_language_leaves_everybody_as_if_it_had_never_been(
    store: Store, codes: list[str], language: str
) -> None:
    chosen = tuple(code for code in codes if language not in lines(store)[code].languages)
    if not chosen:
        with pytest.raises(CrtError, match="Choose somebody first"):
            put(store, Change("languages", language, "add"), ())
        return
    before = lines(store)
    assert put(store, Change("languages", language, "add"), chosen) == len(chosen)
    assert put(store, Change("languages", language, "take"), chosen) == len(chosen)
    assert lines(store) == before


def test_who_has_no_history_is_deleted_and_undo_brings_all_of_them_back(store: Store) -> None:
    with store.change("Wishes") as session:
        people_acts.set_field(session, "Ben", "avoids_with", "Cleo", now=NOW)
        people_acts.set_credential(session, "Cleo", "Insurance", "forever", now=NOW)
        people_acts.set_field(session, "Cleo", "areas", "West", now=NOW)
        pins.set_pin(session, "Cleo", "4711")
    before = build.everything(store)
    done = store.do(deleting.DELETE(("Cleo", "Dov")))
    assert (done.answer, done.label) == (2, "Delete 2 people")
    assert set(lines(store)) == {"Ana", "Ben"}
    assert lines(store)["Ben"].apart == ()
    store.undo()
    assert build.everything(store) == before


def test_who_has_history_is_not_deleted_but_set_inactive(store: Store) -> None:
    with store.change("History") as session:
        roster.assign(session, roster.shift_name("2027-01-09/night/Valley"), "Ana")
        ben = roster.person(session, "Ben")
        session.add(
            HoursEntry(
                responder_id=ben.id, kind="office", date=dt.date(2026, 11, 1), start=None, end=None, minutes=60,
                call_id=None, state="logged", approved_by="", key="office:Ben",
            )
        )  # fmt: skip
    before = build.everything(store)
    with pytest.raises(CrtError) as fault, store.change("Delete") as session:
        deleting.delete(session, ALL)
    assert str(fault.value) == (
        "Ana (Ana): shifts; Ben (Ben): hours. Who have history cannot be deleted: set inactive instead."
    )
    assert build.everything(store) == before


# the command line


@pytest.fixture
def office(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Office:
    """A desk with the CRT programme and five people."""
    return of_five(tmp_path, capsys)


def ids(office: Office) -> list[str]:
    """Return everybody's id."""
    return [line["id"] for line in office.type("people", "--json")]


def test_the_command_changes_many_as_the_window_does_and_previews_without_writing(office: Office) -> None:
    everyone = ids(office)
    found = office.type("person", "set-many", "home_area", "West", *everyone, "--preview", "--json")
    assert (found["written"], found["label"].startswith("Set home area of ")) == (False, True)
    office.type("person", "set-many", "home_area", "West", *everyone)
    assert {line["home_area"] for line in office.type("people", "--json")} == {"West"}
    office.type("person", "set-many", "languages", "Korean", *everyone, "--add")
    office.type("person", "set-many", "languages", "Korean", *everyone, "--take")
    office.type("person", "set-many", "status", "leave", *everyone, "--until", "2027-01-31")
    assert {line["status"] for line in office.type("people", "--json")} == {"leave"}
    office.type("person", "set-many", "status", "leave", *everyone, "--add", "--take", code=2)
    office.type("person", "set-many", "shoe", "38", *everyone, code=2)
    assert "is no field to set for many people at once" in office.told
    office.type("undo")
    assert {line["status"] for line in office.type("people", "--json")} == {"active"}


def test_the_command_deletes_and_undo_brings_back(office: Office) -> None:
    before = ids(office)
    office.type("person", "delete", before[0])
    assert ids(office) == before[1:]
    office.type("undo")
    assert ids(office) == before
    office.type("person", "delete", "Z9", code=2)
    assert "Nobody has the id 'Z9'" in office.told


# the new fields


FORM = (
    "Full name,Phone,Home phone,Anything we should know?,Emergency contact,Emergency contact phone,"
    "How many shifts per month can you take?\n"
    'Ida Moss,213-555-0144,213-555-0145,"Allergic to dogs, please call first",Rex Moss,213-555-0146,1-2\n'
)


def test_a_sign_up_forms_questions_go_into_their_fields(office: Office) -> None:
    office.type("import", "people", office.file("form.csv", FORM), "--guess")
    code = next(line["id"] for line in office.type("people", "--json") if line["name"] == "Ida Moss")
    line = office.type("person", "show", code, "--json")["line"]
    assert (line["phone"], line["phone_2"]) == ("+12135550144", "+12135550145")
    assert (line["notes"], line["shifts_a_month"]) == ("Allergic to dogs, please call first", "1-2")
    assert (line["next_of_kin"], line["next_of_kin_phone"]) == ("Rex Moss", "+12135550146")
    told = office.type("person", "show", code)
    assert "Allergic to dogs" in told and "Rex Moss" in told


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Anything we should know?", "notes"),
        ("Comments", "notes"),
        ("Emergency contact", "next_of_kin"),
        ("Emergency Contact Name", "next_of_kin"),
        ("Emergency Contact #", "next_of_kin"),
        ("Emergency phone", "next_of_kin_phone"),
        ("Alternate Phone", "phone_2"),
        ("Home phone", "phone"),
        ("How many shifts per month can you take?", "shifts_a_month"),
        ("Shifts/month", "shifts_a_month"),
    ],
)
def test_what_forms_call_the_new_fields_is_known(header: str, field: str) -> None:
    assert guessed(kinds.named("people"), ("Full name", header), {}).get(field) == header


def test_a_wish_of_shifts_that_is_no_number_is_said_to_be_only_shown(office: Office) -> None:
    path = office.file("wishes.csv", "id,name,shifts_a_month\nW1,Ida Moss,as needed\nW2,Jo Fir,1-2\nW3,Al Lo,\n")
    notes = office.type("import", "people", path, "--json")["notes"]
    said = "1 wish of shifts a month is no number or range such as 1-2, so only shown and not planned with."
    assert said in notes
    assert not any("as needed" in note for note in notes)


def test_a_home_phone_is_the_second_one_beside_a_cell_phone() -> None:
    found = guessed(kinds.named("people"), ("Name", "Home phone", "Cell phone"), {})
    assert (found["phone"], found["phone_2"]) == ("Cell phone", "Home phone")


def test_two_rows_of_one_person_keep_both_phones(office: Office) -> None:
    rows = "name,email,phone\nIda Moss,ida@example.org,213-555-0144\nIda Moss,ida@example.org,213-555-0145\n"
    path = office.file("twice.csv", rows)
    office.type("import", "people", path, "--same", "3=2")
    code = next(line["id"] for line in office.type("people", "--json") if line["name"] == "Ida Moss")
    line = office.type("person", "show", code, "--json")["line"]
    assert (line["phone"], line["phone_2"]) == ("+12135550145", "+12135550144")


@pytest.mark.parametrize("field", ["phone_2", "notes", "next_of_kin", "next_of_kin_phone"])
def test_no_line_of_the_history_and_no_list_repeats_a_private_field(office: Office, field: str) -> None:
    text = "213-555-0177" if "phone" in field else "Zebra words"
    code = ids(office)[0]
    office.type("person", "set", code, field, text)
    for told in (office.type("history"), office.type("person", "history", code), office.type("people")):
        assert not [hit for hit in ("Zebra", "0177") if hit in told]
    assert not [hit for hit in ("Zebra", "0177") if hit in str(office.type("people", "--json"))]


def test_the_day_somebody_left_is_kept_and_goes_when_they_are_back(store: Store) -> None:
    def left() -> dt.date | None:
        with store.read() as session:
            return session.scalar(select(Responder.left_on).where(Responder.code == "Ben"))

    put(store, Change("status", "inactive"), ("Ben",))
    assert left() == NOW.date()
    put(store, Change("status", "active"), ("Ben",))
    assert left() is None


def test_an_area_is_where_a_division_lies_or_the_division_goes(store: Store) -> None:
    with store.change("Home") as session:
        people_acts.set_field(session, "Ana", "home_division", "Van Nuys", now=NOW)
        west = session.scalar(select(Area.name).where(Area.name == "West"))
    assert west == "West"
    put(store, Change("home_area", "West"), ("Ana", "Ben"))
    assert (lines(store)["Ana"].home_area, lines(store)["Ana"].home_division) == ("West", "")
