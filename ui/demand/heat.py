"""The heat map: calls a year in each hour of the week as a table whose every cell can be reached and heard."""

from __future__ import annotations

import datetime as dt
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from crt_scheduler import times
from crt_scheduler.truth.demand_view import WeekHeat
from solver.wording.dates import weekday
from ui.look import Look
from ui.parts import of_kind

Index = QModelIndex | QPersistentModelIndex
HOURS = 24
HAS_FOCUS = QStyle.StateFlag.State_HasFocus.value
"""As a number: to make a flag of each of 168 cells takes longer than to paint it."""


class HeatModel(QAbstractTableModel):
    """Seven rows, from the first weekday on, of 24 hours; a cell's value is its calls a year."""

    def __init__(self) -> None:
        super().__init__()
        self.heat: WeekHeat | None = None
        self.days = times.week_from(0)
        """The rows' weekdays (Monday is 0)."""
        self._most = self._least = 0.0

    def show(self, heat: WeekHeat) -> None:
        """Show the city's or an area's week."""
        self._most, self._least = heat.most, min(min(row) for row in heat.hours)
        self.days = times.week_from(heat.first)
        if self.heat is None or (self.heat.first, self.heat.clock) != (heat.first, heat.clock):
            self.beginResetModel()
            self.heat = heat
            self.endResetModel()
            return
        self.heat = heat
        self.dataChanged.emit(self.index(0, 0), self.index(6, HOURS - 1))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802
        """Seven days, once there is something to show."""
        return 0 if self.heat is None or parent.isValid() else len(self.heat.hours)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802
        """The hours of a day."""
        return 0 if parent.isValid() else HOURS

    def calls(self, index: Index) -> float:
        """Return a cell's calls a year."""
        return self.heat.hours[self.days[index.row()]][index.column()] if self.heat else 0.0

    def figure(self, index: Index) -> str:
        """Return a cell's calls a year as it shows them."""
        return f"{self.calls(index):.{1 if self._most >= 1 else 2}f}"

    def hour(self, hour: int) -> str:
        """Return an hour as people tell it, such as 18:00 or 6:00 PM; 24 ends the day."""
        if hour == HOURS and self.clock == "24":
            return "24:00"
        return times.clock_words(dt.time(hour % HOURS), self.clock)

    def mark(self, hour: int) -> str:
        """Return what stands over an hour's column: every other hour, or morning and afternoon from 12 on."""
        if self.clock == "24":
            return f"{hour:02d}" if hour % 2 == 0 else ""
        if hour % 12 == 0:
            return "12a" if hour == 0 else "12p"
        return str(hour % 12) if hour % 2 == 0 else ""

    @property
    def clock(self) -> times.Clock:
        """How the hours are told."""
        return self.heat.clock if self.heat else "24"

    def part(self, index: Index) -> float:
        """Return how busy a cell is, 0 to 1: the whole ramp where hours differ twofold, its middle where none do."""
        most, least = self._most, self._least
        if not most:
            return 0.0
        return 0.5 + (self.calls(index) - (most + least) / 2) / max(most - least, most / 2)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a cell's figure, or what it says aloud."""
        if role == Qt.ItemDataRole.DisplayRole:
            return self.figure(index)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            words = self.tr("{day} {first} to {last}: {calls:.1f} calls a year")
            day, hour = weekday(self.days[index.row()]), index.column()
            return words.format(day=day, first=self.hour(hour), last=self.hour(hour + 1), calls=self.calls(index))
        return None

    def headerData(self, section: int, way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: N802
        """Return a day's name or, at every other hour, the hour."""
        if role == Qt.ItemDataRole.DisplayRole:
            if way == Qt.Orientation.Vertical:
                return weekday(self.days[section])
            return self.mark(section)
        if role == Qt.ItemDataRole.TextAlignmentRole and way == Qt.Orientation.Vertical:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None


class HeatCell(QStyledItemDelegate):
    """Paints one hour: the fill says how busy, the figure how many."""

    def __init__(self, look: Look, view: HeatTable) -> None:
        super().__init__(view)
        self._look, self._view, self._font = look, view, look.font(8.25)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw fill, figure and, where the focus is, its ring."""
        model = self._view.heat
        place: QRect = option.rect
        fill, ink = self._look.demand(model.part(index))
        painter.fillRect(place.adjusted(0, 0, -1, -1), fill)
        painter.setFont(self._font)
        painter.setPen(ink)
        figure = model.figure(index)
        if painter.fontMetrics().horizontalAdvance(figure) <= place.width() - 2:
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, figure)
        state: QStyle.StateFlag = option.state
        if state.value & HAS_FOCUS:
            painter.setPen(QPen(self._look.colour("text"), 2))
            painter.drawRect(place.adjusted(1, 1, -2, -2))


class HeatTable(QTableView):
    """The week by hours, with a line where shifts change; arrows move, every cell says its figure."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.heat = HeatModel()
        self._look = look
        self._changes: tuple[float, ...] = ()
        of_kind(self, "plain")
        self.setModel(self.heat)
        self.setItemDelegate(HeatCell(look, self))
        self.setAccessibleName(self.tr("When calls come: weekday by hour"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        for bar in (self.setVerticalScrollBarPolicy, self.setHorizontalScrollBarPolicy):
            bar(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            of_kind(header, "plain")
            header.setMinimumSectionSize(8)
            header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
            header.setSectionsClickable(False)
        self.verticalHeader().setFixedWidth(self.fontMetrics().horizontalAdvance("Wednes"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        look.changed.connect(self.viewport().update)

    def show_heat(self, heat: WeekHeat, changes: tuple[float, ...]) -> None:
        """Show a week, and the hours at which shifts change."""
        self._changes = changes
        self.heat.show(heat)
        busiest = max(
            ((value, day, hour) for day, row in enumerate(heat.hours) for hour, value in enumerate(row)), default=None
        )
        if busiest is not None:
            words = self.tr("The busiest hour is {day} {hour} with {calls:.1f} calls a year. Arrow keys move.")
            hour = self.heat.hour(busiest[2])
            self.setAccessibleDescription(words.format(day=weekday(busiest[1]), hour=hour, calls=busiest[0]))
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw the cells, then the lines of the shift changes over them."""
        super().paintEvent(event)
        if not self.heat.rowCount():
            return
        painter = QPainter(self.viewport())
        painter.setPen(QPen(self._look.colour("text"), 1.5))
        bottom = self.rowViewportPosition(6) + self.rowHeight(6)
        for hour in self._changes:
            if 0 < hour < HOURS:
                left = self.columnViewportPosition(int(hour))
                at = round(left + (hour - int(hour)) * self.columnWidth(int(hour))) - 1
                painter.drawLine(at, 0, at, bottom)
        painter.end()

    def sizeHint(self) -> QSize:  # noqa: N802
        """Ask for seven rows of 30 and the head."""
        return QSize(700, 7 * 30 + 24)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Stay readable."""
        return QSize(420, 7 * 22 + 24)
