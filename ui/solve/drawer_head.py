"""The drawer's head: what is solved, how far it is, how long to search, and the acts of the moment."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from ui.look import Look
from ui.parts import Button, secondary, title
from ui.solve.solving import State
from ui.solve.stage_row import Steps
from ui.solve.stages import clock

HEIGHT = 44
CHOICES = (20, 60, 300)
USUAL = 60


class SolveHead(QWidget):
    """One row of the drawer; `show_acts` decides which buttons are there."""

    solve = Signal()
    stop = Signal()
    apply = Signal()
    discard = Signal()
    course = Signal(bool)
    fold = Signal()

    def __init__(self, look: Look, seconds: int) -> None:
        super().__init__()
        self.setMinimumHeight(HEIGHT)
        self._look = look
        self.title = title("", 12.75)
        self.steps = Steps(look)
        self.note = secondary("")
        self.length = _lengths(seconds)
        self._length_words = secondary(self.tr("Sea&rch for"))
        self._length_words.setBuddy(self.length)
        self.solve_button = Button(self.tr("Solve"), "primary").with_icon(look, "play")
        self.stop_button = Button(self.tr("Stop, keep best"), "primary").with_icon(look, "stop")
        self.course_button = Button(self.tr("Course"), tip=self.tr("Show how the search went instead of the plan"))
        self.course_button.setCheckable(True)
        self.apply_button = Button(self.tr("Apply plan"), "primary")
        self.discard_button = Button(self.tr("Discard"))
        self.fold_button = Button("", "flat", tip=self.tr("Fold the drawer")).with_icon(look, "down", "secondary")
        self.solve_button.setToolTip(self.tr("F5"))
        self.stop_button.setToolTip(self.tr("Ctrl+."))
        self._wire()
        self._lay_out()

    def _wire(self) -> None:
        for button, signal in (
            (self.solve_button, self.solve),
            (self.stop_button, self.stop),
            (self.apply_button, self.apply),
            (self.discard_button, self.discard),
            (self.fold_button, self.fold),
        ):
            button.clicked.connect(signal)
        self.course_button.toggled.connect(self.course)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 12, 0)
        row.setSpacing(12)
        row.addWidget(self.title)
        row.addSpacing(8)
        row.addWidget(self.steps)
        row.addStretch(1)
        for part in (self.note, self._length_words, self.length, self.course_button, self.discard_button):
            row.addWidget(part)
        for part in (self.solve_button, self.stop_button, self.apply_button, self.fold_button):
            row.addWidget(part)

    def show_state(self, state: State) -> None:
        """Show the acts that make sense now; how long to search can be chosen while solving can be begun."""
        is_ready, is_plan = state is State.READY, state is State.PLAN
        beginning: tuple[QWidget, ...] = (self.solve_button, self.length, self._length_words)
        course: tuple[QWidget, ...] = (self.steps, self.note, self.apply_button)
        for part in (*beginning, *course):
            part.setVisible(is_ready == (part in beginning))
        self.stop_button.setVisible(not is_ready and not is_plan)
        self.stop_button.setEnabled(state is State.RUNNING)
        self.apply_button.setEnabled(is_plan)
        self.discard_button.setVisible(is_plan)
        self.course_button.setVisible(is_plan)
        self.course_button.setChecked(False)
        self.note.setText("")
        self._fit()

    def focus_first(self) -> None:
        """Give the keyboard to the act of the moment."""
        acts = (self.stop_button, self.apply_button, self.solve_button)
        first = next((button for button in acts if button.isVisible() and button.isEnabled()), self.fold_button)
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Shorten the stages where their names have no room."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        row = self.layout()
        assert row is not None
        others = row.sizeHint().width() - self.steps.sizeHint().width()
        self.steps.show_short(others + self.steps.full_width > self.width())

    def show_progress(self, state: State, seconds: float, reached: int) -> None:
        """Show how long it has been at work, and at which stage it is."""
        words = {
            State.READING: self.tr("Reading the records"),
            State.STOPPING: self.tr("Keeping the best, {time}"),
        }.get(state, self.tr("Running {time}"))
        self.note.setText(words.format(time=clock(seconds)))
        self.steps.show_reached(reached)

    def show_end(self, words: str, reached: int) -> None:
        """Say what was found, and which stages were gone through."""
        self.note.setText(words)
        self.steps.show_reached(reached, is_over=True)
        self._fit()

    def show_folded(self, is_folded: bool) -> None:
        """Point the arrow where it leads."""
        name = self.tr("Unfold the drawer") if is_folded else self.tr("Fold the drawer")
        self.fold_button.with_icon(self._look, "up" if is_folded else "down", "secondary")
        self.fold_button.setAccessibleName(name)
        self.fold_button.setToolTip(name)

    @property
    def seconds(self) -> int:
        """How long to search."""
        return int(self.length.currentData())


def _lengths(seconds: int) -> QComboBox:
    """Return the choice of how long to search, the given one chosen if it is there."""
    found = QComboBox()
    words = (
        QCoreApplication.translate("Solve", "20 seconds"),
        QCoreApplication.translate("Solve", "1 minute"),
        QCoreApplication.translate("Solve", "5 minutes"),
    )
    for name, seconds in zip(words, CHOICES, strict=True):
        found.addItem(name, seconds)
    found.setCurrentIndex(CHOICES.index(seconds if seconds in CHOICES else USUAL))
    found.setAccessibleName(QCoreApplication.translate("Solve", "How long to search"))
    return found
