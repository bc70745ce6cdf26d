"""How long hours sheets take, out, in and in again: `python -m tests.benchmarks.hours_forms`; exit 1 above the bar."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import sys
import tempfile
import time
from pathlib import Path

from rich.console import Console
from rich.table import Table
from sqlalchemy.orm import Session

from crt_scheduler import programmes, sheets
from crt_scheduler.hours import hours_sheet, hours_sheet_back
from crt_scheduler.roster import assign, shift_name
from crt_scheduler.store import Store, open_store
from crt_scheduler.tables import Responder

BAR_PEOPLE, BAR_SECONDS = 250, 30.0
NOW = dt.datetime(2027, 2, 2, 17, tzinfo=dt.UTC)
MONTH = "2027-01"
LINES = 3
"""Blank lines that each person fills in."""


def team(path: Path, people: int) -> Store:
    """Return a new database of so many people, each on call on three days of January."""
    store = open_store(str(path), who="benchmark", now=NOW, create=True)
    with store.change("Make the programme") as session:
        programmes.init(session, programmes.preset("crt"), name="crt")
    areas = [area.name for area in programmes.preset("crt").areas]
    with store.change("Fill the month") as session:
        session.add_all(_person(n) for n in range(people))
        session.flush()
        for n in range(people):
            _on_call(session, n, areas[n % len(areas)])
    return store


def _person(n: int) -> Responder:
    return Responder(
        code=f"V{n:03d}", name=f"Person {n:03d}", kind="volunteer", role="responder", status="active",
        status_until=None, joined=None, home_division_id=None, home_area_id=None, languages=[], traditions=[],
        email="", phone="", target_minutes=None,
    )  # fmt: skip


def _on_call(session: Session, n: int, area: str) -> None:
    for turn in range(3):
        assign(session, shift_name(f"{MONTH}-{1 + (n + 10 * turn) % 30:02d}/night/{area}"), f"V{n:03d}")


def fill(folder: Path) -> None:
    """Fill in some blank lines of every sheet, as its owner would."""
    for path in folder.iterdir():
        sheet = sheets.read(path)
        rows = [dict(row.cells) for row in sheet.rows]
        for n, row in enumerate([row for row in rows if not row["what"]][:LINES]):
            row.update(kind="meeting", date=f"{MONTH}-{10 + n}", start="18:00", end="20:30")
        sheets.write(path, sheet.header, [[row[name] for name in sheet.header] for row in rows])


def measure(people: int) -> dict[str, float | int]:
    """Return the seconds that sheets out, in, and in again take."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "sheets"
        store = team(Path(folder) / "team.db", people)
        try:
            begun = time.perf_counter()
            with store.read() as session:
                hours_sheet.write(session, MONTH, out)
            written = time.perf_counter()
            fill(out)
            filled = time.perf_counter()
            report = hours_sheet_back.read(store, out)
            first = time.perf_counter()
            again = hours_sheet_back.read(store, out)
            second = time.perf_counter()
        finally:
            store.close()
    assert report.count("new") == again.count("unchanged") == LINES * people, "the sheets did not read cleanly"
    assert not again.written, "reading twice changed something"
    return {
        "people": people,
        "out_seconds": round(written - begun, 3),
        "in_seconds": round(first - filled, 3),
        "again_seconds": round(second - first, 3),
        "out_and_in_seconds": round(written - begun + first - filled, 3),
    }


def main(words: list[str]) -> int:
    """Print the table, or with --json one line; return 1 where sheets out and in took longer than the bar."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=BAR_PEOPLE)
    parser.add_argument("--json", action="store_true", help="print one line of JSON")
    said = parser.parse_args(words)
    result = measure(said.people)
    missed = result["out_and_in_seconds"] > BAR_SECONDS * max(1.0, said.people / BAR_PEOPLE)
    if said.json:
        print(json.dumps({"bar_seconds": BAR_SECONDS, "missed": missed, **result}))
        return int(missed)
    table = Table("people", "out", "in", "again", title=f"Hours sheets (bar: {BAR_PEOPLE} in {BAR_SECONDS:.0f} s)")
    names = ("out_seconds", "in_seconds", "again_seconds")
    table.add_row(str(said.people), *(f"{result[name]:.2f} s" for name in names))
    Console().print(table)
    return int(missed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
