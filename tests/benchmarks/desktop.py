"""The window on the sample city: every bar of the desktop beside its measured figure.

    python -m tests.benchmarks.desktop [--json] [--repeat 3]

Each measurement runs the real window off screen in a process of its own. Frames are counted in CPU time; first paint,
gaps and stops are seconds on the wall, so the machine should be idle otherwise.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from crt_scheduler import sample
from tests.ui.build import MONTH, sample_city

ROOT = Path(__file__).resolve().parents[2]
Figures = dict[str, float]
PEOPLE = 150
"""People of the first run: fewer than the city's, so that seats stay open to be walked through."""


@dataclass(frozen=True)
class Line:
    """One figure beside its bar; a figure above the bar misses it."""

    what: str
    figure: float
    bar: float
    unit: str

    @property
    def met(self) -> bool:
        """Is the bar kept?"""
        return self.figure <= self.bar


class Bench:
    """A folder with the sample city and the compiled program, and the processes that measure on it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.city = folder, sample_city(folder)
        sample.write(folder, seed=1, month=MONTH)
        self.environment = {
            **{name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"},
            "PYTHONPYCACHEPREFIX": str(folder / "compiled"),
            "QT_QPA_PLATFORM": "offscreen",
            "CRT_SCHEDULER_SETTINGS": str(folder / "window.ini"),
        }

    def probe(self, what: str) -> Figures:
        """Return the figures of one measurement, on a copy of the city."""
        copy = self.folder / f"{what}.db"
        shutil.copy(self.city, copy)
        words = [sys.executable, "-m", "tests.benchmarks.desktop_probe", what, str(copy)]
        began = time.time()
        done = subprocess.run(words, cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False)
        if done.returncode:
            raise SystemExit(f"{what} ended with {done.returncode}: {done.stderr[-3000:]}")
        figures: Figures = json.loads(done.stdout.splitlines()[-1])
        return {**figures, "began": began}

    def first_hour(self, people: int) -> Figures:
        """Return acts and seconds from an empty folder to calendars, with a list of so many of the city's people."""
        empty = self.folder / "first hour"
        empty.mkdir()
        rows = (self.city.parent / "people.csv").read_text(encoding="utf-8").splitlines(keepends=True)
        (self.folder / "list.csv").write_text("".join(rows[: people + 1]), encoding="utf-8")
        words = [sys.executable, "-m", "tests.ui.first_hour", str(self.folder / "list.csv"), str(empty)]
        done = subprocess.run(words, cwd=ROOT, env=self.environment, capture_output=True, text=True, check=True)
        answer = json.loads(done.stdout.splitlines()[-1])
        return {name: answer[name] for name in ("acts", "seconds", "calendars", "open_seats")}

    def best(self, what: str, *, of: int) -> Figures:
        """Return the smallest figure of several measurements each: what else the machine does only adds to them."""
        runs = [self.probe(what) for _ in range(of)]
        return {name: min(run[name] for run in runs) for name in runs[0]}


def first_paint(bench: Bench, repeat: int) -> Line:
    """Time the way from the start of the process to the painted window, the program being compiled already."""
    bench.probe("paint")
    took = []
    for _ in range(max(3, repeat)):
        figures = bench.probe("paint")
        took.append(figures["painted_at"] - figures["began"])
    return Line("first paint of a fresh process (best)", min(took), 1.0, "s")


def measured(bench: Bench, repeat: int) -> list[Line]:
    """Measure everything."""
    lines = [first_paint(bench, repeat)]
    frames = bench.best("frames", of=repeat)
    lines += [
        Line("board, CPU per frame, p95: wheel", frames["wheel"], 8, "ms"),
        Line("board, CPU per frame, p95: full repaint", frames["repaint"], 16, "ms"),
        Line("board, CPU per frame, p95: page jump", frames["page"], 16, "ms"),
        Line("board, CPU from key to paint, p95", frames["key"], 16, "ms"),
    ]
    solving = bench.best("solving", of=1)
    stopping = bench.best("stopping", of=1)
    resting = bench.best("resting", of=1)
    hour = bench.first_hour(PEOPLE)
    return [
        *lines,
        Line("first run, 150 people: clicks and keys", hour["acts"], 24, ""),
        Line("first run, 150 people: to calendars on disk", hour["seconds"], 300, "s"),
        Line("gap of the event loop while solving, p99", solving["p99"], 50, "ms"),
        Line("gap of the event loop while solving, most", solving["most"], 150, "ms"),
        Line("from Stop to the solver's end", stopping["soft"], 2.5, "s"),
        Line("from closing the window to the solver's end", stopping["closed"], 0.5, "s"),
        Line("window's memory, the city on the Roster", resting["window"], 160, "MiB"),
        Line("solver's memory at most", solving["child"], 700, "MiB"),
    ]


def main() -> int:
    """Measure, print the table, and return 1 if a bar is missed."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--repeat", type=int, default=2, help="times the quick measurements are taken; the best counts")
    words.add_argument("--json", action="store_true")
    asked = words.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        lines = measured(Bench(Path(folder)), asked.repeat)
    for line in lines:
        said = "met" if line.met else "MISSED"
        print(f"{line.what:<46} {line.figure:>9.2f} {line.unit:<4} bar {line.bar:>6g}  {said}")
    if asked.json:
        print(json.dumps([{**vars(line), "met": line.met} for line in lines]))
    return 0 if all(line.met for line in lines) else 1


if __name__ == "__main__":
    sys.exit(main())
