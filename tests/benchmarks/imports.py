"""How long an incident log takes to import, and how much room: `python -m tests.benchmarks.imports`; 1: bar missed."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import multiprocessing
import resource
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

from crt_scheduler import imports, programmes, sheets
from crt_scheduler.imports import log_health
from crt_scheduler.store import Store, open_store

BAR_ROWS, BAR_SECONDS, BAR_MEGABYTES, BAR_CHECK = 500_000, 60.0, 250, 5.0
LEAST = 3.0
"""CPU seconds that a small log may take whatever its share: opening, and the first look at everything."""
NOW = dt.datetime(2027, 1, 1, 12, tzinfo=dt.UTC)
HEADER = ("number", "timestamp", "area", "division", "type", "agency", "duration_min")


def log(path: Path, rows: int) -> None:
    """Write a seeded log of so many incidents in the four areas of the preset."""
    rng = np.random.default_rng(1)
    areas = programmes.preset("crt").areas
    start = dt.datetime(2021, 12, 31)
    moments = (
        start + dt.timedelta(minutes=int(minute)) for minute in np.sort(rng.integers(0, 5 * 365 * 1440, size=rows))
    )
    placed = ((n, at, areas[n % len(areas)]) for n, at in enumerate(moments))
    lines = (
        (f"B-{n:06d}", f"{at:%Y-%m-%d %H:%M}", area.name, area.divisions[0], "homicide", "LAPD", 90)
        for n, at, area in placed
    )
    sheets.write(path, HEADER, lines)


def team(path: Path) -> Store:
    """Return a new database with the preset's programme."""
    store = open_store(str(path), who="benchmark", now=NOW, create=True)
    with store.change("Make the programme") as session:
        programmes.init(session, programmes.preset("crt"), name="crt")
    return store


def measure(rows: int) -> dict[str, float | int]:
    """Return the CPU seconds of importing, checking, importing again and undoing, and the memory of the first (MB)."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "incidents.csv"
        log(path, rows)
        store = team(Path(folder) / "team.db")
        try:
            begun = time.process_time()
            report = imports.run(store, "incidents", path, guess=True)
            done, held = time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
            with store.read() as session:
                log_health.of_records(session, now=store.now)
            checked = time.process_time()
            again = imports.run(store, "incidents", path, guess=True)
            second = time.process_time()
            store.undo()
            undone = time.process_time()
        finally:
            store.close()
    assert report.new == again.unchanged == rows, "the log did not import cleanly"
    return {
        "rows": rows,
        "import_seconds": round(done - begun, 2),
        "megabytes": held,
        "check_seconds": round(checked - done, 2),
        "again_seconds": round(second - checked, 2),
        "undo_seconds": round(undone - second, 2),
    }


def is_missed(found: dict[str, float | int]) -> bool:
    """Did a log take longer than its share of the bar, or more memory than the largest may?"""
    share = found["rows"] / BAR_ROWS
    seconds = (found["import_seconds"], BAR_SECONDS), (found["check_seconds"], BAR_CHECK)
    return found["megabytes"] > BAR_MEGABYTES or any(took > max(LEAST, bar * share) for took, bar in seconds)


def main(words: list[str]) -> int:
    """Print the table, or with --json one line; return 1 where a log took longer or more than the bar."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, nargs="*", default=[10_000, BAR_ROWS], help="incidents in each run")
    parser.add_argument("--json", action="store_true", help="print one line of JSON")
    said = parser.parse_args(words)
    alone = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(max_workers=1, mp_context=alone, max_tasks_per_child=1) as each_alone:
        results = list(each_alone.map(measure, said.rows))
    missed = any(map(is_missed, results))
    if said.json:
        print(json.dumps({"missed": missed, "runs": results}))
        return int(missed)
    bars = f"{BAR_ROWS:,} in {BAR_SECONDS:.0f} s and {BAR_MEGABYTES} MB, checked in {BAR_CHECK:.0f} s"
    table = Table("incidents", "import", "memory", "check", "again", "undo", title=f"Import, CPU s ({bars})")
    for r in results:
        seconds = (f"{r[key]:.2f}" for key in ("check_seconds", "again_seconds", "undo_seconds"))
        table.add_row(f"{r['rows']:,}", f"{r['import_seconds']:.2f}", f"{r['megabytes']} MB", *seconds)
    Console().print(table)
    return int(missed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
