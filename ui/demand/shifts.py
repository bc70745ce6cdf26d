"""The table of areas and shifts: calls, teams and the chance that a call finds one, with a line at the target."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from crt_scheduler.truth.ladder import AreaShift
from ui.demand.slider import chance, percent

Index = QModelIndex | QPersistentModelIndex
AREA, SHIFT, CALLS, LEAST, TEAMS, CHANCE, OTHER = range(7)
RIGHT = (CALLS, LEAST, TEAMS, OTHER)


@dataclass(frozen=True)
class Shown:
    """What the table shows: rows for a target, and whether it counts teams that neighbours lend."""

    rows: tuple[AreaShift, ...]
    share: float
    borrowing: bool
    month: str

    def chance(self, row: AreaShift) -> float:
        """Return the chance that the target is about."""
        return row.p_team if self.borrowing else row.p_own

    def other(self, row: AreaShift) -> float:
        """Return the other chance."""
        return row.p_own if self.borrowing else row.p_team


class ShiftsModel(QAbstractTableModel):
    """One row per area and kind of shift; sorts on any column, in the programme's order at first."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: Shown | None = None
        self.rows: list[AreaShift] = []
        self._sorted = (-1, Qt.SortOrder.AscendingOrder)

    def show(self, shown: Shown) -> None:
        """Show other rows, or the same ones for another target."""
        is_same = len(shown.rows) == len(self.rows)
        if not is_same:
            self.beginResetModel()
        self.shown = shown
        self.rows = self._in_order()
        if not is_same:
            self.endResetModel()
        elif self.rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.rows) - 1, OTHER))
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, OTHER)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Order the rows by a column."""
        self._sorted = (column, order)
        if self.shown is None:
            return
        self.layoutAboutToBeChanged.emit()
        self.rows = self._in_order()
        self.layoutChanged.emit()

    def _in_order(self) -> list[AreaShift]:
        shown = self.shown
        assert shown is not None
        column, order = self._sorted
        if column < 0:
            return list(shown.rows)
        keys = {
            AREA: lambda pair: pair[1].area,
            SHIFT: lambda pair: pair[1].shift,
            CALLS: lambda pair: pair[1].calls,
            LEAST: lambda pair: pair[0],
            TEAMS: lambda pair: pair[1].teams,
            CHANCE: lambda pair: shown.chance(pair[1]),
            OTHER: lambda pair: shown.other(pair[1]),
        }
        found = sorted(enumerate(shown.rows), key=keys[column], reverse=order == Qt.SortOrder.DescendingOrder)
        return [row for _, row in found]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802
        """The areas' shifts."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802
        """Area, shift, calls, teams and chances."""
        return 0 if parent.isValid() else OTHER + 1

    def begins_area(self, place: int) -> bool:
        """Is the row the first of its area?"""
        return place == 0 or self.rows[place - 1].area != self.rows[place].area

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a cell's words."""
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if index.column() in RIGHT else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        if role == Qt.ItemDataRole.DisplayRole:
            return self._words(self.rows[index.row()], index.column())
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return self._aloud(self.rows[index.row()], index.column())
        return None

    def _words(self, row: AreaShift, column: int) -> str:
        assert self.shown is not None
        return {
            AREA: row.area,
            SHIFT: row.shift.capitalize(),
            CALLS: f"{row.calls:.1f}",
            LEAST: "1",
            TEAMS: row.words,
            CHANCE: chance(self.shown.chance(row)),
            OTHER: chance(self.shown.other(row)),
        }[column]

    def _aloud(self, row: AreaShift, column: int) -> str:
        shown = self.shown
        assert shown is not None
        if column == CHANCE and shown.chance(row) < shown.share:
            words = self.tr("{area} {shift}: {chance}, below the target")
        else:
            words = self.tr("{area} {shift}: {chance}")
        return words.format(area=row.area, shift=row.shift, chance=self._words(row, column))

    def headerData(self, section: int, way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: N802
        """Return a column's name."""
        if way != Qt.Orientation.Horizontal or self.shown is None:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if section in RIGHT else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        if role == Qt.ItemDataRole.ToolTipRole and section == CHANCE:
            return self.tr("Each third of the bar is ten times fewer calls that find no team: 90, 99, 99.9 %")
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        team, own = self.tr("A call finds a team"), self.tr("Own area")
        return (
            self.tr("Area"),
            self.tr("Shift"),
            self.tr("Calls in {}").format(self.shown.month),
            self.tr("Least teams"),
            self.tr("Target teams"),
            (team if self.shown.borrowing else own) + self.tr(" (line: {})").format(percent(self.shown.share)),
            own if self.shown.borrowing else team,
        )[section]
