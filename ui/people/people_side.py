"""The left side of the People view: filters, the table, and how many are shown."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from crt_scheduler.people.people_list import PersonLine
from ui.desk import Desk
from ui.list_model import ROW
from ui.look import Look
from ui.parts import Button, Line, Words, counted, secondary
from ui.people.bar import FilterBar
from ui.people.cells_in_place import Choices, Keep
from ui.people.many_bar import ManyBar
from ui.people.people_table import PeopleTable
from ui.people.people_words import person_count
from ui.words import tr


class PeopleList(QWidget):
    """The people wanted, of all there are."""

    def __init__(self, desk: Desk, look: Look, keep: Keep, choices: Choices, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.many = ManyBar(desk, look)
        self.bar = FilterBar(look)
        self.bar.changed.connect(self.want)
        self.table = PeopleTable(look, keep, choices)
        self.count = Words("", 9, kind="secondary")
        self.clear_button = Button(tr("Show everyone"), "link")
        self.clear_button.clicked.connect(self.bar.clear)
        foot = QHBoxLayout()
        foot.setContentsMargins(12, 4, 12, 4)
        foot.addWidget(self.count)
        foot.addWidget(self.clear_button)
        foot.addStretch(1)
        foot.addWidget(secondary(tr("F2 or double click edits a cell")))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self.bar, Line(), self.many, self.table, Line()):
            column.addWidget(part, 1 if part is self.table else 0)
        column.addLayout(foot)
        self.table.chosen_changed.connect(self._chosen_changed)
        self.many.closed.connect(self.choose_one)
        self._give_up = QAction(tr("Choose one person alone"), self.many)
        self._give_up.setShortcut(QKeySequence(Qt.Key.Key_Escape))
        self._give_up.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._give_up.triggered.connect(self.choose_one)
        self.many.addAction(self._give_up)

    def _chosen_changed(self) -> None:
        """Show the bar while several are chosen."""
        codes = self.table.all_chosen
        self.many.setVisible(len(codes) > 1)
        self.many.show_chosen(codes)
        self.many.look_again()

    def choose_one(self) -> None:
        """Choose the row one is on and no other."""
        self.table.go_to(self.table.currentIndex())
        self.many.hide()
        self.table.setFocus()

    def want(self, name: str, value: str) -> None:
        """Narrow the list; nobody leaves it while their row is edited."""
        self.table.want(**{name: value}, kept=self._edited())
        self.say_count()

    def _edited(self) -> str:
        """Return the id of the person in whose row an editor is open."""
        line = self.table.currentIndex().data(ROW)
        is_open = self.table.state() == PeopleTable.State.EditingState
        return line.id if is_open and isinstance(line, PersonLine) else ""

    def say_count(self) -> None:
        """Say how many are shown, and how many credentials are to be renewed."""
        lines, shown = self.table.people.rows, self.table.filtered.rowCount()
        self.clear_button.setVisible(shown < len(lines))
        if shown < len(lines):
            self.count.setText(tr("{} of {} people").format(f"{shown:,}", f"{len(lines):,}"))
            return
        first = [line.first_to_expire for line in lines]
        soon = sum(held is not None and held.state in ("soon", "expired") for held in first)
        renew = counted(soon, "1 credential to renew", "{} credentials to renew")
        self.count.setText(f"{person_count(len(lines))} · {renew}" if soon else person_count(len(lines)))
