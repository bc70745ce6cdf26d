"""The rules of a month as a tree: a row per rule with what it costs, below it a row per case."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from crt_scheduler.board.mend import Cost
from solver.result import Violation
from ui.look import Look

Index = QModelIndex | QPersistentModelIndex
RULE, POINTS, CALLS = range(3)


class RulesModel(QAbstractItemModel):
    """Broken rules first, in red with an icon and a word; then what is paid for, dearest first."""

    def __init__(self, look: Look, parent: QObject) -> None:
        super().__init__(parent)
        self._look = look
        self.costs: tuple[Cost, ...] = ()
        look.changed.connect(self._recolour)

    def _recolour(self) -> None:
        self.layoutChanged.emit()

    def show(self, costs: Sequence[Cost]) -> None:
        """Show other rules."""
        self.beginResetModel()
        self.costs = tuple(costs)
        self.endResetModel()

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:
        """Return the place of a row; cases carry the number of their rule, counted from one."""
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        return self.createIndex(row, column, parent.row() + 1 if parent.isValid() else 0)

    def parent(self, index: Index = QModelIndex()) -> QModelIndex:  # type: ignore[override]
        """Return the rule of a case."""
        rule = index.internalId() if index.isValid() else 0
        return self.createIndex(rule - 1, 0, 0) if rule else QModelIndex()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802
        """Return how many rules, or cases of one."""
        if not parent.isValid():
            return len(self.costs)
        is_rule = parent.internalId() == 0 and parent.column() == 0
        return len(self.costs[parent.row()].violations) if is_rule else 0

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802
        """Return three: rule, points, missed calls."""
        return 3

    def case(self, index: Index) -> Violation | None:
        """Return the case of a row, or the only one of a rule that has no other; None for a rule."""
        if not index.isValid():
            return None
        rule = index.internalId()
        if rule:
            return self.costs[rule - 1].violations[index.row()]
        cases = self.costs[index.row()].violations
        return cases[0] if len(cases) == 1 else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: N802
        """Return what a column is called, and what its numbers mean."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return (self.tr("Rule"), self.tr("Points"), self.tr("Missed calls"))[section]
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.tr("1,000 points are one expected missed call. Below zero: wishes that are kept.")
        if role == Qt.ItemDataRole.TextAlignmentRole and section != RULE:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a row's words or figures, and how they look."""
        rule = index.internalId()
        cost = self.costs[rule - 1 if rule else index.row()]
        case = cost.violations[index.row()] if rule else None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._words(cost, case, index.column())
        if role == Qt.ItemDataRole.ToolTipRole and index.column() == RULE:
            return case.sentence if case else self._words(cost, None, RULE)
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() != RULE:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.ForegroundRole:
            return self._look.colour("bad" if cost.hard else "secondary" if case else "text")
        if role == Qt.ItemDataRole.FontRole:
            return self._look.font(9 if case else 9.75, bold=cost.hard and case is None)
        if role == Qt.ItemDataRole.DecorationRole and cost.hard and index.column() == RULE and not case:
            return self._look.icon("warning", "bad")
        return None

    def _words(self, cost: Cost, case: Violation | None, column: int) -> str:
        if column == RULE:
            if case:
                points = self.tr("{:,.0f} points").format(case.points).replace("-", "−")
                return case.sentence if case.hard else f"{case.sentence} {points}"
            count = len(cost.violations)
            words = self.tr("Broken: {}  {}") if cost.hard else "{}  {}"
            return words.format(cost.title, count)
        if cost.hard:
            return ""
        if column == POINTS:
            return f"{cost.points:,.0f}".replace("-", "−")
        return cost.calls
