"""The painted table of areas and shifts: area marks, and bars on a scale where each third is ten times fewer misses."""

from __future__ import annotations

import math

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from crt_scheduler.truth.ladder import AreaShift
from ui.demand.shifts import AREA, CHANCE, Shown, columns
from ui.list_model import ROW, Index, ListModel
from ui.look import Look
from ui.parts import draw_mark, of_kind

HIGH = 30
NINES = 3.0
"""The bar is full at 99.9 %: three nines."""
PAD = 8
WIDEST, NARROWEST = 200, 150


def along(chance: float) -> float:
    """Return where a chance lies on the bar: 0 at 0, a third at 90 %, two thirds at 99 %, 1 from 99.9 % on."""
    return min(1.0, -math.log10(max(1e-9, 1.0 - chance)) / NINES)


class ShiftCell(QStyledItemDelegate):
    """Paints a cell: hairline below, area mark, or the bar with the line at the target."""

    def __init__(self, look: Look, view: ShiftsTable) -> None:
        super().__init__(view)
        self._look, self._view = look, view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one cell."""
        place, look = option.rect, self._look
        painter.save()
        painter.fillRect(place, look.colour("base"))
        self._hairline(painter, place, index)
        painter.setFont(look.font(9.75))
        painter.setPen(look.colour("text"))
        if index.column() == AREA:
            self._area(painter, place, index)
        elif index.column() == CHANCE:
            self._chance(painter, place, index)
        else:
            side = Qt.AlignmentFlag(index.data(Qt.ItemDataRole.TextAlignmentRole))
            painter.drawText(place.adjusted(PAD, 0, -PAD, 0), side, str(index.data()))
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(look.colour("accent"), 2))
            painter.drawRect(place.adjusted(1, 1, -2, -2))
        painter.restore()

    def _hairline(self, painter: QPainter, place: QRect, index: Index) -> None:
        if index.row() + 1 < self._view.shifts.rowCount():
            is_last = self._view.begins_area(index.row() + 1)
            if index.column() or is_last:
                painter.setPen(QPen(self._look.colour("hairline"), 1))
                painter.drawLine(place.bottomLeft(), place.bottomRight())

    def _area(self, painter: QPainter, place: QRect, index: Index) -> None:
        if not self._view.begins_area(index.row()):
            return
        name = index.data(ROW).area
        box = QRectF(place.left() + 12, place.center().y() - 8, 18, 18)
        draw_mark(painter, box, self._look, self._look.area(name))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setFont(self._look.font(9.75))
        words = place.adjusted(12 + 18 + PAD, 0, 0, 0)
        said = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, said)

    def _chance(self, painter: QPainter, place: QRect, index: Index) -> None:
        shown, look = self._view.shown, self._look
        assert shown is not None
        chance = shown.chance(index.data(ROW))
        is_short = chance < shown.share
        figure = painter.fontMetrics().horizontalAdvance("100.0 % ") + PAD
        bar = QRect(place.left() + PAD, place.center().y() - 2, place.width() - figure - 3 * PAD, 6)
        painter.fillRect(bar, look.colour("weekend"))
        fill = look.heat(4)[0] if is_short else look.demand(0.6)[0]
        painter.fillRect(QRect(bar.topLeft(), QSize(round(bar.width() * along(chance)), bar.height())), fill)
        at = bar.left() + round(bar.width() * along(shown.share))
        painter.setPen(QPen(look.colour("text"), 1))
        painter.drawLine(QPoint(at, bar.top() - 4), QPoint(at, bar.bottom() + 4))
        painter.setFont(look.font(9.75, bold=is_short))
        painter.setPen(look.colour("warning" if is_short else "text"))
        words = place.adjusted(0, 0, -PAD, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, str(index.data()))


class ShiftsTable(QTableView):
    """Areas and shifts with the teams that a target asks for; arrows move, every cell says its row."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.shifts: ListModel[AreaShift] = ListModel((), key=lambda row: (row.area, row.shift))
        self.shown: Shown | None = None
        self._look = look
        self.setModel(self.shifts)
        self.setItemDelegate(ShiftCell(look, self))
        self.setAccessibleName(self.tr("Teams by area and shift"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(HIGH)
        header = self.horizontalHeader()
        of_kind(header, "small")
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setHighlightSections(False)
        header.setSortIndicatorClearable(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        look.changed.connect(self.viewport().update)

    def show_rows(self, shown: Shown) -> None:
        """Show the rows of a target."""
        self.shown = shown
        self.shifts.fill(shown.rows, columns(shown))
        self._share_out()
        short = sum(shown.chance(row) < shown.share for row in shown.rows)
        words = self.tr("{short} of {count} are below the target. Arrow keys move.")
        self.setAccessibleDescription(words.format(short=short, count=len(shown.rows)))

    def begins_area(self, place: int) -> bool:
        """Is the row the first of its area?"""
        rows = self.shifts.rows
        return place == 0 or rows[place - 1].area != rows[place].area

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Give the bar what the words leave."""
        super().resizeEvent(event)
        self._share_out()

    def _share_out(self) -> None:
        """Make each column as wide as its words, and the bar's as wide as the rest."""
        if not self.shifts.rowCount():
            return
        head, cells = QFontMetrics(self._look.font(8.25, bold=True)), QFontMetrics(self._look.font(9.75))
        rest = self.viewport().width()
        for n, column in enumerate(self.shifts.columns):
            if n == CHANCE:
                continue
            wide = max(cells.horizontalAdvance(column.words(row)) for row in self.shifts.rows)
            wide = max(wide + (44 if n == AREA else 0), head.horizontalAdvance(column.head)) + 2 * PAD + 6
            self.setColumnWidth(n, min(wide, WIDEST))
            rest -= self.columnWidth(n)
        self.setColumnWidth(CHANCE, max(rest, NARROWEST))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Show at least four rows."""
        return QSize(420, 4 * HIGH + 30)

    def sizeHint(self) -> QSize:  # noqa: N802
        """Ask for eight rows and the head."""
        return QSize(700, min(8, max(4, self.shifts.rowCount())) * HIGH + 32)
