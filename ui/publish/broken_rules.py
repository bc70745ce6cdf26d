"""The hard rules that a month breaks, each with its sentences and a box to acknowledge it by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from ui.look import Look
from ui.parts import Button, Card, Words, counted, sentence

if TYPE_CHECKING:
    from crt_scheduler.publish.publication_preview import BrokenRule

SHOWN = 3


class RulesCard(Card):
    """Broken rules. `acknowledged` after a box was ticked or cleared."""

    acknowledged = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(self.tr("Broken rules"))
        self._look = look
        self._broken: tuple[BrokenRule, ...] = ()
        self.boxes: dict[str, QCheckBox] = {}
        self._rows = QWidget()
        self.body.addWidget(self._rows)

    @property
    def names(self) -> tuple[str, ...]:
        """The rules acknowledged."""
        return tuple(rule for rule, box in self.boxes.items() if box.isChecked())

    @property
    def left(self) -> tuple[str, ...]:
        """The titles of the rules that nobody has acknowledged."""
        return tuple(rule.title for rule in self._broken if not self.boxes[rule.rule].isChecked())

    def show_rules(self, broken: tuple[BrokenRule, ...]) -> None:
        """Show the rules broken now; one acknowledged before stays so only if it says the same as then."""
        kept = {rule for rule in self._broken if rule.rule in self.names}
        self._broken, self.boxes = broken, {}
        self.note.say(str(len(broken)) if broken else "")
        rows = QWidget()
        column = QVBoxLayout(rows)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for rule in broken:
            self._add(column, rule, is_kept=rule in kept)
        if not broken:
            column.addWidget(sentence(self.tr("No hard rule is broken."), "good"))
        self.body.replaceWidget(self._rows, rows)
        rows.show()
        self._rows.hide()
        self._rows.deleteLater()
        self._rows = rows

    def _add(self, column: QVBoxLayout, rule: BrokenRule, *, is_kept: bool) -> None:
        times = counted(len(rule.sentences), "once", "{} times")
        column.addWidget(Words(self.tr("{}, {}").format(rule.title, times), bold=True, kind="bad"))
        said = sentence("\n".join(rule.sentences[:SHOWN]), "secondary")
        column.addWidget(said)
        more = len(rule.sentences) - SHOWN
        if more > 0:
            link = Button(self.tr("and {} more").format(more), "link")
            link.clicked.connect(lambda: said.setText("\n".join(rule.sentences)))
            link.clicked.connect(link.hide)
            column.addWidget(link)
        box = QCheckBox(self.tr("Publish all the same"))
        box.setAccessibleName(self.tr("Publish although “{}” is broken").format(rule.title))
        box.setChecked(is_kept)
        box.toggled.connect(lambda _: self.acknowledged.emit())
        self.boxes[rule.rule] = box
        column.addWidget(box)
        column.addSpacing(6)
