"""A person's usual week as a table model: a row for each shift, a column for each weekday."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from crt_scheduler import times
from crt_scheduler.people.usual_week import Cell, Week
from ui.people.people_words import SIGNS, grade_words, weekday_words
from ui.words import tr

Index = QModelIndex | QPersistentModelIndex
GRADE = Qt.ItemDataRole.UserRole
"""The role under which a cell gives its grade; None where the shift does not run on that day."""


class WeekModel(QAbstractTableModel):
    """A week's grades: a row for each shift template, a column for each weekday."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.week = Week((), {})

    def fill(self, week: Week) -> None:
        """Show another week; where it has the same shifts, the cell one is on stays."""
        same = (week.columns, week.first, week.clock) == (self.week.columns, self.week.first, self.week.clock)
        if not same:
            self.beginResetModel()
        self.week = week
        if not same:
            self.endResetModel()
        elif week.columns:
            self.dataChanged.emit(self.index(0, 0), self.index(len(week.columns) - 1, 6))

    def cell(self, index: Index) -> Cell:
        """Return the shift of the week that a cell stands for."""
        return Cell(self.week.days[index.column()], self.week.columns[index.row()].template)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802
        """Return how many shift templates there are."""
        return 0 if parent.isValid() else len(self.week.columns)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802
        """Return the seven days."""
        return 0 if parent.isValid() else 7

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let only cells be chosen whose shift runs on that day."""
        runs = self.cell(index) in self.week.grades
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable if runs else Qt.ItemFlag.NoItemFlags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a cell's letter, and in full what it says."""
        cell = self.cell(index)
        grade = self.week.grades.get(cell)
        if role == GRADE:
            return grade
        if role == Qt.ItemDataRole.DisplayRole:
            return "" if grade is None else SIGNS[grade]
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            words = tr("does not run") if grade is None else grade_words(grade)
            return f"{weekday_words(cell.weekday)} {cell.template}: {words}"
        return None

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return the weekdays, and the shifts with their hours."""
        if role == Qt.ItemDataRole.AccessibleTextRole and orientation == Qt.Orientation.Horizontal:
            return weekday_words(self.week.days[section])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = (
                Qt.AlignmentFlag.AlignHCenter
                if orientation == Qt.Orientation.Horizontal
                else Qt.AlignmentFlag.AlignLeft
            )
            return side | Qt.AlignmentFlag.AlignVCenter
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation == Qt.Orientation.Horizontal:
            return weekday_words(self.week.days[section], short=True)
        column = self.week.columns[section]
        return f"{column.template}  {times.shift_words(column.start, column.end, self.week.clock)}"
