"""The log of calls at the left: the table, its filters by dates, area and state, and what is open at its foot."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from crt_scheduler import times
from crt_scheduler.calls.call_rows import CallRow
from crt_scheduler.calls.calls_view import CallsView
from ui.calls.call_log_model import CALL, COLUMNS, CallsModel
from ui.look import Look
from ui.parts import counted, of_kind, secondary, sentence
from ui.people.cells_in_place import FlatTable

WIDTHS = {"number": 112, "notified": 98, "area": 46, "type": 160, "division": 86, "state": 100}
GIVE_WAY = ("division", "type", "area")
NARROWEST = 190
SPANS = (31, 0, 366)
"""Days back; 0: the month on view."""
STATES = ("", "open", "on scene", "clear", "closed")


class CallLog(QWidget):
    """The calls that are wanted; `chosen` carries the one whose row one goes to, `asked` wants other dates read."""

    chosen = Signal(object)
    asked = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.view: CallsView | None = None
        self.span, self.area, self.state = QComboBox(), QComboBox(), QComboBox()
        self.table, self.model = FlatTable(look, self.tr("Calls")), CallsModel(look)
        self.table.setModel(self.model)
        of_kind(self.table, "rows")
        self.table.setMinimumWidth(NARROWEST)
        for n, column in enumerate(COLUMNS):
            self.table.setColumnWidth(n, WIDTHS[column])
        self.table.give_way(*(COLUMNS.index(column) for column in GIVE_WAY))
        self.table.selectionModel().currentRowChanged.connect(self._row_changed)
        words = self.tr("No call here. Log one with New call, Ctrl+N, or ask for other dates, areas or states.")
        self.none = sentence(words, "secondary")
        self.none.setContentsMargins(16, 16, 16, 16)
        self.none.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.foot = secondary("")
        self.foot.setContentsMargins(16, 6, 16, 6)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(0)
        down.addWidget(self.none, 1)
        down.addWidget(self.table, 1)
        down.addWidget(self.foot)
        self._fill_filters()
        self.filters = row_of(self.span, self.area, self.state)

    def _fill_filters(self) -> None:
        spans = (self.tr("Last 31 days"), self.tr("Month on view"), self.tr("Last 12 months"))
        for words, days in zip(spans, SPANS, strict=True):
            self.span.addItem(words, days)
        self.area.addItem(self.tr("All areas"), "")
        states = (
            self.tr("Any state"), self.tr("Not on scene yet"), self.tr("On scene"), self.tr("Report due"),
            self.tr("Closed"),
        )  # fmt: skip
        for words, state in zip(states, STATES, strict=True):
            self.state.addItem(words, state)
        for box, name in ((self.span, self.tr("Dates")), (self.area, self.tr("Area")), (self.state, self.tr("State"))):
            box.setAccessibleName(name)
        self.span.activated.connect(self.asked)
        for box in (self.area, self.state):
            box.activated.connect(self._show_rows)

    def dates(self, now: dt.datetime, month: str) -> tuple[dt.date, dt.date]:
        """Return the first and last day that are wanted."""
        days = int(self.span.currentData() or 0)
        if not days:
            found = times.month_days(month)
            return found[0], found[-1]
        return now.date() - dt.timedelta(days=days), now.date() + dt.timedelta(days=1)

    def show_view(self, view: CallsView) -> None:
        """Show the calls of a view as the filters want them."""
        self.view = view
        kept = self.area.currentData()
        self.area.clear()
        self.area.addItem(self.tr("All areas"), "")
        for area in view.choices.areas:
            self.area.addItem(area, area)
        self.area.setCurrentIndex(max(self.area.findData(kept), 0))
        self.foot.setText(self._counts(view))
        self._show_rows()

    def _counts(self, view: CallsView) -> str:
        is_open = [row for row in view.calls if row.state in ("open", "on scene")]
        due = sum(row.state == "clear" for row in view.calls)
        silent = sum(row.silent_since(view.at, view.silence_minutes) is not None for row in is_open)
        parts = [counted(len(is_open), "1 open call", "{} open calls")]
        parts += [counted(due, "1 report due", "{} reports due")] if due else []
        parts += [counted(silent, "1 without a word", "{} without a word")] if silent else []
        return "     ".join(parts)

    def _show_rows(self) -> None:
        if self.view is None:
            return
        area, state = self.area.currentData() or "", self.state.currentData() or ""
        calls = tuple(row for row in self.view.calls if area in ("", row.area) and state in ("", row.state))
        self.model.fill(self.view, calls)
        self.none.setVisible(not calls)
        self.table.setVisible(bool(calls))

    def choose(self, call: int | None) -> None:
        """Go to a call's row; None: to no row at all."""
        row = -1 if call is None else self.model.row_of(call)
        if call is None:
            self.table.clearSelection()
            self.table.setCurrentIndex(QModelIndex())
        elif row >= 0 and row != self.table.currentIndex().row():
            self.table.setCurrentIndex(self.model.index(row, 0))

    def _row_changed(self, now: QModelIndex, before: QModelIndex) -> None:
        row = now.data(CALL)
        if isinstance(row, CallRow):
            self.chosen.emit(row)


def row_of(*parts: QWidget) -> QWidget:
    """Return widgets side by side."""
    found = QWidget()
    row = QHBoxLayout(found)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    for part in parts:
        row.addWidget(part)
    return found
