"""The roster's part of the toolbar at the right: Ask, Publish, and Solve, its primary act."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.ask_button import AskButton
from ui.desk import Desk
from ui.look import Look
from ui.parts import Button


class RosterHead(QWidget):
    """Three buttons; Solve rests while a solve is under way."""

    def __init__(self, desk: Desk, look: Look) -> None:
        super().__init__()
        self.ask = AskButton(desk, look, is_short=True)
        self.publish = Button(self.tr("Publish…"), tip=self.tr("Tell everybody: Ctrl+Shift+P"))
        self.solve = Button(self.tr("Solve"), "primary", tip=self.tr("Fill the open seats: F5"))
        self.solve.with_icon(look, "play", "on_accent")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.ask)
        row.addWidget(self.publish)
        row.addWidget(self.solve)

    def show_busy(self, is_busy: bool) -> None:
        """Rest while a solve is under way."""
        self.solve.setEnabled(not is_busy)
