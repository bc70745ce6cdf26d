"""Small Problems for tests: people and shifts with defaults, and random Problems that use every rule."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

import msgspec
import numpy as np

from solver.check import check
from solver.problem import (
    CITY,
    Area,
    Assignment,
    Credential,
    Duty,
    Group,
    Language,
    Person,
    Problem,
    Seat,
    Setting,
    Shift,
    Slot,
)
from solver.result import Placed, Violation
from solver.rules import DEFAULTS

THURSDAY = dt.date(2027, 1, 7)
EPOCH = dt.date(1970, 1, 1)
PAIR = ("lead", "responder")
AREAS = (Area("West", ("Valley",)), Area("Valley", ("West",)))


def responder(name: str, **facts: object) -> Person:
    """A volunteer of West who also serves Valley, promised 36 h."""
    given: dict[str, object] = {
        "id": name.lower(), "name": name, "group": "volunteers", "roles": ("responder",), "home": "West",
        "serves": ("West", "Valley"), "floor": 0, "target": 36 * 60, "ceiling": 48 * 60,
        "nights": 9.0, "weekends": 9.0, "holidays": 9.0, "calls": 9.0,
    }  # fmt: skip
    return msgspec.convert({**given, **facts}, Person)


def lead(name: str, **facts: object) -> Person:
    """A volunteer who can lead a team."""
    return responder(name, **{"roles": ("lead",), **facts})


def trainee(name: str, **facts: object) -> Person:
    """A volunteer who is learning."""
    return responder(name, **{"roles": ("trainee",), **facts})


def slot(date: dt.date = THURSDAY, template: str = "day", *, holiday: bool = False) -> Slot:
    """A day (06-18), a night (18-06) or 24 h (06-06) on a date; Saturday and Sunday are the weekend."""
    begin, hours = {"day": (6, 12), "night": (18, 12), "24h": (6, 24)}[template]
    start = (date - EPOCH).days * 1440 + begin * 60
    weekend = date.weekday() >= 5
    return Slot(date, template, start, start + hours * 60, night=template == "night", weekend=weekend, holiday=holiday)


def pair_seats(shift: int, *, teams: int = 1) -> list[Seat]:
    """The three seats of a pair with a trainee beside it."""
    return [
        Seat(shift, "lead", ("lead",), count=teams, team=True),
        Seat(shift, "responder", ("responder", "lead"), count=teams, team=True),
        Seat(shift, "trainee", ("trainee",), optional=True, escort=True),
    ]


def problem(people: Sequence[Person], slots: Sequence[Slot] = (slot(),), **facts: object) -> Problem:
    """A Problem with one pair in West per slot, 0.2 calls each; any field can be given instead."""
    seats = [seat for index in range(len(slots)) for seat in pair_seats(index)]
    given: dict[str, object] = {
        "period": "2027-01", "zone": "America/Los_Angeles", "areas": AREAS, "slots": tuple(slots),
        "shifts": tuple(Shift(index, "West", calls=0.2, teams=1) for index in range(len(slots))),
        "seats": tuple(seats), "languages": (), "people": tuple(people), "rules": {},
        "groups": (Group("volunteers"), Group("clergy", most_per_tier=1)),
    }  # fmt: skip
    return Problem(**{**given, **facts})  # type: ignore[arg-type]


def placed(*pairs: tuple[str, int]) -> list[Placed]:
    """A roster from (person, seat) pairs."""
    return [Placed(person, seat) for person, seat in pairs]


def found(given: Problem, roster: Iterable[Placed], rule: str) -> list[Violation]:
    """The violations of one rule."""
    return [violation for violation in check(given, roster) if violation.rule == rule]


def some(dice: np.random.Generator, options: Sequence[str], share: float = 0.5) -> tuple[str, ...]:
    """Each option with the same chance."""
    return tuple(option for option in options if dice.random() < share)


def random_problem(seed: int, *, people: int = 6, days: int = 3, tame: bool = False) -> Problem:
    """A Problem that touches every rule, some hard ones weighted and some weighted ones hard unless `tame`."""
    dice = np.random.default_rng(seed)
    first = THURSDAY + dt.timedelta(days=int(dice.integers(0, 4)))
    slots = [
        slot(first + dt.timedelta(days=day), template, holiday=day == 1)
        for day in range(days)
        for template in ("day", "night", "24h")
    ]
    slots = [msgspec.structs.replace(when, bands=(1.0,)) for when in slots]
    shifts: list[Shift] = []
    seats: list[Seat] = []
    for index, when in enumerate(slots):
        if when.template == "24h":
            seats += [
                Seat(len(shifts), "clergy", ("clergy",), tier=t, points=p)
                for t, p in (("primary", 100), ("backup", 40))
            ]
            shifts.append(Shift(index, CITY))
            continue
        for area in ("West", "Valley"):
            teams = int(dice.integers(1, 3))
            seats += pair_seats(len(shifts), teams=teams)
            if dice.random() < 0.1:
                seats[-2] = Seat(
                    len(shifts), "responder", ("responder",), count=2 * teams, team=True, credential="Badge"
                )
            shifts.append(Shift(index, area, calls=float(dice.random()), teams=teams))
        seats.append(Seat(len(shifts), "duty_lead", ("lead",), points=100))
        shifts.append(Shift(index, CITY, calls=0.1))
    slots = _begun(slots, seed)
    crew = [_somebody(index, people, slots, dice) for index in range(people)]
    picked = _random_assignments(len(seats), crew, dice, few=tame)
    return Problem(
        period="2027-01", zone="UTC", areas=AREAS, slots=tuple(slots), shifts=tuple(shifts), seats=tuple(seats),
        languages=(Language("Spanish", each_area=True), Language("Farsi")), people=tuple(crew),
        groups=(
            Group("volunteers", nights_in_a_row=int(dice.integers(1, 3)), weekends=int(dice.integers(0, 2))),
            Group("clergy", rest_minutes=0, most_per_tier=1),
        ),
        rules={} if tame else _random_rules(dice), current=picked, around=_random_around(crew, slots, dice),
    )  # fmt: skip


def _begun(slots: Sequence[Slot], seed: int) -> list[Slot]:
    """The slots with the first few begun, in every second Problem; a dice of its own leaves the rest as it was."""
    dice = np.random.default_rng([seed, 7])
    until = sorted(when.start for when in slots)[int(dice.integers(len(slots)))] if dice.random() < 0.5 else 0
    return [msgspec.structs.replace(when, begun=when.start <= until) for when in slots]


def _somebody(index: int, people: int, slots: Sequence[Slot], dice: np.random.Generator) -> Person:
    others = [f"p{other}" for other in range(people) if other != index]
    ends = slots[0].date + dt.timedelta(days=int(dice.integers(-1, 4)))
    clergy = dice.random() < 0.25
    return Person(
        id=f"p{index}", name=f"Person {index}", group="clergy" if clergy else "volunteers",
        roles=("clergy",) if clergy else some(dice, ("lead", "responder", "trainee"), 0.6),
        experienced=bool(dice.random() < 0.4), home=str(dice.choice(["West", "Valley", ""])),
        serves=some(dice, ("West", "Valley"), 0.8), languages=some(dice, ("Spanish", "Farsi")),
        grades="".join(dice.choice(list(".crpwlsj"), len(slots), p=[0.6, 0.1, 0.08, 0.08, 0.08, 0.02, 0.02, 0.02])),
        credentials=tuple(
            Credential(name, ends if dice.random() < 0.5 else None, bool(dice.random() < 0.6))
            for name in some(dice, ("Badge", "Check"), 0.6)
        ),
        floor=int(dice.integers(0, 3)) * 720, target=int(dice.integers(0, 5)) * 600,
        ceiling=int(dice.integers(1, 5)) * 720,
        nights=float(dice.integers(-1, 3)), weekends=float(dice.integers(-1, 2)) / 2,
        holidays=float(dice.integers(0, 2)),
        calls=float(dice.random()), answers=(float(dice.random()) * 2,) if dice.random() < 0.3 else (),
        likes=some(dice, others, 0.2), apart=some(dice, others, 0.1),
    )  # fmt: skip


def _random_assignments(
    seats: int, crew: Sequence[Person], dice: np.random.Generator, *, few: bool
) -> tuple[Assignment, ...]:
    states = ("draft", "told", "confirmed", "done")
    chosen = {(str(dice.choice([p.id for p in crew])), int(dice.integers(seats))) for _ in range(1 if few else 4)}
    return tuple(
        Assignment(person, seat, locked=bool(dice.random() < 0.3), state=states[int(dice.integers(4))])  # type: ignore[arg-type]
        for person, seat in sorted(chosen)
    )


def _random_around(crew: Sequence[Person], slots: Sequence[Slot], dice: np.random.Generator) -> tuple[Duty, ...]:
    duties: list[Duty] = []
    for person in crew:
        if dice.random() < 0.4:
            day = slots[0].date - dt.timedelta(days=1) if dice.random() < 0.7 else slots[-1].date + dt.timedelta(days=1)
            when = slot(day, str(dice.choice(["day", "night"])))
            duties.append(Duty(person.id, when.date, when.start, when.end, when.night, when.weekend))
    return tuple(duties)


def _random_rules(dice: np.random.Generator) -> dict[str, Setting]:
    """Turn a few rules round: hard ones priced, priced ones hard; coverage and wishes keep their kind."""
    fixed = {"missed_calls", "late_calls", "open_seats", "partners_liked", "wishes_prefers", "wishes_wants", "locks"}
    fixed |= {"target", "floor", "languages_area", "languages_city", "told", "confirmed"}
    free = sorted(set(DEFAULTS) - fixed)
    turned = dice.choice(free, int(dice.integers(0, 8)), replace=False)
    return {
        str(name): Setting(points=float(dice.integers(1, 30))) if DEFAULTS[str(name)].hard else Setting(hard=True)
        for name in turned
    }
