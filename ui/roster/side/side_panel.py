"""The side panel of the roster: why this person, who else could, find cover; who could take an open seat."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QVBoxLayout, QWidget

from crt_scheduler import roster, roster_many
from crt_scheduler.act import Deed
from crt_scheduler.cover import cover_text
from crt_scheduler.cover.cell import Free, Held, Open
from crt_scheduler.cover.cover_text import TradeRow
from crt_scheduler.cover.place import held_by
from crt_scheduler.planning import mending
from crt_scheduler.planning.mending import FoundWay
from ui.desk import Desk
from ui.look import Look
from ui.parts import Line, secondary
from ui.roster.side.side_body import SideBody
from ui.roster.side.side_head import SideHead
from ui.roster.side.side_rows import Chosen
from ui.roster.side.side_wanted import Answer, DayWanted, HeldWanted, SeatWanted, Wanted, answer

WIDTH = 368


@dataclass(frozen=True)
class SideAct:
    """One act for the desk, with what it moved and the panel follows."""

    deed: Deed[Any]
    after: Wanted | None = None


def of_button(held: Held, word: str) -> SideAct | None:
    """Return the act of a button of the head; None for a word that is no act on the roster."""
    place = [(held.person, held.shift.key)]
    if word in ("lock", "unlock"):
        return SideAct(roster_many.LOCK(place, locked=word == "lock"))
    if word in ("told", "confirmed"):
        return SideAct(roster_many.PROMISE(place, word))
    if word == "take off":
        after = SeatWanted(held.shift.key, held.shift.role, held.shift.tier)
        return SideAct(roster_many.CLEAR(place), after)
    return None


def of_row(answer: Answer | None, what: object, now: dt.datetime) -> SideAct | None:
    """Return the act of a chosen row: put in, swap, assign, or a way out; None for leaving a seat open."""
    if isinstance(what, TradeRow) and isinstance(answer, Held):
        return SideAct(roster.SWAP(what.one, what.other), HeldWanted(what.person, answer.shift.key))
    if isinstance(what, FoundWay):
        deed = mending.MEND(what.frozen, what.seat, what.way.changes, now=now)
        taken = what.taken()
        return SideAct(deed, HeldWanted(*taken) if taken else None) if what.way.changes else None
    if not isinstance(what, Chosen):
        return None
    if isinstance(answer, Held):
        name, after = roster.shift_name(answer.shift.key), HeldWanted(what.person, answer.shift.key)
        return SideAct(roster.REPLACE(name, answer.person, what.person), after)
    name, after = roster.shift_name(what.shift), HeldWanted(what.person, what.shift)
    return SideAct(roster.ASSIGN(name, what.person, role=what.role, tier=what.tier), after)


class SidePanel(QFrame):
    """Answers for one cell of the board. It reads in the background, and anew after every change of the roster.

    `closed`: the panel was left. `go_to(person, shift)`: the place to select now, after an act moved it there.
    """

    closed = Signal()
    go_to = Signal(str, str)

    def __init__(self, desk: Desk, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "panel")
        self.setAccessibleName(self.tr("Why this person, who else could"))
        self.setFixedWidth(WIDTH)
        self._desk = desk
        self.wanted: Wanted | None = None
        self.answer: Answer | None = None
        self._moved: Wanted | None = None
        self._is_following = False
        self.head, self.body, self._line = SideHead(look), SideBody(look), Line()
        self.state = secondary("", 9.75)
        self.state.setWordWrap(True)
        self.state.setContentsMargins(16, 16, 16, 16)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        for part in (self.state, self.head, self._line):
            whole.addWidget(part)
        whole.addWidget(self.body, 1)
        whole.addStretch(0)
        self._wire()
        self.clear()

    def _wire(self) -> None:
        self.head.wanted.connect(self._press)
        self.head.closed.connect(self.closed)
        self.body.chosen.connect(lambda what: self._do(of_row(self.answer, what, self._desk.now())))
        self.body.back.connect(self._back)
        self.body.cover.copied.connect(self._desk.said)
        self._desk.board_changed.connect(self._hear)
        self._desk.month_changed.connect(self.clear)

    def show_cell(self, person: str, shift: str) -> None:
        """Show why a person holds a shift and who else could."""
        self._want(HeldWanted(person, shift))

    def show_seat(self, shift: str, role: str, tier: str = "") -> None:
        """Show why a seat is open and who could take it."""
        self._want(SeatWanted(shift, role, tier))

    def show_free(self, person: str, slot: int) -> None:
        """Show what a person could take on the day of a slot of the Problem."""
        self._want(DayWanted(person, slot))

    def clear(self) -> None:
        """Show nothing but what to do."""
        if not self._is_following:
            self.wanted = self.answer = self._moved = None
            self._say(self.tr("Choose a cell of the board."))

    def _want(self, wanted: Wanted) -> None:
        """Ask for another cell; just after an act the board still stands where the act took somebody away."""
        if self._is_following:
            return
        self._moved = None
        if wanted != self.wanted or self.answer is None:
            self.wanted = wanted
            self._ask()

    def _hear(self) -> None:
        """Answer anew with the board as it is now; what an act of ours moved is followed."""
        self._is_following = self._moved is not None
        if self._is_following or self.body.cover.isHidden():
            self._ask()

    def _ask(self) -> None:
        board, wanted, now = self._desk.board, self.wanted, self._desk.now()
        if board is not None and wanted is not None:
            self._desk.ask(self, "cell", lambda s: answer(s, board, wanted, now), self._show, self._fail)

    def _show(self, found: Answer | None) -> None:
        """Show an answer; none: the records have moved on, and the next board asks again."""
        if found is None or self.wanted is None:
            return
        self.answer, is_inside = found, self._has_keyboard()
        self.state.hide()
        for part in (self.head, self._line, self.body):
            part.show()
        if isinstance(found, Held):
            self.head.show_held(found)
            self.body.show_held(found)
        elif isinstance(found, Open):
            self.head.show_open(found)
            self.body.show_open(found)
        else:
            self.head.show_free(found)
            self.body.show_free(found)
        self._follow()
        if is_inside and not self._has_keyboard():  # what had it is hidden, and Qt gave it to the first of the window
            (self.head.cover if self.head.cover.isVisible() else self.head.close_button).setFocus()

    def _has_keyboard(self) -> bool:
        return self.isAncestorOf(QApplication.focusWidget() or self)

    def _follow(self) -> None:
        moved = self._moved if self._is_following else None
        if self._is_following:
            self._is_following, self._moved = False, None
        if isinstance(moved, HeldWanted):
            self.go_to.emit(moved.person, moved.shift)

    def _say(self, words: str) -> None:
        """Show one sentence instead of an answer."""
        self.state.setText(words)
        self.state.show()
        for part in (self.head, self._line, self.body):
            part.hide()

    def _fail(self, words: str) -> None:
        self.answer = self._moved = None
        self._is_following = False
        self._say(words)

    def _back(self) -> None:
        self._ask()
        self.head.cover.setFocus()

    def _press(self, word: str) -> None:
        """Do what a button of the head says."""
        found = self.answer
        if word == "phone" and isinstance(found, Free | Held):
            QGuiApplication.clipboard().setText(found.dialled)
            self._desk.said.emit(self.tr("Phone number of {} copied.").format(found.name))
        elif word == "cover" and isinstance(found, Held | Open):
            now = self._desk.now()
            look = lambda s: cover_text.cover(s, found.shift, found.others, now=now)  # noqa: E731
            self._desk.ask(self, "cover", look, self.body.show_cover)
        elif word == "ways" and isinstance(found, Open):
            self._find_ways(found)
        elif word == "trade" and isinstance(found, Held):
            self._find_trades(found)
        elif isinstance(found, Held):
            self._do(of_button(found, word))

    def _find_ways(self, found: Open) -> None:
        """Ask a solver of its own for every way out of the open seat on view."""
        board, shift = self._desk.board, found.shift
        if board is None:
            return
        self.body.show_ways(None)
        self._desk.think(
            self,
            "cell",
            lambda: mending.found_ways(board.problem, shift.key, shift.role, shift.tier),
            self.body.show_ways,
            lambda fault: self.body.show_ways((), fault),
        )

    def _find_trades(self, held: Held) -> None:
        board, now = self._desk.board, self._desk.now()
        if board is None:
            return

        def look(session: Any) -> tuple[cover_text.TradeRow, ...]:
            place = held_by(board.problem, roster.shift_name(held.shift.key), held.person)
            return cover_text.trade_rows(session, place, now=now)

        self._desk.ask(self, "cell", look, self.body.show_trades)

    def _do(self, act: SideAct | None) -> None:
        """Do an act, then follow what it moved; the answer is read anew with the next board."""
        if act and self._desk.do(act.deed) and act.after:
            self.wanted = self._moved = act.after

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Leave on Escape: the request for cover first, then the panel."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif not self.body.cover.isHidden():
            self._back()
        else:
            self.closed.emit()
