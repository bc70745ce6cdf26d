"""The usual week on a person's page: the grid, and a button for each grade that names its key."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout

from crt_scheduler.people import usual_week
from crt_scheduler.people.person_view import PersonPage
from crt_scheduler.people.usual_week import Cell as Shift
from ui.desk import Desk
from ui.look import Look
from ui.parts import Button
from ui.people.people_words import GRADE_ORDER, SIGNS, grade_words
from ui.people.person_section import Section
from ui.people.week_grid import WeekGrid
from ui.words import tr

COLOURS = {"cannot": "bad", "rather_not": "warning", "prefers": "good", "wants": "good"}


class WeekSection(Section):
    """The usual week, and a button for each grade that names its key."""

    def __init__(self, desk: Desk, look: Look) -> None:
        super().__init__(desk, look, tr("Usual week"), tr("every week, unless a date below says otherwise"))
        self.grid = WeekGrid(look)
        self.grid.graded.connect(self.grade)
        look.changed.connect(self.grid.viewport().update)
        keys = QHBoxLayout()
        keys.setSpacing(4)
        for grade in GRADE_ORDER:
            keys.addWidget(self._button(grade))
        keys.addStretch(1)
        self.body.addWidget(self.grid)
        self.body.addLayout(keys)
        self.end()

    def _button(self, grade: str) -> Button:
        sign = SIGNS[grade] or tr("Space")
        words = tr("rather not") if grade == "rather_not" else grade_words(grade)
        button = Button(f"{sign}  {words}", "link", tip=tr("Chosen shifts: {}").format(grade_words(grade)))
        button.clicked.connect(lambda: self.grid.grade(grade))
        return button

    def fill(self, page: PersonPage) -> None:
        """Show the week."""
        self.grid.show_week(page.week)

    def grade(self, cells: tuple[Shift, ...], grade: str) -> None:
        """Say the chosen shifts of every week alike."""
        if self.page is None:
            return
        self.say(self.desk.attempt(usual_week.SET_GRADES(self.page.line.id, cells, grade)).sentence)
