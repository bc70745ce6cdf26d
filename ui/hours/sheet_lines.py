"""What reading sheets would do, line by line, as a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from crt_scheduler.hours.report import SheetLine
from ui.words import tr

Index = QModelIndex | QPersistentModelIndex
COLUMNS = ("outcome", "file", "line", "words")
ORDER = ("bad", "new", "changed", "unchanged")


def outcome_words(outcome: str) -> str:
    """Return what becomes of a line."""
    return {
        "bad": tr("Left out"),
        "new": tr("Added"),
        "changed": tr("Changed"),
        "unchanged": tr("As it is"),
    }[outcome]


class LinesModel(QAbstractTableModel):
    """Lines of sheets: those that cannot be taken first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: tuple[SheetLine, ...] = ()

    def fill(self, lines: Sequence[SheetLine]) -> None:
        """Show these lines."""
        self.beginResetModel()
        self.lines = tuple(sorted(lines, key=lambda line: ORDER.index(line.outcome)))
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802
        """Return how many lines there are."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return words, and the colour of their state."""
        line, column = self.lines[index.row()], COLUMNS[index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            if column == "outcome":
                return outcome_words(line.outcome)
            return (str(line.line) if line.line else "") if column == "line" else getattr(line, column)
        if role == Qt.ItemDataRole.ToolTipRole and column == "words":
            return line.words
        if role == Qt.ItemDataRole.ForegroundRole:
            quiet = "secondary" if line.outcome == "unchanged" or column in ("file", "line") else "text"
            return "bad" if line.outcome == "bad" and column in ("outcome", "words") else quiet
        return None

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return the headings."""
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return {"outcome": tr("Outcome"), "file": tr("Sheet"), "line": tr("Line"), "words": tr("What it says")}[
            COLUMNS[section]
        ]
