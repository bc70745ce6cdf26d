"""Why a person holds a shift: facts with a check mark, costs with a minus and a number, broken rules in red."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from crt_scheduler.cover.reason import Reason
from crt_scheduler.cover.why_held import Why
from ui.look import Look
from ui.parts import Words, secondary, sentence


class WhyRows(QWidget):
    """The section: a title, the unit of the numbers, a row per reason."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.title = Words("", 9.75, bold=True)
        self._unit = secondary(self.tr("missed calls"))
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self._unit)
        self._rows = QWidget()
        self._icons: list[tuple[QLabel, str, str]] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(16, 12, 16, 12)
        self._column.setSpacing(8)
        self._column.addLayout(head)
        self._column.addWidget(self._rows)
        look.changed.connect(self._dress)

    def show_why(self, why: Why, given: str) -> None:
        """Show the reasons for one holder."""
        self.title.setText(self.tr("Why {}").format(given))
        self._unit.setVisible(any(reason.calls for reason in why.against))
        fresh = QWidget()
        grid = QGridLayout(fresh)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        self._icons = []
        broken = [reason for reason in why.against if reason.hard]
        costs = [reason for reason in why.against if not reason.hard]
        for reason in (*broken, *why.speaks_for, *costs):
            self._add(grid, reason, is_cost=reason in costs)
        self._column.replaceWidget(self._rows, fresh)
        self._rows.hide()
        self._rows.deleteLater()
        self._rows = fresh
        self._dress()

    def _add(self, grid: QGridLayout, reason: Reason, *, is_cost: bool) -> None:
        row = grid.rowCount()
        icon, role = ("warning", "bad") if reason.hard else ("minus", "warning") if is_cost else ("check", "good")
        kind = {"bad": self.tr("Broken rule"), "warning": self.tr("Against"), "good": self.tr("For")}[role]
        mark = QLabel()
        mark.setAccessibleName(kind)
        mark.setToolTip(kind)
        words = sentence(reason.words, "bad" if reason.hard else "")
        words.setAccessibleName(f"{kind}: {reason.words} {reason.calls}")
        calls = Words(reason.calls)
        for part in (words, calls):
            part.setToolTip(self.tr("{:+,.1f} points; 1,000 are one missed call").format(reason.points))
        self._icons.append((mark, icon, role))
        top, right = Qt.AlignmentFlag.AlignTop, Qt.AlignmentFlag.AlignRight
        grid.addWidget(mark, row, 0, top)
        grid.addWidget(words, row, 1)
        grid.addWidget(calls, row, 2, top | right)

    def _dress(self) -> None:
        for mark, icon, role in self._icons:
            mark.setPixmap(self._look.icon(icon, role).pixmap(16, 16))
