"""Cells that hold nothing, a spreadsheet's fault, or a number written another way: in every field of every import."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from crt_scheduler import imports
from crt_scheduler.imports import cell_meaning
from crt_scheduler.store import Store
from crt_scheduler.tables import Incident, Responder
from tests.crt_scheduler import team_build
from tests.crt_scheduler.imports.test_imports_build import refused, table

CASES = Path(__file__).resolve().parents[2] / "cases"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = team_build.team(tmp_path)
    yield opened
    opened.close()


def person(store: Store, code: str) -> Responder:
    """Return one person of the records."""
    with store.read() as session:
        found = session.scalars(select(Responder).where(Responder.code == code)).one()
        session.expunge(found)
        return found


def test_errors_of_formulas_and_truth_values_are_refused_by_their_cell(store: Store) -> None:
    report = imports.run(store, "people", CASES / "56-cells" / "errors.xlsx", dry_run=True)
    found = {(fault.line, fault.column): fault.reason for fault in report.bad}
    assert "a spreadsheet's error" in found[2, "phone"]
    assert "a spreadsheet's error" in found[3, "name"]
    assert "a spreadsheet's yes or no" in found[4, "name"]


def test_a_decimal_comma_is_read_where_it_can_be_nothing_else(store: Store) -> None:
    imports.run(store, "people", CASES / "04-excel-eu" / "decimal_comma.csv")
    assert person(store, "V301").target_minutes == 37 * 60 + 30


@pytest.mark.parametrize(
    "word", ["#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!", "#¡REF!", "#####"]
)
def test_no_field_of_an_import_takes_a_formulas_error(store: Store, tmp_path: Path, word: str) -> None:
    header = ("id", "name", "home_area", "languages", "email", "phone", "joined", "target_hours", "traditions")
    good = ("V001", "Ana", "Valley", "Spanish", "a@example.org", "818-555-0101", "2024-01-01", "36", "Zen")
    for place in range(len(header)):
        row = (*good[:place], word, *good[place + 1 :])
        report = imports.run(store, "people", table(tmp_path, header, row), dry_run=True)
        assert [(fault.column, fault.reason.split(",")[0]) for fault in report.bad if "error" in fault.reason] == [
            (header[place], "is a spreadsheet's error")
        ]


@pytest.mark.parametrize("word", ["-", "--", "–", "—", "n/a", "N/A", "NA", "none", "NULL"])
def test_words_for_nothing_are_empty_cells(store: Store, tmp_path: Path, word: str) -> None:
    header = ("id", "name", "home_area", "languages", "email", "phone", "joined", "target_hours", "traditions")
    row = ("V001", "Ana", "Valley", word, word, word, word, word, word)
    imports.run(store, "people", table(tmp_path, header, row))
    ana = person(store, "V001")
    assert (ana.languages, ana.email, ana.phone, ana.joined, ana.target_minutes, ana.traditions) == (
        [], "", "", None, None, [],
    )  # fmt: skip


def test_a_person_called_na_or_none_keeps_the_name(store: Store, tmp_path: Path) -> None:
    imports.run(store, "people", table(tmp_path, ("id", "name"), ("V001", "Na"), ("V002", "None"), ("V003", "Null")))
    assert [person(store, code).name for code in ("V001", "V002", "V003")] == ["Na", "None", "Null"]


def test_a_whole_number_or_code_with_a_decimal_point_is_the_whole_number(store: Store, tmp_path: Path) -> None:
    imports.run(store, "people", table(tmp_path, ("id", "name", "phone"), ("17.0", "Ana", "8185550101.0")))
    assert person(store, "17").phone == "+18185550101"
    rows = [("9.0", "2026-11-09 18:05", "Valley", "90.0")]
    imports.run(store, "incidents", table(tmp_path, ("number", "timestamp", "area", "duration_min"), *rows))
    with store.read() as session:
        found = session.scalars(select(Incident)).one()
        assert (found.number, found.duration_minutes) == ("9", 90)


def test_a_phone_whose_digits_a_spreadsheet_cut_is_refused(store: Store, tmp_path: Path) -> None:
    path = table(tmp_path, ("id", "name", "phone"), ("V001", "Ana", "8.18555E+09"))
    assert "whose digits a spreadsheet cut off" in refused(store, "people", path)


def hours(store: Store, folder: Path, *texts: str) -> list[int | None]:
    """Return the targets in minutes of an import in which each person has one of the texts."""
    rows = [(f"V{n:03d}", f"Ana {chr(65 + n)}", text) for n, text in enumerate(texts)]
    imports.run(store, "people", table(folder, ("id", "name", "target_hours"), *rows))
    with store.read() as session:
        return list(session.scalars(select(Responder.target_minutes).order_by(Responder.code)))


def test_thousands_and_decimals_are_told_apart_by_the_column_or_refused(store: Store, tmp_path: Path) -> None:
    assert hours(store, tmp_path, "37,5", "36,250", "12") == [2250, 2175, 720]
    path = table(tmp_path, ("id", "name", "target_hours"), ("V011", "Eve", "1,234"))
    assert "may mean 1234 or 1.234; write it without a comma" in refused(store, "people", path)
    path = table(tmp_path, ("id", "name", "target_hours"), ("V011", "Eve", "37.5"), ("V012", "Fay", "1,234"))
    assert "is not a number of hours a month" in refused(store, "people", path)


@given(st.integers(0, 9_999_999), st.integers(0, 99))
def test_a_number_reads_back_from_every_countrys_way_of_writing_it(whole: int, cents: int) -> None:
    value = float(f"{whole}.{cents:02d}")
    english, german = f"{whole:,}.{cents:02d}", f"{whole:,}".replace(",", ".") + f",{cents:02d}"
    swiss = f"{whole:,}".replace(",", "’") + f".{cents:02d}"
    for text in (english, german, swiss, f"{whole}.{cents:02d}", f"{whole},{cents:02d}"):
        assert cell_meaning.number(text, "") == value
    grouped = f"{whole:,}"
    assert cell_meaning.number(grouped, ".") == cell_meaning.number(grouped.replace(",", "."), ",") == whole


@given(st.text("0123456789.,' -e+", max_size=12), st.sampled_from([".", ",", ""]))
def test_any_text_is_a_number_or_refused(text: str, mark: cell_meaning.Mark) -> None:
    try:
        assert abs(cell_meaning.number(text, mark)) < float("inf")
    except ValueError as reason:
        assert str(reason)
