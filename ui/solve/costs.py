"""What a solved plan costs, rule by rule."""

from __future__ import annotations

from PySide6.QtWidgets import QHeaderView

from solver.explain import TITLES
from ui.list_model import Column, ListModel, set_widths
from ui.look import Look
from ui.solve.stages import points
from ui.solve.tables import LinedDelegate, SolveTable


class CostsTable(SolveTable):
    """The cost per rule, a row each."""

    def __init__(self, look: Look) -> None:
        super().__init__(self.tr("Cost per rule"))
        self.costs: ListModel[tuple[str, float]] = ListModel(
            (
                Column(head=self.tr("Rule"), words=lambda cost: TITLES.get(cost[0], cost[0])),
                Column(
                    head=self.tr("Points"),
                    words=lambda cost: points(cost[1]).replace("-", "−"),
                    is_right=True,
                    wide=70,
                ),
            )
        )
        self.setModel(self.costs)
        self.setItemDelegate(LinedDelegate(look, self))
        self.horizontalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        set_widths(self, self.costs.columns)
        look.changed.connect(self.viewport().update)

    def show_costs(self, cost_by_rule: dict[str, float]) -> None:
        """Show the points of each rule, dearest first; what saves points stands last with a minus."""
        self.costs.fill(sorted(cost_by_rule.items(), key=lambda item: (-item[1], item[0])))
