"""How long an incident log takes to import: `python -m tests.benchmarks.imports`; exit 1 where the bar is missed."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

from crt_scheduler import imports, programmes, sheets
from crt_scheduler.imports import log_health
from crt_scheduler.store import Store, open_store

BAR_ROWS, BAR_SECONDS = 10_000, 5.0
NOW = dt.datetime(2027, 1, 1, 12, tzinfo=dt.UTC)
HEADER = ("number", "timestamp", "area", "division", "type", "agency", "duration_min")


def log(path: Path, rows: int) -> None:
    """Write a seeded log of so many incidents in the four areas of the preset."""
    rng = np.random.default_rng(1)
    areas = programmes.preset("crt").areas
    minutes = np.sort(rng.integers(0, 5 * 365 * 24 * 60, size=rows)).tolist()
    start = dt.datetime(2021, 12, 31)
    lines = []
    for n, minute in enumerate(minutes):
        area = areas[n % len(areas)]
        at = start + dt.timedelta(minutes=minute)
        lines.append([f"B-{n:06d}", f"{at:%Y-%m-%d %H:%M}", area.name, area.divisions[0], "homicide", "LAPD", 90])
    sheets.write(path, HEADER, lines)


def team(path: Path) -> Store:
    """Return a new database with the preset's programme."""
    store = open_store(str(path), who="benchmark", now=NOW, create=True)
    with store.change("Make the programme") as session:
        programmes.init(session, programmes.preset("crt"), name="crt")
    return store


def measure(rows: int) -> dict[str, float | int]:
    """Return the seconds that importing, importing again and undoing take."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "incidents.csv"
        log(path, rows)
        store = team(Path(folder) / "team.db")
        try:
            begun, worked = time.perf_counter(), time.process_time()
            report = imports.run(store, "incidents", path)
            first, done = time.perf_counter(), time.process_time()
            with store.read() as session:
                log_health.of_records(session, now=store.now)
            checked, looked = time.perf_counter(), time.process_time()
            again = imports.run(store, "incidents", path)
            second = time.perf_counter()
            store.undo()
            undone = time.perf_counter()
        finally:
            store.close()
    assert report.new == again.unchanged == rows, "the log did not import cleanly"
    return {
        "rows": rows,
        "import_seconds": round(first - begun, 3),
        "import_cpu_seconds": round(done - worked, 3),
        "check_cpu_seconds": round(looked - done, 3),
        "again_seconds": round(second - checked, 3),
        "undo_seconds": round(undone - second, 3),
    }


def main(words: list[str]) -> int:
    """Print the table, or with --json one line; return 1 where 10,000 incidents took longer than the bar."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, nargs="*", default=[BAR_ROWS], help="incidents in each run")
    parser.add_argument("--json", action="store_true", help="print one line of JSON")
    said = parser.parse_args(words)
    results = [measure(rows) for rows in said.rows]
    missed = any(r["import_seconds"] > BAR_SECONDS * max(1.0, r["rows"] / BAR_ROWS) for r in results)
    if said.json:
        print(json.dumps({"bar_seconds": BAR_SECONDS, "bar_rows": BAR_ROWS, "missed": missed, "runs": results}))
        return int(missed)
    table = Table("incidents", "import", "again", "undo", title=f"Import (bar: {BAR_ROWS:,} in {BAR_SECONDS:.0f} s)")
    for r in results:
        seconds = (f"{r[key]:.2f} s" for key in ("import_seconds", "again_seconds", "undo_seconds"))
        table.add_row(f"{r['rows']:,}", *seconds)
    Console().print(table)
    return int(missed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
