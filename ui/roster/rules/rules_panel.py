"""The rules panel: what is broken, what the month costs by rule, and the way from one problem to the next."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from crt_scheduler.board.mend import ToMend, costs, to_mend
from crt_scheduler.cover.place import calls_words
from solver.formulate import period_of
from solver.problem import Problem
from solver.roster import from_assignments
from solver.why_open import why_open
from ui.desk import Desk
from ui.look import Look
from ui.parts import Button, Line, Words, secondary, sentence
from ui.roster.rules.rules_tree import CALLS, POINTS, RULE, RulesModel

WIDTH = 368


PAD = 8
ICON = 20
MARGIN = 3
"""What the style leaves free on each side of an item's text."""


class RuleRows(QStyledItemDelegate):
    """Sizes and draws the rows of a tree of rules."""

    def __init__(self, tree: QTreeView) -> None:
        super().__init__(tree)
        self._tree = tree

    def sizeHint(  # noqa: N802
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Return room for a line, or for all lines of a case's sentence."""
        face = index.data(Qt.ItemDataRole.FontRole)
        metrics = QFontMetrics(face if isinstance(face, QFont) else self._tree.font())
        words = str(index.data() or "")
        if index.column():
            return QSize(metrics.horizontalAdvance(words) + 2 * (MARGIN + PAD), metrics.height() + PAD)
        depth = 2 if index.parent().isValid() else 1
        width = self._room(index) - depth * self._tree.indentation() - 2 * MARGIN
        if index.data(Qt.ItemDataRole.DecorationRole) is not None:
            width -= ICON
        box = metrics.boundingRect(QRect(0, 0, max(60, width), 10_000), Qt.TextFlag.TextWordWrap, words)
        return QSize(60, box.height() + PAD)

    def _room(self, index: QModelIndex | QPersistentModelIndex) -> int:
        is_spanned = self._tree.isFirstColumnSpanned(index.row(), index.parent())
        return self._tree.viewport().width() if is_spanned else self._tree.columnWidth(0)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw a row; figures end before the edge."""
        if index.column():
            option.rect = option.rect.adjusted(0, 0, MARGIN - PAD, 0)
        super().paint(painter, option, index)


class RulesPanel(QFrame):
    """What is broken and what it costs; `next` and `previous` walk broken rules by date, then the dearest open seats.

    `go_to(person, shift)`: a place of a person; no person: the shift as a whole; no shift: the person.
    `go_to_seat(shift, role, tier)`: an open seat. `closed`: the panel was left.
    """

    go_to = Signal(str, str)
    go_to_seat = Signal(str, str, str)
    closed = Signal()

    def __init__(self, desk: Desk, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "panel")
        self.setAccessibleName(self.tr("Rules"))
        self.setMinimumWidth(WIDTH)
        self._desk, self._look = desk, look
        self.problems: tuple[ToMend, ...] = ()
        self.at = -1
        self.model = RulesModel(look, self)
        self._icon, self.state = QLabel(), sentence("")
        self.total = secondary("")
        self.position = secondary("")
        self.position.setWordWrap(True)
        self.why = secondary("")
        self.why.setWordWrap(True)
        self.why.hide()
        self._explained = ""
        """The roster that `why` is about; it is worked out while the panel is seen."""
        self.tree = self._tree()
        self.back = Button(self.tr("Previous"), tip=self.tr("Previous problem (Shift+F8)")).with_icon(look, "left")
        self.forth = Button(self.tr("Next"), tip=self.tr("Next problem (F8)")).with_icon(look, "right")
        self.back.clicked.connect(self.previous)
        self.forth.clicked.connect(self.next)
        self._lay_out()
        self._is_spread, self._open_rules = False, set[str]()
        desk.board_changed.connect(self.renew)
        look.changed.connect(self._say)
        self.renew()

    def _tree(self) -> QTreeView:
        tree = QTreeView()
        tree.setModel(self.model)
        tree.setAccessibleName(self.tr("What is broken and what the month costs, by rule"))
        tree.setFrameShape(QFrame.Shape.NoFrame)
        tree.setIndentation(14)
        tree.setWordWrap(True)
        tree.setItemDelegate(RuleRows(tree))
        tree.setExpandsOnDoubleClick(False)
        tree.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        tree.activated.connect(self._activate)
        tree.clicked.connect(self._activate)
        head = tree.header()
        head.setStretchLastSection(False)
        head.setSectionResizeMode(RULE, QHeaderView.ResizeMode.Stretch)
        for column in (POINTS, CALLS):
            head.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        head.sectionResized.connect(tree.scheduleDelayedItemsLayout)
        return tree

    def _lay_out(self) -> None:
        close = Button("", "flat", tip=self.tr("Close the panel (Esc)")).with_icon(self._look, "close", "secondary")
        close.clicked.connect(self.closed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        top = QVBoxLayout()
        top.setContentsMargins(16, 12, 12, 12)
        top.setSpacing(4)
        title, state, walk = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        title.addWidget(Words(self.tr("Rules"), 12, bold=True))
        title.addStretch(1)
        title.addWidget(close)
        state.setSpacing(8)
        state.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        state.addWidget(self.state, 1)
        walk.setSpacing(8)
        for part in (self.back, self.forth):
            walk.addWidget(part)
        walk.addStretch(1)
        for row in (title, state):
            top.addLayout(row)
        top.addWidget(self.total)
        top.addWidget(self.why)
        top.addSpacing(8)
        top.addLayout(walk)
        top.addWidget(self.position)
        column.addLayout(top)
        column.addWidget(Line())
        held = QHBoxLayout()
        held.setContentsMargins(8, 0, 0, 0)
        held.addWidget(self.tree)
        column.addLayout(held, 1)

    def renew(self) -> None:
        """Show the rules of the board as it is now; the problem one was at stays, as far as it is still there."""
        board = self._desk.board
        was = self.problems[self.at] if 0 <= self.at < len(self.problems) else None
        self.problems = to_mend(board) if board else ()
        if was in self.problems:
            self.at = self.problems.index(was)
        elif was is not None:
            self.at = min(self.at, len(self.problems)) - 1
        if self._is_spread:
            rules = enumerate(self.model.costs)
            self._open_rules = {cost.rule for n, cost in rules if self.tree.isExpanded(self._row(n))}
        self.model.show(costs(board) if board else ())
        self._is_spread = False
        if self.isVisible():
            self._spread()
        self._say()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Lay out what changed while the panel was out of sight: thousands of lines at each act would take too long."""
        super().showEvent(event)
        if not self._is_spread:
            self._spread()
        self._explain()

    def _spread(self) -> None:
        """Open the rules that were open and those that are broken, and let each case take the whole line."""
        self._is_spread = True
        for n, cost in enumerate(self.model.costs):
            self.tree.setExpanded(self._row(n), cost.rule in self._open_rules or cost.hard)
            self.tree.setFirstColumnSpanned(n, QModelIndex(), cost.hard)
            for case in range(len(cost.violations)):
                self.tree.setFirstColumnSpanned(case, self._row(n), True)

    def _row(self, number: int) -> QModelIndex:
        return self.model.index(number, 0)

    def _say(self) -> None:
        hard = sum(len(cost.violations) for cost in self.model.costs if cost.hard)
        points = sum(cost.points for cost in self.model.costs)
        words = self.tr("No rule is broken.")
        if hard:
            words = self.tr("A rule is broken in 1 place.") if hard == 1 else self.tr("Rules are broken in {} places.")
        self._icon.setPixmap(self._look.icon("warning" if hard else "check", "bad" if hard else "good").pixmap(16, 16))
        self.state.say(words.format(hard), "bad" if hard else "good")
        self.total.setText(
            self.tr("The month costs {} missed calls ({:,.0f} points).").format(
                calls_words(points, signed=False), points
            )
        )
        for button in (self.back, self.forth):
            button.setEnabled(bool(self.problems))
        self._say_position()
        self._explain()

    def _explain(self) -> None:
        """Say why the month is so open, once that is seen."""
        board = self._desk.board
        mark = "" if board is None else f"{board.month} {board.revision} {len(board.gaps)}"
        if not self.isVisible() or board is None or mark == self._explained:
            return
        self._explained = mark
        self.why.hide()
        if board.places and board.gaps:
            frozen = board.problem
            self._desk.think(self, "why open", lambda: _why_open(frozen), self._say_why, lambda _: None)

    def _say_why(self, words: str) -> None:
        self.why.setText(words)
        self.why.setVisible(bool(words))

    def _say_position(self) -> None:
        count = len(self.problems)
        if not count:
            self.position.setText(self.tr("Nothing to mend: every seat is taken."))
        elif self.at < 0:
            self.position.setText(self.tr("{} to mend, broken rules first, then open seats").format(count))
        else:
            self.position.setText(self.words)

    @property
    def words(self) -> str:
        """Where one is on the way, such as: 3 of 58. Central, Wed 20 January day: the lead seat is open."""
        if not 0 <= self.at < len(self.problems):
            return ""
        return self.tr("{} of {}. {}").format(self.at + 1, len(self.problems), self.problems[self.at].words)

    def next(self) -> None:
        """Go to the next problem; after the last comes the first."""
        self._go(self.at + 1)

    def previous(self) -> None:
        """Go to the problem before; before the first comes the last."""
        self._go(self.at - 1 if self.at > 0 else len(self.problems) - 1)

    def _go(self, number: int) -> None:
        if not self.problems:
            self._desk.said.emit(self.tr("Nothing to mend: no rule is broken, no seat is open."))
            return
        self.at = number % len(self.problems)
        self._say_position()
        self._desk.said.emit(self.words)
        one = self.problems[self.at]
        if one.role:
            self.go_to_seat.emit(one.shift, one.role, one.tier)
        else:
            self.go_to.emit(one.person, one.shift)

    def _activate(self, index: QModelIndex) -> None:
        """Go to a case; open or fold a rule that has several."""
        case = self.model.case(index)
        if case is not None:
            self.go_to.emit(case.person, case.shift)
        else:
            rule = index.siblingAtColumn(0)
            self.tree.setExpanded(rule, not self.tree.isExpanded(rule))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Leave on Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)


def _why_open(frozen: Problem) -> str:
    """Return why places of a month stay open, in a sentence."""
    return why_open(from_assignments(period_of(frozen), frozen.current)).sentence()
