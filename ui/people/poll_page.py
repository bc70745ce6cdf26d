"""A file of availability looked over day by day: what its words mean, people by dates, and who has said nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QStackedWidget, QVBoxLayout, QWidget

from crt_scheduler import times
from crt_scheduler.imports.people_by_dates import SURE, Poll
from crt_scheduler.month_answers import PersonAnswer
from ui.look import Look
from ui.parts import Card, Words, counted, of_kind, secondary, sentence
from ui.people.file_reading import Looked
from ui.people.people_words import date_words
from ui.people.poll_grid import FreeBars, PollGrid
from ui.people.poll_marks import HEIGHT, WIDTH, draw_mark
from ui.people.poll_model import mark_words
from ui.people.who_page import QuestionRows
from ui.today.today_words import month_words
from ui.words import tr

MOST_WORDS = 8
SIDE = 292
GIVEN = {"free": "free", "cannot": "cannot", "rather_not": "rather_not"}
"""The word that stands in a cell for a grade set here."""


class PollPage(QWidget):
    """The grid with its legend, and beside it who is silent.

    `corrected` carries line, column and text (no text: as the file has it), `doubted` a line and whether a word is.
    """

    corrected = Signal(int, str, str)
    doubted = Signal(int, bool)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.look = look
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 16, 20, 16)
        row.setSpacing(16)
        row.addLayout(self._left(), 1)
        row.addWidget(self._right())
        self.clear()

    def _left(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(12)
        self.legend = QWidget()
        self.legend_place = Card(pad=8)
        self.legend_place.body.addWidget(self.legend)
        self.card = Card(pad=0)
        self.grid = PollGrid(self.look)
        self.grid.graded.connect(lambda line, name, grade: self.corrected.emit(line, name, GIVEN.get(grade, "")))
        self.grid.doubted.connect(self._doubted)
        self.bars = FreeBars(self.look, self.grid)
        self.empty = sentence("", "secondary")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        whole = QWidget()
        inner = QVBoxLayout(whole)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(0)
        inner.addWidget(self.grid, 1)
        inner.addWidget(self.bars)
        self.middle = QStackedWidget()
        self.middle.addWidget(whole)
        self.middle.addWidget(self.empty)
        self.card.body.setContentsMargins(0, 0, 0, 0)
        self.card.body.addWidget(self.middle, 1)
        column.addWidget(self.legend_place)
        column.addWidget(self.card, 1)
        return column

    def _right(self) -> QWidget:
        self.silent = Card(tr("Not answered yet"), pad=8)
        self.silent.setFixedWidth(SIDE)
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Not answered yet"))
        self.list.setItemDelegate(QuestionRows(self.look, self.list))
        self.silent_note = sentence("", "secondary")
        self.silent.body.addWidget(self.list, 1)
        self.silent.body.addWidget(self.silent_note)
        return self.silent

    def clear(self) -> None:
        """Show nothing."""
        self._show(Poll((), ()), tr("The days can be seen once the file is read."))

    def show_looked(self, looked: Looked) -> None:
        """Show the days of a file."""
        poll = looked.report.poll if looked.report is not None else None
        if poll is None:
            self.clear()
            return
        words = tr("Nobody has answered in this file yet. Choose a file with answers.")
        self._show(poll, words if all(person.is_silent for person in poll.people) else "", looked)

    def _show(self, poll: Poll, empty: str, looked: Looked | None = None) -> None:
        self.grid.poll.fill(poll, looked.asked.corrections.keys() if looked else ())
        if poll.people and poll.days and not self.grid.currentIndex().isValid():
            self.grid.setCurrentIndex(self.grid.poll.index(0, 0))
        self.empty.setText(empty)
        self.middle.setCurrentIndex(1 if empty else 0)
        sure = sum(person.state == SURE for person in poll.people)
        self.grid.fit()
        answers = counted(len(poll.people), "1 person", "{} people")
        self.grid.corner.title.setText(_title(poll))
        self.grid.corner.note.setText(tr("{}, {} sure").format(answers, f"{sure:,}"))
        self._show_legend(poll, looked)
        self._show_silent(poll)

    def _show_legend(self, poll: Poll, looked: Looked | None) -> None:
        fresh = QWidget()
        of_kind(fresh, "inside")
        row = QHBoxLayout(fresh)
        row.setContentsMargins(4, 0, 4, 0)
        row.setSpacing(20)
        for grade, said, count in _legend(poll, looked):
            row.addWidget(LegendItem(self.look, grade, said, count))
        row.addStretch(1)
        self.legend_place.body.replaceWidget(self.legend, fresh)
        self.legend.hide()
        self.legend.deleteLater()
        self.legend = fresh
        self.legend_place.setVisible(bool(poll.people))

    def _show_silent(self, poll: Poll) -> None:
        self.list.clear()
        blank = [person for person in poll.people if person.is_silent]
        blank_codes = {person.code for person in blank if person.code}
        for person in blank:
            self._add(person.name, tr("blank in this file, line {}").format(f"{person.lines[0]:,}"))
        others = [each for each in poll.waiting if each.id not in blank_codes]
        for each in others:
            self._add(each.name, asked_words(each, poll.zone))
        self.silent.note.setText(f"{len(blank) + len(others):,}" if poll.people else "")
        words = tr("Everybody has answered.") if poll.people and not self.list.count() else ""
        self.silent_note.setText(words or tr("Who says nothing can be asked, and counts as free at a price."))

    def _add(self, name: str, why: str) -> None:
        item = QListWidgetItem(name)
        item.setData(Qt.ItemDataRole.UserRole + 1, why)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{name}, {why}")
        self.list.addItem(item)

    def _doubted(self, row: int, is_word: bool) -> None:
        self.doubted.emit(self.grid.poll.person(row).lines[0], is_word)


class LegendItem(QWidget):
    """A mark with the word it stands for and how often that is said."""

    def __init__(self, look: Look, grade: str, said: str, count: int) -> None:
        super().__init__()
        row, column, below = QHBoxLayout(self), QVBoxLayout(), QHBoxLayout()
        for layout in (row, column, below):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(6)
        column.setSpacing(0)
        means = tr("nothing said") if not grade else mark_words(grade)
        above = tr("“{}” means").format(said) if said else tr("“blank” means") if not grade else ""
        if above:
            column.addWidget(Words(above, 9))
        below.addWidget(Words(means, 9, bold=True))
        below.addWidget(secondary(f"{count:,}"))
        below.addStretch(1)
        column.addLayout(below)
        row.addWidget(MarkSign(look, grade))
        row.addLayout(column)


class MarkSign(QWidget):
    """One mark, as in the grid."""

    def __init__(self, look: Look, grade: str) -> None:
        super().__init__()
        self._look, self._grade = look, grade
        self.setFixedSize(WIDTH + 2, HEIGHT + 4)
        look.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw the mark, or an empty box."""
        painter, box = QPainter(self), QRectF(1, 2, WIDTH, HEIGHT)
        if self._grade:
            draw_mark(painter, box, self._look, self._grade)
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self._look.colour("border"))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)


def _title(poll: Poll) -> str:
    if not poll.people:
        return tr("People by dates")
    if not poll.days or poll.days[0].date is None:
        return tr("Every week")
    return month_words(poll.month)


def _legend(poll: Poll, looked: Looked | None) -> Iterable[tuple[str, str, int]]:
    """Yield grade, word and count: the file's own words first, then what no word of it says, then blanks."""
    counts = poll.counts()
    told = [word for word in looked.report.words if word.field == "grade"] if looked and looked.report else []
    hand = set(looked.asked.corrections.values()) if looked else set()
    told = [word for word in told if word.text not in hand or word.text not in GIVEN]
    for word in sorted(told, key=lambda each: -len(each.lines))[:MOST_WORDS]:
        yield word.meaning or "open", word.text, len(word.lines)
    if not told:
        for grade, count in counts.items():
            yield grade, "", count
    elif counts.get("mixed"):
        yield "mixed", "", counts["mixed"]
    blank = sum(len(poll.days) - len(person.marks) for person in poll.people)
    if blank:
        yield "", "", blank


def asked_words(who: PersonAnswer, zone: str) -> str:
    """Return when somebody was asked, or why not."""
    if who.status == "leave":
        return tr("on leave until {}").format(date_words(who.status_until)) if who.status_until else tr("on leave")
    asked = [_day(at, zone) for at in (who.asked, who.asked_again) if at]
    return tr("asked {}").format(tr(" and ").join(asked)) if asked else tr("not asked yet")


def _day(at: dt.datetime, zone: str) -> str:
    return date_words(times.local(at, zone).date())
