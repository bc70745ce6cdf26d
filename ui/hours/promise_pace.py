"""The pace of the promise: who will miss it, by how much, as a table with a bar."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QRectF, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QStyleOptionViewItem, QVBoxLayout, QWidget

from crt_scheduler import times
from crt_scheduler.planning.pacing import Pace
from ui.hours.hours_words import hours, pace_words
from ui.list_model import ROW, Column, ListModel, set_widths
from ui.look import Look
from ui.parts import Line, Words, counted
from ui.people.cells_in_place import FlatTable, InPlace
from ui.words import tr

BAR, OWED, WHY = 1, 3, 5


def why_words(pace: Pace) -> str:
    """Say what made the hours owed of the hours promised: leave and what last month left."""
    parts = [tr("promised {}").format(hours(pace.promised))]
    if pace.excused:
        parts.append(tr("{} excused").format(hours(pace.excused)))
    if pace.carried:
        sign = "+" if pace.carried > 0 else "−"
        parts.append(tr("{} carried over").format(f"{sign}{hours(abs(pace.carried))}"))
    return ", ".join(parts)


def columns() -> tuple[Column[Pace], ...]:
    """Return what is shown of somebody's pace."""
    return (
        Column(head=tr("Name"), words=lambda pace: pace.name, wide=190),
        Column(head=tr("Given and to come"), words=bar_words, wide=180),
        Column(head=tr("Rostered"), words=lambda pace: times.hours_words(pace.rostered), is_right=True, wide=84),
        Column(head=tr("Owed"), words=lambda pace: times.hours_words(pace.owed), is_right=True, wide=72),
        Column(
            head=tr("Short"),
            words=lambda pace: times.hours_words(pace.short) if pace.short else "",
            is_right=True,
            colour=_colour,
            wide=72,
        ),
        Column(head=tr("Why so much"), words=why_words, colour="secondary", wide=210),
        Column(head=tr("How it goes"), words=pace_words, colour=_colour, wide=380),
    )


def bar_words(pace: Pace) -> str:
    """Say what the bar shows."""
    return tr("{given} given, {ahead} to come of {owed}").format(
        given=hours(pace.given), ahead=hours(pace.ahead), owed=hours(pace.owed)
    )


def _colour(pace: Pace) -> str:
    return ("bad" if pace.under_floor else "warning") if pace.short else ""


TO_COME = 110
"""How much of the colour of hours given those to come have, of 255: seen on light and dark."""


class PaceCells(InPlace):
    """Draws the bar: given in full, to come lighter, the floor as a mark."""

    def draw_content(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        """Draw one cell."""
        if index.column() != BAR:
            super().draw_content(painter, option, index)
            return
        pace: Pace = index.data(ROW)
        place = option.rect.toRectF().adjusted(8, 0, -8, 0)
        bar = QRectF(place.left(), place.center().y() - 5, place.width(), 10)
        whole = max(pace.owed, pace.rostered, 1)
        given, rostered = bar.width() * pace.given / whole, bar.width() * pace.rostered / whole
        painter.setPen(self.look.colour("border"))
        painter.setBrush(self.look.colour("alternate"))
        painter.drawRect(bar)
        coming = QColor(self.look.colour("accent"))
        coming.setAlpha(TO_COME)
        painter.fillRect(QRectF(bar.left(), bar.top(), rostered, bar.height()), coming)
        painter.fillRect(QRectF(bar.left(), bar.top(), given, bar.height()), self.look.colour("accent"))
        if pace.floor:
            mark = bar.left() + bar.width() * min(1.0, pace.floor / whole)
            painter.fillRect(QRectF(mark - 1, bar.top() - 3, 2, bar.height() + 6), self.look.colour("text"))


class PromiseTab(QWidget):
    """Who will miss the promise; `person_chosen` carries the id of a person whose row was opened."""

    person_chosen = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.words = Words("", 12, bold=True)
        self.everyone = QCheckBox(tr("Show everyone"))
        self.everyone.toggled.connect(self._show)
        self.table = FlatTable(look, tr("Pace of the promise"))
        self.model = ListModel(columns(), parent=self)
        self.table.setModel(self.model)
        self.table.setItemDelegate(PaceCells(look, self.table))
        self.table.setEditTriggers(FlatTable.EditTrigger.NoEditTriggers)
        self.table.activated.connect(lambda index: self.person_chosen.emit(index.data(ROW).person))
        look.changed.connect(self.table.viewport().update)
        set_widths(self.table, self.model.columns)
        self.table.give_way(WHY, OWED, BAR)
        self.paces: tuple[Pace, ...] = ()
        head, column_ = QHBoxLayout(), QVBoxLayout(self)
        head.setContentsMargins(12, 10, 12, 10)
        head.addWidget(self.words)
        head.addStretch(1)
        head.addWidget(self.everyone)
        column_.setContentsMargins(0, 0, 0, 0)
        column_.setSpacing(0)
        column_.addLayout(head)
        column_.addWidget(Line())
        column_.addWidget(self.table, 1)

    def show_pacing(self, paces: tuple[Pace, ...]) -> None:
        """Show everyone's pace."""
        self.paces = paces
        self._show()

    def say(self, words: str) -> None:
        """Say what is being read, or why nothing can be."""
        self.words.say(words)

    def _show(self) -> None:
        late = [pace for pace in self.paces if pace.short]
        self.model.fill(self.paces if self.everyone.isChecked() else late)
        if not self.paces:
            self.words.say(tr("Nobody on the team has promised hours yet."))
        elif not late:
            self.words.say(tr("Everyone keeps the promise."))
        elif self.paces[0].is_over:
            words = counted(len(late), "1 person missed the promise", "{} people missed the promise")
            self.words.say(words)
        else:
            words = counted(len(late), "1 person will miss the promise", "{} people will miss the promise")
            self.words.say(words)
