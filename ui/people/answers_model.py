"""How everybody stands with their answer for a month, as a table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from crt_scheduler import times
from crt_scheduler.month_answers import PersonAnswer
from ui.people.people_words import date_words
from ui.words import tr

Index = QModelIndex | QPersistentModelIndex
COLUMNS = ("name", "asked", "answered", "how")
WIDTHS = (220, 200, 120, 260)


def asked_words(who: PersonAnswer, zone: str) -> str:
    """Return when somebody was asked."""
    asked = [_day(at, zone) for at in (who.asked, who.asked_again) if at]
    return tr(" and ").join(asked)


def source_words(who: PersonAnswer) -> str:
    """Return how somebody answered, or why they have not."""
    if not who.has_answered:
        if who.status != "leave":
            return tr("has not answered") if who.asked else tr("not asked yet")
        return tr("on leave until {}").format(date_words(who.status_until)) if who.status_until else tr("on leave")
    known = {
        "file": tr("by a file"),
        "sheet": tr("by an availability sheet"),
        "typed": tr("typed here"),
        "own": tr("at the responder's desk"),
        "said": tr("told you"),
        "record": tr("on record before"),
    }
    how = known.get(who.source, who.source)
    return tr("{}, for every week").format(how) if who.state == "week" else how


def _day(at: dt.datetime, zone: str) -> str:
    return date_words(times.local(at, zone).date())


class AnswersModel(QAbstractTableModel):
    """One row a person."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.people: tuple[PersonAnswer, ...] = ()
        self.zone = "UTC"

    def fill(self, people: Iterable[PersonAnswer], zone: str) -> None:
        """Show these people."""
        self.beginResetModel()
        self.people, self.zone = tuple(people), zone
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802
        """Return how many people there are."""
        return 0 if parent.isValid() else len(self.people)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return words, and the colour of their state."""
        who, column = self.people[index.row()], COLUMNS[index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._words(who, column)
        if role == Qt.ItemDataRole.ForegroundRole:
            if column == "how" and not who.has_answered and who.asked and who.status != "leave":
                return "warning"
            return "text" if column == "name" else "secondary"
        return None

    def _words(self, who: PersonAnswer, column: str) -> str:
        if column == "name":
            return who.name
        if column == "asked":
            return asked_words(who, self.zone)
        if column == "answered":
            return _day(who.answered, self.zone) if who.answered else ""
        return source_words(who)

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return the columns' names."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (tr("Name"), tr("Asked"), tr("Answered"), tr("How"))[section]
        return None
