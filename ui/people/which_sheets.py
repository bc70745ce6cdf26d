"""Which sheet of a workbook is meant, where several hold such a table: a button each, and one for all."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from crt_scheduler.imports import Place
from ui.parts import Button
from ui.people.file_reading import WhichSheets
from ui.words import tr

MOST = 12


class SheetButtons(QWidget):
    """The sheets to choose from; `chosen` carries how the file is to be read then."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.buttons: list[Button] = []
        self._row = QHBoxLayout(self)
        self._row.setSpacing(8)
        self.hide()

    def offer(self, which: WhichSheets) -> None:
        """Offer the sheets of a file."""
        for old in self.buttons:
            self._row.removeWidget(old)
            old.deleteLater()
        offers: list[tuple[str, tuple[str, ...]]] = [(name, (name,)) for name in which.names[:MOST]]
        offers.append((tr("All of them together"), which.names))
        self.buttons = []
        for words, names in offers:
            button = Button(words.replace("&", "&&"))
            asked = replace(which.asked, place=Place(sheets=names))
            button.clicked.connect(lambda _=False, asked=asked: self.chosen.emit(asked))
            self._row.addWidget(button)
            self.buttons.append(button)
        self.show()
        self.buttons[0].setFocus()
