"""Many new rows at once within an act: written without an object for each, and journaled as if one by one."""

from __future__ import annotations

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


def add(session: Session, record: type[Record], rows: list[dict[str, Any]]) -> list[int]:
    """Insert rows that hold every column but their number, and return their numbers in order.

    The act's journal gets the rows themselves as their images: let nobody change them afterwards.
    """
    if not rows:
        return []
    session.flush()
    table = Record.metadata.tables[record.__tablename__]
    connection = session.connection()
    last = connection.execute(text("SELECT seq FROM sqlite_sequence WHERE name = :name"), {"name": table.name}).scalar()
    first = int(last or 0) + 1  # the act holds the only lock for writing: nobody takes these numbers meanwhile
    for number, row in enumerate(rows, start=first):
        row["id"] = number
    for start in range(0, len(rows), AT_ONCE):
        connection.execute(table.insert(), rows[start : start + AT_ONCE])
        session.info.get(WRITTEN, _nothing)(len(rows[start : start + AT_ONCE]))
    journal.added(session, table.name, rows)
    return list(range(first, first + len(rows)))
