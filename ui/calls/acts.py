"""What is done to the call on view: answers, times, miles, word from the scene, hard call, sign-off; each one act."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject

from crt_scheduler import times
from crt_scheduler.calls import acts, answers, going, hard, typed
from crt_scheduler.calls.values import TIME_WORDS, TIMES
from crt_scheduler.calls.words import clock_words
from crt_scheduler.errors import CrtError
from ui.calls.panel import CallPanel
from ui.calls.words import answer_words, call_words
from ui.desk import Desk


class CallActs(QObject):
    """Acts on the call that the panel shows; what refuses one is said there."""

    def __init__(self, desk: Desk, panel: CallPanel) -> None:
        super().__init__(panel)
        self.desk, self.panel, self.zone = desk, panel, times.Zone("UTC")

    def do(self, label: str, act: Any, *values: Any, **named: Any) -> str:
        """Do an act under its label; what refuses it is said at the head and returned."""
        sentence = self.desk.attempt(label, act, *values, **named)
        self.panel.say_fault(sentence)
        return sentence

    def answer(self, code: str, said: str, reason: str) -> None:
        """Note what somebody answered."""
        if row := self.panel.row:
            label = self.tr("{who}: {said}, {call}").format(
                who=self._name(code), said=answer_words(said, reason)[0].lower(), call=call_words(row)
            )
            if not self.do(label, answers.answer, row.id, code, said, now=self.desk.now(), reason=reason):
                for table in (self.panel.out.team, self.panel.out.clergy):
                    table.go_on(code)

    def _name(self, code: str) -> str:
        tables = (self.panel.out.team, self.panel.out.clergy)
        return next((one.name for table in tables for one in table.places.places if one.code == code), code)

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
            at = None if is_emptied else typed.moment(text, now=now, zone=self.zone, after=after)
        except CrtError as fault:
            self.panel.went.say_fault(str(fault), code, field)
            return
        told = clock_words(at, self.zone) if at is not None else self.tr("taken back")
        label = self.tr("{who}: {what} {when}, {call}").format(
            who=went.name, what=TIME_WORDS[field].lower(), when=told, call=call_words(row)
        )
        sentence = self.do(label, going.set_time, row.id, code, field, at, now=now)
        self.panel.say_fault("")
        self.panel.went.say_fault(sentence, code, field)

    def note_miles(self, code: str, text: str) -> None:
        """Note the miles somebody drove; nothing typed takes them back."""
        row = self.panel.row
        try:
            miles = float(text.replace(",", ".")) if text else None
        except ValueError:
            self.panel.went.say_fault(self.tr("Type the miles as a number, such as 18."))
            return
        if row is not None:
            words = self.tr("Miles driven, {}").format(call_words(row))
            sentence = self.do(words, going.drive, row.id, code, miles)
            self.panel.went.say_fault(sentence)

    def tick_hard(self, why: str) -> None:
        """Tick the call hard, or take the tick back."""
        if row := self.panel.row:
            words = self.tr("Hard call {}").format(call_words(row))
            self.do(words, hard.tick_hard, row.id, why, now=self.desk.now())

    def close_call(self) -> None:
        """Sign the call off."""
        if row := self.panel.row:
            named = {"by": self.desk.who, "now": self.desk.now()}
            self.do(self.tr("Sign off {}").format(call_words(row)), acts.close, row.id, **named)

    def reopen(self) -> None:
        """Take the sign-off back."""
        if row := self.panel.row:
            self.do(self.tr("Reopen {}").format(call_words(row)), acts.reopen, row.id)

    def hear(self) -> None:
        """Note that somebody on scene was heard from now."""
        if row := self.panel.row:
            self.do(self.tr("Word from {}").format(call_words(row)), acts.hear, row.id, now=self.desk.now())
