"""What comes in: how many are new or change, what the file was read as, rows to mend in place, and its first rows."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ui.look import Look
from ui.parts import Card, Words, of_kind, sentence
from ui.people.bad_rows import BadRows
from ui.people.file_reading import Looked
from ui.people.mapping import FirstRows
from ui.people.wizard_words import count_lines, note_lines, whole_words
from ui.words import tr


class ComesIn(QWidget):
    """The outcome; `whole` carries what is decided of the whole file, by its name in the decisions, and whether."""

    whole = Signal(str, bool)

    def __init__(self, look: Look) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 16, 20, 16)
        row.setSpacing(16)
        row.addWidget(self._left(), 4)
        right = QVBoxLayout()
        right.setSpacing(16)
        self.bad = BadRows(look)
        self.rows_card = Card(tr("First rows"), pad=8)
        self.first = FirstRows(look)
        self.rows_card.body.addWidget(self.first)
        right.addWidget(self.bad, 3)
        right.addWidget(self.rows_card, 2)
        row.addLayout(right, 8)

    def _left(self) -> QWidget:
        self.card = Card(tr("What comes in"))
        self.counts = QWidget()
        self.notes = QWidget()
        self.choices = {name: QCheckBox(words) for name, words in whole_words().items()}
        self.card.body.addWidget(self.counts)
        for name, box in self.choices.items():
            box.toggled.connect(partial(self.whole.emit, name))
            self.card.body.addWidget(box)
        self.card.body.addWidget(Words(tr("How the file was read"), 9.75, bold=True))
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        self.note_place = scroll
        self.card.body.addWidget(scroll, 1)
        return self.card

    def show_looked(self, looked: Looked) -> None:
        """Show what importing the file would do."""
        self.rows_card.note.setText(tr("{} rows in all").format(f"{looked.preview.count:,}"))
        self.first.fill(looked.preview)
        self.bad.show_rows(looked)
        self._show_counts(looked)
        self._show_notes(looked)
        offered = looked.report.offers if looked.report is not None else ()
        for name, box in self.choices.items():
            is_so = bool(getattr(looked.asked.decided, name))
            with QSignalBlocker(box):
                box.setChecked(is_so)
            box.setVisible(is_so or name in offered)

    def _show_counts(self, looked: Looked) -> None:
        fresh = QWidget()
        grid = QGridLayout(fresh)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setColumnMinimumWidth(0, 48)
        grid.setColumnStretch(1, 1)
        for at, (count, words, kind) in enumerate(count_lines(looked)):
            grid.addWidget(Words(f"{count:,}", 9.75, bold=True, kind=kind), at, 0)
            grid.addWidget(Words(words, 9.75, kind=kind), at, 1)
        self.card.body.replaceWidget(self.counts, fresh)
        self.counts.hide()
        self.counts.deleteLater()
        self.counts = fresh

    def _show_notes(self, looked: Looked) -> None:
        whole = QWidget()
        of_kind(whole, "inside")
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        for words in note_lines(looked):
            column.addWidget(sentence(words, "secondary"))
        column.addStretch(1)
        self.note_place.setWidget(whole)
