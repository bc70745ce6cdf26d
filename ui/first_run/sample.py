"""The sample city in one click: made beside the team's own records, with steps, elapsed time and Stop."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar

from crt_scheduler.places import sample_database
from ui.desk import Desk, next_month
from ui.first_run.city_making import CityJob
from ui.look import Look
from ui.parts import Button, Card, sentence
from ui.today.today_words import month_words


class SampleCard(Card):
    """The way to look around. `made` carries the path of the city's records."""

    made = Signal(object)

    def __init__(self, desk: Desk, look: Look, *, folder: Path | None = None) -> None:
        super().__init__(self.tr("Look around first"))
        self.desk = desk
        self.month = next_month(desk.now().date())
        self.path = sample_database(self.month, folder)
        self.job = CityJob(self)
        words = self.tr(
            "A made-up city with 290 people, a year of calls and duties, and {} to plan. Nothing in it is real, and it "
            "is kept apart from your own records."
        )
        self.body.addWidget(sentence(words.format(month_words(self.month))))
        self.state, self.fault = sentence("", "secondary"), sentence("", "bad")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("Steps of making the sample city"))
        self.button = Button(self.tr("Open the sample city")).with_icon(look, "team")
        self.stop = Button(self.tr("Stop")).with_icon(look, "stop")
        self.button.clicked.connect(self.open_city)
        self.stop.clicked.connect(self.end)
        self.body.addStretch(1)
        for part in (self.state, self.bar, self.fault):
            self.body.addWidget(part)
            part.hide()
        acts = QHBoxLayout()
        acts.addStretch(1)
        acts.addWidget(self.stop)
        acts.addWidget(self.button)
        self.body.addLayout(acts)
        self.stop.hide()
        self._step = self.tr("starting")
        self._number, self._steps = 0, 1
        self._tick = QTimer(self, interval=1000)
        self._tick.timeout.connect(self._say)
        self.job.stepped.connect(self._stepped)
        self.job.finished.connect(self._finished)
        self.job.failed.connect(self._failed)

    def open_city(self) -> None:
        """Open the city that is there, else make it first."""
        if self.job.is_running:
            return
        self.fault.hide()
        if self.path.exists():
            self.made.emit(self.path)
            return
        self._number, self._steps, self._step = 0, 7, self.tr("starting")
        self._show_running(is_running=True)
        self.job.start(self.path, month=self.month, now=self.desk.now(), who=self.desk.who)
        self._say()

    def end(self) -> None:
        """Stop the making; nothing of it is left."""
        if self.job.is_running:
            self.job.stop()
            self._show_running(is_running=False)
            self.state.say(self.tr("Stopped. Nothing was left behind."))
            self.state.show()
            self.button.setFocus()

    def _show_running(self, *, is_running: bool) -> None:
        for part in (self.state, self.bar, self.stop):
            part.setVisible(is_running)
        self.button.setVisible(not is_running)
        if is_running:
            self._tick.start()
            self.stop.setFocus()
        else:
            self._tick.stop()

    def _stepped(self, number: int, steps: int, step: str) -> None:
        names = {
            "write": self.tr("inventing the city"),
            "set_up": self.tr("setting up the programme"),
            "people": self.tr("importing people"),
            "availability": self.tr("importing when they can"),
            "incidents": self.tr("importing a year of incidents"),
            "roster": self.tr("importing a year of duties"),
            "calls": self.tr("importing a year of calls"),
            "answers": self.tr("importing who answered them"),
            "hours": self.tr("importing a year of hours"),
            "place": self.tr("putting it in place"),
        }
        self._number, self._steps, self._step = number, steps, names.get(step, step)
        self._say()

    def _say(self) -> None:
        self.bar.setRange(0, self._steps)
        self.bar.setValue(self._number)
        seconds = self.job.seconds
        words = self.tr("{} of {}: {}, {}:{:02d}")
        self.state.say(words.format(self._number + 1, self._steps, self._step, seconds // 60, seconds % 60))

    def _finished(self, path: Path) -> None:
        self._show_running(is_running=False)
        self.made.emit(path)

    def _failed(self, words: str) -> None:
        self._show_running(is_running=False)
        self.fault.say(words)
        self.fault.show()
