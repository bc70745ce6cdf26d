"""Reports by name, as they are printed, and into a file: its ending says whether PDF, workbook or CSV."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from crt_scheduler import writing
from crt_scheduler.errors import CrtError
from crt_scheduler.programmes import customs, programme_of
from crt_scheduler.reports import coverage_kept, fair, hours_per_person, year_page
from crt_scheduler.reports.printed import Printed
from crt_scheduler.reports.report_value import Figures, Home, Report, Wish
from solver.wording import tr

__all__ = [
    "ALL", "ENDINGS", "NAMES", "Figures", "Report", "Wish", "answer", "made_by", "named", "printed",
    "refuse_other_endings", "report_of", "write",
]  # fmt: skip
ENDINGS = (".pdf", ".xlsx", ".csv")
ALL: tuple[Report[Any], ...] = (year_page.REPORT, hours_per_person.REPORT, fair.REPORT, coverage_kept.REPORT)
NAMES = tuple(report.name for report in ALL)


def named(name: str) -> Report[Any]:
    """Return the report of a name; raises CrtError for a name that no report has."""
    found = next((report for report in ALL if report.name == name), None)
    if found is None:
        raise CrtError(tr("No report is called {name!r}. There are: {names}.", name=name, names=", ".join(NAMES)))
    return found


def report_of(session: Session, wish: Wish, *, now: dt.datetime, needs_rate: bool = True) -> Figures:
    """Return the figures of the report that is wanted; raises CrtError for a name that no report has."""
    found: Figures = named(wish.name).gather(session, replace(wish, needs_rate=needs_rate), now)
    return found


def made_by(figures: Figures) -> Report[Any]:
    """Return the report that figures are of."""
    return next(report for report in ALL if report.of is type(figures))


def printed(session: Session, figures: Figures, *, now: dt.datetime) -> Printed:
    """Return a report's figures as every form of it prints them."""
    programme = programme_of(session)
    return made_by(figures).page(figures, Home(programme.name, now, customs.clock_of(programme)))


def answer(figures: Figures) -> dict[str, Any]:
    """Return a report as one JSON object: the keys that programs rely on, money in dollars, times in minutes."""
    return {"from": figures.first, "to": figures.last, **made_by(figures).answer(figures)}


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
