"""Files that people bring, whatever they are: read within limits, or refused in a sentence that names the file."""

from __future__ import annotations

import datetime as dt
import io
import os
import random
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from crt_scheduler import limits, reading, sheets
from crt_scheduler.errors import CrtError
from crt_scheduler.sheets import sheet_rows, table
from tests.drills import bombs, other_bombs
from tests.drills.fuzz import Line, tried
from tests.drills.readers import READERS, Reader, Real

SHEET = "xl/worksheets/sheet1.xml"


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Real:
    """Return the sample city's files, and records they fit into."""
    return Real(tmp_path_factory.mktemp("real"))


def refusal(path: Path) -> str:
    """Return the sentence with which a file is refused."""
    with pytest.raises(CrtError) as refused:
        sheets.read(path)
    return str(refused.value)


def book(folder: Path, *rows: str) -> Path:
    """Return a workbook of rows given as XML, beneath a header of id and name."""
    return bombs.workbook(bombs.HEAD + "".join(rows))(folder)


@pytest.mark.parametrize("bomb", [*bombs.small(), *other_bombs.small()], ids=lambda bomb: bomb.name)
def test_a_small_file_that_would_fill_the_machine_is_refused_or_read_at_once(tmp_path: Path, bomb: bombs.Bomb) -> None:
    path = bomb.make(tmp_path)
    try:
        sheets.read(path)
    except CrtError as refused:
        assert path.name in str(refused) or str(path) in str(refused) or ascii(path.name)[1:-1] in str(refused)
        assert str(refused).endswith(".")


def test_a_row_numbered_beyond_all_rows_is_refused_and_the_remedy_named(tmp_path: Path) -> None:
    sentence = refusal(book(tmp_path, bombs.row(999_999_999, ("A999999999", "x"))))
    assert sentence.startswith("bomb.xlsx has a row 999,999,999")
    assert "delete the empty rows and save it again" in sentence


def test_a_row_far_below_is_read_without_the_rows_between(tmp_path: Path) -> None:
    sheet = sheets.read(book(tmp_path, bombs.row(limits.LAST_ROW, ("A1048576", "A1"))))
    assert [(row.line, row.cells["id"]) for row in sheet.rows] == [(limits.LAST_ROW, "A1")]


def test_cells_far_right_are_refused_with_what_to_delete(tmp_path: Path) -> None:
    sentence = refusal(book(tmp_path, bombs.row(2, ("A2", "A1"), ("XFD2", "x"))))
    assert "line 2: a cell stands beyond the 500th column. Delete the columns right of the table" in sentence


def rows_file(folder: Path, count: int) -> Path:
    """Return a CSV file of so many rows of one cell."""
    return bombs.long(b"id\n", b"x\n", count)(folder)


def test_as_many_rows_as_the_limit_are_read_and_one_more_is_refused(tmp_path: Path) -> None:
    assert len(sheets.read(rows_file(tmp_path, limits.MOST_ROWS - 1)).rows) == limits.MOST_ROWS - 1
    assert "has more than 600,000 rows. Split it" in refusal(rows_file(tmp_path, limits.MOST_ROWS))


def test_wide_rows_count_by_their_cells(tmp_path: Path) -> None:
    width = limits.MOST_COLUMNS
    head = ",".join(f"c{n}" for n in range(width)).encode() + b"\n"
    path = bombs.long(head, b"1," * (width - 1) + b"1\n", limits.MOST_CELLS // width)(tmp_path)
    assert "has more than 10,000,000 cells" in refusal(path)


def test_a_long_cell_is_named_by_its_line(tmp_path: Path) -> None:
    path = bombs.written("id,name\nA1,Ana\nA2," + "x" * (limits.LONGEST_CELL + 1) + "\n")(tmp_path)
    assert refusal(path).startswith("bomb.csv, line 3: a cell is longer than 32,767 letters. Shorten it")


def test_no_bomb_of_xml_is_unfolded_and_no_file_of_this_machine_read_through_it(tmp_path: Path) -> None:
    for bomb in bombs.small():
        if "laughs" in bomb.name or "file of this machine" in bomb.name:
            folder = tmp_path / str(random.random())
            folder.mkdir()
            assert "is not an Excel workbook, or it is damaged" in refusal(bomb.make(folder))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes with names are of POSIX")
def test_a_pipe_nobody_writes_to_is_refused_without_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "people.csv")
    (tmp_path / "link.csv").symlink_to(tmp_path / "people.csv")
    for name in ("people.csv", "link.csv"):
        assert "is a pipe, not an ordinary file. Name a CSV or XLSX file." in refusal(tmp_path / name)


@pytest.mark.skipif(not hasattr(os, "seteuid"), reason="permissions of POSIX")
def test_a_file_that_may_not_be_read_is_refused_with_the_reason(tmp_path: Path) -> None:
    with bombs.unreadable(tmp_path) as path:
        sentence = refusal(path)
    assert "locked.csv cannot be read (Permission denied). Check its name and permissions." in sentence


def test_a_file_that_grows_while_it_is_read_is_refused(tmp_path: Path) -> None:
    path = bombs.written("id,name\nA1,Ana\n")(tmp_path)
    with pytest.raises(CrtError, match="was changed while it was read"), reading.opened(path) as file:
        assert file.read() == b"id,name\nA1,Ana\n"
        with path.open("ab") as other:
            other.write(b"A2,Ben\n")


def test_a_file_that_is_taken_away_while_it_is_read_is_read_to_its_end(tmp_path: Path) -> None:
    path = bombs.written("id,name\nA1,Ana\n")(tmp_path)
    with reading.opened(path) as file:
        path.unlink()
        assert file.read() == b"id,name\nA1,Ana\n"
    assert "There is no file at" in refusal(path)


def cells() -> st.SearchStrategy[Any]:
    """Return cells as people have them, of every kind that a workbook knows."""
    days = st.dates(dt.date(1901, 1, 1), dt.date(2190, 1, 1))
    moments = st.datetimes(dt.datetime(1901, 1, 1), dt.datetime(2190, 1, 1)).map(lambda at: at.replace(microsecond=0))
    words = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Co"]), max_size=9)
    return st.one_of(
        st.none(), st.booleans(), st.integers(-(10**9), 10**9), st.floats(-1e6, 1e6), days, moments,
        st.times().map(lambda at: at.replace(microsecond=0)), st.timedeltas(dt.timedelta(0), dt.timedelta(days=9)),
        words.filter(lambda word: not word.startswith("=")), st.just("=1+1"), st.just("#N/A"),
    )  # fmt: skip


def by_openpyxl(path: Path) -> list[list[str]]:
    """Return what openpyxl, whose reading has no limits, finds in a workbook; formulas where it finds no value."""
    found = []
    for data_only in (True, False):
        held = load_workbook(path, data_only=data_only)
        page = held.worksheets[0]
        found.append([[sheet_rows.words(cell) for cell in row] for row in page.iter_rows(values_only=True)])
        held.close()
    return [
        [value or (formula if formula.startswith("=") else "") for value, formula in zip(*pair, strict=True)]
        for pair in zip(*found, strict=True)
    ]


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.lists(cells(), min_size=3, max_size=3), min_size=1, max_size=6), st.booleans())
def test_a_workbook_is_read_as_openpyxl_reads_it(
    tmp_path_factory: pytest.TempPathFactory, table: list[list[Any]], is_streamed: bool
) -> None:
    path = tmp_path_factory.mktemp("book") / "book.xlsx"
    held = Workbook(write_only=is_streamed)
    page = held.create_sheet("a", 0)
    for row in (["a", "b", "c"], *table):
        page.append(row)
    held.save(path)
    held.close()
    wanted = [[cell.strip() for cell in row] for row in by_openpyxl(path)[1:]]
    found = {row.line: list(row.cells.values()) for row in sheets.read(path).rows}
    assert found == {n: [_bare(cell) for cell in row] for n, row in enumerate(wanted, start=2) if any(map(_bare, row))}


def _bare(cell: str) -> str:
    """Return a cell as a sheet keeps it: without blanks, and without the apostrophe before a formula's sign."""
    return table.trimmed(cell)


def test_dates_from_1904_rich_texts_and_prefixed_tags_are_read(tmp_path: Path) -> None:
    parts = bombs.parts(
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row><row><c s="1"><v>1.5</v></c></row>',
        strings=f'<x:sst xmlns:x="{bombs.MAIN}"><x:si><x:t>at</x:t></x:si><x:si><x:r><x:t>na</x:t></x:r><x:r>'
        "<x:t>me</x:t></x:r><x:rPh><x:t>aside</x:t></x:rPh></x:si></x:sst>",
        styles=f'<styleSheet xmlns="{bombs.MAIN}"><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>'
        '<xf numFmtId="0"/><xf numFmtId="22"/></cellXfs></styleSheet>',
    )
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace("<sheets>", '<workbookPr date1904="1"/><sheets>')
    sheet = sheets.read(bombs.zipped(tmp_path, {**parts}))
    assert sheet.header == ("at", "name")
    assert sheet.rows[0].cells == {"at": "1904-01-02 12:00:00", "name": ""}


def test_the_first_sheet_is_the_first_of_the_book_wherever_its_part_lies(tmp_path: Path) -> None:
    held = Workbook()
    held.active.append(["second"])  # type: ignore[union-attr]
    held.create_sheet("first", 0).append(["id"])
    held.create_chartsheet("chart", 0)
    held.save(tmp_path / "book.xlsx")
    held.close()
    assert sheets.read(tmp_path / "book.xlsx").header == ("id",)


def changed(folder: Path, part: str, change: Callable[[bytes], bytes]) -> Path:
    """Return a workbook of ours with one part changed."""
    made = sheets.xlsx_bytes(("id", "name"), [["A1", "Ana"]], title="people")
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made)) as held, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as kept:
        for name in held.namelist():
            kept.writestr(name, change(held.read(name)) if name == part else held.read(name))
    return bombs.written(out.getvalue(), "people.xlsx")(folder)


@settings(max_examples=100)
@given(st.binary(max_size=6), st.integers(0, 2_000), st.integers(0, 12))
def test_a_workbook_with_a_sheet_that_was_damaged_is_read_or_refused_in_a_sentence(
    tmp_path_factory: pytest.TempPathFactory, put: bytes, place: int, gone: int
) -> None:
    path = changed(
        tmp_path_factory.mktemp("bitten"), SHEET, lambda part: part[:place] + put + part[place + gone :]
    )  # fmt: skip
    try:
        sheets.read(path)
    except CrtError as refused:
        assert str(refused).startswith("people.xlsx")


@settings(max_examples=100)
@given(st.binary(max_size=400), st.sampled_from([".csv", ".xlsx", ".txt"]))
def test_any_bytes_are_read_or_refused_in_a_sentence(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, ending: str
) -> None:
    path = bombs.written(content, f"noise{ending}")(tmp_path_factory.mktemp("noise"))
    try:
        sheets.read(path)
    except CrtError as refused:
        assert str(refused).startswith("noise")


def inputs(reader: Reader) -> Iterator[int]:
    """Yield the numbers of the inputs that every run gives a reader; the drill gives it hundreds."""
    yield from range(20)


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)
def test_every_reader_reads_or_refuses_what_is_spoilt(real: Real, reader: Reader, capsys: Any) -> None:
    line = Line(reader.name)
    with real.records("try.db") as store:
        for n in inputs(reader):
            made = real.spoilt(reader, random.Random(f"test/{reader.name}/{n}"))
            path = real.place / f"input{made.ending}"
            path.write_bytes(made.content)
            tried(line, reader, store, path, repeat=f"{reader.name} {n}")
    assert (line.inputs, line.traceback) == (20, 0), capsys.readouterr().err


@pytest.mark.parametrize("reader", [reader for reader in READERS if reader.name != "typed words"], ids=lambda r: r.name)
def test_every_reader_takes_the_real_file_that_the_drill_spoils(real: Real, reader: Reader) -> None:
    with real.records("real.db") as store:
        reader.read(store, real.unspoilt(reader))
