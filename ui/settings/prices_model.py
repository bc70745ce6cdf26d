"""Rules as a table: hard or not is ticked, points are typed; every edit is one act that can be undone."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QLocale,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from crt_scheduler import planning
from crt_scheduler.settings import rule_acts
from crt_scheduler.settings.rule_acts import RuleRow
from ui.desk import Desk
from ui.look import Look

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
TITLE, HARD, POINTS, CALLS, SHIPPED = range(5)
CALL_POINTS = 1000
Role = Qt.ItemDataRole


class RulesModel(QAbstractTableModel):
    """Every rule with how it is kept. `faulted` says what is wrong with typed points; no words: all is well."""

    faulted = Signal(str)

    def __init__(self, desk: Desk, look: Look) -> None:
        super().__init__()
        self._desk, self._look = desk, look
        self.rows: tuple[RuleRow, ...] = ()

    def show(self, rows: tuple[RuleRow, ...]) -> None:
        """Show rules; the same ones in another state keep selection and scroll."""
        if [row.rule for row in rows] != [row.rule for row in self.rows]:
            self.beginResetModel()
            self.rows = rows
            self.endResetModel()
            return
        self.rows = rows
        self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, SHIPPED))

    def rowCount(self, parent: Index = ROOT) -> int:  # noqa: N802
        """Return how many rules there are."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = ROOT) -> int:  # noqa: N802
        """Return how many columns there are."""
        return 0 if parent.isValid() else SHIPPED + 1

    def headerData(self, section: int, side: Qt.Orientation, role: int = Role.DisplayRole) -> object:  # noqa: N802
        """Return a column's head."""
        if side != Qt.Orientation.Horizontal:
            return None
        if role == Role.TextAlignmentRole and section in (POINTS, CALLS):
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Role.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return self._heads()[section] if role == Role.DisplayRole else None

    def _heads(self) -> tuple[str, ...]:
        return (
            self.tr("Rule"),
            self.tr("Never broken"),
            self.tr("Points"),
            self.tr("Missed calls"),
            self.tr("As shipped"),
        )

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Say what may be ticked and typed."""
        row = self.rows[index.row()]
        found = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if index.column() == HARD and row.may_be_hard:
            found |= Qt.ItemFlag.ItemIsUserCheckable
        if index.column() == POINTS and not row.hard:
            found |= Qt.ItemFlag.ItemIsEditable
        return found

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        """Return what a cell shows, says and holds."""
        row, column = self.rows[index.row()], index.column()
        if role == Role.DisplayRole:
            return self._words(row)[column]
        if role == Role.EditRole and column == POINTS:
            return f"{row.points:g}"
        if role == Role.CheckStateRole and column == HARD and row.may_be_hard:
            return Qt.CheckState.Checked if row.hard else Qt.CheckState.Unchecked
        if role == Role.TextAlignmentRole and column in (POINTS, CALLS):
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Role.ForegroundRole and column in (CALLS, SHIPPED):
            return self._look.colour("secondary")
        if role == Role.AccessibleTextRole:
            return f"{row.title}, {self._heads()[column]}: {self._words(row)[column] or self.tr('none')}"
        return None

    def _words(self, row: RuleRow) -> tuple[str, str, str, str, str]:
        number = QLocale()
        return (
            row.title,
            self.tr("hard") if row.hard else "",
            "" if row.hard else _shown(number, row.points),
            "" if row.hard else _shown(number, row.points / CALL_POINTS),
            "" if row.is_default else self.tr("changed"),
        )

    def setData(self, index: Index, value: Any, role: int = Role.EditRole) -> bool:  # noqa: N802
        """Do the act behind a tick or typed points; what cannot be read is said and changes nothing."""
        row = self.rows[index.row()]
        if role == Role.CheckStateRole and index.column() == HARD:
            hard = Qt.CheckState(value) == Qt.CheckState.Checked
            return self._set(row, hard=hard, points=0.0 if hard else row.points or rule_acts.SOFT_POINTS)
        if role != Role.EditRole or index.column() != POINTS:
            return False
        points, is_number = QLocale().toDouble(str(value).strip())
        if not is_number:
            points, is_number = QLocale.c().toDouble(str(value).strip())
        if not is_number:
            words = self.tr("“{}” is no number. Type the points of {}, such as 40.")
            self.faulted.emit(words.format(value, row.title.lower()))
            return False
        return points == row.points or self._set(row, hard=False, points=points)

    def _set(self, row: RuleRow, *, hard: bool, points: float) -> bool:
        self.faulted.emit("")
        return bool(self._desk.do(planning.SET_RULE(row.rule, hard=hard, points=points)))

    def reset(self, row: RuleRow) -> bool:
        """Keep a rule as it was shipped."""
        self.faulted.emit("")
        return bool(self._desk.do(rule_acts.RESET(row.rule)))


def _shown(locale: QLocale, number: float) -> str:
    return locale.toString(float(number), "g", 6).replace("-", "\N{MINUS SIGN}")
