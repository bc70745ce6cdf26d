"""The rows of a file that cannot be taken, each with why, and its text to mend on the spot."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from crt_scheduler.imports import BadRow
from crt_scheduler.lines import written
from ui.look import Look
from ui.parts import Card, counted, sentence
from ui.people.cells_in_place import FlatTable, InPlace
from ui.people.file_reading import Looked, offers
from ui.people.word_rows import Cell, Rows
from ui.words import tr

VALUE = 2
MOST = 500
"""More bad cells than anybody mends by hand; the file itself must be looked at then."""


class BadRows(Card):
    """The table of bad cells; `corrected` carries line, column and the text to read instead."""

    corrected = Signal(int, str, str)

    def __init__(self, look: Look) -> None:
        super().__init__(tr("Rows that cannot be taken"), pad=8)
        self.rows = Rows((tr("Line"), tr("Column"), tr("In the file"), tr("What is wrong")), right=(0,))
        self.table = FlatTable(look, tr("Rows that cannot be taken"))
        self.table.setModel(self.rows)
        self.looked: Looked | None = None
        self.table.setItemDelegate(ValueCells(look, self.table, self.keep, self.choices_of))
        for column, width in enumerate((56, 120, 170)):
            self.table.setColumnWidth(column, width)
        self.body.addWidget(self.table, 1)
        self.reason = sentence("", "secondary")
        self.body.addWidget(self.reason)
        self.table.selectionModel().currentChanged.connect(self._say_reason)

    def show_rows(self, looked: Looked) -> None:
        """Show the bad cells of a file; none hides the table."""
        self.looked = looked
        bad = looked.report.faults if looked.report else ()
        self.setVisible(bool(bad))
        lines = len({fault.line for fault in bad})
        note = counted(
            lines,
            "1 row: type what it should say, or import without it",
            "{} rows: type what they should say, or import without them",
        )
        self.note.setText(note)
        self.rows.fill([(fault, self._cells(fault)) for fault in bad[:MOST]])
        self.table.setColumnWidth(0, max(56, self.table.sizeHintForColumn(0) + 16))
        if bad and not self.table.currentIndex().isValid():
            self.table.setCurrentIndex(self.rows.index(0, VALUE))
        self._say_reason(self.table.currentIndex())

    def _say_reason(self, index: QModelIndex) -> None:
        """Say in full why the row under the keys cannot be taken: the table may have no room for it."""
        self.reason.setText(reason_words(self.rows.what(index.row())) if index.isValid() else "")

    def _cells(self, fault: BadRow) -> tuple[Cell, ...]:
        is_whole_row = fault.column.startswith("(")
        reason = reason_words(fault)
        return (
            Cell(written(fault.line), tip=f"{fault.line}"),
            Cell(fault.column),
            Cell(fault.value or tr("(empty)"), "bad", written=None if is_whole_row else fault.value),
            Cell(reason, tip=reason),
        )

    def mend_first(self) -> None:
        """Bring the first bad cell under the keys, to be typed anew or chosen."""
        index = self.rows.index(0, VALUE)
        self.table.setFocus()
        self.table.setCurrentIndex(index)
        if index.flags() & index.flags().ItemIsEditable:
            self.table.open_choices_of(index)

    def choices_of(self, index: QModelIndex) -> list[tuple[str, str]]:
        """Return what a cell can be chosen from: areas, roles; its own text first."""
        fault = self.rows.what(index.row())
        found = offers(self.looked, fault.column) if self.looked is not None else []
        return [(fault.value, fault.value or tr("(empty)")), *found] if found else []

    def keep(self, index: QModelIndex, typed: str) -> str:
        """Read another text instead of what the file holds."""
        fault = self.rows.what(index.row())
        self.corrected.emit(fault.line, fault.column, typed)
        return ""


def reason_words(fault: BadRow) -> str:
    """Return why a cell cannot be taken, as a sentence."""
    return f"{fault.reason[:1].upper()}{fault.reason[1:]}."


class ValueCells(InPlace):
    """Draws the text of the file with a pen at the right: it can be mended here."""

    def draw_content(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        """Draw the words, and the pen where a text can be typed."""
        if index.column() == VALUE and index.flags() & index.flags().ItemIsEditable:
            place = option.rect
            icon = self.look.icon("edit", "secondary")
            icon.paint(painter, place.right() - 24, place.center().y() - 8, 16, 16)
            option.rect = place.adjusted(0, 0, -24, 0)
        super().draw_content(painter, option, index)
