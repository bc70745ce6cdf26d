"""Ranked rows of the side panel: who could, what it changes as bar and number, and the act on the current row."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ui.list_model import ROW, Index, ListModel
from ui.look import AreaLook, Look
from ui.parts import Button, draw_mark
from ui.roster.ranked.ranked_rows import FEW, RankedRow, column

PAD, MARK, BAR, GAP = 16, 18, 48, 8


class RankedDelegate(QStyledItemDelegate):
    """Paints a row: area mark, name over words, a bar of what it costs, the number."""

    def __init__(self, look: Look, parent: QListView) -> None:
        super().__init__(parent)
        self._look, self._list = look, parent
        self.act_width = 0
        self.dearest = 1.0

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802
        """Return two lines and room around them."""
        name, words = (QFontMetrics(self._look.font(points)) for points in (9.75, 9.0))
        return QSize(100, name.height() + words.height() + 12)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one row."""
        row, look = index.data(ROW), self._look
        is_current = index == self._list.currentIndex()
        place = QRect(option.rect)
        if is_current:
            painter.fillRect(place, look.colour("highlight"))
        painter.setPen(QPen(look.colour("hairline"), 1))
        painter.drawLine(place.bottomLeft(), place.bottomRight())
        self._mark(painter, place, row)
        right = self._number(painter, place, row)
        right = right - self.act_width - GAP if is_current else self._bar(painter, place, right, row)
        self._words(painter, place, right, row, is_current=is_current)
        if is_current and option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(look.colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(place.adjusted(1, 1, -1, -2))

    def _mark(self, painter: QPainter, place: QRect, row: RankedRow) -> None:
        if not row.area:
            return
        painter.save()
        box = QRectF(place.left() + PAD, place.center().y() - MARK / 2, MARK, MARK)
        draw_mark(painter, box, self._look, mark_of(self._look, row.area), round_=row.area == "clergy")
        painter.restore()

    def _number(self, painter: QPainter, place: QRect, row: RankedRow) -> int:
        painter.setFont(self._look.font(9.75, bold=True))
        painter.setPen(self._look.colour("good" if row.calls.startswith("−") else "text"))
        width = max(painter.fontMetrics().horizontalAdvance(words) for words in ("+0.00", row.calls))
        box = place.adjusted(0, 0, -PAD, 0)
        painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, row.calls)
        return place.right() - PAD - width - GAP

    def _bar(self, painter: QPainter, place: QRect, right: int, row: RankedRow) -> int:
        if row.calls.startswith("+"):
            width = max(2, round(BAR * min(1.0, row.points / self.dearest)))
            box = QRect(right - width, place.center().y() - 2, width, 5)
            painter.fillRect(box, self._look.heat(4)[0])
            return right - width - GAP
        return right

    def _words(self, painter: QPainter, place: QRect, right: int, row: RankedRow, *, is_current: bool) -> None:
        left = place.left() + PAD + (MARK + GAP if row.area else 0)
        for bold, points, role, words, top in (
            (is_current, 9.75, "text", row.name, True),
            (False, 9.0, "secondary", row.words, False),
        ):
            painter.setFont(self._look.font(points, bold=bold))
            painter.setPen(self._look.colour(role))
            metrics = painter.fontMetrics()
            edge = place.top() + 6 if top else place.bottom() - 6 - metrics.height()
            text = metrics.elidedText(words, Qt.TextElideMode.ElideRight, right - left)
            painter.drawText(QRect(left, edge, right - left, metrics.height()), Qt.AlignmentFlag.AlignVCenter, text)


def mark_of(look: Look, area: str) -> AreaLook:
    """Return how an area, or clergy, is marked."""
    return look.clergy if area == "clergy" else look.area(area)


class RankedList(QListView):
    """The list: as high as its rows, with the act's button on the current one; Enter does the act too."""

    chosen = Signal(object)
    """The act is wanted on what a row stands for."""
    moved = Signal(object)
    """Another row is current: the RankedRow."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._rows: ListModel[RankedRow] = ListModel((column(),))
        self._rest: tuple[RankedRow, ...] = ()
        self._drawn = RankedDelegate(look, self)
        self._look, self._act = look, ""
        self.is_offered = True
        self.setModel(self._rows)
        self.setItemDelegate(self._drawn)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setUniformItemSizes(True)
        self.selectionModel().currentChanged.connect(self._moved)
        look.changed.connect(self.viewport().update)

    def show_rows(self, rows: Sequence[RankedRow], act: str, *, few: int = FEW) -> None:
        """Show rows with the words of the act on them; the first is current."""
        self._act = act
        self._drawn.dearest = max([row.points for row in rows[: few + 1]], default=1.0) or 1.0
        shown = len(rows) if len(rows) <= few + 1 else few  # a single one beyond them is shown too
        self._rest = tuple(rows[shown:])
        self._rows.fill(rows[:shown])
        self._fit()
        if rows:
            self.setCurrentIndex(self._rows.index(0, 0))

    def show_all(self) -> None:
        """Show every row."""
        self._rows.add(self._rest)
        self._rest = ()
        self._drawn.dearest = max([row.points for row in self._rows.rows], default=1.0) or 1.0
        self._fit()
        self.viewport().update()

    @property
    def hidden(self) -> int:
        """How many rows are not shown yet."""
        return len(self._rest)

    @property
    def current(self) -> RankedRow | None:
        """The current row."""
        row = self.currentIndex().data(ROW)
        return row if isinstance(row, RankedRow) else None

    def _fit(self) -> None:
        self.setFixedHeight(self._rows.rowCount() * max(1, self.sizeHintForRow(0)))

    def _moved(self, current: QModelIndex, previous: QModelIndex) -> None:
        if previous.isValid() and self.indexWidget(previous):
            self.setIndexWidget(previous, None)  # type: ignore[arg-type]
        if current.isValid():
            self._put_button(current)
            self.moved.emit(self.current)

    def _put_button(self, index: QModelIndex) -> None:
        row: RankedRow = index.data(ROW)
        button = Button(self._act)
        button.setAccessibleName(self.tr("{}: {}").format(self._act, row.name))
        button.setEnabled(self.is_offered)
        button.clicked.connect(lambda: self.chosen.emit(row.what))
        holder = QWidget()
        side = QHBoxLayout(holder)
        number = QFontMetrics(self._look.font(9.75, bold=True)).horizontalAdvance(row.calls + "0")
        side.setContentsMargins(PAD, 0, PAD + max(number, 44) + GAP, 0)
        side.addStretch(1)
        side.addWidget(button)
        self.setIndexWidget(index, holder)
        self._drawn.act_width = button.sizeHint().width() + GAP  # dressed now, and so as wide as it is shown

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Do the act on Enter."""
        row = self.current
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and row is not None and self.is_offered:
            self.chosen.emit(row.what)
        else:
            super().keyPressEvent(event)
