"""How close the forecast comes on an incident file: `python -m tests.benchmarks.forecast FILE.csv --train-from D ...`.

Every month of the test is forecast as a published roster would need it: by the product's own learning, from the days
before 45 days ahead of the month's first. It is compared with the mean of each area over the whole training span,
right up to the test, by mean Poisson deviance per 12 h x area. Without a file, the measured sets are held to their
bars. Exit 1 where a bar is missed or the forecast is more than 0.3 % worse than the area mean.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

from crt_scheduler import dates, programmes, sheets, times
from crt_scheduler.demand import log_arrays, origin
from crt_scheduler.demand.forecast_values import Calls, Prior, day_number
from crt_scheduler.errors import CrtError
from crt_scheduler.imports import date_orders, incidents_file
from crt_scheduler.imports.change_plan import columns

ROOT = Path(__file__).resolve().parents[2]
SETS = ROOT.parent / "shared" / "data" / "incidents"
WORST = 1.003
"""Never more than 0.3 % worse than the area mean."""


@dataclass(frozen=True)
class Incidents:
    """A file as arrays: local minutes since 1970, area index, and the areas' names; `left_out` rows had no use."""

    local: np.ndarray
    area: np.ndarray
    names: tuple[str, ...]
    left_out: int


@dataclass(frozen=True)
class Case:
    """One comparison: a file, its training and test spans, and the most the deviance may be (none: the area mean)."""

    file: Path
    train_from: dt.date
    test_from: dt.date
    test_to: dt.date
    bar: float | None = None
    start_hour: int = 7


@dataclass(frozen=True)
class Outcome:
    """What was measured: mean Poisson deviances, expected over actual calls, and whether every bar holds."""

    file: str
    train_from: str
    test_from: str
    test_to: str
    train_calls: int
    test_calls: int
    area_mean: float
    ours: float
    total_ratio: float
    bar: float
    met: bool
    note: str = ""


KNOWN = tuple(field for field in incidents_file.FIELDS if field.name in ("timestamp", "area", "type", "number"))


def read(path: Path, mapping: dict[str, str], order: str | None) -> Incidents:
    """Read a file of incidents; wall times are taken as they stand, rows without time or area are left out."""
    sheet = sheets.read(path)
    held = columns(sheet, mapping, known=KNOWN, required=("timestamp", "area"))
    way = date_orders.orders(held, ("timestamp",), order)["timestamp"]
    local, places, left_out = [], [], 0
    for row in sheet.rows:
        moment, area = _moment(row.cells[held.named("timestamp")], way), row.cells[held.named("area")].strip()
        if moment is None or not area:
            left_out += 1
            continue
        local.append(times.minutes(moment))
        places.append(area)
    names = tuple(sorted(set(places)))
    number = {name: n for n, name in enumerate(names)}
    return Incidents(
        np.array(local, dtype=np.int64), np.array([number[p] for p in places], dtype=np.int64), names, left_out
    )


def _moment(text: str, order: str) -> dt.datetime | None:
    """Return a wall time as if it were UTC, so that no clock change moves it; a date alone is its midnight."""
    try:
        return dates.moment_in(text, order, times.Zone("UTC"))
    except (ValueError, OverflowError):
        try:
            return times.instant(dates.date_in(text, order), dt.time(), "UTC")
        except (ValueError, OverflowError):
            return None


def calls_of(found: Incidents, case: Case) -> tuple[Calls, Prior, int]:
    """Return the calls from training to test by 12 h shift, what is known without a log, and calls left out.

    The areas are those that had a call in the training span; where many calls lie at midnight sharp, as if the time
    were missing, those are left out. The number by hand is the shipped one.
    """
    first, test, last = (day_number(date) for date in (case.train_from, case.test_from, case.test_to))
    start = case.start_hour * 60 % log_arrays.DAY
    shifts = log_arrays.week(
        [
            log_arrays.Pattern(start, log_arrays.DAY // 2),
            log_arrays.Pattern((start + log_arrays.DAY // 2) % log_arrays.DAY, log_arrays.DAY // 2),
        ]
    )
    logged = log_arrays.calls_in(shifts, found.local, found.area).between(first, last)
    every = logged.timed()
    if len(every.day) < len(logged.day) / 2:
        raise CrtError(f"{case.file.name}: most times are midnight sharp, so nothing can be said of shifts.")
    known = np.unique(every.area[every.day < test])
    if not len(known):
        raise CrtError(f"{case.file.name} has no incident from {case.train_from} to {case.test_from}.")
    kept = np.isin(every.area, known)
    calls = Calls(every.day[kept], every.template[kept], np.searchsorted(known, every.area[kept]))
    yearly = programmes.preset("crt").yearly_calls
    return calls, Prior(yearly, np.ones(len(known)), shifts.hours), len(logged.day) - len(calls.day)


def measure(found: Incidents, case: Case) -> Outcome:
    """Return the forecast's deviance beside the area mean's on the test span."""
    calls, prior, left_out = calls_of(found, case)
    first, test, last = (day_number(date) for date in (case.train_from, case.test_from, case.test_to))
    came = origin.counted(calls, prior, test, last)
    mean = origin.counted(calls, prior, first, test).mean(axis=(0, 1))
    expected = np.concatenate(
        [
            origin.frozen_ahead(calls, prior, begin).cells(day_number(begin), day_number(end))
            for begin, end in origin.months(case.test_from, case.test_to)
        ]
    )
    area_mean = origin.deviance(came, np.broadcast_to(mean, came.shape))
    ours = origin.deviance(came, expected)
    bar = area_mean * WORST if case.bar is None else min(case.bar, area_mean * WORST)
    notes = [f"{left_out} calls without a time, or in areas unknown before the test, are left out"] if left_out else []
    notes += [f"{found.left_out} rows without time or area are left out"] if found.left_out else []
    return Outcome(
        file=case.file.name,
        train_from=str(case.train_from),
        test_from=str(case.test_from),
        test_to=str(case.test_to),
        train_calls=int((calls.day < test).sum()),
        test_calls=int(came.sum()),
        area_mean=round(area_mean, 5),
        ours=round(ours, 5),
        total_ratio=round(float(expected.sum()) / max(1.0, float(came.sum())), 4),
        bar=round(bar, 5),
        met=ours <= bar,
        note="; ".join(notes),
    )


def all_cases() -> Iterator[Case]:
    """Yield the measured sets with their bars, then windows of one year of history (and half a year of deaths)."""
    chicago, fars, deaths = (SETS / name for name in FILES)
    for path, test, years, bar in (
        (chicago, 2022, 5, 0.775),
        (chicago, 2022, 1, 0.780),
        (chicago, 2019, 3, 0.630),
        (chicago, 2016, 3, 0.805),
        (fars, 2015, 2, 0.777),
    ):
        yield Case(path, _new_year(test - years), _new_year(test), _new_year(test + 1), bar)
    for path, tests in ((chicago, range(2014, 2022)), (fars, (2014, 2015))):
        for test in tests:
            yield Case(path, _new_year(test - 1), _new_year(test), _new_year(test + 1))
            if test < 2015 or path == chicago:
                july = dt.date(test, 7, 1)
                yield Case(path, july.replace(year=test - 1), july, july.replace(year=test + 1))
    yield Case(deaths, _new_year(2015), dt.date(2015, 7, 1), dt.date(2015, 12, 31))


FILES = ("chicago_homicides.csv", "fars_thinned_713.csv", "la_city_deaths_2015.csv")


def _new_year(year: int) -> dt.date:
    return dt.date(year, 1, 1)


def show(outcomes: list[Outcome]) -> None:
    """Print the table."""
    table = Table("file", "train from", "test", "calls", "area mean", "ours", "bar", "total", "", title="Forecast")
    for row in outcomes:
        table.add_row(
            row.file.removesuffix(".csv"),
            row.train_from,
            f"{row.test_from} to {row.test_to}",
            f"{row.train_calls:,} / {row.test_calls:,}",
            f"{row.area_mean:.4f}",
            f"{row.ours:.4f}",
            f"{row.bar:.4f}",
            f"{row.total_ratio:.3f}",
            "met" if row.met else "MISSED",
        )
    Console(width=150).print(table)
    for note in dict.fromkeys(row.note for row in outcomes if row.note):
        print(note)


def _words(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", nargs="?", type=Path, help="incidents: timestamp, area; without it the measured sets")
    for name in ("--train-from", "--test-from", "--test-to"):
        parser.add_argument(name, type=dt.date.fromisoformat, metavar="D", help="a date; --test-to is not included")
    parser.add_argument("--start-hour", type=int, default=7, choices=range(24), metavar="H", help="first shift; 7")
    parser.add_argument("--map", action="append", default=[], metavar="OURS=THEIRS", help="a column by another name")
    parser.add_argument("--dates", choices=dates.ORDERS, help="order of day and month, where the file does not say")
    parser.add_argument("--all", action="store_true", help="the measured sets with their bars")
    parser.add_argument("--json", action="store_true", help="one line of JSON")
    said = parser.parse_args(words)
    spans = (said.train_from, said.test_from, said.test_to)
    if said.file and (None in spans or not spans[0] < spans[1] < spans[2]):
        parser.error("a file needs --train-from, --test-from and --test-to, each after the one before")
    return said


def main(words: list[str]) -> int:
    """Print the table, or with --json one line; return 1 where a bar is missed."""
    said = _words(words)
    if said.file:
        cases = [Case(said.file, said.train_from, said.test_from, said.test_to, start_hour=said.start_hour)]
    else:
        cases = [case for case in all_cases() if case.file.exists()]
        if not cases:
            print(f"The measured sets are not there ({', '.join(FILES)}): nothing was measured.", file=sys.stderr)
            return 0
    mapping = dict(pair.split("=", 1) for pair in said.map if "=" in pair)
    try:
        read_files = {path: read(path, mapping, said.dates) for path in {case.file for case in cases}}
        outcomes = [measure(read_files[case.file], case) for case in cases]
    except CrtError as fault:
        print(fault, file=sys.stderr)
        return 2
    if said.json:
        only = asdict(outcomes[0]) if said.file else {"met": all(row.met for row in outcomes)}
        print(json.dumps({**only, "runs": [asdict(row) for row in outcomes]}))
    else:
        show(outcomes)
    return int(not all(row.met for row in outcomes))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
