"""The table under a roster board: shows a Sheet with its heads, fits the slots to the room, knows where things lie."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import cast

from PySide6.QtCore import QItemSelectionRange, QModelIndex, QPersistentModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from crt_scheduler.board import Place
from ui.look import Look
from ui.roster.board_chips import Chips
from ui.roster.board_model import SheetModel
from ui.roster.headers import Corner, DatesHead
from ui.roster.names_column import NamesHead
from ui.roster.room import Room
from ui.roster.sheet import Cell, Row, Sheet

MONTH, FORTNIGHT = "month", "two weeks"
SLOTS = {(MONTH, False): (18, 27), (FORTNIGHT, False): (27, 42), (MONTH, True): (27, 42), (FORTNIGHT, True): (58, 96)}
"""Narrowest and widest slot by period and by whether the board is shifts x areas; between them it fills the room."""
WIDER = 64
"""Pixels the names may take of the room that the columns leave."""
Index = QModelIndex | QPersistentModelIndex
ROLES = ("base", "night", "weekend", "window", "highlight", "hairline", "border", "accent", "bad", "edge", "good")


class Inks:
    """The palette's colours as painting needs them, read once per palette."""

    def __init__(self, look: Look) -> None:
        self._look = look
        self.of: dict[str, QColor] = {}
        look.changed.connect(self.fill)
        self.fill()

    def fill(self) -> None:
        """Take the colours of the palette."""
        self.of = {role: self._look.colour(role) for role in ROLES}


class SheetTable(QTableView):
    """A Sheet on screen; painting and keys are the board's."""

    opened = Signal()
    """Enter or a double click on the current cell."""
    fold_wanted = Signal(int)
    """A group's row is to be folded or unfolded."""
    menu_wanted = Signal(QPoint)
    """The context menu is asked for, at a global position."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self.period, self.is_by_area = MONTH, False
        self.slot = 19
        self._shape: tuple[object, ...] = ()
        self.chips, self.inks = Chips(look), Inks(look)
        self.sheets = SheetModel(self)
        self.dates, self.names = DatesHead(look, self.chips, self.room, self), NamesHead(look, self.room, self)
        self.corner = Corner(look, self.dates.lines, self.room, self)
        self.setHorizontalHeader(self.dates)
        self.setVerticalHeader(self.names)
        self.names.folded.connect(self.fold_wanted)
        self._settle()
        look.changed.connect(self.repaint_all)

    def _settle(self) -> None:
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setCornerButtonEnabled(False)
        self.setWordWrap(False)
        line = QFontMetrics(self.look.font(9)).height()
        self.row_height, self.group_height = max(24, line + 7), max(26, line + 9)

    @property
    def sheet(self) -> Sheet | None:
        """What is shown."""
        return self.sheets.sheet

    @property
    def is_long(self) -> bool:
        """Do chips show names on two lines?"""
        return self.is_by_area and self.period == FORTNIGHT

    def show_sheet(self, sheet: Sheet) -> None:
        """Show a sheet, keeping the current cell and the place scrolled to; one that looks the same is not drawn."""
        old, index = self.sheet, self.currentIndex()
        shape = (self.is_long, self.period, self.dates.today, [row.key for row in sheet.rows], len(sheet.open))
        if old is not None and shape == self._shape and old.looks_like(sheet):
            self.sheets.sheet = sheet
            return
        row = old.rows[index.row()] if old and index.isValid() else None
        scrolled = self.horizontalScrollBar().value(), self.verticalScrollBar().value()
        self.sheets.show(sheet)
        if shape != self._shape:
            self._shape = shape
            self._set_heights(sheet)
        if row is not None and not self.currentIndex().isValid():
            self._choose_again(sheet, row, index.column())
        self.horizontalScrollBar().setValue(scrolled[0])
        self.verticalScrollBar().setValue(scrolled[1])
        self.repaint_all()

    def _choose_again(self, sheet: Sheet, row: Row, column: int) -> None:
        """Choose the cell that was current before the rows changed: its row, or its group's where that is folded."""
        n = sheet.row_of.get(row.key, sheet.row_of.get(f"group/{row.group}", -1))
        if n >= 0 and column < len(sheet.open):
            self.setCurrentIndex(self.sheets.index(n, column))

    def _set_heights(self, sheet: Sheet) -> None:
        height = 2 * self.row_height - 10 if self.is_long else self.row_height
        self.names.setDefaultSectionSize(height)
        for n, row in enumerate(sheet.rows):
            wanted = self.group_height if row.kind == "group" else height
            if self.names.sectionSize(n) != wanted:  # one that was a group's row keeps its height otherwise
                self.names.resizeSection(n, wanted)
        self._fit()

    def _fit(self) -> None:
        """Make the slots as wide as the period asks and the room allows."""
        if self.sheet is None or not self.sheet.open:
            return
        least, most = SLOTS[self.period, self.is_by_area]
        a_day = max(1, round(len(self.sheet.open) / len({c.date for c in self.sheet.board.columns})))
        shown = len(self.sheet.open) if self.period == MONTH else 14 * a_day
        room = self.viewport().width() + self.names.width() - self.names.narrow
        self.slot = min(most, max(least, room // shown))
        spare = room - self.slot * len(self.sheet.open)
        self.names.widen(min(spare, WIDER) if spare > 0 else 0)
        self.dates.setDefaultSectionSize(self.slot)
        self.updateGeometries()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Fit the slots to the room."""
        super().resizeEvent(event)
        self._fit()

    def updateGeometries(self) -> None:  # noqa: N802
        """Keep the corner where the heads meet."""
        super().updateGeometries()
        self.corner.setGeometry(0, 0, self.names.width(), self.dates.height())
        self.corner.raise_()

    def repaint_all(self) -> None:
        """Draw everything anew."""
        for part in (self.viewport(), self.dates.viewport(), self.names.viewport(), self.corner):
            part.update()

    def room(self) -> Room:
        """Return where columns lie now."""
        return Room(self.sheet, self.slot, self.dates.offset(), self.currentIndex().row(), self.is_by_area)

    def top_of(self, row: int) -> int:
        """Return where a row begins in the viewport."""
        return self.names.sectionViewportPosition(row)

    def extent(self) -> tuple[int, int]:
        """Return width and height of all columns and rows."""
        return self.dates.length(), self.names.length()

    def row_at(self) -> Row | None:
        """Return the current row."""
        return self.sheets.row(self.currentIndex())

    def cell_at(self) -> Cell | None:
        """Return the current cell; None where nothing is."""
        return self.sheets.cell(self.currentIndex()) if self.currentIndex().isValid() else None

    def place_at(self) -> Place | None:
        """Return the current cell's place; None where nobody is on call."""
        cell = self.cell_at()
        return cell.places[0] if cell and cell.places else None

    def places_chosen(self) -> list[Place]:
        """Return the places of all selected cells, in order of rows and columns."""
        if self.sheet is None:
            return []
        parts = self.chosen_parts()
        found: dict[int, Place] = {}
        for (row, column), cell in sorted(self.sheet.cells.items(), key=lambda item: item[0]):
            if any(p.top() <= row <= p.bottom() and p.left() <= column <= p.right() for p in parts):
                found.update({place.row.id: place for place in cell.places})
        return list(found.values())

    def choose(self, row: int, column: int) -> None:
        """Make a cell the current one and bring it into view."""
        index = self.sheets.index(row, column)
        self.setCurrentIndex(index)
        self.scrollTo(index, QAbstractItemView.ScrollHint.EnsureVisible)

    def keep_column(self, change: Callable[[], object]) -> None:
        """Make a change and keep the column at the left edge there."""
        column = self.dates.logicalIndexAt(0)
        change()
        self.horizontalScrollBar().setValue(max(0, column) * self.slot)

    def chosen_parts(self) -> list[QItemSelectionRange]:
        """Return the ranges of selected cells; never one by one, which for a whole board takes a second."""
        return list(cast(Iterable[QItemSelectionRange], self.selectionModel().selection()))
