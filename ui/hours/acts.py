"""The acts on entries of the ledger, each one act that undo takes back; and saving what is shown."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from crt_scheduler.errors import CrtError
from crt_scheduler.hours import ledger
from crt_scheduler.hours.values import EntryRow
from crt_scheduler.hours.view import write_table
from ui.desk import Desk
from ui.parts import counted
from ui.words import tr


def entries(count: int) -> str:
    """Return a count of entries."""
    return counted(count, tr("1 entry"), tr("{} entries"))


def approve(desk: Desk, rows: Sequence[EntryRow]) -> None:
    """Approve entries."""
    if rows:
        numbers, who = [row.id for row in rows], desk.who
        label = tr("Approve {}").format(entries(len(rows)))
        desk.do(label, lambda session: ledger.approve(session, numbers, who=who))


def unapprove(desk: Desk, rows: Sequence[EntryRow]) -> None:
    """Take the approval of those entries back that have one."""
    numbers = [row.id for row in rows if row.state == "approved"]
    if numbers:
        label = tr("Take back the approval of {}").format(entries(len(numbers)))
        desk.do(label, ledger.unapprove, numbers)


def remove(desk: Desk, rows: Sequence[EntryRow]) -> None:
    """Remove entries from the ledger."""

    def act(session: Any) -> None:
        for row in rows:
            ledger.remove(session, row.id)

    if rows:
        desk.do(tr("Remove {}").format(entries(len(rows))), act)


def save(desk: Desk, path: Path, rows: Sequence[EntryRow], zone: str) -> None:
    """Save entries as CSV or, where the name ends so, as a workbook, and say so; Qt has asked first."""
    try:
        count = write_table(path, rows, zone, force=True)
    except CrtError as fault:
        desk.failed.emit(str(fault))
        return
    words = tr("{entries} saved to {path}; phones and addresses are left out.")
    desk.said.emit(words.format(entries=entries(count), path=path))
