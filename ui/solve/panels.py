"""The drawer's body: the course of a solve while it runs, and the plan it found before anything is written."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from crt_scheduler.board.solve_preview import Preview
from solver.result import OpenSeat, Progress, Result
from ui.look import Look
from ui.parts import Brief, Line, Words, sentence, title
from ui.solve.costs import CostsTable
from ui.solve.dearest import DearestTable
from ui.solve.shift_changes import ChangesTable
from ui.solve.solve_plots import CostPlot, SeatsPlot
from ui.solve.stages import above_limit, counted, points, waiting_for


class Column(QWidget):
    """A third of the body: a heading with a note beside it and a figure at the right, and what lies below."""

    def __init__(self, words: str, note: str = "", *, below: QWidget) -> None:
        super().__init__()
        self.note, self.figure = Brief(note), Words("", 9, bold=True)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(title(words, 9.75))
        head.addWidget(self.note, 1)
        head.addWidget(self.figure)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 12, 16, 8)
        whole.setSpacing(6)
        whole.addLayout(head)
        whole.addWidget(below, 1)


class DearestColumn(Column):
    """The open seats that matter most, and how many more there are."""

    chosen = Signal(str)

    def __init__(self, look: Look) -> None:
        self.table = DearestTable(look)
        self.rest = sentence("", "secondary")
        below = QWidget()
        whole = QVBoxLayout(below)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(6)
        whole.addWidget(self.table, 100)
        whole.addWidget(self.rest)
        whole.addStretch(1)
        super().__init__(QCoreApplication.translate("Solve", "Open seats that matter most"), below=below)
        self.figure.setFont(look.font(9))
        self.figure.setProperty("kind", "secondary")
        self.table.chosen.connect(self.chosen)
        self.show_seats((), 0)

    def show_seats(self, seats: tuple[OpenSeat, ...], open_seats: int, *, is_known: bool = False) -> None:
        """Show the dearest seats of so many open ones; `is_known`: a plan exists, so that none means all are taken."""
        self.table.show_seats(seats)
        self.table.setVisible(bool(seats))
        self.table.setMaximumHeight(self.table.verticalHeader().length() + 2)
        self.figure.setText(self.tr("worth in missed calls") if seats else "")
        words = "" if is_known else self.tr("They are listed as soon as there is a first plan.")
        if is_known and not seats:
            words = self.tr("Every seat is taken.")
        elif open_seats > len(seats):
            words = counted(open_seats - len(seats), "1 more, worth less.", "{n} more, each worth less.")
        self.rest.setText(words)
        self.rest.setVisible(bool(words))


class CoursePanel(QWidget):
    """How a solve goes: cost above its limit, open seats falling, the seats that matter most."""

    chosen = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.cost_plot = CostPlot(look, self.tr("Cost of the plan"))
        self.seats_plot = SeatsPlot(look, self.tr("Open seats"))
        self.cost = Column(self.tr("Cost of the plan"), self.tr("1,000 points = one missed call"), below=self.cost_plot)
        self.seats = Column(self.tr("Open seats"), below=self.seats_plot)
        self.dearest = DearestColumn(look)
        self.dearest.chosen.connect(self.chosen)
        side_by_side(self, (self.cost, 5), (self.seats, 4), (self.dearest, 4))

    def show_course(self, course: tuple[Progress, ...], until: float, *, seats: int, reached: int) -> None:
        """Show every step so far; `seats` is how many places the month has."""
        self.cost_plot.show_course(course, until)
        self.seats_plot.show_course(course, until)
        if not course:
            self.cost.figure.setText("")
            self.seats.note.setText("")
            self.dearest.show_seats((), 0)
            return
        last = course[-1]
        limit = above_limit(last.objective, last.bound)
        self.cost.figure.setText(limit)
        self.cost.note.setText(self.tr("1,000 points = one missed call") if limit else waiting_for(reached))
        self.seats.note.setText(self._seats_in_words(last, seats))
        if tuple(self.dearest.table.seats.rows) != last.dearest:
            self.dearest.show_seats(last.dearest, last.open_seats, is_known=True)

    def _seats_in_words(self, last: Progress, seats: int) -> str:
        words = self.tr("of {seats}").format(seats=seats)
        lacking = counted(last.lacking, "1 shift lacks a full team", "{n} shifts lack a full team")
        return f"{words}; {lacking}" if last.lacking else words


class PlanPanel(QWidget):
    """A plan that nobody has written yet: what changes for whom, what it costs, what stays open."""

    chosen = Signal(str, str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.changes_table, self.costs_table = ChangesTable(look), CostsTable(look)
        self.nothing = sentence(
            self.tr("The roster is already as good as the plan found. Discard it, or search longer.")
        )
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        below = QWidget()
        whole = QVBoxLayout(below)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.changes_table, 1)
        whole.addWidget(self.nothing, 1)
        self.changes = Column(self.tr("What changes for whom"), below=below)
        self.costs = Column(self.tr("Cost per rule"), self.tr("points"), below=self.costs_table)
        self.dearest = DearestColumn(look)
        self.changes_table.chosen.connect(self.chosen)
        self.dearest.chosen.connect(lambda shift: self.chosen.emit("", shift))
        side_by_side(self, (self.changes, 6), (self.costs, 3), (self.dearest, 4))

    def show_plan(self, result: Result, preview: Preview) -> None:
        """Show a plan and what it changes."""
        self.changes_table.show_people(preview.people)
        self.changes_table.setVisible(bool(preview.people))
        self.nothing.setVisible(not preview.people)
        self.changes.note.setText(self._changes_in_words(preview))
        calls = len(preview.to_phone)
        words = counted(calls, "1 person must be phoned", "{n} people must be phoned")
        self.changes.figure.say(words if calls else "", "warning" if calls else "")
        self.costs_table.show_costs(result.cost_by_rule)
        self.costs.figure.setText(points(result.objective))
        self.dearest.show_seats(result.open_seats, len(result.open_seats), is_known=True)

    def _changes_in_words(self, preview: Preview) -> str:
        if not preview.people:
            return ""
        places = counted(len(preview.differences), "1 place", "{n} places")
        people = counted(len(preview.people), "1 person", "{n} people")
        return self.tr("{places} for {people}; nothing is written yet").format(places=places, people=people)


def side_by_side(whole: QWidget, *columns: tuple[QWidget, int]) -> None:
    """Lay columns out beside each other with hairlines between them, each with its share of the width."""
    row = QHBoxLayout(whole)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(0)
    for n, (column, share) in enumerate(columns):
        if n:
            row.addWidget(Line(down=True))
        row.addWidget(column, share)
