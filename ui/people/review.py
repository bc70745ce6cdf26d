"""A file looked over before it is imported, page by page: its columns, words, people, and what would come in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from crt_scheduler.imports import Place
from crt_scheduler.imports.kinds import is_of_people
from crt_scheduler.imports.people_by_dates import Poll
from ui.look import Look
from ui.parts import Button, Card, Line, counted, of_kind, sentence
from ui.people.comes_in import ComesIn
from ui.people.decide import Answer, answered, told
from ui.people.file_page import FilePage
from ui.people.file_reading import Asked, Looked
from ui.people.import_tabs import ImportTabs, TabNote
from ui.people.mapping import MappingTable
from ui.people.people_words import date_words
from ui.people.poll_page import PollPage
from ui.people.who_page import WhoPage
from ui.people.wizard_words import (
    bad_words,
    button_words,
    missing_words,
    open_words,
    outcome_words,
    plain_words,
    question_words,
)
from ui.people.words_page import WordsPage
from ui.words import tr

FILE, WORDS, WHO, POLL, COMES = range(5)
PATIENCE_MS = 1000
"""How long something may take before a way to stop it is offered."""


@dataclass(frozen=True)
class _Step:
    """What the one button does now: its words, and the act; without one it rests, or imports."""

    words: str
    act: Callable[[], object] | None = None
    is_import: bool = False


class Review(QWidget):
    """What importing a file would do; `changed` carries how it is to be read from now on, `go` says to import it."""

    changed = Signal(object)
    go = Signal()
    stopped = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.look = look
        self.asked: Asked | None = None
        self.looked: Looked | None = None
        self.is_busy = False
        self.names = (tr("File and columns"), tr("Words"), tr("Who is who"), tr("People by dates"), tr("What comes in"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.tabs = ImportTabs(look, self.names)
        tabs = QHBoxLayout()
        tabs.setContentsMargins(10, 0, 20, 0)
        tabs.addWidget(self.tabs)
        tabs.addStretch(1)
        column.addLayout(tabs)
        column.addWidget(Line())
        self.pages = QStackedWidget()
        self.words, self.who, self.poll, self.comes = WordsPage(look), WhoPage(look), PollPage(look), ComesIn(look)
        for page in (self._file_page(), self.words, self.who, self.poll, self.comes):
            self.pages.addWidget(page)
        column.addWidget(self.pages, 1)
        column.addWidget(Line())
        column.addWidget(self._foot())
        self.bad, self.preview = self.comes.bad, self.comes.first
        self._connect()

    def _connect(self) -> None:
        self.tabs.currentChanged.connect(self._turned)
        self.file.placed.connect(self._place)
        self.mapping.changed.connect(self._map)
        self.words.told.connect(self._tell)
        self.who.answered.connect(self._answer)
        self.who.moved.connect(self._say)
        self.poll.corrected.connect(self._set_day)
        self.poll.doubted.connect(self._doubt)
        self.comes.whole.connect(self._whole)
        self.bad.corrected.connect(self._correct)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.go_on)

    def _file_page(self) -> QWidget:
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(20, 16, 20, 16)
        row.setSpacing(16)
        self.file = FilePage(self.look)
        right = QVBoxLayout()
        right.setSpacing(16)
        self.question = self._question()
        self.columns = Card(tr("Columns"), tr("which column of the file holds which field"), pad=8)
        self.mapping = MappingTable(self.look)
        self.columns.body.addWidget(self.mapping)
        right.addWidget(self.question)
        right.addWidget(self.columns, 1)
        row.addWidget(self.file, 6)
        row.addLayout(right, 6)
        return whole

    def _question(self) -> QWidget:
        card = Card(tr("How are dates written?"))
        self.question_words = sentence("")
        self.us, self.eu = Button(""), Button("")
        self.us.clicked.connect(lambda: self._ask(date_order="us"))
        self.eu.clicked.connect(lambda: self._ask(date_order="eu"))
        row = QHBoxLayout()
        row.addWidget(self.us)
        row.addWidget(self.eu)
        row.addStretch(1)
        card.body.addWidget(self.question_words)
        card.body.addLayout(row)
        return card

    def _foot(self) -> QWidget:
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(20, 10, 20, 10)
        row.setSpacing(12)
        self.outcome = sentence("")
        self.stop_button = Button(tr("Stop")).with_icon(self.look, "stop")
        self.stop_button.clicked.connect(self.stopped)
        self.patience = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self.patience.timeout.connect(self.stop_button.show)
        self.again = Button(tr("Read the file again"), tip=tr("After correcting it in its own program"))
        self.again.with_icon(self.look, "refresh")
        self.without_button, self.go_button = Button(""), Button("", "primary")
        self.without_button.clicked.connect(self.go)
        self.go_button.clicked.connect(self.press)
        row.addWidget(self.outcome, 1)
        for part in (self.stop_button, self.again, self.without_button, self.go_button):
            row.addWidget(part)
        return whole

    def show_looked(self, looked: Looked) -> None:
        """Show a file as it would be read; one not seen before on the first page where something is to be answered."""
        before, self.looked, self.asked = self.looked, looked, looked.asked
        self.still()
        self.file.show_looked(looked)
        self.mapping.show_preview(looked.preview, looked.mapping, looked.missing)
        self.question.setVisible(looked.unclear is not None)
        if looked.unclear is not None:
            self.question_words.setText(question_words(looked.unclear))
            self._name(self.us, tr("Month first: {}").format(date_words(looked.unclear.us)))
            self._name(self.eu, tr("Day first: {}").format(date_words(looked.unclear.eu)))
        self.words.show_looked(looked)
        self.who.show_looked(looked)
        self.comes.show_looked(looked)
        self.poll.show_looked(looked)
        self.tabs.setTabVisible(WHO, is_of_people(looked.preview.kind))
        self.tabs.setTabVisible(POLL, looked.preview.kind == "availability")
        if before is None or not before.asked.is_the_same_table(looked.asked):
            self.turn_to((*self._open_pages(), self._last_page)[0])
        self._say()

    @property
    def _last_page(self) -> int:
        """The page that shows what comes in: of availability, people by dates."""
        return POLL if self.looked is not None and self.looked.preview.kind == "availability" else COMES

    def clear(self) -> None:
        """Show nothing: another file was chosen."""
        self.looked = self.asked = None
        self.poll.clear()
        self.words.clear()
        self.who.clear()
        self.still()

    def turn_to(self, page: int) -> None:
        """Go to a page, and to where its first answer is given."""
        self.tabs.setCurrentIndex(page)
        self._turned(page)

    def _turned(self, page: int) -> None:
        self.pages.setCurrentIndex(page)
        self._say()
        stops = {FILE: self.mapping, WORDS: self.words.table, WHO: self.who.list, POLL: self.poll.grid}
        stops.get(page, self.go_button).setFocus()

    def _open_pages(self) -> list[int]:
        """Return the pages where something is to be answered."""
        looked = self.looked
        if looked is None or looked.report is None:
            return [FILE]
        found = [(WORDS, self.words.open_lines), (WHO, self.who.open), (COMES, looked.report.faults)]
        return [page for page, is_open in found if is_open]

    def _step(self) -> _Step:
        """Return what the one button does on the page on view."""
        looked, here, waits = self.looked, self.pages.currentIndex(), self._open_pages()
        if looked is None or (looked.report is None and here == FILE):
            return _Step(button_words(looked) if looked is not None else tr("Import"))
        if here == WHO and len(self.who.open) > 1:
            return _Step(tr("Next question"), lambda: self.who.step(1, only_open=True))
        if here not in (self._last_page, COMES):
            target = next((page for page in waits if page > here), FILE if waits == [FILE] else self._last_page)
            return self._page_step(target)
        if here == POLL and waits == [COMES]:
            return self._page_step(COMES)
        if waits and waits[0] != COMES:
            return self._page_step(waits[0])
        if waits and looked.report is not None:
            line = looked.report.faults[0].line
            return _Step(tr("Next: line {}").format(f"{line:,}"), self.bad.mend_first)
        return _Step(button_words(looked), is_import=True)

    def _page_step(self, page: int) -> _Step:
        name = self.names[page]
        return _Step(tr("Next: {}").format(f"{name[:1].lower()}{name[1:]}"), lambda: self.turn_to(page))

    def press(self) -> None:
        """Do what the button says."""
        step = self._step()
        if step.act is not None:
            step.act()
        elif step.is_import:
            self.go.emit()

    def go_on(self) -> None:
        """Go to the next page or question; what imports is only brought under the keys."""
        step = self._step()
        if step.act is not None:
            step.act()
        else:
            self.go_button.setFocus()

    def _name(self, button: Button, words: str) -> None:
        button.setText(words)
        button.setAccessibleName(words)

    def _say(self) -> None:
        """Say on the tabs and in the foot how far things are."""
        looked = self.looked
        if looked is None:
            return
        step, here, report = self._step(), self.pages.currentIndex(), looked.report
        count = (report.new + report.changed or report.answers) if report is not None else 0
        self._name(self.go_button, step.words)
        self.go_button.setEnabled(step.act is not None or (step.is_import and count > 0 and not self.is_busy))
        of_kind(self.go_button, "" if here == WHO and self.who.open else "primary")
        is_partial = here in (self._last_page, COMES) and report is not None and not step.is_import
        self.without_button.setVisible(is_partial and count > 0)
        if is_partial:
            self._name(self.without_button, button_words(looked))
            self.without_button.setEnabled(not self.is_busy)
        for page, note in enumerate(self._notes(looked)):
            self.tabs.tell(page, note)
        if not self.is_busy:
            self.outcome.say(*self._outcome(looked))

    def _notes(self, looked: Looked) -> tuple[TabNote, ...]:
        words, who, report = len(self.words.open_lines), len(self.who.open), looked.report
        columns = counted(len(looked.preview.header), "1 column", "{} columns")
        bad = len({fault.line for fault in report.faults}) if report is not None else 0
        known, seen = len(self.words.lines), len(self.who.entries)
        return (
            TabNote(columns, is_done=True) if report is not None else TabNote(tr("to answer"), is_open=True),
            (
                TabNote(tr("{} to answer").format(words), is_open=True)
                if words
                else TabNote(tr("{} known").format(known) if known else "", is_done=bool(known))
            ),
            (
                TabNote(tr("{} to look at").format(who), is_open=True)
                if who
                else TabNote(tr("{} answered").format(seen) if seen else "", is_done=report is not None)
            ),
            TabNote(_people_words(report.poll)) if report is not None and report.poll is not None else TabNote(""),
            TabNote(counted(bad, "1 row to mend", "{} rows to mend"), is_open=True) if bad else TabNote(""),
        )

    def _outcome(self, looked: Looked) -> tuple[str, str]:
        """Return the sentence of the foot, and its kind."""
        report, words, who = looked.report, len(self.words.open_lines), len(self.who.open)
        if looked.missing:
            return missing_words(looked), "bad"
        if looked.fault:
            return plain_words(looked.fault), "bad"
        if report is None:
            return tr("Say how dates are written; then everything else can be checked."), "warning"
        if words or who:
            is_bad = bool(report.faults) and self.pages.currentIndex() == COMES
            more = f" {bad_words(report)}" if is_bad else ""
            return open_words(looked, words, who) + more, "warning"
        return (bad_words(report), "bad") if report.faults else (outcome_words(report, looked.preview), "")

    def wait(self, words: str) -> None:
        """Say what is under way; nothing can be imported meanwhile, and what lasts can be stopped."""
        self.is_busy = True
        self.patience.start()
        self.outcome.say(f"{words}…", "secondary")
        self._say()

    def still(self) -> None:
        """Nothing is under way any more."""
        self.is_busy = False
        self.patience.stop()
        self.stop_button.hide()

    def refuse(self, words: str) -> None:
        """Say why something was refused; it can be tried again."""
        self.still()
        self._say()
        self.outcome.say(plain_words(words), "bad")

    def _place(self, place: Place) -> None:
        if self.asked is not None and self.looked is not None:
            self._ask_for(replace(self.asked, kind=self.looked.preview.kind).elsewhere(place))

    def _map(self, mapping: Mapping[str, str]) -> None:
        if self.asked is not None and self.looked is not None:
            self._ask_for(self.asked.mapped(self.looked.mapping, mapping))

    def _tell(self, field: str, text: str, meaning: str) -> None:
        if self.asked is not None:
            self._ask_for(told(self.asked, field, text, meaning))

    def _answer(self, answer: Answer) -> None:
        if self.asked is not None:
            self._ask_for(answered(self.asked, answer))

    def _whole(self, name: str, is_so: bool) -> None:
        if self.asked is not None:
            decided: dict[str, Any] = {name: is_so}
            self._ask(decided=replace(self.asked.decided, **decided))

    def _set_day(self, line: int, column: str, text: str) -> None:
        """Read a day as it was set here, or as the file has it again."""
        if self.asked is not None:
            kept = {cell: said for cell, said in self.asked.corrections.items() if cell != (line, column)}
            self._ask(corrections={**kept, (line, column): text} if text else kept)

    def _doubt(self, line: int, is_word: bool) -> None:
        """Go to where what is in doubt about a line is answered."""
        if not is_word:
            self.who.go_to(line)
        self.turn_to(WORDS if is_word else WHO)

    def _correct(self, line: int, column: str, text: str) -> None:
        if self.asked is not None:
            self._ask(corrections={**self.asked.corrections, (line, column): text})

    def _ask(self, **changes: Any) -> None:
        if self.asked is not None:
            self._ask_for(replace(self.asked, **changes))

    def _ask_for(self, asked: Asked) -> None:
        """Ask anew, on top of what was asked last, even if that has not been answered yet."""
        kind = self.looked.preview.kind if self.looked is not None else asked.kind
        self.asked = replace(asked, kind=kind)
        self.changed.emit(self.asked)


def _people_words(poll: Poll) -> str:
    return counted(len(poll.people), "1 person", "{} people")
