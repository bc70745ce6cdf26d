"""Files as people have them: encodings, delimiters, workbooks, what is no table, and cells no spreadsheet will run."""

from __future__ import annotations

import csv
import datetime as dt
import io
import os
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from crt_scheduler import limits, sheets
from crt_scheduler.errors import CrtError
from crt_scheduler.sheets import delimited

PEOPLE = "id,name\nV001,Zoë Núñez\n"


def written(folder: Path, content: bytes | str, name: str = "people.csv") -> Path:
    """Return the path of a file with the content."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def refusal(path: Path) -> str:
    """Return the sentence with which a file is refused."""
    with pytest.raises(CrtError) as refused:
        sheets.read(path)
    return str(refused.value)


@given(st.text("azAZ \n,1éŽŸŠ‡€—–", max_size=8))
def test_an_old_macs_letters_are_looked_for_by_a_sign_in_every_word_that_holds_them(text: str) -> None:
    found = delimited._OLD_MAC.search(text)
    assert (delimited._OLD_MAC_SIGN.search(text) is not None) == (found is not None)


def test_lines_without_a_word_below_a_header_end_at_the_last_row_a_sheet_has(tmp_path: Path) -> None:
    path = written(tmp_path, "id,name\n" + "\n" * limits.LAST_ROW)
    assert refusal(path).startswith("people.csv has a row 1,048,577; the last one of a sheet is 1,048,576.")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_names_survive_utf8_with_or_without_bom_and_cp1252(tmp_path: Path, encoding: str) -> None:
    sheet = sheets.read(written(tmp_path, PEOPLE.encode(encoding)))
    assert sheet.header == ("id", "name")
    assert sheet.rows[0].cells == {"id": "V001", "name": "Zoë Núñez"}


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_is_seen_in_the_header(tmp_path: Path, delimiter: str) -> None:
    text = f'id{delimiter}name{delimiter}"a, b; c"\r\n1{delimiter}Ana{delimiter}"x;y,z"\r\n'
    row = sheets.read(written(tmp_path, text)).rows[0]
    assert row.cells == {"id": "1", "name": "Ana", "a, b; c": "x;y,z"}


def test_the_line_excel_writes_before_the_header_names_the_delimiter(tmp_path: Path) -> None:
    sheet = sheets.read(written(tmp_path, "sep=;\r\nid;name\r\n1;Ana\r\n"))
    assert (sheet.header, sheet.rows[0].line) == (("id", "name"), 3)


def test_rows_bear_the_line_a_person_sees_past_blank_lines_and_quoted_line_breaks(tmp_path: Path) -> None:
    text = 'id,name\n\n1,"Ana\nMaria"\n,\n2,Ben\n'
    rows = sheets.read(written(tmp_path, text)).rows
    assert [(row.line, row.cells["id"]) for row in rows] == [(3, "1"), (6, "2")]
    assert rows[0].cells["name"] == "Ana\nMaria"


def test_short_rows_are_filled_and_cells_beyond_the_header_are_kept_apart(tmp_path: Path) -> None:
    first, second = sheets.read(written(tmp_path, "id,name,\n1\n2,Ben,,Cleo\n")).rows
    assert first.cells == {"id": "1", "name": ""}
    assert second.beyond == ("Cleo",)


def test_a_workbook_gives_iso_dates_times_and_whole_numbers(tmp_path: Path) -> None:
    book = Workbook()
    page = book.active
    assert page is not None
    page.append(["id", "joined", "start", "at", "hours", "share"])
    page.append([7, dt.date(2027, 1, 31), dt.time(18, 5), dt.datetime(2027, 3, 14, 2, 30, 59, 999_000), 36.0, 0.5])
    page.append([None] * 6)
    page.append(["8", None, dt.timedelta(hours=30), None, None, True])
    path = tmp_path / "people.xlsx"
    book.save(path)
    book.close()
    rows = sheets.read(path).rows
    assert list(rows[0].cells.values()) == ["7", "2027-01-31 00:00:00", "18:05:00", "2027-03-14 02:31:00", "36", "0.5"]
    assert (rows[1].line, rows[1].cells["start"]) == (4, "30:00")


def test_a_workbook_is_known_by_what_it_holds_whatever_its_name(tmp_path: Path) -> None:
    path = written(tmp_path, sheets.xlsx_bytes(("id",), [["7"]], title="people"), "people.csv")
    assert sheets.read(path).rows[0].cells == {"id": "7"}


@pytest.mark.parametrize(
    ("content", "name", "says"),
    [
        (b"", "people.csv", "is empty"),
        (b"\xef\xbb\xbf\r\n \n", "people.csv", "is empty"),
        (b",,\n,,\n", "people.csv", "is empty"),
        (b"\xff\xfei\x00d\x00,\x00\x00\xd8", "people.csv", "UTF-16"),
        ("id,name\nV001,José\nV002,Zoë\n".encode("mac_roman"), "people.csv", "line 2: is JosŽ meant to be José?"),
        (bytes(range(256)) * 40, "people.csv", "CSV UTF-8"),
        (b"\x89PNG\r\n\x1a\n\x05\x06\x07", "people.csv", "not a text file"),
        (b"id,name\nV001,Zo\x81\n", "people.csv", "no text that can be read"),
        ("id,name\nV001,Zoë\n".encode() + b"V002,Zo\xeb\n", "people.csv", "line 3"),
        (b"id,name\n", "people.xlsx", "not an Excel workbook"),
        (b"PK\x03\x04 and no more", "people.xlsx", "not an Excel workbook"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
            "people.xls",
            "is no Excel workbook, is damaged, or is locked",
        ),
        (b'id,name\nV001,"Ana\nV002,Ben\n', "people.csv", "line 2: the quotes"),
        (b'id,name\n"V001"x,Ana\n', "people.csv", "line 2: the quotes"),
    ],
)
def test_what_is_no_table_is_refused_in_a_sentence_that_names_the_file(
    tmp_path: Path, content: bytes, name: str, says: str
) -> None:
    sentence = refusal(written(tmp_path, content, name))
    assert name in sentence
    assert says in sentence
    assert sentence.endswith(".")


def test_random_bytes_are_refused_or_read_but_never_a_fault(tmp_path: Path) -> None:
    for n in range(200):
        content = os.urandom(1 + n % 97)
        try:
            sheets.read(written(tmp_path, content, "noise.xlsx" if n % 3 == 0 else "noise.csv"))
        except CrtError as refused:
            assert "noise" in str(refused)


def test_a_zip_that_holds_no_workbook_is_refused(tmp_path: Path) -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("readme.txt", "hello")
    assert "not an Excel workbook" in refusal(written(tmp_path, held.getvalue(), "people.xlsx"))


def test_a_file_that_is_not_there_and_a_folder_are_named(tmp_path: Path) -> None:
    assert "There is no file at" in refusal(tmp_path / "people.csv")
    assert "is a folder" in refusal(tmp_path)
    assert "cannot be read" in refusal(tmp_path / ("long" * 100))


@pytest.mark.parametrize("cell", ["=1+1", "+49", "-x", "@SUM(A1)", "\tx", "\rx", " =1"])
def test_a_cell_that_begins_like_a_formula_gets_an_apostrophe(cell: str) -> None:
    assert sheets.safe(cell) == "'" + cell


@pytest.mark.parametrize("cell", ["Ana", "", "a=b", 7, -7, -0.5, None])
def test_other_cells_and_numbers_are_left_as_they_are(cell: sheets.Cell) -> None:
    assert sheets.safe(cell) == cell


CELLS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=12)


TYPED = (CELLS | st.text("=+-@\",;\n' x", max_size=6)).filter(lambda cell: not cell.lstrip().startswith("'"))


@given(st.lists(st.lists(TYPED, min_size=3, max_size=3), max_size=8))
def test_what_is_written_as_csv_reads_back_the_same(
    tmp_path_factory: pytest.TempPathFactory, table: list[list[str]]
) -> None:
    path = tmp_path_factory.mktemp("csv") / "table.csv"
    sheets.write(path, ("a", "b", "c"), table)
    kept = [[cell.strip() for cell in row] for row in table]
    assert [list(row.cells.values()) for row in sheets.read(path).rows] == [row for row in kept if any(row)]


def test_an_apostrophe_somebody_typed_stays_unless_it_guards_a_formula_sign(tmp_path: Path) -> None:
    (tmp_path / "theirs.csv").write_text("a,b\n't Hooft,'=1\n", encoding="utf-8")
    (row,) = sheets.read(tmp_path / "theirs.csv").rows
    assert list(row.cells.values()) == ["'t Hooft", "=1"]
    sheets.write(tmp_path / "ours.csv", ("a", "b", "c"), [["'t Hooft", "'=1", "' +1"]])
    (row,) = sheets.read(tmp_path / "ours.csv").rows
    assert list(row.cells.values()) == ["'t Hooft", "'=1", "' +1"]


@given(st.lists(CELLS | st.text("=+-@\t\r x", max_size=6), min_size=1, max_size=8))
def test_no_written_cell_begins_like_a_formula(cells: list[str]) -> None:
    text = sheets.csv_bytes(("a",), [[cell] for cell in cells]).decode()
    for row in list(csv.reader(io.StringIO(text, newline="")))[1:]:
        assert not row or not row[0].lstrip().startswith(("=", "+", "-", "@"))


def test_a_written_workbook_reads_back_and_holds_no_formula(tmp_path: Path) -> None:
    path = tmp_path / "roster.xlsx"
    sheets.write(path, ("name", "hours"), [["=1+1", 36], ["Zoë\x07", -2.5]])
    assert [row.cells for row in sheets.read(path).rows] == [
        {"name": "=1+1", "hours": "36"},
        {"name": "Zoë", "hours": "-2.5"},
    ]
    book = load_workbook(path)
    page = book.active
    assert page is not None
    assert (page["A2"].value, page["A2"].data_type) == ("'=1+1", "s")
    book.close()


def test_the_same_table_is_the_same_bytes() -> None:
    once = sheets.xlsx_bytes(("a",), [["x"]], title="2027-01/Valley")
    with zipfile.ZipFile(io.BytesIO(once)) as book:
        core = book.read("docProps/core.xml").decode()
        assert {info.date_time[0] for info in book.infolist()} == {1980}
    assert f"{dt.datetime.now(dt.UTC):%Y-%m-%d}" not in core
    assert once == sheets.xlsx_bytes(("a",), [["x"]], title="2027-01/Valley")


def test_a_file_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(CrtError, match="cannot be written"):
        sheets.write(tmp_path, ("a",), [["x"]])


def test_a_hundred_blanks_in_a_cell_are_one_and_fewer_stay(tmp_path: Path) -> None:
    few, many = "Ana" + " " * 99 + "Ruiz", "Ana" + " " * 20_000 + "Ruiz"
    (tmp_path / "people.csv").write_text(f"few,many\n{few},{many}\n", encoding="utf-8")
    (row,) = sheets.read(tmp_path / "people.csv").rows
    assert row.cells == {"few": few, "many": "Ana Ruiz"}
