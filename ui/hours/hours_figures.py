"""The month's hours in figures: on call, calls and all else, always apart."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from crt_scheduler import times
from crt_scheduler.hours.view import HoursView
from ui.parts import Button, Card, Words, secondary, sentence
from ui.words import tr


class Figures(QWidget):
    """Four cards: on call, response and travel, other, waiting for approval."""

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        self.numbers: dict[str, Words] = {}
        self.notes: dict[str, Words] = {}
        self.waiting = Button(tr("Show them"), "link")
        titles = {
            "on_call": tr("On call so far"),
            "calls": tr("Response and travel"),
            "other": tr("Other hours"),
            "logged": tr("Waiting for approval"),
        }
        for name, words in titles.items():
            row.addWidget(self._card(name, words), 1)

    def _card(self, name: str, words: str) -> Card:
        card = Card()
        self.numbers[name], self.notes[name] = Words("", 15, bold=True), sentence("", "secondary")
        line = QHBoxLayout()
        line.addWidget(self.numbers[name])
        line.addStretch(1)
        if name == "logged":
            line.addWidget(self.waiting)
        card.body.addWidget(secondary(words))
        card.body.addLayout(line)
        card.body.addWidget(self.notes[name])
        card.body.addStretch(1)
        card.body.setSpacing(2)
        return card

    def show_view(self, view: HoursView) -> None:
        """Show the totals of a month."""
        found, clock = view.totals, times.hours_words
        kinds = dict(found.kinds)
        words = {
            "on_call": (clock(found.on_call), tr("{} rostered in all").format(clock(view.rostered))),
            "calls": (
                clock(found.calls),
                tr("{response} response, {travel} travel; {outside} outside on-call time").format(
                    response=clock(found.response), travel=clock(found.travel), outside=clock(found.credited)
                ),
            ),
            "other": (
                clock(found.other),
                tr("{training} training, {rest} meetings, events, office, follow-up").format(
                    training=clock(kinds.get("training_given", 0) + kinds.get("training_received", 0)),
                    rest=clock(sum(kinds.get(kind, 0) for kind in ("meeting", "event", "office", "follow_up"))),
                ),
            ),
            "logged": (clock(found.logged), tr("{} in all, each hour once").format(clock(found.combined))),
        }
        for name, (number, note) in words.items():
            self.numbers[name].say(number)
            self.notes[name].say(note)
        self.waiting.setEnabled(bool(found.logged))
