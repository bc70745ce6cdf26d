"""The sentence below an editor whose text was refused."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from ui.look import Look
from ui.parts import of_kind, sentence

SUGGESTED_WIDTH = 320


class Bubble(QFrame):
    """The sentence that refuses a text, below the editor it was typed into."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look, self._room = look, parent
        of_kind(self, "card")
        self.setAutoFillBackground(True)
        self._icon, self.words = QLabel(), sentence("", "bad")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(8, 4, 8, 4)
        self._row.setSpacing(6)
        self._row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        self._row.addWidget(self.words, 1)
        self.hide()

    def say(self, words: str, below: QRect) -> None:
        """Show the sentence below a place (above it, where there is no room below)."""
        self._icon.setPixmap(self._look.icon("warning", "bad").pixmap(16, 16))
        self.words.setText(words)
        room = self._room.rect()
        width = min(max(below.width(), SUGGESTED_WIDTH), room.width() - 8)
        height = self._row.heightForWidth(width)
        x = max(4, min(below.left(), room.right() - width - 4))
        y = below.bottom() + 2 if below.bottom() + 2 + height < room.bottom() else below.top() - height - 2
        self.setGeometry(x, y, width, height)
        self.show()
        self.raise_()
