"""Two lists of care, each with its acts: debriefs and stand-downs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QInputDialog, QVBoxLayout, QWidget

from crt_scheduler import times
from crt_scheduler.care.stand_down import LONGEST_HOURS
from ui.care.care_table import LinesTable, cell
from ui.desk import Desk
from ui.list_model import Column
from ui.look import Look
from ui.parts import Button, sentence
from ui.today.today_words import clock, day_short

if TYPE_CHECKING:
    from crt_scheduler.care.debriefs import DebriefRow
    from crt_scheduler.care.stand_down import StandDownRow


def moment(at: dt.datetime, zone: times.Zone) -> str:
    """Return a moment as weekday, day and time."""
    return f"{day_short(times.local(at, zone).date())} {clock(at, zone)}"


def shift_words(key: str) -> str:
    """Return a shift in words, such as Sat 9 night, Valley."""
    date, template, area = key.split("/", 2)
    return f"{day_short(dt.date.fromisoformat(date))} {template}, {area}"


class CareList(QWidget):
    """A list with what it is for above it and its acts below; `go` asks the window for another place."""

    go = Signal(str, object)

    def __init__(self, desk: Desk, look: Look) -> None:
        super().__init__()
        self.desk, self.look = desk, look
        self.words = sentence("", "secondary")
        self.table = self.make_table()
        self.buttons = self.make_buttons()
        acts = QHBoxLayout()
        for button in self.buttons:
            acts.addWidget(button)
        acts.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.words)
        column.addWidget(self.table, 1)
        column.addLayout(acts)
        self.table.selectionModel().currentChanged.connect(lambda *_: self.offer())

    def make_table(self) -> LinesTable:
        """Make the list's table."""
        raise NotImplementedError

    def make_buttons(self) -> tuple[Button, ...]:
        """Make the acts on the chosen line, the usual one first."""
        raise NotImplementedError

    def offer(self) -> None:
        """Offer what the chosen line allows."""
        for button in self.buttons:
            button.setEnabled(self.table.chosen is not None)

    def show_lines(self, lines: Sequence[Any], words: str, columns: Sequence[Column[Any]] | None = None) -> None:
        """Show lines under a sentence."""
        self.words.say(words)
        self.table.show_lines(lines, columns)
        self.table.setVisible(bool(lines))
        for button in self.buttons:
            button.setVisible(bool(lines))
        self.offer()

    def button(self, words: str, act: Callable[[], object], kind: str = "") -> Button:
        """Return a button for an act on the chosen line."""
        found = Button(words, kind)
        found.clicked.connect(lambda: act())
        return found

    def open_person(self) -> None:
        """Ask for the chosen person's page."""
        if self.table.chosen is not None:
            self.go.emit("people", self.table.chosen.person)


class Debriefs(CareList):
    """Who owes a debrief, and noting it as held."""

    def make_table(self) -> LinesTable:
        """Name, call and when it is due."""
        return LinesTable(self.look, self.tr("Debriefs that are owed"), self._columns(times.Zone("UTC")))

    def _columns(self, zone: times.Zone) -> tuple[Column[Any], ...]:
        return (
            cell(self.tr("Person"), lambda row: row.name, 190, is_name=True),
            cell(self.tr("Call"), lambda row: row.call, 110),
            cell(self.tr("Why"), lambda row: row.hard, 160),
            cell(self.tr("Due"), lambda row: self._due(row, zone), is_pressing=lambda row: row.is_overdue),
        )

    def make_buttons(self) -> tuple[Button, ...]:
        """Done, and the person's page."""
        return (
            self.button(self.tr("Debrief &done"), self.done, "primary"),
            self.button(self.tr("Open person"), self.open_person),
        )

    def show_rows(self, rows: Sequence[DebriefRow], zone: times.Zone) -> None:
        """Show what is owed."""
        words = self.tr("After a hard call a debrief comes before the next shift. Most overdue first.")
        self.show_lines(rows, words if rows else self.tr("Nobody owes a debrief."), self._columns(zone))

    def _due(self, row: DebriefRow, zone: times.Zone) -> str:
        when = moment(row.due, zone)
        words = self.tr("Overdue since {}").format(when) if row.is_overdue else when
        return self.tr("{0}, before {1}").format(words, shift_words(row.next_shift)) if row.next_shift else words

    def done(self) -> None:
        """Note the chosen debrief as held."""
        from crt_scheduler.care import debriefs

        row = self.table.chosen
        if row is not None:
            self.desk.do(debriefs.DONE(row.id, self.desk.who, self.desk.now()))


class StandDowns(CareList):
    """Who stands down, and lifting it."""

    def make_table(self) -> LinesTable:
        """Name, call, until when and what they still hold."""
        return LinesTable(self.look, self.tr("Stand-downs"), self._columns(times.Zone("UTC")))

    def _columns(self, zone: times.Zone) -> tuple[Column[Any], ...]:
        return (
            cell(self.tr("Person"), lambda row: row.name, 180, is_name=True),
            cell(self.tr("Call"), lambda row: row.call, 90),
            cell(self.tr("Why"), lambda row: row.hard, 150),
            cell(self.tr("Until"), lambda row: moment(row.end, zone), 110),
            cell(self.tr("Still holds"), self._held, is_pressing=self._is_held),
        )

    def make_buttons(self) -> tuple[Button, ...]:
        """Lift, find cover, and the person's page."""
        return (
            self.button(self.tr("&Lift the stand-down"), self.lift, "primary"),
            self.button(self.tr("Find &cover"), self.find_cover),
            self.button(self.tr("Longer or &shorter…"), self.ask_hours),
            self.button(self.tr("Open person"), self.open_person),
        )

    def offer(self) -> None:
        """Cover is found for a shift that is still held."""
        super().offer()
        row = self.table.chosen
        self.buttons[1].setEnabled(row is not None and bool(row.running or row.shifts))

    def show_rows(self, rows: Sequence[StandDownRow], zone: times.Zone) -> None:
        """Show who rests."""
        words = self.tr("Until then nobody calls them out and no roster counts on them. The lead may lift it.")
        self.show_lines(rows, words if rows else self.tr("Nobody stands down."), self._columns(zone))

    @staticmethod
    def _is_held(row: StandDownRow) -> bool:
        return bool(row.running or row.shifts)

    def _held(self, row: StandDownRow) -> str:
        rest = [self.tr("the rest of {}").format(shift_words(row.running))] if row.running else []
        shifts = "; ".join([*rest, *(shift_words(key) for key in row.shifts)])
        return self.tr("Find cover: {}").format(shifts) if shifts else self.tr("No shift")

    def lift(self) -> None:
        """Let the chosen person back on call."""
        from crt_scheduler.care import stand_down

        row = self.table.chosen
        if row is not None:
            self.desk.do(stand_down.LIFT(row.id, self.desk.who, self.desk.now()))

    def ask_hours(self) -> None:
        """Ask how many hours after the shift the chosen stand-down is to last."""
        row = self.table.chosen
        if row is None:
            return
        dialog = QInputDialog(self)
        dialog.setInputMode(QInputDialog.InputMode.IntInput)
        dialog.setWindowTitle(self.tr("Stand-down of {}").format(row.name))
        dialog.setLabelText(self.tr("Hours after the shift of the call"))
        dialog.setIntRange(1, LONGEST_HOURS)
        dialog.setIntValue(max(1, round((row.end - row.shift_end).total_seconds() / 3600)))
        dialog.intValueSelected.connect(lambda hours: self.change(row, hours))
        dialog.open()

    def change(self, row: StandDownRow, hours: int) -> None:
        """Let a stand-down last so many hours after the shift."""
        from crt_scheduler.care import stand_down

        self.desk.do(stand_down.CHANGE(row.id, hours))

    def find_cover(self) -> None:
        """Ask for the first shift that the chosen person still holds."""
        row = self.table.chosen
        if row is not None and (row.running or row.shifts):
            self.go.emit("roster", row.running or row.shifts[0])
