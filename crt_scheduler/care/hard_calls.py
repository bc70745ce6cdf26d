"""Hard calls: the kinds there are, and what follows from the lead's tick: stand-down and debrief of those who went."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from crt_scheduler import remedies
from crt_scheduler.act import Act
from crt_scheduler.call_names import call_words
from crt_scheduler.care import debriefs, stand_down
from crt_scheduler.errors import CrtError, NotAllowed
from crt_scheduler.programmes import programme_of
from crt_scheduler.tables import Call, HardCall
from solver.wording import mark, tr


def kinds(session: Session) -> tuple[str, ...]:
    """Return the kinds of hard calls of the programme, in the order they were added."""
    return tuple(session.scalars(select(HardCall.name).order_by(HardCall.id)))


def add_kind(session: Session, name: str) -> None:
    """Add a kind of hard call; raises CrtError for an empty name or one there is already."""
    words = " ".join(name.split())
    if not words:
        raise CrtError(tr("Name the kind of hard call, such as Child death."))
    if _find(session, words) is not None:
        raise CrtError(tr("There is a hard call {words!r} already. Choose another name.", words=words))
    session.add(HardCall(programme_id=programme_of(session).id, name=words))
    session.flush()


def remove_kind(session: Session, name: str) -> None:
    """Remove a kind of hard call; raises NotAllowed while a call bears it, CrtError if there is none."""
    row = _named(session, name)
    if session.scalar(select(Call.id).where(Call.hard == row.name).limit(1)) is not None:
        raise NotAllowed(tr("Calls are marked {name!r}. Leave it, or mark those calls otherwise first.", name=row.name))
    session.delete(row)
    session.flush()


def set_kinds(session: Session, names: Iterable[str]) -> None:
    """Have exactly these kinds of hard calls; raises NotAllowed while a call bears one that would go."""
    wanted = {" ".join(name.split()).casefold(): name for name in names}
    for kind in kinds(session):
        if kind.casefold() not in wanted:
            remove_kind(session, kind)
    for name in wanted.values():
        if _find(session, name) is None:
            add_kind(session, name)


def tick_hard(session: Session, call_id: int, kind: str, *, now: dt.datetime) -> None:
    """Mark a call as hard: everyone who went stands down and owes a debrief; an empty kind takes all of it back.

    Taking it back leaves what was lifted or done. Raises CrtError for an unknown call or kind.
    """
    call = stand_down.call_of(session, call_id)
    call.hard = _named(session, kind).name if kind else ""
    session.flush()
    if call.hard:
        stand_down.follow(session, call, now=now)
        return
    stand_down.take_back(session, call.id)
    debriefs.take_back(session, call.id)
    session.flush()


def _named(session: Session, name: str) -> HardCall:
    row = _find(session, name)
    if row is None:
        known = ", ".join(kinds(session)) or tr("none yet")
        raise CrtError(
            tr("No kind of hard call is called {name!r}. There are: {known}.", name=name, known=known),
            remedies.ADD_HARD_CALL,
        )
    return row


def _find(session: Session, name: str) -> HardCall | None:
    words = " ".join(name.split()).casefold()
    return next((row for row in session.scalars(select(HardCall)) if row.name.casefold() == words), None)


def _ticked(session: Session, call_id: int, kind: str, **_: Any) -> str:
    name = call_words(stand_down.call_of(session, call_id))
    return tr("Hard call {call}", call=name) if kind else tr("No hard call {call}", call=name)


TICK = Act(tick_hard, _ticked)
ADD_KIND = Act(add_kind, mark("Add hard call {name}"))
REMOVE_KIND = Act(remove_kind, mark("Remove hard call {name}"))
