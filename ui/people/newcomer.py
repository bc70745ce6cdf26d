"""Adding a person: the fields one knows on the first day; nothing is kept until all of them can be."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from crt_scheduler.people import person_acts as people_acts
from crt_scheduler.people.person_view import Choices
from crt_scheduler.person_fields import BY_NAME, IN_FORM
from ui.desk import Desk
from ui.look import Look
from ui.parts import Button, Line, Words, counted, title
from ui.people.fields import Fields
from ui.words import tr

NAMES = tuple(field.name for field in IN_FORM if field.is_first)


class Newcomer(QFrame):
    """The form; `added` carries the new person's id, `closed` says it was left. What is typed stays until added."""

    added = Signal(str)
    closed = Signal()

    def __init__(self, desk: Desk, look: Look) -> None:
        super().__init__()
        self.setProperty("kind", "panel")
        self.desk = desk
        self.fields = Fields(look, NAMES, self)
        self.fields.done.connect(lambda name, _: self.fields.fault(name, ""))
        self.count = Words("", kind="bad")
        self.add_button = Button(tr("Add person"), "primary")
        self.add_button.clicked.connect(self.add)
        close = Button("", "flat", tip=tr("Close; what is typed stays")).with_icon(look, "close", "secondary")
        close.clicked.connect(self.closed)
        head = QHBoxLayout()
        head.setContentsMargins(16, 10, 12, 10)
        head.addWidget(title(tr("New person")), 1)
        head.addWidget(self.count)
        head.addWidget(self.add_button)
        head.addWidget(close)
        form = QWidget()
        grid = QGridLayout(form)
        grid.setContentsMargins(16, 12, 16, 16)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(10)
        self.fields.lay_out(grid)
        grid.setRowStretch(grid.rowCount(), 1)
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setWidget(form)
        form.setAutoFillBackground(False)
        scroll.viewport().setAutoFillBackground(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(Line())
        column.addWidget(scroll, 1)
        self.clear()

    def offer(self, choices: Choices) -> None:
        """Know what there is to choose from."""
        self.fields.offer(choices)
        if not self.fields.text("name"):
            self.fields.show("role", BY_NAME["role"].default)

    def clear(self) -> None:
        """Empty every field."""
        for name in NAMES:
            self.fields.show(name, BY_NAME[name].default)
            self.fields.fault(name, "")
        self.count.setText("")

    def add(self) -> None:
        """Add the person, or say at each field why it cannot be taken."""
        said = {name: self.fields.text(name) for name in NAMES if self.fields.text(name) or name == "name"}
        added = self.desk.attempt(people_acts.ADD(said, now=self.desk.now()))
        faults = added.faults
        self.fields.each(lambda name: self.fields.fault(name, faults.get(name, "")))
        self.count.setText(counted(len(faults), "1 field to correct", "{} fields to correct") if faults else "")
        if "" in faults:
            self.fields.fault("name", faults[""])
        if added:
            self.clear()
            self.added.emit(added.answer)
