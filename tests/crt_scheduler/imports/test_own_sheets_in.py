"""Our own availability sheets dropped where any file comes in: known for what they are, and read by their keys."""

from __future__ import annotations

import datetime as dt
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from crt_scheduler import imports, month_answers
from crt_scheduler.errors import CrtError
from crt_scheduler.hours import hours_sheet, offers
from crt_scheduler.imports import BadRows
from crt_scheduler.store import Store
from crt_scheduler.tables import Availability, Wish
from tests.crt_scheduler import team_build

CASES = Path(__file__).parents[2] / "cases"
OURS = CASES / "23-sheets"
NOW = dt.datetime(2026, 12, 15, 17, 0, tzinfo=dt.UTC)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Four people of a team: Ana Ruiz and Dov Katz, leads, Ben Holt and Cleo Park."""
    opened = team_build.team_of_four(tmp_path, now=NOW)
    yield opened
    opened.close()


def grades(store: Store) -> list[str]:
    """Return the wishes in the records by date."""
    with store.read() as session:
        assert not session.scalars(select(Availability)).all()
        return list(session.scalars(select(Wish.grade).order_by(Wish.date, Wish.template_id)))


def state(store: Store, code: str) -> str:
    """Return how somebody stands in January."""
    with store.read() as session:
        return next(each.state for each in month_answers.of_month(session, "2027-01") if each.id == code)


@pytest.mark.parametrize("name", ["csv_after_excel_us.csv", "plain.xlsx", "yesno.xlsx"])
def test_a_sheet_of_ours_is_read_by_its_key_and_not_as_a_list(store: Store, name: str) -> None:
    assert imports.kind_of(OURS / name, hoped="people") == "availability"
    looked = imports.run(store, "availability", OURS / name, guess=True, dry_run=True)
    assert "hidden keys" in looked.notes[0]
    assert looked.poll is not None and [each.name for each in looked.poll.people] == ["Ben Holt"]
    told = offers.read(store, OURS / name, dry_run=True)
    assert (looked.new, looked.changed) == (told.count("new"), told.count("changed"))
    report = imports.run(store, "availability", OURS / name, guess=True)
    assert report.written and report.answers == 1
    assert len(grades(store)) == report.new
    assert (state(store, "V002"), state(store, "V001")) == ("answered", "waiting")
    again = imports.run(store, "availability", OURS / name, guess=True)
    assert (again.new, again.changed, again.written) == (0, 0, False)


def test_the_window_sees_its_columns_and_asks_nothing(store: Store) -> None:
    found = imports.preview("availability", OURS / "plain.xlsx")
    assert (found.missing, found.unused) == ((), ())
    assert {each.field: each.column for each in found.matched} == {name: name for name in offers.HEADER}


def test_a_line_whose_key_was_changed_is_a_bad_row_of_the_import(store: Store, tmp_path: Path) -> None:
    words = (OURS / "csv_after_excel_us.csv").read_text(encoding="utf-8-sig")
    path = tmp_path / "back.csv"
    path.write_text(words.replace("|be113fb1", "|be113fb2", 1))
    with pytest.raises(BadRows, match="the key of this line was changed"):
        imports.run(store, "availability", path, guess=True)
    assert imports.run(store, "availability", path, guess=True, skip_bad=True).written


def test_an_hours_sheet_of_ours_is_sent_to_where_it_is_read(store: Store, tmp_path: Path) -> None:
    with store.read() as session:
        path = hours_sheet.write(session, "2026-11", tmp_path / "out", person="V002")[0]
    for kind in ("hours", "people", "availability"):
        with pytest.raises(CrtError, match=r"one of our hours sheets|has no column"):
            imports.run(store, kind, path, guess=True, dry_run=True)
    with pytest.raises(CrtError, match="Read it back on the page of the hours, under Sheets"):
        imports.run(store, imports.kind_of(path), path, guess=True)


def test_a_sheet_that_nobody_filled_in_is_no_answer_though_it_holds_earlier_wishes(
    store: Store, tmp_path: Path
) -> None:
    offers.read(store, OURS / "plain.xlsx")
    with store.change("Ask for January") as session:
        path = offers.write(session, "2027-01", tmp_path / "out", person="V002")[0]
    looked = imports.run(store, "availability", path, dry_run=True)
    assert (looked.answers, looked.unchanged) == (0, len(grades(store)))
    assert any("nobody has filled it in" in note for note in looked.notes)


def filled(store: Store, folder: Path) -> Path:
    """Write Ben's sheet for January, and fill in the first two lines as a person would in a spreadsheet."""
    with store.read() as session:
        path = offers.write(session, "2027-01", folder, person="V002")[0]
    book = load_workbook(path)
    page = book.active
    assert page is not None and page.column_dimensions["A"].hidden
    heads = [cell.value for cell in page[1]]
    for line, grade in ((2, "wants"), (3, "cannot")):
        page.cell(line, heads.index("grade") + 1).value = grade
    book.save(path)
    return path


def test_the_hidden_key_survives_a_save_in_excels_way(store: Store, tmp_path: Path) -> None:
    path = filled(store, tmp_path / "out")
    page = load_workbook(path).active
    assert page is not None and page.column_dimensions["A"].hidden
    assert imports.run(store, "availability", path, guess=True).new == 2


@pytest.mark.parametrize("locale", ["en-US", "de-DE"])
def test_the_hidden_key_survives_libreoffice_in_any_locale(store: Store, tmp_path: Path, locale: str) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed here, so no sheet can be saved by it.")
    path = filled(store, tmp_path / "out")
    for kind in ("xlsx", "ods", "csv"):
        saved = resaved(office, path, tmp_path, kind, locale)
        report = imports.run(store, "availability", saved, guess=True, dry_run=True)
        assert (report.new, report.bad) == (2, ()), kind
    page = load_workbook(tmp_path / "saved" / path.name).active
    assert page is not None and page.column_dimensions["A"].hidden


def resaved(office: str, path: Path, folder: Path, kind: str, locale: str) -> Path:
    """Let LibreOffice, set to a country, open a sheet and save it as another kind of file."""
    profile = folder / "profile"
    settings = profile / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text(
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<oor:items xmlns:oor="http://openoffice.org/2001/registry"><item oor:path="/org.openoffice.Setup/L10N">'
        f'<prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>{locale}</value></prop></item></oor:items>'
    )
    words = [office, f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", kind]
    subprocess.run([*words, "--outdir", str(folder / "saved"), str(path)], check=True, capture_output=True)
    return folder / "saved" / path.with_suffix(f".{kind}").name
