"""The finder's panel: a field and a list; arrows choose, Enter goes, Esc closes; nothing typed is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject, QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from ui.finder.finds import Find, best, everything
from ui.list_model import ROW, Column, Index, ListModel
from ui.look import Look
from ui.parts import Line, secondary, sentence
from ui.veil import Veil

if TYPE_CHECKING:
    from ui.window import Window

WIDTH = 640
ROWS = 11
PAD = 12
STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: ROWS - 1, Qt.Key.Key_PageUp: 1 - ROWS}


def said(find: Find) -> str:
    """Return a find as a screen reader says it."""
    return ", ".join(filter(None, (find.words, find.beside, find.kind, find.keys)))


def row_height(widget: QWidget) -> int:
    """Return the height of a row in the font of the list it is in."""
    return widget.fontMetrics().height() + 14


class Row(QStyledItemDelegate):
    """Paints an icon, the words, what is beside them, and at the right the keys or the kind."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802
        """Return a row's height at the font's scale."""
        return QSize(0, row_height(option.widget))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one row."""
        find, look = index.data(ROW), self._look
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        place: QRect = option.rect
        if chosen:
            painter.fillRect(place, look.colour("highlight"))
            painter.fillRect(QRect(place.left(), place.top(), 3, place.height()), look.colour("accent"))
        inside = place.adjusted(PAD, 0, -PAD, 0)
        role = "highlighted_text" if chosen else "secondary"
        look.icon(find.icon, role).paint(painter, QRect(inside.left(), inside.top(), 16, inside.height()))
        right = self._right(painter, inside, find)
        text = inside.adjusted(28, 0, -right, 0)
        self._words(painter, text, find, chosen=chosen)

    def _right(self, painter: QPainter, inside: QRect, find: Find) -> int:
        """Draw the kind in a column of its own and the keys before it; return the width they take."""
        look = self._look
        painter.setFont(look.font(9))
        painter.setPen(look.colour("secondary"))
        side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        column = painter.fontMetrics().horizontalAdvance("M") * 5
        painter.drawText(inside, side, find.kind)
        painter.drawText(inside.adjusted(0, 0, -column - PAD, 0), side, find.keys)
        return column + 2 * PAD + painter.fontMetrics().horizontalAdvance(find.keys)

    def _words(self, painter: QPainter, text: QRect, find: Find, *, chosen: bool) -> None:
        look = self._look
        painter.setFont(look.font(9.75, bold=chosen))
        painter.setPen(look.colour("highlighted_text" if chosen else "text"))
        middle = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        words = painter.fontMetrics().elidedText(find.words, Qt.TextElideMode.ElideRight, text.width())
        painter.drawText(text, middle, words)
        left = text.adjusted(painter.fontMetrics().horizontalAdvance(words) + PAD, 0, 0, 0)
        if find.beside and left.width() > 40:
            painter.setFont(look.font(9))
            painter.setPen(look.colour("secondary"))
            beside = painter.fontMetrics().elidedText(find.beside, Qt.TextElideMode.ElideRight, left.width())
            painter.drawText(left, middle, beside)


class Finder(Veil):
    """Finds and does: every act, person, date and month of the window it lies over."""

    def __init__(self, window: Window) -> None:
        for older in window.findChildren(Finder):
            older.close()
        super().__init__(window, window.look, window.tr("Find or do"), width=WIDTH)
        self._window = window
        self._finds = everything(window)
        self.field = QLineEdit()
        self.field.setPlaceholderText(self.tr("A name, a date such as 9 jan, or what to do"))
        self.field.setAccessibleName(self.tr("Find a person or date, or do something"))
        self.field.textChanged.connect(self._search)
        self.field.installEventFilter(self)
        self.model: ListModel[Find] = ListModel((Column(words=lambda find: find.words, aloud=said),))
        self.list = QListView()
        self.list.setModel(self.model)
        self._row = Row(window.look)
        self.list.setItemDelegate(self._row)
        self.list.setUniformItemSizes(True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setAccessibleName(self.tr("What fits"))
        self.list.clicked.connect(self._choose)
        self._nothing = sentence("", "secondary")
        self._nothing.setContentsMargins(12, 12, 12, 12)
        self._lay_out()
        self._search("")
        window.stack.currentChanged.connect(self.close)

    def _lay_out(self) -> None:
        icon = QLabel()
        icon.setPixmap(self.look.icon("search", "secondary").pixmap(QSize(16, 16)))
        top = QHBoxLayout()
        top.setContentsMargins(12, 12, 12, 12)
        top.setSpacing(10)
        top.addWidget(icon)
        top.addWidget(self.field, 1)
        keys = secondary(self.tr("Arrows choose   Enter goes there   Esc closes"))
        keys.setContentsMargins(12, 6, 12, 6)
        column = QVBoxLayout(self.panel)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addLayout(top)
        for part in (Line(), self.list, self._nothing, Line(), keys):
            column.addWidget(part)

    def take_focus(self) -> None:
        """Give the keys to the field."""
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def _search(self, words: str) -> None:
        found = best(self._finds, words, self._window)
        self.model.fill(found)
        self._nothing.setText(self.tr("Nothing fits “{}”. Try fewer letters.").format(words.strip()))
        self._nothing.setVisible(not found)
        self.list.setVisible(bool(found))
        self.list.setFixedHeight(row_height(self.list) * min(ROWS, len(found)) + 2)
        if found:
            self._mark(0)

    def _mark(self, row: int) -> None:
        """Choose a row, and have a screen reader say it while the keys stay in the field."""
        row = max(0, min(row, len(self.model.rows) - 1))
        self.list.setCurrentIndex(self.model.index(row, 0))
        words = self.tr("{} of {}: {}").format(row + 1, len(self.model.rows), said(self.model.rows[row]))
        self.field.setAccessibleDescription(words)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Let the arrows choose and Enter go while the keys are in the field."""
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = STEPS.get(Qt.Key(event.key()))
            if step is not None and self.model.rows:
                self._mark(self.list.currentIndex().row() + step)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._choose(self.list.currentIndex())
                return True
        return super().eventFilter(watched, event)

    def _choose(self, index: QModelIndex) -> None:
        """Close, then do what was chosen, so that it finds the window as it was."""
        if index.isValid():
            find = self.model.rows[index.row()]
            self.close()
            find.act()
