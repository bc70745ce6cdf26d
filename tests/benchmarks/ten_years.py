"""Ten years of records beside the figures asked: `python -m tests.benchmarks.ten_years [--json] [--folder KEEP]`.

2,000 people, 100,000 assignments, 120,000 hours, 20,000 calls. The records are made once (in KEEP, if named, they
stay) and every item is measured on a copy, in a process of its own: CPU seconds of the whole process, for other
programs of a busy machine say nothing of ours, and the most memory it held. Acts of the window are whole acts: what
is written, and what every page that is in sight reads and draws anew. Exit 1 where a figure is missed.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MADE = "ten-years.db"
CALLS_LEFT = 1_500
"""Calls that are there already when a file of calls is imported: the other 18,500 are new."""


@dataclass(frozen=True)
class Asked:
    """One item: which probe measures it under which name, and the CPU seconds and megabytes asked (0: none)."""

    what: str
    probe: str
    name: str
    seconds: float
    megabytes: float = 0.0


ASKED = (
    Asked("sample of ten years, 2,000 people", "sample", "sample", 30.0),
    Asked("open", "window", "open", 0.3),
    Asked("first page and the month's board", "window", "reports", 1.0),
    Asked("month board, another month", "window", "board", 0.5),
    *(
        Asked(f"first visit: {page}", "window", page, 0.5)
        for page in ("today", "roster", "people", "demand", "calls", "hours")
    ),
    Asked("assign, on the Roster", "window", "assign", 0.5),
    Asked("undo of one act, the act alone", "acts", "undo", 0.1),
    Asked("assign, on Today", "window", "assign_today", 0.5),
    Asked("today", "acts", "today", 0.5),
    Asked("check", "acts", "check", 0.5),
    Asked("command: assign", "command", "assign", 0.9),
    Asked("command: assign, with the day's backup", "command", "first act", 0.0),
    Asked("command: today", "command", "today", 0.9),
    Asked("command: check", "command", "check", 0.9),
    Asked("import of 18,500 calls", "calls", "import", 20.0),
    Asked("undo of it", "calls", "undo", 5.0),
    Asked("purge --dry-run", "purge", "purge", 3.0, 200.0),
)


@dataclass(frozen=True)
class Line:
    """One item measured: its CPU seconds and megabytes beside those asked."""

    what: str
    cpu: float
    asked: float
    megabytes: float
    asked_megabytes: float

    @property
    def met(self) -> bool:
        """Is it as fast and as small as asked?"""
        is_fast = not self.asked or self.cpu <= self.asked
        return is_fast and (not self.asked_megabytes or self.megabytes <= self.asked_megabytes)


def probe(folder: Path, what: str) -> dict[str, float]:
    """Return the figures of one probe, in a process of its own."""
    environment = {
        **{name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"},
        "PYTHONPYCACHEPREFIX": str(folder / "compiled"),
        "QT_QPA_PLATFORM": "offscreen",
        "CRT_SCHEDULER_SETTINGS": str(folder / f"{what}.ini"),
        "CRT_SCHEDULER_STATE": str(folder),
    }
    words = [sys.executable, "-m", "tests.benchmarks.ten_years_probe", what, str(folder)]
    done = subprocess.run(words, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{what} ended with {done.returncode}: {done.stderr[-3000:]}")
    figures: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return figures


def measured(folder: Path, repeat: int) -> list[Line]:
    """Make the records if they are not there, and measure every item; the best of several runs counts."""
    found: dict[str, dict[str, float]] = {}
    if not (folder / MADE).exists():
        found["sample"] = probe(folder, "make")
        (folder / "making.json").write_text(json.dumps(found["sample"]), encoding="utf-8")
    found["sample"] = json.loads((folder / "making.json").read_text(encoding="utf-8"))
    for what in dict.fromkeys(asked.probe for asked in ASKED if asked.probe != "sample"):
        runs = [probe(folder, what) for _ in range(repeat)]
        found[what] = {name: min(run[name] for run in runs) for name in runs[0]}
    return [Line(a.what, found[a.probe][a.name], a.seconds, found[a.probe]["megabytes"], a.megabytes) for a in ASKED]


def main() -> int:
    """Measure, print the table, and return 1 if a figure is missed."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--folder", type=Path, help="keep the records here, and take those that are here already")
    words.add_argument("--repeat", type=int, default=2, help="times each is measured; the best counts")
    words.add_argument("--json", action="store_true")
    asked = words.parse_args()
    folder = asked.folder or Path(tempfile.mkdtemp(prefix="ten-years-"))
    folder.mkdir(parents=True, exist_ok=True)
    try:
        lines = measured(folder, asked.repeat)
    finally:
        if asked.folder is None:
            shutil.rmtree(folder)
    print(f"{'':<36} {'CPU s':>8} {'asked':>6} {'MB':>6} {'asked':>6}")
    for line in lines:
        most = f"{line.asked_megabytes:6.0f}" if line.asked_megabytes else " " * 6
        least = f"{line.asked:6g}" if line.asked else " " * 6
        said = "MISSED" if not line.met else "met" if line.asked else ""
        print(f"{line.what:<36} {line.cpu:8.2f} {least} {line.megabytes:6.0f} {most}  {said}")
    if asked.json:
        print(json.dumps([{**asdict(line), "met": line.met} for line in lines]))
    return 0 if all(line.met for line in lines) else 1


if __name__ == "__main__":
    sys.exit(main())
