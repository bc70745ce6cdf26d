"""People and their availability from the command line: every act of the window, and the same sentences."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.crt_scheduler.cli.test_cli import Office, of_five


@pytest.fixture
def office(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Office:
    """A desk with the CRT programme and five people."""
    return of_five(tmp_path, capsys)


def test_a_person_is_added_changed_and_shown(office: Office) -> None:
    made = office.type("person", "add", "김민수", "--field", "home_area=West", "--field", "languages=korean", "--json")
    assert made == {"id": "A2"}
    office.type("person", "set", "A2", "phone", "213-555-0150")
    page = office.type("person", "show", "A2", "--month", "2027-01", "--json")
    assert page["line"]["phone"] == "+12135550150"
    assert (page["line"]["languages"], page["line"]["home_area"]) == (["Korean"], "West")
    assert len(page["week"]) == 14 and page["months"][-1]["month"] == "2027-01"
    told = office.type("person", "show", "A2")
    assert "김민수 (A2), volunteer, responder, active" in told
    assert "0:00 of 36:00 h" in told
    history = office.type("person", "history", "A2", "--json")
    assert [line["label"] for line in history] == ["김민수: phone changed", "Add 김민수"]
    assert "Add 김민수" in office.type("person", "history", "A2")


def test_what_cannot_be_taken_is_refused_with_the_remedy(office: Office) -> None:
    office.type("person", "set", "A1", "phone", "12", code=2)
    assert "write it with its area code" in office.told
    office.type("person", "set", "A1", "shoe", "38", code=2)
    assert "There is no field 'shoe'. The fields are: name" in office.told
    office.type("person", "add", "Zoë", "--field", "shoe=38", code=2)
    assert "There is no field 'shoe'" in office.told
    office.type("person", "add", "Zoë", "--field", "shoe", code=2)
    assert "--field phone=213-555-0123" in office.told
    office.type("person", "show", "Z9", code=2)
    assert "Nobody has the id 'Z9'" in office.told


def test_a_credential_is_set_and_removed(office: Office) -> None:
    office.type("credential", "set", "A1", "Insurance", "2026-12-20")
    held = office.type("person", "show", "A1", "--json")["line"]["credentials"]
    assert [(c["name"], c["days_left"]) for c in held] == [("Insurance", 19)]
    assert "19 days" in office.type("person", "show", "A1")
    office.type("credential", "set", "A1", "CPR", "forever", code=2)
    office.type("credential", "set", "A1", "CPR", "forever", "--new")
    office.type("credential", "remove", "A1", "Insurance")
    held = office.type("person", "show", "A1", "--json")["line"]["credentials"]
    assert [c["name"] for c in held] == ["CPR"]


def test_availability_is_said_shown_and_taken_back(office: Office) -> None:
    office.type("available", "week", "A1", "sat", "night", "cannot")
    assert "Ana Kim: Saturday night, cannot" in office.told
    first_week = ("--from", "2027-02-01", "--to", "2027-02-07", "--note", "exams")
    number = office.type("available", "dates", "A1", "rather_not", *first_week, "--json")["number"]
    office.type("available", "dates", "A1", "cannot", "--from", "2027-03-01", "--to", "open")
    office.type("wish", "2027-01-09/night/City", "A1", "wants")
    found = office.type("available", "show", "A1", "--json")
    assert [(c["weekday"], c["shift"]) for c in found["week"] if c["grade"] == "cannot"] == [(5, "night")]
    assert len(found["lines"]) == 3 and found["wishes"][0]["grade"] == "wants"
    told = office.type("available", "show", "A1")
    assert "Mon 1 Feb 2027 to Sun 7 Feb 2027" in told and "exams" in told and "Sat 9 Jan 2027" in told
    office.type("available", "remove", "A1", str(number))
    assert len(office.type("available", "show", "A1", "--json")["lines"]) == 2
    office.type("available", "week", "A1", "sat", "night", "free")
    assert all(c["grade"] == "free" for c in office.type("available", "show", "A1", "--json")["week"])


def test_a_strangers_file_is_looked_at_then_imported_with_guessed_columns(office: Office) -> None:
    path = office.file("volunteers.csv", "First Name,Last Name,E-mail,Shoe\nAni,Lo,ani@example.org,38\n")
    told = office.type("columns", path)
    assert "First Name + Last Name" in told and "Columns not used: Shoe." in told
    assert office.type("columns", path, "--json")["makes_ids"] is True
    office.type("import", "people", path, "--exact", code=2)
    assert "--map name=THEIRS" in office.told
    assert office.type("import", "people", path, "--guess", "--json")["new"] == 1
    assert office.type("import", "people", path, "--guess", "--json")["unchanged"] == 1
    office.type("import", "incidents", path, "--make-ids", code=2)
    assert "Ids are made for people only" in office.told
    office.type("columns", office.file("x.csv", "colour\nred\n"))
