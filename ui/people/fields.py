"""A person's fields as widgets: lines, choices and chips, read and filled as a file would write them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QObject, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QPlainTextEdit, QWidget

from crt_scheduler.file_field import Cell
from crt_scheduler.people.people_list import PersonLine
from crt_scheduler.people.person_view import Choices
from crt_scheduler.person_fields import BY_NAME
from ui.look import Look
from ui.parts import Field
from ui.people.chip_field import ChipsField
from ui.people.people_words import dialled, field_label
from ui.words import tr

HIGH = 84
"""Pixels that private notes take."""
FREE: Final[tuple[Cell, ...]] = ("languages", "words")
"""Lists that may hold what nobody had before."""
WIDE: Final[tuple[Cell, ...]] = ("name", "notes")
CHOSEN: Final[tuple[Cell, ...]] = ("choice", "area", "division")


def held(line: PersonLine, name: str) -> str:
    """Return what the records hold of a field, as a file would write it."""
    field = BY_NAME[name]
    value = getattr(line, field.line_name)
    return dialled(value, line) if field.cell == "phone" else field.written(value)


def offered(name: str, choices: Choices) -> list[tuple[str, str]]:
    """Return what a field can be chosen from, as (kept, shown); nothing: any text may be typed."""
    field = BY_NAME[name]
    names: dict[Cell, Sequence[str]] = {
        "area": choices.areas, "areas": choices.areas, "languages": choices.languages, "words": choices.traditions,
    }  # fmt: skip
    if field.cell == "division":
        return [(name, f"{name} ({area})") for name, area in choices.divisions]
    if field.cell == "people":
        return [(code, f"{name} ({code})") for code, name in choices.people]
    return [(word, tr(title)) for word, title in field.choices] or [(each, each) for each in names.get(field.cell, ())]


def nothing_chosen(name: str) -> list[tuple[str, str]]:
    """Return the choice of nothing, where a field has one."""
    words = {"area": tr("Whole city"), "division": tr("None")}.get(BY_NAME[name].cell)
    return [("", words)] if words else []


class NotesField(QPlainTextEdit):
    """Text of several lines; `done` says that it was left (False) or confirmed (True). Tab goes to the next field."""

    done = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self.setFixedHeight(HIGH)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Say that the field was left, but not where only a menu of its own opens."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.done.emit(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Confirm with Ctrl+Return."""
        is_return = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_return and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.done.emit(True)
            return
        super().keyPressEvent(event)


class Fields(QObject):
    """Widgets for some fields; `done` names a field that was left, chosen in or confirmed, and whether by Enter."""

    done = Signal(str, bool)

    def __init__(self, look: Look, names: Sequence[str], parent: QWidget) -> None:
        super().__init__(parent)
        self.widgets: dict[str, QWidget] = {}
        self.framed: dict[str, Field] = {}
        for name in names:
            widget = self._widget(look, name)
            self.widgets[name] = widget
            self.framed[name] = Field(field_label(name), widget)

    def _widget(self, look: Look, name: str) -> QWidget:
        field = BY_NAME[name]
        if field.is_list:
            chips = ChipsField(look, field_label(name), is_free=field.cell in FREE)
            chips.changed.connect(lambda: self.done.emit(name, True))
            return chips
        if field.cell in CHOSEN:
            box = QComboBox()
            box.setMinimumWidth(96)
            box.activated.connect(lambda: self.done.emit(name, True))
            return box
        if field.cell == "notes":
            notes = NotesField()
            notes.done.connect(lambda is_confirmed: self.done.emit(name, is_confirmed))
            return notes
        line = QLineEdit()
        line.setPlaceholderText(tr(field.hint) if field.hint else "")
        line.returnPressed.connect(lambda: self.done.emit(name, True))
        line.editingFinished.connect(lambda: self.done.emit(name, False))
        return line

    def lay_out(self, grid: QGridLayout) -> None:
        """Put the fields into two columns; long ones take both."""
        row, column = grid.rowCount(), 0
        for name, framed in self.framed.items():
            field = BY_NAME[name]
            if field.is_list or field.cell in WIDE:
                row, column = (row + 1, 0) if column else (row, 0)
                grid.addWidget(framed, row, 0, 1, 2)
                row += 1
            else:
                grid.addWidget(framed, row, column, Qt.AlignmentFlag.AlignTop)
                row, column = (row + 1, 0) if column else (row, 1)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)

    def offer(self, choices: Choices) -> None:
        """Fill the choices: places, languages, people."""
        for name, widget in self.widgets.items():
            if isinstance(widget, ChipsField):
                kept = widget.kept
                widget.offer(offered(name, choices))
                widget.choose(kept)
            elif isinstance(widget, QComboBox):
                fill_box(widget, [*nothing_chosen(name), *offered(name, choices)])

    def text(self, name: str) -> str:
        """Return what a field holds now, as a file would write it."""
        widget = self.widgets[name]
        if isinstance(widget, ChipsField):
            return "; ".join(widget.kept)
        if isinstance(widget, QComboBox):
            return str(widget.currentData() or "")
        if isinstance(widget, NotesField):
            return widget.toPlainText().strip()
        return widget.text().strip() if isinstance(widget, QLineEdit) else ""

    def show(self, name: str, text: str) -> None:
        """Show a text in a field, without saying that it was done."""
        widget = self.widgets[name]
        with QSignalBlocker(widget):
            if isinstance(widget, ChipsField):
                widget.choose([part for part in text.split("; ") if part])
            elif isinstance(widget, QComboBox):
                widget.setCurrentIndex(max(widget.findData(text), 0))
            elif isinstance(widget, NotesField) and widget.toPlainText() != text:
                widget.setPlainText(text)
            elif isinstance(widget, QLineEdit) and widget.text() != text:
                widget.setText(text)

    def fault(self, name: str, words: str) -> None:
        """Say below a field what is wrong with it; no words: all is well."""
        if name in self.framed:
            self.framed[name].fault(words)

    def each(self, act: Callable[[str], object]) -> None:
        """Do something for every field."""
        for name in self.widgets:
            act(name)


def fill_box(box: QComboBox, offers: Sequence[tuple[str, str]]) -> None:
    """Fill a box with (kept, shown), keeping what is chosen."""
    if [(box.itemData(n), box.itemText(n)) for n in range(box.count())] == list(offers):
        return
    chosen = box.currentData()
    with QSignalBlocker(box):
        box.clear()
        for kept, words in offers:
            box.addItem(words, kept)
        box.setCurrentIndex(max(box.findData(chosen), 0))
