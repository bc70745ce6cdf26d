"""Who else could take a place: the free ones ranked by what they change, the rest counted by what keeps them off."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from crt_scheduler import times
from crt_scheduler.cover.effect import effect
from crt_scheduler.cover.place import Place, calls_words, minutes_of
from solver.explain import OFF, TITLES, Candidate
from solver.period import saturday
from solver.problem import CITY, Person
from solver.replacements import ranked
from solver.wording import tr

PHRASES = 2


@dataclass(frozen=True)
class Other:
    """One person who could take the place: the change in points, why in a phrase, and what it would change."""

    person: str
    name: str
    home: str
    role: str
    words: str
    minutes: int
    points: float
    points_by_rule: dict[str, float]
    effect: str

    @property
    def calls(self) -> str:
        """The change in missed calls, with its sign."""
        return calls_words(self.points)


@dataclass(frozen=True)
class KeptOff:
    """Everybody whom one rule keeps off the place, with a sentence each."""

    rule: str
    words: str
    sentences: tuple[str, ...]

    @property
    def count(self) -> int:
        """How many people those are."""
        return len(self.sentences)


@dataclass(frozen=True)
class Others:
    """Who could take a place, cheapest first, and who cannot, by rule; `asked` counts them all."""

    free: tuple[Other, ...]
    kept_off: tuple[KeptOff, ...]

    @property
    def asked(self) -> int:
        """How many people were looked at."""
        return len(self.free) + self.cannot

    @property
    def cannot(self) -> int:
        """How many people something keeps off."""
        return sum(group.count for group in self.kept_off)

    @property
    def cannot_words(self) -> str:
        """What keeps them off, with counts: Not a lead 38. Too little rest 8."""
        return " ".join(f"{group.words} {group.count}." for group in self.kept_off)


def others(place: Place, *, promise: str = "") -> Others:
    """Return who could take the place instead of its holder (or at all, where it is open).

    `promise` says what the holder was promised, for the sentences on what a change brings.
    """
    who = place.problem.people[place.holder].id if place.holder >= 0 else ""
    found = ranked(place.scale, place.seat_number, who, price_all=False)
    free = tuple(_other(place, one, promise) for one in found if not one.blocked)
    blocked: dict[str, list[str]] = defaultdict(list)
    for one in found:
        if one.blocked:
            blocked[one.rule].append(one.blocked)
    blocked["roles"] += _without_role(place)
    blocked["one_at_a_time"] += [
        tr("{name} is on this shift already.", name=p.name) for p in place.beside if _fits(place, p)
    ]
    groups = (KeptOff(rule, _head(place, rule), tuple(said)) for rule, said in blocked.items() if said)
    return Others(free, tuple(sorted(groups, key=lambda group: (-group.count, group.words))))


def _head(place: Place, rule: str) -> str:
    if rule == "roles":
        return (
            tr("Not a {accepts}", accepts=place.seat.accepts[0]) if len(place.seat.accepts) == 1 else tr("Another role")
        )
    return OFF[rule].head if rule in OFF else TITLES.get(rule, rule)


def _fits(place: Place, person: Person) -> bool:
    return bool(set(person.roles) & set(place.seat.accepts))


def _without_role(place: Place) -> list[str]:
    """Return a sentence for each person who serves the area but has no role of the seat, of the kinds it is for."""
    people, accepts = place.problem.people, " or ".join(place.seat.accepts)
    kinds = {person.group for person in people if _fits(place, person)}
    return [
        tr(
            "{name} is {names}; this seat takes {accepts}.",
            name=person.name,
            names=" and ".join(person.roles) or "nothing yet",
            accepts=accepts,
        )
        for person in people
        if person.group in kinds and not _fits(place, person) and _serves(place, person)
    ]


def _serves(place: Place, person: Person) -> bool:
    return place.shift.area == CITY or place.shift.area in person.serves


def _other(place: Place, one: Candidate, promise: str) -> Other:
    number = place.roster.period.person_of[one.person]
    person, minutes = place.problem.people[number], minutes_of(place.roster, number)
    phrases = list(_phrases(place, number))[:PHRASES]
    if not any(" over " in phrase for phrase in phrases):
        phrases.append(tr("has {hours}", hours=times.hours_words(minutes)))
    words = "; ".join(phrases)
    return Other(
        person=one.person, name=one.name, home=person.home, role=" ".join(person.roles),
        words=words[0].upper() + words[1:], minutes=minutes, points=one.points, points_by_rule=one.points_by_rule,
        effect=effect(place, number, promise=promise),
    )  # fmt: skip


def _phrases(place: Place, number: int) -> Iterator[str]:
    """Yield what to know of a person for this place, what costs first, in a few words each."""
    person, grade = place.problem.people[number], place.roster.period.grade(number, place.seat_number)
    if kept := [p for p in place.beside if p.id in person.apart or person.id in p.apart]:
        yield tr("kept apart from {name}", name=kept[0].name)
    if grade == "rather_not":
        yield tr("would rather not")
    if lost := _languages_lost(place, person):
        yield tr("no {lost}", lost=lost[0])
    if place.shift.area not in (CITY, person.home) and person.home:
        yield tr("from {home}", home=person.home)
    if nights := _nights_in_a_row(place, number):
        yield tr("{value} night in a row", value=("first", "second", "third", "fourth")[min(nights, 3)])
    over = minutes_of(place.roster, number) + place.slot.end - place.slot.start - person.target
    if over > 0:
        yield tr("{hours} over {hours2}", hours=times.hours_words(over), hours2=times.hours_words(person.target))
    if grade in ("wants", "prefers"):
        yield tr("{grade} this shift", grade=grade)
    elif grade == "free" and over <= 0:
        yield (
            tr("free all weekend")
            if _is_free_all_weekend(place, number)
            else (
                tr("free that {template}", template=place.slot.template)
                if place.slot.template in ("day", "night")
                else tr("free then")
            )
        )


def _languages_lost(place: Place, person: Person) -> list[str]:
    """Return the languages of every area that nobody on the shift would speak with this person on it."""
    if place.shift.area == CITY or place.seat.optional:
        return []
    spoken = {name for other in place.beside for name in other.languages} | set(person.languages)
    return [one.name for one in place.problem.languages if one.each_area and one.name not in spoken]


def _nights_in_a_row(place: Place, number: int) -> int:
    """Return how many nights in a row just before this night the person is on call."""
    slots = place.problem.slots
    nights = {slots[d.slot].date.toordinal() for d in place.roster.duties[number] if slots[d.slot].night}
    nights |= {duty.date.toordinal() for duty in place.roster.period.around[number] if duty.night}
    count, day = 0, place.slot.date.toordinal() - 1
    while place.slot.night and day in nights:
        count, day = count + 1, day - 1
    return count


def _is_free_all_weekend(place: Place, number: int) -> bool:
    """Is the place on a weekend through which the person said nothing against and has no duty yet?"""
    if not place.slot.weekend:
        return False
    day, slots = saturday(place.slot.date), place.problem.slots
    those = {n for n, slot in enumerate(slots) if slot.weekend and saturday(slot.date) == day}
    grades = place.problem.people[number].grades
    busy = {duty.slot for duty in place.roster.duties[number]}
    return not those & busy and all(grades[n] in ".pw" for n in those) if grades else not those & busy
