"""The sample city's year: its reports say what was generated, and no export holds a phone number or an address."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

import pytest

from crt_scheduler import imports
from crt_scheduler.programmes import init, preset
from crt_scheduler.reports import report_files
from crt_scheduler.reports.hours_per_person import HoursReport
from crt_scheduler.reports.year_values import YearReport
from crt_scheduler.store import Store
from tests.made import sample_files
from tests.opened import open_store

NOW = dt.datetime(2027, 1, 4, 17, tzinfo=dt.UTC)
FIRST, LAST = dt.date(2026, 1, 1), dt.date(2026, 12, 31)


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The sample city's people, calls and hours; rosters take long and are tested elsewhere."""
    folder = tmp_path_factory.mktemp("city")
    sample_files(folder)
    store = open_store(str(folder / "city.db"), who="coordinator", now=NOW, create=True)
    with store.change("Set up CRT on call") as session:
        init(session, preset("crt"), name="crt")
    for kind in ("people", "incidents", "calls", "answers", "hours"):
        imports.run(store, kind, folder / f"{kind}.csv")
    return store


def lines(city: Store, name: str) -> list[dict[str, str]]:
    """The rows of a generated file."""
    with (city.path.parent / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def report(city: Store, name: str, rate: int = 3151) -> report_files.Figures:
    """One report of the sample's year."""
    with city.read() as session:
        return report_files.report_of(session, report_files.Wish(name, FIRST, LAST, rate=rate), now=NOW)


def test_the_year_is_what_was_generated_to_the_minute_and_the_cent(city: Store) -> None:
    found = report(city, "year")
    assert isinstance(found, YearReport) and found.value is not None
    calls, hours = lines(city, "calls"), lines(city, "hours")
    generated = sum(int(row["minutes"]) for row in hours if row["kind"] == "response")
    assert found.responses == len(calls) == 713 and found.unanswered == 0
    assert found.person_responses == sum(len(row["responders"].split(";")) for row in calls)
    assert found.people_served == sum(int(row["people_served"] or 0) for row in calls)
    assert found.response_minutes == generated and abs(generated / 60 - 3000) < 300
    for rate, value in ((3151, found.value.cents), (2720, None)):
        other = report(city, "year", rate)
        assert isinstance(other, YearReport) and other.value is not None
        assert abs(60 * other.value.cents - generated * rate) <= 30
        assert value is None or other.value.cents == value


def test_hours_per_person_add_up_to_the_year(city: Store) -> None:
    people, year = report(city, "hours"), report(city, "year")
    assert isinstance(people, HoursReport) and isinstance(year, YearReport)
    for n, (_, minutes) in enumerate(year.kinds):
        assert sum(person.kinds[n] for person in people.people) == minutes


@pytest.mark.parametrize("name", ["year", "hours", "fairness"])
def test_no_export_holds_a_phone_number_or_an_address(city: Store, tmp_path: Path, name: str) -> None:
    from openpyxl import load_workbook
    from pypdf import PdfReader

    found = report(city, name)
    with city.read() as session:
        page = report_files.printed(session, found, now=NOW)
    for ending in report_files.ENDINGS:
        report_files.write(page, tmp_path / f"r{ending}")
    with PdfReader(tmp_path / "r.pdf") as pdf:
        pdf_words = "\n".join(sheet.extract_text() for sheet in pdf.pages)
    book = load_workbook(tmp_path / "r.xlsx")
    cells = "\n".join(str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row)
    secret = {row[key] for row in lines(city, "people") for key in ("phone", "email") if row[key]}
    assert len(secret) > 200
    for content in (pdf_words, cells, (tmp_path / "r.csv").read_text(encoding="utf-8-sig")):
        assert not [words for words in secret if words in content] and "@" not in content
        assert "Left out" in content
