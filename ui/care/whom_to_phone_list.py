"""Whom to phone: the private list of care, with the number one key away."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

from ui.care.care_table import LinesTable, cell
from ui.care.lists import CareList
from ui.desk import Desk
from ui.look import Look
from ui.parts import Button

if TYPE_CHECKING:
    from crt_scheduler.care.please_phone import PleasePhone


class Phones(CareList):
    """Whom to phone and why. Private: it is shown here, and nothing exports or prints it."""

    def __init__(self, desk: Desk, look: Look, *, dial: Callable[[str], object]) -> None:
        self._dial = dial
        super().__init__(desk, look)

    def make_table(self) -> LinesTable:
        """Name, number and why."""
        columns = (
            cell(self.tr("Person"), lambda row: row.name, 190, is_name=True),
            cell(self.tr("Phone"), lambda row: row.phone_words or self.tr("no phone"), 150),
            cell(self.tr("Why"), lambda row: " ".join(why for _, why in row.reasons)),
        )
        return LinesTable(self.look, self.tr("Whom to phone"), columns)

    def make_buttons(self) -> tuple[Button, ...]:
        """Phone, and the person's page."""
        return (
            self.button(self.tr("&Phone and copy the number"), self.phone, "primary").with_icon(self.look, "phone"),
            self.button(self.tr("Open person"), self.open_person),
        )

    def offer(self) -> None:
        """Whoever has no number cannot be phoned from here."""
        super().offer()
        row = self.table.chosen
        self.buttons[0].setEnabled(row is not None and bool(row.phone))

    def show_rows(self, rows: Sequence[PleasePhone]) -> None:
        """Show who might like to hear from the team."""
        words = self.tr("For care, never a score: nothing of this list leaves this window.")
        self.show_lines(rows, words if rows else self.tr("Nobody needs a call just now."))

    def phone(self) -> None:
        """Copy the chosen person's number and hand it to the program that phones."""
        row = self.table.chosen
        if row is not None and row.phone:
            QGuiApplication.clipboard().setText(row.phone_words)
            self._dial(row.phone)
            self.words.say(self.tr("Copied the number of {}.").format(row.name))
