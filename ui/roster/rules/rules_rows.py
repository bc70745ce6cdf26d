"""The rows of the rules panel: sentences wrap, figures stand clear of the edge."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QTreeView

PAD = 8
ICON = 20
MARGIN = 3
"""What the style leaves free on each side of an item's text."""


class RuleRows(QStyledItemDelegate):
    """Sizes and draws the rows of a tree of rules."""

    def __init__(self, tree: QTreeView) -> None:
        super().__init__(tree)
        self._tree = tree

    def sizeHint(  # noqa: N802
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Return room for a line, or for all lines of a case's sentence."""
        face = index.data(Qt.ItemDataRole.FontRole)
        metrics = QFontMetrics(face if isinstance(face, QFont) else self._tree.font())
        words = str(index.data() or "")
        if index.column():
            return QSize(metrics.horizontalAdvance(words) + 2 * (MARGIN + PAD), metrics.height() + PAD)
        depth = 2 if index.parent().isValid() else 1
        width = self._room(index) - depth * self._tree.indentation() - 2 * MARGIN
        if index.data(Qt.ItemDataRole.DecorationRole) is not None:
            width -= ICON
        box = metrics.boundingRect(QRect(0, 0, max(60, width), 10_000), Qt.TextFlag.TextWordWrap, words)
        return QSize(60, box.height() + PAD)

    def _room(self, index: QModelIndex | QPersistentModelIndex) -> int:
        is_spanned = self._tree.isFirstColumnSpanned(index.row(), index.parent())
        return self._tree.viewport().width() if is_spanned else self._tree.columnWidth(0)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw a row; figures end before the edge."""
        if index.column():
            option.rect = option.rect.adjusted(0, 0, MARGIN - PAD, 0)
        super().paint(painter, option, index)
