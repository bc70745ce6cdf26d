"""Hours on one's own page: what was given lately, and a line to log more after a call or a meeting."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit

from crt_scheduler import times
from crt_scheduler.hours import hours_ledger
from crt_scheduler.hours.ledger_values import CALL_KINDS, OTHER_KINDS, EntryRow
from crt_scheduler.own_desk import OwnPage
from ui.box import Box
from ui.hours.hours_words import kind_words
from ui.look import Look
from ui.own_desk.cards import OwnCard
from ui.own_desk.own_hand import Hand
from ui.parts import Button, Field
from ui.people.cells_in_place import FlatTable, InPlace
from ui.people.people_words import day_date_words
from ui.people.word_rows import Cell, Rows
from ui.words import tr

MOST = 5


class HoursCard(OwnCard):
    """Hours given in the last two months, newest first, and the line to log more."""

    def __init__(self, hand: Hand, look: Look) -> None:
        super().__init__(hand, tr("Hours"))
        self.rows = Rows((self.tr("Day"), self.tr("Kind"), self.tr("Time"), self.tr("State")), right=(2,))
        self.table = FlatTable(look, self.tr("Hours"))
        self.table.setModel(self.rows)
        self.table.setItemDelegate(InPlace(look, self.table))
        for column, width in enumerate((130, 130, 70)):
            self.table.setColumnWidth(column, width)
        self.kind, self.call = Box(), Box()
        self.date, self.start, self.end_ = QLineEdit(), QLineEdit(), QLineEdit()
        for kind in (*CALL_KINDS, *OTHER_KINDS):
            self.kind.addItem(kind_words(kind), kind)
        for line, hint in ((self.date, "2027-01-09"), (self.start, "18:30"), (self.end_, "20:15")):
            line.setPlaceholderText(hint)
            line.returnPressed.connect(self.log)
        self.log_button = Button(self.tr("Log hours")).with_icon(look, "plus")
        self.log_button.clicked.connect(self.log)
        self.fields = {
            "kind": Field(self.tr("Kind"), self.kind),
            "call": Field(self.tr("Call"), self.call),
            "date": Field(self.tr("Day"), self.date),
            "start": Field(self.tr("From"), self.start),
            "end": Field(self.tr("To"), self.end_),
        }
        self.body.addWidget(self.table)
        self.body.addLayout(self._grid())
        self.end()

    def _grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        for column, name in enumerate(("kind", "call")):
            grid.addWidget(self.fields[name], 0, column * 3, 1, 3, Qt.AlignmentFlag.AlignTop)
        for column, name in enumerate(("date", "start", "end")):
            grid.addWidget(self.fields[name], 1, column * 2, 1, 2, Qt.AlignmentFlag.AlignTop)
        for column in range(6):
            grid.setColumnStretch(column, 1)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.log_button)
        grid.addLayout(row, 2, 0, 1, 6)
        return grid

    def fill(self, page: OwnPage) -> None:
        """Show what was given lately."""
        self.page = page
        self.rows.fill([(entry.id, self._cells(entry)) for entry in page.hours])
        self.table.setVisible(bool(page.hours))
        self.table.fit_rows(most=MOST)
        names = ["", *page.calls]
        if [self.call.itemData(n) for n in range(self.call.count())] != names:
            with QSignalBlocker(self.call):
                self.call.clear()
                for name in names:
                    self.call.addItem(name or self.tr("no call"), name)
        if not self.date.text():
            self.date.setText(page.today.isoformat())

    def _cells(self, entry: EntryRow) -> tuple[Cell, ...]:
        state = self.tr("approved") if entry.state == "approved" else self.tr("logged")
        kind = kind_words(entry.kind)
        return (
            Cell(day_date_words(entry.date)),
            Cell(kind, tip=entry.call),
            Cell(times.hours_words(entry.minutes)),
            Cell(state, "good" if entry.state == "approved" else "secondary"),
        )

    def log(self) -> None:
        """Log what is entered, or say at each field what is wrong with it."""
        hand = self.hand
        logged = hand.attempt(
            hours_ledger.LOG(
                person=hand.code,
                kind=str(self.kind.currentData()),
                call=str(self.call.currentData() or ""),
                date=self.date.text().strip(),
                start=self.start.text().strip(),
                end=self.end_.text().strip(),
                now=hand.desk.now(),
            )
        )
        self._mark(logged.faults)
        if logged:
            self.start.clear()
            self.end_.clear()
            self.tell(self.tr("Logged. The coordinator approves it."), "good")

    def _mark(self, wrong: dict[str, str]) -> None:
        for name, field in self.fields.items():
            field.fault(wrong.get(name, ""))
        self.tell(" ".join(sentence for name, sentence in wrong.items() if name not in self.fields))
        first = next((name for name in wrong if name in self.fields), "")
        if first:
            self.fields[first].widget.setFocus()
