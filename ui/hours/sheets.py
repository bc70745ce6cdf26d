"""Sheets out and back: hours of the month and offers for the next, looked over line by line before they are taken."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from crt_scheduler import times
from crt_scheduler.hours import hours_sheet, hours_sheet_back, offers
from crt_scheduler.hours.report import SheetLine, SheetsReport
from ui import recall
from ui.desk import Desk
from ui.file_dialogs import ask_folder
from ui.list_model import Column, ListModel, set_widths
from ui.look import Look
from ui.parts import Button, Card, Line, Words, counted, sentence
from ui.people.cells_in_place import FlatTable, InPlace
from ui.today.today_words import month_words

FOLDER = "sheets folder"
ORDER = ("bad", "new", "changed", "unchanged")
"""Lines by their outcome: those that cannot be taken first."""
Reader = Callable[..., SheetsReport]


class SheetsTab(QWidget):
    """Writes sheets for everyone and reads them back: first only looked over, then taken as one act."""

    progressed = Signal(int, int)
    """How many sheets are written, and of how many; from the thread that writes."""

    def __init__(self, desk: Desk, look: Look) -> None:
        super().__init__()
        self.desk, self.look = desk, look
        self.path: Path | None = None
        self.reader: Reader = hours_sheet_back.read
        self.report: SheetsReport | None = None
        self._dialog: QFileDialog | None = None
        self.hours_out = Button(self.tr("Write hours sheets…"))
        self.hours_in = Button(self.tr("Read hours sheets…"))
        self.offers_out = Button(self.tr("Write availability sheets…"))
        self.offers_in = Button(self.tr("Read availability sheets…"))
        self.hours_out.clicked.connect(lambda: self._ask_folder(self.write_hours))
        self.offers_out.clicked.connect(lambda: self._ask_folder(self.write_offers))
        self.hours_in.clicked.connect(lambda: self._ask_folder(self.look_at_hours))
        self.offers_in.clicked.connect(lambda: self._ask_folder(self.look_at_offers))
        self.bar = QProgressBar()
        self.bar.setAccessibleName(self.tr("Sheets written"))
        self.bar.hide()
        self.progressed.connect(self._progress)
        self.words, self.fault = Words("", 12, bold=True), sentence("", "bad")
        self.fault.hide()
        self.take_button = Button("", "primary")
        self.take_button.clicked.connect(self.take)
        self.model = ListModel(self._columns(), parent=self)
        self.table = FlatTable(look, self.tr("Lines of the sheets"))
        self.table.setModel(self.model)
        self.table.setItemDelegate(InPlace(look, self.table))
        self.table.setEditTriggers(FlatTable.EditTrigger.NoEditTriggers)
        set_widths(self.table, self.model.columns)
        look.changed.connect(self.table.viewport().update)
        self._lay_out()
        self._show(None)
        self.show_months()

    def _columns(self) -> tuple[Column[SheetLine], ...]:
        outcomes = {
            "bad": self.tr("Left out"),
            "new": self.tr("Added"),
            "changed": self.tr("Changed"),
            "unchanged": self.tr("As it is"),
        }
        return (
            Column(head=self.tr("Outcome"), words=lambda line: outcomes[line.outcome], colour=_colour, wide=100),
            Column(head=self.tr("Sheet"), words=lambda line: line.file, colour="secondary", wide=240),
            Column(
                head=self.tr("Line"),
                words=lambda line: str(line.line) if line.line else "",
                colour="secondary",
                wide=60,
            ),
            Column(
                head=self.tr("What it says"),
                words=lambda line: line.words,
                tip=lambda line: line.words,
                colour=_colour,
                wide=600,
            ),
        )

    def _lay_out(self) -> None:
        self.hours_card = self._card(self.tr("Hours"), self.hours_out, self.hours_in)
        self.offers_card = self._card(self.tr("Availability"), self.offers_out, self.offers_in)
        cards, head, column = QHBoxLayout(), QHBoxLayout(), QVBoxLayout(self)
        cards.setContentsMargins(12, 12, 12, 12)
        cards.setSpacing(12)
        cards.addWidget(self.hours_card, 1, Qt.AlignmentFlag.AlignTop)
        cards.addWidget(self.offers_card, 1, Qt.AlignmentFlag.AlignTop)
        head.setContentsMargins(12, 8, 12, 8)
        self.words.setWordWrap(True)
        head.addWidget(self.words, 1)
        head.addWidget(self.bar)
        head.addWidget(self.take_button)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(cards)
        column.addWidget(Line())
        column.addLayout(head)
        column.addWidget(self.fault)
        column.addWidget(self.table, 1)
        column.addStretch(0)

    def _card(self, words: str, out: Button, back: Button) -> Card:
        card = Card(words, " ")
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(out.with_icon(self.look, "file"))
        row.addWidget(back.with_icon(self.look, "import"))
        row.addStretch(1)
        card.body.addLayout(row)
        return card

    def show_months(self) -> None:
        """Say which months the sheets are of."""
        self.hours_card.note.say(self.tr("One sheet per person, {}").format(month_words(self.desk.month)))
        self.offers_card.note.say(self.tr("Every shift of {}, to grade").format(month_words(self.next_month)))

    @property
    def next_month(self) -> str:
        """The month that offers are asked for: the one after the month on view."""
        return times.next_month(times.parse_month(self.desk.month))

    def _ask_folder(self, then: Callable[[Path], object]) -> None:
        """Ask for the folder of the sheets in a dialog that does not hold the window up."""
        last = recall.text(self.desk.settings, FOLDER, str(Path.home()))
        dialog = ask_folder(self, self.tr("Choose the folder of the sheets"), last)

        def chosen(name: str) -> None:
            self.desk.settings.setValue(FOLDER, name)
            then(Path(name))

        dialog.fileSelected.connect(chosen)
        self._dialog = dialog
        dialog.open()

    def write_hours(self, folder: Path) -> None:
        """Write the month's hours sheets into a folder."""
        self._write(hours_sheet.write, self.desk.month, folder)

    def write_offers(self, folder: Path) -> None:
        """Write next month's availability sheets into a folder."""
        self._write(offers.write, self.next_month, folder)

    def _write(self, writer: Callable[..., tuple[Path, ...]], month: str, folder: Path) -> None:
        self._show(None)
        self._wait(self.tr("Writing the sheets"))

        def work(store: Any) -> int:
            with store.read() as session:
                return len(writer(session, month, folder, said=self.progressed.emit))

        def done(count: int) -> None:
            self._wait("")
            words = counted(count, "1 sheet is written", "{} sheets are written")
            self.words.say(words)
            self.desk.said.emit(self.tr("{} in {}").format(words, folder))

        self.desk.run(self.tr("Writing the sheets"), work, done, self._refuse)

    def _progress(self, done: int, whole: int) -> None:
        self.bar.setRange(0, whole)
        self.bar.setValue(done)

    def look_at_hours(self, path: Path) -> None:
        """Look hours sheets over; nothing is written yet."""
        self._look(hours_sheet_back.read, path)

    def look_at_offers(self, path: Path) -> None:
        """Look availability sheets over; nothing is written yet."""
        self._look(offers.read, path)

    def _look(self, reader: Reader, path: Path) -> None:
        self.reader, self.path = reader, path
        self._show(None)
        self._wait(self.tr("Reading the sheets"))
        words = self.tr("Reading the sheets")
        self.desk.run(words, lambda store: reader(store, path, dry_run=True), self._show, self._refuse)

    def take(self) -> None:
        """Take the lines that can be taken, as one act."""
        if self.report is None or self.path is None:
            return
        reader, path, skip = self.reader, self.path, bool(self.report.bad)
        self._wait(self.tr("Taking the sheets"))

        def done(report: SheetsReport) -> None:
            self._show(report)
            self.desk.said.emit(report.sentence())

        self.desk.run(
            self.tr("Taking the sheets"), lambda store: reader(store, path, skip_bad=skip), done, self._refuse
        )

    def _wait(self, words: str) -> None:
        """Say that work is under way, or that it has ended."""
        self.bar.setRange(0, 0)
        self.bar.setVisible(bool(words))
        self.fault.hide()
        if words:
            self.words.say(words)
        for button in (self.hours_out, self.hours_in, self.offers_out, self.offers_in):
            button.setEnabled(not words)
        self.take_button.setEnabled(not words)

    def _refuse(self, words: str) -> None:
        self._wait("")
        self.words.say("")
        self.fault.say(words)
        self.fault.setContentsMargins(12, 0, 12, 8)
        self.fault.show()

    def _show(self, report: SheetsReport | None) -> None:
        """Show what reading would do or did; None: nothing is looked over."""
        self._wait("")
        self.report = report if report is not None and report.dry_run else None
        self.model.fill(sorted(report.lines, key=lambda line: ORDER.index(line.outcome)) if report else ())
        self.table.setVisible(report is not None)
        waiting = self.report.count("new") + self.report.count("changed") if self.report else 0
        self.take_button.setVisible(bool(waiting))
        if report is None:
            self.words.say(self.tr("Write sheets, send them out, and read what comes back from one folder."))
            return
        bad = len(report.bad)
        self.words.say(report.sentence(), "bad" if bad and report.dry_run else "")
        take = counted(waiting, "Take 1 line", "Take {} lines")
        self.take_button.setText(self.tr("{} without {} bad").format(take, bad) if bad else take)
        self.take_button.setAccessibleName(self.take_button.text())


def _colour(line: SheetLine) -> str:
    return {"bad": "bad", "unchanged": "secondary"}.get(line.outcome, "")
