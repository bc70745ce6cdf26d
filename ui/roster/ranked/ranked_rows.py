"""Rows of a ranked list: what each stands for, says and costs, and how many of them are shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

Index = QModelIndex | QPersistentModelIndex
FEW = 5
"""Rows shown before more are asked for."""


@dataclass(frozen=True)
class RankedRow:
    """One row: what it stands for, an area to mark it with, two lines of words, its change in points and in words."""

    what: object
    area: str
    name: str
    words: str
    points: float
    calls: str
    effect: str = ""
    given: str = ""
    """What the person is called in a sentence; the whole name where this is empty."""


class RankedModel(QAbstractListModel):
    """The rows, and how many of them are shown."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[RankedRow, ...] = ()
        self.shown = 0

    def show(self, rows: Sequence[RankedRow], few: int = FEW) -> None:
        """Show the first few of other rows; a single one beyond them is shown too."""
        self.beginResetModel()
        self.rows = tuple(rows)
        self.shown = len(self.rows) if len(self.rows) <= few + 1 else few
        self.endResetModel()

    def show_all(self) -> None:
        """Show every row."""
        if self.shown < len(self.rows):
            self.beginInsertRows(QModelIndex(), self.shown, len(self.rows) - 1)
            self.shown = len(self.rows)
            self.endInsertRows()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802
        """Return how many rows are shown."""
        return 0 if parent.isValid() else self.shown

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a row's name, and all it says as tip and for those who listen."""
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.tr("{}. {}. {} missed calls").format(row.name, row.words, row.calls)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.tr("{}\n{}\n{:+,.0f} points; 1,000 are one missed call").format(row.name, row.words, row.points)
        return row if role == Qt.ItemDataRole.UserRole else None
