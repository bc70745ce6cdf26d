"""Many new rows at once within an act: written without an object for each, and journaled as if one by one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from crt_scheduler import journal
from crt_scheduler.progress import Progress
from crt_scheduler.tables import Record

WRITTEN = "written"
AT_ONCE = 5_000
"""Rows written by one statement."""


def tell(session: Session, rows: int, progress: Progress) -> None:
    """Let progress hear how much of so many rows is written; with those that follow from them, it only comes nearer."""
    written = 0

    def note(count: int) -> None:
        nonlocal written
        written += count
        progress(written / (written + max(0, rows - written) + 1))

    session.info[WRITTEN] = note


def _nothing(count: int) -> None:
    pass


def add(session: Session, record: type[Record], rows: Iterable[dict[str, Any]]) -> Sequence[int]:
    """Insert rows that hold every column but their number, and return their numbers in order.

    Some thousand are taken at once, so that they need not all be there at one time. The act's journal gets the rows
    themselves as their images: let nobody change them afterwards.
    """
    table = Record.metadata.tables[record.__tablename__]
    waiting = iter(rows)
    first = end = 0
    while block := list(islice(waiting, AT_ONCE)):
        if not end:
            session.flush()
            first = end = _next(session, table.name)
        for number, row in enumerate(block, start=end):
            row["id"] = number
        session.connection().execute(table.insert(), block)
        journal.added(session, table.name, block)
        session.info.get(WRITTEN, _nothing)(len(block))
        end += len(block)
    return range(first, end)


def _next(session: Session, table: str) -> int:
    """Return the next number of a table; the act holds the only lock for writing: nobody takes it meanwhile."""
    last = session.execute(text("SELECT seq FROM sqlite_sequence WHERE name = :name"), {"name": table}).scalar()
    return int(last or 0) + 1
