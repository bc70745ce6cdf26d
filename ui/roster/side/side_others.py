"""Who else could: the ranked list with its title, what the current row would change, and who cannot by rule."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from crt_scheduler.cover.others import KeptOff
from ui.look import Look
from ui.parts import Button, Words, secondary, sentence
from ui.roster.ranked.ranked_list import RankedList
from ui.roster.ranked.ranked_rows import RankedRow

NAMED = 5
"""Sentences shown of one rule before the rest are only counted."""


class Ranked(QWidget):
    """Title and count, the list, more of it, an empty sentence, and the effect of the current row."""

    chosen = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.title = Words("", 9.75, bold=True)
        self.count = secondary("")
        self.unit = secondary(self.tr("change in missed calls"))
        self.list = RankedList(look)
        self.list.chosen.connect(self.chosen)
        self.list.moved.connect(self._moved)
        self.more = Button("", "link")
        self.more.clicked.connect(self._show_all)
        self.back = Button(self.tr("Back to who else could"), "link").with_icon(look, "left")
        self.nobody = sentence("", "secondary")
        self.effect = EffectNote()
        head = QHBoxLayout()
        head.setContentsMargins(16, 12, 16, 4)
        head.setSpacing(8)
        head.addWidget(self.title)
        head.addWidget(self.count, 1)
        head.addWidget(self.unit)
        below = QVBoxLayout()
        below.setContentsMargins(16, 4, 16, 12)
        below.setSpacing(8)
        links = QHBoxLayout()
        links.addWidget(self.more)
        links.addWidget(self.back)
        links.addStretch(1)
        below.addLayout(links)
        below.addWidget(self.nobody)
        below.addWidget(self.effect)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.list)
        column.addLayout(below)

    def show_rows(
        self, title: str, count: str, rows: Sequence[RankedRow], act: str, nobody: str, *, is_offered: bool = True
    ) -> None:
        """Show rows under a title, with an act each; a sentence where there is none."""
        self.title.setText(title)
        self.count.setText(count)
        self.unit.setVisible(bool(rows))
        self.list.setAccessibleName(title)
        self.list.is_offered = is_offered
        self.effect.hide()
        self.back.hide()
        self.list.show_rows(rows, act)
        self.list.setVisible(bool(rows))
        self.nobody.setText(nobody)
        self.nobody.setVisible(not rows)
        self._say_more()

    def _show_all(self) -> None:
        self.list.show_all()
        self._say_more()
        self.list.setFocus()

    def _say_more(self) -> None:
        hidden = self.list.hidden
        self.more.setText(self.tr("Show {} more").format(hidden))
        self.more.setAccessibleName(self.more.text())
        self.more.setVisible(hidden > 0)

    def _moved(self, row: RankedRow) -> None:
        self.effect.say(row)


class EffectNote(QFrame):
    """What would change if the current row's act were done."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "note")
        self.title, self.words = Words("", 9.75, bold=True), sentence("", "secondary")
        self.title.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(4)
        column.addWidget(self.title)
        column.addWidget(self.words)
        self.head = ""
        self.hide()

    def say(self, row: RankedRow) -> None:
        """Show a row's effect under the head that was set, such as “If {} takes this shift”."""
        self.title.setText(self.head.format(row.given or row.name))
        self.words.setText(row.effect)
        self.setAccessibleName(f"{self.title.text()}. {row.effect}")
        self.setVisible(bool(row.effect))


class Cannot(QWidget):
    """Who cannot, counted by rule; opened, a sentence for each."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.head = Button("", "flat")
        self.head.setCheckable(True)
        self.head.toggled.connect(self._open)
        self.counts, self.sentences = sentence("", "secondary"), QWidget()
        self.sentences.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 16, 12)
        column.setSpacing(4)
        row = QHBoxLayout()
        row.addWidget(self.head)
        row.addStretch(1)
        column.addLayout(row)
        self._inner = QVBoxLayout()
        self._inner.setContentsMargins(6, 0, 0, 0)
        for part in (self.counts, self.sentences):
            self._inner.addWidget(part)
        column.addLayout(self._inner)
        look.changed.connect(self._dress)
        self._dress()

    def show_groups(self, groups: Sequence[KeptOff]) -> None:
        """Show the rules that keep people off, with counts; nothing where nobody is kept off."""
        people = sum(group.count for group in groups)
        self.setVisible(bool(groups))
        self.head.setText(self.tr("Cannot: {} people").format(people) if people != 1 else self.tr("Cannot: 1 person"))
        self.head.setAccessibleName(self.head.text())
        self.counts.setText(" ".join(f"{group.words} {group.count}." for group in groups))
        fresh = QWidget()
        column = QVBoxLayout(fresh)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        for group in groups:
            column.addWidget(Words(f"{group.words} {group.count}", 9, bold=True))
            for line in (*group.sentences[:NAMED], *self._rest(group)):
                column.addWidget(sentence(line, "secondary"))
            column.addSpacing(6)
        self._inner.replaceWidget(self.sentences, fresh)
        self.sentences.hide()
        self.sentences.deleteLater()
        self.sentences = fresh
        self._open(self.head.isChecked())

    def _rest(self, group: KeptOff) -> list[str]:
        return [self.tr("and {} more").format(group.count - NAMED)] if group.count > NAMED else []

    def _open(self, is_open: bool) -> None:
        self.counts.setHidden(is_open)
        self.sentences.setVisible(is_open)
        self._dress()

    def _dress(self) -> None:
        self.head.setIcon(self._look.icon("down" if self.head.isChecked() else "right", "secondary"))
