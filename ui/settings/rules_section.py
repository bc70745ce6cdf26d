"""Settings of the rules: what the solver never does, and what it avoids at a price."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication, QLocale, Qt
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QHeaderView, QTableView

from crt_scheduler import planning
from crt_scheduler.settings import rule_acts
from crt_scheduler.settings.rule_acts import RuleRow
from ui.desk import Desk
from ui.list_model import Column, ListModel
from ui.look import Look
from ui.parts import Button, sentence
from ui.settings.settings_section import Section
from ui.words import tr

TITLE, HARD, POINTS, CALLS, SHIPPED = range(5)
CALL_POINTS = 1000


class Prices:
    """The acts on a rule and the columns that do them; `fault` is told what is wrong with typed points, or nothing."""

    def __init__(self, desk: Desk, fault: Callable[[str], object]) -> None:
        self._desk, self._fault = desk, fault

    def columns(self) -> tuple[Column[RuleRow], ...]:
        """Return what is shown of a rule: its name, whether it is hard, its price, and whether it was changed."""
        return (
            Column(head=tr("Rule"), words=lambda row: row.title),
            Column(
                head=tr("Never broken"),
                words=lambda row: tr("hard") if row.hard else "",
                ticked=lambda row: row.hard if row.may_be_hard else None,
                take=self._take_hard,
            ),
            Column(
                head=tr("Points"),
                words=lambda row: "" if row.hard else _shown(row.points),
                is_right=True,
                written=lambda row: None if row.hard else f"{row.points:g}",
                take=self._take_points,
            ),
            Column(
                head=tr("Missed calls"),
                words=lambda row: "" if row.hard else _shown(row.points / CALL_POINTS),
                is_right=True,
                colour="secondary",
            ),
            Column(
                head=tr("As shipped"), words=lambda row: "" if row.is_default else tr("changed"), colour="secondary"
            ),
        )

    def _take_hard(self, row: RuleRow, hard: bool) -> bool:
        return self._set(row, hard=hard, points=0.0 if hard else row.points or rule_acts.SOFT_POINTS)

    def _take_points(self, row: RuleRow, typed: Any) -> bool:
        """Take typed points; what cannot be read is said and changes nothing."""
        points, is_number = QLocale().toDouble(str(typed).strip())
        if not is_number:
            points, is_number = QLocale.c().toDouble(str(typed).strip())
        if not is_number:
            self._fault(tr("“{}” is no number. Type the points of {}, such as 40.").format(typed, row.title.lower()))
            return False
        return points == row.points or self._set(row, hard=False, points=points)

    def _set(self, row: RuleRow, *, hard: bool, points: float) -> bool:
        self._fault("")
        return bool(self._desk.do(planning.SET_RULE(row.rule, hard=hard, points=points)))

    def reset(self, row: RuleRow) -> bool:
        """Keep a rule as it was shipped."""
        self._fault("")
        return bool(self._desk.do(rule_acts.RESET(row.rule)))


def _shown(number: float) -> str:
    return QLocale().toString(float(number), "g", 6).replace("-", "\N{MINUS SIGN}")


class RulesSection(Section):
    """The table of rules, edited in place, with one act that goes back to how a rule was shipped."""

    def __init__(self, desk: Desk, look: Look) -> None:
        super().__init__(
            desk,
            QCoreApplication.translate("RulesSection", "Rules and prices"),
            QCoreApplication.translate(
                "RulesSection",
                "The solver never breaks a hard rule. Every other one has a price in points per unit: 1,000 points are "
                "one missed call, 0 switches it off, less than 0 is a wish to grant.",
            ),
        )
        self.prices = Prices(desk, self._fault)
        self.model = ListModel(
            self.prices.columns(), look, key=lambda row: row.rule, named=lambda row: row.title, parent=self
        )
        self.table = QTableView()
        self.table.setModel(self.model)
        self.table.setAccessibleName(self.tr("Rules"))
        self.table.setProperty("kind", "framed")
        self._dress()
        self._words = sentence("", "bad")
        self._words.hide()
        self.reset = Button(self.tr("Keep as shipped"), tip=self.tr("Undo every change of the chosen rule"))
        self.reset.setAccessibleName(self.tr("Keep the chosen rule as shipped"))
        self.reset.clicked.connect(self._reset)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._enable())
        self.model.dataChanged.connect(lambda *_: self._enable())
        row = QHBoxLayout()
        row.addWidget(self._words, 1)
        row.addStretch(0)
        row.addWidget(self.reset)
        self.body.addWidget(self.table, 1)
        self.body.addLayout(row)
        self._enable()

    def _dress(self) -> None:
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(self.table.fontMetrics().height() + 12)
        self.table.setShowGrid(False)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setTabKeyNavigation(False)
        edits = QAbstractItemView.EditTrigger
        self.table.setEditTriggers(edits.DoubleClicked | edits.EditKeyPressed | edits.AnyKeyPressed)
        head = self.table.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionResizeMode(TITLE, QHeaderView.ResizeMode.Stretch)
        for column in (HARD, POINTS, CALLS, SHIPPED):
            head.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)

    def renew(self) -> None:
        """Read how every rule is kept."""
        self.model.fill(self.desk.read(rule_acts.rules))
        if not self.table.currentIndex().isValid() and self.model.rows:
            self.table.setCurrentIndex(self.model.index(0, POINTS))
        self._enable()

    def _enable(self) -> None:
        place = self.table.currentIndex().row()
        self.reset.setEnabled(0 <= place < len(self.model.rows) and not self.model.rows[place].is_default)

    def _reset(self) -> None:
        self.prices.reset(self.model.rows[self.table.currentIndex().row()])
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fault(self, words: str) -> None:
        self._words.setText(words)
        self._words.setVisible(bool(words))
