"""The week card: open seats of the next seven days as heat, with numbers, cell by cell with the keyboard too."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from ui.look import Look
from ui.parts import Card, Words, counted, draw_mark, secondary
from ui.today import today_words
from ui.today.week_ahead_model import CELL, WEEKEND, WeekModel

if TYPE_CHECKING:
    from crt_scheduler.today import Week

ROW, HEAD, NAMES = 27, 46, 150
Index = QModelIndex | QPersistentModelIndex


class WeekCard(Card):
    """Seven days of open seats; Enter or a click on a cell asks for its shift on the roster."""

    go = Signal(str, object)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("Next seven days"))
        self.model = WeekModel(self)
        self.table = WeekTable(look, self.model)
        self.table.activated.connect(self._open)
        self.table.clicked.connect(self._open)
        self.body.setContentsMargins(12, 6, 12, 8)
        self.body.addWidget(self.table)

    def show_week(self, week: Week) -> None:
        """Show a week; the same one is left as it is."""
        if week != self.model.week:
            self.model.show_week(week)
            self.table.lay_out()

    def _open(self, index: QModelIndex) -> None:
        cell = self.model.cell(index)
        self.go.emit("roster", self.model.date(index) if cell is None else cell.shift)


class WeekTable(QTableView):
    """The table of the week: everything is seen at once, nothing scrolls."""

    def __init__(self, look: Look, model: WeekModel) -> None:
        super().__init__()
        self.setModel(model)
        self._model = model
        self.setAccessibleName(self.tr("Open seats of the next seven days"))
        self.setItemDelegate(_Heat(look, self))
        self.setHorizontalHeader(_Dates(look, model, self))
        self.setVerticalHeader(_Posts(look, model, self))
        self.setShowGrid(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self._corner = _corner(self)
        for button in self.findChildren(QAbstractButton):
            button.setAccessibleName(self.accessibleName())
        look.changed.connect(self.viewport().update)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Keep the title in the corner above the posts."""
        super().resizeEvent(event)
        self._corner.setGeometry(0, 0, NAMES, HEAD - 2)

    def lay_out(self) -> None:
        """Join the cells that reach over several shifts and take the height of all rows."""
        self.clearSpans()
        for row, line in enumerate(self._model.lines):
            for column, cell in enumerate(line.cells):
                if cell is not None and cell.span > 1:
                    self.setSpan(row, column, 1, cell.span)
        self.setFixedHeight(HEAD + ROW * self._model.rowCount() + 2)
        total = self._model.week.missing if self._model.week else 0
        self.setAccessibleDescription(counted(total, "1 seat open", "{} seats open"))


def _corner(table: QTableView) -> QWidget:
    """Return the title of the table, shown in its corner."""
    whole = QWidget(table)
    column = QVBoxLayout(whole)
    column.setContentsMargins(0, 2, 0, 2)
    column.setSpacing(0)
    column.addWidget(Words(table.tr("Next seven days"), bold=True))
    column.addWidget(secondary(table.tr("Open seats")))
    return whole


class _Heat(QStyledItemDelegate):
    """Paints a cell: its number on the heat of a shortage, a dot where nothing is missing."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell; focus is drawn here, for a hairline box would be lost in the heat."""
        area: QRect = option.rect
        cell = index.data(CELL)
        painter.save()
        if index.data(WEEKEND):
            painter.fillRect(area, self._look.colour("weekend"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        inside = QRectF(area).adjusted(2, 3, -2, -3)
        if cell is not None and cell.missing and not cell.is_past:
            fill, text = self._look.heat(cell.missing)
            painter.setPen(QPen(text, 1, Qt.PenStyle.DashLine) if cell.lacks_team else Qt.PenStyle.NoPen)
            painter.setBrush(fill)
            painter.drawRoundedRect(inside, 3, 3)
            painter.setPen(text)
            painter.setFont(self._look.font(9, bold=True))
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, str(cell.missing))
        elif cell is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._look.colour("disabled"))
            painter.drawEllipse(QRectF(area).center(), 1.2, 1.2)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(self._look.colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(area).adjusted(1, 1, -1, -1), 3, 3)
        painter.restore()


class _Dates(QHeaderView):
    """Two lines at the head: dates over the shifts of each."""

    def __init__(self, look: Look, model: WeekModel, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._look, self._week = look, model
        self.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.setMinimumSectionSize(20)
        look.changed.connect(self.viewport().update)

    def sizeHint(self) -> QSize:  # noqa: N802
        """Return the height of two lines."""
        return QSize(super().sizeHint().width(), HEAD)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw dates and shifts; a weekend's ground runs on into the table."""
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), self._look.colour("base"))
        columns = list(enumerate(self._week.columns))
        for date, group in groupby(columns, key=lambda pair: pair[1].date):
            numbers = [n for n, _ in group]
            left = self.sectionViewportPosition(numbers[0])
            width = sum(self.sectionSize(n) for n in numbers)
            ground = QRect(left, 0, width, HEAD)
            if self._week.columns[numbers[0]].weekend:
                painter.fillRect(ground, self._look.colour("weekend"))
            painter.setFont(self._look.font(9, bold=True))
            painter.setPen(self._look.colour("text"))
            painter.drawText(QRect(left, 2, width, 22), Qt.AlignmentFlag.AlignCenter, today_words.day_short(date))
            painter.setPen(self._look.colour("hairline"))
            painter.drawLine(left, 4, left, HEAD)
            painter.setPen(self._look.colour("secondary"))
            painter.setFont(self._look.font(8.25))
            for n in numbers:
                place = QRect(self.sectionViewportPosition(n), 24, self.sectionSize(n), 20)
                painter.drawText(place, Qt.AlignmentFlag.AlignCenter, self._fit(painter, n, place.width()))
        painter.end()

    def _fit(self, painter: QPainter, n: int, width: int) -> str:
        name: Any = self._week.headerData(n, Qt.Orientation.Horizontal)
        return painter.fontMetrics().elidedText(str(name), Qt.TextElideMode.ElideRight, width - 4)


class _Posts(QHeaderView):
    """The posts at the left, each with its mark."""

    def __init__(self, look: Look, model: WeekModel, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._look, self._week = look, model
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setDefaultSectionSize(ROW)
        look.changed.connect(self.viewport().update)

    def sizeHint(self) -> QSize:  # noqa: N802
        """Return the width of the names."""
        return QSize(NAMES, super().sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw each post's mark and name."""
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), self._look.colour("base"))
        for n, line in enumerate(self._week.lines):
            top, height = self.sectionViewportPosition(n), self.sectionSize(n)
            if line.kind != "city":
                mark = self._look.clergy if line.kind == "clergy" else self._look.area(line.area)
                wide = 24 if line.kind == "clergy" else 18
                place = QRectF(0, top + (height - 18) / 2, wide, 18)
                draw_mark(painter, place, self._look, mark, round_=line.kind == "clergy")
            painter.setPen(self._look.colour("text"))
            painter.setFont(self._look.font(9.75))
            name = today_words.post_words(line.area, line.kind)
            left = 32 if line.kind != "city" else 0
            fitted = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, NAMES - left - 6)
            painter.drawText(QRect(left, top, NAMES - left, height), Qt.AlignmentFlag.AlignVCenter, fitted)
        painter.end()
