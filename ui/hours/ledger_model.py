"""The ledger as a table model: what each column shows and sorts by; and its filter."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QSortFilterProxyModel, Qt

from crt_scheduler import times
from crt_scheduler.hours.ledger_values import EntryRow
from ui.hours.hours_words import clock_words, kind_words, state_words
from ui.match import folded
from ui.people.people_words import date_words
from ui.words import tr

Index = QModelIndex | QPersistentModelIndex
COLUMNS = ("date", "name", "kind", "start", "end", "minutes", "call", "state")
ROW, SORT = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1
Align = Qt.AlignmentFlag


def heading(column: str) -> str:
    """Return a column's heading."""
    return {
        "date": tr("Date"),
        "name": tr("Name"),
        "kind": tr("Kind"),
        "start": tr("Start"),
        "end": tr("End"),
        "minutes": tr("Hours"),
        "call": tr("Call"),
        "state": tr("State"),
    }[column]


class LedgerModel(QAbstractTableModel):
    """Entries of hours, one row each."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.entries: tuple[EntryRow, ...] = ()
        self.zone = times.Zone("UTC")

    def fill(self, entries: Sequence[EntryRow], zone: times.Zone) -> None:
        """Show these entries; the same ones in other states keep their rows, and so what is chosen."""
        same = [row.id for row in entries] == [row.id for row in self.entries]
        if not same:
            self.beginResetModel()
        self.entries, self.zone = tuple(entries), zone
        if not same:
            self.endResetModel()
        elif self.entries:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.entries) - 1, len(COLUMNS) - 1))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802
        """Return how many entries there are."""
        return 0 if parent.isValid() else len(self.entries)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(COLUMNS)

    def shown(self, row: EntryRow, column: str) -> str:
        """Return what a cell shows."""
        if column == "date":
            return date_words(row.date)
        if column in ("start", "end"):
            return clock_words(getattr(row, column), self.zone)
        if column == "minutes":
            return times.hours_words(row.minutes)
        if column == "kind":
            return kind_words(row.kind)
        return state_words(row.state) if column == "state" else str(getattr(row, column))

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return words, alignment, colour and what a screen reader says."""
        row, column = self.entries[index.row()], COLUMNS[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self.shown(row, column)
        if role == ROW:
            return row
        if role == SORT:
            return sort_key(row, column)
        if role == Qt.ItemDataRole.ForegroundRole:
            is_quiet = column in ("start", "end", "call") or (column == "state" and row.state == "approved")
            return "secondary" if is_quiet else "warning" if column == "state" else "text"
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return (Align.AlignRight if column == "minutes" else Align.AlignLeft) | Align.AlignVCenter
        if role == Qt.ItemDataRole.ToolTipRole and column == "state" and row.approved_by:
            return tr("Approved by {}").format(row.approved_by)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{row.name}, {heading(column)}: {self.shown(row, column) or tr('none')}"
        return None

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return the headings."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return heading(COLUMNS[section])
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            return (Align.AlignRight if COLUMNS[section] == "minutes" else Align.AlignLeft) | Align.AlignVCenter
        return None


def sort_key(row: EntryRow, column: str) -> Any:
    """Return what a column is sorted by: dates as dates, minutes as a number."""
    if column in ("date", "start", "end"):
        moment = getattr(row, column)
        return "" if moment is None else f"{moment.isoformat()} {row.name.casefold()}"
    return row.minutes if column == "minutes" else str(getattr(row, column)).casefold()


class Wanted(QSortFilterProxyModel):
    """The entries that the filters ask for."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.wanted = {"text": "", "kind": "", "state": ""}
        self.setSortRole(SORT)

    def want(self, name: str, value: str) -> None:
        """Narrow by text, kind or state; nothing: any."""
        self.wanted[name] = folded(value) if name == "text" else value
        self.invalidate()

    def filterAcceptsRow(self, source_row: int, source_parent: Index) -> bool:  # noqa: N802
        """Is the entry asked for?"""
        model = self.sourceModel()
        assert isinstance(model, LedgerModel)
        row, wanted = model.entries[source_row], self.wanted
        if (wanted["kind"] and row.kind != wanted["kind"]) or (wanted["state"] and row.state != wanted["state"]):
            return False
        return not wanted["text"] or any(wanted["text"] in folded(part) for part in (row.name, row.person, row.call))

    def rows(self) -> list[EntryRow]:
        """Return the entries on view, in their order."""
        return [self.index(n, 0).data(ROW) for n in range(self.rowCount())]
