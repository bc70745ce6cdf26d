"""Killed, or lied to by the disk, at a random instant or at a counted call, in the middle of every act."""

from __future__ import annotations

from dataclasses import dataclass, replace

from tests.drills import checks, past, records
from tests.drills.acts import ACTS, Act
from tests.drills.checks import Known
from tests.drills.preload import BROKEN, COUNT, FULL, KILL_AFTER, KILL_BEFORE, KILL_TORN, NO_COMPILER, READ_ONLY
from tests.drills.program import KILLED, Outcome
from tests.drills.tally import Fault, Tally
from tests.drills.teams import Team, Teams


@dataclass(frozen=True)
class Drill:
    """A way to disturb an act: which faults of the issue it finds, how, of which acts one is tried when short."""

    name: str
    belongs: str
    modes: tuple[int, ...]
    every: int
    whole: int

    def short(self, act: Act) -> int:
        """Return how many attempts at an act a short run makes: one at every so-manieth, none of middle versions."""
        if act.base in past.REVISIONS[1:-1]:
            return 0
        return int(ACTS.index(act) % self.every == len(self.name) % self.every)


RANDOM_KILL = Drill("kill at random", "3, 10", (), 5, 40)
AT_A_CALL = Drill("kill at a call", "3, 10", (KILL_BEFORE, KILL_AFTER, KILL_TORN), 1, 40)
DRILLS = (
    RANDOM_KILL,
    AT_A_CALL,
    Drill("disk full from a call", "3, 11", (FULL,), 4, 12),
    Drill("one call fails", "11", (BROKEN,), 4, 12),
    Drill("read-only from a call", "11", (READ_ONLY,), 6, 6),
)


class Lessons:
    """What each act does undisturbed, learnt once."""

    def __init__(self, teams: Teams) -> None:
        self.teams = teams
        self._known: dict[str, Known] = {}

    def of(self, act: Act) -> Known:
        """Return what an act does."""
        if act.name not in self._known:
            self._known[act.name] = learn(self.teams, act)
        return self._known[act.name]


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


def drill_all(lessons: Lessons, tally: Tally, *, has_library: bool) -> None:
    """Hold these drills for every act."""
    for drill in DRILLS:
        tally.belongs[drill.name] = drill.belongs
        if not has_library and drill is not RANDOM_KILL:
            tally.skip(drill.name, NO_COMPILER)
            continue
        for act in ACTS:
            for number in tally.numbers(drill.name, act.name, drill.short(act), drill.whole):
                found = attempt(lessons.teams, drill, act, lessons.of(act), number, tally)
                tally.note(drill.name, act.name, number, found)


def cut_off(outcome: Outcome) -> Outcome:
    """Return a run as if it had ended before it said anything."""
    return replace(outcome, code=KILLED, out="", err="")
