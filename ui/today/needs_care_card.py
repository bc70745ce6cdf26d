"""The needs-care card: what is waiting, most pressing first; a click goes there or shows whom it is about."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ui.look import Look
from ui.parts import Button, Card, Line, Words, secondary, sentence
from ui.today.phone import PhoneLink, dial

if TYPE_CHECKING:
    from crt_scheduler.today import Care, CarePerson

ICONS = {
    "debriefs": "message",
    "held": "warning",
    "stand_downs": "heart",
    "unlogged": "clock",
    "expired": "card",
    "expiring": "card",
    "untold": "send",
    "told": "phone",
    "phone": "phone",
    "stale": "calendar",
    "silent": "people",
}
GOES = ("untold", "stale", "debriefs", "held", "stand_downs", "unlogged")
"""Kinds that one place settles for all; the others are about people, who are shown in place."""
SHOWN = 8


class CareCard(Card):
    """What needs care. `go` asks for the place where it can be seen to."""

    go = Signal(str, object)

    def __init__(self, look: Look, *, dial: Callable[[str], object] = dial) -> None:
        super().__init__(self.tr("Needs care"))
        self._look, self._dial = look, dial
        self._shown: tuple[Care, ...] | None = None
        self.phone = Button(self.tr("Whom to phone"), "link")
        self.phone.clicked.connect(lambda: self.go.emit("care", "phone"))
        self.head.addWidget(self.phone)
        self._list = QWidget()
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.addWidget(self._list)

    def show_care(self, items: tuple[Care, ...]) -> None:
        """Show what needs care; the same items are left as they are."""
        if items == self._shown:
            return
        self._shown = items
        self.note.say(str(len(items)) if items else "")
        rows, column = QWidget(), QVBoxLayout()
        rows.setLayout(column)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for n, item in enumerate(items):
            if n:
                column.addWidget(Line())
            row = CareRow(self._look, item, dial=self._dial)
            row.go.connect(self.go)
            column.addWidget(row)
        if not items:
            nothing = sentence(self.tr("Nothing is waiting. The week ahead is as promised."), "secondary")
            nothing.setContentsMargins(12, 10, 12, 12)
            column.addWidget(nothing)
        self.body.replaceWidget(self._list, rows)
        rows.show()
        self._list.hide()
        self._list.deleteLater()
        self._list = rows

    def forget(self) -> None:
        """Draw everything anew the next time: the palette is another."""
        self._shown = None


class CareRow(QWidget):
    """One item: icon, sentence, detail and its link; the people it is about open below it."""

    go = Signal(str, object)

    def __init__(self, look: Look, item: Care, *, dial: Callable[[str], object]) -> None:
        super().__init__()
        self.item, self._look, self._dial = item, look, dial
        self.setAccessibleName(f"{item.sentence}. {item.detail}")
        icon = QLabel(alignment=Qt.AlignmentFlag.AlignTop)
        role = "bad" if item.is_urgent else "secondary"
        icon.setPixmap(look.icon(ICONS.get(item.kind, "info"), role).pixmap(18, 18))
        said = Words(item.sentence, bold=True)
        detail = secondary(item.detail)
        for label in (said, detail):
            label.setWordWrap(True)
        self.link = Button(self._act_words(), "link")
        self.link.setAccessibleName(f"{self._act_words()}: {item.sentence}")
        self.link.clicked.connect(self._act)
        text = QVBoxLayout()
        text.setSpacing(0)
        text.addWidget(said)
        text.addWidget(detail)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(icon)
        row.addLayout(text, 1)
        row.addWidget(self.link, 0, Qt.AlignmentFlag.AlignTop)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(12, 9, 8, 9)
        self._column.setSpacing(4)
        self._column.addLayout(row)
        self.people: QWidget | None = None

    def _act_words(self) -> str:
        if self.item.kind == "untold":
            return self.tr("Publish…")
        words = {
            "told": self.tr("Phone them"),
            "debriefs": self.tr("Open"),
            "held": self.tr("Find cover"),
            "stand_downs": self.tr("Review"),
            "unlogged": self.tr("Log hours"),
        }
        if self.item.kind in words:
            return words[self.item.kind]
        return self.tr("Open") if self._goes_at_once() else self.tr("See who")

    def _goes_at_once(self) -> bool:
        return len(self.item.people) == 1 and self.item.kind not in (*GOES, "told")

    def _act(self) -> None:
        if self.item.kind == "stale":
            self.go.emit("stale", None)
        elif self.item.kind in GOES or self._goes_at_once():
            self.go.emit(*self.item.go)
        else:
            self.unfold()

    def unfold(self) -> None:
        """Show or hide the people it is about."""
        if self.people is None:
            self.people = self._make_people()
            self._column.addWidget(self.people)
            self.people.show()
            self.link.setText(self.tr("Hide"))
            return
        self.people.setVisible(self.people.isHidden())
        self.link.setText(self._act_words() if self.people.isHidden() else self.tr("Hide"))

    def _make_people(self) -> QWidget:
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(28, 2, 0, 0)
        column.setSpacing(2)
        for person in self.item.people[:SHOWN]:
            column.addLayout(self._person(person))
        more = len(self.item.people) - SHOWN
        if more > 0:
            everyone = Button(self.tr("and {} more in People").format(more), "link")
            everyone.clicked.connect(lambda: self.go.emit("people", None))
            column.addWidget(everyone)
        return whole

    def _person(self, person: CarePerson) -> QVBoxLayout:
        name = Button(person.name, "name")
        name.clicked.connect(lambda: self.go.emit("people", person.person))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(name)
        row.addStretch(1)
        if person.phone:
            row.addWidget(PhoneLink(self._look, person.phone, person.phone_words, person.name, dial=self._dial))
        both = QVBoxLayout()
        both.setSpacing(0)
        both.addLayout(row)
        if person.detail:
            detail = secondary(person.detail)
            detail.setContentsMargins(3, 0, 0, 2)
            detail.setWordWrap(True)
            both.addWidget(detail)
        return both
