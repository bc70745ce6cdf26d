"""The Today page: what the coordinator sees first, read anew after changes and when the shift turns over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from crt_scheduler import times
from ui import recall
from ui.desk import Desk
from ui.dropped import dropped_file
from ui.look import Look
from ui.page import Page
from ui.parts import Button, Card, sentence, title
from ui.today import phone, today_words
from ui.today.first_steps_card import StepsCard
from ui.today.needs_care_card import CareCard
from ui.today.next_month_card import MonthCard
from ui.today.on_call_card import OnCallCard
from ui.today.open_calls_card import OpenCallsCard
from ui.today.week_card import WeekCard

if TYPE_CHECKING:
    from crt_scheduler.today import Step, Today

TICK_MS = 30_000
STALE = dt.timedelta(minutes=30)
"""Without any change the page is read again after this long: promises come near and credentials expire."""
SIDE = 384
NARROW = 1260
STEPS_CLOSED = "today/steps_closed"
"""The setting that names the records whose first steps were put away."""
QWIDGETSIZE_MAX = 16777215


class TodayPage(Page):
    """Who is on call now and next, seven days, what needs care, the next month; the first steps of a new team."""

    def __init__(
        self, desk: Desk, look: Look, parent: QWidget | None = None, *, dial: Callable[[str], object] = phone.dial
    ) -> None:
        self._dial = dial
        self.today: Today | None = None
        super().__init__(desk, look, parent)
        self.setAcceptDrops(True)
        self._steps_way = QAction(self.tr("Show the first steps"), self)
        self._steps_way.triggered.connect(self._open_steps)
        self._clock = QTimer(self, interval=TICK_MS)
        self._clock.timeout.connect(self.tick)
        self._clock.start()
        look.changed.connect(self._dress)
        self._awaited: object = None
        desk.board_changed.connect(self._go_on)

    def build(self) -> QWidget:
        """Make the cards, empty as yet."""
        self.heading = title("", 15)
        self.new_call = Button(self.tr("New call"), "primary", tip=self.tr("New call  Ctrl+N")).with_icon(
            self.look, "plus"
        )
        self.new_call.clicked.connect(self._log_call)
        self._add_acts()
        self.calls = OpenCallsCard(self.look, dial=self._dial)
        self.on_call = OnCallCard(self.look, dial=self._dial)
        self.week = WeekCard(self.look)
        self.steps = StepsCard(self.look)
        self.care = CareCard(self.look, dial=self._dial)
        self.month = MonthCard()
        for part in (self.on_call, self.calls, self.week, self.care, self.month):
            part.go.connect(self._go)
        self.steps.chosen.connect(self._take_step)
        self.steps.sample.connect(lambda: self.go.emit("first run", "sample"))
        self.steps.closed.connect(self._close_steps)
        self.quiet, self.nobody = Card(self.tr("On call")), sentence("")
        self.quiet.body.addWidget(self.nobody)
        self._left, self._right = left, right = QVBoxLayout(), QVBoxLayout()
        self._steps_in = right
        columns: tuple[tuple[QVBoxLayout, tuple[QWidget, ...]], ...] = (
            (left, (self.quiet, self.on_call, self.calls, self.week)),
            (right, (self.steps, self.care, self.month)),
        )
        for column, cards in columns:
            column.setSpacing(12)
            for card in cards:
                column.addWidget(card)
            column.addStretch(1)
        self._side = side = QWidget()
        side.setFixedWidth(SIDE)
        right.setContentsMargins(0, 0, 0, 0)
        side.setLayout(right)
        whole = QWidget()
        self._row = row = QBoxLayout(QBoxLayout.Direction.LeftToRight, whole)
        row.setContentsMargins(16, 16, 16, 16)
        row.setSpacing(16)
        row.addLayout(left, 1)
        row.addWidget(side)
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(whole)
        scroll.setAccessibleName(self.tr("Today"))
        return scroll

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Put the side below where the window is too narrow for both, as at twice the size of type."""
        super().resizeEvent(event)
        is_narrow = event.size().width() < NARROW
        ways = QBoxLayout.Direction
        self._row.setDirection(ways.TopToBottom if is_narrow else ways.LeftToRight)
        self._side.setMinimumWidth(0 if is_narrow else SIDE)
        self._side.setMaximumWidth(QWIDGETSIZE_MAX if is_narrow else SIDE)

    def head_left(self) -> QWidget | None:
        """Return the date and time."""
        return self.heading

    def head_right(self) -> QWidget | None:
        """Return the button that logs a call."""
        found = QWidget()
        row = QHBoxLayout(found)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.new_call)
        return found

    def _add_acts(self) -> None:
        """Make the page's act: the window of care. A new call has a key of the whole window."""
        action = QAction(self.tr("Care: debriefs, stand-downs, whom to phone"), self)
        action.triggered.connect(lambda: self.go.emit("care", None))
        self.addAction(action)

    def _log_call(self) -> None:
        self.go.emit("calls", "new")

    def refresh(self) -> None:
        """Read today in the background and show it."""
        now = self.desk.now()

        def look(session: Any) -> Today:
            from crt_scheduler.today import today

            return today(session, now=now)

        self.desk.ask(self, "today", look, self._show, self._say_fault)

    def _show(self, today: Today) -> None:
        self.today = today
        self._say_time()
        has_roster = today.is_rostered or (today.card is not None and today.card.state != "none")
        self.look.know_areas([post.area for post in today.posts if post.kind == "area"])
        for card in (self.on_call, self.week):
            card.setVisible(today.is_rostered)
        self._place_steps(today, has_roster=has_roster)
        self.steps.setVisible(today.next_step is not None and not (has_roster and self._are_steps_closed()))
        self.steps.close_button.setVisible(has_roster)
        self.calls.setVisible(bool(today.calls))
        self.calls.show_calls(today.calls, self.desk.now())
        self.care.setVisible(has_roster or bool(today.care))
        self.month.setVisible(today.card is not None and has_roster)
        self.on_call.show_today(today)
        self.week.show_week(today.week)
        self.steps.show_steps(today.steps)
        self.care.show_care(today.care)
        if today.card is not None:
            self.month.show_month(today.card)
        self.show_content()

    def _place_steps(self, today: Today, *, has_roster: bool) -> None:
        """Until somebody is on call the steps are the page; afterwards they stand beside it."""
        self.quiet.setVisible(has_roster and not today.is_rostered)
        if today.card is not None:
            words_ = self.tr("Nobody is on call in the coming days. The {} roster begins on {}.")
            first = times.parse_month(today.card.month)
            self.nobody.say(words_.format(today_words.month_words(today.card.month), today_words.date_words(first)))
        column, at = (self._right, 0) if today.is_rostered else (self._left, 1)
        if self._steps_in is not column:
            self._steps_in.removeWidget(self.steps)
            column.insertWidget(at, self.steps)
            self._steps_in = column

    def _are_steps_closed(self) -> bool:
        return recall.text(self.desk.settings, STEPS_CLOSED, "") == str(self.desk.path)

    def _close_steps(self) -> None:
        """Put the first steps of these records away; a team without a roster has nothing else to go on with."""
        self.desk.settings.setValue(STEPS_CLOSED, str(self.desk.path))
        self.steps.hide()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_steps(self) -> None:
        """Bring the first steps back, as far as any is left."""
        self.desk.settings.remove(STEPS_CLOSED)
        if self.today is not None:
            self._show(self.today)

    def commands(self) -> list[QAction]:
        """Return the way back to the first steps, and the window of care."""
        return [self._steps_way, *self.actions()]

    def _say_fault(self, sentence: str) -> None:
        self.show_fault(sentence, self.tr("Try again"), self.renew)

    def _say_time(self) -> None:
        zone = self.today.zone if self.today else times.Zone("UTC")
        now = self.desk.now()
        date = times.local(now, zone).date()
        self.heading.say(f"{today_words.day_long(date)}, {today_words.clock(now, zone)}")

    def tick(self) -> None:
        """Let the clock go on, and read anew once somebody else is on call, the date has changed or it is old."""
        if self.today is None or not self.desk.is_open:
            return
        self._say_time()
        now, shown = self.desk.now(), self.today
        self.calls.say_time(now)
        dates = [times.local(moment, shown.zone).date() for moment in (now, shown.at)]
        turned = shown.rolls_over is not None and now >= shown.rolls_over
        if turned or dates[0] != dates[1] or now - shown.at >= STALE:
            self.renew()

    def _dress(self) -> None:
        for card in (self.on_call, self.calls, self.care, self.steps):
            card.forget()
        if self.today is not None:
            self._show(self.today)

    def _go(self, place: str, what: object) -> None:
        """Pass a link on; what concerns a month brings that month on view first."""
        if place == "solve":
            self.desk.set_month(str(what))
            self.go.emit(place, None)
            return
        month = str(what)[: len("2027-01")]
        if place == "roster" and month != self.desk.month:
            self._awaited = what
            self.desk.set_month(month)
        self.go.emit(place, what)

    def _go_on(self) -> None:
        """Point at the place once the board of its month is there, unless the person has come back meanwhile."""
        what, self._awaited = self._awaited, None
        if what is not None and self.desk.month == str(what)[: len("2027-01")] and not self.isVisible():
            QTimer.singleShot(0, self, lambda: self.go.emit("roster", what))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        """Take a file of people, availability or calls that is dragged in."""
        if dropped_file(event.mimeData()) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        """Have the file that was dropped imported."""
        path = dropped_file(event.mimeData())
        if path is not None:
            event.acceptProposedAction()
            self.go.emit("import", path)

    def _take_step(self, step: Step) -> None:
        """Lead to where a step is done."""
        if step.month:
            self.desk.set_month(step.month)
        places: dict[str, tuple[str, object]] = {
            "set_up": ("first run", None),
            "people": ("import", "people"),
            "availability": ("import", "availability"),
            "incidents": ("import", "incidents"),
            "roster": ("solve", None),
            "published": ("publish", step.month),
        }
        self.go.emit(*places[step.kind])
