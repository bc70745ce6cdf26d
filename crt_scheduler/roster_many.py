"""Acts on many places at once: each is one act, so that one undo takes all of it back."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy.orm import Session

from crt_scheduler import roster
from crt_scheduler.act import Act
from crt_scheduler.errors import CrtError
from solver.wording import number, tr

Key = tuple[str, str]
"""A person's id and the shift's name, such as 2027-01-09/night/Valley."""


def clear(session: Session, places: Collection[Key]) -> None:
    """Take people off shifts; raises NotAllowed, with nothing done, if one of the places is locked."""
    for person, shift in places:
        roster.unassign(session, roster.shift_name(shift), person)


def lock(session: Session, places: Collection[Key], *, locked: bool = True) -> None:
    """Lock or unlock places."""
    for person, shift in places:
        roster.lock(session, roster.shift_name(shift), person, locked=locked)


def promise(session: Session, places: Collection[Key], state: str) -> None:
    """Set the promise state of places: draft, told, confirmed or done."""
    for person, shift in places:
        roster.promise(session, roster.shift_name(shift), person, state)


def _named(session: Session, places: Collection[Key]) -> str:
    """Return whose places an act is about: one in full, more by number. Raises CrtError for none."""
    people = {person: roster.person(session, person).name for person, _ in places}
    if not places:
        raise CrtError(tr("Nobody is on call there. Choose somebody's shift first."))
    if len(places) == 1:
        ((person, shift),) = places
        return f"{people[person]}, {roster.shift_words(roster.known_name(session, roster.shift_name(shift)))}"
    if len(people) == 1:
        return tr("{n} shifts of {name}", n=number(len(places)), name=next(iter(people.values())))
    return tr("{n} shifts of {people} people", n=number(len(places)), people=number(len(people)))


def _cleared(session: Session, places: Collection[Key]) -> str:
    return tr("Clear {places}", places=_named(session, places))


def _locked(session: Session, places: Collection[Key], *, locked: bool = True) -> str:
    named = _named(session, places)
    return tr("Lock {places}", places=named) if locked else tr("Unlock {places}", places=named)


def _promised(session: Session, places: Collection[Key], state: str) -> str:
    return tr("Mark {places} as {state}", places=_named(session, places), state=state)


CLEAR = Act(clear, _cleared)
LOCK = Act(lock, _locked)
PROMISE = Act(promise, _promised)
