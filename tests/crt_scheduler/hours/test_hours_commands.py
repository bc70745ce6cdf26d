"""Hours from the command line: the same acts and the same sentences as in the window."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from crt_scheduler import sheets
from tests.crt_scheduler.cli.test_cli import Office, of_five
from tests.crt_scheduler.hours_build import fill_in


@pytest.fixture
def office(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Office:
    """A desk with the CRT programme and some people."""
    return of_five(tmp_path, capsys)


def log(office: Office, *words: str, code: int = 0) -> object:
    return office.type("hours", "log", "A1", "meeting", "--date", "2026-11-10", *words, "--json", code=code)


def test_hours_are_logged_listed_approved_changed_and_removed(office: Office) -> None:
    assert log(office, "--start", "18:00", "--end", "20:00") == {"number": 1, "minutes": 120}
    office.type("hours", "approve", "--month", "2026-11")
    office.type("hours", "remove", "1", code=2)
    assert "Take their approval back" in office.told
    office.type("hours", "unapprove", "1")
    office.type("hours", "amend", "1", "--date", "2026-11-10", "--minutes", "1:30")
    found = office.type("hours", "list", "2026-11", "--json")
    assert [(row["person"], row["minutes"], row["state"]) for row in found["entries"]] == [("A1", 90, "logged")]
    assert (found["totals"]["other"], found["totals"]["on_call"], found["totals"]["combined"]) == (90, 0, 90)
    assert "1:30" in office.type("hours", "list", "2026-11")
    office.type("hours", "list", "--person", "A1", "--out", str(office.folder / "hours.xlsx"))
    assert len(sheets.read(office.folder / "hours.xlsx").rows) == 1
    office.type("hours", "remove", "1")
    assert office.type("hours", "list", "--json")["entries"] == []


def test_what_cannot_be_is_refused_in_a_sentence(office: Office) -> None:
    log(office, "--start", "18:00", "--end", "20:00")
    log(office, "--start", "19:00", "--end", "21:00", code=2)
    assert "18:00 to 20:00 already" in office.told
    log(office, "--start", "15:00", "--end", "14:00", code=2)
    assert "is not after the start" in office.told
    office.type("hours", "log", "Z9", "meeting", "--date", "2026-11-10", "--minutes", "60", code=2)
    assert "Nobody has the id 'Z9'" in office.told
    office.type("hours", "approve", "--month", "2026-10", code=2)
    assert "Nothing logged in October 2026 waits" in office.told
    office.type("hours", "list", "--state", "paid", code=2)
    assert "is not a state" in office.told


def test_sheets_go_out_and_come_back(office: Office) -> None:
    folder = office.folder / "sheets"
    made = office.type("hours", "form", "2026-11", str(folder), "--person", "A1", "--csv", "--json")
    assert made == {"sheets": 1, "files": ["hours-2026-11-A1.csv"]}
    sheet = folder / "hours-2026-11-A1.csv"
    fill_in(sheet, "", kind="office", date="2026-11-12", minutes="60")
    assert office.type("hours", "read", str(folder), "--dry-run", "--json")["new"] == 1
    assert office.type("hours", "read", str(folder), "--json")["written"] is True
    assert office.type("hours", "read", str(folder), "--json")["unchanged"] == 1
    fill_in(sheet, "", kind="lunch", date="2026-11-13", minutes="60")
    refused = office.type("hours", "read", str(sheet), "--json", code=2)
    assert refused["bad_rows"] == 1 and "'lunch' is not a kind" in refused["bad"][0]["reason"]
    assert "hours-2026-11-A1.csv, line 3" in office.told
    office.type("hours", "read", str(sheet), "--skip-bad")


def test_offers_go_out_and_come_back_beside_the_other_commands_on_availability(office: Office) -> None:
    folder = office.folder / "offers"
    office.type("availability", "form", "2027-01", str(folder), "--person", "A1", "--csv")
    sheet = sheets.read(folder / "availability-2027-01-A1.csv")
    rows = [{**row.cells, "grade": "wants"} for row in sheet.rows]
    sheets.write(folder / "availability-2027-01-A1.csv", sheet.header, [[r[n] for n in sheet.header] for r in rows])
    assert office.type("availability", "read", str(folder), "--json")["new"] == 62
    wishes = office.type("available", "show", "A1", "--json")["wishes"]
    assert len(wishes) == 62


def test_pacing_says_who_will_miss(office: Office) -> None:
    found = office.type("hours", "pacing", "2027-01", "--json")
    assert found[0]["short"] == 36 * 60
    assert found[0]["sentence"] == "will miss by 36 h unless 3 more shifts of 12 h are taken"
    assert "will miss by 36 h" in " ".join(str(office.type("hours", "pacing", "2027-01")).split())
    assert json.dumps(found)
