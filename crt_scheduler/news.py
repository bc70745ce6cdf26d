"""News: what acts have changed since somebody looked last, whoever did them, and what undo and redo would do now."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from crt_scheduler import journal, lineage
from crt_scheduler.lineage import Seen

EVERYTHING = frozenset({"*"})
"""The tables of news that the records as a whole are others than before."""


@dataclass(frozen=True)
class News:
    """The newest act, the tables touched since the last look, and the labels of what is next to undo and redo."""

    seen: Seen
    tables: frozenset[str] = frozenset()
    undo: str = ""
    redo: str = ""


def news(session: Session, before: Seen | None, *, who: str) -> News:
    """Return the news since a look (none: everything is news), with the acts that are next for somebody."""
    seen = lineage.seen(session)
    if before == seen:
        return News(seen)
    is_known = before is not None and lineage.has(session, before)
    tables = journal.tables_since(session, before.number) if before is not None and is_known else EVERYTHING
    undo, redo = journal.next_undo(session, who), journal.next_redo(session, who)
    return News(seen, tables, undo.label if undo and not undo.final else "", redo.label if redo else "")
