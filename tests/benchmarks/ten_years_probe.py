"""One measurement on ten years of records: python -m tests.benchmarks.ten_years_probe WHAT FOLDER; one line of JSON.

`make` writes the records that the other probes copy. Seconds are those of the CPU of this process, all its threads.
"""

from __future__ import annotations

import datetime as dt
import json
import resource
import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.benchmarks.ten_years import CALLS_LEFT, MADE

NOW = dt.datetime(2026, 12, 15, 17, tzinfo=dt.UTC)
MONTH, NEXT = "2027-01", "2027-02"
PEOPLE, YEARS = 2_000, 10
WHO = "coordinator"
PLACE = "2027-01-09/night/Valley"
PATIENCE = 120.0
Figures = dict[str, float]


def clocked(work: Callable[[], object]) -> float:
    """Return the CPU seconds of some work."""
    began = time.process_time()
    work()
    return time.process_time() - began


def opened(path: Path) -> Any:
    from crt_scheduler.store import open_store

    return open_store(str(path), who=WHO, now=NOW, create=not path.exists())


def copied(folder: Path, name: str) -> Path:
    """Return a copy of the records in a folder of its own."""
    there = folder / name
    shutil.rmtree(there, ignore_errors=True)
    there.mkdir()
    return Path(shutil.copy(folder / MADE, there / MADE))


def make(folder: Path) -> Figures:
    """Write the sample and import it; January has a roster. Return what each took."""
    from crt_scheduler import imports, planning, programmes, sample
    from tests.ui.build import greedy

    found = {"sample": clocked(lambda: sample.write(folder, seed=1, month=MONTH, years=YEARS, team=PEOPLE, force=True))}
    store = opened(folder / "making.db")
    with store.change("Set up") as session:
        programmes.init(session, programmes.preset("crt"), name="crt")
    for kind in sample.FILES:
        found[kind] = clocked(lambda kind=kind: imports.run(store, kind, folder / f"{kind}.csv"))
    with store.read() as session:
        frozen = planning.problem(session, MONTH, now=NOW)
    with store.change("Solve January 2027") as session:
        planning.apply(session, frozen, greedy(frozen))
    store.close()
    (folder / "making.db").replace(folder / MADE)
    return found


def window(folder: Path) -> Figures:
    """Return what opening, the first visit of each page, another month's board and an assign take in the window."""
    from tests.benchmarks.ten_years_window import measured

    return measured(copied(folder, "window"))


def acts(folder: Path) -> Figures:
    """Return what an undo and a second look at today and at what is broken take: the first look made what is kept."""
    from crt_scheduler import planning, roster, today

    store = opened(copied(folder, "acts"))

    def assign() -> None:
        with store.change("Assign") as session:
            roster.assign(session, roster.shift_name(PLACE), free_for(session))

    def look(reading: Callable[[Any], object]) -> Callable[[], None]:
        def work() -> None:
            with store.read() as session:
                reading(session)

        return work

    looks = {
        "today": look(lambda session: today.today(session, now=NOW)),
        "check": look(lambda session: planning.check(session, MONTH, now=NOW)),
    }
    for each in looks.values():
        each()
    assign()
    found = {name: clocked(each) for name, each in looks.items()}
    found["undo"] = clocked(store.undo)
    store.close()
    return found


def free_for(session: Any) -> str:
    """Return the id of somebody who is on call nowhere in the month."""
    from crt_scheduler import responders, roster

    taken = {row.person for row in roster.month_rows(session, MONTH)}
    return next(
        r.id for r in responders.rows(session) if r.kind == "volunteer" and r.role == "lead" and r.id not in taken
    )


def command(folder: Path) -> Figures:
    """Return what commands take, start and all, once Python has compiled them: an act, and the day's first one.

    The day's first act makes and checks the day's backup, which reads every page of the file.
    """
    path = copied(folder, "command")
    store = opened(path)
    with store.read() as session:
        who = free_for(session)
    store.close()
    act, back = ["assign", PLACE, who], ["unassign", PLACE, who]
    for words in (["today"], ["check", MONTH]):
        of_command(path, words)  # compiles
    found = {"today": of_command(path, ["today"]), "check": of_command(path, ["check", MONTH])}
    found["first act"] = of_command(path, act)
    of_command(path, back)
    return {**found, "assign": of_command(path, act)}


def of_command(path: Path, words: list[str]) -> float:
    """Return the CPU seconds of one command."""
    import subprocess

    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    whole = [sys.executable, "-m", "crt_scheduler", "--database", str(path), "--now", NOW.isoformat(), *words]
    done = subprocess.run(whole, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1):
        raise SystemExit(done.stderr)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def calls(folder: Path) -> Figures:
    """Return what importing all calls but some that are there, and taking that back, takes."""
    from crt_scheduler import imports, programmes

    there = folder / "calls"
    shutil.rmtree(there, ignore_errors=True)
    there.mkdir()
    store = opened(there / "calls.db")
    with store.change("Set up") as session:
        programmes.init(session, programmes.preset("crt"), name="crt")
    for kind in ("people", "incidents", "roster"):
        imports.run(store, kind, folder / f"{kind}.csv")
    lines = (folder / "calls.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    (there / "first.csv").write_text("".join(lines[: CALLS_LEFT + 1]), encoding="utf-8")
    imports.run(store, "calls", there / "first.csv")
    found = {"import": clocked(lambda: imports.run(store, "calls", folder / "calls.csv"))}
    found["undo"] = clocked(store.undo)
    store.close()
    return found


def purge(folder: Path) -> Figures:
    """Return what asking for what a purge would take takes."""
    from crt_scheduler.privacy import purge as purging

    store = opened(copied(folder, "purge"))
    found = {"purge": clocked(lambda: purging.purge(store, dry_run=True))}
    store.close()
    return found


PROBES: dict[str, Callable[[Path], Figures]] = {
    "make": make, "window": window, "acts": acts, "command": command, "calls": calls, "purge": purge,
}  # fmt: skip

if __name__ == "__main__":
    figures = PROBES[sys.argv[1]](Path(sys.argv[2]))
    figures["megabytes"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps(figures), flush=True)
