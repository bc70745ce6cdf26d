"""A quiet table: whole rows, no grid, hairlines drawn by its cells, the chosen row tinted."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from ui.list_model import Index
from ui.look import Look

HIGH = 25
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class SolveTable(QTableView):
    """A table of the drawer; Enter and Return choose the row."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setShowGrid(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(max(HIGH, self.fontMetrics().height() + 7))
        self.verticalHeader().setMinimumSectionSize(HIGH)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setStyleSheet("QHeaderView::section:first { padding-left: 0; }")
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Take Enter as a choice on every platform; leave Escape to the drawer."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.activated.emit(self.currentIndex())
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)


class LinedDelegate(QStyledItemDelegate):
    """Draws a cell's icon and words over a hairline; words too long for it end in dots."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one cell."""
        place = ground(painter, option, self._look)
        icon = index.data(Qt.ItemDataRole.DecorationRole)
        inside = QRect(place).adjusted(0 if index.column() == 0 else 8, 0, -4, 0)
        if icon is not None:
            icon.paint(painter, inside, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
            inside.adjust(22, 0, 0, 0)
        painter.save()
        painter.setFont(self._look.font(9.75))
        painter.setPen(index.data(Qt.ItemDataRole.ForegroundRole) or self._look.colour("text"))
        words = painter.fontMetrics().elidedText(str(index.data() or ""), Qt.TextElideMode.ElideRight, inside.width())
        lie = index.data(Qt.ItemDataRole.TextAlignmentRole) or LEFT
        painter.drawText(inside, int(lie), words)
        painter.restore()


def ground(painter: QPainter, option: QStyleOptionViewItem, look: Look) -> QRect:
    """Draw a cell's ground, tinted where it is chosen, and its hairline; return its place."""
    place: QRect = option.rect
    state: QStyle.StateFlag = option.state
    if state & QStyle.StateFlag.State_Selected:
        painter.fillRect(place, look.colour("highlight"))
    painter.setPen(QPen(look.colour("hairline"), 1))
    painter.drawLine(place.bottomLeft(), place.bottomRight())
    return place
