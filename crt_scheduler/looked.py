"""What a look reads: the tables its session selects from decide when the answer is stale."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import cast

from sqlalchemy import ClauseElement, Table, event
from sqlalchemy.orm import ORMExecuteState, Session
from sqlalchemy.sql import visitors

from crt_scheduler.tables import NOT_RESTORED

LOOKED = "looked"


@contextmanager
def noting(session: Session, tables: set[str]) -> Iterator[None]:
    """Put the name of every table that the session selects from into a set, for as long as this lasts."""
    outer: tuple[set[str], ...] = session.info.get(LOOKED, ())
    if not outer:
        event.listen(session, "do_orm_execute", _note)
    session.info[LOOKED] = (*outer, tables)
    try:
        yield
    finally:
        session.info[LOOKED] = outer
        if not outer:
            event.remove(session, "do_orm_execute", _note)


def _note(state: ORMExecuteState) -> None:
    note(state.session, cast(ClauseElement, state.statement))


def note(session: Session, query: ClauseElement) -> None:
    """Note the tables of a query; one that the session executes is noted by itself."""
    if session.info.get(LOOKED):
        also(session, {part.name for part in visitors.iterate(query) if isinstance(part, Table)})


def also(session: Session, tables: Iterable[str]) -> None:
    """Note tables that an answer rests on without a select of its own: it was kept in memory."""
    for noted in session.info.get(LOOKED, ()):
        noted.update(tables)


@contextmanager
def aside(session: Session) -> Iterator[None]:
    """Leave out what is selected to see whether a memory is still right: no answer shows it."""
    noted = session.info.pop(LOOKED, ())
    try:
        yield
    finally:
        session.info[LOOKED] = noted


def is_stale(tables: Iterable[str], changed: frozenset[str]) -> bool:
    """Can an answer read from some tables be another after acts that touched others?

    The journal does not say of the tables it leaves out whether an act touched them, so any act may have.
    """
    return "*" in changed or any(table in changed or table in NOT_RESTORED for table in tables)
