"""The first steps of a new team: what is done, what comes next, what may be left for later."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QWidget

from ui.look import Look
from ui.parts import Button, Card, Words, secondary

if TYPE_CHECKING:
    from crt_scheduler.today import Step


class StepsCard(Card):
    """The checklist. `chosen` carries the step whose act is asked for; `sample` asks for the sample city.

    `closed`: the person needs it no more.
    """

    chosen = Signal(object)
    closed = Signal()
    sample = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(self.tr("First steps"))
        self._look = look
        self._shown: tuple[Step, ...] | None = None
        self.acts: dict[str, Button] = {}
        self._rows = QWidget()
        self.open_sample = Button(self.tr("Open the sample city"), "link")
        self.open_sample.clicked.connect(self.sample)
        self.body.addWidget(self._rows)
        self.close_button = Button("", "flat", tip=self.tr("Close the first steps"))
        self.close_button.with_icon(look, "close", "secondary")
        self.close_button.clicked.connect(self.closed)
        self.head.addWidget(self.close_button)
        foot = QHBoxLayout()
        foot.addWidget(secondary(self.tr("Or look around first:")))
        foot.addWidget(self.open_sample)
        foot.addStretch(1)
        self._foot = QWidget()
        foot.setContentsMargins(0, 0, 0, 0)
        self._foot.setLayout(foot)
        self.body.addWidget(self._foot)

    def show_steps(self, steps: tuple[Step, ...]) -> None:
        """Show the steps; the next one has the primary button, one that may wait a plain one."""
        if steps == self._shown:
            return
        self._shown = steps
        self.acts = {}
        done = sum(step.done for step in steps)
        self.note.say(self.tr("{} of {} done").format(done, len(steps)))
        following = next((step for step in steps if not step.done and not step.skippable), None)
        rows, grid = QWidget(), QGridLayout()
        rows.setLayout(grid)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        for n, step in enumerate(steps):
            self._row(grid, n, step, is_next=step is following)
        self._foot.setVisible(done <= 1)
        self.body.replaceWidget(self._rows, rows)
        rows.show()
        self._rows.hide()
        self._rows.deleteLater()
        self._rows = rows

    def forget(self) -> None:
        """Draw everything anew the next time: the palette is another."""
        self._shown = None

    def _row(self, grid: QGridLayout, n: int, step: Step, *, is_next: bool) -> None:
        mark = QLabel()
        name, said = self.names(step.kind)
        if step.done:
            mark.setPixmap(self._look.icon("check", "good").pixmap(16, 16))
            mark.setAccessibleName(self.tr("done"))
        else:
            mark.setText(str(n + 1))
            mark.setAccessibleName(self.tr("not done"))
        mark.setAlignment(Qt.AlignmentFlag.AlignCenter | Qt.AlignmentFlag.AlignTop)
        mark.setMinimumWidth(18)
        grid.addWidget(mark, n, 0)
        if step.done:
            grid.addWidget(Words(name, kind="secondary"), n, 1)
            detail = secondary(step.sentence)
            grid.addWidget(detail, n, 2, Qt.AlignmentFlag.AlignRight)
            return
        detail = secondary(self._may_wait(step) if step.skippable else step.sentence)
        detail.setWordWrap(True)
        text = QGridLayout()
        text.setVerticalSpacing(0)
        text.addWidget(Words(name, bold=is_next), 0, 0)
        text.addWidget(detail, 1, 0)
        grid.addLayout(text, n, 1)
        if is_next or step.skippable:
            act = Button(said, "primary" if is_next else "link")
            act.clicked.connect(lambda: self.chosen.emit(step))
            self.acts[step.kind] = act
            grid.addWidget(act, n, 2, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

    def _may_wait(self, step: Step) -> str:
        return self.tr("May wait. {}").format(step.sentence)

    def names(self, kind: str) -> tuple[str, str]:
        """Return a step's name and the words of its button."""
        return {
            "set_up": (self.tr("Set up the team"), self.tr("Set up…")),
            "people": (self.tr("Add the people"), self.tr("Import people…")),
            "availability": (self.tr("When people can"), self.tr("Import…")),
            "incidents": (self.tr("The log of calls"), self.tr("Import…")),
            "roster": (self.tr("Solve the month"), self.tr("Solve")),
            "published": (self.tr("Publish it"), self.tr("Publish…")),
        }[kind]
