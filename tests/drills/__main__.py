"""All drills: attempts, survived, lost and unexplained of each, and the command that repeats what went wrong.

python -m tests.drills [--short] [--seed N] [--only DRILL[/ACT]] [--attempt K] [--json]
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections import Counter
from functools import partial
from pathlib import Path

from tests.drills import company, disks, flips, kills, power, preload, replaced
from tests.drills.program import Program
from tests.drills.tally import LOST, UNEXPLAINED, Tally
from tests.drills.teams import Teams

SHOWN = 3


def run(tally: Tally) -> None:
    """Hold every drill that is asked for."""
    memory = Path("/dev/shm")  # a kill is a kill on any disk, and this one does not wait for each sync
    fast = str(memory) if os.access(memory, os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="crt-drills-", dir=fast) as name:
        place = Path(name).resolve()
        library = preload.compiled(place)
        program = Program(place / "home", library)
        try:
            lessons, has_library = kills.Lessons(Teams(program, place)), library is not None
            kills.drill_all(lessons, tally, has_library=has_library)
            power.drill_all(lessons, tally, place, has_library=has_library)
            disks.drill_all(lessons, tally, place)
            for drill in (replaced, company, flips):
                drill.drill_all(lessons.teams, tally)
        finally:
            program.close()


def table(tally: Tally) -> None:
    """Print the table: a row for each drill, and beneath it one for each act that lost something."""
    print(f"{'drill':<44}{'fault':>8}{'attempts':>10}{'survived':>10}{'lost':>6}{'unexplained':>13}")
    for drill in dict.fromkeys([*(name for name, _ in tally.attempts), *tally.skipped]):
        if drill in tally.skipped:
            print(f"{drill:<44}{tally.belongs.get(drill, ''):>8}  left out: {tally.skipped[drill]}")
            continue
        acts = {act: count for (name, act), count in tally.attempts.items() if name == drill}
        bad = {act: tally.bad.get((drill, act), Counter()) for act in acts}
        _row(drill, tally.belongs.get(drill, ""), sum(acts.values()), sum(bad.values(), Counter()))
        for act, counts in bad.items():
            if counts and act:
                _row(f"  {act}", "", acts[act], counts)


def _row(name: str, belongs: str, attempts: int, bad: Counter[str]) -> None:
    survived = attempts - bad.total()
    print(f"{name:<44}{belongs:>8}{attempts:>10,}{survived:>10,}{bad[LOST]:>6,}{bad[UNEXPLAINED]:>13,}")


def found(tally: Tally) -> None:
    """Print what went wrong, a few attempts of each drill and act, with the command that repeats it."""
    shown: Counter[tuple[str, str]] = Counter()
    for finding in tally.findings:
        shown[finding.drill, finding.act] += 1
        if shown[finding.drill, finding.act] <= SHOWN:
            where = ", ".join(filter(None, (finding.drill, finding.act)))
            print(f"\n{where}: {finding.fault.words} ({finding.fault.kind})")
            print(f"    {tally.repeat(finding)}")
    for (drill, act), count in shown.items():
        if count > SHOWN:
            print(f"\n{', '.join(filter(None, (drill, act)))}: {count - SHOWN} more")


def main() -> int:
    """Hold the drills, print the table, and return 1 if anything was lost or is unexplained."""
    words = argparse.ArgumentParser(prog="python -m tests.drills", description=__doc__)
    words.add_argument("--short", action="store_true", help="a few attempts of each, within a minute")
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("--only", default="", metavar="DRILL[/ACT]")
    words.add_argument("--attempt", type=int, default=None)
    words.add_argument("--json", action="store_true")
    asked = words.parse_args()
    tell = None if asked.short else partial(print, file=sys.stderr, flush=True)
    tally = Tally(asked.seed, asked.short, asked.only, asked.attempt, tell=tell)
    run(tally)
    table(tally)
    found(tally)
    if asked.json:
        rows = [[*key, count, dict(tally.bad.get(key, {}))] for key, count in tally.attempts.items()]
        print(json.dumps({"rows": rows, "skipped": tally.skipped}))
    return 0 if tally.is_clean else 1


if __name__ == "__main__":
    sys.exit(main())
