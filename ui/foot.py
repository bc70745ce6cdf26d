"""The foot: the status bar with open seats, broken rules, what is published, stale calendars and the next undo."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from solver.wording import say_date
from ui.desk import Desk
from ui.look import Look
from ui.parts import Button, Words, counted, of_kind

if TYPE_CHECKING:
    from crt_scheduler.board import Board

HEIGHT = 26
SAID_MS = 8000


class Foot(QWidget):
    """The status bar; each figure is a button that goes where it can be seen to. `go` names the place."""

    go = Signal(str, object)

    def __init__(self, desk: Desk, look: Look) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        of_kind(self, "foot")
        self.setMinimumHeight(HEIGHT)
        self._desk, self._look = desk, look
        self._seats, self._rules = self._link("problems"), self._link("rules")
        self._published, self._stale = self._link("publish"), self._link("stale")
        self._warning = QLabel()
        self._plan = Words(self.tr("Preview of the best plan: nothing written yet"), 9, bold=True)
        self._plan.hide()
        self._said = Words("", 9, kind="secondary")
        self._undo = Words("", 9, kind="secondary")
        self._quiet = QTimer(self, singleShot=True, interval=SAID_MS)
        self._quiet.timeout.connect(lambda: self._said.say(""))
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(12)
        for part in (self._seats, self._warning, self._rules, self._published, self._plan, self._stale, self._said):
            row.addWidget(part)
        row.addStretch(1)
        row.addWidget(self._undo)
        desk.board_changed.connect(self._read)
        desk.acts_changed.connect(self._say_undo)
        desk.said.connect(self._say)
        desk.working.connect(self._say)
        desk.failed.connect(lambda _: self._say(""))
        desk.previewed.connect(self._show_plan)
        look.changed.connect(self._read)
        self._read()

    def _link(self, place: str) -> Button:
        button = Button("", "link")
        face = button.font()
        face.setPointSizeF(9)
        button.setFont(face)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.clicked.connect(lambda: self.go.emit(place, None))
        button.hide()
        return button

    def _say(self, words: str) -> None:
        self._said.say(words)
        self._quiet.start()

    def _say_undo(self) -> None:
        words = self._desk.undo_words
        self._undo.say(self.tr("Undo: {}").format(words) if words else "")

    def _read(self) -> None:
        board = self._desk.board
        for part in (self._seats, self._rules, self._published, self._warning):
            part.setVisible(board is not None)
        if board is None:
            return
        hard = len(board.hard)
        self._show(self._seats, self._seats_words(board))
        self._show(
            self._rules,
            counted(hard, "1 broken rule", "{} broken rules") if hard else self.tr("No broken rule"),
        )
        self._warning.setVisible(bool(hard))
        self._warning.setPixmap(self._look.icon("warning", "bad", 16).pixmap(14, 14))
        self._show(self._published, self._published_words(board))
        now = self._desk.now()

        def count(session: Any) -> int:
            from crt_scheduler.publish import sent_ledger

            return len(sent_ledger.stale(session, now))

        self._desk.ask(self, "stale", count, self._show_stale)

    def _show_plan(self, plan: Board | None) -> None:
        """Say that a plan is on view, with its open seats; what is said otherwise is of the roster as written."""
        if plan is None and self._plan.isHidden():
            return
        self._plan.setVisible(plan is not None)
        self._read()
        if plan is not None:
            for part in (self._rules, self._published, self._warning):
                part.hide()
            self._show(self._seats, self._seats_words(plan))

    def _seats_words(self, board: Board) -> str:
        return counted(len(board.gaps), "1 open seat", "{} open seats")

    def _published_words(self, board: Board) -> str:
        if board.published is None:
            return self.tr("Draft, not published")
        from crt_scheduler import times

        day = times.local(board.published.at, board.zone).date()
        return self.tr("Published {}").format(say_date(day, "day year"))

    def _show_stale(self, count: int) -> None:
        self._stale.setVisible(count > 0)
        self._show(self._stale, counted(count, "1 calendar out of date", "{} calendars out of date"))

    @staticmethod
    def _show(button: Button, words: str) -> None:
        button.setText(words)
        button.setAccessibleName(words)
