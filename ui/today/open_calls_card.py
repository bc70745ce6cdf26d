"""The open-calls card: how far each call is, how long since it came in, and who on scene has gone silent."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QWidget

from crt_scheduler import times
from ui.look import Look
from ui.parts import AreaMark, Button, Card, Line, Words, secondary
from ui.today.phone import PhoneLink, dial

if TYPE_CHECKING:
    from crt_scheduler.today import OpenCall

NUMBER, AREA, TYPE, PLACE, STATE, SINCE, ACT = range(7)


class OpenCallsCard(Card):
    """One line per call that goes on. `go` asks for the call."""

    go = Signal(str, object)

    def __init__(self, look: Look, *, dial: Callable[[str], object] = dial) -> None:
        super().__init__(self.tr("Open calls"))
        self._look, self._dial = look, dial
        self._shown: tuple[tuple[OpenCall, ...], tuple[bool, ...]] | None = None
        self._since: list[tuple[OpenCall, Words, Words]] = []
        self._rows = QWidget()
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.addWidget(self._rows)

    def show_calls(self, calls: tuple[OpenCall, ...], now: dt.datetime) -> None:
        """Show the calls as of now; the same calls are left as they are, but for the clock."""
        shown = calls, tuple(call.is_silent(now) for call in calls)
        if shown != self._shown:
            self._shown = shown
            self.note.say(str(len(calls)))
            self._draw(calls, now)
        self.say_time(now)

    def forget(self) -> None:
        """Draw everything anew the next time: the palette is another."""
        self._shown = None

    def say_time(self, now: dt.datetime) -> None:
        """Let the clock go on: how long each call has been going, and how long nobody was heard from."""
        for call, since, state in self._since:
            minutes = int((now - call.notified).total_seconds()) // 60
            since.say(times.hours_words(minutes))
            since.setAccessibleName(self.tr("{} hours since the call came in").format(times.hours_words(minutes)))
            if call.is_silent(now) and call.heard is not None:
                silent = int((now - call.heard).total_seconds()) // 60
                state.say(self.tr("On scene; last heard {} min ago").format(silent), "bad")

    def _draw(self, calls: tuple[OpenCall, ...], now: dt.datetime) -> None:
        rows, grid = QWidget(), QGridLayout()
        rows.setLayout(grid)
        grid.setContentsMargins(12, 4, 12, 4)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(0)
        self._since = []
        for n, call in enumerate(calls):
            if n:
                grid.addWidget(Line(), 2 * n - 1, 0, 1, ACT + 1)
            self._call(grid, 2 * n, call, is_silent=call.is_silent(now))
            grid.setRowMinimumHeight(2 * n, 38)
        for column, stretch in ((TYPE, 3), (PLACE, 3), (STATE, 4)):
            grid.setColumnStretch(column, stretch)
        self.body.replaceWidget(self._rows, rows)
        rows.show()
        self._rows.hide()
        self._rows.deleteLater()
        self._rows = rows

    def _call(self, grid: QGridLayout, line: int, call: OpenCall, *, is_silent: bool) -> None:
        kind, place = Words(call.type, bold=True), Words(call.place)
        state, since = Words(call.words, bold=is_silent), secondary("", 9.75)
        for label in (kind, place, state):
            label.setWordWrap(True)
        for column, part in (
            (NUMBER, secondary(call.number, 9.75)),
            (AREA, AreaMark(self._look, call.area)),
            (TYPE, kind),
            (PLACE, place),
            (STATE, self._state(state, is_silent=is_silent)),
            (SINCE, since),
            (ACT, self._act(call, is_silent=is_silent)),
        ):
            right = Qt.AlignmentFlag.AlignRight if column == ACT else Qt.AlignmentFlag(0)
            grid.addWidget(part, line, column, right | Qt.AlignmentFlag.AlignVCenter)
        self._since.append((call, since, state))

    def _state(self, words: Words, *, is_silent: bool) -> QWidget:
        whole, row = QWidget(), QHBoxLayout()
        whole.setLayout(row)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        if is_silent:
            icon = QLabel()
            icon.setPixmap(self._look.icon("warning", "bad").pixmap(16, 16))
            row.addWidget(icon)
        row.addWidget(words, 1)
        return whole

    def _act(self, call: OpenCall, *, is_silent: bool) -> QWidget:
        """Phone whoever leads on scene once they are silent; before that the next thing is an answer or a time."""
        if is_silent and call.phone:
            words = self.tr("Phone the lead")
            phone = PhoneLink(self._look, call.phone, call.phone_words, call.lead, label=words, dial=self._dial)
            phone.setToolTip(self.tr("Phone {0}, who leads on scene: {1}").format(call.lead, call.phone_words))
            return phone
        button = Button(self.tr("Open call"))
        button.setAccessibleName(self.tr("Open call {}").format(call.number))
        button.clicked.connect(lambda: self.go.emit("calls", call.id))
        return button
