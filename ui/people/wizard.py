"""The import of a file in three steps: choose or drop it, look it over, and see what was done."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from threading import Event

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from crt_scheduler import imports
from crt_scheduler.imports import Decisions, ImportReport
from ui import recall
from ui.desk import Desk
from ui.file_dialogs import ask
from ui.look import Look
from ui.parts import Button, Line, Words, secondary, sentence, title
from ui.people.fields import fill_box
from ui.people.file_reading import Asked, Looked, WhichSheets, look_through, take
from ui.people.review import PATIENCE_MS, Review
from ui.people.which_sheets import SheetButtons
from ui.people.wizard_words import done_words, kind_words, rows_words
from ui.words import tr


class Wizard(QWidget):
    """The import page. `closed` says it was left; nothing is written before the button is pressed."""

    closed = Signal()

    def __init__(self, desk: Desk, look: Look) -> None:
        super().__init__()
        self.desk, self.look = desk, look
        self.hoped = "people"
        self.looked: Looked | None = None
        self.asked: Asked | None = None
        self._stopping = Event()
        """Set once what is under way is to end; each reading and each import has its own."""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head())
        column.addWidget(Line())
        self.steps = QStackedWidget()
        self.start, self.review, self.result = self._start(), Review(self.look), self._result()
        self.review.changed.connect(self._look)
        self.review.again.clicked.connect(self.read_again)
        self.review.go.connect(self.run)
        self.review.stopped.connect(self.stop)
        for step in (self.start, self.review, self.result):
            self.steps.addWidget(step)
        column.addWidget(self.steps, 1)
        leave = QShortcut(QKeySequence(Qt.Key.Key_Escape), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        leave.activated.connect(self.closed)
        self.closed.connect(self._let_go)
        desk.working.connect(self._say_working)

    def _head(self) -> QWidget:
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(20, 12, 16, 12)
        row.setSpacing(12)
        self.heading, self.file = title(tr("Import"), 15), secondary("", 9.75)
        self.kind = QComboBox()
        self.kind.setAccessibleName(tr("What the file holds"))
        fill_box(self.kind, [(kind, kind_words(kind)) for kind in imports.KINDS])
        self.kind.activated.connect(self._kind_chosen)
        self.other = Button(tr("Choose another file…")).with_icon(self.look, "folder")
        self.other.clicked.connect(self.choose_file)
        close = Button("", "flat", tip=tr("Close the import  Esc")).with_icon(self.look, "close", "secondary")
        close.clicked.connect(self.closed)
        for part in (self.heading, self.kind, self.file):
            row.addWidget(part)
        row.addStretch(1)
        row.addWidget(self.other)
        row.addWidget(close)
        return whole

    def _start(self) -> QWidget:
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setSpacing(16)
        self.invitation = Words("", 12)
        self.start_fault = sentence("", "bad")
        self.start_fault.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.choose_button = Button(tr("Choose a file…"), "primary").with_icon(self.look, "folder")
        self.choose_button.clicked.connect(self.choose_file)
        self.stop_button = Button(tr("Stop")).with_icon(self.look, "stop")
        self.stop_button.clicked.connect(self.stop)
        self.stop_button.hide()
        self.patience = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self.patience.timeout.connect(self._offer_stop)
        self.sheets = SheetButtons()
        self.sheets.chosen.connect(self._look)
        column.addStretch(2)
        centre = Qt.AlignmentFlag.AlignHCenter
        column.addWidget(self.invitation, 0, centre)
        for part in (self.choose_button, self.stop_button, self.sheets):
            column.addWidget(part, 0, centre)
        column.addWidget(self.start_fault)
        column.addStretch(3)
        return whole

    def _result(self) -> QWidget:
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setSpacing(16)
        self.done = Words("", 15, bold=True)
        self.done_note = secondary(tr("Undo takes the whole file back."), 9.75)
        show, more = Button(tr("Show the people"), "primary"), Button(tr("Import another file…"))
        self.show_button = show
        show.clicked.connect(self.closed)
        more.clicked.connect(lambda: self.begin(self.hoped))
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(more)
        row.addWidget(show)
        row.addStretch(1)
        column.addStretch(2)
        column.addWidget(self.done, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self.done_note, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addLayout(row)
        column.addStretch(3)
        return whole

    def begin(self, kind: str = "people") -> None:
        """Ask for a file of a kind; one that is looked through already stays."""
        if self.steps.currentWidget() is self.review and self.looked is not None and self.looked.preview.kind == kind:
            return
        self.hoped = kind if kind in imports.KINDS else "people"
        self.kind.setCurrentIndex(self.kind.findData(self.hoped))
        self._let_go()
        self.looked = self.asked = None
        self.review.clear()
        self.file.setText("")
        self._invite(
            tr("Drop a CSV, Excel or OpenDocument file of {} here, or choose one.").format(
                kind_words(self.hoped).lower()
            )
        )

    def _invite(self, words: str, fault: str = "") -> None:
        """Show the page that asks for a file, with what is wrong with the one before."""
        self._still()
        self.invitation.setText(words)
        self.start_fault.setText(fault)
        self.other.hide()
        self.steps.setCurrentWidget(self.start)
        self.choose_button.setFocus()

    def _still(self) -> None:
        """Nothing is read any more."""
        self.patience.stop()
        self.stop_button.hide()
        self.sheets.hide()
        self.choose_button.show()

    def _offer_stop(self) -> None:
        """Show the way to stop a reading that lasts, under the keys where they stand on nothing else."""
        self.stop_button.show()
        if self.hasFocus():
            self.stop_button.setFocus()

    def choose_file(self) -> None:
        """Ask for the file in a dialog that does not hold the window up."""
        last = recall.text(self.desk.settings, "import folder", str(Path.home()))
        dialog = ask(self, tr("Choose a file to import"), last)
        dialog.setNameFilters([tr("Tables (*.csv *.txt *.tsv *.xlsx *.xlsm *.xls *.ods)"), tr("All files (*)")])
        dialog.fileSelected.connect(lambda name: self.open_file(Path(name)))
        dialog.open()

    def open_file(self, path: Path) -> None:
        """Look through a file: what it holds is told by its columns."""
        self.desk.settings.setValue("import folder", str(path.parent))
        self.looked = None
        self._look(Asked(path, hoped=self.hoped))

    def read_again(self) -> None:
        """Look through the same file anew, after it was corrected elsewhere."""
        if self.asked is not None:
            self.looked = None
            self._look(replace(self.asked, corrections={}, decided=Decisions()))

    def _look(self, asked: Asked) -> None:
        """Look through a file; while it is another one than that on view, nothing of the old one is shown."""
        self._let_go()
        self.asked, self._stopping = asked, Event()
        words = tr("Reading {}").format(asked.path.name)
        if self.looked is None:
            self.review.clear()
            self._invite(words)
            self.file.setText(asked.path.name)
            if self.choose_button.hasFocus():  # hidden, it would hand the keys on to another part of the window
                self.setFocus()
            self.choose_button.hide()
            self.patience.start()
        else:
            self.review.wait(words)
        is_stopped, tell = self._stopping.is_set, self.desk.progressed.emit
        self.desk.run(
            words,
            lambda store: look_through(store, asked, tell, is_stopped=lambda: is_stopped() or self.desk.is_leaving),
            self._show,
            lambda fault: self._unread(asked, fault),
        )

    def _let_go(self) -> None:
        """End the reading of a file that nobody waits for any more; an import goes on."""
        if self.asked is not None and (self.looked is None or self.asked is not self.looked.asked):
            self._stopping.set()

    def _say_working(self, words: str) -> None:
        """Say how far a reading is that lasts: with the way to stop it, not before."""
        if words and self.asked is not None and self.stop_button.isVisible():
            self.invitation.setText(words)
        elif words and self.review.is_busy and self.review.stop_button.isVisible():
            self.review.outcome.say(words, "secondary")

    def stop(self) -> None:
        """Stop what is under way: a file that is read is let go, an import writes nothing."""
        self._stopping.set()
        if self.looked is None:
            self.asked = None
            self.begin(self.hoped)
        elif self.asked is not self.looked.asked:
            self._back(tr("Stopped. This is the file as it was read before."))

    def _back(self, words: str) -> None:
        """Show the file as it was read last, with a sentence of why it is not read otherwise."""
        if self.looked is not None:
            self.asked = self.looked.asked
            self.review.show_looked(self.looked)
            self.review.refuse(words)

    def _unread(self, asked: Asked, words: str) -> None:
        if self.asked is not asked:
            return
        if self.looked is not None:
            self._back(words)
            return
        self.asked = None
        self.file.setText("")
        self._invite(tr("Drop another file here, or choose one."), words)

    def _show(self, looked: Looked | WhichSheets) -> None:
        if looked.asked is not self.asked:
            return
        if isinstance(looked, WhichSheets):
            self.looked = None
            self._invite(tr("{} holds several such tables. Which sheet?").format(looked.asked.path.name))
            self.sheets.offer(looked)
            return
        if looked.fault and self._is_only_answered(looked):
            self._back(looked.fault)
            return
        self.looked = looked
        self.hoped = looked.preview.kind
        self.kind.setCurrentIndex(self.kind.findData(self.hoped))
        self.file.setText(
            tr("{}, {}. Nothing is written until you import.").format(
                looked.preview.file, rows_words(looked.preview.count)
            )
        )
        self._still()
        self.other.show()
        self.steps.setCurrentWidget(self.review)
        self.review.show_looked(looked)

    def _is_only_answered(self, looked: Looked) -> bool:
        """Was the file read well before, and are only answers others, so that one of them is at fault?"""
        before = self.looked
        return before is not None and before.report is not None and looked.asked.is_the_same_table(before.asked)

    def _kind_chosen(self) -> None:
        kind = str(self.kind.currentData())
        self.hoped = kind
        if self.asked is not None:
            self.looked = None
            self._look(Asked(self.asked.path, kind=kind))
        else:
            self.begin(kind)

    def run(self) -> None:
        """Import the file as shown, as one act."""
        looked = self.looked
        if looked is None or looked.report is None:
            return
        words = tr("Importing {}").format(looked.preview.file)
        self._stopping = Event()
        is_stopped, tell = self._stopping.is_set, self.desk.progressed.emit
        self.review.wait(words)
        self.desk.run(
            words,
            lambda store: take(store, looked, tell, is_stopped=is_stopped),
            self._taken,
            self.review.refuse,
        )

    def _taken(self, report: ImportReport) -> None:
        self.done.setText(done_words(report))
        self.looked = self.asked = None
        self.review.clear()
        self.other.hide()
        self.file.setText("")
        self.steps.setCurrentWidget(self.result)
        self.show_button.setFocus()
        self.desk.said.emit(self.done.text())
