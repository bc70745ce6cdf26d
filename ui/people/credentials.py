"""A person's credentials: last valid day edited in place, days left in words, and one more added below."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QWidget

from crt_scheduler.people import person_acts as people_acts
from crt_scheduler.people.people_list import Held
from crt_scheduler.people.person_view import Choices, PersonPage
from ui.desk import Desk
from ui.look import Look
from ui.parts import Button, Field, sentence
from ui.people.cells_in_place import FlatTable, InPlace
from ui.people.people_words import date_words, left_words
from ui.people.person_section import Section, remover
from ui.people.word_rows import Cell, Rows
from ui.words import tr

COLOURS = {"expired": "bad", "soon": "warning", "good": "secondary", "forever": "secondary"}


class CredentialsSection(Section):
    """What the person holds and until when; expired in red, ending within 60 days in amber, always with the words."""

    def __init__(self, desk: Desk, look: Look) -> None:
        super().__init__(desk, look, tr("Credentials"))
        self.rows = Rows((tr("Credential"), tr("Valid until"), tr("Left")))
        self.table = FlatTable(look, tr("Credentials"))
        self.table.setModel(self.rows)
        self.table.setItemDelegate(InPlace(look, self.table, self.keep))
        self.table.setColumnWidth(0, 150)
        self.table.setColumnWidth(1, 110)
        self.remove_button = remover(self.table, look, tr("The person does not hold the chosen one"), self.remove)
        self.head.addWidget(self.remove_button)
        self.kind, self.until = QComboBox(), QLineEdit()
        self.kind.setMinimumWidth(96)
        self.until.setPlaceholderText(tr("2027-01-31 or forever"))
        self.until.returnPressed.connect(self.add)
        self.until_field = Field(tr("Valid until"), self.until)
        add = Button(tr("Add")).with_icon(look, "plus")
        add.clicked.connect(self.add)
        row = QHBoxLayout()
        row.setSpacing(8)
        self.adders: tuple[QWidget, ...] = (Field(tr("Credential"), self.kind), self.until_field, add)
        for part, stretch in zip(self.adders, (1, 1, 0), strict=True):
            row.addWidget(part, stretch, Qt.AlignmentFlag.AlignTop if stretch else Qt.AlignmentFlag.AlignVCenter)
        self.kinds: tuple[str, ...] = ()
        self.off = sentence("", "bad")
        self.body.addWidget(self.table)
        self.body.addWidget(self.off)
        self.body.addLayout(row)
        self.end()

    def offer(self, choices: Choices) -> None:
        """Know which credentials the team keeps."""
        self.kinds = choices.credentials

    def fill(self, page: PersonPage) -> None:
        """Show what is held, and offer the rest."""
        held = sorted(page.line.credentials, key=lambda h: (h.days_left is None, h.days_left or 0))
        self.rows.fill([(each, self._cells(each)) for each in held])
        self.table.setVisible(bool(held))
        self.table.fit_rows()
        self.remove_button.setVisible(bool(held))
        self.off.setText(off_words(page.line.name, held))
        self.off.setVisible(bool(self.off.text()))
        left = [name for name in self.kinds if name not in {each.name for each in held}]
        if [self.kind.itemText(n) for n in range(self.kind.count())] != left:
            self.kind.clear()
            self.kind.addItems(left)
        for part in self.adders:
            part.setVisible(bool(left))

    def _cells(self, held: Held) -> tuple[Cell, ...]:
        until = date_words(held.expires) or tr("for ever")
        written = "forever" if held.expires is None else held.expires.isoformat()
        left = left_words(held)
        tip = tr("Needed for shifts") if held.is_blocking else tr("Kept, not needed for shifts")
        return Cell(held.name, tip=tip), Cell(until, written=written), Cell(left, COLOURS[held.state], tip=left)

    def keep(self, index: QModelIndex, typed: str) -> str:
        """Note another last day; returns why it cannot be one."""
        return self._note(self.rows.what(index.row()).name, typed)

    def add(self) -> None:
        """Note one more credential."""
        words = self._note(self.kind.currentText(), self.until.text().strip())
        self.until_field.fault(words)
        if not words:
            self.until.clear()

    def _note(self, name: str, until: str) -> str:
        if self.page is None:
            return ""
        deed = people_acts.SET_CREDENTIAL(self.page.line.id, name, until, now=self.desk.now())
        return self.desk.attempt(deed).sentence

    def remove(self) -> None:
        """Note that the person does not hold the one whose row one is on."""
        row = self.table.currentIndex().row()
        if self.page is None or row < 0:
            self.say(tr("Choose a credential to remove first.") if self.rows.rows else "")
            return
        line, name = self.page.line, self.rows.what(row).name
        self.say(self.desk.attempt(people_acts.REMOVE_CREDENTIAL(line.id, name, now=self.desk.now())).sentence)


def off_words(name: str, held: list[Held]) -> str:
    """Say since when an expired credential keeps a person off shifts; nothing where none does."""
    over = [each.expires for each in held if each.state == "expired" and each.is_blocking and each.expires]
    if not over:
        return ""
    first = min(over) + dt.timedelta(days=1)
    return tr("{} is off shifts from {} until it is renewed. Type the new last day above.").format(
        name, date_words(first)
    )
