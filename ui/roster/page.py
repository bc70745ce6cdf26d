"""The roster page: the board with its legend, the chosen cell and the rules beside it, the solve drawer under it."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QHideEvent, QKeyEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from crt_scheduler import times
from crt_scheduler.board import Board
from crt_scheduler.board.board_changes import previewed
from crt_scheduler.planning import Difference
from ui import recall
from ui.page import Page
from ui.parts import Notice
from ui.roster.actions import BoardActions
from ui.roster.beside_board import CELL, RULES, Beside
from ui.roster.board import RosterBoard
from ui.roster.board_table import FORTNIGHT, MONTH
from ui.roster.filters import Filters
from ui.roster.legend import Legend
from ui.roster.roster_head import RosterHead
from ui.solve.drawer import SolveDrawer


class RosterPage(Page):
    """The month's roster. The desk's board is what it shows, while a solve's plan is not on view."""

    uses_period: ClassVar[bool] = True

    def build(self) -> QWidget:
        """Make the board and what lies around it."""
        self.board = RosterBoard(self.desk, self.look)
        self.actions_ = BoardActions(self.desk, self.look, self.board)
        self.filters = Filters(self.desk)
        self.beside = Beside(self.desk, self.look, self.board)
        self.drawer = SolveDrawer(self.desk, self.look)
        self.legend, self.banner = Legend(self.look, self.board.chips), Notice(self.look)
        self._seen: Board | None = None
        self._said_empty = ""
        self._plan: tuple[str, tuple[Difference, ...]] = ("", ())
        self.drawer.hide()
        self._recall()
        self._wire()
        self._ways = self._make_ways()
        self.setFocusProxy(self.board)
        return self._lay_out()

    def _lay_out(self) -> QWidget:
        whole, upper, left = QWidget(), QHBoxLayout(), QVBoxLayout()
        column = QVBoxLayout(whole)
        for layout in (column, upper, left):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(0)
        for part, share in ((self.banner, 0), (self.board, 1), (self.legend, 0)):
            left.addWidget(part, share)
        upper.addLayout(left, 1)
        upper.addWidget(self.beside)
        column.addLayout(upper, 1)
        column.addWidget(self.drawer)
        return whole

    def _wire(self) -> None:
        self.desk.board_changed.connect(self._hear)
        self.filters.changed.connect(lambda: self.board.set_wanted(self.filters.wanted))
        self.filters.period_changed.connect(lambda: self.board.set_period(str(self.filters.period.currentData())))
        self.board.opened.connect(self._open_cell)
        self.board.folded.connect(lambda: self.desk.settings.setValue("roster/folds", sorted(self.board.folds)))
        self.beside.go_to.connect(self.go_to)
        self.beside.closed.connect(lambda: self.board.setFocus(Qt.FocusReason.OtherFocusReason))
        self.drawer.go_to.connect(self.go_to)
        self.drawer.preview.connect(self._preview)
        self.drawer.closed.connect(self._end_solving)
        self.banner.acted.connect(self.solve)

    def _recall(self) -> None:
        """Show the board as it was left."""
        settings = self.desk.settings
        self.board.folds = frozenset(recall.names(settings, "roster/folds"))
        self.board.wanted = self.filters.wanted
        self.board.set_period(str(self.filters.period.currentData()))
        self.board.set_by_area(recall.is_on(settings, "roster/by_area", False))

    def _make_ways(self) -> list[QAction]:
        """Make the page's own acts; the board's are in `actions_`, solving and problems are the window's."""
        return [
            self._way(self.tr("People x days or shifts x areas"), "Ctrl+T", self.turn),
            self._way(self.tr("Month or two weeks"), "Ctrl+Shift+T", self.change_period),
            self._way(self.tr("Chosen cell: why, and who else could"), "Ctrl+D", lambda: self.beside.toggle(CELL)),
            self._way(self.tr("Rules and open seats"), "Ctrl+B", lambda: self.beside.toggle(RULES)),
            self._way(self.tr("Narrow the board by name"), "Ctrl+F", self.filters.name.setFocus),
            self._way(self.tr("Show everybody"), "", self.filters.widen),
        ]

    def _way(self, words: str, keys: str, act: object) -> QAction:
        action = QAction(words, self)
        action.setShortcut(QKeySequence(keys))
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        assert callable(act)
        action.triggered.connect(lambda: act())
        self.addAction(action)
        return action

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Close the panel beside the board on Escape, when nothing is being carried."""
        if event.key() == Qt.Key.Key_Escape and self.beside.isVisible():
            self.beside.close_panel()
        else:
            super().keyPressEvent(event)

    def head_left(self) -> QWidget | None:
        """Return the filters."""
        return self.filters

    def head_right(self) -> QWidget | None:
        """Return Ask, Publish and Solve."""
        found = RosterHead(self.desk, self.look)
        found.ask.clicked.connect(lambda: self.go.emit("ask", self.desk.month))
        found.publish.clicked.connect(lambda: self.go.emit("publish", None))
        found.solve.clicked.connect(self.solve)
        self.drawer.is_busy_changed.connect(found.show_busy)
        return found

    def commands(self) -> list[QAction]:
        """Return the board's acts, the page's and the drawer's."""
        return [*self.actions_.all(), *self._ways, *self.drawer.commands()]

    def refresh(self) -> None:
        """Show the desk's board, or say that it is being read."""
        board = self.desk.board
        if board is None or board.month != self.desk.month:
            if self.board.board is None:
                self.show_loading(self.tr("Reading the roster."))
        elif board is not self._seen:
            self._show(board)

    def _hear(self) -> None:
        board = self.desk.board
        if board is None:
            self.show_empty(
                self.tr("No programme is set up in these records yet."),
                self.tr("Set up a new team…"),
                lambda: self.go.emit("first run", None),
            )
            return
        self.actions_.acts.hear(board)
        if self.isVisible():
            self._show(board)

    def _show(self, board: Board) -> None:
        self._seen = board
        self.look.know_areas(board.areas)
        if not board.lines:
            words = self.tr("Nobody is on the team yet. Import a list of people, or add them one by one.")
            self.show_empty(words, self.tr("Import people…"), lambda: self.go.emit("import", "people"))
            return
        self.filters.know(board)
        self.board.wanted = self.filters.wanted
        month, plan = self._plan
        is_preview = self.actions_.acts.is_preview = bool(plan) and month == board.month
        self.board.set_board(previewed(board, plan) if is_preview else board)
        self._tell_preview()
        self.legend.show_area(board.areas[0] if board.areas else "")
        self._say_empty(board)
        self.show_content()
        self.beside.follow()

    def _tell_preview(self) -> None:
        """Tell the rest of the window whether a plan that nobody has applied is on view."""
        is_preview = self.isVisible() and self.actions_.acts.is_preview
        self.desk.previewed.emit(self.board.board if is_preview else None)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """A plan that waits is on view again."""
        super().showEvent(event)
        self._tell_preview()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        """What other views show is the roster as it is written."""
        super().hideEvent(event)
        self._tell_preview()

    def _say_empty(self, board: Board) -> None:
        """Say once per visit of a month that nobody is on call in it."""
        if board.places or not self.drawer.isHidden():
            self.banner.hide()
            self._said_empty = ""
        elif self._said_empty != board.month:
            self._said_empty = board.month
            words = self.tr("Nobody is on call in {} yet.").format(times.month_words(board.month))
            self.banner.say(words, self.tr("Solve"), kind="warning")

    def _preview(self, differences: tuple[Difference, ...]) -> None:
        """Show the board as a plan of its month would leave it; without differences, as it is."""
        board = self.desk.board
        self._plan = (board.month if board else "", differences)
        if board is not None:
            self._show(board)

    def _open_cell(self) -> None:
        """Enter: on a person's free cell offer shifts, else go to the panel beside the board."""
        row = self.board.row_at()
        if row is not None and row.line is not None and self.board.place_at() is None:
            self.actions_.ask_shift()
            return
        self.beside.show_panel(CELL)
        self.beside.take_focus()

    def turn(self) -> None:
        """Change between people x days and shifts x areas."""
        self.board.set_by_area(not self.board.is_by_area)
        self.desk.settings.setValue("roster/by_area", self.board.is_by_area)

    def change_period(self) -> None:
        """Change between the month and two weeks."""
        other = FORTNIGHT if self.board.period == MONTH else MONTH
        self.filters.period.setCurrentIndex(self.filters.period.findData(other))

    def solve(self) -> None:
        """Open the solve drawer and begin."""
        self.banner.hide()
        self.legend.hide()
        self.drawer.solve()

    def _end_solving(self) -> None:
        self.legend.show()
        self.board.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_rules(self) -> None:
        """Show what is wrong with the roster."""
        self.beside.show_panel(RULES)

    def go_on(self) -> None:
        """Go to the next problem."""
        self.beside.show_problems()
        self.beside.rules.next()

    def go_back(self) -> None:
        """Go to the problem before."""
        self.beside.show_problems()
        self.beside.rules.previous()

    def go_to(self, person: str, shift: str) -> None:
        """Choose a person's place on a shift, or an open seat where the person is empty; what hides it is widened."""
        if self.board.go_to(person, shift):
            return
        self.filters.widen()
        self.board.folds = frozenset()
        self.board.rebuild()
        if not self.board.go_to(person, shift) and self.board.is_by_area:
            self.turn()
            self.board.go_to(person, shift)

    def go_to_date(self, date: dt.date) -> None:
        """Go to a date."""
        self.board.go_to_date(date)

    def show_what(self, what: object) -> None:
        """Show what a link points at: a date, a shift's name, a person's id, or (person, shift)."""
        if isinstance(what, dt.date):
            self.go_to_date(what)
        elif isinstance(what, tuple) and len(what) == 2:
            self._open_at(str(what[0]), str(what[1]))
        elif isinstance(what, str):
            self._open_at("", what) if "/" in what else self.go_to(what, "")

    def _open_at(self, person: str, shift: str) -> None:
        """Go to a place or an open seat and open the panel on it: who follows a link to one asks about it."""
        self.go_to(person, shift)
        self.beside.show_panel(CELL)
