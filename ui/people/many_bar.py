"""The bar of many people: one field for all who are chosen, what that does in a sentence, and its button."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from crt_scheduler.people import many_people
from crt_scheduler.people.many_people import CREDENTIAL, LISTS, Change, Preview
from crt_scheduler.people.person_view import Choices
from crt_scheduler.person_fields import BY_NAME
from ui.desk import Desk
from ui.look import Look
from ui.parts import Button, Words, counted, sentence
from ui.people.chip_field import Flow
from ui.people.fields import FREE, fill_box, nothing_chosen, offered
from ui.people.people_words import field_label
from ui.words import tr

FIELDS = (*many_people.FIELDS, "credential")
ROUND_WORDS = 28
"""What a field needs beside the words in it."""


def is_free(field: str) -> bool:
    """May a field hold what nobody had before?"""
    return field in BY_NAME and BY_NAME[field].cell in FREE


def is_typed(field: str) -> bool:
    """Is a field's value typed, and not chosen?"""
    return field == "credential" or not (BY_NAME[field].choices or BY_NAME[field].cell in (*FREE, "area", "areas"))


class ManyBar(QFrame):
    """Changes one field of everybody chosen as one act; nothing is written before its button is pressed.

    `closed` says that the choice of many is given up.
    """

    closed = Signal()

    def __init__(self, desk: Desk, look: Look) -> None:
        super().__init__()
        self.setProperty("kind", "panel")
        self.setAccessibleName(tr("Change the people chosen"))
        self.desk = desk
        self.codes: tuple[str, ...] = ()
        self.preview: Preview | None = None
        self._previewed: tuple[Change, tuple[str, ...]] | None = None
        self._of = ""
        """The field that the choices are of."""
        self._choices = Choices((), (), (), (), (), ())
        self.count = Words("", 9.75, bold=True)
        self.field, self.way, self.credential, self.choice = (QComboBox() for _ in range(4))
        self.text, self.until = QLineEdit(), QLineEdit()
        self.words = sentence("", "secondary")
        self.do_button = Button(tr("Change"), "primary")
        self.close_button = Button("", "flat", tip=tr("Choose nobody  Esc")).with_icon(look, "close", "secondary")
        self._name()
        self._lay_out()
        self._connect()
        self.hide()

    def _name(self) -> None:
        self.until.setPlaceholderText(tr("Until, as 2027-01-31"))
        for part, name in (
            (self.field, tr("Field to change")),
            (self.way, tr("Set, add or take away")),
            (self.credential, tr("Credential")),
            (self.choice, tr("New value")),
            (self.text, tr("New value, typed")),
            (self.until, tr("Until, as 2027-01-31")),
        ):
            part.setAccessibleName(name)
        for field in FIELDS:
            self.field.addItem(tr("Credential") if field == "credential" else field_label(field), field)
        for way, words in (("set", tr("Set to")), ("add", tr("Add")), ("take", tr("Take away"))):
            self.way.addItem(words, way)
        self.choice.setMinimumWidth(110)
        self.choice.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)

    def _lay_out(self) -> None:
        head, row, column = QHBoxLayout(), Flow(8), QVBoxLayout(self)
        column.setContentsMargins(12, 6, 8, 8)
        column.setSpacing(4)
        head.addWidget(self.count, 1)
        head.addWidget(self.close_button)
        for part in (self.field, self.way, self.credential, self.choice, self.text, self.until, self.do_button):
            row.addWidget(part)
        for layout in (head, row):
            column.addLayout(layout)
        column.addWidget(self.words)

    def _connect(self) -> None:
        self.field.currentIndexChanged.connect(lambda _: self._field_chosen())
        for box in (self.way, self.credential, self.choice):
            box.currentIndexChanged.connect(lambda _: self.look_again())
        self.choice.editTextChanged.connect(lambda _: self.look_again())
        for line in (self.text, self.until):
            line.textChanged.connect(lambda _: self.look_again())
        self.do_button.clicked.connect(self.do)
        self.close_button.clicked.connect(self.closed)

    def offer(self, choices: Choices) -> None:
        """Know what there is to choose from."""
        self._choices = choices
        fill_box(self.credential, [(name, name) for name in choices.credentials])
        self._show_parts()

    def show_chosen(self, codes: tuple[str, ...]) -> None:
        """Know who is chosen."""
        if codes != self.codes:
            self.codes = codes
            self.count.setText(counted(len(codes), "1 person chosen", "{} people chosen"))
            self.look_again()

    def begin(self, change: Change | None = None) -> None:
        """Come into view with a change filled in, the focus on what comes next."""
        self.show()
        if change is not None:
            self._fill(change)
        self.look_again()
        self._next(change).setFocus(Qt.FocusReason.OtherFocusReason)

    def _fill(self, change: Change) -> None:
        field = "credential" if change.field.startswith(CREDENTIAL) else change.field
        self.field.setCurrentIndex(self.field.findData(field))
        self.credential.setCurrentIndex(max(self.credential.findData(change.field.removeprefix(CREDENTIAL)), 0))
        self.way.setCurrentIndex(self.way.findData(change.way))
        self.until.setText(change.until)
        if is_typed(field):
            self.text.setText(change.value)
        elif is_free(field):
            self.choice.setEditText(change.value)
        else:
            self.choice.setCurrentIndex(max(self.choice.findData(change.value), 0))

    def _next(self, change: Change | None) -> QWidget:
        if change is None:
            return self.field
        if change.field == "status" and change.value == "leave":
            return self.until
        return self.text if self.choice.isHidden() else self.choice

    @property
    def change(self) -> Change:
        """The change as it is filled in now."""
        field = str(self.field.currentData())
        way = str(self.way.currentData()) if field in LISTS else "set"
        if field == "credential":
            field = f"{CREDENTIAL}{self.credential.currentData() or ''}"
        typed = self.text if is_typed(str(self.field.currentData())) else self.choice
        value = typed.text() if isinstance(typed, QLineEdit) else self._chosen()
        until = self.until.text() if self._has_until(field, value) else ""
        return Change(field, value.strip(), way, until.strip())

    def _chosen(self) -> str:
        return self.choice.currentText() if self.choice.isEditable() else str(self.choice.currentData() or "")

    def _has_until(self, field: str, value: str) -> bool:
        return field == "status" and value != "active"

    def _field_chosen(self) -> None:
        with QSignalBlocker(self.text), QSignalBlocker(self.until):
            self.text.clear()
            self.until.clear()
        self._show_parts()
        self.look_again()

    def _show_parts(self) -> None:
        """Show the parts that the chosen field needs, filled with what there is to choose."""
        field = str(self.field.currentData())
        typed = self.choice.currentText() if is_free(field) and field == self._of else ""
        self._of = field
        with QSignalBlocker(self.choice):
            self.choice.setEditable(is_free(field))
            fill_box(self.choice, [] if is_typed(field) else [*offered(field, self._choices), *nothing_chosen(field)])
            if is_free(field):
                self.choice.setCurrentIndex(-1)
                self.choice.setEditText(typed)
        self.choice.setVisible(not is_typed(field))
        self.text.setVisible(is_typed(field))
        self.way.setVisible(field in LISTS)
        self.credential.setVisible(field == "credential")
        hints: dict[str, str] = {"hours": tr("hours"), "count": "1-2", "date": "2027-01-31"}
        hint = hints.get(BY_NAME[field].cell, "") if field in BY_NAME else tr("2027-01-31, forever or no")
        self.text.setPlaceholderText(hint)
        for line in (self.text, self.until):
            line.setMinimumWidth(line.fontMetrics().horizontalAdvance(line.placeholderText()) + ROUND_WORDS)

    def look_again(self) -> None:
        """Say what the change would do, read in the background; the newest question counts."""
        change = self.change
        if (change, self.codes) != self._previewed:
            self.preview = None  # the sentence on view until the answer comes is of another change
        self.until.setVisible(self._has_until(change.field, change.value))
        if not self.codes or self.isHidden():
            return
        if not change.value and not (change.field in BY_NAME and nothing_chosen(change.field)):
            self._cannot(tr("Say what it is to be."), "secondary")
            return
        codes, now = self.codes, self.desk.now()

        def look(session: Any) -> tuple[Change, tuple[str, ...], Preview]:
            return change, codes, many_people.preview(session, codes, change, now=now)

        self.desk.ask(self, "many", look, self._show, self._cannot)

    def _show(self, found: tuple[Change, tuple[str, ...], Preview]) -> None:
        change, codes, preview = found
        if (change, codes) != (self.change, self.codes):
            return
        self.preview, self._previewed = preview, (change, codes)
        self.words.say(preview.sentence(), "warning" if preview.cannot or preview.beware else "secondary")
        self.do_button.setText(_button_words(len(preview.changed), len(codes)))
        self.do_button.setAccessibleName(self.do_button.text())
        self.do_button.setEnabled(bool(preview.changed))

    def _cannot(self, words: str, kind: str = "bad") -> None:
        self.preview = None
        self.words.say(words, kind)
        self.do_button.setText(tr("Change"))
        self.do_button.setEnabled(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Make the change with Return, wherever in the bar one is."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.do()
            return
        super().keyPressEvent(event)

    def do(self) -> None:
        """Make the change that the sentence tells of; those who cannot take it are left out, as the button says."""
        preview, change = self.preview, self.change
        if preview is None or not preview.changed:
            return
        self.preview = None
        codes, skip = self.codes, bool(preview.cannot)
        done = self.desk.attempt(many_people.SET_MANY(codes, change, now=self.desk.now(), skip_bad=skip))
        if not done:
            self._cannot(done.sentence)
            return
        self.desk.said.emit(tr("{}. Ctrl+Z takes it back.").format(done.label))
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)  # the button is soon disabled, and keys would go nowhere
        self.look_again()


def _button_words(changed: int, count: int) -> str:
    if not changed:
        return tr("Nothing to change")
    if changed == count:
        return counted(changed, "Change 1 person", "Change {} people")
    return tr("Change {} of {} people").format(f"{changed:,}", f"{count:,}")
