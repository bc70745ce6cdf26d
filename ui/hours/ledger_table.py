"""The ledger's table and the filters above it."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from crt_scheduler.hours.ledger_values import KINDS, STATES, EntryRow
from ui.hours.hours_words import kind_words, state_words
from ui.hours.ledger_model import COLUMNS, ROW, LedgerModel, Wanted
from ui.look import Look
from ui.parts import Button, Line, counted, secondary, sentence
from ui.people.cells_in_place import FlatTable, InPlace
from ui.people.fields import fill_box
from ui.words import tr

WIDTHS = {"date": 104, "name": 190, "kind": 132, "start": 64, "end": 64, "minutes": 72, "call": 120, "state": 90}


class LedgerTable(FlatTable):
    """Entries of hours; several rows can be chosen, with Shift and Ctrl or Ctrl+A."""

    chosen_changed = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look, tr("Hours"))
        self.ledger, self.wanted = LedgerModel(self), Wanted(self)
        self.wanted.setSourceModel(self.ledger)
        self.setModel(self.wanted)
        self.setItemDelegate(InPlace(look, self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSortingEnabled(True)
        self.sortByColumn(COLUMNS.index("date"), Qt.SortOrder.AscendingOrder)
        for n, column in enumerate(COLUMNS):
            self.setColumnWidth(n, WIDTHS[column])
        self.give_way(*(COLUMNS.index(column) for column in ("call", "end", "start")))
        self.selectionModel().selectionChanged.connect(lambda *_: self.chosen_changed.emit())
        look.changed.connect(self.viewport().update)

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
        self.text.textChanged.connect(lambda words: self._want("text", words))
        self.kind, self.state = QComboBox(), QComboBox()
        self.kind.setAccessibleName(tr("Kind"))
        self.state.setAccessibleName(tr("State"))
        fill_box(self.kind, [("", tr("All kinds")), *((kind, kind_words(kind)) for kind in KINDS)])
        fill_box(self.state, [("", tr("Any state")), *((state, state_words(state)) for state in STATES)])
        self.kind.currentIndexChanged.connect(lambda _: self._want("kind", str(self.kind.currentData())))
        self.state.currentIndexChanged.connect(lambda _: self._want("state", str(self.state.currentData())))
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

    def _want(self, name: str, value: str) -> None:
        self.table.wanted.want(name, value)
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
