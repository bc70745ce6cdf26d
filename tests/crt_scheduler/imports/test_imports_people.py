"""People from a file: what is taken, what is refused and why, and that a second import changes nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from crt_scheduler import imports
from crt_scheduler.imports import BadRows, Decisions
from crt_scheduler.store import Store
from crt_scheduler.tables import Area, Credential, CredentialKind, Division, Partner, Responder, ResponderArea
from tests.crt_scheduler import team_build
from tests.crt_scheduler.imports.test_imports_build import people, refused, table


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = team_build.team(tmp_path)
    yield opened
    opened.close()


def one(store: Store, code: str = "V001") -> Responder:
    """Return a responder as the records hold them."""
    with store.read() as session:
        row: Responder = session.scalars(select(Responder).where(Responder.code == code)).one()
        session.expunge(row)
        return row


def bad(store: Store, folder: Path, header: tuple[str, ...], *rows: tuple[Any, ...]) -> list[tuple[int, str, str, str]]:
    """Return line, column, value and reason of every fault of a file."""
    report = imports.run(store, "people", table(folder, header, *rows), dry_run=True)
    return [(fault.line, fault.column, fault.value, fault.reason) for fault in report.bad]


def test_every_field_of_a_person_is_taken(store: Store, tmp_path: Path) -> None:
    header = (
        *("ID", "Name", "kind", "role", "status", "status until", "joined", "home_division", "areas", "languages"),
        *("traditions", "email", "phone", "target_hours", "prefers_with", "credential:Academy", "credential:First aid"),
    )
    row = (
        *("V001", "Zoë  Núñez", "Volunteer", "Lead", "leave", "2027-02-01", "2019-05-06", "VAN NUYS", "West;central"),
        *(
            "spanish; Korean",
            "Catholic;any",
            "zoe@example.org",
            "(213) 555-0123",
            "36",
            "V002",
            "forever",
            "2027-01-31",
        ),
    )
    other = ("V002", "Ben", *[""] * 13, "", "")
    report = imports.run(store, "people", table(tmp_path, header, row, other))
    assert (report.new, report.bad) == (2, ())
    person = one(store)
    assert (person.name, person.kind, person.role, person.status) == ("Zoë Núñez", "volunteer", "lead", "leave")
    assert (person.status_until, person.joined) == (dt.date(2027, 2, 1), dt.date(2019, 5, 6))
    assert (person.languages, person.traditions) == (["Spanish", "Korean"], ["Catholic", "any"])
    assert (person.email, person.phone, person.target_minutes) == ("zoe@example.org", "+12135550123", 2160)
    with store.read() as session:
        areas = {row.id: row.name for row in session.scalars(select(Area))}
        home = session.get_one(Division, person.home_division_id)
        assert (home.name, areas[person.home_area_id or 0]) == ("Van Nuys", "Valley")
        assert {areas[row.area_id] for row in session.scalars(select(ResponderArea))} == {"West", "Central"}
        kinds = {row.id: row for row in session.scalars(select(CredentialKind))}
        held = {kinds[row.kind_id].name: row.expires for row in session.scalars(select(Credential))}
        assert held == {"Academy": None, "First aid": dt.date(2027, 1, 31)}
        assert {row.name: row.blocking for row in kinds.values()}["First aid"] is False
        partner = session.scalars(select(Partner)).one()
        assert (partner.responder_id, partner.grade) == (person.id, "prefers")


def test_a_second_import_changes_nothing_and_leaves_no_act(store: Store, tmp_path: Path) -> None:
    path = table(
        tmp_path,
        ("id", "name", "home_division", "areas", "avoids_with", "phone", "target_hours", "credential:Insurance"),
        ("V001", "Ana", "Mission", "West", "V002", "213-555-0101", 36, "2027-05-01"),
        ("V002", "Ben", "Harbor", "", "", "", "", ""),
    )
    assert imports.run(store, "people", path).new == 2
    before, acts = team_build.everything(store), store.revision()
    again = imports.run(store, "people", path)
    assert (again.new, again.changed, again.unchanged, again.written) == (0, 0, 2, False)
    assert (team_build.everything(store), store.revision()) == (before, acts)


def test_undo_takes_back_an_import_and_redo_repeats_it(store: Store, tmp_path: Path) -> None:
    empty = team_build.everything(store)
    people(store, tmp_path, "V001", "V002")
    full = team_build.everything(store)
    header = ("id", "name", "areas", "prefers_with", "credential:Academy", "credential:New")
    imports.run(store, "people", table(tmp_path, header, ("V001", "V001 Test", "West", "V002", "yes", "2027-01-01")))
    changed = team_build.everything(store)
    assert store.undo().label == "Import people from file.csv"
    assert team_build.everything(store) == full
    store.redo()
    assert team_build.everything(store) == changed
    store.undo()
    assert store.undo().label == "Import people from file.csv"
    assert team_build.everything(store) == empty


def test_a_changed_row_changes_that_person_and_leaves_everyone_else_alone(store: Store, tmp_path: Path) -> None:
    people(store, tmp_path, "V001", "V002", "V003")
    report = imports.run(
        store, "people", table(tmp_path, ("id", "name"), ("V001", "V001 Ana Test"), ("V002", "V002 Test"))
    )
    assert (report.new, report.changed, report.unchanged, report.left_alone) == (0, 1, 1, 1)
    assert "V001 V001 Test is now called V001 Ana Test." in report.notes
    assert (one(store).name, one(store, "V003").name) == ("V001 Ana Test", "V003 Test")


def test_a_column_the_file_lacks_leaves_its_field_and_an_empty_cell_clears_it_where_that_is_asked_for(
    store: Store, tmp_path: Path
) -> None:
    header = ("id", "name", "email", "areas", "credential:Academy", "prefers_with", "avoids_with", "home_division")
    row = ("V001", "Ana", "ana@example.org", "West", "yes", "V002", "V003", "Mission")
    others = [(code, code, *[""] * 6) for code in ("V002", "V003")]
    imports.run(store, "people", table(tmp_path, header, row, *others))
    before = team_build.everything(store)
    assert imports.run(store, "people", table(tmp_path, ("id", "name"), ("V001", "Ana"))).unchanged == 1
    assert team_build.everything(store) == before
    cleared = ("V001", "Ana", "", "", "", "V003", "", "Mission")
    others = [Decisions(), Decisions(empty_clears=True)]
    reports = [imports.run(store, "people", table(tmp_path, header, cleared), decided=each) for each in others]
    assert [report.changed for report in reports] == [1, 1], "first the partner alone"
    assert "Ana (V001): email, Academy, areas" in " ".join(reports[1].notes)
    assert one(store).email == ""
    with store.read() as session:
        assert not session.scalars(select(ResponderArea)).all()
        assert not session.scalars(select(Credential)).all()
        partner = session.scalars(select(Partner)).one()
        assert (partner.other_id, partner.grade) == (one(store, "V003").id, "prefers")


@pytest.mark.parametrize(
    ("header", "row", "column", "value", "reason"),
    [
        (("areas",), ("Valley;Bay",), "areas", "Bay", "crt-scheduler areas add Bay"),
        (("home_area",), ("Far Bay",), "home_area", "Far Bay", "crt-scheduler areas add 'Far Bay'"),
        (("home_division",), ("Quay",), "home_division", "Quay", "crt-scheduler areas add AREA --division Quay"),
        (("home_area", "home_division"), ("West", "Quay"), "home_division", "Quay", "add West --division Quay"),
        (
            ("home_area", "home_division"),
            ("West", "Mission"),
            "home_division",
            "Mission",
            "lies in Valley, not in West",
        ),
        (("kind",), ("vicar",), "kind", "vicar", "volunteer, clergy"),
        (("role",), ("boss",), "role", "boss", "responder, lead, trainee"),
        (("status",), ("gone",), "status", "gone", "active, leave, inactive"),
        (("joined",), ("2027-02-30",), "joined", "2027-02-30", "no day of the calendar"),
        (("joined",), ("May 3rd",), "joined", "May 3rd", "has no year"),
        (("joined",), ("1/32/27",), "joined", "1/32/27", "no day of the calendar"),
        (("status_until",), ("0021-01-01",), "status_until", "0021-01-01", "year"),
        (("email",), ("ana@home",), "email", "ana@home", "e-mail"),
        (("phone",), ("555-0101",), "phone", "555-0101", "digits"),
        (("phone",), ("call me",), "phone", "call me", "not a phone number"),
        (("phone",), ("213-555-0101 x12",), "phone", "213-555-0101 x12", "extension"),
        (("target_hours",), ("many",), "target_hours", "many", "number of hours"),
        (("target_hours",), ("nan",), "target_hours", "nan", "number of hours"),
        (("target_hours",), ("-1",), "target_hours", "-1", "number of hours"),
        (("prefers_with",), ("V999",), "prefers_with", "V999", "neither in the records"),
        (("avoids_with",), ("V001",), "avoids_with", "V001", "their own partner"),
        (("credential:Academy",), ("soon",), "credential:Academy", "soon", "not a date"),
    ],
)
def test_a_bad_cell_is_named_by_line_column_value_and_reason(
    store: Store, tmp_path: Path, header: tuple[str, ...], row: tuple[str, ...], column: str, value: str, reason: str
) -> None:
    found = bad(store, tmp_path, ("id", "name", *header), ("V001", "Ana", *row))
    assert [fault[:3] for fault in found] == [(2, column, value)]
    assert reason in found[0][3]
    assert "--skip-bad" in refused(store, "people", tmp_path / "file.csv")


@pytest.mark.parametrize("code", ["a b", "../x", "-rf", ".hidden", "x" * 41, "CON", "nul.txt", "V1.", "Zoë", "a/b"])
def test_an_id_that_could_not_name_a_file_is_refused(store: Store, tmp_path: Path, code: str) -> None:
    assert bad(store, tmp_path, ("id", "name"), (code, "Ana"), ("V002", "Ben"))[0][:2] == (2, "id")


def test_a_person_without_a_name_and_a_row_of_too_many_cells_are_refused(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "file.csv"
    path.write_text("id,name\nV001,\nV002,Ben,Jr.\n", encoding="utf-8")
    found = imports.run(store, "people", path, dry_run=True).bad
    assert [(fault.line, fault.column) for fault in found] == [(2, "name"), (3, "(beyond the last)")]


def test_two_rows_of_one_id_are_asked_about_naming_both_lines(store: Store, tmp_path: Path) -> None:
    path = table(tmp_path, ("id", "name"), ("V001", "Ana"), ("V002", "Ben"), ("V001", "Eve"))
    sentence = refused(store, "people", path)
    assert "Are lines 2 and 4 one person? Both have the id V001, but line 2 is Ana and line 4 Eve." in sentence


def test_ids_that_differ_only_by_capitals_are_refused(store: Store, tmp_path: Path) -> None:
    people(store, tmp_path, "V001")
    found = bad(store, tmp_path, ("id", "name"), ("v001", "V001 Test"), ("w1", "Ben"), ("W1", "Eve"))
    assert [(fault[0], "only by capitals" in fault[3]) for fault in found] == [(4, True)], "v001 is V001"


def test_with_one_bad_row_nothing_is_written_unless_bad_rows_are_skipped(store: Store, tmp_path: Path) -> None:
    path = table(tmp_path, ("id", "name", "role"), ("V001", "Ana", "lead"), ("V002", "Ben", "boss"))
    sentence = refused(store, "people", path)
    assert 'What does role "boss" mean (1 row, first line 3): responder, lead, trainee?' in sentence
    with pytest.raises(BadRows) as fault:
        imports.run(store, "people", path)
    assert fault.value.report.as_dict()["bad"][0]["value"] == "boss"
    report = imports.run(store, "people", path, skip_bad=True)
    assert (report.new, report.bad_rows, report.written) == (1, 1, True)
    assert '1 bad row was left out: line 3, column role, "boss"' in report.sentence()


def test_whoever_names_a_person_of_a_bad_row_is_left_out_with_it(store: Store, tmp_path: Path) -> None:
    path = table(
        tmp_path,
        ("id", "name", "role", "prefers_with"),
        ("V001", "Ana", "", "V002"),
        ("V002", "Ben", "", "V003"),
        ("V003", "Eve", "boss", ""),
        ("V004", "Ida", "", ""),
    )
    report = imports.run(store, "people", path, skip_bad=True)
    assert (report.new, report.bad_rows) == (1, 3)


def test_many_bad_rows_are_counted_and_the_first_five_told(store: Store, tmp_path: Path) -> None:
    path = table(tmp_path, ("id", "name", "phone"), *((f"V{n}", "Ana", f"12{n}") for n in range(30)))
    sentence = refused(store, "people", path)
    assert "30 rows cannot be read, so nothing was written" in sentence
    assert sentence.count('"12') == 5
    assert "; and 25 more. " in sentence


def test_the_same_fault_on_many_lines_is_told_once(store: Store, tmp_path: Path) -> None:
    path = table(tmp_path, ("id", "name", "joined"), *((f"V{n}", "Ana", "May") for n in range(30)))
    assert 'Line 2 and 29 more lines, column joined, "May": is not a date' in refused(store, "people", path)


def test_a_dry_run_says_what_would_happen_and_writes_nothing(store: Store, tmp_path: Path) -> None:
    before = team_build.everything(store)
    report = imports.run(store, "people", table(tmp_path, ("id", "name"), ("V001", "Ana")), dry_run=True)
    assert (report.new, report.dry_run, report.written) == (1, True, False)
    assert report.sentence() == "file.csv: 1 would be added, 0 changed, 0 unchanged."
    assert team_build.everything(store) == before


def test_a_missing_column_is_named_with_those_found_and_the_way_to_map_it(store: Store, tmp_path: Path) -> None:
    path = table(tmp_path, ("badge", "name"), ("V001", "Ana"))
    sentence = refused(store, "people", table(tmp_path, ("badge", "who"), ("V001", "Ana"), name="nameless.csv"))
    assert "badge, who" in sentence
    assert "--map name=THEIRS" in sentence
    assert imports.run(store, "people", path, mapping={"id": "Badge"}).new == 1


def test_a_mapping_to_nothing_is_refused(store: Store, tmp_path: Path) -> None:
    path = table(tmp_path, ("id", "name"), ("V001", "Ana"))
    assert "has no such column" in refused(store, "people", path, mapping={"email": "mail"})
    assert "no field 'mail'" in refused(store, "people", path, mapping={"mail": "name"})


def test_a_credential_may_be_mapped_and_two_of_one_name_are_refused(store: Store, tmp_path: Path) -> None:
    path = table(tmp_path, ("id", "name", "Ins. until"), ("V001", "Ana", "2027-01-01"))
    assert imports.run(store, "people", path, mapping={"credential:Insurance": "Ins. until"}).new == 1
    path = table(tmp_path, ("id", "name", "credential:A", "Credential: a"), ("V001", "Ana", "", ""))
    assert "Call each credential:NAME, once" in refused(store, "people", path)


def test_columns_that_are_not_used_are_told(store: Store, tmp_path: Path) -> None:
    report = imports.run(store, "people", table(tmp_path, ("id", "name", "langauges"), ("V001", "Ana", "Farsi")))
    assert "Columns not used: langauges." in report.sentence()


def test_a_file_of_no_people_is_refused(store: Store, tmp_path: Path) -> None:
    assert "holds no people" in refused(store, "people", table(tmp_path, ("id", "name")))


def test_an_unknown_kind_of_file_is_refused(store: Store, tmp_path: Path) -> None:
    assert "Choose one of: people, availability" in refused(store, "pets", table(tmp_path, ("id", "name")))


def test_people_come_from_a_workbook_as_from_text(store: Store, tmp_path: Path) -> None:
    header = ("id", "name", "joined", "target_hours")
    text = table(tmp_path, header, ("V001", "Ana", "2020-02-29", 36))
    imports.run(store, "people", text)
    book = table(tmp_path, header, ("V001", "Ana", "2020-02-29", 36.0), name="people.xlsx")
    assert imports.run(store, "people", book).unchanged == 1
