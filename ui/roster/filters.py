"""Filters of the board in the toolbar: area, language, period (remembered between starts) and a name (never kept)."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QWidget

from crt_scheduler.board import Board
from ui import recall
from ui.desk import Desk
from ui.roster.board_table import FORTNIGHT, MONTH
from ui.roster.board_words import group_title
from ui.roster.sheet import Wanted, groups


class Filters(QWidget):
    """What the board is narrowed to and how wide its days are."""

    changed = Signal()
    period_changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._settings = desk.settings
        self.group, self.language, self.period = QComboBox(), QComboBox(), QComboBox()
        self.name = QLineEdit()
        self.name.setPlaceholderText(self.tr("Name"))
        self.name.setClearButtonEnabled(True)
        letter = self.name.fontMetrics().horizontalAdvance("m")
        self.name.setMinimumWidth(6 * letter)
        self.name.setMaximumWidth(13 * letter)
        self.period.addItem(self.tr("Month"), MONTH)
        self.period.addItem(self.tr("Two weeks"), FORTNIGHT)
        self._fill(self.group, [(self.tr("All areas"), "*")])
        self._fill(self.language, [(self.tr("Any language"), "")])
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for part, words in (
            (self.group, self.tr("Area")),
            (self.language, self.tr("Language")),
            (self.period, self.tr("Period")),
            (self.name, self.tr("Name contains")),
        ):
            part.setAccessibleName(words)
            part.setToolTip(words)
            row.addWidget(part)
        for box in (self.group, self.language, self.period):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
            box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            box.setMinimumWidth(7 * letter)  # a narrow window cuts the words, not the toolbar
        self._recall()
        self.group.currentIndexChanged.connect(self._tell)
        self.language.currentIndexChanged.connect(self._tell)
        self.name.textChanged.connect(self._tell)
        self.period.currentIndexChanged.connect(self._tell_period)

    def _fill(self, box: QComboBox, items: list[tuple[str, str]]) -> None:
        """Fill a box, keeping what is chosen; what is no longer there is still offered."""
        with QSignalBlocker(box):
            chosen = box.currentData()
            box.clear()
            for words, value in items:
                box.addItem(words, value)
            box.setCurrentIndex(max(0, box.findData(chosen)))

    def _recall(self) -> None:
        chosen = {key: recall.text(self._settings, f"roster/{key}", "") for key in ("group", "language")}
        for box, value in ((self.group, chosen["group"] or "*"), (self.language, chosen["language"])):
            if box.findData(value) < 0:
                box.addItem(group_title(value), value)
            box.setCurrentIndex(box.findData(value))
        period = recall.text(self._settings, "roster/period", MONTH)
        self.period.setCurrentIndex(max(0, self.period.findData(period)))

    def know(self, board: Board) -> None:
        """Offer the groups and languages of a board."""
        shown = [group for group in groups(board) if group != "City"]
        self._fill(self.group, [(self.tr("All areas"), "*"), *((group_title(group), group) for group in shown)])
        languages = sorted({language for line in board.lines for language in line.languages})
        self._fill(self.language, [(self.tr("Any language"), ""), *((name, name) for name in languages)])

    @property
    def wanted(self) -> Wanted:
        """What the board is narrowed to."""
        group = str(self.group.currentData())
        return Wanted(
            group="" if group == "*" else group, language=str(self.language.currentData() or ""), words=self.name.text()
        )

    def widen(self) -> None:
        """Narrow the board to nothing any more."""
        self.group.setCurrentIndex(0)
        self.language.setCurrentIndex(0)
        self.name.clear()

    def _tell(self) -> None:
        self._settings.setValue("roster/group", self.group.currentData())
        self._settings.setValue("roster/language", self.language.currentData())
        self.changed.emit()

    def _tell_period(self) -> None:
        self._settings.setValue("roster/period", self.period.currentData())
        self.period_changed.emit()
