"""The head of the side panel: when and where, who holds it with the promise made to them, and the acts on it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLayout, QSizePolicy, QVBoxLayout, QWidget

from crt_scheduler.cover.cell import Free, Held, Open
from crt_scheduler.cover.place import ShiftFacts
from crt_scheduler.times import hours_words
from solver.problem import CITY
from solver.wording import say_date
from ui.look import Look
from ui.parts import AreaMark, Button, Words, secondary
from ui.roster import board_words


class SideHead(QWidget):
    """Title, shift, person and acts; emits `wanted` with the word of an act, and `closed`."""

    wanted = Signal(str)
    """cover, trade, lock, unlock, told, confirmed, take off or phone."""
    closed = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.title = Words("", 12, bold=True)
        self.title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.where = secondary("")
        self.name = Words("", 9.75, bold=True)
        self.name.setWordWrap(True)
        self.tag = Words("", 9, kind="tag")
        self.said = secondary("")
        self.phone = Button("", "link", tip=self.tr("Copy the phone number")).with_icon(look, "phone")
        self.close_button = Button("", "flat", tip=self.tr("Close the panel (Esc)")).with_icon(
            look, "close", "secondary"
        )
        self.close_button.clicked.connect(self.closed)
        self.phone.clicked.connect(lambda: self.wanted.emit("phone"))
        self._mark_place = QHBoxLayout()
        self._buttons()
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 12, 12)
        column.setSpacing(4)
        self._mark_place.setSpacing(8)
        self._mark_place.addWidget(self.where, 1)
        for part in (_row(self.title, self.close_button), self._mark_place):
            column.addLayout(part)
        column.addSpacing(8)
        column.addLayout(_row(self.name, self.tag, None, self.phone))
        column.addWidget(self.said)
        column.addSpacing(4)
        column.addWidget(self.acts)
        column.addWidget(self.more)

    def _buttons(self) -> None:
        look = self._look
        self.cover = Button(self.tr("Find cover…"), "primary").with_icon(look, "cover")
        self.ways = Button(self.tr("Ways out…")).with_icon(look, "rules")
        self.ways.setToolTip(self.tr("Every way to fill this seat, each solved again and priced"))
        self.trade = Button(self.tr("Swap…")).with_icon(look, "swap")
        self.lock = Button(self.tr("Lock")).with_icon(look, "lock")
        self.unlock = Button(self.tr("Unlock")).with_icon(look, "unlock")
        self.told = Button(self.tr("Mark as told"), "link")
        self.confirmed = Button(self.tr("Mark as confirmed"), "link")
        self.take_off = Button(self.tr("Take off"), "link")
        for button, word in (
            (self.cover, "cover"), (self.ways, "ways"), (self.trade, "trade"), (self.lock, "lock"),
            (self.unlock, "unlock"),
            (self.told, "told"), (self.confirmed, "confirmed"), (self.take_off, "take off"),
        ):  # fmt: skip
            button.clicked.connect(lambda _=False, word=word: self.wanted.emit(word))
        self.acts, self.more = QWidget(), QWidget()
        for holder, buttons in (
            (self.acts, (self.cover, self.ways, self.trade, self.lock, self.unlock)),
            (self.more, (self.told, self.confirmed, self.take_off)),
        ):
            row = QHBoxLayout(holder)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(8)
            for button in buttons:
                row.addWidget(button)
            row.addStretch(1)

    def show_held(self, held: Held) -> None:
        """Show a held place with its holder."""
        self._shift(held.shift)
        self._person(held.name, held.dialled)
        state = board_words.state_word(held.state)
        if held.told:
            state = self.tr("{} {}").format(state, say_date(held.told))
        if held.locked:
            state = self.tr("{}, locked").format(state)
        self._say(state[:1].upper() + state[1:], "")
        can_change = not held.locked and not held.begun
        self.acts.show()
        self.ways.hide()
        self.more.show()
        self.lock.setVisible(not held.locked)
        self.unlock.setVisible(held.locked)
        self.trade.setEnabled(can_change)
        self.take_off.setEnabled(not held.locked)
        self.told.setVisible(held.state == "draft")
        self.confirmed.setVisible(held.state in ("draft", "told"))

    def show_open(self, found: Open) -> None:
        """Show an open seat, or one that is taken by now."""
        self._shift(found.shift)
        self._person(self.tr("Open seat") if found.count else self.tr("No seat open"), "")
        cost = self.tr("Open, it costs {} missed calls").format(found.calls) if found.count and found.points else ""
        self._say(self.tr("{} open").format(found.count) if found.count > 1 else "", cost)
        self.acts.setVisible(bool(found.count))
        self.ways.show()
        self.more.hide()
        for button in (self.trade, self.lock, self.unlock):
            button.hide()

    def show_free(self, free: Free) -> None:
        """Show a person's day without a duty."""
        self.title.setText(say_date(free.date, "weekday long day"))
        self._mark("")
        self.where.setText(
            self.tr("{} of {} hours this month").format(hours_words(free.minutes), hours_words(free.target))
        )
        self._person(free.name, free.dialled)
        self._say("", free.said)
        self.acts.hide()
        self.more.hide()

    def _shift(self, shift: ShiftFacts) -> None:
        self.title.setText(self.tr("{}, {}").format(say_date(shift.date, "weekday long day"), shift.template))
        self._mark("clergy" if shift.role == "clergy" else shift.area)
        area = self.tr("City-wide") if shift.area == CITY else shift.area
        seat = self.tr("{} seat").format(board_words.seat_word(shift.role, shift.tier))
        self.where.setText(f"{area}, {seat}   {shift.clock}   {shift.hours}")
        self.where.setToolTip(self.where.text())
        for button in (self.trade, self.lock, self.unlock):
            button.show()

    def _mark(self, area: str) -> None:
        while self._mark_place.count() > 1:
            taken = self._mark_place.takeAt(0)
            if taken is not None and (old := taken.widget()) is not None:
                old.hide()
                old.deleteLater()
        if area:
            self._mark_place.insertWidget(0, AreaMark(self._look, area, 16), 0, Qt.AlignmentFlag.AlignVCenter)

    def _person(self, name: str, phone: str) -> None:
        self.name.setText(name)
        self.phone.setText(phone)
        self.phone.setAccessibleName(self.tr("Copy the phone number {}").format(phone))
        self.phone.setVisible(bool(phone))

    def _say(self, tag: str, said: str) -> None:
        self.tag.setText(tag)
        self.tag.setVisible(bool(tag))
        self.said.setText(said)
        self.said.setVisible(bool(said))


def _row(*parts: QWidget | None) -> QLayout:
    """Return parts side by side; None is room between them."""
    row = QHBoxLayout()
    row.setSpacing(8)
    for part in parts:
        if part is None:
            row.addStretch(1)
        else:
            wide = part.sizePolicy().horizontalPolicy() == QSizePolicy.Policy.Ignored
            row.addWidget(part, int(wide), Qt.AlignmentFlag(0) if wide else Qt.AlignmentFlag.AlignVCenter)
    return row
