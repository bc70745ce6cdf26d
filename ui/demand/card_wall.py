"""The wall of cards: two columns where there is room, one where there is not, under the target card."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from ui.parts import of_kind

ENOUGH = 1060
"""Pixels below which two columns would cut figures off."""


class Wall(QScrollArea):
    """Scrolls remarks, the target card and four more cards, and puts them below each other where it is narrow."""

    def __init__(self, above: list[QWidget], cards: list[QWidget], turning: QBoxLayout) -> None:
        super().__init__()
        self._cards, self._turning, self._columns = cards, turning, 0
        self._grid = QGridLayout()
        self._grid.setSpacing(12)
        inside = QWidget()
        of_kind(inside, "inside")
        column = QVBoxLayout(inside)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(12)
        for part in above:
            column.addWidget(part)
        column.addLayout(self._grid, 1)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(inside)
        self._arrange(2)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Choose the number of columns anew."""
        self._arrange(2 if self.viewport().width() >= ENOUGH else 1)
        super().resizeEvent(event)

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for n, card in enumerate(self._cards):
            self._grid.addWidget(card, n // columns, n % columns)
        for n in range(len(self._cards)):
            self._grid.setRowStretch(n, (5, 6)[n] if columns == 2 and n < 2 else 0)
        self._grid.setColumnStretch(0, 10)
        self._grid.setColumnStretch(1, 7 if columns == 2 else 0)
        way = QBoxLayout.Direction.LeftToRight if columns == 2 else QBoxLayout.Direction.TopToBottom
        self._turning.setDirection(way)
