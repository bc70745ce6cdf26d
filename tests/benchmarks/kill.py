"""Kill drill: kill -9 during an import and during a solve's write; the database must hold all of the act or none.

python -m tests.benchmarks.kill [--times 50] [--json]
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from sqlalchemy import select

from crt_scheduler.store import open_store
from crt_scheduler.tables import NOT_RESTORED, Record
from solver.problem import Problem
from solver.result import Placed
from tests.crt_scheduler import team_build as build

ROOT = Path(__file__).resolve().parents[2]


def state(path: Path) -> str:
    """Return a digest of every record, opening the database as the app does."""
    store = open_store(str(path), who="drill", now=build.NOW)
    digest = hashlib.sha256()
    with store.read() as session:
        for table in Record.metadata.sorted_tables:
            if table.name not in NOT_RESTORED:
                for row in session.execute(select(table).order_by(table.c.id)):
                    digest.update(repr(tuple(row)).encode())
    store.close()
    return digest.hexdigest()


def people_file(folder: Path) -> Path:
    """Write 250 people."""
    rows = [f"P{n},Person {n},{'lead' if n % 2 else 'responder'},Valley" for n in range(250)]
    path = folder / "people.csv"
    path.write_text("\n".join(["id,name,role,home_area", *rows]) + "\n", encoding="utf-8")
    return path


def start(script: str, *words: str) -> subprocess.Popen[bytes]:
    """Start a child that says "go" on a line before the act begins."""
    return subprocess.Popen([sys.executable, "-c", script, *words], cwd=ROOT, stdout=subprocess.PIPE)


IMPORT = """
import sys, datetime as dt
from pathlib import Path
from crt_scheduler import imports
from crt_scheduler.store import open_store
store = open_store(sys.argv[1], who="drill", now=dt.datetime(2026, 12, 1, tzinfo=dt.timezone.utc))
print("go", flush=True)
imports.run(store, "people", Path(sys.argv[2]))
"""

WRITE = """
import sys, datetime as dt
from crt_scheduler import planning
from crt_scheduler.store import open_store
from tests.benchmarks.kill import full_roster
now = dt.datetime(2026, 12, 1, tzinfo=dt.timezone.utc)
store = open_store(sys.argv[1], who="drill", now=now)
with store.read() as session:
    frozen = planning.problem(session, "2027-01", now=now)
placed = full_roster(frozen)
print("go", flush=True)
with store.change("Solve 2027-01") as session:
    planning.apply(session, frozen, placed)
"""


def full_roster(frozen: Problem) -> tuple[Placed, ...]:
    """Return a roster that fills every team seat of the month, whoever it is (only its writing is under test)."""
    people = [person.id for person in frozen.people]
    seats = [n for n, seat in enumerate(frozen.seats) if seat.team]
    return tuple(Placed(people[n % len(people)], seat) for n, seat in enumerate(seats))


def drill(script: str, database: Path, words: list[str], times: int, seed: int) -> tuple[int, int, int]:
    """Kill the act at `times` random moments; return how often none of it was there, all of it, and neither."""
    original = database.read_bytes()
    before = state(database)

    def run(after: float | None) -> float:
        database.write_bytes(original)
        for ending in ("-wal", "-shm"):
            database.with_name(database.name + ending).unlink(missing_ok=True)
        child = start(script, str(database), *words)
        assert child.stdout is not None
        child.stdout.readline()
        began = time.perf_counter()
        if after is not None:
            time.sleep(after)
            os.kill(child.pid, signal.SIGKILL)
        child.wait()
        child.stdout.close()
        return time.perf_counter() - began

    length = run(None)
    after_all = state(database)
    assert after_all != before
    chance = random.Random(seed)
    none = whole = neither = 0
    for _ in range(times):
        run(chance.uniform(0, length * 1.1))
        found = state(database)
        none += found == before
        whole += found == after_all
        neither += found not in (before, after_all)
    return none, whole, neither


def main() -> int:
    """Run both drills, print a table, and return 1 if any kill left half an act."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--times", type=int, default=50)
    words.add_argument("--json", action="store_true")
    asked = words.parse_args()
    rows: dict[str, tuple[int, int, int]] = {}
    with tempfile.TemporaryDirectory() as folder:
        store = build.team(Path(folder))
        store.close()
        file = people_file(Path(folder))
        rows["import"] = drill(IMPORT, store.path, [str(file)], asked.times, seed=1)
        store = build.team(Path(folder), name="with-people.db")
        with store.change("People") as session:
            for n in range(60):
                build.responder(session, f"P{n}", role="lead")
        store.close()
        rows["solve's write"] = drill(WRITE, store.path, [], asked.times, seed=2)
    print(f"{'act':<16}{'kills':>7}{'nothing':>9}{'all':>6}{'half':>6}")
    for act, (none, whole, neither) in rows.items():
        print(f"{act:<16}{asked.times:>7}{none:>9}{whole:>6}{neither:>6}")
    if asked.json:
        print(json.dumps({act: {"nothing": n, "all": w, "half": h} for act, (n, w, h) in rows.items()}))
    return 1 if any(row[2] for row in rows.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
