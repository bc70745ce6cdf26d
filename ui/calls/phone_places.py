"""Whom to phone as a table: one key per answer, a number one click away."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QHeaderView, QMenu

from crt_scheduler.call_out.whom_to_phone import Place
from crt_scheduler.calls.call_values import REASONS
from ui.calls.calls_words import answer_words, shown
from ui.look import Look
from ui.parts import of_kind
from ui.people.cells_in_place import FlatTable
from ui.today.phone import dial
from ui.words import tr

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
KEYS = {
    Qt.Key.Key_A: "accepted",
    Qt.Key.Key_D: "declined",
    Qt.Key.Key_N: "no_answer",
    Qt.Key.Key_W: "wrong_number",
}
PHONE = 2
MOST_ROWS = 8


class PlacesModel(QAbstractTableModel):
    """The places of a call-out: rank, name, phone, the reason, the answer."""

    def __init__(self, look: Look, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.places: tuple[Place, ...] = ()

    def fill(self, places: tuple[Place, ...]) -> None:
        """Show other places; the same people stay in their rows."""
        if [one.code for one in places] == [one.code for one in self.places] and places:
            self.places = places
            self.dataChanged.emit(self.index(0, 0), self.index(len(places) - 1, 4))
            return
        self.beginResetModel()
        self.places = places
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802
        """Return how many places there are."""
        return 0 if parent.isValid() else len(self.places)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802
        """Return how many columns there are."""
        return 0 if parent.isValid() else 5

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:  # noqa: N802
        """Return the headings."""
        if role != Role.DisplayRole or orientation == Qt.Orientation.Vertical:
            return None
        return ("", tr("Name"), tr("Phone"), tr("Because"), tr("Answer"))[section]

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        """Return words and colour of a cell."""
        place = self.places[index.row()]
        said, colour = answer_words(place.answer)
        cells = (str(index.row() + 1), place.name, place.phone_words or tr("no number"), place.reason, said)
        if role in (Role.DisplayRole, Role.ToolTipRole):
            return cells[index.column()]
        if role == Role.AccessibleTextRole:
            return ", ".join(cell for cell in cells if cell)
        if role == Role.FontRole and index.column() == 1 and place.role == "lead":
            return self._look.font(bold=True)
        if role == Role.ForegroundRole:
            return self._look.colour({0: "secondary", PHONE: "accent", 3: "secondary", 4: colour}.get(
                index.column(), "text"))  # fmt: skip
        return None


class Places(FlatTable):
    """Whom to phone: A accepted, D declined and why, N no answer, W wrong number, P or a click on the number phones."""

    answered = Signal(str, str, str)

    def __init__(self, look: Look, name: str, *, phone: Callable[[str], object] = dial) -> None:
        super().__init__(look, name)
        self.places = PlacesModel(look, self)
        self.setModel(self.places)
        of_kind(self, "rows")
        self.setMinimumWidth(300)
        self._phone = phone
        self.setAccessibleDescription(
            tr("A: accepted, D: declined, N: no answer, W: wrong number, P: phone and copy the number")
        )
        for column, width in ((0, 32), (1, 144), (PHONE, 116), (3, 200)):
            self.setColumnWidth(column, width)
        across = self.horizontalHeader()
        across.setStretchLastSection(False)
        across.setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)
        self.setColumnWidth(4, 92)
        self.clicked.connect(self._clicked)

    def fill(self, places: tuple[Place, ...]) -> None:
        """Show places; the first one is the next to phone."""
        row = max(self.currentIndex().row(), 0)
        self.places.fill(places)
        self.fit_rows(most=MOST_ROWS)
        if places and not self.currentIndex().isValid():
            self.setCurrentIndex(self.places.index(min(row, len(places) - 1), 1))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Take one key per answer, and P to phone."""
        key, row = Qt.Key(event.key()), self.currentIndex().row()
        if event.modifiers() or row < 0 or (key not in KEYS and key != Qt.Key.Key_P):
            super().keyPressEvent(event)
        elif key == Qt.Key.Key_P:
            self._call(row)
        else:
            self.say(row, KEYS[key])

    def say(self, row: int, answer: str) -> None:
        """Tell the answer of a row; who declines is asked why first."""
        code = self.places.places[row].code
        if answer == "declined":
            self._ask_why(row, code)
            return
        self.answered.emit(code, answer, "")

    def _ask_why(self, row: int, code: str) -> None:
        self.menu = QMenu(self)
        self.menu.setAccessibleName(tr("Why they declined"))
        for reason in REASONS:
            action = self.menu.addAction(shown(reason))
            action.triggered.connect(lambda _=False, why=reason: self._declined(code, why))
        place = self.visualRect(self.places.index(row, 4)).bottomLeft()
        self.menu.popup(self.viewport().mapToGlobal(place))

    def _declined(self, code: str, why: str) -> None:
        self.answered.emit(code, "declined", why)

    def go_on(self, code: str) -> None:
        """Go to whoever stands after somebody whose answer was noted."""
        row = next((n for n, place in enumerate(self.places.places) if place.code == code), self.places.rowCount())
        if row + 1 < self.places.rowCount():
            self.setCurrentIndex(self.places.index(row + 1, 1))

    def _clicked(self, index: QModelIndex) -> None:
        if index.column() == PHONE:
            self._call(index.row())

    def _call(self, row: int) -> None:
        place = self.places.places[row]
        if place.phone:
            QGuiApplication.clipboard().setText(place.phone_words)
            self._phone(place.phone)
