"""Ten years of records reported: `python -m tests.benchmarks.reports [--json]`; exit 1 where a bar is missed.

10,000 calls, 20,000 who went, 100,000 ledger rows and 90,000 shifts held; each report in a process of its own. The
bar is held against the seconds of the CPU: other programs of a busy machine say nothing of the report.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.crt_scheduler.report_build import Came, put_calls, put_hours, stamp
from tests.crt_scheduler.team_build import responder, team

NOW = dt.datetime(2022, 1, 10, 17, tzinfo=dt.UTC)
FIRST = dt.date(2012, 1, 1)
CALLS, ENTRIES, PEOPLE, DAYS = 10_000, 100_000, 250, 3653
SECONDS, MEGABYTES = 5.0, 300.0
RUN = """
import resource, sys, time
started = time.perf_counter()
from crt_scheduler import cli
code = cli.run(sys.argv[1:])
took = time.perf_counter() - started
cpu = time.process_time()
print(f"{code} {took:.3f} {cpu:.3f} {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.1f}", file=sys.stderr)
"""


def make(folder: Path) -> Path:
    """Write ten years of records and return their file."""
    store = team(folder, now=NOW)
    with store.change("Add people") as session:
        for n in range(PEOPLE):
            responder(session, f"V{n:03d}", joined=dt.date(2011, 1, 1))
    store.close()
    start, step = dt.datetime(2012, 1, 1, 12, tzinfo=dt.UTC), dt.timedelta(days=DAYS - 2) / CALLS
    people = [1 + n % PEOPLE for n in range(2 * CALLS)]
    put_calls(
        store.path,
        (
            Came(start + n * step, 10 + n * 37 % 80, (people[2 * n], people[2 * n + 1]), area=1 + n % 4)
            for n in range(CALLS)
        ),
    )
    kinds = ("response", "response", "travel", "meeting", "training_received")
    put_hours(
        store.path,
        (
            (1 + n % PEOPLE, kinds[n % 5], FIRST + dt.timedelta(days=n * DAYS // ENTRIES), 30 + n % 200, "approved")
            for n in range(ENTRIES)
        ),
    )
    put_roster(store.path)
    return store.path


def put_roster(path: Path) -> None:
    """Write a day and a night for each date and area, with three people on each."""
    shifts, held, number = [], [], 0
    for day in range(DAYS):
        date = FIRST + dt.timedelta(days=day)
        for template, hour in ((1, 14), (2, 26)):
            start = dt.datetime.combine(date, dt.time(), dt.UTC) + dt.timedelta(hours=hour)
            for area in range(1, 5):
                number += 1
                end = start + dt.timedelta(hours=12)
                shifts.append((number, 1, template, area, f"s{number}", date.isoformat(), stamp(start), stamp(end)))
                held += [(number, 1 + (number * 3 + n) % PEOPLE) for n in range(3)]
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.execute("INSERT INTO roster (id, programme_id, month, version) VALUES (1, 1, '2012-01', 1)")
        raw.executemany(
            'INSERT INTO shift (id, roster_id, template_id, area_id, "key", date, start, "end") '
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            shifts,
        )
        raw.executemany(
            "INSERT INTO assignment (shift_id, responder_id, role, tier, state, locked) "
            "VALUES (?, ?, 'responder', '', 'done', 0)",
            held,
        )


def measure(path: Path, name: str, ending: str) -> tuple[float, float, float]:
    """Return the seconds, those of the CPU, and the megabytes of one report in a process of its own."""
    words = ["--database", str(path), "--now", NOW.isoformat(), "report", name, "--from", "2012-01-01", "--to"]
    words += ["2021-12-31", "--rate", "31.51", "--out", str(path.parent / f"{name}{ending}")]
    done = subprocess.run([sys.executable, "-c", RUN, *words], capture_output=True, text=True, check=True)
    code, seconds, cpu, megabytes = done.stderr.splitlines()[-1].split()
    if code != "0":
        raise SystemExit(done.stderr)
    return float(seconds), float(cpu), float(megabytes)


def main() -> int:
    """Measure each report and say whether the bars are met."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = make(Path(folder))
        pairs = [("year", ".csv"), ("year", ".pdf"), ("year", ".xlsx"), ("hours", ".csv"), ("fairness", ".pdf")]
        found = [(f"{name}{ending}", *measure(path, name, ending)) for name, ending in pairs]
    met = all(cpu <= SECONDS and megabytes <= MEGABYTES for _, _, cpu, megabytes in found)
    if wanted.json:
        print(json.dumps({"met": met, "rows": found, "seconds": SECONDS, "megabytes": MEGABYTES}))
    else:
        table = Table(title=f"Ten years; bars {SECONDS:g} s and {MEGABYTES:g} MB", box=None)
        for name in ("Report", "Seconds", "CPU", "MB"):
            table.add_column(name, justify="left" if name == "Report" else "right")
        for name, seconds, cpu, megabytes in found:
            table.add_row(name, f"{seconds:.2f}", f"{cpu:.2f}", f"{megabytes:.0f}")
        Console().print(table)
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
