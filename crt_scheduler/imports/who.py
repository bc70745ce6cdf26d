"""Who a row means: one matching of ids, names, e-mails and phones to people, for every kind of file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from crt_scheduler.imports import compared_names
from crt_scheduler.imports.asked import Candidate
from crt_scheduler.programmes import programme_of
from crt_scheduler.tables import Responder
from solver.wording import tr


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody as the records, or another row of the file, know them."""

    code: str
    name: str
    email: str = ""
    phone: str = ""
    phone_2: str = ""

    def phones(self, country: str) -> tuple[str, ...]:
        """Return their numbers as they are compared."""
        return _numbers(compared_names.number(self.phone, country), compared_names.number(self.phone_2, country))


@dataclass(frozen=True, slots=True)
class Said:
    """What a row says of whom it means: any of id, name, e-mail and two phones (as E.164)."""

    code: str = ""
    name: str = ""
    email: str = ""
    phone: str = ""
    phone_2: str = ""

    def __bool__(self) -> bool:
        """Does it say anything?"""
        return bool(self.code or self.name or self.email or self.phones)

    @property
    def phones(self) -> tuple[str, ...]:
        """The phones it says: either of them tells who somebody is."""
        return _numbers(self.phone, self.phone_2)

    def as_person(self, key: str) -> Person:
        """Return what it says as somebody another row can be compared with."""
        return Person(key, self.name, self.email, self.phone, self.phone_2)


def _numbers(*phones: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, phones)))


@dataclass(frozen=True)
class Sure:
    """The row means this person, and nobody else is likely."""

    person: Person


@dataclass(frozen=True)
class New:
    """Nobody in the records is meant."""


@dataclass(frozen=True)
class Unsure:
    """One of these may be meant, or somebody new; `why` is the clause that tells what makes it doubtful."""

    people: tuple[Person, ...]
    why: str


Found = Sure | New | Unsure


class Directory:
    """Everybody there is, by each thing a file may know them by."""

    def __init__(self, people: Iterable[Person], country: str) -> None:
        self.country = country
        self.shared: frozenset[str] = frozenset()
        """E-mail addresses and phones of an office, which speak for nobody."""
        self.by_code: dict[str, Person] = {}
        self.by_short: dict[str, list[Person]] = defaultdict(list)
        self.by_name: dict[str, list[Person]] = defaultdict(list)
        self.by_bare: dict[str, list[Person]] = defaultdict(list)
        self.by_parts: dict[frozenset[str], list[Person]] = defaultdict(list)
        self.by_email: dict[str, list[Person]] = defaultdict(list)
        self.by_phone: dict[str, list[Person]] = defaultdict(list)
        for person in people:
            self._add(person)

    def _add(self, person: Person) -> None:
        self.by_code[compared_names.code(person.code)] = person
        for index, key in (
            (self.by_short, compared_names.unpadded(person.code)),
            (self.by_name, compared_names.folded(person.name)),
            (self.by_bare, compared_names.bare(person.name)),
            (self.by_email, compared_names.address(person.email)),
            *((self.by_phone, number) for number in person.phones(self.country)),
        ):
            if key:
                index[key].append(person)
        self.by_parts[compared_names.parts(person.name)].append(person)

    def said(self, *, code: str = "", name: str = "", email: str = "", phone: str = "", phone_2: str = "") -> Said:
        """Return what a row says, with its numbers as people of the country dial them."""
        phones = (compared_names.number(each, self.country) for each in (phone, phone_2))
        return Said(code, name, compared_names.address(email), *phones)

    def reached(self, said: Said) -> tuple[Person, ...]:
        """Return everybody who has the e-mail address or the phone, unless it is an office's."""
        mail = () if said.email in self.shared else self.by_email.get(said.email, ())
        own = (number for number in said.phones if number not in self.shared)
        return _once([*mail, *(person for number in own for person in self.by_phone.get(number, ()))])


def directory(session: Session) -> Directory:
    """Read everybody there is."""
    of = Responder
    rows = session.execute(select(of.code, of.name, of.email, of.phone, of.phone_2).order_by(of.id))
    return Directory((Person(*row) for row in rows), programme_of(session).country)


def found(said: Said, there: Directory) -> Found:
    """Return whom a row means: by id; else by name with e-mail or phone; else by name alone."""
    if said.code:
        holder = there.by_code.get(compared_names.code(said.code))
        return _by_code(said, holder, there) if holder is not None else _by_strange_code(said, there)
    return _by_name(said, there) if said.name else _by_contact(said, there)


def _by_code(said: Said, holder: Person, there: Directory) -> Found:
    """The id is known: that person, unless the name is another one and no contact speaks for them."""
    if (
        not said.name
        or compared_names.bare(said.name) == compared_names.bare(holder.name)
        or is_renamed(said, holder, there.country)
    ):
        return Sure(holder)
    return Unsure(
        _once([holder, *_named(said, there)]), tr("the id {code} is that of {name}", code=holder.code, name=holder.name)
    )


def is_renamed(said: Said, holder: Person, country: str) -> bool:
    """Is it the same person under a longer, shorter or married name?

    A name with words more or less will do unless the contacts are others; one that shares a word needs one in common.
    """
    agree, differ = agreement(said, holder, country)
    if compared_names.parts(said.name) == compared_names.parts(holder.name) or compared_names.is_shorter(
        said.name, holder.name
    ):
        return bool(agree) or not differ
    return bool(agree) and bool(compared_names.parts(said.name) & compared_names.parts(holder.name))


def _by_strange_code(said: Said, there: Directory) -> Found:
    """The id is unknown: somebody new, unless the name, the contact or the id without noughts is somebody's."""
    short = there.by_short.get(compared_names.unpadded(said.code), [])
    near = [p for p in short if _is_like(said, p, there.country)]
    if near:
        return Unsure(
            _once(near), tr("the id {code} is {near_code} without its noughts", code=said.code, near_code=near[0].code)
        )
    like = _once([*_named(said, there), *there.reached(said)])
    if not like:
        return New()
    return Unsure(like, _why(said, like[0], there.country, start=tr("the id {code} is new, but ", code=said.code)))


def _is_like(said: Said, person: Person, country: str) -> bool:
    return compared_names.bare(said.name) == compared_names.bare(person.name) or bool(
        agreement(said, person, country)[0]
    )


def _by_name(said: Said, there: Directory) -> Found:
    same = there.by_name.get(compared_names.folded(said.name), [])
    agreeing = [p for p in same if agreement(said, p, there.country)[0]]
    if len(agreeing) == 1:
        return Sure(agreeing[0])
    if len(same) == 1 and not agreement(said, same[0], there.country)[1]:
        return Sure(same[0])
    if len(same) > 1:
        return Unsure(
            _once(agreeing or same), tr("{count} people are called {name}", count=len(same), name=same[0].name)
        )
    like = _once([*same, *_named(said, there)])
    sure = [p for p in like if agreement(said, p, there.country)[0]]
    if len(sure) == 1:
        return Sure(sure[0])
    like = _once([*like, *there.reached(said)])
    return Unsure(like, _why(said, like[0], there.country)) if like else New()


def _by_contact(said: Said, there: Directory) -> Found:
    reached = there.reached(said)
    if len(reached) == 1:
        return Sure(reached[0])
    return (
        Unsure(tuple(reached), tr("{count} people have this e-mail or phone", count=len(reached))) if reached else New()
    )


def _named(said: Said, there: Directory) -> list[Person]:
    """Return everybody whose name differs only in spelling, accents or the order of its words."""
    if not compared_names.bare(said.name):
        return []
    by_parts = (
        there.by_parts.get(compared_names.parts(said.name), ()) if len(compared_names.parts(said.name)) > 1 else ()
    )
    return [
        *there.by_name.get(compared_names.folded(said.name), ()),
        *there.by_bare.get(compared_names.bare(said.name), ()),
        *by_parts,
    ]


def agreement(said: Said, person: Person, country: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return which contacts agree and which differ, of those that both have."""
    mail = compared_names.address(person.email)
    pairs = (
        ("e-mail", {said.email} - {""}, {mail} - {""}),
        ("phone", set(said.phones), set(person.phones(country))),
    )
    both = [(what, bool(mine & theirs)) for what, mine, theirs in pairs if mine and theirs]
    return tuple(what for what, is_same in both if is_same), tuple(what for what, is_same in both if not is_same)


def _why(said: Said, person: Person, country: str, *, start: str = "") -> str:
    agree, differ = agreement(said, person, country)
    if compared_names.folded(said.name) == compared_names.folded(person.name):
        if agree or not differ:
            return tr("{start}the name is that of {name} ({code})", start=start, name=person.name, code=person.code)
        return tr(
            "{start}{name} ({code}) has another {names}",
            start=start,
            name=person.name,
            code=person.code,
            names=" and ".join(differ),
        )
    if compared_names.parts(said.name) == compared_names.parts(person.name):
        return tr(
            "{start}{name} ({code}) differs only in accents, signs or the order of the words",
            start=start,
            name=person.name,
            code=person.code,
        )
    return tr(
        "{start}the {names} is that of {name} ({code})",
        start=start,
        names=" and ".join(agree) or "contact",
        name=person.name,
        code=person.code,
    )


def candidate(said: Said, person: Person, country: str, *, is_line: bool = False) -> Candidate:
    """Return a person as an answer to choose, with what speaks for and against it in words."""
    agree, differ = agreement(said, person, country)
    name = compared_names.folded(said.name) == compared_names.folded(person.name)
    spelled = compared_names.parts(said.name) == compared_names.parts(person.name)
    code = bool(said.code) and compared_names.code(said.code) == compared_names.code(person.code)
    padded = bool(said.code) and compared_names.unpadded(said.code) == compared_names.unpadded(person.code)
    speaks_for = (
        *((tr("the same id"),) if code else (tr("the same id but for its noughts"),) if padded else ()),
        *((tr("the same name"),) if name else (tr("the same name spelled otherwise"),) if spelled else ()),
        *(tr("the same {what}", what=what) for what in agree),
    )
    speaks_against = (
        *((tr("another id"),) if said.code and not padded and not is_line else ()),
        *((tr("another name"),) if said.name and not spelled else ()),
        *(tr("another {what}", what=what) for what in differ),
    )
    return Candidate(person.code, person.name, is_line, speaks_for, speaks_against)


def _once(people: Iterable[Person]) -> tuple[Person, ...]:
    return tuple(dict.fromkeys(people))
