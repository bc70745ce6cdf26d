"""What is done to the call on view: answers, times, miles, word from the scene, hard call, sign-off; each one act."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import QObject

from crt_scheduler import times
from crt_scheduler.act import Deed
from crt_scheduler.call_out import call_answers
from crt_scheduler.calls import call_acts, going, typed_times
from crt_scheduler.calls.call_values import TIMES
from crt_scheduler.care import hard_calls
from crt_scheduler.errors import CrtError
from ui.calls.call_panel import CallPanel
from ui.desk import Desk
from ui.outcome import Outcome

T = TypeVar("T")


class CallActs(QObject):
    """Acts on the call that the panel shows; what refuses one is said there."""

    def __init__(self, desk: Desk, panel: CallPanel) -> None:
        super().__init__(panel)
        self.desk, self.panel, self.zone = desk, panel, times.Zone("UTC")

    def do(self, deed: Deed[T]) -> Outcome[T]:
        """Do an act; what refuses it is said at the head."""
        outcome = self.desk.attempt(deed)
        self.panel.say_fault(outcome.sentence)
        return outcome

    def answer(self, code: str, said: str, reason: str) -> None:
        """Note what somebody answered."""
        row, now = self.panel.row, self.desk.now()
        if row is not None and self.do(call_answers.ANSWER(row.id, code, said, now=now, reason=reason)):
            for table in (self.panel.out.team, self.panel.out.clergy):
                table.go_on(code)

    def note_time(self, code: str, field: str, text: str) -> None:
        """Note a time of a responder as typed; nothing typed means now, a time that was there and is emptied goes."""
        row, now = self.panel.row, self.desk.now()
        went = next((one for one in row.responders if one.code == code), None) if row else None
        if row is None or went is None:
            return
        before = [getattr(went, name) for name in TIMES[: TIMES.index(field)] if getattr(went, name) is not None]
        try:
            is_emptied = not text and getattr(went, field) is not None
            after = before[-1] if before else row.notified
            at = None if is_emptied else typed_times.moment(text, now=now, zone=self.zone, after=after)
        except CrtError as fault:
            self.panel.went.say_fault(str(fault), code, field)
            return
        noted = self.desk.attempt(going.SET_TIME(row.id, code, field, at, now=now))
        self.panel.say_fault("")
        self.panel.went.say_fault(noted.sentence, code, field)

    def note_miles(self, code: str, text: str) -> None:
        """Note the miles somebody drove; nothing typed takes them back."""
        row = self.panel.row
        try:
            miles = float(text.replace(",", ".")) if text else None
        except ValueError:
            self.panel.went.say_fault(self.tr("Type the miles as a number, such as 18."))
            return
        if row is not None:
            self.panel.went.say_fault(self.do(going.DRIVE(row.id, code, miles)).sentence)

    def tick_hard(self, why: str) -> None:
        """Tick the call hard, or take the tick back."""
        if row := self.panel.row:
            self.do(hard_calls.TICK(row.id, why, now=self.desk.now()))

    def close_call(self) -> None:
        """Sign the call off."""
        if row := self.panel.row:
            self.do(call_acts.CLOSE(row.id, by=self.desk.who, now=self.desk.now()))

    def reopen(self) -> None:
        """Take the sign-off back."""
        if row := self.panel.row:
            self.do(call_acts.REOPEN(row.id))

    def hear(self) -> None:
        """Note that somebody on scene was heard from now."""
        if row := self.panel.row:
            self.do(call_acts.HEAR(row.id, now=self.desk.now()))
