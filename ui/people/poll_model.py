"""A file of availability as a table model: a row for each person, a column for each day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from crt_scheduler import times
from crt_scheduler.imports.people_by_dates import ASKED, MIXED, OPEN, SURE, Day, Mark, Poll, PollPerson
from ui.people.people_words import day_date_words, grade_words, weekday_words
from ui.words import tr

Index = QModelIndex | QPersistentModelIndex
MARK = Qt.ItemDataRole.UserRole
"""The role under which a cell gives the grade to draw, or nothing."""
BY_HAND = Qt.ItemDataRole.UserRole + 1
"""Was the cell set here, in place of what the file says?"""
DAY = Qt.ItemDataRole.UserRole + 2
PERSON = Qt.ItemDataRole.UserRole + 3
SIGNS = {"free": "y", "wants": "w", "prefers": "p", "rather_not": "i", "cannot": "n", OPEN: "?", MIXED: "±"}


def mark_words(grade: str) -> str:
    """Return what a mark means."""
    known = {OPEN: tr("not known yet"), MIXED: tr("differs by the hour")}
    return known.get(grade) or grade_words(grade)


def doubt_words(person: PollPerson) -> str:
    """Return what is in doubt about whose row it is, or nothing."""
    if person.state == SURE:
        return ""
    return tr("who is this?") if person.state == ASKED else tr("nobody is called so")


def day_words(day: Day) -> str:
    """Return a column's day in full."""
    return weekday_words(day.weekday) if day.date is None else day_date_words(day.date)


class PollModel(QAbstractTableModel):
    """What each person says of each day, as the file has it."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.poll = Poll((), ())
        self.by_hand: frozenset[tuple[int, str]] = frozenset()
        self.free: tuple[int, ...] = ()

    def fill(self, poll: Poll, by_hand: Collection[tuple[int, str]] = ()) -> None:
        """Show another table; where it is of the same people and days, the cell one is on stays."""
        is_same = (poll.days, _lines(poll)) == (self.poll.days, _lines(self.poll))
        if not is_same:
            self.beginResetModel()
        self.poll, self.by_hand = poll, frozenset(by_hand)
        self.free = tuple(poll.free(n) for n in range(len(poll.days)))
        if not is_same:
            self.endResetModel()
        elif poll.people and poll.days:
            self.dataChanged.emit(self.index(0, 0), self.index(len(poll.people) - 1, len(poll.days) - 1))
            self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, len(poll.people) - 1)

    def person(self, row: int) -> PollPerson:
        """Return whose row it is."""
        return self.poll.people[row]

    def mark(self, index: Index) -> Mark | None:
        """Return what a cell holds."""
        return self.poll.people[index.row()].marks.get(index.column())

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802
        """Return how many people there are."""
        return 0 if parent.isValid() else len(self.poll.people)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802
        """Return how many days there are."""
        return 0 if parent.isValid() else len(self.poll.days)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the mark to draw; in words whose, when and what."""
        if role == MARK:
            mark = self.mark(index)
            return None if mark is None else mark.grade
        if role == BY_HAND:
            return self.poll.people[index.row()].cells.get(index.column()) in self.by_hand
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return self._words(index)
        return None

    def _words(self, index: Index) -> str:
        person, mark, day = self.person(index.row()), self.mark(index), self.poll.days[index.column()]
        said = (
            tr("nothing said")
            if mark is None
            else "; ".join(_part_words(*part, self.poll.zone.clock) for part in mark.parts)
        )
        hand = f", {tr('set here')}" if index.data(BY_HAND) else ""
        return f"{person.name}, {day_words(day)}: {said}{hand}"

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return names and days."""
        if orientation == Qt.Orientation.Vertical:
            person = self.poll.people[section]
            if role == PERSON:
                return person
            words = (person.name, doubt_words(person), tr("says nothing") if person.is_silent else "")
            is_long = role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole)
            if is_long:
                return ", ".join(word for word in words if word)
            return person.name if role == Qt.ItemDataRole.DisplayRole else None
        day = self.poll.days[section]
        if role == DAY:
            return day
        if role == Qt.ItemDataRole.DisplayRole:
            number = "" if day.date is None else f" {day.date.day}"
            return f"{weekday_words(day.weekday, short=True)}{number}"
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return tr("{}: {} free").format(day_words(day), self.free[section])
        return None


def _lines(poll: Poll) -> tuple[tuple[int, ...], ...]:
    return tuple(person.lines for person in poll.people)


def _part_words(hours: tuple[dt.time | None, dt.time | None], grade: str, text: str, clock: times.Clock) -> str:
    start, end = hours
    when = (
        f"{times.clock_words(start, clock)}–{times.clock_words(end, clock)} "
        if start is not None and end is not None
        else ""
    )
    return f"{when}{tr('“{}”, open').format(text) if grade == OPEN else grade_words(grade)}"
