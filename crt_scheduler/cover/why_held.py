"""Why a person holds a shift: what speaks for them, and what it costs that it is they."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from crt_scheduler import times
from crt_scheduler.cover.place import Place, minutes_of
from crt_scheduler.cover.reason import SMALL, Reason
from crt_scheduler.cover.shares import shares
from solver.check import check_person, check_slot
from solver.explain import TITLES
from solver.problem import CITY
from solver.result import Violation
from solver.role_names import role_words
from solver.wording import say_date, tr

HOURS_RULES = ("floor", "target", "beyond")
TEAM_RULES = ("missed_calls", "late_calls", "alone", "open_seats", "escort")
"""What a place is worth to the team as a whole; told in one fact, about the seat."""


@dataclass(frozen=True)
class Why:
    """What speaks for the holder of a shift, and what against, dearest first; `points` are the sum of all rules."""

    person: str
    name: str
    speaks_for: tuple[Reason, ...]
    against: tuple[Reason, ...]
    points: float


def why(place: Place) -> Why:
    """Return why the holder holds the place: every rule weighed with them and without them."""
    held, broken = _held(place)
    reasons = [*_seat(place, held), *_area(place, held), *_languages(place, held), *_hours(place, held)]
    reasons += [*_wishes(place, held), *shares(place, held), *_partners(place, held), *_promise(place, held)]
    told = {reason.rule for reason in reasons} | {*TEAM_RULES, *HOURS_RULES, "languages_area", "languages_city"}
    reasons += [Reason(TITLES[rule], rule, points) for rule, points in held.items() if rule not in told]
    against = [reason for reason in reasons if reason.points > SMALL]
    return Why(
        person=place.who.id,
        name=place.who.name,
        speaks_for=tuple(reason for reason in reasons if reason.points <= SMALL and not _is_silent(reason)),
        against=(*broken, *sorted(against, key=lambda reason: -reason.points)),
        points=sum(held.values()),
    )


def _is_silent(reason: Reason) -> bool:
    """Is it a rule's bare title with no price worth naming?"""
    return reason.words == TITLES.get(reason.rule) and abs(reason.points) <= SMALL


def _held(place: Place) -> tuple[dict[str, float], tuple[Reason, ...]]:
    """Return what each rule costs more with the holder than without, and the hard rules broken only with them."""
    roster, who, seat = place.roster, place.holder, place.seat_number
    before = _read(place)
    roster.remove(who, seat)
    after = _read(place)
    roster.add(who, seat)
    held: dict[str, float] = {}
    for sign, violations in ((1.0, before), (-1.0, after)):
        for violation in violations:
            held[violation.rule] = held.get(violation.rule, 0.0) + sign * violation.points
    broken = tuple(Reason(v.sentence, v.rule, hard=True) for v in before if v.hard and v not in after)
    return {rule: points for rule, points in held.items() if abs(points) > 1e-9}, broken


def _read(place: Place) -> list[Violation]:
    return check_person(place.roster, place.holder) + check_slot(place.roster, place.shift.slot)


def _seat(place: Place, held: dict[str, float]) -> Iterator[Reason]:
    seat, worth = place.seat, sum(held.get(rule, 0.0) for rule in TEAM_RULES)
    if not set(place.who.roles) & set(seat.accepts):
        return
    if seat.escort:
        beside = [person.name for person in place.beside if person.experienced or "lead" in person.roles]
        words = tr("Learns beside {beside}", beside=beside[0]) if beside else tr("Is a trainee")
    elif seat.role == "lead":
        words = tr("Is a lead: the pair needs one")
    elif seat.team:
        words = tr("Is a lead: makes the pair complete") if "lead" in place.who.roles else tr("Makes the pair complete")
        if len(place.beside) == 0:
            words = tr("Would be half of a pair; the other seat is open")
    elif seat.role == "clergy":
        words = tr("Is clergy: the city needs a {tier} on call", tier=seat.tier or "member")
    else:
        words = tr("Is a lead: the city needs a {role}", role=role_words(seat.role))
    yield Reason(words, "seat", worth)


def _area(place: Place, held: dict[str, float]) -> Iterator[Reason]:
    home, area = place.who.home, place.shift.area
    if area == CITY or not home:
        return
    if home == area:
        yield Reason(tr("{area} is the home area", area=area), "home")
    else:
        yield Reason(tr("Helps out: {home} is the home area", home=home), "neighbour", held.get("neighbour", 0.0))


def _languages(place: Place, held: dict[str, float]) -> Iterator[Reason]:
    wanted = place.problem.languages
    spoken = [language for language in wanted if language.name in place.who.languages]
    if not spoken:
        return
    here = {name for person in place.beside for name in person.languages}
    others = [
        n for s in place.roster.period.shifts_of_slot[place.shift.slot] for n in place.roster.on_shift(s)
        if n != place.holder
    ]  # fmt: skip
    city = {name for n in others for name in place.problem.people[n].languages}
    only_here = [one.name for one in spoken if one.each_area and one.name not in here and place.shift.area != CITY]
    only_city = [one.name for one in spoken if not one.each_area and one.name not in city]
    words = tr("Speaks {listed}", listed=listed([one.name for one in spoken]))
    if only_here:
        words += tr(": the only {listed} speaker on this shift", listed=listed(only_here))
    elif only_city:
        words += tr(": the only {listed} speaker in the city then", listed=listed(only_city))
    yield Reason(words, "languages", held.get("languages_area", 0.0) + held.get("languages_city", 0.0))


def listed(names: list[str]) -> str:
    """Return names as people list them: Armenian, Farsi and Spanish."""
    return names[0] if len(names) == 1 else tr("{names} and {names2}", names=", ".join(names[:-1]), names2=names[-1])


def _hours(place: Place, held: dict[str, float]) -> Iterator[Reason]:
    minutes, target = minutes_of(place.roster, place.holder), place.who.target
    month = say_date(times.parse_month(place.problem.period), "long month")
    cost = sum(held.get(rule, 0.0) for rule in HOURS_RULES)
    has = times.hours_words(minutes)
    if minutes > target and cost > SMALL:
        over = times.hours_words(minutes - target)
        yield Reason(
            tr(
                "{has} hours in {month}: {over} over the {hours} owed",
                has=has,
                month=month,
                over=over,
                hours=times.hours_words(target),
            ),
            "hours",
            cost,
        )
    else:
        words = tr(
            "{has} of {hours} hours in {month}, this shift included",
            has=has,
            hours=times.hours_words(target),
            month=month,
        )
        yield Reason(words, "hours", min(0.0, cost))


def _wishes(place: Place, held: dict[str, float]) -> Iterator[Reason]:
    grade = place.roster.period.grade(place.holder, place.seat_number)
    if grade == "rather_not":
        yield Reason(
            tr("Would rather not work {when}", when=_when(place)),
            "wishes_rather_not",
            held.get("wishes_rather_not", 0.0),
        )
    elif grade in ("prefers", "wants"):
        yield Reason(tr("{grade} this shift", grade=grade.title()), f"wishes_{grade}", held.get(f"wishes_{grade}", 0.0))


def _when(place: Place) -> str:
    """Return what somebody would rather not work: Saturdays, Saturday nights, or this one shift."""
    grades, slot = place.who.grades, place.slot
    said = [(other.template, grades[n]) for n, other in enumerate(place.problem.slots)
            if other.date.weekday() == slot.date.weekday()]  # fmt: skip
    if len(said) > 2 and all(letter == "r" for _, letter in said):
        return f"{say_date(slot.date, 'long weekday')}s"
    same = [letter for template, letter in said if template == slot.template]
    if len(same) > 2 and all(letter == "r" for letter in same):
        return f"{say_date(slot.date, 'long weekday')} {slot.template}s"
    return tr("this {template}", template=slot.template)


def _partners(place: Place, held: dict[str, float]) -> Iterator[Reason]:
    who = place.who
    for rule, words, mine in (
        ("partners_liked", tr("Likes to serve with"), "likes"), ("partners_apart", tr("Is kept apart from"), "apart")
    ):  # fmt: skip
        if rule in held:
            names = [p.name for p in place.beside if p.id in getattr(who, mine) or who.id in getattr(p, mine)]
            yield Reason(f"{words} {listed(names)}", rule, held[rule])


def _promise(place: Place, held: dict[str, float]) -> Iterator[Reason]:
    for rule, words in (("told", tr("Was told of this shift")), ("confirmed", tr("Has confirmed this shift"))):
        if rule in held:
            yield Reason(words, rule, held[rule])
