"""Boxes of the call's form: words chosen from a list by their first letters, times as typed, sections side by side."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from crt_scheduler import times
from crt_scheduler.call_words import clock_words
from crt_scheduler.calls.typed_times import moment, near
from ui.box import Box
from ui.calls.calls_words import shown
from ui.parts import Line, Words, secondary


class Choice(Box):
    """A word of a list: its first letters are enough; what is typed stays as it is until it is saved."""

    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(5)
        edit = self.lineEdit()
        assert edit is not None
        edit.returnPressed.connect(self.entered)

    def offer(self, words: Sequence[str]) -> None:
        """Offer words, the first of them none; what is chosen or typed stays."""
        kept = self.currentText()
        with QSignalBlocker(self):
            self.clear()
            self.addItem("", "")
            for word in words:
                self.addItem(shown(word), word)
            self.choose(kept)

    def choose(self, word: str) -> None:
        """Show a word."""
        place = self.findText(word, Qt.MatchFlag.MatchFixedString) if word else 0
        self.setCurrentIndex(place)
        if place < 0:
            self.setEditText(word)
        if (edit := self.lineEdit()) is not None and not edit.hasFocus():
            edit.setCursorPosition(0)

    @property
    def word(self) -> str:
        """The word chosen; where several or none begin so, what is typed."""
        text = self.currentText().strip()
        place = self.findText(text, Qt.MatchFlag.MatchFixedString)
        starts = [n for n in range(self.count()) if text and self.itemText(n).casefold().startswith(text.casefold())]
        place = starts[0] if place < 0 and len(starts) == 1 else place
        return str(self.itemData(place)) if place >= 0 else text


class Clock(QLineEdit):
    """A time as typed beside the telephone; one that was shown and not touched stays to the second."""

    def __init__(self) -> None:
        super().__init__()
        self._kept: dt.datetime | None = None
        self._shown = ""
        self.setMaximumWidth(110)
        self.setMinimumWidth(56)

    def show_nothing(self) -> None:
        """Show no time, and keep none."""
        self._kept, self._shown = None, ""
        self.clear()

    def show_moment(self, at: dt.datetime | None, zone: times.Zone) -> None:
        """Show an instant as local time."""
        self._kept = at
        self._shown = clock_words(at, zone) if at is not None else ""
        self.setText(self._shown)

    def moment(self, *, now: dt.datetime, zone: times.Zone, after: dt.datetime | None = None) -> dt.datetime | None:
        """Return the instant typed, None where nothing is; raises CrtError for what is no time.

        The first time of a call that is amended, with nothing before it, is the one nearest to what it was.
        """
        text = self.text().strip()
        if text == self._shown:
            return self._kept
        if text and after is None and self._kept is not None:
            return near(text, beside=self._kept, now=now, zone=zone)
        return moment(text, now=now, zone=zone, after=after) if text else None


class Section(QWidget):
    """One part of the form: its name at the left, fields beside it, a hairline above."""

    def __init__(self, words: str, note: str = "") -> None:
        super().__init__()
        self.title, self.grid = Words(words, bold=True), QGridLayout()
        self.grid.setHorizontalSpacing(12)
        self.grid.setVerticalSpacing(8)
        names, body = QVBoxLayout(), QHBoxLayout()
        names.addWidget(self.title)
        if note:
            said = secondary(note)
            said.setWordWrap(True)
            names.addWidget(said)
        names.addStretch(1)
        left = QWidget()
        left.setFixedWidth(88)
        names.setContentsMargins(0, 0, 0, 0)
        left.setLayout(names)
        body.setContentsMargins(16, 10, 16, 10)
        body.setSpacing(12)
        body.addWidget(left)
        body.addLayout(self.grid, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(Line())
        whole.addLayout(body)
