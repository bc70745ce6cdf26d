"""Beside the board: the chosen cell and the rules, one at a time under two tabs, opened, closed and remembered."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QPushButton, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from ui import recall
from ui.desk import Desk
from ui.look import Look
from ui.parts import of_kind
from ui.roster.board import RosterBoard
from ui.roster.finding import gaps_at, seat_of
from ui.roster.rules.rules_panel import RulesPanel
from ui.roster.sheet import CLERGY, Cell, Row
from ui.roster.side.side_panel import WIDTH, SidePanel

CELL, RULES = 0, 1
PAUSE = 80
"""Milliseconds the current cell must stay the same before it is asked about: an arrow key held down asks once."""


class Beside(QWidget):
    """The panels at the right of the board, closed until one is asked for: a whole month has room then.

    `go_to(person, shift)`: a link to a cell was followed.
    """

    go_to = Signal(str, str)
    closed = Signal()

    def __init__(self, desk: Desk, look: Look, view: RosterBoard) -> None:
        super().__init__()
        self._settings, self._view = desk.settings, view
        self._seat = ("", "", "")
        self.cell, self.rules = SidePanel(desk, look), RulesPanel(desk, look)
        self.tabs, self._stack = QTabBar(), QStackedWidget()
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.tabs.setAccessibleName(self.tr("Beside the board"))
        of_kind(self.tabs, "beside")
        self.tabs.addTab(self.tr("Chosen cell"))
        self.tabs.addTab(self.tr("Rules"))
        for part in (self.cell, self.rules):
            self._stack.addWidget(part)
            part.go_to.connect(self.go_to)
            part.closed.connect(self.close_panel)
        self.rules.go_to_seat.connect(self._go_to_seat)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.tabs)
        column.addWidget(self._stack, 1)
        self.setFixedWidth(WIDTH)
        self._soon = QTimer(self, singleShot=True, interval=PAUSE)
        self._soon.timeout.connect(self.follow)
        view.chosen.connect(self._soon.start)
        self.tabs.currentChanged.connect(self._turn)
        last = recall.number(self._settings, "roster/beside", CELL, least=0, most=self.tabs.count() - 1)
        self.tabs.setCurrentIndex(last)
        if not recall.is_on(self._settings, "roster/is_beside", False):
            self.hide()  # to be shown here would be to flash up as a window of its own: there is no parent yet

    def _go_to_seat(self, shift: str, role: str, tier: str) -> None:
        """Follow a link to one of the open seats that a group's number counts."""
        self._seat = shift, role, tier
        self.go_to.emit("", shift)
        self.follow()

    def _turn(self, number: int) -> None:
        self._stack.setCurrentIndex(number)
        self._settings.setValue("roster/beside", number)
        self.follow()

    def show_panel(self, number: int) -> None:
        """Show one of the panels."""
        self._set_open(is_open=True)
        self.tabs.setCurrentIndex(number)

    def show_problems(self) -> None:
        """Show the rules, unless the chosen cell is on view: then each problem's own cell is shown in turn."""
        if self.isHidden():
            self.show_panel(RULES)

    def toggle(self, number: int) -> None:
        """Show a panel, or close it where it is on view."""
        if not self.isHidden() and self.tabs.currentIndex() == number:
            self.close_panel()
        else:
            self.show_panel(number)

    def close_panel(self) -> None:
        """Close the panels and give the board their room."""
        self._set_open(is_open=False)
        self.closed.emit()

    def _set_open(self, *, is_open: bool) -> None:
        self.setVisible(is_open)
        self._settings.setValue("roster/is_beside", is_open)
        self.follow()

    def take_focus(self) -> None:
        """Move the focus to the first button of the chosen cell, else to the tabs."""
        buttons = (button for button in self.cell.findChildren(QPushButton) if button.isVisible())
        found = next((button for button in buttons if button.isEnabled() and button.text()), self.tabs)
        found.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def follow(self) -> None:
        """Show what the board's current cell holds, while it is on view."""
        row, index = self._view.row_at(), self._view.currentIndex()
        if row is None or self._view.sheet is None or not self.isVisible() or self.tabs.currentIndex() != CELL:
            return
        self._show(row, self._view.cell_at(), index.column())

    def _show(self, row: Row, cell: Cell | None, column: int) -> None:
        sheet = self._view.sheet
        assert sheet is not None
        if cell is not None and cell.places:
            self.cell.show_cell(*cell.places[0].key)
        elif row.kind == "seat" and cell is not None:
            self.cell.show_seat(cell.shift, row.role, row.tier)
        elif row.line is not None:
            self.cell.show_free(row.line.person, self._slot(row, column))
        elif row.kind == "group" and row.open[column]:
            self._show_gap(row, column)
        else:
            self.cell.clear()

    def _slot(self, row: Row, column: int) -> int:
        """Return the Problem's slot of a column: for clergy that of the duty over it, where there is one."""
        assert self._view.sheet is not None
        board = self._view.sheet.board
        where = board.columns[column]
        if row.group != CLERGY:
            return where.slot
        used = {board.problem.shifts[seat.shift].slot for seat in board.problem.seats if seat.role == CLERGY}
        return next((n for n in sorted(used) if board.problem.slots[n].date == where.date), where.slot)

    def _show_gap(self, row: Row, column: int) -> None:
        sheet = self._view.sheet
        seats = [seat_of(gap) for gap in gaps_at(sheet, row, column)] if sheet else []
        if not seats:
            self.cell.clear()
        else:
            self.cell.show_seat(*(self._seat if self._seat in seats else seats[0]))
