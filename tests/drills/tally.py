"""What the drills found: attempts counted by drill and act, and every loss with the command that repeats it."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

LOST, UNEXPLAINED = "lost", "unexplained"


@dataclass(frozen=True)
class Fault:
    """One thing wrong after an attempt: records or files lost or at odds, or something that nothing explains."""

    kind: str
    words: str


@dataclass(frozen=True)
class Finding:
    """A fault with the attempt that found it."""

    drill: str
    act: str
    attempt: int
    fault: Fault


@dataclass
class Tally:
    """The counts of a whole run; `seed`, drill, act and number of an attempt decide all that is random in it."""

    seed: int
    is_short: bool
    only: str = ""
    attempt: int | None = None
    attempts: Counter[tuple[str, str]] = field(default_factory=Counter)
    bad: dict[tuple[str, str], Counter[str]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    skipped: dict[str, str] = field(default_factory=dict)
    belongs: dict[str, str] = field(default_factory=dict)
    tell: Callable[[str], None] | None = None
    """Where a long run says how far it is and what it found, as it goes."""

    def is_asked(self, drill: str, act: str = "") -> bool:
        """Is a drill (or one act of it) to be run? Acts of a drill are looked at when one of them is asked for."""
        wanted, _, wanted_act = self.only.partition("/")
        return (not wanted or wanted == drill) and (not act or not wanted_act or wanted_act == act)

    def numbers(self, drill: str, act: str, short: int, whole: int) -> list[int]:
        """Return the numbers of the attempts to make at a drill's act."""
        if not self.is_asked(drill, act):
            return []
        if self.attempt is not None:
            return [self.attempt]
        return list(range(short if self.is_short else whole))

    def chance(self, drill: str, act: str, number: int) -> random.Random:
        """Return the chance of one attempt, the same whenever it is repeated."""
        return random.Random(f"{self.seed}/{drill}/{act}/{number}")

    def note(self, drill: str, act: str, number: int, faults: list[Fault]) -> None:
        """Count an attempt with what was wrong after it: it is lost, unexplained or survived, once."""
        if self.tell is not None and (drill, act) not in self.attempts:
            self.tell(f"{self.attempts.total():,} attempts; now {', '.join(filter(None, (drill, act)))}")
        self.attempts[drill, act] += 1
        if self.tell is not None:
            for fault in faults:
                self.tell(f"    attempt {number}: {fault.words} ({fault.kind})")
        if faults:
            worst = LOST if any(fault.kind == LOST for fault in faults) else UNEXPLAINED
            self.bad.setdefault((drill, act), Counter())[worst] += 1
            self.findings += [Finding(drill, act, number, fault) for fault in faults]

    def skip(self, drill: str, why: str) -> None:
        """Say that a drill cannot be held on this machine."""
        if self.is_asked(drill):
            self.skipped[drill] = why

    def repeat(self, finding: Finding) -> str:
        """Return the command line that makes one attempt again."""
        short = " --short" if self.is_short else ""
        place = f"{finding.drill}/{finding.act}".rstrip("/")
        return f'python -m tests.drills{short} --seed {self.seed} --only "{place}" --attempt {finding.attempt}'

    @property
    def is_clean(self) -> bool:
        """Was nothing lost and nothing unexplained?"""
        return not self.findings
