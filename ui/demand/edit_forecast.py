"""Edit forecast: the factors set by hand beside what the log says, this month's holidays, and calls a year by hand."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from crt_scheduler import demand, times
from crt_scheduler.errors import CrtError
from crt_scheduler.truth.demand_view import DemandView
from ui.demand.factor_form import FactorForm, number
from ui.desk import Desk
from ui.look import Look
from ui.parts import Button, Field, Line, Words, of_kind, secondary, sentence, title

WIDE = 368


class EditPanel(QFrame):
    """A panel beside the page; every change is one act that undo takes back. Emits `closed`."""

    closed = Signal()

    def __init__(self, desk: Desk, look: Look) -> None:
        super().__init__()
        self.desk, self.look = desk, look
        of_kind(self, "panel")
        self.setFixedWidth(WIDE)
        self.setAccessibleName(self.tr("Edit forecast"))
        self.story = sentence("", "secondary")
        self.yearly = QLineEdit()
        self.yearly_field = Field(self.tr("Calls a year by hand"), self.yearly)
        self.holidays, self.factors = QVBoxLayout(), QVBoxLayout()
        self.holiday_title = title("", 9.75)
        self.form = FactorForm(desk)
        self._lay_out()
        self.yearly.returnPressed.connect(self._set_yearly)
        self.form.added.connect(lambda: self.form.name.setFocus())

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        close = Button("", "flat", tip=self.tr("Close Edit forecast")).with_icon(self.look, "close", "secondary")
        close.clicked.connect(self.closed)
        head.addWidget(title(self.tr("Edit forecast")))
        head.addStretch(1)
        head.addWidget(close)
        yearly, put = QHBoxLayout(), Button(self.tr("Set"), tip=self.tr("Set the calls a year by hand"))
        put.setAccessibleName(self.tr("Set calls a year by hand"))
        put.clicked.connect(self._set_yearly)
        yearly.addWidget(self.yearly_field, 1)
        yearly.addWidget(put, 0, Qt.AlignmentFlag.AlignBottom)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(16, 4, 16, 16)
        column.setSpacing(8)
        column.addWidget(self.story)
        column.addLayout(yearly)
        for part in (Line(), self.holiday_title):
            column.addWidget(part)
        column.addLayout(self.holidays)
        for part in (Line(), title(self.tr("Factors set by hand"), 9.75)):
            column.addWidget(part)
        column.addLayout(self.factors)
        column.addWidget(Line())
        column.addWidget(self.form)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inside)
        of_kind(inside, "inside")
        scroll.viewport().setAutoFillBackground(False)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 8, 0, 0)
        head.setContentsMargins(16, 0, 8, 0)
        whole.addLayout(head)
        whole.addWidget(scroll, 1)

    def show_view(self, view: DemandView) -> None:
        """Show a month's factors and holidays; what is being typed stays."""
        self.story.setText(view.story)
        if not self.yearly.hasFocus() and not self.yearly.isModified():
            self.yearly.setText(f"{view.by_hand:g}")
        self.holiday_title.setText(self.tr("Public holidays of {}").format(times.month_words(view.month)))
        self.form.offer(view)
        fill(self.holidays, [self._holiday(each) for each in view.suggestions] or [secondary(self.tr("None."))])
        none = sentence(
            self.tr("None yet. A holiday or an event that brings more calls gets a factor below."), "secondary"
        )
        fill(self.factors, [self._factor(row) for row in view.factors] or [none])

    def _holiday(self, each: demand.Suggestion) -> QWidget:
        words = f"{times.day_words(each.date)}  {each.name}"
        if each.is_set:
            return entry(words, self.tr("A factor covers it."), None)
        use = Button(self.tr("Use…"), "link")
        use.setAccessibleName(self.tr("Use {} in the form").format(each.name))
        use.clicked.connect(partial(self.form.take, each))
        return entry(words, each.own.sentence(), use)

    def _factor(self, row: demand.FactorRow) -> QWidget:
        days = times.day_words(row.first)
        if row.last != row.first:
            days = self.tr("{first} to {last}").format(first=days, last=times.day_words(row.last))
        where = row.area or self.tr("everywhere")
        remove = Button(self.tr("Remove"), "link")
        remove.setAccessibleName(self.tr("Remove the factor {}").format(row.name))
        remove.clicked.connect(partial(self._remove, row))
        return entry(f"{row.name}  × {row.factor:g}", f"{days}, {where}. {row.own.sentence()}", remove)

    def _remove(self, row: demand.FactorRow) -> None:
        if self.desk.do(demand.REMOVE_FACTOR(row.name, first=row.first)):
            self.form.name.setFocus()

    def _set_yearly(self) -> None:
        try:
            calls = number(self.yearly.text())
        except CrtError as fault:
            self.yearly_field.fault(str(fault))
            return
        self.yearly_field.fault("")
        self.yearly.setModified(False)
        self.desk.do(demand.SET_YEARLY_CALLS(calls))


def entry(words: str, note: str, act: Button | None) -> QWidget:
    """Return a line with a note below it and its act at the right."""
    found = QWidget()
    row, column = QHBoxLayout(found), QVBoxLayout()
    row.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    below = sentence(note, "secondary")
    below.setFont(secondary("").font())
    for part in (Words(words), below):
        column.addWidget(part)
    row.addLayout(column, 1)
    if act is not None:
        row.addWidget(act, 0, Qt.AlignmentFlag.AlignTop)
    return found


def fill(layout: QVBoxLayout, parts: list[QWidget] | list[Words]) -> None:
    """Put these widgets into a layout in place of those that were there."""
    while layout.count():
        old = layout.takeAt(0)
        widget = old.widget() if old is not None else None
        if widget is not None:
            widget.hide()
            widget.deleteLater()
    for part in parts:
        layout.addWidget(part)
