"""The ledger's table and the filters above it."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from crt_scheduler import times
from crt_scheduler.hours.ledger_values import KINDS, STATES, EntryRow
from ui.hours.hours_words import clock_words, kind_words, state_words
from ui.list_model import ROW, Column, Filtered, ListModel, set_widths
from ui.look import Look
from ui.match import folded
from ui.parts import Button, Line, counted, secondary, sentence
from ui.people.cells_in_place import FlatTable, InPlace
from ui.people.fields import fill_box
from ui.people.people_words import date_words
from ui.words import tr

START, END, CALL = 3, 4, 6


def columns(zone: times.Zone) -> tuple[Column[EntryRow], ...]:
    """Return what is shown of an entry, its times as a zone's people tell them."""
    return (
        Column(head=tr("Date"), words=lambda row: date_words(row.date), by=lambda row: _when(row, row.date), wide=104),
        Column(head=tr("Name"), words=lambda row: row.name, wide=190),
        Column(head=tr("Kind"), words=lambda row: kind_words(row.kind), by=lambda row: row.kind, wide=132),
        Column(
            head=tr("Start"),
            words=lambda row: clock_words(row.start, zone),
            by=lambda row: _when(row, row.start),
            colour="secondary",
            wide=64,
        ),
        Column(
            head=tr("End"),
            words=lambda row: clock_words(row.end, zone),
            by=lambda row: _when(row, row.end),
            colour="secondary",
            wide=64,
        ),
        Column(
            head=tr("Hours"),
            words=lambda row: times.hours_words(row.minutes),
            by=lambda row: row.minutes,
            is_right=True,
            wide=72,
        ),
        Column(head=tr("Call"), words=lambda row: row.call, colour="secondary", wide=120),
        Column(
            head=tr("State"),
            words=lambda row: state_words(row.state),
            by=lambda row: row.state,
            colour=lambda row: "secondary" if row.state == "approved" else "warning",
            tip=lambda row: tr("Approved by {}").format(row.approved_by) if row.approved_by else None,
            wide=90,
        ),
    )


def _when(row: EntryRow, moment: dt.date | None) -> str:
    """Return what a moment is sorted by, those of one moment by name."""
    return "" if moment is None else f"{moment.isoformat()} {row.name.casefold()}"


class LedgerTable(FlatTable):
    """Entries of hours; several rows can be chosen, with Shift and Ctrl or Ctrl+A."""

    chosen_changed = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look, tr("Hours"))
        self._text = self._kind = self._state = ""
        shown = columns(times.Zone("UTC"))
        self.ledger = ListModel(shown, key=lambda row: row.id, named=lambda row: row.name, parent=self)
        self.wanted = Filtered(self.ledger, self._takes, self)
        self.setModel(self.wanted)
        self.setItemDelegate(InPlace(look, self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSortingEnabled(True)
        self.sortByColumn(0, Qt.SortOrder.AscendingOrder)
        set_widths(self, shown)
        self.give_way(CALL, END, START)
        self.selectionModel().selectionChanged.connect(lambda *_: self.chosen_changed.emit())
        look.changed.connect(self.viewport().update)

    def want(self, *, text: str, kind: str, state: str) -> None:
        """Show only entries of a kind and state whose name, id or call holds a text; nothing: any."""
        self._text, self._kind, self._state = folded(text), kind, state
        self.wanted.invalidate()

    def _takes(self, row: EntryRow) -> bool:
        if (self._kind and row.kind != self._kind) or (self._state and row.state != self._state):
            return False
        return not self._text or any(self._text in folded(part) for part in (row.name, row.person, row.call))

    @property
    def chosen(self) -> list[EntryRow]:
        """The entries chosen, in their order."""
        return [index.data(ROW) for index in sorted(self.selectionModel().selectedRows(), key=lambda i: i.row())]

    def choose(self, numbers: set[int]) -> None:
        """Choose entries by number, where they are on view."""
        self.clearSelection()
        flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
        for n, row in enumerate(self.wanted.rows()):
            if row.id in numbers:
                self.selectionModel().select(self.wanted.index(n, 0), flags)


class LedgerPanel(QWidget):
    """The filters, the table, and how many entries are on view."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.table = LedgerTable(look)
        self.text = QLineEdit()
        self.text.setPlaceholderText(tr("Name, id, call"))
        self.text.setAccessibleName(tr("Show hours whose name, id or call holds"))
        self.text.setClearButtonEnabled(True)
        self.text.textChanged.connect(self._want)
        self.kind, self.state = QComboBox(), QComboBox()
        self.kind.setAccessibleName(tr("Kind"))
        self.state.setAccessibleName(tr("State"))
        fill_box(self.kind, [("", tr("All kinds")), *((kind, kind_words(kind)) for kind in KINDS)])
        fill_box(self.state, [("", tr("Any state")), *((state, state_words(state)) for state in STATES)])
        self.kind.currentIndexChanged.connect(self._want)
        self.state.currentIndexChanged.connect(self._want)
        self.count = secondary("")
        self.note, self.go_button = sentence("", "secondary"), Button("", "link")
        self.find_act = QAction(tr("Find in hours"), self)
        self.find_act.setShortcut(QKeySequence(QKeySequence.StandardKey.Find))
        self.find_act.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.find_act.triggered.connect(self.text.setFocus)
        self.addAction(self.find_act)
        self._lay_out()

    def _lay_out(self) -> None:
        bar, column = QHBoxLayout(), QVBoxLayout(self)
        bar.setContentsMargins(8, 6, 12, 6)
        bar.setSpacing(8)
        for part in (self.text, self.kind, self.state):
            bar.addWidget(part)
        bar.addStretch(1)
        bar.addWidget(self.count)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(bar)
        column.addWidget(Line())
        self.nothing = QWidget()
        said = QHBoxLayout(self.nothing)
        said.setContentsMargins(12, 8, 12, 8)
        said.addWidget(self.note, 1)
        said.addWidget(self.go_button)
        column.addWidget(self.nothing)
        column.addWidget(self.table, 1)
        self.say_nothing("")

    def _want(self) -> None:
        kind, state = str(self.kind.currentData()), str(self.state.currentData())
        self.table.want(text=self.text.text(), kind=kind, state=state)
        self.say_count()
        whole, shown = self.table.ledger.rowCount(), self.table.wanted.rowCount()
        if whole:
            self.say_nothing(tr("No entry fits what is asked for.") if not shown else "")
        self.table.chosen_changed.emit()

    def say_nothing(self, words: str, go: str = "") -> None:
        """Say that nothing is logged, and where something is; no words: there are entries."""
        self.note.say(words)
        self.nothing.setVisible(bool(words))
        self.go_button.setText(go)
        self.go_button.setAccessibleName(go)
        self.go_button.setVisible(bool(go))

    def say_count(self) -> None:
        """Say how many entries are on view, and how many there are."""
        shown, whole = self.table.wanted.rowCount(), self.table.ledger.rowCount()
        words = counted(whole, "1 entry", "{} entries")
        self.count.say(words if shown == whole else tr("{} of {}").format(f"{shown:,}", words))

    def show_waiting(self) -> None:
        """Show what waits for approval."""
        self.kind.setCurrentIndex(0)
        self.state.setCurrentIndex(self.state.findData("logged"))
        self.table.setFocus()
