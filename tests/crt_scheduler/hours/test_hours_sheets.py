"""Sheets of hours and offers: out, filled in, back; twice changes nothing, and bad lines are told row by row."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from openpyxl import load_workbook

from crt_scheduler import sheets
from crt_scheduler.errors import CrtError
from crt_scheduler.hours import hours_ledger, hours_sheet, hours_sheet_back, offers
from crt_scheduler.hours.keys import LineKey
from crt_scheduler.hours.ledger_values import EntryDraft, Stretch
from crt_scheduler.hours.report import BadSheets, SheetLine, SheetsReport
from crt_scheduler.roster import assign, shift_name
from crt_scheduler.store import Store
from crt_scheduler.tables import Wish
from tests.crt_scheduler.hours_build import at, call, fill_in, logged, stretch
from tests.crt_scheduler.team_build import NOW, everything, pair, responder, team

MONTH = "2026-11"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Ana has a night and two calls in November, one with her times and one without."""
    opened = team(tmp_path)
    with opened.change("November") as session:
        pair(session)
        assign(session, shift_name("2026-11-20/night/Valley"), "Ana")
        call(session, "C1", at("2026-11-20 23:30"), "Ana", now=NOW)
        moments = {"departed": at("2026-11-05 09:00"), "cleared": at("2026-11-05 11:00")}
        call(session, "C2", at("2026-11-05 09:00"), "Ana", now=NOW, **moments)
        logged(session, "Ana", "office", NOW, date="2026-11-10", start="14:00", end="16:00")
    yield opened
    opened.close()


@pytest.fixture
def ana(store: Store, tmp_path: Path) -> Path:
    """Ana's sheet, as CSV."""
    with store.read() as session:
        return hours_sheet.write(session, MONTH, tmp_path / "out", person="Ana", as_csv=True)[0]


def test_a_sheet_holds_shifts_calls_and_what_is_logged_and_hides_its_keys(store: Store, tmp_path: Path) -> None:
    with store.read() as session:
        paths = hours_sheet.write(session, MONTH, tmp_path / "out")
    assert [path.name for path in paths] == ["hours-2026-11-Ana.xlsx", "hours-2026-11-Ben.xlsx"]
    page = load_workbook(paths[0]).active
    assert page is not None and page.column_dimensions["A"].hidden
    told = [row.cells["what"] for row in sheets.read(paths[0]).rows if row.cells["what"]]
    assert [what.split(",")[0].split(":")[0] for what in told] == [
        "Call C2", "Call C2", "Logged already", "On call", "Call C1", "Call C1",
    ]  # fmt: skip
    assert not any("+1213" in str(row.cells) or "@" in str(row.cells) for row in sheets.read(paths[0]).rows)


def test_a_sheet_says_the_hours_of_its_date_by_the_clock_alone(ana: Path) -> None:
    cells = next(row.cells for row in sheets.read(ana).rows if row.cells["what"] == "Logged already")
    assert [cells[name] for name in ("date", "start", "end", "minutes")] == ["2026-11-10", "14:00", "16:00", ""]


def test_a_sheet_lists_the_calls_its_person_was_at_and_no_others(store: Store, tmp_path: Path) -> None:
    with store.change("A call of Ben") as session:
        call(session, "C3", at("2026-11-07 10:00"), "Ben", now=NOW)
    with store.read() as session:
        paths = hours_sheet.write(session, MONTH, tmp_path / "out", as_csv=True)
    calls = [{row.cells["call"] for row in sheets.read(path).rows} - {""} for path in paths]
    assert calls == [{"C1", "C2"}, {"C3"}]


def test_a_sheet_that_comes_back_untouched_changes_nothing(store: Store, ana: Path) -> None:
    before = everything(store)
    report = hours_sheet_back.read(store, ana)
    assert (report.count("unchanged"), report.count("new"), report.written) == (2, 0, False)
    assert report.sentence().startswith("1 sheet: 0 entries were added, 0 changed, 2 unchanged.")
    assert everything(store) == before


def test_a_filled_sheet_is_read_once_and_changes_nothing_the_second_time(store: Store, ana: Path) -> None:
    fill_in(ana, "Call C1, 23:30: on scene", start="00:30", end="02:30")
    fill_in(ana, "Call C1, 23:30: travel", minutes="45")
    fill_in(ana, "On call", start="04:00", end="05:00")
    fill_in(ana, "", kind="Training received", date="2026-11-14", start="9:00 AM", end="1:00 PM")
    looked = hours_sheet_back.read(store, ana, dry_run=True)
    assert (looked.count("new"), looked.bad, looked.written) == (4, (), False)
    assert hours_sheet_back.read(store, ana).count("new") == 4
    again = hours_sheet_back.read(store, ana)
    assert (again.count("unchanged"), again.count("new"), again.count("changed")) == (6, 0, 0)
    with store.read() as session:
        found = {(r.kind, r.date.day, r.minutes, r.call) for r in hours_ledger.rows(session, person="Ana")}
    assert found == {
        ("response", 21, 120, "C1"), ("travel", 20, 45, "C1"), ("response", 21, 60, ""),
        ("training_received", 14, 240, ""), ("office", 10, 120, ""), ("response", 5, 120, "C2"),
    }  # fmt: skip


def test_a_corrected_sheet_changes_its_own_lines_until_they_are_approved(store: Store, ana: Path) -> None:
    fill_in(ana, "", kind="meeting", date="2026-11-14", minutes="60")
    hours_sheet_back.read(store, ana)
    rows = sheets.read(ana)
    lines = [dict(row.cells) for row in rows.rows]
    next(line for line in lines if line["minutes"] == "60")["minutes"] = "75"
    sheets.write(ana, rows.header, [[line[name] for name in rows.header] for line in lines])
    assert hours_sheet_back.read(store, ana).count("changed") == 1
    with store.change("Approve") as session:
        hours_ledger.approve(session, [row.id for row in hours_ledger.rows(session, kind="meeting")], who="coordinator")
    assert hours_sheet_back.read(store, ana).count("unchanged") == 3
    next(line for line in lines if line["minutes"] == "75")["minutes"] = "90"
    sheets.write(ana, rows.header, [[line[name] for name in rows.header] for line in lines])
    with pytest.raises(BadSheets, match="These hours are approved"):
        hours_sheet_back.read(store, ana)


def test_a_new_sheet_of_the_same_month_does_not_use_a_filled_line_again(store: Store, ana: Path) -> None:
    fill_in(ana, "", kind="meeting", date="2026-11-14", minutes="60")
    hours_sheet_back.read(store, ana)
    with store.read() as session:
        hours_sheet.write(session, MONTH, ana.parent, person="Ana", as_csv=True)
    fill_in(ana, "", kind="event", date="2026-11-15", minutes="60")
    assert hours_sheet_back.read(store, ana).count("new") == 1


@pytest.mark.parametrize(
    ("what", "cells", "said"),
    [
        ("", {"kind": "meeting", "date": "2026-11-14"}, "Give start and end"),
        ("", {"kind": "meeting", "date": "2026-11-14", "start": "9:00"}, "Give the end too"),
        ("", {"date": "2026-11-14", "minutes": "60"}, "names no kind"),
        ("", {"kind": "lunch", "date": "2026-11-14", "minutes": "60"}, "not a kind of hours"),
        ("", {"kind": "on call", "date": "2026-11-14", "minutes": "60"}, "comes from the roster"),
        ("", {"kind": "meeting", "date": "2026-10-14", "minutes": "60"}, "lies outside November 2026"),
        ("", {"kind": "office", "date": "2026-11-10", "start": "15:00", "end": "17:00"}, "14:00 to 16:00 already"),
        ("", {"kind": "meeting", "date": "2026-11-14", "minutes": "60", "call": "C9"}, "no call 'C9'"),
        ("", {"kind": "meeting", "date": "2026-11-14", "minutes": "60", "person": "Ben"}, "sheet of Ana"),
        ("", {"kind": "meeting", "date": "2026-11-14", "minutes": "60", "key": ""}, "no key"),
        ("", {"kind": "meeting", "date": "2026-11-14", "minutes": "60", "key": "Ben|2026-11|x|00"}, "was changed"),
        ("Call C1, 23:30: on scene", {"start": "00:30", "end": "02:30", "kind": "travel"}, "was changed"),
        ("Call C1, 23:30: on scene", {"start": "00:30", "end": "02:30", "call": "C2"}, "was changed"),
        ("Call C1, 23:30: on scene", {"start": "00:30", "end": "02:30", "date": "2026-11-09"}, "not the day"),
        ("Call C2, 09:00: on scene", {"end": "12:00"}, "The call itself says other times"),
        ("On call", {"start": "04:00", "end": "05:00", "kind": "meeting"}, "was changed"),
    ],
)
def test_half_filled_and_tampered_lines_are_told_and_nothing_is_written(
    store: Store, ana: Path, what: str, cells: dict[str, str], said: str
) -> None:
    fill_in(ana, what, **cells)
    fill_in(ana, "Call C1, 23:30: travel", minutes="30")
    before = everything(store)
    with pytest.raises(BadSheets) as refused:
        hours_sheet_back.read(store, ana)
    assert [said in line.words for line in refused.value.report.bad] == [True]
    assert refused.value.report.bad[0].line > 1
    assert everything(store) == before
    assert hours_sheet_back.read(store, ana, skip_bad=True).count("new") == 1


@pytest.mark.parametrize(
    ("bad", "dry_run", "said"),
    [
        (0, False, "2 sheets: 1 entries were added, 0 changed, 0 unchanged."),
        (1, False, "1 row was left out."), (2, False, "2 rows were left out."), (1, True, "1 row would be left out."),
    ],
)  # fmt: skip
def test_what_was_left_out_is_counted(bad: int, dry_run: bool, said: str) -> None:
    lines = [SheetLine("a.csv", 2, "Ana", "new", ""), *(SheetLine("a.csv", 3, "Ana", "bad", "") for _ in range(bad))]
    assert SheetsReport("entries", 2, lines, dry_run=dry_run).sentence().endswith(said)


def test_one_line_in_two_sheets_and_a_broken_file_are_told(store: Store, ana: Path) -> None:
    fill_in(ana, "", kind="meeting", date="2026-11-14", minutes="60")
    (ana.parent / "copy.csv").write_bytes(ana.read_bytes())
    (ana.parent / "broken.xlsx").write_bytes(b"PK\x03\x04 no workbook")
    (ana.parent / "other.csv").write_text("a,b\n1,2\n")
    report = hours_sheet_back.read(store, ana.parent, dry_run=True)
    words = [line.words for line in report.bad]
    assert sum("also in copy.csv" in word for word in words) == 3
    assert any("damaged" in word for word in words) and any("no column 'key'" in word for word in words)
    empty = ana.parent / "empty"
    empty.mkdir()
    with pytest.raises(CrtError, match="no sheets in"):
        hours_sheet_back.read(store, empty)


def test_a_sheet_that_cannot_be_read_keeps_none_of_those_after_it_from_being_read(store: Store, ana: Path) -> None:
    fill_in(ana, "", kind="meeting", date="2026-11-14", minutes="60")
    (ana.parent / "a.csv").write_text("a,b\n1,2\n")
    (ana.parent / "b.xlsx").write_bytes(b"PK\x03\x04 no workbook")
    report = hours_sheet_back.read(store, ana.parent, skip_bad=True)
    assert [line.file for line in report.bad] == ["a.csv", "b.xlsx"]
    assert (report.files, report.count("new"), report.count("unchanged")) == (3, 1, 2)


@pytest.mark.parametrize("call", ["x", "²", "9" * 16])
def test_a_line_whose_key_names_no_call_there_could_be_never_stops_the_reading(
    store: Store, ana: Path, call: str
) -> None:
    key = str(LineKey("Ana", MONTH, f"call:{call}:1:response"))
    fill_in(ana, "", kind="meeting", date="2026-11-14", minutes="60", key=key)
    assert hours_sheet_back.read(store, ana).count("new") == 1
    with store.read() as session:
        assert [row.call for row in hours_ledger.rows(session, kind="meeting")] == [""]


def test_offers_come_back_as_wishes_and_twice_changes_nothing(store: Store, tmp_path: Path) -> None:
    with store.read() as session:
        path = offers.write(session, "2027-01", tmp_path / "offers", person="Ana")[0]
    sheet = sheets.read(path)
    lines = [dict(row.cells) for row in sheet.rows]
    for line, grade in zip(lines, ("wants", "Rather not", "cannot", "prefers", "wants", "wants"), strict=False):
        line["grade"] = grade
    sheets.write(path, sheet.header, [[line[name] for name in sheet.header] for line in lines])
    assert offers.read(store, path, dry_run=True).count("new") == 6
    assert offers.read(store, path).written
    again = offers.read(store, path.parent)
    assert (again.count("unchanged"), again.written, again.notes) == (6, False, ())
    with store.read() as session:
        grades = {(w.date, w.grade) for w in session.query(Wish)}
    assert (dt.date(2027, 1, 1), "wants") in grades and len(grades) > 2
    lines[0]["grade"], lines[1]["grade"], lines[2]["shift"] = "none", "perhaps", "evening"
    sheets.write(path, sheet.header, [[line[name] for name in sheet.header] for line in lines])
    with pytest.raises(BadSheets) as refused:
        offers.read(store, path)
    assert [line.line for line in refused.value.report.bad] == [3, 4]
    report = offers.read(store, path, skip_bad=True)
    assert (report.count("changed"), report.notes) == (1, ("1 person offers fewer than 4 shifts.",))
    with store.read() as session:
        assert session.query(Wish).count() == 5


def test_dates_and_times_as_a_spreadsheet_keeps_them_are_read(store: Store, tmp_path: Path) -> None:
    with store.read() as session:
        path = hours_sheet.write(session, MONTH, tmp_path / "out", person="Ben")[0]
    book = load_workbook(path)
    page = book.active
    assert page is not None
    for column, value in zip("EGHI", ("Meeting", dt.date(2026, 11, 14), dt.time(18, 30), dt.time(20)), strict=True):
        page[f"{column}2"] = value
    page["B2"] = page["B3"].value
    book.save(path)
    report = hours_sheet_back.read(store, path)
    assert [line.words for line in report.lines] == ["Ben: meeting, 1:30 on 2026-11-14"]


def test_what_begins_like_a_formula_stays_text(store: Store, tmp_path: Path) -> None:
    with store.change("Add somebody") as session:
        responder(session, "=E1", name="=HYPERLINK(1)")
        path = hours_sheet.write(session, MONTH, tmp_path / "out", person="=E1")[0]
        other = offers.write(session, "2027-01", tmp_path / "out", person="=E1")[0]
    for sheet in (path, other):
        page = load_workbook(sheet).active
        assert page is not None
        assert "f" not in {cell.data_type for row in page.iter_rows() for cell in row}
    fill_in(path, "", kind="meeting", date="2026-11-14", minutes="60")
    assert hours_sheet_back.read(store, path).count("new") == 1


def test_hours_of_the_doubled_hour_go_out_and_come_back_as_they_are(store: Store, tmp_path: Path) -> None:
    second = Stretch(dt.date(2026, 11, 1), at("2026-11-01 01:10", fold=1), at("2026-11-01 01:50", fold=1), 40)
    with store.change("Two entries") as session:
        logged(session, "Ben", "office", NOW, date="2026-11-01", start="01:30", end="01:30")
        hours_ledger.log(session, EntryDraft("Ben", "meeting", second), now=NOW)
        path = hours_sheet.write(session, MONTH, tmp_path / "out", person="Ben")[0]
    report = hours_sheet_back.read(store, path)
    assert [line.outcome for line in report.lines] == ["unchanged", "unchanged"]


def test_hours_of_another_day_are_refused_on_the_line_of_a_shift_even_without_times(store: Store, ana: Path) -> None:
    fill_in(ana, "On call", minutes="60", date="2026-10-02")
    with pytest.raises(CrtError, match="2026-10-02 is not the day of this line"):
        hours_sheet_back.read(store, ana)
    fill_in(ana, "On call", minutes="60", date="2026-11-21")
    assert hours_sheet_back.read(store, ana).count("new") == 1, "the morning after the night is of the line"


def test_a_sheet_is_read_again_after_its_entry_was_moved_to_another_month(store: Store, ana: Path) -> None:
    fill_in(ana, "", kind="meeting", date="2026-11-14", minutes="60")
    hours_sheet_back.read(store, ana)
    with store.change("Moved") as session:
        entry = next(row for row in hours_ledger.rows(session, person="Ana") if row.kind == "meeting")
        hours_ledger.amend(session, entry.id, stretch(NOW, date="2026-09-14", minutes="60"), now=NOW)
    assert hours_sheet_back.read(store, ana, dry_run=True).count("changed") == 1
    assert hours_sheet_back.read(store, ana).count("changed") == 1
    with store.change("Moved once more") as session:
        hours_ledger.amend(session, entry.id, stretch(NOW, date="2026-09-14", minutes="60"), now=NOW)
    with store.read() as session:
        path = hours_sheet.write(session, MONTH, ana.parent, person="Ana", as_csv=True)[0]
    fill_in(path, "", kind="office", date="2026-11-15", minutes="30")
    assert hours_sheet_back.read(store, path).count("new") == 1, "a blank line that is taken is not handed out again"


def test_a_formula_whose_value_was_never_saved_is_said_not_dropped(store: Store, tmp_path: Path) -> None:
    with store.read() as session:
        path = hours_sheet.write(session, MONTH, tmp_path / "out", person="Ana")[0]
    book = load_workbook(path)
    page = book.active
    assert page is not None
    heads = [cell.value for cell in page[1]]
    row = next(n for n in range(2, page.max_row + 1) if str(page.cell(n, 4).value).startswith("On call"))
    page.cell(row, heads.index("minutes") + 1).value = "=60*2"
    book.save(path)
    report = hours_sheet_back.read(store, path, dry_run=True)
    assert [line.words for line in report.bad] == ["=60*2 is not a length; write minutes such as 90, or hours as 1:30."]


def test_an_emptied_line_says_that_its_hours_stay(store: Store, ana: Path) -> None:
    fill_in(ana, "Logged already", start="", end="", minutes="")
    report = hours_sheet_back.read(store, ana)
    assert "office of 2026-11-10 stays: an empty line takes nothing out" in [line.words for line in report.lines]
    fill_in(ana, "", what="Phoned the family")
    with pytest.raises(CrtError, match="names no kind"):
        hours_sheet_back.read(store, ana)


def test_two_lines_of_one_offer_are_refused_even_where_one_says_what_is_known(store: Store, tmp_path: Path) -> None:
    with store.read() as session:
        path = offers.write(session, "2027-01", tmp_path / "offers", person="Ana")[0]
    sheet = sheets.read(path)
    rows = [dict(row.cells) for row in sheet.rows]
    rows[0]["grade"] = "wants"
    sheets.write(path, sheet.header, [[row[name] for name in sheet.header] for row in rows])
    offers.read(store, path)
    rows.append({**rows[0], "grade": "cannot"})
    sheets.write(path, sheet.header, [[row[name] for name in sheet.header] for row in rows])
    with pytest.raises(CrtError, match=f"This line is also in {path.name}, line 2. Delete one of the two."):
        offers.read(store, path)
