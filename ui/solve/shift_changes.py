"""Who would gain and lose which shifts, those who must be phoned first."""

from __future__ import annotations

import datetime as dt
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView

from crt_scheduler.board.solve_preview import PersonChange
from crt_scheduler.planning import Difference
from solver.wording import say_date
from ui.look import Look
from ui.solve.tables import Index, LinedDelegate, SolveTable

NAME, GAINS, LOSES, PHONE = range(4)


class ChangesModel(QAbstractTableModel):
    """One person a row: the shifts gained, the shifts lost, and whether a phone call is owed."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.people: tuple[PersonChange, ...] = ()

    def show_people(self, people: tuple[PersonChange, ...]) -> None:
        """Show other people."""
        self.beginResetModel()
        self.people = people
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802
        """One row a person."""
        return 0 if parent.isValid() else len(self.people)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802
        """Person, gains, loses, phone."""
        return 0 if parent.isValid() else 4

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:  # noqa: N802
        """Return the columns' names."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (self.tr("Person"), self.tr("Gains"), self.tr("Loses"), self.tr("Phone"))[section]
        return None

    def data(self, index: Index, role: int = 0) -> Any:
        """Return a cell's words, its whole sentence, or the colour and icon of a phone call."""
        change = self.people[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._words(change, index.column())
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleDescriptionRole):
            return self._sentence(change)
        if change.must_be_phoned and index.column() == PHONE:
            if role == Qt.ItemDataRole.ForegroundRole:
                return self._look.colour("warning")
            if role == Qt.ItemDataRole.DecorationRole:
                return self._look.icon("phone", "warning")
        return None

    def _words(self, change: PersonChange, column: int) -> str:
        phone = self.tr("Must be phoned") if change.must_be_phoned else ""
        return (change.name, shifts_in_words(change.adds), shifts_in_words(change.drops), phone)[column]

    def _sentence(self, change: PersonChange) -> str:
        """Return the whole change of one person, shift by shift."""
        gains = self.tr("{name} gains {shifts}.").format(
            name=change.name, shifts=shifts_in_words(change.adds, full=True)
        )
        loses = self.tr("{name} loses {shifts}.").format(
            name=change.name, shifts=shifts_in_words(change.drops, full=True)
        )
        parts = [gains] if change.adds else []
        parts += [loses] if change.drops else []
        if change.must_be_phoned:
            told = self.tr("Counts on {shifts}: must be phoned.")
            parts.append(told.format(shifts=shifts_in_words(change.promised, full=True)))
        return " ".join(parts)


def shifts_in_words(rows: tuple[Difference, ...], *, full: bool = False) -> str:
    """Return shifts as people read them: "1 night, 9 day"; in full with weekday, month and area."""
    words = []
    for row in rows:
        day, template, area = row.shift.split("/", 2)
        date = dt.date.fromisoformat(day)
        words.append(f"{say_date(date, 'weekday day')} {template} {area}" if full else f"{date.day} {template}")
    return ", ".join(words)


class ChangesTable(SolveTable):
    """The difference per person; a click or Enter asks for the person's first changed shift on the board."""

    chosen = Signal(str, str)
    """A person's code and the key of a shift."""

    def __init__(self, look: Look) -> None:
        super().__init__(self.tr("What changes for whom"))
        self.changes = ChangesModel(look)
        self.setModel(self.changes)
        self.setItemDelegate(LinedDelegate(look, self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setColumnWidth(NAME, 150)
        self.setColumnWidth(PHONE, 136)
        for column in (GAINS, LOSES):
            self.horizontalHeader().setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        self.clicked.connect(self._choose)
        self.activated.connect(self._choose)
        look.changed.connect(self.viewport().update)

    def show_people(self, people: tuple[PersonChange, ...]) -> None:
        """Show who gains and loses what; the column for phone calls is there while one is owed."""
        self.changes.show_people(people)
        self.setColumnHidden(PHONE, not any(change.must_be_phoned for change in people))

    def _choose(self, index: QModelIndex) -> None:
        change = self.changes.people[index.row()]
        first = min(row.shift for row in (*change.adds, *change.drops))
        self.chosen.emit(change.person, first)
