"""One's own page at the responder's desk: shifts and hours at the left, week and wishes at the right."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from crt_scheduler import own_desk
from crt_scheduler.own_desk import OwnPage
from ui.look import Look
from ui.own_desk.cards import OwnCard, ShiftsCard, WeekCard
from ui.own_desk.own_hand import Hand
from ui.own_desk.own_hours import HoursCard
from ui.own_desk.sign_in import courtesy
from ui.own_desk.wishes import WishesCard
from ui.parts import Button, Line, sentence, title


class OwnBody(QWidget):
    """The page of one responder, read anew when their records change; `locked` asks for the door."""

    locked = Signal()

    def __init__(self, hand: Hand, look: Look) -> None:
        super().__init__()
        self.hand = hand
        self.title = title("", 15)
        self.undo_button = Button(self.tr("Undo"), "flat").with_icon(look, "undo")
        self.undo_button.clicked.connect(hand.undo)
        self.said = sentence("", "secondary")
        self.said.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        hand.desk.said.connect(self._say)
        hand.desk.failed.connect(self._fail)
        undo = QShortcut(QKeySequence.StandardKey.Undo, self)
        undo.activated.connect(hand.undo)
        self.lock_button = Button(self.tr("Lock"), "primary", tip=self.tr("Lock  Esc")).with_icon(look, "lock")
        self.lock_button.clicked.connect(self.locked)
        self.shifts, self.hours = ShiftsCard(hand, look), HoursCard(hand, look)
        self.week, self.wishes = WeekCard(hand, look), WishesCard(hand, look)
        self.cards: tuple[OwnCard, ...] = (self.shifts, self.hours, self.week, self.wishes)
        self._lay_out()
        hand.desk.changed.connect(self._changed)
        self.renew()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(24, 12, 24, 12)
        head.addWidget(self.title)
        head.addWidget(self.said, 1)
        head.addWidget(self.undo_button)
        head.addWidget(self.lock_button)
        columns = QHBoxLayout()
        columns.setSpacing(16)
        for part in ((self.shifts, self.hours), (self.week, self.wishes)):
            column = QVBoxLayout()
            column.setSpacing(16)
            for card in part:
                column.addWidget(card)
            column.addStretch(1)
            columns.addLayout(column, 1)
        inside, scroll = QWidget(), QScrollArea()
        below = QVBoxLayout(inside)
        below.setContentsMargins(24, 16, 24, 16)
        below.setSpacing(12)
        below.addLayout(columns)
        below.addWidget(sentence(courtesy(self), "secondary"))
        below.addStretch(1)
        scroll.setWidget(inside)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(head)
        whole.addWidget(Line())
        whole.addWidget(scroll, 1)

    def renew(self) -> None:
        """Read the page anew and show it."""
        hand = self.hand
        look = lambda session: own_desk.page(session, hand.code, now=hand.desk.now())  # noqa: E731
        page: OwnPage = hand.desk.read(look, owner=self)
        self.title.setText(page.name)
        for card in self.cards:
            card.fill(page)
        last = hand.last_act()
        self.undo_button.setEnabled(bool(last))
        self.undo_button.setToolTip(self.tr("Undo: {}").format(last) if last else "")

    def _say(self, words: str) -> None:
        self.said.say(words, "secondary")

    def _fail(self, words: str) -> None:
        self.said.say(words, "bad")

    def _changed(self, tables: frozenset[str]) -> None:
        if self.hand.desk.is_stale(self, tables):
            self.renew()
