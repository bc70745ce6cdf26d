"""The acts on entries of the ledger, each one act that undo takes back; and saving what is shown."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from crt_scheduler.errors import CrtError
from crt_scheduler.hours import hours_ledger
from crt_scheduler.hours.ledger_values import EntryRow
from crt_scheduler.hours.view import write_table
from ui.desk import Desk
from ui.parts import counted
from ui.words import tr


def entries(count: int) -> str:
    """Return a count of entries."""
    return counted(count, "1 entry", "{} entries")


def approve(desk: Desk, rows: Sequence[EntryRow]) -> None:
    """Approve entries."""
    if rows:
        desk.do(hours_ledger.APPROVE([row.id for row in rows], who=desk.who))


def unapprove(desk: Desk, rows: Sequence[EntryRow]) -> None:
    """Take the approval of those entries back that have one."""
    numbers = [row.id for row in rows if row.state == "approved"]
    if numbers:
        desk.do(hours_ledger.UNAPPROVE(numbers))


def remove(desk: Desk, rows: Sequence[EntryRow]) -> None:
    """Remove entries from the ledger."""
    if rows:
        desk.do(hours_ledger.REMOVE([row.id for row in rows]))


def save(desk: Desk, path: Path, rows: Sequence[EntryRow], zone: str) -> None:
    """Save entries as CSV or, where the name ends so, as a workbook, and say so; Qt has asked first."""
    try:
        count = write_table(path, rows, zone, force=True)
    except CrtError as fault:
        desk.failed.emit(str(fault))
        return
    words = tr("{entries} saved to {path}; phones and addresses are left out.")
    desk.said.emit(words.format(entries=entries(count), path=path))
