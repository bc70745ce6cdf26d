"""Not alone: two programs at once, a lock held while the window is open, and a clock that was set back."""

from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

from tests.drills import held, records
from tests.drills.held import Held
from tests.drills.own_acts import BUSY
from tests.drills.program import ROOT, child_environment
from tests.drills.replaced import labels
from tests.drills.tally import LOST, UNEXPLAINED, Fault, Tally
from tests.drills.teams import LATER, NOW, Teams, publishing

TWO, LOCK, CLOCK = "two programs at once", "a lock held, window open", "clock set back"


def two_programs(teams: Teams, times: int) -> list[Fault]:
    """Let two programs do acts at once on one file: every one said to be done is there, and each can be undone."""
    team = teams.fresh("staffed")
    home, faults = team.folder.parent / "home", []
    others = [_begin(team.database, home, f"program-{n}", f"P{n + 1}", str(times)) for n in range(2)]
    for number, other in enumerate(others):
        said, complaint = other.communicate()
        done = int((said.strip().splitlines() or ["0"])[-1])
        if other.returncode or done != times:
            faults.append(Fault(UNEXPLAINED, f"{done} of {times} acts done: {said} {complaint[-300:]}"))
        held_acts, wishes = _held(team.database, f"program-{number}", f"P{number + 1}")
        if (held_acts, wishes) != (done, done):
            faults.append(Fault(LOST, f"{done} acts were done, the journal holds {held_acts}, the records {wishes}"))
        if team.run("undo", who=f"program-{number}").code:
            faults.append(Fault(LOST, f"the newest act of program-{number} cannot be undone"))
    unsound = records.unsound(team.database)
    return [*faults, Fault(LOST, unsound)] if unsound else faults


def _begin(database: Path, home: Path, *words: str) -> subprocess.Popen[str]:
    asked = [sys.executable, "-P", "-m", "tests.drills.own_acts", "many", str(database), *words]
    pipe = subprocess.PIPE
    return subprocess.Popen(asked, cwd=ROOT, env=child_environment(home), stdout=pipe, stderr=pipe, text=True)


def _held(database: Path, who: str, person: str) -> tuple[int, int]:
    wishes = "SELECT count(*) FROM wish JOIN responder ON responder.id = wish.responder_id WHERE responder.code = ?"
    with closing(sqlite3.connect(database)) as raw:
        acts = raw.execute("SELECT count(*) FROM journal_act WHERE who = ?", (who,)).fetchone()[0]
        return int(acts), int(raw.execute(wishes, (person,)).fetchone()[0])


def lock_held(teams: Teams, seconds: float, *, desk: bool) -> list[Fault]:
    """Hold SQLite's write lock while an act is asked for: it waits or says so, and what it says is true."""
    team = teams.fresh("full")
    holder = Held(team.database, team.folder.parent / "home", desk=desk)
    raw = sqlite3.connect(team.database, check_same_thread=False)
    raw.execute("BEGIN IMMEDIATE")
    release = threading.Timer(seconds, raw.rollback)
    release.start()
    during = holder.act(1)
    release.join()
    raw.close()
    afterwards = holder.act(2)
    ended = holder.end()
    there = labels(team.run("history", "--json"))
    faults = [Fault(UNEXPLAINED, words) for words in (during, afterwards, ended) if words.startswith("FAULT")]
    if during and not during.startswith((BUSY, "FAULT")):
        faults.append(Fault(UNEXPLAINED, f"while the lock was held: {during}"))
    if afterwards:
        faults.append(Fault(UNEXPLAINED, f"after it was let go: {afterwards}"))
    for number, words in ((1, during), (2, afterwards)):
        if (held.label_of(number) in there) != (not words):
            faults.append(Fault(LOST, f"act {number} answered “{words or 'done'}”, which is not true"))
    return faults


def clock_back(teams: Teams, chance: random.Random) -> list[Fault]:
    """Do acts at a time earlier than the last one: undo, backups and publishing go by order, not by the clock."""
    team = teams.fresh("changed")
    one, other = "2027-01-30/night/Valley", "2027-01-29/day/Valley"
    team.do("wish", one, "P1", "prefers", now=LATER)
    team.do("wish", other, "P1", "prefers", now=NOW)
    faults = []
    undone = team.run("undo", now=chance.choice((NOW, LATER)))
    if undone.code or "29 Jan 2027 day" not in undone.err:  # what history calls the other wish
        faults.append(Fault(LOST, f"undo took back another act than the last: {undone.err.strip()}"))
    for words, now in ((("backup",), LATER), (("backup",), NOW), (publishing("--eml"), NOW)):
        outcome = team.run(*words, now=now)
        if outcome.code:
            faults.append(Fault(UNEXPLAINED, f"{words[0]} with the clock set back: {outcome.err.strip()[-300:]}"))
    odds = records.at_odds(team.out, team.database, NOW)
    if odds:
        faults.append(Fault(LOST, f"published with the clock set back, {odds}"))
    unsound = records.unsound(team.database)
    return [*faults, Fault(LOST, unsound)] if unsound else faults


def drill_all(teams: Teams, tally: Tally) -> None:
    """Hold these drills."""
    tally.belongs |= {TWO: "build", LOCK: "build", CLOCK: "build"}
    for number in tally.numbers(TWO, "", 1, 1):
        tally.note(TWO, "", number, two_programs(teams, 50 if tally.is_short else 500))
    for act, desk in (("command", False), ("window", True)):
        for number in tally.numbers(LOCK, act, int(desk), 1):
            tally.note(LOCK, act, number, lock_held(teams, 3.0 if tally.is_short else 30.0, desk=desk))
    for number in tally.numbers(CLOCK, "", 1, 4):
        tally.note(CLOCK, "", number, clock_back(teams, tally.chance(CLOCK, "", number)))
