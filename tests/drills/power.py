"""Power cuts: an act's calls are written down, and the folder is rebuilt as if what was not synced had been dropped.

The model is that of a journaling file system: a file keeps what it held at its last sync and, of what was written
since, nothing, all, the first part or any part; names are kept up to some moment, not before the last sync of their
folder. SQLite's -shm is memory and is always gone.
"""

from __future__ import annotations

import random
import shutil
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from tests.drills import checks, kills
from tests.drills.acts import ACTS
from tests.drills.preload import COUNT, KILL_AFTER, NO_COMPILER
from tests.drills.program import Outcome
from tests.drills.tally import Fault, Tally
from tests.drills.teams import Team

NAME = "power cut"
HEAD = struct.Struct("=B3xIIIqQ")
WRITE, CUT, SYNC, MOVE, TAKE, MAKE, FOLDER, NO_FOLDER, LINK = "wtsmucdrl"
NAMES = frozenset((MOVE, TAKE, MAKE, FOLDER, NO_FOLDER, LINK))
"""The calls that change which names there are."""


@dataclass(frozen=True)
class Call:
    """One call as the library wrote it down."""

    kind: str
    path: str
    other: str
    offset: int
    content: bytes


def calls_of(log: Path) -> Iterator[Call]:
    """Yield the calls of a log in order."""
    held, at = log.read_bytes(), 0
    while at < len(held):
        kind, path, other, _, offset, count = HEAD.unpack_from(held, at)
        at += HEAD.size
        ends = (at + path, at + path + other, at + path + other + count)
        yield Call(
            chr(kind), held[at : ends[0]].decode(), held[ends[0] : ends[1]].decode(), offset, held[ends[1] : ends[2]]
        )
        at = ends[2]


@dataclass
class File:
    """A file on the disk: what a power cut cannot take from it, and what was written since."""

    synced: bytes = b""
    since: list[Call] = field(default_factory=list)

    def sync(self) -> None:
        """Keep for good what was written."""
        self.synced, self.since = applied(self.synced, self.since), []

    def survivor(self, chance: random.Random) -> bytes:
        """Return what is found after the cut."""
        how = chance.randrange(4)
        kept = [] if how == 0 else self.since
        if how == 2:
            kept = self.since[: chance.randint(0, len(self.since))]
        elif how == 3:
            kept = [call for call in self.since if chance.random() < 0.5]
        return applied(self.synced, kept)


def applied(content: bytes, calls: list[Call]) -> bytes:
    """Return a file's content after some calls on it."""
    held = bytearray(content)
    for call in calls:
        if call.kind == CUT:
            del held[call.offset :]
            held.extend(bytes(call.offset - len(held)))
        else:
            held.extend(bytes(max(0, call.offset - len(held))))
            held[call.offset : call.offset + len(call.content)] = call.content
    return bytes(held)


class Disk:
    """A folder's names and files as calls come in; `names_at` tells them as they were after any number of changes."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._first: dict[str, File | None] = {str(folder): None}
        for path in folder.rglob("*"):
            self._first[str(path)] = None if path.is_dir() else File(path.read_bytes())
        self._now = dict(self._first)
        self._changes: list[Call] = []
        self._made: dict[int, File] = {}
        self._sure = 0
        """How many changes of names are on the disk for certain."""

    def take(self, call: Call) -> None:
        """Let one call happen."""
        file = self._now.get(call.path)
        if call.kind in NAMES:
            if call.kind == MAKE:
                self._made[len(self._changes)] = File()
            self._change(self._now, len(self._changes), call)
            self._changes.append(call)
        elif call.kind == SYNC and file is None:
            self._sure = max([self._sure, *(n + 1 for n, each in enumerate(self._changes) if _is_in(each, call.path))])
        elif call.kind == SYNC and file is not None:
            file.sync()
        elif file is not None:
            file.since.append(call)

    def _change(self, names: dict[str, File | None], number: int, call: Call) -> None:
        if call.kind == MOVE:
            moved = [name for name in names if name == call.path or name.startswith(call.path + "/")]
            for name in moved:
                names[call.other + name.removeprefix(call.path)] = names.pop(name)
        elif call.kind == LINK:
            names[call.other] = names.get(call.path)
        elif call.kind in (TAKE, NO_FOLDER):
            names.pop(call.path, None)
        else:
            names[call.path] = self._made.get(number)

    def survivors(self, chance: random.Random) -> dict[str, bytes | None]:
        """Return what is found after a cut at this instant: content by path, None for a folder."""
        upto = chance.choice((self._sure, len(self._changes), chance.randint(self._sure, len(self._changes))))
        names = dict(self._first)
        for number, call in enumerate(self._changes[:upto]):
            self._change(names, number, call)
        return {
            name: None if file is None else file.survivor(chance)
            for name, file in sorted(names.items())
            if not name.endswith("-shm")
        }


def _is_in(call: Call, folder: str) -> bool:
    return folder in {str(PurePosixPath(path).parent) for path in (call.path, call.other) if path}


def rebuild(folder: Path, survivors: dict[str, bytes | None]) -> None:
    """Make a folder anew with what survived."""
    shutil.rmtree(folder)
    for name, content in survivors.items():
        path = Path(name)
        if content is None:
            path.mkdir(parents=True, exist_ok=True)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)


def recorded(team: Team, words: tuple[str, ...], own: str, log: Path) -> tuple[list[Call], Outcome]:
    """Do an act with its calls written down to a log, and return them; none where no library writes them down."""
    log.unlink(missing_ok=True)
    outcome = team.program.run(*words, folder=team.folder, own=own, mode=COUNT, log=str(log))
    return (list(calls_of(log)) if log.exists() else []), outcome


def drill_all(lessons: kills.Lessons, tally: Tally, place: Path, *, has_library: bool) -> None:
    """Cut the power in the middle of every act, and right after it said that it was done."""
    tally.belongs[NAME] = "3"
    if not has_library:
        tally.skip(NAME, NO_COMPILER)
        return
    teams = lessons.teams
    for order, act in enumerate(ACTS):
        numbers = tally.numbers(NAME, act.name, int(order % 4 == 3), 20)
        if not numbers:
            continue
        known = lessons.of(act)
        team = teams.fresh(act.base)
        calls, outcome = recorded(team, checks.words_of(act, team), act.own, place / "calls.log")
        for number in numbers:
            chance = tally.chance(NAME, act.name, number)
            team = teams.fresh(act.base)
            upto = len(calls) if number % 4 == 3 else chance.randint(1, len(calls))
            if upto < len(calls):  # what this computer remembers of the records outside their folder is as of then, too
                team.program.run(*checks.words_of(act, team), folder=team.folder, own=act.own, mode=KILL_AFTER, at=upto)
            disk = Disk(team.folder)
            for call in calls[:upto]:
                disk.take(call)
            rebuild(team.folder, disk.survivors(chance))
            ended = outcome if upto == len(calls) else kills.cut_off(outcome)
            found = checks.after(team, act, known, ended)
            words = f"power cut after call {upto} of {len(calls)}"
            tally.note(NAME, act.name, number, [Fault(fault.kind, f"{words}: {fault.words}") for fault in found])
