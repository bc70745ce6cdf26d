"""Words that give way: a label that ends in … where the room is short, and says all of it as its tip."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy

from ui.look import Look
from ui.parts import Card


class Short(QLabel):
    """A label of the second rank that never asks for more room than there is."""

    def __init__(self, look: Look, role: str = "secondary", points: float = 9.0) -> None:
        super().__init__()
        self._look, self._role = look, role
        self.setFont(look.font(points))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.update)

    def say(self, words: str, role: str = "") -> None:
        """Show other words, in another role's colour where one is given."""
        self._role = role or self._role
        self.setText(words)
        self.setToolTip(words)
        self.updateGeometry()
        self.update()

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Give way."""
        return QSize(24, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw as much of the words as there is room for."""
        painter = QPainter(self)
        painter.setPen(self._look.colour(self._role))
        words = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)
        painter.end()


class NotedCard(Card):
    """A card whose note gives way where its head is short of room."""

    def __init__(self, look: Look, words: str, *, pad: int = 12) -> None:
        super().__init__(words, pad=pad)
        self.note.hide()
        self.said_of = Short(look)
        self.head.insertWidget(2, self.said_of, 1)
        self.head.setStretch(3, 0)
