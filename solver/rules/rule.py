"""What a rule is: a name, and two faces that share nothing, one for the model and one for people."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Literal

import msgspec

from solver.columns import Columns
from solver.problem import Setting
from solver.result import Violation
from solver.roster import Roster
from solver.wording import tr

Scope = Literal["person", "slot"]
Emit = Callable[[Columns], None]
Check = Callable[[Roster, int], Iterator[Violation]]
OnSeat = Callable[[Roster, int, int], Iterator[Violation]]


HARD = Setting(hard=True)


class Off(msgspec.Struct, frozen=True):
    """What is said of people whom a rule keeps off a place: the head of their list, and how many they are in a row."""

    called: str
    counted: tuple[str, str] | None = None

    @property
    def head(self) -> str:
        """The head of their list, in the language in use."""
        return tr(self.called)


class Rule(msgspec.Struct, frozen=True):
    """A named rule: `keeps` says in a sentence what it keeps, or what it counts where it has a price.

    `grid` prices or closes choices, `rows` writes rows over them, `tight` writes rows that follow from those for whole
    people and bring the relaxation nearer to them; `check` reads a roster.
    `check(roster, who)` takes a person or a slot, as `scope` says. `on_seat(roster, person, seat)` is given by rules
    that look at one duty alone, whatever else the person does: it answers for a seat the person does not hold yet.
    `usual` is how it is kept where a Problem does not say; `off` what is said of whom it keeps off a place.
    A rule with `said` concerns only duties of which the person said one of these letters of GRADES.
    Of a rule `of_duties` whoever has no duty breaks nothing; most people of a large team have none in a month.
    """

    name: str
    called: str
    keeps: str
    scope: Scope
    check: Check
    grid: Emit | None = None
    rows: Emit | None = None
    tight: Emit | None = None
    on_seat: OnSeat | None = None
    of_duties: bool = False
    usual: Setting = HARD
    off: Off | None = None
    said: str = ""

    @property
    def title(self) -> str:
        """What the rule is called, in the language in use."""
        return tr(self.called)

    @property
    def holds(self) -> str:
        """What it keeps or counts, in the language in use."""
        return tr(self.keeps)


def every_duty(on_seat: OnSeat, said: str = "") -> Check:
    """Return the check of a rule that looks at one duty at a time; duties that have begun are history.

    With `said` the rule concerns only duties of which the person said one of these letters of GRADES.
    """

    def check(roster: Roster, person: int) -> Iterator[Violation]:
        slots, grades = roster.period.problem.slots, roster.period.problem.people[person].grades
        for duty in roster.duties[person]:
            if slots[duty.slot].begun or (said and (not grades or grades[duty.slot] not in said)):
                continue
            yield from on_seat(roster, person, duty.seat)

    return check


def broken(
    roster: Roster, rule: str, amount: float, sentence: str, *, person: int = -1, shift: int = -1, where: str = ""
) -> Violation:
    """Return the Violation of a rule as the Problem keeps it: hard and free of points, or priced per unit."""
    period = roster.period
    setting = period.setting(rule)
    return Violation(
        rule=rule,
        hard=setting.hard,
        amount=amount,
        points=0.0 if setting.hard else setting.points * amount,
        sentence=sentence,
        person=period.person(person).id if person >= 0 else "",
        shift=period.key(shift) if shift >= 0 else where,
    )


def matters(roster: Roster, rule: str) -> bool:
    """Say whether a rule is kept at all here: hard, or with a price."""
    setting = roster.period.setting(rule)
    return setting.hard or setting.points != 0


def plural(count: float, one: str, many: str = "") -> str:
    """Return a count with its word: 1 shift, 2 shifts, 2.5 shifts."""
    return f"{count:g} {one if count == 1 else many or one + 's'}"
