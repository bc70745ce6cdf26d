"""The finder's list: how one row is painted, and said by a screen reader."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ui.finder.finds import Find
from ui.list_model import ROW, Index
from ui.look import Look

PAD = 12


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
