"""Who would gain and lose which shifts, those who must be phoned first."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView

from crt_scheduler.board.solve_preview import PersonChange
from crt_scheduler.planning import Difference
from solver.wording import say_date
from ui.list_model import Column, ListModel, set_widths
from ui.look import Look
from ui.solve.tables import LinedDelegate, SolveTable
from ui.words import tr

GAINS, LOSES, PHONE = range(1, 4)


def columns(look: Look) -> tuple[Column[PersonChange], ...]:
    """Return what is shown of a person: the shifts gained, the shifts lost, and whether a phone call is owed."""
    return (
        Column(head=tr("Person"), words=lambda change: change.name, wide=150),
        Column(head=tr("Gains"), words=lambda change: shifts_in_words(change.adds)),
        Column(head=tr("Loses"), words=lambda change: shifts_in_words(change.drops)),
        Column(
            head=tr("Phone"),
            words=lambda change: tr("Must be phoned") if change.must_be_phoned else "",
            colour=lambda change: "warning" if change.must_be_phoned else "",
            icon=lambda change: look.icon("phone", "warning") if change.must_be_phoned else None,
            wide=136,
        ),
    )


def sentence(change: PersonChange) -> str:
    """Return the whole change of one person, shift by shift."""
    gains = tr("{name} gains {shifts}.").format(name=change.name, shifts=shifts_in_words(change.adds, full=True))
    loses = tr("{name} loses {shifts}.").format(name=change.name, shifts=shifts_in_words(change.drops, full=True))
    parts = [gains] if change.adds else []
    parts += [loses] if change.drops else []
    if change.must_be_phoned:
        told = tr("Counts on {shifts}: must be phoned.")
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
        self.changes = ListModel(columns(look), look, sentence=sentence, parent=self)
        self.setModel(self.changes)
        self.setItemDelegate(LinedDelegate(look, self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        set_widths(self, self.changes.columns)
        for column in (GAINS, LOSES):
            self.horizontalHeader().setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        self.clicked.connect(self._choose)
        self.activated.connect(self._choose)
        look.changed.connect(self.viewport().update)

    def show_people(self, people: tuple[PersonChange, ...]) -> None:
        """Show who gains and loses what; the column for phone calls is there while one is owed."""
        self.changes.fill(people)
        self.setColumnHidden(PHONE, not any(change.must_be_phoned for change in people))

    def _choose(self, index: QModelIndex) -> None:
        change = self.changes.rows[index.row()]
        first = min(row.shift for row in (*change.adds, *change.drops))
        self.chosen.emit(change.person, first)
