"""Reports: figures that add up by hand, values exact to the cent, and three forms that say the same."""

from __future__ import annotations

import csv
import dataclasses
import datetime as dt
import itertools
import json
from pathlib import Path
from typing import Any

import pytest
import typer
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from crt_scheduler import cli, roster, sheets
from crt_scheduler.cli import reports_commands
from crt_scheduler.errors import CrtError
from crt_scheduler.reports import coverage_kept, hour_rates, report_files
from crt_scheduler.reports.coverage_kept import CoverageReport
from crt_scheduler.reports.fair import FairReport, spread
from crt_scheduler.reports.hours_per_person import HoursReport
from crt_scheduler.reports.year import ranked
from crt_scheduler.reports.year_values import YearReport
from crt_scheduler.store import Store
from tests.crt_scheduler.hours_build import logged
from tests.crt_scheduler.report_build import Came, put_answers, put_calls, put_hours
from tests.crt_scheduler.team_build import responder, team
from tests.opened import open_store

NOW = dt.datetime(2020, 1, 20, 17, tzinfo=dt.UTC)
YEAR = (dt.date(2019, 1, 1), dt.date(2019, 12, 31))
LOCAL = dt.timedelta(hours=8)
"""Los Angeles in winter lies so far behind UTC."""


def at(month: int, day: int, hour: int, minute: int = 0, *, year: int = 2019) -> dt.datetime:
    """A winter's wall time in Los Angeles as an instant."""
    return dt.datetime(year, month, day, hour, minute, tzinfo=dt.UTC) + LOCAL


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Four people and the calls of 2019 that every test here counts by hand."""
    made = team(tmp_path, now=NOW)
    with made.change("Add people") as session:
        for code, kind in (("Ana", "volunteer"), ("Ben", "volunteer"), ("Cho", "volunteer"), ("Dan", "clergy")):
            responder(session, code, kind=kind, name=f"{code} Doe", joined=dt.date(2018, 1, 1), phone="+12135550177")
        roster.assign(session, roster.shift_name("2019-01-05/night/Valley"), "Ana")
        roster.assign(session, roster.shift_name("2019-01-07/day/Valley"), "Ben")
    put_calls(
        made.path,
        [
            Came(at(1, 5, 23, 30), 20, (1, 2), adults=2, children=1),
            Came(at(1, 9, 1), 40, (1,), area=2, type="homicide", served=None),
            Came(at(12, 31, 23, 59), 90, (1, 2), area=2, served=4),
            Came(at(2, 1, 12), None, ()),
            Came(at(1, 1, 0, year=2020), 10, (2,)),
        ],
    )
    put_answers(made.path, [(1, 1, at(1, 5, 23, 31), "accepted"), (4, 3, at(2, 1, 12, 1), "no_answer")])
    put_hours(
        made.path,
        [
            (1, "response", dt.date(2019, 1, 5), 127, "approved"),
            (2, "response", dt.date(2019, 12, 31), 100, "logged"),
            (1, "travel", dt.date(2019, 1, 5), 45, "approved"),
            (3, "meeting", dt.date(2019, 3, 5), 60, "approved"),
            (2, "response", dt.date(2020, 1, 1), 999, "approved"),
        ],
    )
    return made


def report(store: Store, name: str, **values: Any) -> Any:
    """The figures of one report of 2019."""
    wish = report_files.Wish(name, *values.pop("days", YEAR), **values)
    with store.read() as session:
        return report_files.report_of(session, wish, now=NOW)


def test_a_year_adds_up_by_hand(store: Store) -> None:
    found: YearReport = report(store, "year")
    assert (found.responses, found.unanswered, found.person_responses) == (3, 1, 5)
    assert (found.people_served, found.adults, found.children, found.not_counted) == (7, 2, 1, 1)
    assert (found.response_minutes, found.waiting) == (227, 100)
    assert dict(found.kinds)["travel"] == 45 and dict(found.kinds)["meeting"] == 60
    assert found.on_call_minutes == 2 * 720
    assert (found.reach.median, found.reach.ninetieth, found.reach.within, found.reach.timed) == (40, 90, 2, 3)


def test_responses_fall_on_the_local_month_and_hour(store: Store) -> None:
    found: YearReport = report(store, "year")
    months = {each.name: each.responses for each in found.by_month}
    assert len(months) == 12 and (months["2019-01"], months["2019-12"], months["2019-02"]) == (2, 1, 0)
    assert {each.name for each in found.by_hour if each.responses} == {"23", "01"}
    assert {each.name: each.responses for each in found.by_type} == {"suicide": 2, "homicide": 1}
    for slices in (found.by_month, found.by_hour, found.by_type, found.by_area):
        assert sum(each.responses for each in slices) == found.responses
        assert sum(each.served for each in slices) == found.people_served


@pytest.mark.parametrize(("region", "rate", "cents"), [("", 3151, 11921), ("CA", 3151, 11921), ("US", 2720, 10291)])
def test_a_year_is_worth_its_own_rate_with_the_source(store: Store, region: str, rate: int, cents: int) -> None:
    found: YearReport = report(store, "year", region=region)
    assert found.value is not None and found.value.cents == cents
    assert found.value.years[0].rate.cents == rate and "2019" in found.value.years[0].rate.source


def test_the_whole_ledger_can_be_valued_and_on_call_time_never_is(store: Store) -> None:
    found: YearReport = report(store, "year", basis="ledger")
    assert found.value is not None and found.value.minutes == 227 + 45 + 60
    with pytest.raises(CrtError, match="No basis is called 'on_call'"):
        report(store, "year", basis="on_call")


def test_each_year_of_a_longer_stretch_has_its_own_rate(store: Store) -> None:
    found: YearReport = report(store, "year", days=(dt.date(2019, 1, 1), dt.date(2020, 12, 31)))
    assert found.value is not None
    assert [(year.rate.cents, year.cents) for year in found.value.years] == [(3151, 11921), (2854, 47519)]


def test_a_year_without_a_rate_asks_and_never_carries_one_on(store: Store) -> None:
    days = (dt.date(2022, 1, 1), dt.date(2022, 12, 31))
    with pytest.raises(CrtError, match=r"No value of a volunteer hour is known for 2022\. Give it with --rate"):
        report(store, "year", days=days)
    assert report(store, "year", days=days, rate=3000).value.cents == 0
    with store.change("Set a rate") as session:
        hour_rates.set_rate(session, 2022, 3600, source="The city's own figure")
    assert report(store, "year", days=days).value.years[0].rate.source == "The city's own figure"
    store.undo()
    with pytest.raises(CrtError):
        report(store, "year", days=days)


@given(st.integers(0, 10**9), st.integers(1, 99_999))
def test_value_is_the_nearest_cent(minutes: int, rate: int) -> None:
    assert abs(60 * hour_rates.worth(minutes, rate) - minutes * rate) <= 30


@pytest.mark.parametrize("words", ["", "free", "0", "-3", "31.515", "nan", "inf", "1e9", "12345678"])
def test_a_rate_that_is_none_is_a_sentence(words: str) -> None:
    with pytest.raises(CrtError, match="is not a rate"):
        hour_rates.cents_of(words)


@pytest.mark.parametrize(("words", "cents"), [("31.51", 3151), ("$27.20", 2720), ("30", 3000), ("29,95", 2995)])
def test_a_rate_is_read_as_people_type_it(words: str, cents: int) -> None:
    assert hour_rates.cents_of(words) == cents


def test_every_published_rate_is_known(store: Store) -> None:
    with store.read() as session:
        known = {(rate.year, rate.region): rate.cents for rate in hour_rates.rates(session)}
    assert [known[year, "US"] for year in range(2015, 2022)] == [2356, 2414, 2469, 2543, 2720, 2854, 2995]
    assert {year: cents for (year, region), cents in known.items() if region == "CA"} == {
        2015: 2759,
        2016: 2846,
        2019: 3151,
    }


def test_hours_per_person_are_the_ledgers(store: Store) -> None:
    found: HoursReport = report(store, "hours")
    lines = {person.code: person for person in found.people}
    assert set(lines) == {"Ana", "Ben", "Cho"}
    assert (lines["Ana"].on_call, lines["Ana"].ledger, lines["Ana"].calls) == (720, 127 + 45, 3)
    assert lines["Ben"].waiting == 100
    year: YearReport = report(store, "year")
    assert sum(person.kinds[0] for person in found.people) == year.response_minutes
    assert sum(person.on_call for person in found.people) == year.on_call_minutes


def test_who_was_never_called_is_named_and_clergy_stand_apart(store: Store) -> None:
    found: FairReport = report(store, "fairness")
    assert [person.code for person in found.never_called] == ["Dan"]
    volunteers, clergy = found.groups
    assert (volunteers.people, volunteers.busy, clergy.people) == (3, 1, 1)
    calls = volunteers.of("calls")
    assert (calls.total, calls.lowest, calls.median, calls.highest, calls.busiest) == (5, 0, 2, 3, 0.6)
    assert volunteers.of("nights").total == 1 and volunteers.of("weekends").total == 1


@given(st.lists(st.integers(0, 50), min_size=1, max_size=60))
def test_a_spread_is_in_order_and_its_busiest_carry_most(carried: list[int]) -> None:
    found = spread("calls", carried, max(1, len(carried) // 8))
    ends = (found.lowest, found.tenth, found.median, found.ninetieth, found.highest)
    assert list(ends) == sorted(ends) and all(end in carried for end in ends)
    assert found.busiest is None or found.busiest >= max(1, len(carried) // 8) / len(carried) - 1e-9


@given(st.lists(st.integers(0, 200), min_size=1), st.integers(1, 100))
def test_a_percentile_is_the_smallest_that_so_many_do_not_pass(waits: list[int], percent: int) -> None:
    ordered = sorted(waits)
    found = ranked(ordered, percent)
    assert found is not None and sum(wait <= found for wait in ordered) * 100 >= percent * len(ordered)
    assert sum(wait < found for wait in ordered) * 100 < percent * len(ordered)


def test_coverage_keeps_seats_and_promise_beside_the_replay(store: Store) -> None:
    found: CoverageReport = report(store, "coverage")
    assert [month.month for month in found.months] == ["2019-01"]
    month = found.months[0]
    assert (month.held, month.calls) == (2, 2) and month.seats > 100
    assert month.promised is not None and 0 <= month.promised <= 1 and found.replayed == month.replayed
    before: CoverageReport = report(store, "coverage", days=(dt.date(2018, 1, 1), dt.date(2018, 12, 31)))
    assert before.months == () and before.promised is None
    with pytest.raises(CrtError, match="Choose at most three years"):
        coverage_kept.refuse_too_many(["2019-01"] * 37)


def test_coverage_looks_at_no_shift_that_has_not_begun_where_the_team_is(store: Store) -> None:
    evening = dt.datetime(2019, 1, 11, 2, tzinfo=dt.UTC)  # the tenth in Los Angeles, 18:00
    with store.read() as session:
        found = coverage_kept.coverage_report(session, *YEAR, now=evening)
        later = coverage_kept.coverage_report(session, *YEAR, now=evening + dt.timedelta(hours=12))
    assert found.until == dt.date(2019, 1, 10)
    assert 0 < later.months[0].seats - found.months[0].seats < found.months[0].seats / 10, "one day's morning more"


def test_an_hour_of_two_kinds_at_once_is_worth_and_told_as_one(store: Store) -> None:
    with store.change("A meeting in the office") as session:
        for kind in ("meeting", "office"):
            logged(session, "Dan", kind, NOW, date="2019-06-03", start="18:00", end="20:00")
    hours: HoursReport = report(store, "hours")
    dan = next(person for person in hours.people if person.code == "Dan")
    assert (sum(dan.kinds), dan.ledger) == (240, 120)
    year: YearReport = report(store, "year", basis="ledger", region="US")
    assert year.value is not None and year.value.minutes == 227 + 45 + 60 + 120


def _csv_figures(path: Path) -> dict[str, str]:
    """The figures of a CSV: name and value."""
    rows = list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines()))
    return {row[0]: row[1] for row in itertools.takewhile(bool, rows[4:])}


def _xlsx_figures(path: Path) -> dict[str, str]:
    """The figures of a workbook: name and value."""
    page = load_workbook(path)["Figures"]
    rows = itertools.takewhile(lambda row: row[0].value, page.iter_rows(min_row=5, max_col=2))
    return {name.value: _words(value) for name, value in rows}


def _words(cell: Any) -> str:
    """A workbook's number as its format shows it."""
    value = cell.value
    if "mm" in cell.number_format:
        minutes = round((value if isinstance(value, int | float) else value.total_seconds() / 86400) * 1440)
        return f"{minutes // 60:,}:{minutes % 60:02d}"
    if "$" in cell.number_format:
        return f"${value:,.2f}"
    if "%" in cell.number_format:
        return f"{value * 100:.1f} %"
    if "min" in cell.number_format:
        return f"{value} min"
    return "–" if value is None else f"{value:,}"


def pdf_text(path: Path) -> str:
    """The words of a PDF."""
    from pypdf import PdfReader

    with PdfReader(path) as pdf:
        return "\n".join(page.extract_text() for page in pdf.pages)


@pytest.mark.parametrize("name", ["year", "hours", "fairness", "coverage"])
def test_pdf_workbook_and_csv_say_the_same(store: Store, tmp_path: Path, name: str) -> None:
    found = report(store, name)
    with store.read() as session:
        page = report_files.printed(session, found, now=NOW)
    paths = [tmp_path / f"report{ending}" for ending in report_files.ENDINGS]
    for path in paths:
        report_files.write(page, path)
        before = path.read_bytes()
        report_files.write(page, path)
        assert path.read_bytes() == before, "the same figures are the same file"
    pdf, xlsx, table = paths
    shown = {figure.words: figure.shown for figure in page.figures}
    assert _csv_figures(table) == _xlsx_figures(xlsx) == shown
    text = pdf_text(pdf)
    for words, value in shown.items():
        assert words in text and value in text
    if name == "year":
        assert shown["Value of hours"] == "$119.21" and shown["Response hours"] == "3:47"
        assert "$31.51" in text and "Independent Sector" in text
    joined = " ".join(text.split())
    assert " ".join(page.left_out.split()) in joined and page.left_out in table.read_text()
    for content in (text, table.read_text(), _cells(xlsx)):
        assert "5550177" not in content and "@example" not in content
        assert name in ("hours", "fairness") or "Doe" not in content


def _cells(path: Path) -> str:
    """Every cell of a workbook as text."""
    return "\n".join(
        str(cell) for page in load_workbook(path) for row in page.iter_rows(values_only=True) for cell in row
    )


def test_a_name_that_begins_like_a_formula_is_not_run(store: Store, tmp_path: Path) -> None:
    with store.change("Add") as session:
        responder(session, "Eve", name="=HYPERLINK(1)", joined=None)
    found = report(store, "fairness")
    with store.read() as session:
        page = report_files.printed(session, found, now=NOW)
    for ending in (".csv", ".xlsx"):
        report_files.write(page, tmp_path / f"r{ending}")
    assert "\n=HYPER" not in (tmp_path / "r.csv").read_text()
    assert "'=HYPERLINK(1)" in _cells(tmp_path / "r.xlsx")
    assert sheets.safe("=1") == "'=1"


def typed(store: Store, *words: str) -> int:
    """Type a command on these records."""
    return cli.run(["--database", str(store.path), "--now", NOW.isoformat(), *words])


def test_the_command_writes_a_file_and_answers_in_json(
    store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "new" / "year.pdf"
    days = ("--from", "2019-01-01", "--to", "2019-12-31")
    assert typed(store, "report", "year", *days, "--out", str(file), "--json") == 0
    answer = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert file.read_bytes().startswith(b"%PDF") and answer["file"] == str(file)
    wanted = {"responses": 3, "person_responses": 5, "people_served": 7, "response_minutes": 227}
    wanted |= {"on_call_minutes": 1440, "value": 119.21, "rate": 31.51}
    assert {key: answer[key] for key in wanted} == wanted
    for name in ("hours", "fairness", "coverage"):
        assert typed(store, "report", name, *days, "--json") == 0
        assert json.loads(capsys.readouterr().out.splitlines()[-1])["from"] == "2019-01-01"
        assert typed(store, "report", name, *days) == 0
    assert "Left out" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--from", "2022-01-01", "--to", "2022-12-31"), "Give it with --rate"),
        (("--from", "2019-12-31", "--to", "2019-01-01"), "is after"),
        (("--from", "1960-01-01", "--to", "1965-01-01"), "Choose years from 1970 on"),
        (("--from", "2019-01-01", "--to", "9999-12-31"), "outside the years 1900 to 2200"),
        (("--from", "1975-01-01", "--to", "2019-01-01"), "longer than thirty years"),
        (("--from", "then", "--to", "2019-01-01"), "'then' is not a date"),
        (("--from", "2019-01-01", "--to", "2019-12-31", "--out", "year.doc"), "is no PDF, XLSX or CSV"),
        (("--from", "2019-01-01", "--to", "2019-12-31", "--rate", "much"), "'much' is not a rate"),
    ],
)
def test_what_cannot_be_reported_is_one_sentence(
    store: Store, words: tuple[str, ...], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert typed(store, "report", "year", *words) == 2
    assert sentence in capsys.readouterr().err


def test_rates_are_listed_and_set_by_command(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    assert typed(store, "rates", "set", "2026", "36.10", "--source", "City budget office") == 0
    assert typed(store, "rates", "list", "--json") == 0
    listed = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert {"year": 2026, "region": "CA", "rate": 36.1, "source": "City budget office"} in listed
    assert typed(store, "rates", "set", "2026", "36.10", "--source", " ") == 2
    assert typed(store, "rates", "list") == 0 and "City budget office" in capsys.readouterr().out


def test_an_empty_year_is_a_report_of_nothing(tmp_path: Path) -> None:
    made = team(tmp_path, now=NOW)
    for name in ("year", "hours", "fairness", "coverage"):
        found = report(made, name)
        with made.read() as session:
            page = report_files.printed(session, found, now=NOW)
        for ending in report_files.ENDINGS:
            report_files.write(page, tmp_path / f"{name}{ending}")
    made.close()


def test_the_report_is_read_by_whoever_opens_the_file_again(store: Store) -> None:
    store.close()
    again = open_store(str(store.path), who="lead", now=NOW)
    assert report(again, "year").responses == 3
    again.close()


def test_a_report_put_into_the_list_is_a_command_that_writes_and_answers(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = dataclasses.replace(report_files.named("hours"), name="thanks", help="Report whom to thank.")
    monkeypatch.setattr(report_files, "ALL", (made, *report_files.ALL))
    app = typer.Typer()
    reports_commands.add_to(app)
    commands = typer.main.get_command(app).commands["report"].commands  # type: ignore[attr-defined]
    assert list(commands) == ["thanks", *report_files.NAMES]
    assert commands["thanks"].help == "Report whom to thank."
    with store.read() as session:
        found = report_files.report_of(session, report_files.Wish("thanks", *YEAR), now=NOW)
        assert report_files.made_by(found) is made
        assert set(report_files.answer(found)) == {"from", "to", "people"}
        report_files.write(report_files.printed(session, found, now=NOW), tmp_path / "thanks.csv")
    assert (tmp_path / "thanks.csv").read_text(encoding="utf-8-sig").startswith("Hours per person")


@pytest.mark.parametrize("report", report_files.ALL, ids=lambda report: report.name)
def test_every_report_says_what_it_is_called_and_what_it_takes(report: report_files.Report[Any]) -> None:
    assert report.title and report.act and report.help.endswith(".")
    assert "{}" in report.adding and "{first}" in report.nothing and "{last}" in report.nothing
    assert report.values == (report.name == "year")
