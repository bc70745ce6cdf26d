"""What looks wrong with the log, or that there is none, with the act that helps."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout

from crt_scheduler.truth.demand_view import DemandView
from ui.look import Look
from ui.parts import Button, of_kind, sentence


class Remarks(QFrame):
    """A strip above the page; hidden where nothing is to be said. Emits `asked` for an import."""

    asked = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setProperty("kind", "note")
        self.sign, self.words = QLabel(), sentence("")
        self.button = Button(self.tr("Import incidents…"))
        self.button.clicked.connect(self.asked)
        row, column = QHBoxLayout(self), QVBoxLayout()
        row.setContentsMargins(16, 8, 12, 8)
        row.setSpacing(12)
        column.addWidget(self.words)
        row.addWidget(self.sign, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addLayout(column, 1)
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignVCenter)
        look.changed.connect(self._dress)
        self.hide()

    def show_view(self, view: DemandView) -> None:
        """Say what is wrong with a log, or that none is there."""
        is_empty = not view.logged
        if is_empty:
            said = self.tr("No calls are logged yet: the forecast is what was set by hand, {:,.0f} calls a year.")
            self.words.say(said.format(view.by_hand), "")
        else:
            self.words.say("\n".join(view.remarks), "")
        self.button.setVisible(is_empty)
        of_kind(self.button, "primary")
        self.setAccessibleName(self.words.text())
        self.setVisible(is_empty or bool(view.remarks))
        self._kind = "secondary" if is_empty else "warning"
        self._dress()

    def _dress(self) -> None:
        kind = getattr(self, "_kind", "secondary")
        self.sign.setPixmap(self._look.icon("info" if kind == "secondary" else "warning", kind).pixmap(16, 16))
