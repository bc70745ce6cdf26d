"""Dates and wishes of a person: what stands above the usual week, a row to add more, a way to take one back."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QDate, QSignalBlocker, Qt
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLineEdit, QWidget

from crt_scheduler import availability, times
from crt_scheduler.availability import GRADE_NAMES
from crt_scheduler.people import ranges
from crt_scheduler.people.person_view import PersonPage
from crt_scheduler.people.ranges import Range, Wished
from crt_scheduler.roster import ShiftName
from solver.problem import CITY
from ui.date_field import DateField
from ui.desk import Desk
from ui.look import Look
from ui.parts import Button, Field
from ui.people.cells_in_place import FlatTable, InPlace
from ui.people.people_words import date_words, day_date_words, grade_words, weekday_words
from ui.people.person_section import Section, remover
from ui.people.word_rows import Cell, Rows
from ui.words import tr

NO_DAY = dt.date(2000, 1, 1)
"""What stands in a field that nobody has typed a date into."""
COLOURS = {"cannot": "bad", "rather_not": "warning", "prefers": "good", "wants": "good"}


class DatesSection(Section):
    """Dates and wishes: what is said of them, a row to add more, and a way to take one back."""

    def __init__(self, desk: Desk, look: Look) -> None:
        super().__init__(desk, look, tr("Dates and wishes"))
        self.rows = Rows((tr("When"), tr("Grade"), tr("Note")))
        self.table = FlatTable(look, tr("Dates and wishes"))
        self.table.setModel(self.rows)
        self.table.setItemDelegate(InPlace(look, self.table))
        self.table.setColumnWidth(0, 210)
        self.table.setColumnWidth(1, 104)
        self.remove_button = remover(self.table, look, tr("Take back the chosen line"), self.remove)
        self.head.addWidget(self.remove_button)
        self.first, self.last = DateField(desk, tr("First day")), DateField(desk, tr("Last day"))
        for field in (self.first, self.last):
            field.put(NO_DAY)
            field.setMinimumWidth(96)
        self.first.dateChanged.connect(self._first_moved)
        self.shift, self.grade, self.why = QComboBox(), QComboBox(), QLineEdit()
        self.shift.currentIndexChanged.connect(self._shift_chosen)
        for box in (self.shift, self.grade):
            box.setMinimumWidth(80)
        for name in GRADE_NAMES:
            self.grade.addItem(grade_words(name), name)
        self.add_button = Button(tr("Add")).with_icon(look, "plus")
        self.add_button.clicked.connect(self.add)
        self.why.returnPressed.connect(self.add)
        self.body.addWidget(self.table)
        self.body.addWidget(self._adder())
        self.end()

    def _adder(self) -> QWidget:
        whole = QWidget()
        grid = QGridLayout(whole)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        self.last_field = Field(tr("To"), self.last)
        for column, part in enumerate((Field(tr("From"), self.first), self.last_field, Field(tr("Shift"), self.shift))):
            grid.addWidget(part, 0, column, Qt.AlignmentFlag.AlignTop)
        self.why_field = Field(tr("Note"), self.why)
        grid.addWidget(Field(tr("Grade"), self.grade), 1, 0)
        grid.addWidget(self.why_field, 1, 1)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.add_button)
        holder = QWidget()
        holder.setLayout(row)
        row.setContentsMargins(0, 18, 0, 0)
        grid.addWidget(holder, 1, 2)
        for column in range(3):
            grid.setColumnStretch(column, 1)
        return whole

    def fill(self, page: PersonPage) -> None:
        """Show what is said of dates from today on."""
        clock = times.clock_of(page.zone)
        lines: list[tuple[object, tuple[Cell, ...]]] = [(line, _range_cells(line, clock)) for line in page.ranges]
        lines += [
            (w, (Cell(f"{day_date_words(w.date)}, {w.template}"), _grade_cell(w.grade), Cell(tr("wish"), "secondary")))
            for w in page.wishes
        ]
        self.rows.fill(lines)
        self.table.setVisible(bool(lines))
        self.table.fit_rows(most=6)
        self.remove_button.setVisible(bool(lines))
        self._offer_shifts(page)

    def _offer_shifts(self, page: PersonPage) -> None:
        names = [column.template for column in page.week.columns]
        if [self.shift.itemData(n) for n in range(1, self.shift.count())] == names:
            return
        with QSignalBlocker(self.shift):
            self.shift.clear()
            self.shift.addItem(tr("all day"), "")
            for name in names:
                self.shift.addItem(name, name)
        if self.first.day <= NO_DAY:
            self.first.put(page.today)

    def _first_moved(self, day: QDate) -> None:
        if self.last.date() < day:
            self.last.setDate(day)

    def _shift_chosen(self) -> None:
        """A wish is for one shift of one date: there is no last day and no note to it."""
        is_range = not self.shift.currentData()
        self.last_field.setEnabled(is_range)
        self.why_field.setEnabled(is_range)

    def add(self) -> None:
        """Note what is entered: a stretch of dates, or a wish for one shift."""
        if self.page is None:
            return
        line, grade, template = self.page.line, str(self.grade.currentData()), str(self.shift.currentData() or "")
        first, last = self.first.day, self.last.day
        if template:
            wish = availability.WISH(ShiftName(first, template, CITY), line.id, grade)
            words = self.desk.attempt(wish).sentence
        else:
            line_said = ranges.SAY(line.id, grade, first=first, last=last, note=self.why.text().strip())
            words = self.desk.attempt(line_said).sentence
        if self.say(words):
            self.why.clear()

    def remove(self) -> None:
        """Take back the line one is on."""
        row = self.table.currentIndex().row()
        if self.page is None or row < 0:
            self.say(tr("Choose a line to take back first.") if self.rows.rows else "")
            return
        line, what = self.page.line, self.rows.what(row)
        if isinstance(what, Wished):
            name = ShiftName(what.date, what.template, CITY)
            self.say(self.desk.attempt(availability.WISH(name, line.id, "none")).sentence)
        elif isinstance(what, Range):
            self.say(self.desk.attempt(ranges.UNSAY(line.id, what.number)).sentence)


def _range_cells(line: Range, clock: times.Clock) -> tuple[Cell, ...]:
    words = range_words(line, clock)
    return Cell(words, tip=words), _grade_cell(line.grade), Cell(line.note, "secondary", tip=line.note)


def _grade_cell(grade: str) -> Cell:
    return Cell(grade_words(grade), COLOURS[grade])


def range_words(line: Range, clock: times.Clock) -> str:
    """Return when a line holds, in the person's language."""
    first, last = date_words(line.first), date_words(line.last)
    if line.first is not None and line.first == line.last:
        when = day_date_words(line.first)
    elif line.last is None:
        when = tr("from {}").format(first)
    else:
        when = tr("{} to {}").format(first, last) if first else tr("to {}").format(last)
    days = [weekday_words(day, short=True) for day in range(7) if line.weekdays >> day & 1]
    parts = [when, *([", ".join(days)] if len(days) < 7 else [])]
    if line.start is not None and line.end is not None:
        parts.append(f"{times.clock_words(line.start, clock)}–{times.clock_words(line.end, clock)}")
    return ", ".join(parts)
