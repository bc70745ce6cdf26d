"""Everyone who may be asked: name, number and answer, one key each; those still to be asked stand first."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ui.calls.calls_words import all_call_answers, role_words
from ui.look import Look
from ui.parts import Button, of_kind, secondary
from ui.people.cells_in_place import FlatTable, InPlace
from ui.people.word_rows import Cell, Rows
from ui.today.phone import dial
from ui.words import tr

if TYPE_CHECKING:
    from crt_scheduler.call_out.all_call import Asked, Poll

PHONE = 3
SHOWN = ("", "now", "two_hours", "tonight", "cannot", "no_answer", "wrong_number")
"""Answers in the order their people are shown: those to ask first."""


KEYS = {
    Qt.Key.Key_1: "now",
    Qt.Key.Key_2: "two_hours",
    Qt.Key.Key_3: "tonight",
    Qt.Key.Key_D: "cannot",
    Qt.Key.Key_N: "no_answer",
    Qt.Key.Key_W: "wrong_number",
}


class PollTable(FlatTable):
    """People of an all-call; a key notes the answer of the chosen one, P or a click on the number phones."""

    answered = Signal(str, str)

    def __init__(self, look: Look, *, phone: Callable[[str], object] = dial) -> None:
        super().__init__(look, tr("Everyone to ask"))
        self.people = Rows((tr("Name"), tr("Role"), tr("Home"), tr("Phone"), tr("Answer")), self)
        self.setModel(self.people)
        self.setItemDelegate(InPlace(look, self))
        of_kind(self, "rows")
        self._phone = phone
        self.setAccessibleDescription(
            tr("1: now, 2: in two hours, 3: tonight, D: cannot, N: no answer, W: wrong number, P: phone")
        )
        for column, width in enumerate((176, 92, 76, 124)):
            self.setColumnWidth(column, width)
        self.clicked.connect(self._clicked)

    def fill(self, people: list[Asked], sent: tuple[str, ...]) -> None:
        """Show people; the one after the last answer is chosen next."""
        row = max(self.currentIndex().row(), 0)
        was = self.chosen
        self.people.fill([(one, self._cells(one, one.person in sent)) for one in people])
        if not people:
            return
        same = next((n for n, one in enumerate(people) if was is not None and one.person == was.person), row)
        self.setCurrentIndex(self.people.index(min(same, len(people) - 1), 0))

    def _cells(self, one: Asked, is_sent: bool) -> tuple[Cell, ...]:
        words = all_call_answers().get(one.answer, "")
        colour = "good" if one.answer in ("now", "two_hours", "tonight") else "secondary"
        if is_sent:
            words, colour = tr("On the call"), "accent"
        elif one.kept_off:
            words, colour = " · ".join(part for part in (words, one.kept_off) if part), "secondary"
        return (
            Cell(one.name, "secondary" if one.kept_off else ""),
            Cell(role_words(one.role), "secondary"),
            Cell(one.home, "secondary"),
            Cell(one.phone_words or tr("no number"), "accent" if one.phone else "secondary"),
            Cell(words, colour, tip=words),
        )

    @property
    def chosen(self) -> Asked | None:
        """Who is chosen."""
        index = self.currentIndex()
        found: Asked | None = self.people.what(index.row()) if index.isValid() else None
        return found

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Take one key per answer, and P to phone."""
        key = Qt.Key(event.key())
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if held or self.chosen is None or (key not in KEYS and key != Qt.Key.Key_P):
            super().keyPressEvent(event)
        elif key == Qt.Key.Key_P:
            self.call()
        else:
            self.say(KEYS[key])

    def say(self, answer: str) -> None:
        """Tell the answer of the chosen one, and go to the next."""
        one = self.chosen
        if one is None:
            return
        row = self.currentIndex().row()
        if row + 1 < self.people.rowCount():
            self.setCurrentIndex(self.people.index(row + 1, 0))
        self.answered.emit(one.person, answer)

    def _clicked(self, index: QModelIndex) -> None:
        if index.column() == PHONE:
            self.call()

    def call(self) -> None:
        """Copy the chosen one's number and hand it to the program that phones."""
        one = self.chosen
        if one is not None and one.phone:
            QGuiApplication.clipboard().setText(one.phone_words)
            self._phone(one.phone)


class PollPart(QWidget):
    """The table under what finds somebody in it, and a button per answer for whoever uses the mouse."""

    def __init__(self, look: Look, *, phone: Callable[[str], object] = dial) -> None:
        super().__init__()
        self.poll: Poll | None = None
        self.table = PollTable(look, phone=phone)
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("Find a name or an area"))
        self.search.setAccessibleName(tr("Find a name or an area"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._fill)
        self.counts = secondary("")
        self.none = secondary(tr("Nobody fits. Search for another part of the name, or clear the search with Esc."))
        self.none.hide()
        self.buttons = {answer: Button(words) for answer, words in all_call_answers().items()}
        said = QHBoxLayout()
        said.setSpacing(6)
        for answer, button in self.buttons.items():
            button.clicked.connect(lambda _=False, word=answer: self.table.say(word))
            said.addWidget(button)
        said.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.counts)
        column.addWidget(self.search)
        column.addWidget(self.none)
        column.addWidget(self.table, 1)
        column.addWidget(
            secondary(tr("1 now   2 in two hours   3 tonight   D cannot   N no answer   W wrong number   P phone"))
        )
        column.addLayout(said)

    def show_poll(self, poll: Poll, *, can_answer: bool) -> None:
        """Show everyone and what they answered."""
        self.poll = poll
        counts = poll.counts
        words = [
            f"{counts[answer]} {words.casefold()}" for answer, words in all_call_answers().items() if counts[answer]
        ]
        self.counts.setText(",  ".join([*words, tr("{} still to ask").format(counts[""])]))
        for button in self.buttons.values():
            button.setEnabled(can_answer)
        self.table.setEnabled(can_answer)
        self._fill()

    def _fill(self) -> None:
        if self.poll is None:
            return
        wanted = self.search.text().strip().casefold()
        people = [one for one in self.poll.people if wanted in f"{one.name} {one.home}".casefold()]
        people.sort(key=lambda one: (SHOWN.index(one.answer), bool(one.kept_off)))
        self.table.fill(people, self.poll.sent)
        self.none.setVisible(not people)
