"""What the drawer says before a solve: what it will do, and that nothing is written by it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from crt_scheduler import times
from ui.parts import Words, secondary


class ReadyPanel(QWidget):
    """Two lines in the middle of an empty drawer."""

    def __init__(self) -> None:
        super().__init__()
        self.words = Words("", 12)
        self.more = secondary(
            self.tr(
                "Locked shifts and those that have begun stay as they are. Nothing is written until you apply the plan."
            )
        )
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addStretch(1)
        for part in (self.words, self.more):
            part.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(part)
        column.addStretch(1)

    def show_month(self, month: str) -> None:
        """Say what pressing Solve does for a month."""
        words = self.tr("Solve looks for the roster of {month} that misses the fewest calls.")
        self.words.setText(words.format(month=times.month_words(month)))
