"""The figures of a backtest: a line each, with what it is to be read beside."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from crt_scheduler.truth.backtest import Backtest
from solver.wording import say_date
from ui.parts import Line, Words, secondary


class Figures(QWidget):
    """What was replayed, a line each: what, how much, and beside what it is to be read."""

    def __init__(self) -> None:
        super().__init__()
        self.grid = QGridLayout()
        self.grid.setContentsMargins(0, 0, 0, 0)
        self.grid.setVerticalSpacing(5)
        self.grid.setHorizontalSpacing(16)
        self.grid.setColumnStretch(0, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self.grid)
        self.parts: list[tuple[QLabel, Words, QLabel]] = []
        for n in range(5):
            row = (Words(), Words("", bold=True), secondary(""))
            self.parts.append(row)
            for place, part in enumerate(row):
                self.grid.addWidget(part, 2 * n, place, alignment=_side(place))
            if n < 4:
                self.grid.addWidget(Line(), 2 * n + 1, 0, 1, 3)

    def show_found(self, found: Backtest) -> None:
        """Show a replay's figures."""
        count = found.calls
        of_all = self.tr("of {:,}").format(count)
        rows = (
            (self.tr("Calls that found a full team"), _part(found.replayed_p_team),
             self.tr("promised {}").format(_part(found.promised_p_team))),
            (self.tr("Calls that needed borrowing"), _part(found.late / count),
             self.tr("{part:,.0f} of {whole:,}").format(part=found.late, whole=count)),
            (self.tr("Calls that found no team"), f"{found.missed:,.1f}", of_all),
            (self.tr("Calls while another ran in their area"), f"{found.at_once:,.0f}",
             self.tr("{:,.0f} by chance").format(found.at_once_by_chance)),
            (self.tr("Night shifts with two at once, one area"), f"{found.nights_with_two:,}",
             self.tr("{first} to {last}").format(first=_day(found.first), last=_day(found.last))),
        )  # fmt: skip
        for parts, words in zip(self.parts, rows, strict=True):
            for part, said in zip(parts, words, strict=True):
                part.setText(said)
        self.setAccessibleDescription(found.sentence)


def _side(place: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if place else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


def _part(share: float) -> str:
    return f"{100 * share:.1f} %"


def _day(date: dt.date) -> str:
    return say_date(date, "day year")
