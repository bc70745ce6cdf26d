"""Asking everybody for a month: their sheets written into a folder, who has answered, and who is asked again."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication
from PySide6.QtWidgets import QAbstractItemView, QDialog, QFileDialog, QHBoxLayout, QTabBar, QVBoxLayout, QWidget

from crt_scheduler import month_answers
from crt_scheduler.month_answers import PersonAnswer
from crt_scheduler.programmes import programme_of
from ui import recall
from ui.desk import Desk
from ui.file_dialogs import ask_folder
from ui.list_model import ListModel, set_widths
from ui.look import Look
from ui.outcome import in_the_way
from ui.parts import Button, counted, of_kind, sentence, title
from ui.people.answer_words import columns
from ui.people.cells_in_place import FlatTable, InPlace
from ui.people.people_words import person_count
from ui.today.today_words import month_words

FOLDER = "sheets folder"
SIZE = (900, 620)
WAITING, ANSWERED, EVERYBODY = range(3)


@dataclass(frozen=True)
class Standing:
    """How everybody stands: the team, who is waited for, and the zone of its dates."""

    everyone: tuple[PersonAnswer, ...] = ()
    waiting: tuple[PersonAnswer, ...] = ()
    zone: str = "UTC"

    @property
    def is_asked(self) -> bool:
        """Has anybody been asked?"""
        return any(each.asked for each in self.everyone)


class AskDialog(QDialog):
    """Who has answered for a month, and the ways to ask everybody, or only those who have not."""

    progressed = Signal(int, int)
    """How many sheets are made, and of how many; from the thread that makes them."""

    def __init__(self, desk: Desk, look: Look, parent: QWidget | None = None, *, month: str = "") -> None:
        super().__init__(parent)
        self.desk, self.look, self.month = desk, look, month or desk.month
        self.standing = Standing()
        self._dialog: QFileDialog | None = None
        self._is_busy = False
        name = self.tr("Ask for {}").format(month_words(self.month))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(name)
        self.resize(*SIZE)
        self.words, self.fault = sentence(""), sentence("", "bad")
        self.fault.hide()
        self.tabs = QTabBar()
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setAccessibleName(self.tr("Who is shown"))
        for words in (self.tr("Not answered"), self.tr("Answered"), self.tr("Everybody")):
            self.tabs.addTab(words)
        self.tabs.currentChanged.connect(self._fill)
        self.model = ListModel(columns("UTC"), parent=self)
        self.table = FlatTable(look, self.tr("Answers for {}").format(month_words(self.month)))
        self.table.setModel(self.model)
        self.table.setItemDelegate(InPlace(look, self.table))
        self.table.setEditTriggers(FlatTable.EditTrigger.NoEditTriggers)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._name_acts())
        set_widths(self.table, self.model.columns)
        look.changed.connect(self.table.viewport().update)
        self._make_acts()
        self._lay_out(name)
        self.progressed.connect(self._progress)
        desk.changed.connect(lambda _: self.read())
        self.read()

    def _make_acts(self) -> None:
        self.copy = Button(self.tr("Copy addresses")).with_icon(self.look, "copy")
        self.copy.clicked.connect(self._copy)
        self.told = Button(self.tr("They told me"), tip=self.tr("Note that the people chosen told you when they can"))
        self.told.with_icon(self.look, "check").clicked.connect(self._told)
        self.again = Button("").with_icon(self.look, "mail")
        self.again.clicked.connect(lambda: self._ask_folder(only_waiting=True))
        self.everybody = Button(self.tr("Ask everybody…"), "primary")
        self.everybody.clicked.connect(lambda: self._ask_folder(only_waiting=False))
        self.close_button = Button(self.tr("Close"))
        self.close_button.clicked.connect(self.close)

    def _lay_out(self, name: str) -> None:
        acts = QHBoxLayout()
        acts.setSpacing(8)
        for part in (self.copy, self.told):
            acts.addWidget(part)
        acts.addStretch(1)
        for part in (self.close_button, self.again, self.everybody):
            acts.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        column.addWidget(title(name, 15))
        column.addWidget(self.words)
        column.addWidget(self.tabs)
        column.addWidget(self.table, 1)
        column.addWidget(self.fault)
        column.addLayout(acts)

    def read(self) -> None:
        """Read in the background how everybody stands."""
        month = self.month

        def look(session: Any) -> Standing:
            everyone, silent = month_answers.of_month(session, month), month_answers.waiting(session, month)
            return Standing(everyone, silent, programme_of(session).zone)

        self.desk.ask(self, "answers", look, self.show_standing, self._refuse)

    def show_standing(self, standing: Standing) -> None:
        """Show who has answered, and offer what is left to do."""
        self.standing = standing
        has = sum(each.has_answered for each in standing.everyone)
        self.words.say(self._counts(has))
        waits = len(standing.waiting)
        self.tabs.setTabText(WAITING, self.tr("Not answered ({})").format(f"{waits:,}"))
        self.tabs.setTabText(ANSWERED, self.tr("Answered ({})").format(f"{has:,}"))
        self.tabs.setTabText(EVERYBODY, self.tr("Everybody ({})").format(f"{len(standing.everyone):,}"))
        self.again.setVisible(standing.is_asked and bool(waits))
        self.again.setText(self.tr("Ask {} again…").format(person_count(waits)))
        self.again.setAccessibleName(self.again.text())
        of_kind(self.again, "primary" if standing.is_asked else "")
        of_kind(self.everybody, "" if standing.is_asked and waits else "primary")
        self.again.with_icon(self.look, "mail", "on_accent" if standing.is_asked else "text")
        self.everybody.setEnabled(bool(standing.everyone))
        self._fill()

    def _counts(self, has: int) -> str:
        standing = self.standing
        if not standing.everyone:
            return self.tr("Nobody is on the team yet. Import people first.")
        if not standing.is_asked and not has:
            return self.tr("Nobody has been asked yet. Everybody gets a sheet of their own, to send to them.")
        said = self.tr("{} of {} have answered, {} have not.").format(
            f"{has:,}", f"{len(standing.everyone):,}", f"{len(standing.waiting):,}"
        )
        away = len(standing.everyone) - has - len(standing.waiting)
        more = counted(away, "1 is on leave all month.", "{} are on leave all month.")
        return f"{said} {more}" if away else said

    def _fill(self) -> None:
        """Show the people of the tab one is on."""
        standing, tab = self.standing, self.tabs.currentIndex()
        answered = tuple(each for each in standing.everyone if each.has_answered)
        self.model.fill((standing.waiting, answered, standing.everyone)[tab], columns(standing.zone))
        self._name_acts()

    def _chosen(self) -> tuple[PersonAnswer, ...]:
        rows = sorted(index.row() for index in self.table.selectionModel().selectedRows())
        return tuple(self.model.rows[row] for row in rows)

    def _name_acts(self) -> None:
        """Say what the acts would do: of the people chosen, else of all shown."""
        self.told.setEnabled(bool(self._chosen()))
        self.copy.setEnabled(bool(self.model.rows))

    def _copy(self) -> None:
        """Copy the addresses of the people chosen, or of all shown, to the clipboard."""
        people = self._chosen() or self.model.rows
        found = [each.email for each in people if each.email]
        QGuiApplication.clipboard().setText("; ".join(found))
        words = counted(len(found), "1 address copied.", "{} addresses copied.")
        without = len(people) - len(found)
        self.words.say(f"{words} {counted(without, '1 has no address.', '{} have no address.')}" if without else words)

    def _told(self) -> None:
        done = self.desk.attempt(month_answers.TELL(self.month, [each.id for each in self._chosen()]))
        self._say_fault("" if done else str(done.fault))

    def _ask_folder(self, *, only_waiting: bool) -> None:
        """Ask for the folder of the sheets in a dialog that does not hold the window up."""
        last = recall.text(self.desk.settings, FOLDER, str(Path.home()))
        dialog = ask_folder(self, self.tr("Choose the folder of the sheets"), last)

        def chosen(name: str) -> None:
            self.desk.settings.setValue(FOLDER, name)
            self.ask(Path(name), only_waiting=only_waiting)

        dialog.fileSelected.connect(chosen)
        self._dialog = dialog
        dialog.open()

    def ask(self, folder: Path, *, only_waiting: bool) -> None:
        """Write the sheets into a folder, and keep that their people were asked."""
        month = self.month
        self._say_fault("")
        self._rest(is_busy=True)
        self.words.say(self.tr("Writing the sheets…"))

        def work(store: Any) -> tuple[Path, ...]:
            from crt_scheduler.hours import asked_sheets

            return asked_sheets.ask(store, month, folder, only_waiting=only_waiting, said=self.progressed.emit)

        def done(paths: tuple[Path, ...]) -> None:
            self._rest(is_busy=False)
            words = counted(len(paths), "1 sheet is", "{} sheets are")
            self.desk.said.emit(self.tr("{} written in {}. Send them out; read back what comes.").format(words, folder))
            self.read()

        self.desk.run(self.tr("Writing the sheets"), work, done, self._refuse)

    def _progress(self, done: int, whole: int) -> None:
        self.words.say(self.tr("Writing the sheets… {} of {}").format(f"{done:,}", f"{whole:,}"))

    def reject(self) -> None:
        """Close on Escape, but not while the sheets are written."""
        if not self._is_busy:
            super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        """Stay while the sheets are written: what was asked is said here."""
        if self._is_busy:
            event.ignore()
        else:
            super().closeEvent(event)

    def _rest(self, *, is_busy: bool) -> None:
        self._is_busy = is_busy
        acts: tuple[Button, ...] = (self.again, self.everybody, self.told, self.close_button)
        for part in acts:
            part.setEnabled(not is_busy)

    def _refuse(self, words: str) -> None:
        self._rest(is_busy=False)
        more = self.tr("It may be an answer: read it back first, or choose another folder.")
        there = in_the_way(words)
        self._say_fault(f"{there} {more}" if there else words)
        self.show_standing(self.standing)

    def _say_fault(self, words: str) -> None:
        self.fault.say(words)
        self.fault.setVisible(bool(words))
