"""Killed, or lied to by the disk, at a random instant or at a counted call, in the middle of every act."""

from __future__ import annotations

from dataclasses import dataclass, replace

from tests.drills import checks, records
from tests.drills.acts import ACTS, Act
from tests.drills.checks import Known
from tests.drills.preload import BROKEN, COUNT, FULL, KILL_AFTER, KILL_BEFORE, KILL_TORN, NO_COMPILER, READ_ONLY
from tests.drills.program import KILLED, Outcome
from tests.drills.tally import Fault, Tally
from tests.drills.teams import Team, Teams


@dataclass(frozen=True)
class Drill:
    """A way to disturb an act: its name, which faults of the issue it would find, how, attempts (short, whole)."""

    name: str
    belongs: str
    modes: tuple[int, ...]
    short: int
    whole: int


RANDOM_KILL = Drill("kill at random", "3, 10", (), 1, 44)
DRILLS = (
    RANDOM_KILL,
    Drill("kill at a call", "3, 10", (KILL_BEFORE, KILL_AFTER, KILL_TORN), 2, 44),
    Drill("disk full from a call", "3, 11", (FULL,), 1, 12),
    Drill("one call fails", "11", (BROKEN,), 1, 12),
    Drill("read-only from a call", "11", (READ_ONLY,), 0, 6),
)


def learn(teams: Teams, act: Act) -> Known:
    """Do the act undisturbed, and return what it does."""
    team = teams.fresh(act.base)
    files_before = checks.files_of(team.folder)
    checks.opened(team, act)
    before = records.digest(team.database)
    team = teams.fresh(act.base)
    outcome = _run(team, act, mode=COUNT)
    if outcome.code:
        raise RuntimeError(f"{act.name} does not work at all: {outcome.err}")
    checks.opened(team, act)
    after = records.digest(team.database)
    files_after = checks.files_of(team.folder)
    return Known(before, after, files_before, files_after, outcome.calls, outcome.seconds)


def _run(team: Team, act: Act, *, mode: int, at: int = 0, kill_after: float | None = None, log: str = "") -> Outcome:
    words = checks.words_of(act, team)
    return team.program.run(*words, folder=team.folder, own=act.own, mode=mode, at=at, kill_after=kill_after, log=log)


def attempt(teams: Teams, drill: Drill, act: Act, known: Known, number: int, tally: Tally) -> list[Fault]:
    """Disturb an act once and return what was wrong after it."""
    chance = tally.chance(drill.name, act.name, number)
    team = teams.fresh(act.base)
    if drill is RANDOM_KILL:
        outcome = _run(team, act, mode=COUNT, kill_after=chance.uniform(0, known.seconds * 1.1))
        place = f"after {outcome.seconds:.3f} s"
    else:
        at, mode = chance.randint(1, known.calls), chance.choice(drill.modes)
        outcome = _run(team, act, mode=mode, at=at)
        place = f"call {at} of {known.calls}, {WORDS[mode]}"
    return [Fault(fault.kind, f"{place}: {fault.words}") for fault in checks.after(team, act, known, outcome)]


WORDS = {
    KILL_BEFORE: "killed before it",
    KILL_AFTER: "killed after it",
    KILL_TORN: "killed in it",
    FULL: "the disk full from it on",
    BROKEN: "answered with an input/output error",
    READ_ONLY: "read-only from it on",
}


def drill_all(teams: Teams, tally: Tally, *, has_library: bool) -> None:
    """Hold these drills for every act."""
    for drill in DRILLS:
        tally.belongs[drill.name] = drill.belongs
        if not has_library and drill is not RANDOM_KILL:
            tally.skip(drill.name, NO_COMPILER)
    for act in ACTS:
        asked = [(d, tally.numbers(d.name, act.name, d.short, d.whole)) for d in DRILLS if d.name not in tally.skipped]
        if not any(numbers for _, numbers in asked):
            continue
        known = learn(teams, act)
        for drill, numbers in asked:
            for number in numbers:
                tally.note(drill.name, act.name, number, attempt(teams, drill, act, known, number, tally))


def cut_off(outcome: Outcome) -> Outcome:
    """Return a run as if it had ended before it said anything."""
    return replace(outcome, code=KILLED, out="", err="")
