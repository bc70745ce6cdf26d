"""A file looked over before it is imported: columns, first rows, bad rows to mend in place, and one button to go."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.look import Look
from ui.parts import Button, Card, Line, sentence
from ui.people.bad_rows import BadRows
from ui.people.mapping import FirstRows, MappingTable
from ui.people.reading import Asked, Looked
from ui.people.wizard_words import bad_words, button_words, missing_words, outcome_words, question_words
from ui.people.words import date_words
from ui.words import tr


class Review(QWidget):
    """What importing a file would do; `changed` carries how it is to be read from now on."""

    changed = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.look = look
        self.asked: Asked | None = None
        self.mapping_kind = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        row = QHBoxLayout()
        row.setContentsMargins(20, 16, 20, 16)
        row.setSpacing(16)
        columns = Card(tr("Columns"), tr("which column of the file holds which field"), pad=8)
        self.mapping = MappingTable(look)
        self.mapping.changed.connect(self._map)
        columns.body.addWidget(self.mapping)
        row.addWidget(columns, 5)
        row.addLayout(self._right(), 7)
        column.addLayout(row, 1)
        column.addWidget(Line())
        column.addWidget(self._foot())

    def _right(self) -> QVBoxLayout:
        right = QVBoxLayout()
        right.setSpacing(16)
        self.question = self._question()
        self.rows_card = Card(tr("First rows"), pad=8)
        self.preview = FirstRows(self.look)
        self.rows_card.body.addWidget(self.preview)
        self.bad = BadRows(self.look)
        self.bad.corrected.connect(self._correct)
        right.addWidget(self.question)
        right.addWidget(self.bad, 3)
        right.addWidget(self.rows_card, 2)
        return right

    def _question(self) -> QWidget:
        card = Card(tr("How are dates written?"))
        self.question_words = sentence("")
        self.us, self.eu = Button(""), Button("")
        self.us.clicked.connect(lambda: self._order("us"))
        self.eu.clicked.connect(lambda: self._order("eu"))
        row = QHBoxLayout()
        row.addWidget(self.us)
        row.addWidget(self.eu)
        row.addStretch(1)
        card.body.addWidget(self.question_words)
        card.body.addLayout(row)
        return card

    def _foot(self) -> QWidget:
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(20, 10, 20, 10)
        row.setSpacing(12)
        self.outcome = sentence("")
        self.again = Button(tr("Read the file again"), tip=tr("After correcting it in its own program"))
        self.again.with_icon(self.look, "refresh")
        self.go_button = Button("", "primary")
        row.addWidget(self.outcome, 1)
        row.addWidget(self.again)
        row.addWidget(self.go_button)
        return whole

    def show_looked(self, looked: Looked) -> None:
        """Show a file as it would be read."""
        self.asked, self.mapping_kind = looked.asked, looked.preview.kind
        self.mapping.show_preview(looked.preview, looked.mapping)
        self.rows_card.note.setText(tr("{} rows in all").format(f"{looked.preview.count:,}"))
        self.preview.fill(looked.preview)
        self.question.setVisible(looked.unclear is not None)
        if looked.unclear is not None:
            self.question_words.setText(question_words(looked.unclear))
            self._name(self.us, tr("Month first: {}").format(date_words(looked.unclear.us)))
            self._name(self.eu, tr("Day first: {}").format(date_words(looked.unclear.eu)))
        self.bad.show_rows(looked)
        self._say_outcome(looked)
        if self.go_button.isEnabled():
            self.go_button.setFocus()

    def _name(self, button: Button, words: str) -> None:
        button.setText(words)
        button.setAccessibleName(words)

    def _say_outcome(self, looked: Looked) -> None:
        report = looked.report
        self.again.setVisible(bool(report and report.bad))
        self._name(self.go_button, button_words(looked))
        self.go_button.setEnabled(report is not None and report.new + report.changed > 0)
        if looked.missing:
            self.outcome.say(missing_words(looked), "bad")
        elif report is None:
            self.outcome.say(tr("Say how dates are written; then everything else can be checked."), "warning")
        elif report.bad:
            self.outcome.say(bad_words(report), "bad")
        else:
            self.outcome.say(outcome_words(report, looked.preview), "")

    def wait(self, words: str) -> None:
        """Say what is under way; the button rests meanwhile."""
        self.go_button.setEnabled(False)
        self.outcome.say(f"{words}…", "secondary")

    def refuse(self, words: str) -> None:
        """Say why the import was refused; it can be tried again."""
        self.go_button.setEnabled(True)
        self.again.show()
        self.outcome.say(words, "bad")

    def _map(self, mapping: Mapping[str, str]) -> None:
        self._ask(kind=self.mapping_kind, mapping=dict(mapping))

    def _order(self, order: str) -> None:
        self._ask(date_order=order)

    def _correct(self, line: int, column: str, text: str) -> None:
        if self.asked is not None:
            self._ask(corrections={**self.asked.corrections, (line, column): text})

    def _ask(self, **changes: Any) -> None:
        """Ask anew, on top of what was asked last, even if that has not been answered yet."""
        if self.asked is not None:
            self.asked = replace(self.asked, **changes)
            self.changed.emit(self.asked)
