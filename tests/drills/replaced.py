"""The file of records removed, moved, replaced, cut or damaged under an open program, and a -wal not its own."""

from __future__ import annotations

import json
import os
import random
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

from tests.drills import checks, held, records
from tests.drills.held import Held
from tests.drills.program import Outcome
from tests.drills.tally import LOST, UNEXPLAINED, Fault, Tally
from tests.drills.teams import Team, Teams

Event = Callable[[Team, random.Random], None]
FOREIGN = (b"", b"just some notes\n" * 40, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000))
"""What other programs keep under names that end in .db."""


def removed(team: Team, chance: random.Random) -> None:
    team.database.unlink()


def moved(team: Team, chance: random.Random) -> None:
    team.database.rename(team.folder / "elsewhere.db")


def replaced(team: Team, chance: random.Random) -> None:
    """Put a copy of an hour ago in its place, as a sync program does."""
    _replace_by(team, team.folder / "files" / "earlier.db")


def another_team(team: Team, chance: random.Random) -> None:
    _replace_by(team, team.folder / "files" / "other.db")


def _replace_by(team: Team, copy: Path) -> None:
    beside = team.database.with_name("incoming")
    shutil.copy(copy, beside)
    beside.rename(team.database)


def cut(team: Team, chance: random.Random) -> None:
    os.truncate(team.database, team.database.stat().st_size // 2)


def emptied(team: Team, chance: random.Random) -> None:
    os.truncate(team.database, 0)


def damaged(team: Team, chance: random.Random) -> None:
    with os.fdopen(os.open(team.database, os.O_RDWR), "r+b") as file:
        for _ in range(8):
            file.seek(4096 * chance.randrange(1, team.database.stat().st_size // 4096))
            file.write(chance.randbytes(4096))


def wal_removed(team: Team, chance: random.Random) -> None:
    team.database.with_name("team.db-wal").unlink()


EVENTS: dict[str, Event] = {
    "removed": removed,
    "moved": moved,
    "replaced by an earlier copy": replaced,
    "replaced by another team's": another_team,
    "cut in half": cut,
    "emptied": emptied,
    "damaged": damaged,
    "its -wal removed": wal_removed,
}

SHORT, SHORT_WINDOW = (moved, another_team), (replaced,)


def under_an_open_program(teams: Teams, event: Event, *, desk: bool, chance: random.Random) -> list[Fault]:
    """Do acts, let the file change, do acts: none may be said to be done and be gone, and each copy is kept."""
    team = _with_copies(teams)
    holder = Held(team.database, team.folder.parent / "home", desk=desk)
    first = holder.act(1)
    event(team, chance)
    answers = {number: holder.act(number) for number in (2, 3)}
    ended = holder.end(kill=chance.random() < 0.5)
    faults = [Fault(UNEXPLAINED, words) for words in (first, *answers.values(), ended) if words.startswith("FAULT")]
    outcome = team.run("history", "--json")
    if outcome.code not in (0, 2):
        faults.append(Fault(UNEXPLAINED, f"opening answers {checks.answer_of(outcome)}"))
    if outcome.code == 2 and event in (cut, emptied, damaged):
        return faults
    wrong = records.unsound(team.database) if outcome.code == 0 else ""
    if wrong:
        faults.append(Fault(LOST, f"the records are unsound: {wrong}"))
    there = labels(outcome)
    gone = [number for number, words in answers.items() if not words and held.label_of(number) not in there]
    if gone:
        faults.append(Fault(LOST, f"acts {gone} were said to be done, and the records do not hold them"))
    if event is not removed and not first and not _anywhere(team, held.label_of(1)) and event not in (cut, emptied):
        faults.append(Fault(LOST, "no file holds the act done before the change"))
    return faults


def _with_copies(teams: Teams) -> Team:
    """Return a team with an earlier copy of its records and another team's among its files."""
    other = teams.fresh("new").database.read_bytes()
    team = teams.fresh("full")
    (team.folder / "files" / "earlier.db").write_bytes(team.database.read_bytes())
    (team.folder / "files" / "other.db").write_bytes(other)
    team.do("wish", "2027-01-30/night/Valley", "P2", "prefers")
    return team


def labels(outcome: Outcome) -> set[str]:
    """Return the labels of the journal that `history --json` printed."""
    if outcome.code:
        return set()
    return {act["label"] for act in json.loads(outcome.out.strip().splitlines()[-1])}


def _anywhere(team: Team, label: str) -> bool:
    """Does any file of records below the folder hold an act, or its -wal?"""
    files = (path for path in team.folder.rglob("*") if path.is_file())
    return any(label.encode() in path.read_bytes() for path in files)


def foreign_wal(teams: Teams, chance: random.Random) -> list[Fault]:
    """Another team's -wal lies beside the file: the records are as they were, or a sentence says what is wrong."""
    wal = _hot(teams, "staffed", acts=chance.randint(1, 4))[1]
    team = teams.fresh("full")
    before = records.digest(team.database)
    team.database.with_name("team.db-wal").write_bytes(wal)
    return _said_or_unchanged(team, before, "another team's -wal was taken for its own")


def lost_wal(teams: Teams, chance: random.Random) -> list[Fault]:
    """After a kill the -wal is removed: that acts are missing is said, never silently shown as all there is."""
    team, _ = _hot(teams, "full", acts=chance.randint(1, 4))
    team.database.with_name("team.db-wal").unlink()
    outcome = team.run("history", "--json")
    if outcome.code == 2 or (outcome.code == 0 and outcome.err.strip()):
        return []
    if outcome.code:
        return [Fault(UNEXPLAINED, f"opening answers {checks.answer_of(outcome)}")]
    return [Fault(LOST, "acts that were done are gone with the -wal, and nothing says so")]


def _hot(teams: Teams, base: str, *, acts: int) -> tuple[Team, bytes]:
    """Return a team whose last acts lie in its -wal alone, because the program was killed, and that -wal."""
    team = teams.fresh(base)
    holder = Held(team.database, team.folder.parent / "home", desk=False)
    for number in range(acts):
        holder.act(number)
    holder.end(kill=True)
    return team, team.database.with_name("team.db-wal").read_bytes()


def _said_or_unchanged(team: Team, before: str, words: str) -> list[Fault]:
    outcome = team.run("history", "--json")
    if outcome.code not in (0, 2):
        return [Fault(UNEXPLAINED, f"opening answers {checks.answer_of(outcome)}")]
    unsound = records.unsound(team.database) if outcome.code == 0 else ""
    if unsound:
        return [Fault(LOST, f"{words}: {unsound}")]
    if not any(_holds(path, before) for path in team.folder.rglob("*.db")):
        return [Fault(LOST, f"{words}, and no file holds the records any more: {outcome.err.strip()[:200]}")]
    return []


def _holds(path: Path, before: str) -> bool:
    """Does a file, without any -wal beside it, hold these records?"""
    alone = path.with_name("alone.copy")
    shutil.copy(path, alone)
    try:
        return records.digest(alone) == before
    except sqlite3.DatabaseError:
        return False
    finally:
        alone.unlink()


def foreign_file(teams: Teams, chance: random.Random) -> list[Fault]:
    """A file of another program is opened as records: it stays where it is, as it is, and a sentence says so."""
    team = teams.fresh("new")
    content = chance.choice(FOREIGN)
    other = team.folder / chance.choice(("Thumbs.db", "people.db", "notes.sqlite"))
    other.write_bytes(content)
    outcome = team.program.run("--database", str(other), "history", folder=team.folder)
    faults = [] if outcome.code == 2 else [Fault(UNEXPLAINED, f"opening {other.name} answers {outcome.code}")]
    if not other.is_file() or other.read_bytes() != content:
        faults.append(Fault(LOST, f"{other.name}, another program's file, was moved or changed"))
    return faults


def drill_all(teams: Teams, tally: Tally) -> None:
    """Hold these drills."""
    for desk, name in ((False, "file changed under a command"), (True, "file changed under the window")):
        tally.belongs[name] = "2"
        for act, event in EVENTS.items():
            for number in tally.numbers(name, act, int(event in (SHORT_WINDOW if desk else SHORT)), 3):
                chance = tally.chance(name, act, number)
                tally.note(name, act, number, under_an_open_program(teams, event, desk=desk, chance=chance))
    rest = (
        ("another team's -wal", "2", foreign_wal),
        ("the -wal removed", "2", lost_wal),
        ("foreign file", "7", foreign_file),
    )
    for name, fault, drill in rest:
        tally.belongs[name] = fault
        for number in tally.numbers(name, "", 1, 6):
            tally.note(name, "", number, drill(teams, tally.chance(name, "", number)))
