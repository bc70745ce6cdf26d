"""The log of calls at the left: the table, its filters by dates, area and state, and what is open at its foot."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from crt_scheduler import times
from crt_scheduler.calls.call_rows import CallRow
from crt_scheduler.calls.calls_view import CallsView
from ui.calls.calls_words import call_words, shown, state_words, when_words
from ui.list_model import ROW, Column, ListModel, set_widths
from ui.look import Look
from ui.parts import counted, draw_mark, of_kind, secondary, sentence
from ui.people.cells_in_place import FlatTable
from ui.words import tr

AREA, TYPE, DIVISION = 2, 3, 4
NARROWEST = 190
SPANS = (31, 0, 366)
"""Days back; 0: the month on view."""
STATES = ("", "open", "on scene", "clear", "closed")


def columns(
    look: Look, zone: times.Zone, silent: Callable[[CallRow], dt.datetime | None]
) -> tuple[Column[CallRow], ...]:
    """Return what is shown of a call, its times as a zone's people tell them, and since when it is without a word."""
    return (
        Column(head=tr("Incident"), words=call_words, wide=112),
        Column(head=tr("Notified"), words=lambda row: when_words(row.notified, zone), wide=98),
        Column(
            head=tr("Area"),
            words=lambda row: "",
            icon=lambda row: _mark(look, row.area),
            tip=lambda row: shown(row.area),
            aloud=lambda row: f"{call_words(row)}, {tr('Area')}: {row.area or tr('none')}",
            wide=46,
        ),
        Column(head=tr("Type"), words=lambda row: shown(row.type), tip=lambda row: shown(row.type), wide=160),
        Column(head=tr("Division"), words=lambda row: row.division, tip=lambda row: shown(row.division), wide=86),
        Column(
            head=tr("State"),
            words=lambda row: state_words(row, silent(row), zone)[0],
            colour=lambda row: state_words(row, silent(row), zone)[1],
            is_bold=lambda row: row.state != "closed",
            wide=100,
        ),
    )


def _mark(look: Look, area: str) -> QPixmap:
    scale = 2
    found = QPixmap(18 * scale, 18 * scale)
    found.setDevicePixelRatio(scale)
    found.fill(Qt.GlobalColor.transparent)
    painter = QPainter(found)
    draw_mark(painter, QRectF(0, 0, 18, 18), look, look.area(area))
    painter.end()
    return found


class CallLog(QWidget):
    """The calls that are wanted; `chosen` carries the one whose row one goes to, `asked` wants other dates read."""

    chosen = Signal(object)
    asked = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.view: CallsView | None = None
        self.span, self.area, self.state = QComboBox(), QComboBox(), QComboBox()
        self.look, self.table = look, FlatTable(look, self.tr("Calls"))
        shown = columns(look, times.Zone("UTC"), lambda row: None)
        self.model = ListModel(shown, look, key=lambda row: row.id, named=call_words, parent=self)
        look.changed.connect(self.table.viewport().update)
        self.table.setModel(self.model)
        of_kind(self.table, "rows")
        self.table.setMinimumWidth(NARROWEST)
        set_widths(self.table, shown)
        self.table.give_way(DIVISION, TYPE, AREA)
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
        at, silence = self.view.at, self.view.silence_minutes
        self.model.fill(calls, columns(self.look, self.view.zone, lambda row: row.silent_since(at, silence)))
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
        row = now.data(ROW)
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
