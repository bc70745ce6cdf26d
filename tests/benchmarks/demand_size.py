"""How long the forecast takes on a large log: `python -m tests.benchmarks.demand_size`; exit 1 where a bar is missed.

The log is read from the database and learnt from in a process of its own, whose largest memory is measured.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

from crt_scheduler import demand, programmes, times
from crt_scheduler.imports import log_health
from crt_scheduler.store import open_store

BAR_ROWS, BAR_SECONDS, BAR_MEGABYTES = 100_000, 5.0, 400.0
YEARS = 10
NOW = dt.datetime(2027, 1, 1, 12, tzinfo=dt.UTC)
FIRST = dt.date(2027, 2, 1)


def make(path: Path, rows: int) -> None:
    """Make a database whose log holds so many incidents over ten years; they are written straight into the table."""
    store = open_store(str(path), who="benchmark", now=NOW, create=True)
    with store.change("Make the programme") as session:
        programmes.init(session, programmes.preset("crt"), name="crt")
    with store.read() as session:
        areas = [area.id for area in demand.areas(session)]
    store.close()
    rng = np.random.default_rng(1)
    minutes = np.sort(rng.integers(0, YEARS * 365 * 24 * 60, size=rows)).tolist()
    start = times.minutes(NOW) - YEARS * 365 * 24 * 60
    lengths = rng.lognormal(4.6, 0.6, size=rows).astype(int).tolist()
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.executemany(
            "INSERT INTO incident (key, number, at, area_id, type, agency, duration_minutes) "
            "VALUES (?, '', ?, ?, '', '', ?)",
            (
                (f"t:{n}", f"{times.from_minutes(start + at):%Y-%m-%d %H:%M:%S.%f}", areas[n % len(areas)], length)
                for n, (at, length) in enumerate(zip(minutes, lengths, strict=True))
            ),
        )


def measured(path: Path) -> dict[str, float | int]:
    """Return the seconds that forecast, rolling origin and the look at the log take, and the largest memory in MB."""
    store = open_store(str(path), who="benchmark", now=NOW)
    with store.read() as session:
        begun = time.perf_counter()
        learnt = demand.forecast(session, FIRST)
        forecast = time.perf_counter()
        memory = _megabytes()
        demand.rolling(session)
        rolling = time.perf_counter()
        log_health.of_records(session, now=NOW)
        health = time.perf_counter()
    store.close()
    return {
        "calls": learnt.total,
        "forecast_seconds": round(forecast - begun, 3),
        "rolling_seconds": round(rolling - forecast, 3),
        "health_seconds": round(health - rolling, 3),
        "forecast_megabytes": memory,
        "megabytes": _megabytes(),
    }


def _megabytes() -> float:
    """Return the largest memory this process has held, in MB; 0 where the system does not say."""
    try:
        import resource
    except ImportError:
        return 0.0
    largest = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(largest / (1024**2 if sys.platform == "darwin" else 1024), 1)


def measure(rows: int) -> dict[str, float | int]:
    """Make a log, and measure in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "team.db"
        make(path, rows)
        words = [sys.executable, "-m", "tests.benchmarks.demand_size", "--measure", str(path)]
        done = subprocess.run(words, capture_output=True, text=True, check=True)
    result: dict[str, float | int] = {"rows": rows, **json.loads(done.stdout)}
    return result


def main(words: list[str]) -> int:
    """Print the table, or with --json one line; return 1 where a bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, nargs="*", default=[BAR_ROWS], help="incidents in each run")
    parser.add_argument("--json", action="store_true", help="print one line of JSON")
    parser.add_argument("--measure", type=Path, help=argparse.SUPPRESS)
    said = parser.parse_args(words)
    if said.measure:
        print(json.dumps(measured(said.measure)))
        return 0
    results = [measure(rows) for rows in said.rows]
    missed = any(r["forecast_seconds"] > BAR_SECONDS or r["megabytes"] > BAR_MEGABYTES for r in results)
    if said.json:
        bars = {"bar_seconds": BAR_SECONDS, "bar_megabytes": BAR_MEGABYTES, "missed": missed}
        print(json.dumps({**bars, "runs": results}))
        return int(missed)
    title = f"Forecast from the records (bars: {BAR_SECONDS:.0f} s, {BAR_MEGABYTES:.0f} MB)"
    table = Table("incidents", "forecast", "rolling origin", "look at the log", "memory", title=title)
    for r in results:
        seconds = (f"{r[key]:.2f} s" for key in ("forecast_seconds", "rolling_seconds", "health_seconds"))
        table.add_row(f"{r['rows']:,}", *seconds, f"{r['megabytes']:.0f} MB")
    Console().print(table)
    return int(missed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
