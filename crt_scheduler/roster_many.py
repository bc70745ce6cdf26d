"""Acts on many places at once: each is one act, so that one undo takes all of it back."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.orm import Session

from crt_scheduler import roster

Key = tuple[str, str]
"""A person's id and the shift's name, such as 2027-01-09/night/Valley."""


def clear(session: Session, places: Iterable[Key]) -> None:
    """Take people off shifts; raises NotAllowed, with nothing done, if one of the places is locked."""
    for person, shift in places:
        roster.unassign(session, roster.shift_name(shift), person)


def lock(session: Session, places: Iterable[Key], *, locked: bool = True) -> None:
    """Lock or unlock places."""
    for person, shift in places:
        roster.lock(session, roster.shift_name(shift), person, locked=locked)


def promise(session: Session, places: Iterable[Key], state: str) -> None:
    """Set the promise state of places: draft, told, confirmed or done."""
    for person, shift in places:
        roster.promise(session, roster.shift_name(shift), person, state)
