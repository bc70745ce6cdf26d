"""Relief: how many go at a time and for how long; who takes which block, rested; and sending one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from crt_scheduler import times
from crt_scheduler.calls.typed_times import coming
from ui.care.care_table import LinesTable, cell
from ui.care.lists import moment
from ui.list_model import Column
from ui.look import Look
from ui.parts import Button, Field, sentence, title
from ui.words import tr

if TYPE_CHECKING:
    import datetime as dt

    from crt_scheduler.call_out.relief import Wave

PEOPLE, WAVES, HOURS = (2, 3, 4, 6, 8, 10, 12, 16, 20, 30), (1, 2, 3, 4, 6, 8, 10, 14), (2, 3, 4, 6, 8, 10, 12)


class WavesPart(QWidget):
    """The waves of relief as they stand with the answers so far; `asked` wants them worked out anew."""

    asked = Signal()
    sent = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.boxes = tuple(_choice(*each) for each in ((PEOPLE, 4), (WAVES, 3), (HOURS, 12)))
        self.begin = QLineEdit()
        self.begin.setPlaceholderText(tr("now"))
        self.fields = {
            "size": Field(tr("People in a wave"), self.boxes[0]),
            "waves": Field(tr("Waves"), self.boxes[1]),
            "hours": Field(tr("Hours of each"), self.boxes[2]),
            "begin": Field(tr("From"), self.begin),
        }
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        for n, field in enumerate(self.fields.values()):
            grid.addWidget(field, 0, n, Qt.AlignmentFlag.AlignTop)
            grid.setColumnStretch(n, 1)
        self.words = sentence("", "secondary")
        self.table = LinesTable(look, tr("Waves of relief"), _columns(times.Zone("UTC")))
        self.send_button = Button(tr("Send this wave"), "primary")
        self.send_button.clicked.connect(self.sent)
        foot = QHBoxLayout()
        foot.addWidget(self.send_button)
        foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(title(tr("Relief")))
        column.addLayout(grid)
        column.addWidget(self.words)
        column.addWidget(self.table, 1)
        column.addLayout(foot)
        for box in self.boxes:
            box.activated.connect(lambda _: self.asked.emit())
        self.begin.editingFinished.connect(self.asked)
        self.table.selectionModel().currentChanged.connect(lambda *_: self._offer())

    def show_waves(self, waves: tuple[Wave, ...], zone: times.Zone) -> None:
        """Show who would take which block."""
        self.words.say(
            tr("Nobody serves over 12 hours or without 12 hours of rest. Nothing is written until you send.")
        )
        self.table.show_lines(waves, _columns(zone))
        self._offer()

    def say_fault(self, words: str) -> None:
        """Say why no waves can be planned; what was planned before goes."""
        self.words.say(words)
        self.table.show_lines([])
        self._offer()

    @property
    def wave(self) -> Wave | None:
        """The chosen wave."""
        found: Wave | None = self.table.chosen
        return found

    def _offer(self) -> None:
        self.send_button.setEnabled(self.wave is not None and bool(self.wave.people))

    def start(self, *, now: dt.datetime, zone: times.Zone) -> dt.datetime:
        """Return when the first wave begins; raises CrtError for what is no time."""
        return coming(self.begin.text(), now=now, zone=zone)


def _columns(zone: times.Zone) -> tuple[Column[Wave], ...]:
    return (
        cell(tr("From"), lambda wave: moment(wave.start, zone), 112, is_name=True),
        cell(tr("Who, lead first"), lambda wave: ", ".join(one.name for one in wave.people), 190),
        cell("", lambda wave: wave.sentence, is_pressing=lambda wave: wave.missing > 0),
    )


def _choice(numbers: tuple[int, ...], usual: int) -> QComboBox:
    box = QComboBox()
    for number in numbers:
        box.addItem(str(number), number)
    box.setCurrentIndex(numbers.index(usual))
    return box
