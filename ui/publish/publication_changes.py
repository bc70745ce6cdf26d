"""The changes of a publication as a table: grouped per person, those to phone first and marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from ui.look import Look

if TYPE_CHECKING:
    from crt_scheduler.publish.publication_preview import PersonNews, ShiftChange

PERSON, KIND, SHIFT, PHONE = range(4)
ROW = 26
Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()


@dataclass(frozen=True)
class _Row:
    person: PersonNews
    change: ShiftChange
    is_first: bool


class ChangesModel(QAbstractTableModel):
    """A row per changed shift; a person's name and phone stand in the first of theirs."""

    def __init__(self, look: Look, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.rows: tuple[_Row, ...] = ()

    def show_people(self, people: Sequence[PersonNews]) -> None:
        """Show other people's changes."""
        self.beginResetModel()
        self.rows = tuple(_Row(person, change, n == 0) for person in people for n, change in enumerate(person.changes))
        self.endResetModel()

    def person(self, index: Index) -> str:
        """Return the id of the person a row is about."""
        return self.rows[index.row()].person.person

    def rowCount(self, parent: Index = NOWHERE) -> int:  # noqa: N802
        """Return the number of changed shifts."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:  # noqa: N802
        """Return the number of columns."""
        return 0 if parent.isValid() else 4

    def headerData(  # noqa: N802
        self, section: int, way: Qt.Orientation, role: int = int(Qt.ItemDataRole.DisplayRole)
    ) -> Any:
        """Return a column's name."""
        if way == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (self.tr("Person"), self.tr("Change"), self.tr("Shift"), self.tr("Phone them"))[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        """Return what a cell shows; colour never says anything that the words do not."""
        row, column = self.rows[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._words(row, column)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return row.person.name if column == PERSON else self._words(row, column) or self.phone_words(row.person)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(row, column)
        if role == Qt.ItemDataRole.FontRole and column == PERSON:
            return self._look.font(9.75, bold=True)
        if role == Qt.ItemDataRole.DecorationRole and column == PHONE and row.is_first and row.person.must_phone:
            return self._look.icon("phone", "bad")
        if role == Qt.ItemDataRole.DecorationRole and column == KIND:
            icon, colour = {"new": ("plus", "good"), "changed": ("edit", "warning")}.get(
                row.change.kind, ("close", "bad")
            )
            return self._look.icon(icon, colour)
        if role == Qt.ItemDataRole.ForegroundRole and column == PHONE:
            return self._look.colour("bad" if row.person.must_phone else "secondary")
        return None

    def _words(self, row: _Row, column: int) -> str:
        if column == PERSON:
            return row.person.name if row.is_first else ""
        if column == KIND:
            kinds = {"new": self.tr("New"), "changed": self.tr("Changed"), "cancelled": self.tr("Cancelled")}
            return self.tr("Partners") if row.change.is_small else kinds[row.change.kind]
        if column == SHIFT:
            return row.change.words
        return self.phone_words(row.person) if row.is_first else ""

    def _tip(self, row: _Row, column: int) -> str | None:
        if column == SHIFT and row.change.before and row.change.before != row.change.words:
            return self.tr("Before: {}").format(row.change.before)
        return None

    def phone_words(self, person: PersonNews) -> str:
        """Return whom to phone and why; nothing where a message is enough."""
        why = {
            "cancelled": self.tr("a shift is cancelled"),
            "changed": self.tr("a shift has changed"),
            "soon": self.tr("a new shift is near"),
            "no mail": self.tr("no e-mail"),
        }.get(person.phone_for, "")
        return f"{person.phone_words or self.tr('no phone')}: {why}" if why else ""


class ChangesTable(QTableView):
    """The table of changes; rows are chosen whole, with the arrow keys too."""

    def __init__(self, model: ChangesModel, look: Look) -> None:
        super().__init__()
        self.setModel(model)
        self._model = model
        self.setProperty("kind", "rows")
        self.setItemDelegate(_Grouped(look, model, self))
        self.setAccessibleName(self.tr("Changes per person"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        head.setSectionResizeMode(SHIFT, QHeaderView.ResizeMode.Stretch)
        for column, wide in ((PERSON, 164), (KIND, 100), (PHONE, 262)):
            head.resizeSection(column, wide)

    def show_people(self, people: Sequence[PersonNews]) -> None:
        """Show changes; the column of phones only where somebody must be phoned."""
        self._model.show_people(people)
        self.setColumnHidden(PHONE, not any(person.must_phone for person in people))


class _Grouped(QStyledItemDelegate):
    """Draws a hairline above each person's first row."""

    def __init__(self, look: Look, model: ChangesModel, parent: QTableView) -> None:
        super().__init__(parent)
        self._look, self._model = look, model

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell, and the line where a person begins."""
        super().paint(painter, option, index)
        if index.row() and self._model.rows[index.row()].is_first:
            area: QRect = option.rect
            painter.setPen(self._look.colour("hairline"))
            painter.drawLine(area.topLeft(), area.topRight())
