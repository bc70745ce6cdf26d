"""Reports by name, as they are printed, and into a file: its ending says whether PDF, workbook or CSV."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session

from crt_scheduler import writing
from crt_scheduler.errors import CrtError
from crt_scheduler.programmes import customs, programme_of
from crt_scheduler.reports import other_pages, year_page
from crt_scheduler.reports.coverage_kept import coverage_report
from crt_scheduler.reports.fair import fair_report
from crt_scheduler.reports.hours_per_person import hours_report
from crt_scheduler.reports.printed import Printed
from crt_scheduler.reports.team_values import CoverageReport, FairReport, HoursReport
from crt_scheduler.reports.year import year_report
from crt_scheduler.reports.year_values import YearReport
from solver.wording import tr

ENDINGS = (".pdf", ".xlsx", ".csv")
NAMES = ("year", "hours", "fairness", "coverage")
Report = YearReport | HoursReport | FairReport | CoverageReport


@dataclass(frozen=True)
class Wish:
    """Which report is wanted of which local dates; rate (cents), region and basis are for the year report's value."""

    name: str
    first: dt.date
    last: dt.date
    rate: int | None = None
    region: str = ""
    basis: str = "response"


def report_of(session: Session, wish: Wish, *, now: dt.datetime, needs_rate: bool = True) -> Report:
    """Return the figures of the report that is wanted; raises CrtError for a name that no report has."""
    if wish.name == "year":
        return year_report(session, wish.first, wish.last, now=now, rate=wish.rate, region=wish.region,
                           basis=wish.basis, needs_rate=needs_rate)  # fmt: skip
    makers: dict[str, Callable[..., Report]] = {
        "hours": hours_report,
        "fairness": fair_report,
        "coverage": coverage_report,
    }
    if wish.name not in makers:
        raise CrtError(tr("No report is called {name!r}. There are: {names}.", name=wish.name, names=", ".join(NAMES)))
    return makers[wish.name](session, wish.first, wish.last, now=now)


def printed(session: Session, report: Report, *, now: dt.datetime) -> Printed:
    """Return a report's figures as every form of it prints them."""
    at_home = programme_of(session)
    programme = at_home.name
    if isinstance(report, YearReport):
        return year_page.printed(report, programme=programme, made=now, clock=customs.clock_of(at_home))
    if isinstance(report, HoursReport):
        return other_pages.hours_printed(report, programme=programme, made=now)
    if isinstance(report, FairReport):
        return other_pages.fair_printed(report, programme=programme, made=now)
    return other_pages.coverage_printed(report, programme=programme, made=now)


def refuse_other_endings(file: Path) -> None:
    """Raise CrtError for a file that is no .pdf, .xlsx or .csv."""
    if file.suffix.lower() not in ENDINGS:
        raise CrtError(
            tr(
                "{name} is no PDF, XLSX or CSV. Name the file like report.pdf, report.xlsx or report.csv.",
                name=file.name,
            )
        )


def write(report: Printed, file: Path, *, force: bool = False) -> None:
    """Write a report to a file, all of it or nothing; raises CrtError as `writing.write_all` does."""
    refuse_other_endings(file)
    writing.write(file, _content(report, file.suffix.lower()), force=force)


def _content(report: Printed, ending: str) -> bytes:
    if ending == ".pdf":
        from crt_scheduler.reports.pdf import pdf_bytes

        return pdf_bytes(report)
    if ending == ".xlsx":
        from crt_scheduler.reports.xlsx import xlsx_bytes

        return xlsx_bytes(report)
    from crt_scheduler.reports.csv import csv_bytes

    return csv_bytes(report)
