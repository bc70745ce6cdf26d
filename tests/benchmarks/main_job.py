"""The main job on the sample city, through the command line: every promise of it as a figure beside its bar.

    python -m tests.benchmarks.main_job [--seconds 30] [--json]

Needs ../shared/tools/icslint.py for the calendar lines; says so and counts them as missed where it is not there.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from icalendar import Calendar

from crt_scheduler import planning
from crt_scheduler.store import open_store
from tests.crt_scheduler import team_build as build

ROOT = Path(__file__).resolve().parents[2]
LINT = ROOT.parent / "shared" / "tools" / "icslint.py"
NOW = "2026-12-01T17:00Z"


@dataclass(frozen=True)
class Line:
    """One figure beside its bar."""

    what: str
    figure: str
    bar: str
    met: bool


class City:
    """The sample city in a folder, spoken to through the command line."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.database = folder / "team.db"
        self.now = NOW

    def run(self, *words: str, code: int = 0) -> Any:
        """Run one command and return its JSON answer, if it printed one."""
        line = [sys.executable, "-m", "crt_scheduler", "--database", str(self.database), "--now", self.now, *words]
        done = subprocess.run(line, cwd=ROOT, capture_output=True, text=True, check=False)
        if done.returncode != code:
            raise SystemExit(f"{' '.join(words)} ended with {done.returncode}: {done.stderr[-2000:]}")
        return json.loads(done.stdout.splitlines()[-1]) if "--json" in words else None

    def fill(self) -> None:
        """Write the sample and import it."""
        self.run("sample", str(self.folder / "sample"), "--month", "2027-01")
        self.run("init")
        for kind in ("people", "availability", "incidents", "roster"):
            self.run("import", kind, str(self.folder / "sample" / f"{kind}.csv"))

    def publish(self, month: str, out: str) -> Path:
        """Publish a month and return the folder; what the drill's own move breaks is acknowledged."""
        broken = [
            word for rule in ("areas", "seat_count", "rest", "ceiling", "weekends") for word in ("--acknowledge", rule)
        ]
        self.run("publish", month, "--out", str(self.folder / out), *broken)
        return self.folder / out


def bytes_of(out: Path) -> dict[str, str]:
    """Return a digest per calendar file."""
    return {str(f.relative_to(out)): hashlib.sha256(f.read_bytes()).hexdigest() for f in sorted(out.rglob("*.ics"))}


def lint(*words: str) -> tuple[int, int]:
    """Return how many calendars are clean and how many are not."""
    if not LINT.exists():
        return 0, 1
    done = subprocess.run([sys.executable, str(LINT), *words], capture_output=True, text=True, check=False)
    clean = done.stdout.count(" CLEAN")
    return clean, done.stdout.count("finding(s)") + (done.returncode != 0 and clean == 0)


def events(file: Path) -> dict[str, tuple[Any, ...]]:
    """Return what each event of a calendar says, by UID."""
    found = {}
    for event in Calendar.from_ical(file.read_bytes()).walk("VEVENT"):
        said = (event["DTSTART"].dt, event["DTEND"].dt, str(event["SUMMARY"]), str(event.get("DESCRIPTION", "")))
        found[str(event["UID"])] = (*said, str(event["STATUS"]), int(event["SEQUENCE"]))
    return found


def planned(city: City, seconds: float) -> list[Line]:
    """Solve January and hold the answer against its bars."""
    solved = city.run("solve", "2027-01", "--seconds", str(seconds), "--json")
    checked = city.run("check", "2027-01", "--json")
    reasons = sum(bool(seat["reason"]) for seat in solved["open_seats"])
    once, again = (city.run("solve", "2027-02", "--work", "6", "--seed", "7", "--preview", "--json") for _ in range(2))
    same = once["roster_digest"] == again["roster_digest"]
    return [
        Line("hard rules broken (independent check)", str(len(checked["hard"])), "0", not checked["hard"]),
        Line(f"gap after {seconds:g} s", f"{solved['gap']:.4f}", "0.02", solved["gap"] <= 0.02),
        Line(
            "open seats with a reason",
            f"{reasons} of {len(solved['open_seats'])}",
            "all",
            reasons == len(solved["open_seats"]),
        ),
        Line("same seed and --work, same roster", "yes" if same else "no", "yes", same),
    ]


def built(city: City) -> list[Line]:
    """Time the Problem of 290 people, the best of five (the machine is shared)."""
    store = open_store(str(city.database), who="bench", now=build.NOW)
    took = []
    for _ in range(5):
        began = time.process_time()
        with store.read() as session:
            planning.problem(session, "2027-01", now=build.NOW)
        took.append(time.process_time() - began)
    store.close()
    return [Line("Problem of 290 people built (CPU s, best of 5)", f"{min(took):.2f}", "0.5", min(took) <= 0.5)]


def published(city: City) -> list[Line]:
    """Publish, publish again, move one and drop one, publish February: what changed in the files?"""
    out = city.publish("2027-01", "out")
    first = bytes_of(out)
    personal = [str(out / name) for name in first if name.startswith("calendars/")]
    clean, bad = lint(*personal)
    city.now = "2026-12-02T17:00Z"
    again = bytes_of(city.publish("2027-01", "out")) == first
    before = {name: events(out / name) for name in first}
    old = city.folder / "old"
    old.mkdir()
    for name in first:
        (old / name).parent.mkdir(exist_ok=True)
        (old / name).write_bytes((out / name).read_bytes())
    moved, dropped, partners = change_two(city)
    city.now = "2026-12-03T17:00Z"
    city.publish("2027-01", "out")
    touched = {
        name.split("/")[1][:-4] for name, was in before.items() if events(out / name) != was and "roster" not in name
    }
    expected = {moved, dropped} | partners
    clean_prev = sum(lint("--prev", str(old / name), str(out / name))[1] == 0 for name in first)
    january = {name: events(out / name) for name in first if name.startswith("calendars/")}
    city.run("solve", "2027-02", "--work", "3", "--json")
    city.publish("2027-02", "out")
    kept = all(january[name].items() <= events(out / name).items() for name in january)
    return [
        Line("calendars, clean by icslint", f"{clean} clean, {bad} not", "290 clean", (clean, bad) == (290, 0)),
        Line("published twice: same bytes", "yes" if again else "no", "yes", again),
        Line(
            "move one, drop one: people whose file changed", str(len(touched)), str(len(expected)), touched == expected
        ),
        Line("icslint --prev clean", f"{clean_prev} of {len(first)}", "all", clean_prev == len(first)),
        Line("February keeps January in every file", "yes" if kept else "no", "yes", kept),
    ]


def change_two(city: City) -> tuple[str, str, set[str]]:
    """Move one person and drop another; return both and the partners whose descriptions change with them."""
    rows = city.run("roster", "2027-01", "--json")
    by_shift: dict[str, set[str]] = {}
    for row in rows:
        by_shift.setdefault(row["shift"], set()).add(row["person"])
    area_rows = [row for row in rows if row["role"] == "responder"]
    leaving = area_rows[0]
    city.run("unassign", leaving["shift"], leaving["person"])
    for row in reversed(area_rows):
        target = f"{row['date']}/{row['template']}/{'West' if row['area'] != 'West' else 'South'}"
        away = row["person"] not in by_shift[leaving["shift"]] and row["person"] not in by_shift.get(target, set())
        if away and row["shift"] != leaving["shift"]:
            city.run("move", str(row["id"]), target)
            partners = by_shift[row["shift"]] | by_shift.get(target, set()) | by_shift[leaving["shift"]]
            return row["person"], leaving["person"], partners - {row["person"], leaving["person"]}
    raise SystemExit("nobody could be moved")


def clock_changes(city: City) -> list[Line]:
    """Solve March and November 2027 shortly: how long are the nights of the clock change, wherever they are counted?"""
    lines = []
    for month, night, hours in (("2027-03", "2027-03-13", 11), ("2027-11", "2027-11-06", 13)):
        city.run("solve", month, "--work", "3", "--json")
        out = city.publish(month, "clock")
        rows = [r for r in city.run("roster", month, "--json") if r["shift"].startswith(f"{night}/night/")]
        utc = {f"{r['start'][:13]}-{r['end'][:13]}" for r in rows}
        found = set()
        for file in out.glob("roster/*.ics"):
            for said in events(file).values():
                if said[0].strftime("%Y-%m-%dT%H") in {span[:13] for span in utc}:
                    found.add((said[1] - said[0]).total_seconds() / 3600)
        sheet = (out / "roster" / f"roster-{month}.csv").read_text(encoding="utf-8-sig").splitlines()
        listed = {line.split(",")[5] for line in sheet if line.startswith(night) and ",night," in line}
        met = found == {float(hours)} and listed == {str(hours)}
        lines.append(Line(f"night of {night}: calendar, table", f"{found} h, {listed}", f"{hours} h", met))
    return lines


def main() -> int:
    """Run everything, print the table, and return 1 if a bar is missed."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--seconds", type=float, default=30.0)
    words.add_argument("--json", action="store_true")
    asked = words.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        city = City(Path(folder))
        city.fill()
        lines = [*built(city), *planned(city, asked.seconds), *published(city), *clock_changes(city)]
    width = max(len(line.what) for line in lines)
    for line in lines:
        print(f"{line.what:<{width}}  {line.figure:>16}  bar {line.bar:<10} {'met' if line.met else 'MISSED'}")
    if asked.json:
        print(json.dumps([vars(line) for line in lines]))
    return 0 if all(line.met for line in lines) else 1


if __name__ == "__main__":
    sys.exit(main())
