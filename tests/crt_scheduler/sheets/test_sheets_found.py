"""The table in a file as teams have it: title rows, totals, merged cells, several sheets, old and open formats."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from crt_scheduler import imports, lines, person_fields, sheets
from crt_scheduler.errors import CrtError
from crt_scheduler.imports import kinds, opening
from crt_scheduler.lines import SheetLine

CASES = Path(__file__).resolve().parents[2] / "cases"
PEOPLE = ("id", "name", "home_area")


def book(path: Path, **tabs: list[list[Any]]) -> Path:
    """Write a workbook of sheets, each of rows; a sheet whose name begins with an underline is hidden."""
    made = Workbook()
    made.remove(made.active)  # type: ignore[arg-type]
    for name, rows in tabs.items():
        page = made.create_sheet(name.strip("_").replace("_", " "))
        page.sheet_state = "hidden" if name.startswith("_") else "visible"
        for row in rows:
            page.append(row)
    made.save(path)
    return path


def text(path: Path, content: str, encoding: str = "utf-8") -> Path:
    """Write a text file."""
    path.write_bytes(content.encode(encoding))
    return path


def found(kind: str, path: Path, **place: Any) -> sheets.Sheet:
    """Read a file as a kind of records."""
    return opening.read([kinds.named(kind)], path, imports.Place(**place))


def cells(sheet: sheets.Sheet) -> list[tuple[str, ...]]:
    """Return the rows as they were read."""
    return [tuple(row.cells[name] for name in sheet.header) for row in sheet.rows]


def test_a_title_above_and_a_total_below_are_no_people_and_are_named(tmp_path: Path) -> None:
    rows = [
        ["Crisis Response Team, November"],
        [],
        [*PEOPLE, "hours"],
        ["V1", "Ana", "Valley", 3],
        ["", "TOTAL", "", 3],
    ]
    sheet = found("people", book(tmp_path / "p.xlsx", Team=[*rows, ["Updated by the office 5 Jan"]]))
    assert (sheet.header_line, [row.line for row in sheet.rows]) == (3, [4])
    assert [(each.line, each.why) for each in sheet.left_out] == [
        (1, "above the headers"),
        (5, "a total"),
        (6, "a note"),
    ]
    assert any("line 5 (“TOTAL 3”)" in said for said in opening.remarks(sheet))


def test_a_line_that_was_left_out_is_taken_where_that_is_asked_for(tmp_path: Path) -> None:
    path = text(tmp_path / "p.csv", "id,name,home_area\nV1,Ana,Valley\nTotal,,\n")
    assert [row.line for row in found("people", path).rows] == [2]
    assert [row.line for row in found("people", path, keep=frozenset({3})).rows] == [2, 3]


def test_somebody_who_is_called_like_a_total_stays_a_person(tmp_path: Path) -> None:
    path = text(
        tmp_path / "p.csv", "name,email,home_area,phone\nTotal,t@example.org,Valley,\nSum Lee,,,\nAna Note,,,\n"
    )
    assert [row.line for row in found("people", path).rows] == [2, 3, 4]


def test_headers_that_come_again_on_each_page_are_no_rows(tmp_path: Path) -> None:
    path = text(tmp_path / "p.csv", "id,name,home_area\nV1,Ana,Valley\nID,Name,Home_Area\nV2,Ben,Valley\n")
    assert [row.cells["id"] for row in found("people", path).rows] == ["V1", "V2"]


def test_the_header_row_can_be_named_and_one_that_is_empty_is_refused(tmp_path: Path) -> None:
    path = text(tmp_path / "p.csv", "id,name\ncode,called\nV1,Ana\n\n")
    assert found("people", path, header_line=2).header == ("code", "called")
    with pytest.raises(CrtError, match=r"line 4 holds nothing"):
        found("people", path, header_line=4)


def test_the_sheet_that_fits_is_read_and_hidden_ones_never(tmp_path: Path) -> None:
    old = [[*PEOPLE], ["V9", "Old Member", "Valley"]]
    new = [[*PEOPLE], ["V1", "Ana", "Valley"]]
    sheet = found("people", book(tmp_path / "p.xlsx", _Lists=old, Read_me=[["Fill in the next sheet"]], Team=new))
    assert (sheet.name, sheet.not_read, sheet.hidden) == ("Team", ("Read me",), ("Lists",))
    assert cells(sheet) == [("V1", "Ana", "Valley")]
    assert found("people", tmp_path / "p.xlsx", sheets=("lists",)).rows[0].cells["id"] == "V9"


def test_sheets_of_one_header_are_read_together_and_each_row_knows_its_sheet(tmp_path: Path) -> None:
    header = ["person", "from", "to", "grade"]
    months = {n: [header, ["V1", f"2027-0{k}-09", "", "cannot"]] for k, n in enumerate(("Jan", "Feb"), 1)}
    sheet = found("availability", book(tmp_path / "a.xlsx", **months, Notes=[["nothing"]]))
    assert [(row.sheet, lines.row_of(row.line), row.cells["from"]) for row in sheet.rows] == [
        ("Jan", 2, "2027-01-09"),
        ("Feb", 2, "2027-02-09"),
    ]
    assert "The sheets Jan, Feb were read together." in opening.remarks(sheet)


@pytest.mark.parametrize("other", ["Team_old", "Copy_of_Team", "Archive"])
def test_a_copy_of_the_table_is_asked_about(tmp_path: Path, other: str) -> None:
    rows = [[*PEOPLE], ["V1", "Ana", "Valley"]]
    path = book(tmp_path / "p.xlsx", **{"Team": rows, other: rows})
    with pytest.raises(CrtError, match=r"--sheet \"Team\" --sheet"):
        found("people", path)
    assert found("people", path, sheets=("Team",)).name == "Team"


def test_a_sheet_that_is_not_there_is_refused_with_those_that_are(tmp_path: Path) -> None:
    path = book(tmp_path / "p.xlsx", Team=[[*PEOPLE], ["V1", "Ana", "Valley"]])
    with pytest.raises(CrtError, match=r"no sheet called 'Teem'\. Its sheets are: Team"):
        found("people", path, sheets=("Teem",))


@pytest.mark.parametrize("end", ["xlsx", "xls", "ods"])
def test_a_merged_cells_value_holds_in_every_cell_it_covers(end: str) -> None:
    where = "02-merged" if end == "xlsx" else "books"
    rows = cells(found("availability", CASES / where / f"availability.{end}"))
    day = "2027-01-09 00:00:00"
    assert [(row[0], row[2]) for row in rows] == [(day, "V001"), (day, "V002"), (day, "V003")]
    roster = cells(found("roster", CASES / where / f"roster.{end}"))
    assert [row[1:] for row in roster] == [
        ("night", "Valley", "lead", "V001"),
        ("night", "Valley", "responder", "V002"),
    ]
    sheet = found("people", CASES / where / f"people_header.{end}")
    assert [row[1] for row in cells(sheet)] == ["Maria Lopez", "Maria Santos"]
    assert "The columns B, C lie under one header and are read as one: name." in sheet.remarks


def test_a_heading_merged_across_the_table_fills_no_row(tmp_path: Path) -> None:
    path = tmp_path / "p.xlsx"
    made = Workbook()
    page = made.worksheets[0]
    for row in ([*PEOPLE], ["Valley Bureau"], ["V1", "Ana", "Valley"]):
        page.append(row)
    page.merge_cells("A2:C2")
    made.save(path)
    sheet = found("people", path)
    assert (cells(sheet), [each.why for each in sheet.left_out]) == ([("V1", "Ana", "Valley")], ["a heading"])


@pytest.mark.parametrize("end", ["xls", "ods"])
def test_faults_and_formulas_are_read_as_the_sheet_shows_them(end: str) -> None:
    sheet = sheets.read(CASES / "books" / f"formulas.{end}")
    assert cells(sheet)[0][1:] == ("#N/A", "#DIV/0!", "2")
    assert cells(sheet)[1][1] == "#N/A"
    assert cells(sheet)[1][3] == "2027-01-09 00:00:00"


@pytest.mark.parametrize("end", ["xls", "ods"])
def test_hidden_sheets_dates_and_times_of_other_programs_are_read_alike(end: str) -> None:
    sheet = found("people", CASES / "books" / f"hidden_first.{end}")
    assert (sheet.name, sheet.hidden, len(sheet.rows)) == ("People", ("Lists",), 2)
    log = found("incidents", CASES / "books" / f"incidents.{end}")
    assert cells(log) == [
        ("26-0001", "2026-11-09 00:00:00", "18:05:00", "Valley"),
        ("26-0002", "2026-11-10 00:00:00", "00:00:00", "Valley"),
    ]


@pytest.mark.parametrize("end", ["xls", "ods"])
def test_a_damaged_or_locked_file_is_refused_in_a_sentence(tmp_path: Path, end: str) -> None:
    whole = (CASES / "books" / f"people_header.{end}").read_bytes()
    for n in range(0, len(whole), max(1, len(whole) // 60)):
        path = tmp_path / f"cut.{end}"
        path.write_bytes(whole[:n] + bytes([whole[n] ^ 0xFF]) + whole[n + 1 :] if n % 2 else whole[: n + 1])
        try:
            found("people", path)
        except CrtError as refused:
            assert "cut." in str(refused) and str(refused).endswith(".")


def test_a_column_without_a_name_is_named_by_its_letter_as_not_used() -> None:
    found_ = imports.preview("people", CASES / "02-merged" / "unnamed_column.csv")
    assert found_.unused == ("Column C",)


def test_two_columns_of_one_name_are_told_apart_and_refused_where_they_differ(tmp_path: Path) -> None:
    same = sheets.read(text(tmp_path / "same.csv", "id,name,ID\nV1,Ana,V1\n"))
    assert same.header == ("id", "name", "ID (2)")
    from crt_scheduler.imports.change_plan import columns

    assert columns(same, {}, known=person_fields.ALL, required=("id",)).named("id") == "id"
    other = sheets.read(text(tmp_path / "other.csv", "id,name,ID\nV1,Ana,1\n"))
    with pytest.raises(CrtError, match=r"differ on line 2.*--map id=\"ID \(2\)\""):
        columns(other, {}, known=person_fields.ALL, required=("id",))
    assert columns(other, {"id": "ID (2)"}, known=person_fields.ALL, required=("id",)).named("id") == "ID (2)"
    assert columns(other, {"id": "id"}, known=person_fields.ALL, required=("id",)).named("id") == "id"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "cp1252"])
def test_any_usual_encoding_is_read(tmp_path: Path, encoding: str) -> None:
    sheet = sheets.read(text(tmp_path / "p.csv", "id,name\nV1,Zoë Núñez\nV2,José\n", encoding))
    assert cells(sheet) == [("V1", "Zoë Núñez"), ("V2", "José")]


@pytest.mark.parametrize("first", ["sep=;", '"sep=;"', "SEP=;", "sep=;;;", " Sep=;"])
def test_the_line_that_names_the_delimiter_is_none_of_the_table(tmp_path: Path, first: str) -> None:
    sheet = sheets.read(text(tmp_path / "p.csv", f"{first}\r\nid;name\r\nV1;Ana, Ben\r\n"))
    assert (cells(sheet), sheet.rows[0].line) == ([("V1", "Ana, Ben")], 3)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    delimiter=st.sampled_from(",;\t|"),
    title=st.sampled_from(["", "Volunteers, all of them", "Team; Valley", "A | B"]),
    hours=st.lists(st.sampled_from(["37,5", "36", "1,5", ""]), min_size=2, max_size=6),
)
def test_the_delimiter_is_found_whatever_the_title_and_the_numbers_hold(
    tmp_path: Path, delimiter: str, title: str, hours: list[str]
) -> None:
    quoted = [f'"{each}"' if delimiter in each else each for each in hours]
    lines = [title, delimiter.join(("id", "name", "home_area", "target_hours"))]
    lines += [delimiter.join((f"V{n}", "Ana", "Valley", each)) for n, each in enumerate(quoted)]
    sheet = found("people", text(tmp_path / "p.csv", "\n".join(lines)))
    assert [row.cells["target_hours"] for row in sheet.rows] == hours


@pytest.mark.parametrize("name", ["incidents.csv", "incidents.xlsx"])
def test_a_date_and_a_time_in_two_columns_are_one_moment_by_itself(name: str) -> None:
    found_ = imports.preview("incidents", CASES / "06-date-time-columns" / name)
    assert found_.mapping()["timestamp"] == "date + time"
    assert not found_.unused


def test_a_form_is_told_from_its_answers_and_a_log_from_a_list_of_people(tmp_path: Path) -> None:
    assert imports.preview("people", CASES / "19-wide" / "google_form.csv").header_line == 1
    log = text(tmp_path / "log.csv", "DR No,Date,Time,Area,Type\n1,2026-01-02,18:05,Valley,suicide\n")
    people = text(tmp_path / "p.csv", "First Name,Last Name,E-mail,Bureau\nAna,Ruiz,a@example.org,Valley\n")
    assert (imports.kind_of(log), imports.kind_of(people)) == ("incidents", "people")


@pytest.mark.parametrize("kind", kinds.NAMES)
def test_every_kind_of_file_can_be_looked_at(tmp_path: Path, kind: str) -> None:
    fields = kinds.named(kind).fields
    found_ = imports.preview(
        kind, text(tmp_path / "f.csv", ",".join(fields) + "\n" + ",".join("1" for _ in fields) + "\n")
    )
    assert (found_.missing, found_.unused, [m for m in found_.matched if m.is_guess]) == ((), (), [])


MONTHS = ("person", "from", "to", "grade")


def months(folder: Path, **rows: list[list[str]]) -> Path:
    """Return a workbook with a sheet of availability for each month."""
    return book(folder / "a.xlsx", **{name: [[*MONTHS], *each] for name, each in rows.items()})


def test_a_line_of_a_further_sheet_is_said_by_its_row_and_sheet_and_comes_after_those_before(tmp_path: Path) -> None:
    path = months(tmp_path, Mar=[["V1", "2027-03-09", "", "cannot"]] * 2, Feb=[["V1", "2027-02-09", "", "cannot"]] * 3)
    there = [row.line for row in found("availability", path).rows]
    assert [str(line) for line in there] == [
        "2 of sheet Mar", "3 of sheet Mar", "2 of sheet Feb", "3 of sheet Feb", "4 of sheet Feb",
    ]  # fmt: skip
    assert sorted(there) == there, "in the order of the sheets"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("3", 3),
        (" 12 ", 12),
        ("Feb!3", SheetLine(3, "feb", 7)),
        ("'Feb 2027'!3", SheetLine(3, "Feb 2027")),
        ("Now!!3", SheetLine(3, "Now!")),
        ("A=B!3", SheetLine(3, "A=B")),
    ],
)
def test_a_line_is_named_by_its_number_and_its_sheet_as_spreadsheets_do(text: str, line: int) -> None:
    assert lines.read_line(text) == line
    assert lines.read_line(lines.written(line)) == line


@pytest.mark.parametrize("text", ["", "three", "Feb!", "!3", "-3", "3!Feb", "12345678", "3.0"])
def test_a_text_that_names_no_line_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        lines.read_line(text)


@pytest.mark.parametrize(
    ("pair", "line", "who"),
    [
        ("3=V001", 3, "V001"),
        ("Feb!3=V001", SheetLine(3, "Feb"), "V001"),
        ("Feb!3=Jan!2", SheetLine(3, "Feb"), "Jan!2"),
        ("A=B!3=V001", SheetLine(3, "A=B"), "V001"),
    ],
)
def test_an_answer_names_a_line_and_whom_it_is(pair: str, line: int, who: str) -> None:
    match = lines.PAIR.fullmatch(pair)
    assert match is not None and (lines.read_line(match[1]), match[3]) == (line, who)


def test_a_note_of_one_sheet_is_taken_as_a_row_of_that_sheet_alone(tmp_path: Path) -> None:
    rows = [["V1", "2027-02-09", "", "cannot"], ["Note: from here on by phone", "", "", ""]]
    path = months(tmp_path, Jan=rows, Feb=rows)
    sheet = found("availability", path)
    assert [lines.written(each.line) for each in sheet.left_out] == ["Jan!3", "Feb!3"]
    taken = found("availability", path, keep=frozenset({SheetLine(3, "feb")}))
    assert [lines.written(row.line) for row in taken.rows] == ["Jan!2", "Feb!2", "Feb!3"]
