"""Wishes on one's own page: for a shift of a date, until the month's deadline, and taking one back."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QHBoxLayout

from crt_scheduler import own_desk, times
from crt_scheduler.availability import GRADE_NAMES
from crt_scheduler.own_desk import OwnPage
from ui.box import Box
from ui.date_field import DateField, qdate
from ui.look import Look
from ui.own_desk.cards import OwnCard
from ui.own_desk.own_hand import Hand
from ui.parts import Button, Field, sentence
from ui.people.cells_in_place import FlatTable, InPlace
from ui.people.people_words import day_date_words, grade_words
from ui.people.person_section import remover
from ui.people.word_rows import Cell, Rows
from ui.today.today_words import month_words
from ui.words import tr

COLOURS = {"cannot": "bad", "rather_not": "warning", "prefers": "good", "wants": "good"}
MOST = 5


class WishesCard(OwnCard):
    """What is wished for single shifts, a line to add one, and a way to take one back."""

    def __init__(self, hand: Hand, look: Look) -> None:
        super().__init__(hand, tr("Wishes"))
        self.rows = Rows((self.tr("When"), self.tr("Grade")))
        self.table = FlatTable(look, self.tr("Wishes"))
        self.table.setModel(self.rows)
        self.table.setItemDelegate(InPlace(look, self.table))
        self.table.setColumnWidth(0, 220)
        self.remove_button = remover(self.table, look, self.tr("Take back the chosen wish"), self.remove)
        self.head.addWidget(self.remove_button)
        self.until = sentence("", "secondary")
        self.date, self.shift, self.grade = DateField(hand.desk), Box(), Box()
        self.date.setDisplayFormat("ddd d MMM yyyy")
        for name in reversed(GRADE_NAMES):
            self.grade.addItem(grade_words(name), name)
        self.add_button = Button(self.tr("Add wish")).with_icon(look, "plus")
        self.add_button.clicked.connect(self.add)
        row = QHBoxLayout()
        row.setSpacing(8)
        for words, part in ((tr("Day"), self.date), (tr("Shift"), self.shift), (tr("Grade"), self.grade)):
            row.addWidget(Field(words, part), 1, Qt.AlignmentFlag.AlignTop)
        below = QHBoxLayout()
        below.addStretch(1)
        below.addWidget(self.add_button)
        self.body.addWidget(self.until)
        self.body.addWidget(self.table)
        self.body.addLayout(row)
        self.body.addLayout(below)
        self.end()

    def fill(self, page: OwnPage) -> None:
        """Show the wishes of days to come."""
        self.page = page
        lines = [
            (
                wished,
                (
                    Cell(f"{day_date_words(wished.date)}, {wished.template}"),
                    Cell(grade_words(wished.grade), COLOURS[wished.grade]),
                ),
            )
            for wished in page.wishes
        ]
        self.rows.fill(lines)
        for part in (self.table, self.remove_button):
            part.setVisible(bool(lines))
        self.table.fit_rows(most=MOST)
        said = [
            self.tr("{} until {}").format(month_words(each.month), day_date_words(each.until)) for each in page.months
        ]
        self.until.setText(self.tr("Open for wishes: {}. Later changes go by phone.").format(", ".join(said)))
        self._offer(page)

    def _offer(self, page: OwnPage) -> None:
        names = [column.template for column in page.week.columns]
        if [self.shift.itemData(n) for n in range(self.shift.count())] == names:
            return
        first = times.parse_month(page.months[0].month)
        last = times.month_days(page.months[-1].month)[-1]
        with QSignalBlocker(self.date):
            self.date.setDateRange(qdate(first), qdate(last))
            self.date.put(first)
        self.shift.clear()
        for name in names:
            self.shift.addItem(name, name)

    def add(self) -> None:
        """Note the wish that is entered."""
        self._say(self.date.day, str(self.shift.currentData()), str(self.grade.currentData()))

    def remove(self) -> None:
        """Take back the wish one is on."""
        row = self.table.currentIndex().row()
        if row < 0:
            self.tell(self.tr("Choose a wish to take back first.") if self.rows.rows else "")
            return
        wished = self.rows.what(row)
        self._say(wished.date, wished.template, "none")

    def _say(self, date: dt.date, template: str, grade: str) -> None:
        hand = self.hand
        self.tell(hand.attempt(own_desk.WISH(hand.code, date, template, grade, now=hand.desk.now())).sentence)
