"""The command line as a coordinator types it: the whole path, exit codes, and a sentence for every mistake."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from crt_scheduler import cli, imports
from crt_scheduler.store import Store
from tests.crt_scheduler import team_build as build
from tests.made import copied

NOW = "2026-12-01T17:00Z"
ROSTER_KEYS = {"id", "shift", "date", "template", "area", "role", "tier", "person", "start", "end", "state", "locked"}
PEOPLE = """id,name,role,kind,home_area,email,phone
A1,Ana Kim,lead,volunteer,Valley,ana@example.org,213-555-0101
B1,Ben Lo,responder,volunteer,Valley,ben@example.org,213-555-0102
C1,Cy Po,lead,volunteer,West,cy@example.org,213-555-0103
D1,Dee Ro,responder,volunteer,West,dee@example.org,213-555-0104
R1,Rev Io,responder,clergy,,rev@example.org,213-555-0105
"""


class Office:
    """A coordinator at a desk: types commands, reads what comes back."""

    def __init__(self, folder: Path, capture: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self.database = folder / "team.db"
        self.capture = capture
        self.told = ""

    def type(self, *words: str, code: int = 0) -> Any:
        """Type a command, hold its exit code, and return its JSON answer or its text."""
        found = cli.run(["--database", str(self.database), "--now", NOW, "--who", "Mara", *words])
        printed = self.capture.readouterr()
        self.told = printed.err
        assert found == code, printed.err
        assert "Traceback" not in printed.err
        if "--json" in words and printed.out.strip():
            return json.loads(printed.out.splitlines()[-1])
        return printed.out

    def file(self, name: str, text: str) -> str:
        """Write a file and return its path."""
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return str(path)


def of_five(folder: Path, capture: pytest.CaptureFixture[str]) -> Office:
    """Return a desk with the CRT programme and five people, read from a file."""
    desk = Office(folder, capture)
    desk.file("people.csv", PEOPLE)
    copied(desk.database, _of_five)
    return desk


def _of_five(folder: Path) -> Store:
    store = build.team(folder, who="Mara")
    (folder / "people.csv").write_text(PEOPLE, encoding="utf-8")
    imports.run(store, "people", folder / "people.csv")
    return store


@pytest.fixture
def office(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Office:
    """A desk with the CRT programme and five people."""
    return of_five(tmp_path, capsys)


def test_from_people_to_a_published_month(office: Office) -> None:
    solved = office.type("solve", "2027-01", "--work", "4", "--json")
    assert solved["status"] in ("optimal", "feasible") and solved["hard_violations"] == 0
    assert solved["filled"] > 0 and solved["gap"] <= 0.02
    assert all(seat["reason"] for seat in solved["open_seats"])
    assert len(solved["open_seats"]) == solved["seats"] - solved["filled"]
    assert {"date", "shift", "area", "role", "expected_missed_calls", "reason"} <= solved["open_seats"][0].keys()
    assert solved["open_seats"][0]["shift"] in ("day", "night", "24h")
    rows = office.type("roster", "2027-01", "--json")
    assert len(rows) >= solved["filled"]
    assert set(rows[0]) >= ROSTER_KEYS
    checked = office.type("check", "2027-01", "--json")
    assert checked["hard"] == []
    assert sum(v["points"] for v in checked["soft"]) == pytest.approx(solved["objective"], abs=0.01)
    published = office.type("publish", "2027-01", "--out", str(office.folder / "out"), "--json")
    assert published["calendars"] == 5
    assert (office.folder / "out" / "calendars" / "A1.ics").exists()
    assert office.type("stale", "--json") == []
    office.type("undo", code=2)
    assert "cannot be undone" in office.told


def test_a_preview_writes_nothing(office: Office) -> None:
    answer = office.type("solve", "2027-01", "--work", "2", "--preview", "--json")
    assert answer["written"] is False
    assert office.type("roster", "2027-01", "--json") == []


def test_solving_is_one_act_that_undo_takes_back(office: Office) -> None:
    office.type("solve", "2027-01", "--work", "2")
    assert office.type("roster", "2027-01", "--json")
    office.type("undo")
    assert office.type("roster", "2027-01", "--json") == []
    office.type("redo")
    assert office.type("roster", "2027-01", "--json")
    acts = office.type("history", "--json")
    assert [act["label"] for act in acts[:3]] == [
        "Redo: Solve January 2027",
        "Undo: Solve January 2027",
        "Solve January 2027",
    ]
    assert {act["who"] for act in acts[:3]} == {"Mara"}


def test_the_same_seed_and_work_give_the_same_roster(office: Office) -> None:
    words = ("solve", "2027-01", "--work", "5", "--seed", "3", "--preview", "--json")
    assert office.type(*words)["roster_digest"] == office.type(*words)["roster_digest"]


def test_repairs_by_hand(office: Office) -> None:
    night = "2027-01-09/night/Valley"
    office.type("assign", night, "A1")
    office.type("assign", night, "B1")
    office.type("lock", night, "A1")
    office.type("unassign", night, "A1", code=2)
    assert "Unlock it" in office.told
    office.type("unlock", night, "A1")
    office.type("tell", night, "A1")
    office.type("confirm", night, "A1")
    office.type("wish", night, "B1", "rather_not")
    office.type("assign", "2027-01-12/day/West", "C1")
    rows = {row["person"]: row for row in office.type("roster", "2027-01", "--json")}
    assert rows["A1"]["state"] == "confirmed"
    office.type("swap", str(rows["A1"]["id"]), str(rows["C1"]["id"]))
    office.type("move", str(rows["B1"]["id"]), "2027-01-14/night/Valley")
    rows = {row["person"]: row for row in office.type("roster", "2027-01", "--json")}
    assert (rows["C1"]["shift"], rows["A1"]["shift"]) == (night, "2027-01-12/day/West")
    assert rows["B1"]["shift"] == "2027-01-14/night/Valley"
    labels = [act["label"] for act in office.type("history", "--json")]
    assert labels[:2] == [
        "Move Ben Lo to Valley, night, 14 Jan",
        "Swap Ana Kim and Cy Po, 9 Jan and 12 Jan",
    ]


def test_a_broken_hard_rule_is_said_and_must_be_acknowledged_to_publish(office: Office) -> None:
    office.type("assign", "2027-01-09/night/Valley", "A1")
    office.type("assign", "2027-01-10/day/Valley", "A1")
    checked = office.type("check", "2027-01", "--json", code=1)
    assert [v["rule"] for v in checked["hard"]] == ["rest"]
    assert "12 h" in checked["hard"][0]["sentence"]
    out = str(office.folder / "out")
    office.type("publish", "2027-01", "--out", out, code=1)
    assert "--acknowledge rest" in office.told and not Path(out).exists()
    office.type("publish", "2027-01", "--out", out, "--acknowledge", "rest")


def test_why_names_who_is_there_who_could_be_and_who_cannot(office: Office) -> None:
    night = "2027-01-09/night/Valley"
    office.type("assign", night, "A1")
    office.type("wish", night, "D1", "cannot")
    answer = office.type("why", night, "--json")
    assert [holder["person"] for holder in answer["on_shift"]] == ["A1"]
    found = {c["person"]: c for c in answer["candidates"]}
    assert found["B1"]["blocked"] == "" and "cannot" in found["D1"]["blocked"]
    assert any(seat["role"] == "responder" for seat in answer["open_seats"])
    assert "Ana Kim" in office.type("why", night)


def test_a_repair_that_breaks_a_hard_rule_says_so_at_once(office: Office) -> None:
    office.type("assign", "2027-01-09/night/Valley", "A1")
    assert "Done: Assign Ana Kim" in office.told and "Note:" not in office.told
    office.type("assign", "2027-01-10/day/Valley", "A1")
    assert "Note: Ana Kim has 0 h rest" in office.told
    office.type("assign", "2027-01-16/day/Valley", "B1")
    assert "Note:" not in office.told


def test_one_persons_shifts_are_listed_with_the_numbers_that_swap_takes(office: Office) -> None:
    office.type("assign", "2027-03-13/night/Valley", "A1")
    number = office.type("roster", "2027-03", "--json")[0]["id"]
    shown = office.type("roster", "2027-03", "--person", "A1")
    assert "11:00 h on call" in shown and str(number) in shown
    assert "no shift" in office.type("roster", "2027-03", "--area", "West")


def test_json_may_stand_anywhere_and_errors_answer_in_json_too(office: Office) -> None:
    assert cli.run(["--database", str(office.database), "--json", "people"]) == 0
    assert len(json.loads(office.capture.readouterr().out)) == 5
    assert office.type("lock", "2027-01-09/night/Valley", "A1", "--json", code=2)["error"].startswith(
        "Ana Kim is not on"
    )
    assert office.type("assign", "2027-01-09/night/Valley", "A1", "--json")["done"].startswith("Done: Assign Ana Kim")
    refused = office.type(
        "import", "people", office.file("bad.csv", "id,name,phone\nA1,Ana Kim,12\n"), "--json", code=2
    )
    assert refused["bad"][0]["line"] == 2 and refused["error"]


def test_rules_are_listed_and_set(office: Office) -> None:
    office.type("rules", "set", "weekends", "--points", "30")
    rules = office.type("rules", "list", "--json")
    assert rules["weekends"] == {"hard": False, "points": 30.0}
    office.type("rules", "set", "weekends", "--hard")
    assert office.type("rules", "list", "--json")["weekends"]["hard"]
    office.type("rules", "set", "weekends", code=2)
    assert "weekends" in office.type("rules", "list")


def test_areas_of_ones_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    desk = Office(tmp_path, capsys)
    areas = desk.file("areas.csv", "area,neighbours,weight\nNorth,South,2\nSouth,North,1\n")
    desk.type("init", "--areas", areas, "--zone", "America/Chicago")
    desk.type("areas", "add", "East", "--neighbour", "South", "--division", "Docks", "--weight", "3")
    assert [a["area"] for a in desk.type("areas", "list", "--json")] == ["North", "South", "East"]
    assert "Docks" in desk.type("areas", "list")
    forecast = desk.type("forecast", "2027-03", "--json")
    assert {cell["area"] for cell in forecast["cells"]} == {"North", "South", "East"}
    assert set(forecast["cells"][0]) >= {"date", "shift", "area", "calls", "low", "high", "teams", "p_team"}
    assert "by hand" in desk.type("forecast", "2027-03")


def test_a_factor_is_set_beside_what_the_log_says_and_moves_the_forecast(office: Office) -> None:
    before = office.type("forecast", "2027-07", "--json")["total_calls"]
    office.type("factors", "set", "Fourth of July", "2", "--from", "2027-07-04")
    assert office.type("factors", "list", "--json")[0]["factor"] == 2
    assert "The log holds no such" in office.type("factors", "list")
    after = office.type("forecast", "2027-07", "--json")["total_calls"]
    assert after == pytest.approx(before * 32 / 31, rel=0.01)
    assert any(s["is_set"] for s in office.type("factors", "suggest", "2027-07", "--json"))
    assert "Independence Day" in office.type("factors", "suggest", "2027-07")
    office.type("factors", "remove", "Fourth of July")
    assert "No factor is set" in office.type("factors", "list")
    office.type("undo")
    assert office.type("factors", "list", "--json")


def test_a_log_is_checked_and_the_forecast_held_against_it(office: Office) -> None:
    assert "Nothing looks wrong" in office.type("log-check")
    office.type("track-record", code=2)
    assert "too short" in office.told
    moments = [f"{month:02d}-{day}" for month in range(1, 13) for day in ("03 22", "12 01", "20 15")]
    days = [f"2025-{moment}:15,Valley,homicide" for moment in moments]
    more = [line.replace("2025-", "2026-") for line in days if line < "2025-11"]
    office.type("import", "incidents", office.file("log.csv", "\n".join(["timestamp,area,type", *days, *more, ""])))
    assert "calls came where" in office.type("track-record")
    assert {"month", "came", "expected"} <= office.type("track-record", "--from", "2026-05", "--json")[0].keys()
    assert office.type("log-check", "--json") == [] and "Nothing looks wrong" in office.type("log-check")
    nights = [f"2026-10-{day:02d} 00:00,Valley,homicide" for day in range(1, 29)]
    office.type("import", "incidents", office.file("nights.csv", "\n".join(["timestamp,area,type", *nights, ""])))
    remarks, shown = office.type("log-check", "--json"), office.type("log-check")
    assert remarks and not [sentence for sentence in remarks if sentence not in shown]
    assert "Nothing looks wrong" not in shown


def test_lists_show_no_contacts(office: Office) -> None:
    for words in (("people",), ("people", "--json"), ("roster", "2027-01"), ("history",), ("problem", "2027-01")):
        said = office.type(*words)
        assert "example.org" not in str(said) and "555" not in str(said)


def test_a_backup_and_its_restore(office: Office) -> None:
    office.type("backup", str(office.folder / "kept.db"))
    office.type("assign", "2027-01-09/night/Valley", "A1")
    office.type("restore", str(office.folder / "kept.db"))
    assert "restore that file to undo this" in office.told
    assert office.type("roster", "2027-01", "--json") == []


MISTAKES: list[tuple[tuple[str, ...], str]] = [
    (("solve", "January"), "is not a month"),
    (("solve", "2027-1"), "is not a month"),
    (("solve", "2027-01", "--seconds", "0"), "--seconds"),
    (("why", "2027-01-09/night/Valley", "--role", "boss"), "has no boss seat"),
    (("roster", "2027-01", "--person", "Z9"), "Nobody has the id"),
    (("solve", "2027-01", "--seconds", "5", "--work", "3"), "not both"),
    (("roster", "2027-13"), "is not a month"),
    (("assign", "tonight", "A1"), "is not a shift"),
    (("assign", "2027-01-09/night/Valley", "Z9"), "Nobody has the id"),
    (("assign", "2027-01-09/night/Harbor", "A1"), "areas add"),
    (("why", "2027-01-09/24h/Valley"), "There is no shift"),
    (("swap", "1", "2"), "There is no assignment 1"),
    (("swap", "one", "2"), "integer"),
    (("import", "dogs", "people.csv"), "cannot be imported"),
    (("import", "people", "nowhere.csv"), "nowhere.csv"),
    (("import", "people", "people.csv", "--map", "id"), "does not say which column"),
    (("init",), "already has a programme"),
    (("init", "--programme", "circus"), "Choose one of"),
    (("areas", "add", "City"), "may be called City"),
    (("areas", "add", "North", "--neighbour", "Nowhere"), "is no area"),
    (("areas", "add", "North", "--weight", "0"), "above 0"),
    (("rules", "set", "karma", "--hard"), "rules list"),
    (("publish", "2027-01", "--out", "out"), "on the roster"),
    (("restore", "nowhere.db"), "no backup at"),
    (("factors", "set", "Fair", "2", "--from", "soon"), "is not a date"),
    (("factors", "set", "Fair", "0", "--from", "2027-07-04"), "above 0"),
    (("factors", "remove", "Fair"), "Fair"),
    (("redo",), "nothing of yours to redo"),
    (("frobnicate",), "No such command"),
    (("solve",), "YYYY-MM"),
    (("sample", "x", "--month", "soon"), "is not a month"),
]


@pytest.mark.parametrize(("words", "sentence"), MISTAKES, ids=[" ".join(words) for words, _ in MISTAKES])
def test_a_mistake_is_a_sentence_with_exit_code_two_and_nothing_written(
    office: Office, words: tuple[str, ...], sentence: str
) -> None:
    store = build.open_store(str(office.database), who="x", now=build.NOW)
    before = build.everything(store)
    office.type(*words, code=2)
    assert sentence in office.told
    assert len(office.told.strip().splitlines()) <= 3
    assert build.everything(store) == before
    store.close()


def test_clocks_zones_and_databases_that_are_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["--now", "noon", "people"]) == 2
    assert "is not a time" in capsys.readouterr().err
    desk = Office(tmp_path, capsys)
    desk.type("people", code=2)
    assert f"crt-scheduler --database {tmp_path / 'team.db'} init" in desk.told
    desk.type("init", "--zone", "Mars/Olympus", code=2)
    assert not desk.database.exists()
    desk.database.write_bytes(b"\x00\x01" * 5000)
    desk.type("people", code=2)
    assert "damaged" in desk.told


def test_an_empty_team_cannot_be_solved(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    build.team(tmp_path).close()
    desk = Office(tmp_path, capsys)
    desk.type("solve", "2027-01", "--work", "1", code=2)
    assert "Import people first" in desk.told
    assert "2027-01" in desk.type("roster", "2027-01")


def test_a_newer_database_is_a_sentence(office: Office) -> None:
    with closing(sqlite3.connect(office.database)) as raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")
        raw.commit()
    office.type("people", code=2)
    assert "newer version" in office.told


def test_a_fault_of_ours_is_a_sentence_and_a_log_without_values(tmp_path: Path) -> None:
    from crt_scheduler.safety import log_fault

    try:
        raise RuntimeError("Ana Kim, 213-555-0101")
    except RuntimeError as fault:
        text = log_fault(fault, tmp_path).read_text(encoding="utf-8")
    assert "RuntimeError" in text and "test_cli.py" in text and "Ana" not in text
