"""The finder's panel: a field and a list; arrows choose, Enter goes, Esc closes; nothing typed is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QListView, QVBoxLayout

from ui.finder.finder_row import Row, row_height, said
from ui.finder.finds import Find, best, everything
from ui.list_model import Column, ListModel
from ui.parts import Line, secondary, sentence
from ui.veil import Veil

if TYPE_CHECKING:
    from ui.window import Window

WIDTH = 640
ROWS = 11
STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: ROWS - 1, Qt.Key.Key_PageUp: 1 - ROWS}


class Finder(Veil):
    """Finds and does: every act, person, date and month of the window it lies over."""

    def __init__(self, window: Window) -> None:
        for older in window.findChildren(Finder):
            older.close()
        super().__init__(window, window.look, window.tr("Find or do"), width=WIDTH)
        self._window = window
        self._finds = everything(window)
        self.field = QLineEdit()
        self.field.setPlaceholderText(self.tr("A name, a date such as 9 jan, or what to do"))
        self.field.setAccessibleName(self.tr("Find a person or date, or do something"))
        self.field.textChanged.connect(self._search)
        self.field.installEventFilter(self)
        self.model: ListModel[Find] = ListModel((Column(words=lambda find: find.words, aloud=said),))
        self.list = QListView()
        self.list.setModel(self.model)
        self._row = Row(window.look)
        self.list.setItemDelegate(self._row)
        self.list.setUniformItemSizes(True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setAccessibleName(self.tr("What fits"))
        self.list.clicked.connect(self._choose)
        self._nothing = sentence("", "secondary")
        self._nothing.setContentsMargins(12, 12, 12, 12)
        self._lay_out()
        self._search("")
        window.stack.currentChanged.connect(self.close)

    def _lay_out(self) -> None:
        icon = QLabel()
        icon.setPixmap(self.look.icon("search", "secondary").pixmap(QSize(16, 16)))
        top = QHBoxLayout()
        top.setContentsMargins(12, 12, 12, 12)
        top.setSpacing(10)
        top.addWidget(icon)
        top.addWidget(self.field, 1)
        keys = secondary(self.tr("Arrows choose   Enter goes there   Esc closes"))
        keys.setContentsMargins(12, 6, 12, 6)
        column = QVBoxLayout(self.panel)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addLayout(top)
        for part in (Line(), self.list, self._nothing, Line(), keys):
            column.addWidget(part)

    def take_focus(self) -> None:
        """Give the keys to the field."""
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def _search(self, words: str) -> None:
        found = best(self._finds, words, self._window)
        self.model.fill(found)
        self._nothing.setText(self.tr("Nothing fits “{}”. Try fewer letters.").format(words.strip()))
        self._nothing.setVisible(not found)
        self.list.setVisible(bool(found))
        self.list.setFixedHeight(row_height(self.list) * min(ROWS, len(found)) + 2)
        if found:
            self._mark(0)

    def _mark(self, row: int) -> None:
        """Choose a row, and have a screen reader say it while the keys stay in the field."""
        row = max(0, min(row, len(self.model.rows) - 1))
        self.list.setCurrentIndex(self.model.index(row, 0))
        words = self.tr("{} of {}: {}").format(row + 1, len(self.model.rows), said(self.model.rows[row]))
        self.field.setAccessibleDescription(words)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Let the arrows choose and Enter go while the keys are in the field."""
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = STEPS.get(Qt.Key(event.key()))
            if step is not None and self.model.rows:
                self._mark(self.list.currentIndex().row() + step)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._choose(self.list.currentIndex())
                return True
        return super().eventFilter(watched, event)

    def _choose(self, index: QModelIndex) -> None:
        """Close, then do what was chosen, so that it finds the window as it was."""
        if index.isValid():
            find = self.model.rows[index.row()]
            self.close()
            find.act()
