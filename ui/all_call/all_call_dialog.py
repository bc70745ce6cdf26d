"""The all-call window: everyone to ask at the left, relief at the right, beside whatever else is on view."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from crt_scheduler import times
from crt_scheduler.errors import CrtError
from ui.all_call.all_call_poll import PollPart
from ui.all_call.waves import WavesPart
from ui.calls.calls_words import call_words, shown
from ui.desk import Desk
from ui.look import Look
from ui.parts import Button, Words, sentence, title
from ui.today.phone import dial
from ui.undo_keys import let_undo

if TYPE_CHECKING:
    from crt_scheduler.call_out.all_call import Poll
    from crt_scheduler.call_out.relief import Wave
    from crt_scheduler.calls.call_rows import CallRow

SIZE = (1160, 660)


class AllCallDialog(QDialog):
    """The all-call of one call: begun by its button, answered one key each, relieved in waves."""

    def __init__(
        self, desk: Desk, look: Look, parent: QWidget | None, *, call: int, dial: Callable[[str], object] = dial
    ) -> None:
        super().__init__(parent)
        self.desk, self.look, self.call = desk, look, call
        self.row: CallRow | None = None
        self.zone = times.Zone("UTC")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(False)
        self.setWindowTitle(self.tr("All-call"))
        self.resize(*SIZE)
        self.head, self.about = title(self.tr("All-call"), 15), Words("", kind="secondary")
        self.fault = sentence("", "bad")
        self.fault.hide()
        self.told = sentence("", "good")
        self.told.hide()
        self.poll, self.relief = PollPart(look, phone=dial), WavesPart(look)
        self.before = sentence(
            self.tr(
                "For a large event everyone may be asked, on shift or not: who can come now, in two hours, tonight. "
                "What people answer counts neither for nor against them."
            )
        )
        self.begin_button = Button(self.tr("Begin the all-call"), "primary")
        self.close_button = Button(self.tr("Close"))
        self._lay_out()
        self.begin_button.clicked.connect(self.begin)
        self.close_button.clicked.connect(self.close)
        self.poll.table.answered.connect(self.answer)
        self.relief.asked.connect(self.plan)
        self.relief.sent.connect(self.send)
        let_undo(self, desk)
        desk.changed.connect(self._changed)
        self.read()

    def _lay_out(self) -> None:
        head, foot, empty = QHBoxLayout(), QHBoxLayout(), QVBoxLayout()
        head.addWidget(self.head)
        head.addWidget(self.about, 1)
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        self.none = QWidget()
        empty.setContentsMargins(0, 0, 0, 0)
        empty.addWidget(self.before)
        line = QHBoxLayout()
        line.addWidget(self.begin_button)
        line.addStretch(1)
        empty.addLayout(line)
        empty.addStretch(1)
        self.none.setLayout(empty)
        self.both = QWidget()
        beside = QHBoxLayout(self.both)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(24)
        beside.addWidget(self.poll, 3)
        beside.addWidget(self.relief, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        column.addLayout(head)
        column.addWidget(self.fault)
        column.addWidget(self.told)
        column.addWidget(self.none, 1)
        column.addWidget(self.both, 1)
        column.addLayout(foot)
        self.none.hide()
        self.both.hide()

    def _changed(self, _: object) -> None:
        self.read()

    def read(self) -> None:
        """Read the call and everyone's answers in the background."""
        now, call = self.desk.now(), self.call

        def look(session: Any) -> tuple[CallRow, Poll, times.Zone]:
            from crt_scheduler.call_out import all_call
            from crt_scheduler.calls import call_rows
            from crt_scheduler.programmes import customs, programme_of

            zone = customs.zone_of(programme_of(session))
            return call_rows.call(session, call), all_call.poll(session, call, now=now), zone

        self.desk.ask(self, "poll", look, self._show, self._say_fault)

    def _show(self, found: tuple[CallRow, Poll, times.Zone]) -> None:
        row, poll, self.zone = found
        is_first, self.row = self.row is None or self.row.kind != row.kind, row
        self.head.setText(self.tr("All-call {}").format(call_words(row)))
        self.about.setText(f"{shown(row.type)}, {row.division or row.area}")
        self._say_fault("")
        is_open, is_begun = row.closed is None, row.kind == "all_call"
        self.none.setVisible(not is_begun)
        self.both.setVisible(is_begun)
        self.begin_button.setEnabled(is_open)
        if not is_begun:
            self.begin_button.setFocus()
            return
        self.poll.show_poll(poll, can_answer=is_open)
        self.relief.setEnabled(is_open)
        if is_first:
            self.poll.table.setFocus()
        self.plan()

    def plan(self) -> None:
        """Work out in the background who would take which block."""
        now, call, part = self.desk.now(), self.call, self.relief
        try:
            start = part.start(now=now, zone=self.zone)
        except CrtError as fault:
            part.fields["begin"].fault(str(fault))
            part.say_fault("")
            return
        part.fields["begin"].fault("")
        size, waves, hours = (int(box.currentData()) for box in part.boxes)

        def look(session: Any) -> tuple[Wave, ...]:
            from crt_scheduler.call_out import all_call

            return all_call.plan(session, call, start=start, size=size, waves=waves, hours=hours, now=now)

        self.desk.ask(self, "relief", look, lambda found: part.show_waves(found, self.zone), part.say_fault)

    def begin(self) -> None:
        """Make the call an all-call."""
        from crt_scheduler.call_out import all_call

        if self.row is not None:
            self._say_fault(self.desk.attempt(all_call.BEGIN(self.call)).sentence)

    def answer(self, code: str, said: str) -> None:
        """Note what somebody answered."""
        from crt_scheduler.call_out import all_call

        self.told.hide()
        self._say_fault(self.desk.attempt(all_call.ANSWER(self.call, code, said, now=self.desk.now())).sentence)

    def send(self) -> None:
        """Put the people of the chosen wave on the call."""
        from crt_scheduler.call_out import all_call

        wave = self.relief.wave
        if wave is None or self.row is None:
            return
        codes = [one.person for one in wave.people]
        sent = self.desk.attempt(all_call.SEND(self.call, codes, now=self.desk.now()))
        self._say_fault(sent.sentence)
        if sent:
            names = ", ".join(one.name for one in wave.people)
            self.told.say(self.tr("On the call now: {}. The waves are those that come after them.").format(names))
            self.told.show()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Esc clears the search first, then closes."""
        if event.key() == Qt.Key.Key_Escape and self.poll.search.text():
            self.poll.search.clear()
            return
        super().keyPressEvent(event)

    def _say_fault(self, words: str) -> None:
        self.fault.say(words)
        self.fault.setVisible(bool(words))
