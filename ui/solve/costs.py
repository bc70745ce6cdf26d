"""What a solved plan costs, rule by rule."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt
from PySide6.QtWidgets import QHeaderView

from solver.explain import TITLES
from ui.look import Look
from ui.solve.stages import points
from ui.solve.tables import Index, LinedDelegate, SolveTable

RULE, POINTS = range(2)


class CostsModel(QAbstractTableModel):
    """One rule a row, dearest first; what saves points stands last with a minus."""

    def __init__(self) -> None:
        super().__init__()
        self.costs: tuple[tuple[str, float], ...] = ()

    def show_costs(self, cost_by_rule: dict[str, float]) -> None:
        """Show the points of each rule."""
        self.beginResetModel()
        self.costs = tuple(sorted(cost_by_rule.items(), key=lambda item: (-item[1], item[0])))
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802
        """One row a rule."""
        return 0 if parent.isValid() else len(self.costs)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802
        """The rule and its points."""
        return 0 if parent.isValid() else 2

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:  # noqa: N802
        """Return the columns' names."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (self.tr("Rule"), self.tr("Points"))[section]
        return None

    def data(self, index: Index, role: int = 0) -> Any:
        """Return a cell's words and how they lie."""
        rule, cost = self.costs[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return (TITLES.get(rule, rule), points(cost).replace("-", "−"))[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() == POINTS:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None


class CostsTable(SolveTable):
    """The cost per rule."""

    def __init__(self, look: Look) -> None:
        super().__init__(self.tr("Cost per rule"))
        self.costs = CostsModel()
        self.setModel(self.costs)
        self.setItemDelegate(LinedDelegate(look, self))
        self.horizontalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(RULE, QHeaderView.ResizeMode.Stretch)
        self.setColumnWidth(POINTS, 70)
        look.changed.connect(self.viewport().update)
