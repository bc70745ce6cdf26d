"""Why a person has the month they have, in words that they may read themselves: nobody else is named in it."""

from __future__ import annotations

from statistics import median

import msgspec

from crt_scheduler import times
from crt_scheduler.errors import CrtError
from solver.explain import TITLES
from solver.formulate import period_of
from solver.problem import GRADES, Problem
from solver.replacements import Scale, ranked, scale_of
from solver.roster import OnCall, Roster
from solver.wording import counted, number, say_date, tr

FREE = 1.0
"""Points by which somebody else would have to be dearer before it is worth a word."""


class WhyMe(msgspec.Struct, frozen=True):
    """A person's month: wishes met and asked, duties, hours beside the median of their kind, and what is said of it."""

    person: str
    name: str
    month: str
    wishes: int
    wishes_met: int
    duties: int
    hours: float
    median_hours: float
    nights: int
    weekends: int
    sentences: tuple[str, ...]

    @property
    def paragraph(self) -> str:
        """All of it as one paragraph."""
        return " ".join(self.sentences)


def why_me(frozen: Problem, code: str) -> WhyMe:
    """Return why a person has the shifts of a month; raises CrtError for somebody who is not part of it.

    It speaks of the person alone: others are counted, never named, and why they could not come is not said one by one.
    """
    period = period_of(frozen)
    if code not in period.person_of:
        raise CrtError(tr("{code!r} is not on the team of this month.", code=code))
    scale = scale_of(frozen, frozen.current)
    person = period.person_of[code]
    mine = _Mine(scale.roster, person)
    said = [mine.load(), *mine.wishes(), *_dearest(scale, mine)]
    return WhyMe(
        person=code, name=period.person(person).name, month=frozen.period, wishes=mine.wished, wishes_met=mine.met,
        duties=len(mine.duties), hours=round(mine.hours, 2), median_hours=round(mine.median, 2), nights=mine.nights,
        weekends=mine.weekends, sentences=tuple(said),
    )  # fmt: skip


class _Mine:
    """What a person's month holds, beside that of everybody else of their kind."""

    def __init__(self, roster: Roster, person: int) -> None:
        self.roster, self.person = roster, person
        period = roster.period
        self.who, self.duties = period.person(person), roster.duties[person]
        slots = period.problem.slots
        self.hours = _hours(self.duties)
        like = [n for n, other in enumerate(period.problem.people) if other.group == self.who.group]
        self.median = median(_hours(roster.duties[n]) for n in like)
        self.nights = sum(slots[duty.slot].night for duty in self.duties)
        self.weekends = len({slots[d.slot].date.isocalendar()[:2] for d in self.duties if slots[d.slot].weekend})
        grades = self.who.grades
        held = {duty.slot for duty in self.duties}
        asked = {n for n, letter in enumerate(grades) if GRADES[letter] == "wants"}
        self.wished, self.met = len(asked), len(asked & held)
        self.liked = sum(GRADES[grades[n]] == "prefers" for n in held) if grades else 0
        self.rather_not = sum(GRADES[grades[n]] == "rather_not" for n in held) if grades else 0

    def load(self) -> str:
        """Say how much it is, beside the others of the kind."""
        if not self.duties:
            return tr("You have no shift in {month}.", month=times.month_words(self.roster.period.problem.period))
        words = counted(
            len(self.duties),
            "You have {n} shift in {month}, {hours} hours",
            "You have {n} shifts in {month}, {hours} hours",
            month=times.month_words(self.roster.period.problem.period),
            hours=_figure(self.hours),
        )
        promised = self.who.target / 60
        beside = [tr("half of your group have {median} or more", median=_figure(self.median))]
        if promised:
            beside.insert(0, tr("you promised {promised}", promised=_figure(promised)))
        return f"{words}; {', '.join(beside)}."

    def wishes(self) -> list[str]:
        """Say what became of what they said."""
        said = []
        if self.wished:
            said.append(
                counted(
                    self.wished,
                    "Of {n} shift you wished for, you have {met}.",
                    "Of {n} shifts you wished for, you have {met}.",
                    met=self.met,
                )
            )
        if self.liked:
            said.append(
                counted(self.liked, "{n} shift is at a time you prefer.", "{n} shifts are at times you prefer.")
            )
        if self.rather_not:
            said.append(
                counted(
                    self.rather_not,
                    "{n} shift is at a time you would rather not.",
                    "{n} shifts are at times you would rather not.",
                )
            )
        elif self.who.grades and self.duties:
            said.append(tr("None is at a time you said you cannot or would rather not."))
        return said


def _dearest(scale: Scale, mine: _Mine) -> list[str]:
    """Say of the shift that asks most of the person why it is theirs: who else could have been asked, in numbers."""
    slots = scale.roster.period.problem.slots
    hard = [
        duty for duty in mine.duties if slots[duty.slot].weekend or slots[duty.slot].night or _is_rather_not(mine, duty)
    ]
    if not hard:
        return []
    duty = max(hard, key=lambda d: (_is_rather_not(mine, d), slots[d.slot].weekend, slots[d.slot].night, -d.start))
    found = ranked(scale, duty.seat, mine.who.id, price_all=False)
    could = [each for each in found if not each.blocked]
    slot = slots[duty.slot]
    when = tr("{day}, {shift}", day=say_date(slot.date, "weekday long day"), shift=slot.template)
    if not found:
        return [tr("{when} is yours because nobody else has the role and serves the area.", when=when)]
    if not could:
        return [
            counted(
                len(found),
                "{when} is yours because the one other person with the role and the area could not come.",
                "{when} is yours because none of the {n} others with the role and the area could come.",
                when=when,
            )
        ]
    best = min(each.points for each in could)
    dearest = min(could, key=lambda each: each.points)
    rule = max(dearest.points_by_rule, key=lambda name: dearest.points_by_rule[name], default="")
    if best < FREE:
        return [
            tr(
                "{when} could go to {could} of {all} others at no loss: say so if you would rather not.",
                when=when,
                could=len(could),
                all=len(found),
            )
        ]
    return [
        tr(
            "{when} is yours because of {all} others with the role and the area {could} could come, and each would "
            "cost the team more ({rule}).",
            when=when,
            all=len(found),
            could=len(could),
            rule=TITLES.get(rule, rule).lower(),
        )
    ]


def _is_rather_not(mine: _Mine, duty: OnCall) -> bool:
    return bool(mine.who.grades) and GRADES[mine.who.grades[duty.slot]] == "rather_not"


def _hours(duties: list[OnCall]) -> float:
    return sum(duty.end - duty.start for duty in duties) / 60


def _figure(hours: float) -> str:
    return number(hours, ".0f" if hours == round(hours) else ".1f")
