"""Who went to a call: four times each, typed or noted as now with one key."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from crt_scheduler import times
from crt_scheduler.calls.call_rows import CallRow, Went
from crt_scheduler.calls.call_values import TIMES
from ui.calls.boxes import Clock
from ui.calls.calls_words import role_words
from ui.parts import Button, Words, secondary, sentence


class WentPart(QWidget):
    """A line per responder; Enter in an empty field, or the button beside, is now. `timed` carries what was typed."""

    timed = Signal(str, str, str)
    drove = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self.clocks: dict[tuple[str, str], Clock] = {}
        self.buttons: dict[str, Button] = {}
        self.miles: dict[str, QLineEdit] = {}
        self._typed: dict[int, dict[tuple[str, str], str]] = {}
        """Times typed and not noted, by call."""
        self._row: CallRow | None = None
        self.fault = sentence("", "bad")
        self.fault.hide()
        self._lines = QWidget()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 8, 16, 12)
        whole.addWidget(self._lines)
        whole.addWidget(self.fault)
        self._whole = whole

    def show_call(self, row: CallRow, zone: times.Zone) -> None:
        """Show who is on a call; what is typed and not taken stays."""
        before = self._row
        is_same = before is not None and before.id == row.id
        if before is not None:
            self._typed[before.id] = {place: clock.text() for place, clock in self._modified()}
        kept = self._typed.pop(row.id, {})
        held = next((place for place, clock in self.clocks.items() if clock.hasFocus()), None)
        pressed = next((code for code, button in self.buttons.items() if button.hasFocus()), "")
        if not is_same:
            self.say_fault("")
        self._row = row
        self._begin(row)
        for n, went in enumerate(row.responders, 1):
            self._add(n, went, row, zone)
        for place, text in kept.items():
            if place in self.clocks and not self.clocks[place].text():
                self.clocks[place].setText(text)
                self.clocks[place].setModified(True)
        if held in self.clocks:
            self.clocks[held].setFocus()
        elif pressed:
            self._press_next(pressed)

    def _press_next(self, code: str) -> None:
        """Leave the focus where the next time of the same person is noted, else on their last one."""
        button = self.buttons.get(code)
        (button or self.clocks[code, TIMES[-1]]).setFocus()

    def _modified(self) -> list[tuple[tuple[str, str], Clock]]:
        return [(place, clock) for place, clock in self.clocks.items() if clock.isModified()]

    @property
    def is_touched(self) -> bool:
        """Is a time typed that is not noted?"""
        return bool(self._modified())

    def take_typed(self) -> None:
        """Note every time that is typed and was not entered."""
        for (code, field), _ in self._modified():
            self._take(code, field)

    def stops(self) -> list[QWidget]:
        """Return the fields and buttons in the order they are read."""
        by_person: dict[str, list[QWidget]] = {}
        for (code, _), clock in self.clocks.items():
            by_person.setdefault(code, []).append(clock)
        for code, found in by_person.items():
            found += [part for part in (self.miles.get(code), self.buttons.get(code)) if part is not None]
        return [part for found in by_person.values() for part in found]

    def _begin(self, row: CallRow) -> None:
        self._whole.removeWidget(self._lines)
        self._lines.hide()
        self._lines.deleteLater()
        self.clocks, self.buttons, self.miles, self._lines = {}, {}, {}, QWidget()
        self._grid = QGridLayout(self._lines)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setColumnStretch(0, 1)
        self._whole.insertWidget(0, self._lines)
        if not row.responders:
            self._grid.addWidget(secondary(self.tr("Nobody has accepted yet.")), 0, 0)
            return
        for column, words in enumerate(
            (self.tr("Name"), "", *self._headings(), self.tr("Miles"), "", self.tr("Response"))
        ):
            self._grid.addWidget(secondary(words), 0, column)

    def _headings(self) -> tuple[str, str, str, str]:
        return (self.tr("Depart"), self.tr("Arrive"), self.tr("Clear"), self.tr("Home"))

    def _add(self, n: int, went: Went, row: CallRow, zone: times.Zone) -> None:
        self._grid.addWidget(Words(went.name, bold=went.role == "lead"), n, 0)
        self._grid.addWidget(secondary(role_words(went.role)), n, 1)
        for column, (field, words) in enumerate(zip(TIMES, self._headings(), strict=True), 2):
            clock = self.clocks[went.code, field] = Clock()
            clock.show_moment(getattr(went, field), zone)
            clock.setMaximumWidth(68)
            clock.setPlaceholderText(self.tr("now") if field == next_time(went) else "")
            clock.setAccessibleName(f"{went.name}, {words}")
            clock.setEnabled(row.closed is None)
            clock.returnPressed.connect(partial(self._take, went.code, field))
            self._grid.addWidget(clock, n, column)
        self._add_miles(n, went, row)
        field = next_time(went)
        if field and row.closed is None:
            words = dict(zip(TIMES, self._headings(), strict=True))[field]
            button = self.buttons[went.code] = Button(self.tr("{} now").format(words))
            button.setAccessibleName(self.tr("{name}: {what} now").format(name=went.name, what=words))
            button.clicked.connect(partial(self.timed.emit, went.code, field, ""))
            self._grid.addWidget(button, n, 7)
        taken = (went.cleared or went.home, went.arrived)
        said = times.hours_words(int((taken[0] - taken[1]).total_seconds() // 60)) if taken[0] and taken[1] else "–"
        self._grid.addWidget(Words(said), n, 8)

    def _add_miles(self, n: int, went: Went, row: CallRow) -> None:
        line = self.miles[went.code] = QLineEdit()
        driven = dict(row.miles).get(went.code)
        line.setText("" if driven is None else f"{driven:g}")
        line.setFixedWidth(52)
        line.setAccessibleName(self.tr("{}, miles").format(went.name))
        line.setEnabled(row.closed is None)
        line.returnPressed.connect(lambda: self.drove.emit(went.code, line.text().strip()))
        self._grid.addWidget(line, n, 6)

    def _take(self, code: str, field: str) -> None:
        self.timed.emit(code, field, self.clocks[code, field].text().strip())

    def say_fault(self, words: str, code: str = "", field: str = "") -> None:
        """Say why a time cannot be, and mark its field; no words: all is well."""
        self.fault.setText(words)
        self.fault.setVisible(bool(words))
        for place, clock in self.clocks.items():
            is_it = bool(words) and place == (code, field)
            clock.setProperty("fault", is_it)
            clock.setAccessibleDescription(words if is_it else "")
            clock.style().polish(clock)


def next_time(went: Went) -> str:
    """Return the next of a responder's times that is not noted; nothing once they are home."""
    last = max((n for n, field in enumerate(TIMES) if getattr(went, field) is not None), default=-1)
    return TIMES[last + 1] if last + 1 < len(TIMES) else ""
