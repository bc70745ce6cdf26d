"""The solve drawer under the board: what a solve offers at each moment, and the panels that show it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QFrame, QStackedWidget, QVBoxLayout, QWidget

from crt_scheduler import times
from solver.result import Result
from ui import recall
from ui.desk import Desk
from ui.look import Look
from ui.parts import Line, Notice, Words, of_kind, secondary
from ui.solve import stages
from ui.solve.drawer_head import USUAL, SolveHead
from ui.solve.panels import CoursePanel, PlanPanel
from ui.solve.solving import Solving, State

LINES = 14
"""Lines of text that the unfolded body is high, whatever it shows: the board above must not jump."""
TICK = 250
"""Milliseconds between looks at the clock while a solve runs."""


class ReadyPanel(QWidget):
    """Two lines in the middle of an empty drawer."""

    def __init__(self) -> None:
        super().__init__()
        self.words = Words("", 12)
        self.more = secondary(
            self.tr(
                "Locked shifts and those that have begun stay as they are. Nothing is written until you apply the plan."
            )
        )
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addStretch(1)
        for part in (self.words, self.more):
            part.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(part)
        column.addStretch(1)

    def show_month(self, month: str) -> None:
        """Say what pressing Solve does for a month."""
        words = self.tr("Solve looks for the roster of {month} that misses the fewest calls.")
        self.words.setText(words.format(month=times.month_words(month)))


class SolveDrawer(QFrame):
    """Solves the month on view, shows how it goes and what it found, and applies it when told to."""

    go_to = Signal(str, str)
    """Asks the board to show a person (or nobody: "") and the key of a shift."""
    preview = Signal(object)
    """The places that the plan on view would change (tuple of planning.Difference); none: there is no plan."""
    is_busy_changed = Signal(bool)
    closed = Signal()

    def __init__(self, desk: Desk, look: Look) -> None:
        super().__init__()
        of_kind(self, "drawer")
        self.setAccessibleName(self.tr("Solve"))
        self.desk = desk
        self.solving = Solving(desk, self)
        seconds = recall.number(desk.settings, "solve_seconds", USUAL, least=1, most=24 * 3600)
        self.head, self.notice = SolveHead(look, seconds), Notice(look)
        self.ready, self.course, self.plan = ReadyPanel(), CoursePanel(look), PlanPanel(look)
        self.body, self._line = QStackedWidget(), Line()
        self._tick = QTimer(self, interval=TICK)
        self._was_busy, self._has_preview, self._stage = False, False, -1
        self._lay_out()
        self._wire()
        self.acts = (
            self._act(self.tr("Stop solving, keep the best plan"), "Ctrl+.", self.solving.stop),
            self._act(self.tr("Apply the plan"), "Ctrl+Return", self.solving.apply),
        )
        # Only from inside the drawer: elsewhere in the window the same keys may finish something else.
        self.acts[1].setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._enter(State.READY)

    def _lay_out(self) -> None:
        for panel in (self.ready, self.course, self.plan):
            self.body.addWidget(panel)
        self.body.setFixedHeight(LINES * self.fontMetrics().height())
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        for part, share in ((self.head, 0), (self._line, 0), (self.notice, 0), (self.body, 1)):
            whole.addWidget(part, share)

    def _wire(self) -> None:
        self.head.solve.connect(self.start)
        self.head.stop.connect(self.solving.stop)
        self.head.apply.connect(self.solving.apply)
        self.head.discard.connect(self.solving.discard)
        self.head.course.connect(lambda on: self.body.setCurrentWidget(self.course if on else self.plan))
        self.head.fold.connect(lambda: self.fold(self.body.isVisibleTo(self)))
        self.notice.acted.connect(self.start)
        self.course.chosen.connect(lambda shift: self.go_to.emit("", shift))
        self.plan.chosen.connect(self.go_to)
        self.solving.entered.connect(self._enter)
        self.solving.applied.connect(self._leave)
        self.solving.stepped.connect(self._show_course)
        self.solving.failed.connect(self._say_failed)
        self.solving.moved.connect(self._say_moved)
        self._tick.timeout.connect(self._show_course)
        self.desk.month_changed.connect(self._name_month)

    def _act(self, words: str, keys: str, act: object) -> QAction:
        found = QAction(words, self)
        found.setShortcut(QKeySequence(keys))
        found.triggered.connect(act)
        self.addAction(found)
        return found

    def commands(self) -> list[QAction]:
        """Return what the finder offers of the drawer; solving itself is the window's act (F5)."""
        return list(self.acts)

    @property
    def is_busy(self) -> bool:
        """Is a solve under way?"""
        return self.solving.is_busy

    def solve(self) -> None:
        """Show the drawer and begin, unless a solve is under way or a plan waits for its answer."""
        self.show()
        self.fold(False)
        if self.solving.state is State.READY:
            self.start()

    def start(self) -> None:
        """Solve the month on view."""
        self.window().installEventFilter(self)
        self.desk.settings.setValue("solve_seconds", self.head.seconds)
        self.solving.start(self.head.seconds)

    def fold(self, is_folded: bool) -> None:
        """Fold the body away, or unfold it."""
        self.body.setVisible(not is_folded)
        self._line.setVisible(not is_folded)
        self.head.show_folded(is_folded)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """End the solver when its window closes."""
        if event.type() == QEvent.Type.Close and watched is self.window():
            self._tick.stop()
            self.solving.leave()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Close the drawer on Escape, unless a solve is under way."""
        if event.key() == Qt.Key.Key_Escape and not self.is_busy:
            self._leave()
        else:
            super().keyPressEvent(event)

    def _leave(self) -> None:
        """Give the board the drawer's room: there is nothing left to do here."""
        self.hide()
        self.closed.emit()

    def _enter(self, state: State) -> None:
        """Show what a state offers, and give the keyboard to its first act if the drawer has it."""
        has_focus = self.isAncestorOf(QApplication.focusWidget() or self)
        self.notice.hide()
        self.head.show_state(state)
        self._name_month()
        self.body.setCurrentWidget({State.READY: self.ready, State.PLAN: self.plan}.get(state, self.course))
        if self.is_busy:
            self._tick.start()
            self._show_course()
        else:
            self._tick.stop()
        if state is State.STOPPING and not self.solving.course:
            words = self.tr("There is no plan to keep yet. The first one is shown as soon as it is there.")
            self.notice.say(words, kind="good")
        if state is State.PLAN:
            self._show_plan()
        elif self._has_preview:
            self._has_preview = False
            self.preview.emit(())
        if has_focus:
            self.head.focus_first()
        if self._was_busy != self.is_busy:
            self._was_busy = self.is_busy
            self.is_busy_changed.emit(self.is_busy)

    def _name_month(self) -> None:
        month = self.desk.month if self.solving.state is State.READY else self.solving.month
        self.head.title.setText(self.tr("Solve {month}").format(month=times.month_words(month)))
        self.ready.show_month(month)

    def _show_course(self) -> None:
        solving = self.solving
        self.head.show_progress(solving.state, solving.job.seconds, solving.reached)
        self.course.show_course(tuple(solving.course), solving.until, seats=solving.seats, reached=solving.reached)
        if self._stage != solving.reached and solving.state is State.RUNNING:
            self._stage = solving.reached
            self._announce(stages.waiting_for(solving.reached))

    def _show_plan(self) -> None:
        result, found = self.solving.result, self.solving.found
        assert result is not None and found is not None
        self.plan.show_plan(result, found)
        reached = stages.LAST if result.status == "optimal" else min(self.solving.reached + 1, stages.LAST - 1)
        self.head.show_end(self._plan_in_words(result), reached)
        self._announce(self._plan_in_words(result))
        if self.solving.kept_why:
            self.notice.say(self.solving.kept_why, self.tr("Solve again"), kind="warning")
            self._announce(self.solving.kept_why)
        # In a turn of its own: panel and board drawn in one would be felt as a hitch.
        QTimer.singleShot(0, self, self._offer_preview)

    def _offer_preview(self) -> None:
        found = self.solving.found
        if found is not None and found.differences:
            self._has_preview = True
            self.preview.emit(found.differences)

    def _plan_in_words(self, result: Result) -> str:
        words = self.tr("{filled} of {seats} seats filled").format(filled=result.filled, seats=result.seats)
        limit = stages.above_limit(result.objective, result.bound)
        return f"{words}, {limit}" if limit else words

    def _say_failed(self, sentence: str) -> None:
        self.notice.say(sentence, self.tr("Solve again"))
        self._announce(sentence)

    def _say_moved(self) -> None:
        words = self.tr("The roster changed while solving. Solve again to apply.")
        self.head.apply_button.setEnabled(False)
        self.notice.say(words, self.tr("Solve again"), kind="warning")
        self._announce(words)

    def _announce(self, words: str) -> None:
        """Have words read out to those who listen to the screen."""
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))
