"""Whom to phone as a table: one key per answer, a number one click away."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QHeaderView, QMenu

from crt_scheduler.call_out.whom_to_phone import Place
from crt_scheduler.calls.call_values import REASONS
from ui.calls.calls_words import answer_words, shown
from ui.list_model import Column, ListModel, set_widths
from ui.look import Look
from ui.parts import of_kind
from ui.people.cells_in_place import FlatTable
from ui.today.phone import dial
from ui.words import tr

KEYS = {
    Qt.Key.Key_A: "accepted",
    Qt.Key.Key_D: "declined",
    Qt.Key.Key_N: "no_answer",
    Qt.Key.Key_W: "wrong_number",
}
PHONE, BECAUSE = 2, 3
MOST_ROWS = 8


class Places(FlatTable):
    """Whom to phone: A accepted, D declined and why, N no answer, W wrong number, P or a click on the number phones."""

    answered = Signal(str, str, str)

    def __init__(self, look: Look, name: str, *, phone: Callable[[str], object] = dial) -> None:
        super().__init__(look, name)
        self.places = ListModel(self._columns(), look, key=lambda place: place.code, parent=self)
        self.setModel(self.places)
        of_kind(self, "rows")
        self.setMinimumWidth(300)
        self._phone = phone
        self.setAccessibleDescription(
            tr("A: accepted, D: declined, N: no answer, W: wrong number, P: phone and copy the number")
        )
        across = self.horizontalHeader()
        across.setStretchLastSection(False)
        across.setSectionResizeMode(BECAUSE, QHeaderView.ResizeMode.Stretch)
        set_widths(self, self.places.columns)
        self.clicked.connect(self._clicked)

    def _columns(self) -> tuple[Column[Place], ...]:
        """Return rank, name, phone, the reason and the answer; each cell says its whole row aloud."""

        def column(
            head: str,
            wide: int,
            words: Callable[[Place], str],
            colour: Callable[[Place], str] | str,
            *,
            bold: bool = False,
        ) -> Column[Place]:
            return Column(
                head=head,
                words=words,
                wide=wide,
                colour=colour,
                tip=words,
                is_bold=lambda place: bold and place.role == "lead",
                aloud=lambda place: ", ".join(filter(None, self.places.words_of(place))),
            )

        return (
            column("", 32, lambda place: str(self.places.row_of(place.code) + 1), "secondary"),
            column(tr("Name"), 144, lambda place: place.name, "text", bold=True),
            column(tr("Phone"), 116, lambda place: place.phone_words or tr("no number"), "accent"),
            column(tr("Because"), 200, lambda place: place.reason, "secondary"),
            column(
                tr("Answer"),
                92,
                lambda place: answer_words(place.answer)[0],
                lambda place: answer_words(place.answer)[1],
            ),
        )

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
        code = self.places.rows[row].code
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
        row = next((n for n, place in enumerate(self.places.rows) if place.code == code), self.places.rowCount())
        if row + 1 < self.places.rowCount():
            self.setCurrentIndex(self.places.index(row + 1, 1))

    def _clicked(self, index: QModelIndex) -> None:
        if index.column() == PHONE:
            self._call(index.row())

    def _call(self, row: int) -> None:
        place = self.places.rows[row]
        if place.phone:
            QGuiApplication.clipboard().setText(place.phone_words)
            self._phone(place.phone)
