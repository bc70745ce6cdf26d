"""The first run's dialog: two ways to begin, each one click or key away."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from crt_scheduler.places import default_database
from ui.desk import Desk
from ui.dropped import dropped_file, let_through
from ui.first_run.new_team_form import NewTeamCard
from ui.first_run.sample import SampleCard
from ui.look import Look
from ui.parts import sentence, title

SIZE = (880, 500)


class FirstRun(QDialog):
    """Set up a new team, or open the sample city; `folder` is where both are kept, by default the person's own."""

    brought = Signal(object)
    """A list of people was dropped and the team is set up: its path, to be imported next."""

    def __init__(self, desk: Desk, look: Look, parent: QWidget | None = None, *, folder: Path | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.file: Path | None = None
        self._is_opening = False
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAcceptDrops(True)
        self.setWindowTitle(self.tr("CRT Scheduler"))
        self.resize(*SIZE)
        self.team = NewTeamCard(desk, self._free(folder))
        self.sample = SampleCard(desk, look, folder=folder)
        for card in (self.team, self.sample):
            card.made.connect(self._open)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self.team, 3)
        row.addWidget(self.sample, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 20)
        column.setSpacing(12)
        column.addWidget(title(self.tr("Who is on call tonight?"), 15))
        column.addWidget(
            sentence(
                self.tr("Bring the team's people (drop the list here), solve a month, publish it to their calendars.")
            )
        )
        column.addLayout(row, 1)
        self.team.button.setDefault(True)
        let_through(self)
        desk.opened.connect(self._opened)
        desk.lost.connect(self._lost)

    def _free(self, folder: Path | None) -> Path:
        """Return a file that is not there yet: the one the window was asked to open, or the next beside it."""
        wanted = self.desk.path if self.desk.path.suffix else default_database()
        found = wanted if folder is None else folder / wanted.name
        number = 2
        while found.exists():
            found, number = wanted.with_name(f"{wanted.stem}-{number}{wanted.suffix}"), number + 1
            found = found if folder is None else folder / found.name
        return found

    def open_sample(self) -> None:
        """Open the sample city at once."""
        self.sample.open_city()

    def _open(self, path: Path) -> None:
        """Open what was made; the dialog stays until it is open, and says why if it cannot be."""
        self.desk.settings.setValue("place", "today")
        self._is_opening = True
        self.desk.open(path)

    def _opened(self) -> None:
        if self._is_opening:
            self._is_opening = False
            if self.file is not None:
                self.brought.emit(self.file)
            self.close()

    def _lost(self, words: str) -> None:
        if self._is_opening:
            self._is_opening = False
            self.team.refused(words)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        """Take a list of people that is dragged in."""
        if dropped_file(event.mimeData()) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        """Keep the list that was dropped: it is imported once the team is set up."""
        self.file = dropped_file(event.mimeData())
        if self.file is not None:
            event.acceptProposedAction()
            self.team.expect(self.file)

    def reject(self) -> None:
        """Close on Escape as on the cross; what is being made is stopped, and nothing half made is left."""
        self.sample.end()
        super().reject()
