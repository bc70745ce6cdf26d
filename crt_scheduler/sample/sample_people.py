"""The sample city's people, 250 volunteers and 40 clergy as a rule: made-up names, example.org mail, 555 numbers."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass, replace

import msgspec
import numpy as np

from crt_scheduler.places import resource
from crt_scheduler.programmes import Preset
from crt_scheduler.sample import draw
from crt_scheduler.sheets import Cell

VOLUNTEERS, CLERGY = 250, 40
TEAM = VOLUNTEERS + CLERGY
FEWEST, MOST = 50, 2500
"""How small and how large a made-up team can be: there are made-up phone numbers for so many."""
ROLES = (("lead", 105), ("responder", 115), ("trainee", 30))
LANGUAGES = (("Spanish", 96), ("Korean", 13), ("Armenian", 14), ("Farsi", 11), ("Chinese", 12), ("Tagalog", 15))
"""How many of the 290 speak each."""
TRADITIONS = (
    *(("Catholic", 9), ("Protestant", 11), ("Jewish", 5), ("Muslim", 4), ("Buddhist", 4), ("Orthodox", 3)),
    *(("Hindu", 2), ("Sikh", 2)),
)
PHONE_AREAS = (
    *("213", "323", "310", "818", "626", "562", "661", "424", "747", "714", "949", "657", "909", "951", "805"),
    *("760", "442", "619", "858", "559", "831", "408", "669", "415", "628"),
)
"""Each has the hundred numbers that are kept for made-up people; a team takes no more of them than it needs."""
FEWEST_PHONE_AREAS = 4
CREDENTIALS = ("Academy", "Background check", "Driving licence", "Insurance")
HEADER = (
    *("id", "name", "kind", "role", "status", "status_until", "joined", "home_division", "home_area", "areas"),
    *("languages", "traditions", "email", "phone", "target_hours", "prefers_with", "avoids_with"),
    *(f"credential:{name}" for name in CREDENTIALS),
)


@dataclass(frozen=True)
class Person:
    """A made-up member of the team."""

    id: str
    name: str
    origin: str
    kind: str
    role: str
    joined: dt.date
    division: str
    area: str
    target_hours: int
    phone: str
    areas: tuple[str, ...] = ()
    status: str = "active"
    status_until: dt.date | None = None
    languages: tuple[str, ...] = ()
    traditions: tuple[str, ...] = ()
    prefers: tuple[str, ...] = ()
    avoids: tuple[str, ...] = ()
    credentials: tuple[str, ...] = ()


class _Origin(msgspec.Struct, frozen=True):
    share: int
    given: tuple[str, ...]
    family: tuple[str, ...]


class _Names(msgspec.Struct, frozen=True):
    origins: dict[str, _Origin]
    written: tuple[str, ...]
    titles: dict[str, str]


def everyone(
    rng: np.random.Generator, plan: Preset, first: dt.date, *, team: int = TEAM, years: int = 1
) -> list[Person]:
    """Return the people as they stand on the first day of the month to plan; some joined before the `years` began."""
    names = msgspec.json.decode(resource("sample", "names.json").read_bytes(), type=_Names)
    volunteers = team - scaled(CLERGY, team)
    roles = draw.some(rng, _shared(ROLES, volunteers), volunteers)
    roles += ["responder"] * (team - volunteers)
    phone_areas = PHONE_AREAS[: max(FEWEST_PHONE_AREAS, math.ceil(team / 100))]
    numbers = [f"({area}) 555-{n:04d}" for area in phone_areas for n in range(100, 200)]
    phones = draw.some(rng, numbers, team)
    drawn = _drawn_names(rng, names, team)
    people = []
    for n, ((origin, name), role, phone) in enumerate(zip(drawn, roles, phones, strict=True)):
        area = draw.one(rng, plan.areas, [each.weight for each in plan.areas])
        volunteer = n < volunteers
        person = Person(
            id=f"V{n + 1:03d}" if volunteer else f"C{n - volunteers + 1:02d}",
            name=name,
            origin=origin,
            kind="volunteer" if volunteer else "clergy",
            role=role,
            joined=_joined(rng, role, first, years),
            division=draw.one(rng, area.divisions),
            area=area.name,
            target_hours=draw.one(rng, (36, 24, 48), (82, 11, 7)) if volunteer else 24,
            phone=phone,
        )
        people.append(replace(person, areas=_areas(rng, plan, person), credentials=_credentials(rng, first)))
    people = _with_languages(rng, people)
    people = _with_traditions(rng, people, names.titles)
    people = _with_exceptions(rng, people, first)
    return _with_partners(rng, people)


def scaled(count: int, team: int) -> int:
    """Return how many a team of another size has of what the city's 290 have `count` of."""
    return round(count * team / TEAM)


def _shared(counts: tuple[tuple[str, int], ...], places: int) -> list[str]:
    """Return a word for each place in proportion to the counts; what rounding leaves over has the word given most."""
    total = sum(count for _, count in counts)
    words = [word for word, count in counts for _ in range(count * places // total)]
    most = max(counts, key=lambda pair: pair[1])[0]
    return words + [most] * (places - len(words))


def _drawn_names(rng: np.random.Generator, names: _Names, count: int) -> list[tuple[str, str]]:
    """Return different names, each with the origin it was put together from."""
    origins = list(names.origins)
    shares = [names.origins[origin].share for origin in origins]
    drawn: dict[str, str] = {}
    while len(drawn) < count - len(names.written):
        origin = draw.one(rng, origins, shares)
        family = draw.one(rng, names.origins[origin].family)
        drawn[f"{draw.one(rng, names.origins[origin].given)} {family}"] = origin
    drawn.update(dict.fromkeys(names.written, "written"))
    everyone = [(origin, name) for name, origin in drawn.items()]
    return draw.some(rng, everyone, count)


def _joined(rng: np.random.Generator, role: str, first: dt.date, years: int) -> dt.date:
    """Trainees came within the last year, others within the ten before what is written down began."""
    days = rng.integers(20, 350) if role == "trainee" else rng.integers(380, 3650 + 365 * (years - 1))
    return first - dt.timedelta(days=int(days))


def _areas(rng: np.random.Generator, plan: Preset, person: Person) -> tuple[str, ...]:
    """Most serve wherever a neighbour calls (nothing written), some only at home, some in areas they list."""
    way = draw.one(rng, ("neighbours", "home", "listed"), (70, 20, 10))
    if way == "neighbours" or person.kind == "clergy":
        return ()
    if way == "home":
        return (person.area,)
    home = next(area for area in plan.areas if area.name == person.area)
    return (person.area, *draw.some(rng, home.neighbours, int(rng.integers(1, 3))))


def _credentials(rng: np.random.Generator, first: dt.date) -> tuple[str, ...]:
    """Return the expiry of each of CREDENTIALS; checks are due within three years, and not everyone drives."""
    check, licence, insurance = (first + dt.timedelta(days=int(days)) for days in rng.integers(45, 1000, size=3))
    drives = draw.chance(rng, 0.92)
    return ("forever", str(check), str(licence) if drives else "", str(insurance) if drives else "")


def _with_languages(rng: np.random.Generator, people: list[Person]) -> list[Person]:
    """Give each language its speakers, first among those whose name has its origin."""
    spoken: dict[str, list[str]] = {person.id: [] for person in people}
    for language, of_290 in LANGUAGES:
        count = scaled(of_290, len(people))
        origin = language.casefold()
        eager = [person.id for person in people if person.origin == origin and draw.chance(rng, 0.8)]
        others = [person.id for person in people if person.id not in eager]
        for speaker in (draw.some(rng, eager, count) + draw.some(rng, others, count))[:count]:
            spoken[speaker].append(language)
    return [replace(person, languages=tuple(spoken[person.id])) for person in people]


def _with_traditions(rng: np.random.Generator, people: list[Person], titles: dict[str, str]) -> list[Person]:
    clergy_ids = [person.id for person in people if person.kind == "clergy"]
    traditions = draw.some(rng, _shared(TRADITIONS, len(clergy_ids)), len(clergy_ids))
    clergy = dict(zip(clergy_ids, traditions, strict=True))
    result = []
    for person in people:
        if person.id in clergy:
            tradition = clergy[person.id]
            serves = (tradition, "any") if draw.chance(rng, 0.4) else (tradition,)
            person = replace(person, name=f"{titles[tradition]} {person.name}", traditions=serves)
        result.append(person)
    return result


def _with_exceptions(rng: np.random.Generator, people: list[Person], first: dt.date) -> list[Person]:
    """Put a few on leave, and let a few background checks run out within the month or before it."""
    result = list(people)
    places = draw.some(rng, range(len(people)), 15)
    for n in places[:6]:
        back = first + dt.timedelta(days=int(rng.integers(-12, 40)))
        result[n] = replace(result[n], status="leave", status_until=back)
    for k, n in enumerate(places[6:]):
        days = rng.integers(3, 27) if k < 6 else -rng.integers(5, 60)
        academy, _, *others = result[n].credentials
        expiry = first + dt.timedelta(days=int(days))
        result[n] = replace(result[n], credentials=(academy, str(expiry), *others))
    return result


def _with_partners(rng: np.random.Generator, people: list[Person]) -> list[Person]:
    """Pair 25 who like to work together and 10 who are kept apart, always of one home area."""
    result = {person.id: person for person in people}
    volunteers = [person for person in people if person.kind == "volunteer"]
    pairs: set[frozenset[str]] = set()
    while len(pairs) < 35:
        one = draw.one(rng, volunteers)
        other = draw.one(rng, [person for person in volunteers if person.area == one.area])
        pair = frozenset((one.id, other.id))
        if one is other or pair in pairs:
            continue
        now = result[one.id]
        if len(pairs) < 25:
            result[one.id] = replace(now, prefers=(*now.prefers, other.id))
        else:
            result[one.id] = replace(now, avoids=(*now.avoids, other.id))
        pairs.add(pair)
    return list(result.values())


def row(person: Person) -> list[Cell]:
    """Return the person as a line of people.csv."""
    until = "" if person.status_until is None else str(person.status_until)
    return [
        *(person.id, person.name, person.kind, person.role, person.status, until, str(person.joined)),
        *(person.division, person.area, ";".join(person.areas), ";".join(person.languages)),
        *(";".join(person.traditions), f"{person.id.lower()}@example.org", person.phone, person.target_hours),
        *(";".join(person.prefers), ";".join(person.avoids), *person.credentials),
    ]
