"""Section: what every part of the settings shares: a title, a note, and being read anew."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.desk import Desk
from ui.parts import sentence, title


class Section(QWidget):
    """One part of the settings. `renew` fills it from the records; it is called while they are open."""

    needs_records = True

    def __init__(self, desk: Desk, name: str, note: str = "") -> None:
        super().__init__()
        self.desk, self.name = desk, name
        self.setAccessibleName(name)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(24, 20, 24, 20)
        self.body.setSpacing(12)
        self.body.addWidget(title(name, 15))
        if note:
            self.body.addWidget(sentence(note, "secondary"))

    def renew(self) -> None:
        """Read what is shown anew."""
