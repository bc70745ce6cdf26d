"""The call-out beside a call: whom to phone, best first, who is left out and why, and what was answered."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from crt_scheduler import times
from crt_scheduler.call_out.whom_to_phone import CallOut
from crt_scheduler.call_words import clock_words
from crt_scheduler.calls.call_rows import CallRow
from ui.calls.calls_words import all_call_words, answer_words
from ui.calls.phone_places import Places
from ui.look import Look
from ui.parts import Button, Words, counted, secondary, sentence


class CallOutPart(QWidget):
    """Whom to phone for a call, clergy apart, who is left out and why; everyone may be asked."""

    answered = Signal(str, str, str)
    everyone_changed = Signal()
    all_call = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.team = Places(look, self.tr("Whom to phone"))
        self.clergy = Places(look, self.tr("Clergy to phone"))
        self.log = QGridLayout()
        self.log.setHorizontalSpacing(16)
        self.log.setColumnStretch(3, 1)
        self.said, self.left_out = sentence("", "secondary"), sentence("", "secondary")
        self._is_ranked = True
        self.everyone = Button(self.tr("Ask everyone"))
        self.everyone.setCheckable(True)
        self.everyone.toggled.connect(self.everyone_changed)
        self.all_call_button = Button(self.tr("All-call…"), tip=self.tr("A large event: ask everyone, and plan relief"))
        self.all_call_button.clicked.connect(self.all_call)
        self.others = Button("", "link")
        self.others.setCheckable(True)
        self.others.toggled.connect(self.left_out.setVisible)
        self.left_out.hide()
        self.keys = QWidget()
        row, column = QHBoxLayout(self.keys), QVBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self.hint = secondary(self.tr("A accepted   D declined   N no answer   W wrong number   P phone"))
        row.addWidget(self.hint)
        row.addStretch(1)
        row.addWidget(self.everyone)
        row.addWidget(self.all_call_button)
        column.setContentsMargins(16, 8, 16, 12)
        column.addWidget(self.said)
        column.addWidget(self.team)
        column.addWidget(self.keys)
        column.addWidget(self.clergy)
        column.addWidget(self.others)
        column.addWidget(self.left_out)
        column.addLayout(self.log)
        column.addStretch(1)
        for table in (self.team, self.clergy):
            table.answered.connect(self.answered)

    def show_call(self, row: CallRow, zone: times.Zone) -> None:
        """Show what was answered so far; once the scene is clear, nobody more is called out."""
        while (item := self.log.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for n, one in enumerate(() if row.kind == "all_call" else row.answers):
            said, colour = answer_words(one.answer)
            kind = colour if colour in ("good", "warning", "bad") else ""
            parts = (clock_words(one.at, zone, beside=row.notified), one.name, said, one.reason)
            for column, words in enumerate(parts):
                self.log.addWidget(Words(words, kind=("secondary", "", kind, "secondary")[column]), n, column)
        is_over, is_all_call = row.state in ("clear", "closed"), row.kind == "all_call"
        self._is_ranked = not is_over and not is_all_call
        for part in (self.team, self.clergy, self.hint, self.everyone, self.others, self.left_out):
            part.setVisible(self._is_ranked)
        self.keys.setVisible(is_all_call or not is_over)
        self.said.setVisible(is_all_call or (is_over and not row.answers))
        self.said.setText(all_call_words(row) if is_all_call else self.tr("No answers were noted."))

    def show_found(self, found: CallOut, *, can_answer: bool) -> None:
        """Show a ranking; without `can_answer` it is only to look at."""
        if not self._is_ranked:
            return
        had_focus = self.team.hasFocus()
        self.team.fill(found.team)
        self.clergy.fill(found.clergy)
        self.team.setVisible(bool(found.team))
        self.clergy.setVisible(bool(found.clergy))
        for table in (self.team, self.clergy):
            table.setEnabled(can_answer)
        if had_focus and not found.team:
            self.everyone.setFocus()
        self.said.setVisible(not found.team)
        self.said.setText(self.tr("Nobody of the team is on shift there or nearby. Ask everyone instead."))
        count = len(found.left_out)
        self.others.setVisible(bool(count))
        self.others.setText(counted(count, "One person is left out", "{} people are left out"))
        self.others.setAccessibleName(self.others.text())
        self.left_out.setText("\n".join(one.reason for one in found.left_out))
        self.left_out.setVisible(bool(count) and self.others.isChecked())
