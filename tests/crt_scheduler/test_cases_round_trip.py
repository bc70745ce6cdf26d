"""Every table that the program writes and can read comes back unchanged, also after a spreadsheet program saved it."""

from __future__ import annotations

import csv
import datetime as dt
import io
import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from sqlalchemy import select

from crt_scheduler import imports, roster, sample, sheets, times
from crt_scheduler.errors import CrtError
from crt_scheduler.hours import hours_ledger, hours_sheet, hours_sheet_back, offers, view
from crt_scheduler.hours.resaved import date_in_month, grade_of, is_same_date, is_same_id
from crt_scheduler.privacy import redacted
from crt_scheduler.publish.tables_out import roster_tables
from crt_scheduler.reports import csv as report_csv
from crt_scheduler.reports import report_files as report_out
from crt_scheduler.store import Store
from crt_scheduler.tables import HoursEntry, Wish
from tests.crt_scheduler import team_build
from tests.made import sample_files

CASES = Path(__file__).parents[1] / "cases"
NOW = dt.datetime(2026, 12, 15, 20, tzinfo=dt.UTC)
PAST, MONTH = "2026-11", "2027-01"
ZONE = times.Zone("America/Los_Angeles")
SOME = 400
"""Rows of a long file that are saved again."""
Table = list[list[str]]
_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)$")
_MOMENT = re.compile(r"(\d{4})-(\d\d)-(\d\d) (\d\d):(\d\d)(?::00)?$")
_CLOCK = re.compile(r"(\d{1,2}):(\d\d)$")
_NUMBER = re.compile(r"\d+(?:\.\d+)?$")


def value(cell: str) -> Any:
    """Return what a spreadsheet program takes a text for when it opens a CSV: a date, a time, a number or a text."""
    if found := _DATE.match(cell):
        return dt.date(*map(int, found.groups()))
    if found := _MOMENT.match(cell):
        return dt.datetime(*map(int, found.groups()))
    if found := _CLOCK.match(cell):
        hours, minutes = map(int, found.groups())
        return dt.time(hours, minutes) if hours < 24 else dt.timedelta(hours=hours, minutes=minutes)
    return float(cell) if _NUMBER.match(cell) else cell


def american(cell: str) -> str:
    """Return a cell as Excel in the United States saves it as CSV."""
    held = value(cell)
    if isinstance(held, dt.datetime):
        return f"{held.month}/{held.day}/{held.year} {held.hour}:{held.minute:02d}"
    if isinstance(held, dt.date):
        return f"{held.month}/{held.day}/{held.year}"
    return _other(held, ".")


def german(cell: str) -> str:
    """Return a cell as Excel in Germany saves it as CSV."""
    held = value(cell)
    if isinstance(held, dt.datetime):
        return f"{held:%d.%m.%Y %H:%M}"
    if isinstance(held, dt.date):
        return f"{held:%d.%m.%Y}"
    return _other(held, ",")


def _other(held: Any, point: str) -> str:
    if isinstance(held, dt.time):
        return f"{held.hour}:{held.minute:02d}"
    if isinstance(held, dt.timedelta):
        return f"{held // dt.timedelta(hours=1)}:{held % dt.timedelta(hours=1) // dt.timedelta(minutes=1):02d}:00"
    if isinstance(held, float):
        return f"{held:.10g}".replace(".", point)
    return str(held)


def as_csv(path: Path, table: Table, cell: Callable[[str], str], **how: Any) -> Path:
    """Write a table as CSV, each cell as a program writes it."""
    with path.with_suffix(".csv").open("w", newline="", encoding=how.pop("encoding", "utf-8-sig")) as out:
        csv.writer(out, **how).writerows([cell(each) for each in row] for row in table)
    return path.with_suffix(".csv")


def as_workbook(path: Path, table: Table) -> Path:
    """Write a table as a workbook whose cells are dates, times and numbers."""
    book = Workbook()
    assert book.active is not None
    for row in table:
        book.active.append([value(each) if each else None for each in row])
    book.save(path.with_suffix(".xlsx"))
    return path.with_suffix(".xlsx")


def shuffled(path: Path, table: Table) -> Path:
    """Write a table with its columns and rows in another order."""
    dice = random.Random(7)
    places = dice.sample(range(len(table[0])), len(table[0]))
    rows = dice.sample(table[1:], len(table) - 1)
    return as_csv(path, [[row[n] for n in places] for row in (table[0], *rows)], str)


PROGRAMS: dict[str, Callable[[Path, Table], Path]] = {
    "untouched": lambda path, table: as_csv(path, table, str),
    "Excel US": lambda path, table: as_csv(path, table, american),
    "Excel German": lambda path, table: as_csv(path, table, german, delimiter=";"),
    "Excel workbook": as_workbook,
    "LibreOffice": lambda path, table: as_csv(path, table, str, quoting=csv.QUOTE_ALL, encoding="utf-8"),
    "another order": shuffled,
}


def table_of(path: Path) -> Table:
    """Return the cells of a CSV or XLSX file that the program wrote."""
    if path.suffix == ".xlsx":
        page = load_workbook(path).active
        assert page is not None
        return [["" if cell is None else str(cell) for cell in row] for row in page.iter_rows(values_only=True)]
    return list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"))))


def saved_again(path: Path, program: str, folder: Path) -> Path:
    """Return a file as a program saves it, the first rows of it."""
    return PROGRAMS[program](folder / path.stem, table_of(path)[: SOME + 1])


def cut(folder: Path, kind: str, keep: Callable[[dict[str, str]], bool], most: int = 120) -> list[dict[str, str]]:
    """Keep the first rows of one of the sample's files that are wanted, and return them."""
    path = folder / f"{kind}.csv"
    table = table_of(path)
    rows = [row for row in table[1:] if keep(dict(zip(table[0], row, strict=True)))][:most]
    path.write_bytes(sheets.csv_bytes(table[0], rows))
    return [dict(zip(table[0], row, strict=True)) for row in rows]


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, Path, str]]:
    """A team with a part of the sample's past behind it, a folder with its files, and the id of somebody who went."""
    folder = tmp_path_factory.mktemp("city")
    sample_files(folder)
    made = cut(folder, "calls", lambda row: row["notified"] >= PAST)
    numbers = {row["number"] for row in made}
    code = next(row["responders"] for row in made if row["responders"]).split(";")[0]
    cut(folder, "people", lambda row: True, most=1000)
    cut(folder, "roster", lambda row: row["date"] >= PAST)
    cut(folder, "answers", lambda row: row["call"].partition("/")[0] in numbers)
    cut(folder, "hours", lambda row: row["start"] >= PAST and row["call"].partition("/")[0] in {*numbers, ""})
    cut(folder, "incidents", lambda row: row["timestamp"] < PAST)
    cut(folder, "availability", lambda row: True)
    store = team_build.team(folder, now=NOW)
    for kind in sample.FILES:
        imports.run(store, kind, folder / f"{kind}.csv")
    calls = "number,timestamp,area,type,notified,on_scene,clear,people_served,responders\n" + "".join(
        f"D-{n},2026-11-{n:02d} 18:05,Valley,fire,2026-11-{n:02d} 18:10,2026-11-{n:02d} 19:00,"
        f"2026-11-{n:02d} 21:00,3,{code}\n{'d' if n % 2 else 'D'}-{n},2026-11-{n:02d} 18:05,Valley,fire,"
        f"2026-11-{n:02d} 18:40,2026-11-{n:02d} 19:00,2026-11-{n:02d} 21:00,2,{code}\n"
        for n in (3, 4)
    )
    (folder / "more.csv").write_text(calls)
    imports.run(store, "calls", folder / "more.csv")
    yield store, folder, code
    store.close()


@pytest.mark.parametrize("program", PROGRAMS)
@pytest.mark.parametrize("kind", sample.FILES)
def test_49_the_samples_files_come_back_unchanged(
    city: tuple[Store, Path, str], tmp_path: Path, kind: str, program: str
) -> None:
    store, folder, _ = city
    again = saved_again(folder / f"{kind}.csv", program, tmp_path)
    order = "us" if program == "Excel US" else None
    report = imports.run(store, kind, again, dry_run=True, date_order=order)
    assert (report.new, report.changed, report.bad) == (0, 0, ())
    assert report.unchanged > 50


@pytest.mark.parametrize("program", PROGRAMS)
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_49_an_hours_list_comes_back_unchanged(
    city: tuple[Store, Path, str], tmp_path: Path, ending: str, program: str
) -> None:
    store, _, _ = city
    with store.change("By hand") as session:
        entry = session.scalars(select(HoursEntry).where(HoursEntry.start.is_(None)).limit(1)).first()
        if entry is not None:
            entry.key, entry.state, entry.approved_by = f"hand:{entry.id}", "approved", "Mara"
    with store.read() as session:
        view.write_table(tmp_path / f"list.{ending}", hours_ledger.rows(session), ZONE)
    again = saved_again(tmp_path / f"list.{ending}", program, tmp_path)
    order = "us" if program == "Excel US" else None
    report = imports.run(store, "hours", again, dry_run=True, date_order=order)
    assert (report.new, report.changed, report.bad) == (0, 0, ())
    assert report.unchanged > 50


@pytest.mark.parametrize("program", PROGRAMS)
def test_49_a_published_roster_comes_back_unchanged(
    city: tuple[Store, Path, str], tmp_path: Path, program: str
) -> None:
    store, _, _ = city
    with store.read() as session:
        tables = roster_tables(roster.month_rows(session, PAST), PAST, ZONE)
    for name, content in tables.items():
        path = tmp_path / Path(name).name
        path.write_bytes(content)
        order = "us" if program == "Excel US" else None
        report = imports.run(store, "roster", saved_again(path, program, tmp_path), dry_run=True, date_order=order)
        assert (report.new, report.changed, report.bad) == (0, 0, ()) and report.unchanged > 20


@pytest.mark.parametrize("program", PROGRAMS)
@pytest.mark.parametrize("is_csv", [True, False])
def test_49_hours_sheets_come_back_unchanged(
    city: tuple[Store, Path, str], tmp_path: Path, program: str, is_csv: bool
) -> None:
    store, _, code = city
    (tmp_path / "again").mkdir()
    with store.read() as session:
        for path in hours_sheet.write(session, PAST, tmp_path, person=code, as_csv=is_csv):
            saved_again(path, program, tmp_path / "again")
    report = hours_sheet_back.read(store, tmp_path / "again", dry_run=True)
    assert (report.count("new"), report.count("changed"), report.bad) == (0, 0, ())
    assert report.count("unchanged") > 5


@pytest.mark.parametrize("program", PROGRAMS)
@pytest.mark.parametrize("is_csv", [True, False])
def test_49_availability_sheets_come_back_unchanged(
    city: tuple[Store, Path, str], tmp_path: Path, program: str, is_csv: bool
) -> None:
    store, _, code = city
    (tmp_path / "again").mkdir()
    with store.read() as session:
        wishes = len(session.scalars(select(Wish.id)).all())
        (path,) = offers.write(session, MONTH, tmp_path, person=code, as_csv=is_csv)
    page = None if is_csv else load_workbook(path).active
    assert page is None or page.column_dimensions["A"].hidden
    table = table_of(path)
    for n, row in enumerate(table[1:]):
        row[7] = ("wants", "Yes", "if needed", "no", "x")[n % 5]
    PROGRAMS[program](tmp_path / "again" / path.stem, table)
    report = offers.read(store, tmp_path / "again", dry_run=True)
    assert report.bad == () and report.count("new") > 50 and wishes == 0


def test_49_the_list_of_the_case_comes_back_unchanged(tmp_path: Path) -> None:
    store = team_build.team_of_four(tmp_path, now=NOW)
    path = CASES / "49-round-trip" / "h2.csv"
    assert imports.run(store, "hours", path).new == 2
    with store.change("By hand") as session:
        for entry in session.scalars(select(HoursEntry)):
            entry.key = f"hand:{entry.id}"
    before = team_build.everything(store)
    again = imports.run(store, "hours", path)
    assert (again.new, again.changed, again.unchanged) == (0, 0, 2)
    assert team_build.everything(store) == before
    with store.read() as session:
        assert [(row.minutes, row.state) for row in hours_ledger.rows(session)] == [(120, "logged"), (45, "logged")]
    store.close()


@pytest.mark.parametrize(
    ("length", "minutes"),
    [("0:45", 45), ("1:30", 90), ("01:30:00", 90), ("1.5", 90), ("1,5", 90), ("2", 120), ("0,75", 45), ("24:00", 1440)],
)
def test_49_a_length_in_hours_is_read_as_it_is_written(tmp_path: Path, length: str, minutes: int) -> None:
    store = team_build.team_of_four(tmp_path, now=NOW)
    path = tmp_path / "hours.csv"
    path.write_text(f'date,person,kind,hours\n2026-12-10,V001,office,"{length}"\n')
    assert imports.run(store, "hours", path).new == 1
    with store.read() as session:
        assert [row.minutes for row in hours_ledger.rows(session)] == [minutes]
    path.write_text(f'date,person,kind,hours,minutes\n2026-12-10,V001,office,"{length}",{minutes + 1}\n')
    with pytest.raises(CrtError, match="leave one of the two out"):
        imports.run(store, "hours", path)
    store.close()


def test_49_who_approved_is_kept_and_an_empty_cell_leaves_it(tmp_path: Path) -> None:
    store = team_build.team_of_four(tmp_path, now=NOW)
    path = tmp_path / "hours.csv"
    head = "date,person,kind,minutes,state,approved by\n2026-12-10,V001,office,45,approved,"
    path.write_text(f"{head}Mara\n")
    assert imports.run(store, "hours", path).new == 1
    path.write_text(f"{head}\n")
    assert imports.run(store, "hours", path).unchanged == 1
    with store.read() as session:
        assert [row.approved_by for row in hours_ledger.rows(session)] == ["Mara"]
    store.close()


@pytest.mark.parametrize("name", ["csv_after_excel_us.csv", "plain.xlsx"])
def test_23_our_own_sheet_is_read_after_excel_and_untouched(tmp_path: Path, name: str) -> None:
    store = team_build.team_of_four(tmp_path, now=NOW)
    report = offers.read(store, CASES / "23-sheets" / name)
    assert (report.count("new"), report.bad) == (6, ())
    assert offers.read(store, CASES / "23-sheets" / name).count("unchanged") == 6
    store.close()


def test_23_yes_no_and_if_needed_are_understood(tmp_path: Path) -> None:
    store = team_build.team_of_four(tmp_path, now=NOW)
    report = offers.read(store, CASES / "23-sheets" / "yesno.xlsx")
    assert (report.count("new"), report.bad) == (4, ())
    with store.read() as session:
        grades = [row.grade for row in session.scalars(select(Wish).order_by(Wish.id))]
    assert sorted(grades) == ["cannot", "prefers", "prefers", "rather_not"]
    store.close()


@pytest.mark.parametrize(
    ("word", "grade"),
    [
        ("Yes", "prefers"), ("X", "prefers"), ("if needed", "rather_not"), ("If-needed", "rather_not"),
        ("No!", "cannot"), ("can\u2019t", "cannot"), ("Rather Not", "rather_not"), ("WANTS", "wants"), ("none", "none"),
        ("perchance", "perchance"),
    ],
)  # fmt: skip
def test_23_other_words_for_a_grade(word: str, grade: str) -> None:
    assert grade_of(word) == grade


def test_23_a_line_of_another_day_or_person_is_still_refused(tmp_path: Path) -> None:
    store = team_build.team_of_four(tmp_path, now=NOW)
    table = table_of(CASES / "23-sheets" / "csv_after_excel_us.csv")
    for column, text in ((3, "1/2/2027"), (1, "V003"), (5, "night"), (3, "tomorrow")):
        changed = [table[0], [text if n == column else cell for n, cell in enumerate(table[1])]]
        with pytest.raises(CrtError, match=f"The {table[0][column]} of this line was changed"):
            offers.read(store, as_csv(tmp_path / "sheet", changed, str))
    store.close()


def test_a_sheets_dates_and_ids_are_known_in_any_order_but_never_guessed() -> None:
    assert is_same_date("1/2/2027", dt.date(2027, 1, 2)) and is_same_date("1/2/2027", dt.date(2027, 2, 1))
    assert not is_same_date("1/3/2027", dt.date(2027, 1, 2)) and not is_same_date("soon", dt.date(2027, 1, 2))
    assert date_in_month("1/2/2027", "2027-01") == "2027-01-02" == date_in_month("02.01.2027", "2027-01")
    assert date_in_month("2/1/2027", "2027-01") == "2027-01-02"
    assert date_in_month("2/1/2027", "2027-02") == "2027-02-01"
    assert date_in_month("5/6/2027", "2027-01") == "5/6/2027" and date_in_month("soon", "2027-01") == "soon"
    assert is_same_id("71", "0071") and is_same_id("v001", "V001") and not is_same_id("71", "0171")


def test_every_table_that_goes_out_begins_with_a_byte_order_mark(city: tuple[Store, Path, str], tmp_path: Path) -> None:
    store, folder, code = city
    mark = b"\xef\xbb\xbf"
    with store.read() as session:
        redacted.write(session, tmp_path)
        wish = report_out.Wish("hours", dt.date(2026, 1, 1), dt.date(2026, 12, 31))
        report = report_out.printed(session, report_out.report_of(session, wish, now=NOW), now=NOW)
        written = [
            *hours_sheet.write(session, PAST, tmp_path, person=code, as_csv=True),
            *offers.write(session, MONTH, tmp_path, as_csv=True),
        ]
        made = [report_csv.csv_bytes(report), *roster_tables([], PAST, ZONE).values()]
    files = [*written, *tmp_path.glob("*.csv"), *(folder / f"{kind}.csv" for kind in sample.FILES)]
    assert all(path.read_bytes().startswith(mark) for path in files) and len(files) > 10
    assert [content.startswith(mark) for content in made] == [True, True, False]  # a workbook says itself what it is
    assert sheets.csv_bytes(("é",), ()).decode("utf-8-sig") == "é\r\n"
