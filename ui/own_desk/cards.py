"""The cards of one's own page: next shifts with the calendar file, and the usual week."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout

from crt_scheduler import own_desk
from crt_scheduler.errors import CrtError
from crt_scheduler.own_desk import OwnPage, OwnShift
from crt_scheduler.people import usual_week
from crt_scheduler.times import clock_words, month_of
from ui.file_dialogs import ask_where
from ui.look import Look
from ui.own_desk.own_hand import Hand
from ui.parts import Button, Card, sentence
from ui.people.cells_in_place import FlatTable, InPlace
from ui.people.people_words import GRADE_ORDER, SIGNS, day_date_words, grade_words, weekday_words
from ui.people.week_grid import WeekGrid
from ui.people.word_rows import Cell, Rows
from ui.words import tr

MOST = 7
BESIDE = 20
"""Pixels beside the words of a cell."""


class OwnCard(Card):
    """A card of one's own page, with a sentence below for what is refused or done."""

    def __init__(self, hand: Hand, words: str, note: str = "") -> None:
        super().__init__(words, note)
        self.hand = hand
        self.said = sentence("")
        self.said.hide()

    def end(self) -> None:
        """Put the place for what is said last."""
        self.body.addWidget(self.said)
        self.body.addStretch(1)

    def tell(self, words: str, kind: str = "bad") -> bool:
        """Show what was refused, or (kind good) done; no words hide it. Returns whether nothing was refused."""
        self.said.say(words, kind)
        self.said.setVisible(bool(words))
        return not words

    def fill(self, page: OwnPage) -> None:
        """Show a page."""
        raise NotImplementedError


class ShiftsCard(OwnCard):
    """The shifts to come, in local times, and the calendar file."""

    def __init__(self, hand: Hand, look: Look) -> None:
        super().__init__(hand, tr("Next shifts"), tr("local times"))
        self.save_button = Button(self.tr("Save calendar file…")).with_icon(look, "calendar")
        self.save_button.clicked.connect(self.ask_where)
        self.rows = Rows((self.tr("Day"), self.tr("Hours"), self.tr("Where"), self.tr("As")))
        self.table = FlatTable(look, self.tr("Next shifts"))
        self.table.setModel(self.rows)
        self.table.setItemDelegate(InPlace(look, self.table))
        self.table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)  # the last column gives way
        self.none = sentence(
            self.tr("No shift has been told to you yet. A plan becomes a promise when it is published.")
        )
        self.why_button = Button(self.tr("Why these shifts?"), "link")
        self.why_button.clicked.connect(self.ask_why)
        self.why = sentence("", "secondary")
        self.why.hide()
        self.head.addWidget(self.save_button)
        for part in (self.table, self.none, self.why):
            self.body.addWidget(part)
        self.body.addWidget(self.why_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.end()

    def ask_why(self) -> None:
        """Say why the shifts of the month that comes next are theirs."""
        hand, month = self.hand, month_of(self.page.shifts[0].start.date())
        self._say_why(self.tr("Looking…"))
        look = lambda session: own_desk.why(session, hand.code, month, now=hand.desk.now())  # noqa: E731
        hand.desk.ask(self, "why", look, self._say_why, self._say_why)

    def _say_why(self, words: str) -> None:
        self.why.setText(words)
        self.why.setVisible(bool(words))
        self.why_button.setVisible(not words and bool(self.page.shifts))

    def fill(self, page: OwnPage) -> None:
        """Show the shifts to come."""
        self.page = page
        self._say_why("")
        rows = [(n, self._cells(shift)) for n, shift in enumerate(page.shifts)]
        self.rows.fill(rows)
        for column in range(self.rows.columnCount() - 1):
            words = [self.rows.columns[column].head, *(cells[column].words for _, cells in rows)]
            widest = max(map(self.table.fontMetrics().horizontalAdvance, words))
            self.table.setColumnWidth(column, widest + BESIDE)
        self.table.setVisible(bool(page.shifts))
        self.none.setVisible(not page.shifts)
        self.table.fit_rows(most=MOST)

    def _cells(self, shift: OwnShift) -> tuple[Cell, ...]:
        roles = {
            "lead": self.tr("Lead"),
            "responder": self.tr("Responder"),
            "trainee": self.tr("Trainee"),
            "duty_lead": self.tr("Duty lead"),
            "clergy": self.tr("Clergy"),
        }
        end = clock_words(shift.end, shift.clock)
        if shift.end.date() != shift.start.date():
            end = f"{weekday_words(shift.end.weekday(), short=True)} {end}"
        tier = {"primary": self.tr("first"), "backup": self.tr("backup")}.get(shift.tier, "")
        words = (
            day_date_words(shift.start.date()),
            f"{clock_words(shift.start, shift.clock)} – {end}",
            f"{shift.area}, {shift.template}",
            ", ".join(part for part in (roles.get(shift.role, shift.role), tier) if part),
        )
        return tuple(Cell(each, tip=each) for each in words)

    def ask_where(self) -> None:
        """Ask where to save the calendar file."""
        dialog = ask_where(self, self.tr("Save calendar file"), Path.home(), f"{self.page.code}.ics")
        dialog.setDefaultSuffix("ics")
        dialog.fileSelected.connect(lambda name: self.save(Path(name)))
        dialog.open()

    def save(self, path: Path) -> None:
        """Save the calendar file."""
        hand = self.hand
        try:
            files = hand.desk.read(
                lambda s: own_desk.save_calendar(s, hand.code, path, now=hand.desk.now(), force=True)
            )
        except CrtError as fault:
            self.tell(str(fault))
            return
        self.tell(self.tr("Saved: {}").format(", ".join(file.name for file in files)), "good")


class WeekCard(OwnCard):
    """The usual week, graded by key or menu."""

    def __init__(self, hand: Hand, look: Look) -> None:
        super().__init__(hand, tr("Usual week"), tr("arrows move, a letter or Enter grades"))
        self.grid = WeekGrid(look)
        self.grid.graded.connect(self.grade)
        look.changed.connect(self.grid.viewport().update)
        keys = QHBoxLayout()
        keys.setSpacing(4)
        for name in GRADE_ORDER:
            keys.addWidget(self._button(name))
        keys.addStretch(1)
        self.body.addWidget(self.grid)
        self.body.addLayout(keys)
        self.end()

    def _button(self, name: str) -> Button:
        sign = SIGNS[name] or self.tr("Space")
        button = Button(
            f"{sign}  {grade_words(name)}", "link", tip=self.tr("Chosen shifts: {}").format(grade_words(name))
        )
        button.clicked.connect(lambda: self.grid.grade(name))
        return button

    def fill(self, page: OwnPage) -> None:
        """Show the week."""
        self.page = page
        self.grid.show_week(page.week)

    def grade(self, cells: tuple[usual_week.Cell, ...], grade: str) -> None:
        """Say the chosen shifts of every week alike."""
        deed = own_desk.SAY_WEEK(self.hand.code, cells, grade, now=self.hand.desk.now())
        self.tell(self.hand.attempt(deed).sentence)
