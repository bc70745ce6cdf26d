"""Which column of a file holds which of our fields: a table to look over and change; and the file's first rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QModelIndex, QRect, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyleOptionViewItem

from crt_scheduler.imports import JOIN, Matched, Preview
from crt_scheduler.imports.prepare import MADE_IDS
from crt_scheduler.imports.worded import SIBLINGS
from ui.look import Look
from ui.people.cells_in_place import FlatTable, InPlace
from ui.people.people_words import field_label
from ui.people.word_rows import Cell, Rows
from ui.words import tr

THEIRS = 1


class MappingTable(FlatTable):
    """A row for each of our fields; `changed` carries the mapping after a column was chosen anew."""

    changed = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__(look, tr("Columns"))
        self.rows = Rows((tr("Field"), tr("Column of the file"), tr("Such as")))
        self.mapping: dict[str, str] = {}
        self.missing: tuple[str, ...] = ()
        self.preview: Preview | None = None
        self.setModel(self.rows)
        self.setItemDelegate(ColumnCells(look, self, self.keep, self.choices_of))
        self.setColumnWidth(0, 150)
        self.setColumnWidth(THEIRS, 190)
        self.clicked.connect(self._open)

    def show_preview(self, preview: Preview, mapping: Mapping[str, str], missing: Sequence[str]) -> None:
        """Show how a file's columns are taken, and which fields are needed but `missing`."""
        self.preview, self.mapping, self.missing = preview, dict(mapping), tuple(missing)
        self.rows.fill([(each, self._cells(each, self.mapping.get(each.field, ""))) for each in preview.matched])

    def _cells(self, each: Matched, column: str) -> tuple[Cell, ...]:
        label = field_label(each.field)
        is_lost = each.field in self.missing
        if is_lost or (each.is_required and column):
            label = tr("{} (needed)").format(label)
        words = _column_words(column)
        if each.is_guess and column == each.column:
            words = tr("{} (guessed)").format(column)
        colour = "bad" if is_lost else "" if column else "secondary"
        sample = self._sample(each, column)
        return Cell(label), Cell(words, colour, written=column, tip=words), Cell(sample, "secondary", tip=sample)

    def _sample(self, each: Matched, column: str) -> str:
        if column == each.column:
            return tr("P001, P002…") if column == MADE_IDS else each.sample
        header = self.preview.header if self.preview is not None else ()
        places = [header.index(part) for part in column.split(JOIN) if part in header]
        rows = self.preview.rows if self.preview is not None and places else ()
        return next((text for row in rows if (text := " ".join(row[place] for place in places).strip())), "")

    def choices_of(self, index: QModelIndex) -> list[tuple[str, str]]:
        """Return the columns a field can be read from."""
        if index.column() != THEIRS or self.preview is None:
            return []
        each = self.rows.what(index.row())
        offers = [("", _column_words("")), *((name, name) for name in self.preview.header)]
        if each.field == "id" and self.preview.kind == "people":
            offers.insert(1, (MADE_IDS, _column_words(MADE_IDS)))
        held = self.mapping.get(each.field, "")
        for whole in (each.column, held):
            if whole and whole not in dict(offers):
                offers.insert(1, (whole, whole))
        return [*offers, *_joins(held, self.preview.header)]

    def keep(self, index: QModelIndex, column: str) -> str:
        """Take another column for a field; a field that had it lets it go."""
        ours = self.rows.what(index.row()).field
        if column:
            shares = SIBLINGS if ours in SIBLINGS else ()  # one column may speak of kind, role and status together
            self.mapping = {
                other: "" if held == column and other not in shares else held for other, held in self.mapping.items()
            }
        self.mapping[ours] = column
        self.changed.emit(dict(self.mapping))
        return ""

    def _open(self, index: QModelIndex) -> None:
        if index.column() != THEIRS or self.state() == QAbstractItemView.State.EditingState:
            return
        self.open_choices_of(index)


class ColumnCells(InPlace):
    """Draws the columns as choices: with an arrow at the right."""

    def draw_content(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        """Draw the words, and the arrow where there is a choice."""
        if index.column() == THEIRS:
            place = option.rect
            spot = QRect(place.right() - 24, place.center().y() - 7, 14, 14)
            self.look.icon("down", "secondary").paint(painter, spot)
            option.rect = place.adjusted(0, 0, -24, 0)
        super().draw_content(painter, option, index)


class FirstRows(FlatTable):
    """The first rows of a file under its own column names."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, tr("First rows"))
        self.setItemDelegate(InPlace(look, self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)

    def fill(self, preview: Preview) -> None:
        """Show a file's rows."""
        rows = Rows(preview.header, self)
        rows.fill([(n, tuple(Cell(text, tip=text) for text in row)) for n, row in enumerate(preview.rows)])
        self.setModel(rows)
        for column in range(len(preview.header)):
            widest = max(self.sizeHintForColumn(column), self.horizontalHeader().sectionSizeHint(column))
            self.setColumnWidth(column, min(widest + 24, 220))


def _joins(held: str, header: tuple[str, ...]) -> list[tuple[str, str]]:
    """Return the columns that the one held can be read together with, after it or before it."""
    if held not in header:
        return []
    others = [name for name in header if name != held]
    pairs = [f"{held}{JOIN}{name}" for name in others] + [f"{name}{JOIN}{held}" for name in others]
    return [(pair, tr("{} together").format(pair)) for pair in pairs]


def _column_words(column: str) -> str:
    if column == MADE_IDS:
        return tr("Make ids")
    return column or tr("Not in the file")
