"""A real full disk (a small tmpfs) under every act, and records that another user may only read, or not even that."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.drills import checks, kills, past, records
from tests.drills.acts import ACTS, Act
from tests.drills.checks import Known
from tests.drills.tally import LOST, UNEXPLAINED, Fault, Tally
from tests.drills.teams import MONTH, Team, Teams

FULL, READING = "disk full (tmpfs)", "records of another user"
NO_MOUNT = "No small disk can be mounted here; that takes root"
NO_ROOT = "Another user can be tried by root only"
NOBODY = 65534
PAGE = 4096
READS = (("history",), ("people",), ("roster", MONTH), ("today",), ("check", MONTH), ("forecast", MONTH))
RIGHTS = {
    "only to be read": (0o755, 0o644),
    "its folder can be written": (0o777, 0o644),
    "not to be read": (0o755, 0o600),
}


@contextmanager
def small_disk(folder: Path, size: int) -> Iterator[None]:
    """Mount a disk of so many bytes over a folder, with what the folder holds on it."""
    kept = folder.with_name("kept")
    folder.rename(kept)
    folder.mkdir()
    _mount(folder, f"size={size}", "-t", "tmpfs", "tmpfs")
    try:
        shutil.copytree(kept, folder, dirs_exist_ok=True)
        yield
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)
        shutil.rmtree(kept)


def _mount(folder: Path, options: str, *words: str) -> None:
    subprocess.run(["mount", "-o", options, *words, str(folder)], check=True, capture_output=True)


def can_mount(place: Path) -> bool:
    """Can a small disk be mounted on this machine by this user?"""
    trial = place / "trial"
    trial.mkdir()
    try:
        with small_disk(trial, PAGE * 16):
            return True
    except (OSError, subprocess.CalledProcessError):
        return False


def _bytes_of(folder: Path) -> int:
    """Return how much of a tmpfs a folder takes: whole pages, and one for each file and folder."""
    sizes = [path.stat().st_size if path.is_file() else 0 for path in folder.rglob("*")]
    return sum((size + PAGE - 1) // PAGE * PAGE for size in sizes) + PAGE


def full_disk(teams: Teams, act: Act, known: Known, room: int) -> list[Fault]:
    """Do an act where only so many bytes are free; the records can still be read, and then, with room, all is well."""
    team = teams.fresh(act.base)
    with small_disk(team.folder, _bytes_of(team.folder) + room):
        words = checks.words_of(act, team)
        outcome = team.program.run(*words, folder=team.folder, own=act.own)
        read = team.run("history", now=act.now)
        is_old = act.base in past.REVISIONS  # to be read, an older schema must be upgraded first, and that takes room
        may_be = (0, 2) if is_old else (0,)
        faults = []
        if read.code not in may_be:
            faults.append(Fault(UNEXPLAINED, f"reading on a full disk answers {checks.answer_of(read)}"))
        _mount(team.folder, "remount,size=64m")
        return [*faults, *checks.after(team, act, known, outcome)]


def other_user(teams: Teams, rights: str, act_number: int) -> list[Fault]:
    """Be a user who may not write the records: reading works where it may, each act is refused in a sentence."""
    act = ACTS[act_number]
    team = teams.fresh(act.base)
    home = team.folder.parent / "nobody"
    home.mkdir(exist_ok=True)
    os.chown(home, NOBODY, NOBODY)
    folder_mode, file_mode = RIGHTS[rights]
    for path in [team.folder, *team.folder.rglob("*")]:
        path.chmod(folder_mode if path.is_dir() else file_mode)
    before = records.digest(team.database)
    names = checks.files_of(team.folder).keys()
    faults = _reads(team, home, rights) if not act_number else []
    outcome = team.program.run(
        *checks.words_of(act, team), folder=team.folder, own=act.own, user=NOBODY, environment=_of(home)
    )
    may_write = folder_mode == 0o777 and not act.writes_records
    if outcome.code == 0 and not may_write:
        faults.append(Fault(UNEXPLAINED, f"{act.name} says that it is done"))
    faults += checks.said(outcome)
    if records.digest(team.database) != before:
        faults.append(Fault(LOST, f"{act.name} changed records that may only be read"))
    astray = [] if may_write else sorted(checks.files_of(team.folder).keys() - names)
    return faults + [Fault(UNEXPLAINED, f"{name} is left lying about") for name in astray]


def _of(home: Path) -> dict[str, str]:
    names = ("HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "CRT_SCHEDULER_STATE")
    return dict.fromkeys(names, str(home))


def _reads(team: Team, home: Path, rights: str) -> list[Fault]:
    expected = 2 if rights == "not to be read" else 0
    faults = []
    for words in READS:
        outcome = team.program.run(*team.words(*words), folder=team.folder, user=NOBODY, environment=_of(home))
        if outcome.code not in (expected, 1):
            faults.append(
                Fault(
                    UNEXPLAINED,
                    f"{words[0]} answers {checks.answer_of(outcome)}",
                )
            )
    return faults


def drill_all(lessons: kills.Lessons, tally: Tally, place: Path) -> None:
    """Hold these drills for every act."""
    tally.belongs |= {FULL: "3, 11", READING: "11"}
    if os.geteuid():
        tally.skip(READING, NO_ROOT)
    else:
        place.chmod(0o711)
    if tally.is_asked(FULL) and not can_mount(place):
        tally.skip(FULL, NO_MOUNT)
    for number, act in enumerate(ACTS):
        if FULL not in tally.skipped:
            _fill(lessons, tally, number)
        for rights in RIGHTS if READING not in tally.skipped and "migrate" not in act.name else ():
            for attempt in tally.numbers(READING, f"{act.name}, {rights}", int(number in (0, 14)), 1):
                tally.note(READING, f"{act.name}, {rights}", attempt, other_user(lessons.teams, rights, number))


def _fill(lessons: kills.Lessons, tally: Tally, number: int) -> None:
    act = ACTS[number]
    attempts = tally.numbers(FULL, act.name, int(number % 9 == 2), 6)
    if attempts:
        known = lessons.of(act)
    for attempt in attempts:
        room = tally.chance(FULL, act.name, attempt).choice(
            (0, PAGE, 5 * PAGE, 20 * PAGE, 60 * PAGE, 100 * PAGE, 200 * PAGE)
        )
        found = full_disk(lessons.teams, act, known, room)
        words = f"{room // 1024} KB free"
        tally.note(FULL, act.name, attempt, [Fault(fault.kind, f"{words}: {fault.words}") for fault in found])
