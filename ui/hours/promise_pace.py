"""The pace of the promise: who will miss it, by how much, as a table with a bar."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QStyleOptionViewItem, QVBoxLayout, QWidget

from crt_scheduler import times
from crt_scheduler.planning.pacing import Pace
from ui.hours.hours_words import hours, pace_words
from ui.look import Look
from ui.parts import Line, Words, counted
from ui.people.cells_in_place import FlatTable, InPlace
from ui.words import tr

Index = QModelIndex | QPersistentModelIndex
COLUMNS = ("name", "bar", "rostered", "owed", "short", "why", "words")
WIDTHS = {"name": 190, "bar": 180, "rostered": 84, "owed": 72, "short": 72, "why": 210, "words": 380}
NUMBERS = ("rostered", "owed", "short")
PACE = Qt.ItemDataRole.UserRole
Align = Qt.AlignmentFlag


def why_words(pace: Pace) -> str:
    """Say what made the hours owed of the hours promised: leave and what last month left."""
    parts = [tr("promised {}").format(hours(pace.promised))]
    if pace.excused:
        parts.append(tr("{} excused").format(hours(pace.excused)))
    if pace.carried:
        sign = "+" if pace.carried > 0 else "−"
        parts.append(tr("{} carried over").format(f"{sign}{hours(abs(pace.carried))}"))
    return ", ".join(parts)


class PaceModel(QAbstractTableModel):
    """Everyone's pace, who will miss by most first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.paces: tuple[Pace, ...] = ()

    def fill(self, paces: Sequence[Pace]) -> None:
        """Show these people."""
        self.beginResetModel()
        self.paces = tuple(paces)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802
        """Return how many people are shown."""
        return 0 if parent.isValid() else len(self.paces)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return words, alignment, colour and what a screen reader says."""
        pace, column = self.paces[index.row()], COLUMNS[index.column()]
        if role == PACE:
            return pace
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return shown(pace, column)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return (Align.AlignRight if column in NUMBERS else Align.AlignLeft) | Align.AlignVCenter
        if role == Qt.ItemDataRole.ForegroundRole:
            if column in ("words", "short") and pace.short:
                return "bad" if pace.under_floor else "warning"
            return "secondary" if column == "why" else "text"
        return None

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return the headings."""
        column = COLUMNS[section] if orientation == Qt.Orientation.Horizontal else ""
        if column and role == Qt.ItemDataRole.TextAlignmentRole:
            return (Align.AlignRight if column in NUMBERS else Align.AlignLeft) | Align.AlignVCenter
        if not column or role != Qt.ItemDataRole.DisplayRole:
            return None
        return {
            "name": tr("Name"),
            "bar": tr("Given and to come"),
            "rostered": tr("Rostered"),
            "owed": tr("Owed"),
            "short": tr("Short"),
            "why": tr("Why so much"),
            "words": tr("How it goes"),
        }[column]


def shown(pace: Pace, column: str) -> str:
    """Return what a cell says."""
    if column in NUMBERS:
        minutes = getattr(pace, column)
        return times.hours_words(minutes) if minutes or column != "short" else ""
    if column == "bar":
        return tr("{given} given, {ahead} to come of {owed}").format(
            given=hours(pace.given), ahead=hours(pace.ahead), owed=hours(pace.owed)
        )
    return {"name": pace.name, "why": why_words(pace), "words": pace_words(pace)}[column]


TO_COME = 110
"""How much of the colour of hours given those to come have, of 255: seen on light and dark."""


class PaceCells(InPlace):
    """Draws the bar: given in full, to come lighter, the floor as a mark."""

    def draw_content(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        """Draw one cell."""
        if COLUMNS[index.column()] != "bar":
            super().draw_content(painter, option, index)
            return
        pace: Pace = index.data(PACE)
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
        self.model = PaceModel(self)
        self.table.setModel(self.model)
        self.table.setItemDelegate(PaceCells(look, self.table))
        self.table.setEditTriggers(FlatTable.EditTrigger.NoEditTriggers)
        self.table.activated.connect(lambda index: self.person_chosen.emit(index.data(PACE).person))
        look.changed.connect(self.table.viewport().update)
        for n, column in enumerate(COLUMNS):
            self.table.setColumnWidth(n, WIDTHS[column])
        self.table.give_way(*(COLUMNS.index(column) for column in ("why", "owed", "bar")))
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
