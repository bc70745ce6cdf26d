"""Old workbooks as they come: small and large ones, with what no table needs, and none that would fill the machine."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crt_scheduler import limits, sheets
from crt_scheduler.errors import CrtError
from crt_scheduler.sheets.ole import Compound
from tests.drills import old_books, other_bombs
from tests.drills.old_books import record

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=20).filter(
    lambda text: not text.startswith("'")
)


def read(folder: Path, content: bytes) -> sheets.Sheet:
    """Read an old workbook of a stream."""
    path = folder / "people.xls"
    path.write_bytes(old_books.compound(content))
    return sheets.read(path)


@given(table=st.lists(st.lists(WORDS, min_size=3, max_size=3), min_size=1, max_size=8))
def test_a_table_of_any_words_is_read_as_it_was_written(
    tmp_path_factory: pytest.TempPathFactory, table: list[list[str]]
) -> None:
    folder = tmp_path_factory.mktemp("old")
    (folder / "people.xls").write_bytes(old_books.workbook([["a", "b", "c"], *table]))
    rows = sheets.read(folder / "people.xls").rows
    assert [list(row.cells.values()) for row in rows] == [[cell.strip() for cell in row] for row in table]


@pytest.mark.parametrize("length", [9, 511, 512, 4_096, 70_000, 7_200_000])
def test_the_stream_of_a_compound_file_is_found_whatever_its_length(length: int) -> None:
    content = bytes(n % 251 for n in range(4_099)) * (length // 4_099 + 1)
    found = Compound(old_books.compound(content[:length])).stream()
    assert found[:length] == content[:length]
    assert not found[length:].strip(b"\0")


def test_the_cells_of_a_sheet_are_read_beside_what_no_table_needs(tmp_path: Path) -> None:
    note = record(0x001C, struct.pack("<4HHB", 1, 1, 0, 1, 1, 0) + b"x")
    chart = old_books.begun(32) + old_books.number(1, 0, 99.0) + record(old_books.EOF)
    cells = b"".join((other_bombs.HEAD, note, chart, old_books.text(1, 0, "A1"), record(0x01B8, b"?"),
                      record(0x00BE, struct.pack("<HH4H", 1, 1, 0, 0, 0, 3)), old_books.text(1, 1, "Ana")))  # fmt: skip
    (row,) = read(tmp_path, old_books.stream(cells)).rows
    assert row.cells == {"id": "A1", "name": "Ana"}


def test_merged_cells_of_an_old_workbook_hold_their_value_in_each_row(tmp_path: Path) -> None:
    cells = other_bombs.HEAD + old_books.text(1, 0, "A1") + old_books.text(1, 1, "Ana") + old_books.text(2, 1, "Ben")
    merge = record(0x00E5, struct.pack("<HHHHH", 1, 1, 2, 0, 0))
    rows = read(tmp_path, old_books.stream(cells + merge)).rows
    assert [row.cells["id"] for row in rows] == ["A1", "A1"]


def test_the_words_of_a_formula_are_read_though_they_go_on_in_another_record(tmp_path: Path) -> None:
    formula = record(0x0006, struct.pack("<HHH", 1, 0, 0) + b"\0\0\0\0\0\0\xff\xff" + bytes(8))
    words = record(0x0207, struct.pack("<HB", 5, 0) + b"Ana") + record(0x003C, b"\0 R")
    (row,) = read(tmp_path, old_books.stream(other_bombs.HEAD + formula + words)).rows
    assert row.cells["id"] == "Ana R"


@pytest.mark.parametrize(
    ("bomb", "sentence"),
    [
        ("cells far to the right", f"has more than {limits.MOST_OLD_CELLS:,} cells. Split it into smaller files"),
        ("styles without end", f"has more than {limits.MOST_STYLES:,} styles."),
        ("merged cells without end", f"has more than {limits.MOST_STYLES:,} merged cells."),
        ("21 MB", "is larger than 20 MB."),
        ("under a password", "is damaged, or is locked with a password. Save it as"),
        ("texts that go back on themselves", f"has more than {limits.MOST_OLD_CELLS:,} texts."),
        ("sectors of four bytes", "is no Excel workbook, is damaged, or is locked"),
    ],
)
def test_what_would_fill_the_machine_is_refused_with_what_to_do(tmp_path: Path, bomb: str, sentence: str) -> None:
    (found,) = [each for each in (*other_bombs.small(), *other_bombs.large()) if each.name == f"XLS: {bomb}"]
    path = found.make(tmp_path)
    with pytest.raises(CrtError) as refused:
        sheets.read(path)
    assert sentence in str(refused.value)


def test_a_workbook_that_holds_no_sheet_but_charts_is_refused_with_what_to_do(tmp_path: Path) -> None:
    chart = old_books.stream(b"").replace(
        struct.pack("<BBBB", 0, 0, 2, 0) + b"s0", struct.pack("<BBBB", 0, 2, 2, 0) + b"s0"
    )
    with pytest.raises(CrtError, match=r"has no sheet with a table\. Save the table on a sheet and try again\."):
        read(tmp_path, chart)
