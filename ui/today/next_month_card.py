"""The card of the next month's roster: how far it is, by when to publish it, and the way there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from crt_scheduler import times
from ui.parts import Button, Card, Words, sentence
from ui.today import today_words

if TYPE_CHECKING:
    from crt_scheduler.today import MonthCard as Facts


class MonthCard(Card):
    """The next month. `go` asks for its roster or for publishing; the month travels with it."""

    go = Signal(str, object)

    def __init__(self) -> None:
        super().__init__(" ")
        self._month, self._is_none = "", True
        self.state = Words("", 9, kind="tag")
        self.head.addWidget(self.state)
        self.sentence = sentence("")
        self.detail = sentence("", "secondary")
        self.open = Button(self.tr("Open roster"))
        self.publish = Button(self.tr("Publish…"))
        self.open.clicked.connect(self._open)
        self.publish.clicked.connect(lambda: self.go.emit("publish", self._month))
        acts = QHBoxLayout()
        acts.addWidget(self.open)
        acts.addWidget(self.publish)
        acts.addStretch(1)
        for part in (self.sentence, self.detail):
            self.body.addWidget(part)
        self.body.addLayout(acts)

    def show_month(self, facts: Facts) -> None:
        """Show a month's figures."""
        self._month, self._is_none = facts.month, facts.state == "none"
        name = self.tr("{} roster").format(today_words.month_words(facts.month))
        self.title.say(name)
        self.setAccessibleName(name)
        states = {
            "none": self.tr("Not begun"),
            "draft": self.tr("Draft"),
            "published": self.tr("Published, version {}").format(facts.version),
            "changed": self.tr("Changed since version {}").format(facts.version),
        }
        self.state.say(states[facts.state])
        self.sentence.say(facts.sentence)
        self.detail.say(facts.detail, "warning" if facts.is_late or facts.state == "changed" else "secondary")
        self.publish.setVisible(facts.state in ("draft", "changed"))
        self.open.setText(self.tr("Solve…") if facts.state == "none" else self.tr("Open roster"))
        self.open.setAccessibleName(self.open.text())

    def _open(self) -> None:
        self.go.emit(*(("solve", self._month) if self._is_none else ("roster", times.parse_month(self._month))))
