"""The backtest card: logged calls played on the month's teams, what was promised beside what they would have met."""

from __future__ import annotations

import datetime as dt
from functools import partial

from PySide6.QtCore import QCoreApplication, QElapsedTimer, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from crt_scheduler import times
from crt_scheduler.truth.backtest import Backtest, backtest
from crt_scheduler.truth.demand_view import DemandView
from ui.date_field import DateField
from ui.demand.backtest_figures import Figures
from ui.demand.short import NotedCard
from ui.demand.verdict import Verdict
from ui.desk import Desk
from ui.look import Look
from ui.parts import Button, secondary, sentence

MONTHS = (12, 24, 0, -1)
"""What the range offers: months back, the whole log, and dates of one's own."""
AT_ONCE = 20_000
"""Logged calls up to which a replay is so quick that it is run unasked."""


class Dates(QWidget):
    """From a day to a day; emits `chosen` when they are taken."""

    chosen = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._from, self._to = DateField(desk, self.tr("First day")), DateField(desk, self.tr("Last day"))
        self._is_touched = False
        self.button = Button(self.tr("Replay"))
        self.button.clicked.connect(self.chosen)
        for field in (self._from, self._to):
            field.userDateChanged.connect(self._touch)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        for part in (secondary(self.tr("From")), self._from, secondary(self.tr("to")), self._to, self.button):
            row.addWidget(part)
        row.addStretch(1)

    def bound(self, first: dt.date, last: dt.date) -> None:
        """Begin with the log's first and last day, unless dates were typed."""
        if not self._is_touched:
            self._from.put(first)
            self._to.put(last)
            self._is_touched = False

    def _touch(self) -> None:
        self._is_touched = self.isVisible()

    @property
    def first(self) -> dt.date:
        """The first day."""
        return self._from.day

    @property
    def last(self) -> dt.date:
        """The last day."""
        return self._to.day


class BacktestCard(NotedCard):
    """Replays a stretch of the log when asked, off the window's thread; Stop discards the answer."""

    def __init__(self, desk: Desk, look: Look) -> None:
        super().__init__(look, QCoreApplication.translate("BacktestCard", "Backtest"))
        self.desk, self.look = desk, look
        self.view: DemandView | None = None
        self._month = ""
        self.found: Backtest | None = None
        self._run, self._clock, self._tick = 0, QElapsedTimer(), QTimer(self, interval=200)
        self._tick.timeout.connect(self._say_elapsed)
        self.span = QComboBox()
        self.span.setAccessibleName(self.tr("Calls to replay"))
        for words in (
            self.tr("Last 12 months"), self.tr("Last 24 months"), self.tr("Whole log"), self.tr("Dates…")
        ):  # fmt: skip
            self.span.addItem(words)
        self.again = Button(self.tr("Run again"), "link")
        self.stop = Button(self.tr("Stop"))
        self.dates, self.said = Dates(desk), sentence("")
        self.rows, self.verdict = Figures(), Verdict(look)
        self._lay_out()
        self.span.activated.connect(self._choose_span)
        self.again.clicked.connect(self.run)
        self.dates.chosen.connect(self.run)
        self.stop.clicked.connect(self.discard)

    def _lay_out(self) -> None:
        self.head.addWidget(self.span)
        self.head.addWidget(self.again)
        row = QHBoxLayout()
        row.addWidget(self.said, 1)
        row.addWidget(self.stop)
        for widget in (self.dates, self.rows, self.verdict):
            self.body.addWidget(widget)
        self.body.insertLayout(1, row)
        self.body.addStretch(1)
        for hidden in (self.dates, self.rows, self.verdict, self.stop):
            hidden.hide()

    def show_for(self, view: DemandView) -> None:
        """Take the month on view; replay at once where that is quick, else say that the answer may be old."""
        self.view = view
        has_log = view.last_logged is not None
        for widget in (self.span, self.again):
            widget.setEnabled(has_log)
        if view.first_logged and view.last_logged:
            self.dates.bound(view.first_logged, view.last_logged)
        self._note()
        if not has_log:
            self.discard()
            self.found = None
            self._say(self.tr("No calls are logged yet, so nothing can be replayed."))
        elif view.logged <= AT_ONCE:
            self.run()
        else:
            self._wait(view)

    def _wait(self, view: DemandView) -> None:
        if self._month != view.month:
            self.found = None
            self.rows.hide()
            self.verdict.hide()
        self.again.setText(self.tr("Run again") if self.found else self.tr("Run"))
        if self.found:
            self._say(self.tr("The records changed since this was replayed. Run it again."))
        else:
            self._say(self.tr("A replay of {:,} logged calls takes some seconds.").format(view.logged))

    def _note(self) -> None:
        assert self.view is not None
        month = times.month_words(self.view.month)
        whose = self.tr("{} as rostered, whole city") if self.view.is_rostered else self.tr("{} as planned, whole city")
        self.said_of.say(whose.format(month))

    def _choose_span(self) -> None:
        self.dates.setVisible(MONTHS[self.span.currentIndex()] < 0)
        if not self.dates.isVisible():
            self.run()

    def stretch(self) -> tuple[dt.date | None, dt.date | None]:
        """Return the first and last day to replay; None leaves it to the log."""
        months = MONTHS[self.span.currentIndex()]
        view = self.view
        if view is None or view.last_logged is None or months == 12:
            return None, None
        if months < 0:
            return self.dates.first, self.dates.last
        if not months:
            return view.first_logged, view.last_logged
        return view.last_logged - dt.timedelta(days=round(months * 365.25 / 12) - 1), view.last_logged

    def run(self) -> None:
        """Replay in the background."""
        if self.view is None or self.view.last_logged is None:
            return
        first, last = self.stretch()
        month, now = self.view.month, self.view.at  # of the moment on view, whose teams are worked out
        self._run += 1
        self._clock.start()
        self._tick.start()
        self._say_elapsed()
        self.desk.ask(
            self,
            "backtest",
            lambda session: backtest(session, month, now=now, first=first, last=last),
            partial(self._show, self._run),
            partial(self._fail, self._run),
        )

    def discard(self) -> None:
        """Stop waiting: the answer under way is thrown away."""
        if self._tick.isActive():
            self._end()
            self._run += 1
            self._say(self.tr("Stopped; nothing was replayed.") if self.found is None else self.tr("Stopped."))

    def _end(self) -> None:
        self._tick.stop()
        self.stop.hide()
        self.again.show()
        self.again.setText(self.tr("Run again"))

    def _say_elapsed(self) -> None:
        seconds = self._clock.elapsed() / 1000
        if seconds < 0.5:
            return
        self.again.hide()
        self.stop.show()
        self._say(self.tr("Replaying the log: {:.0f} s").format(seconds))

    def _say(self, words: str, kind: str = "secondary") -> None:
        self.said.say(words, kind)
        self.said.setVisible(bool(words))

    def _fail(self, run: int, words: str) -> None:
        if run == self._run:
            self._end()
            self.found = None
            self.rows.hide()
            self.verdict.hide()
            self._say(words, "bad")

    def _show(self, run: int, found: Backtest) -> None:
        if run != self._run:
            return
        self._end()
        self.found = found
        self._month = self.view.month if self.view else ""
        left_out = self.tr("{:,} calls without a time of day were left out.").format(found.without_time)
        self._say(left_out if found.without_time else "")
        self.rows.show_found(found)
        self.rows.show()
        self.verdict.show_found(found)
        self.verdict.show()
