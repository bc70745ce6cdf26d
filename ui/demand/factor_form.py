"""The form of a factor: name, days, area and how many times the calls, each fault beside its field."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QVBoxLayout, QWidget

from crt_scheduler import demand, times
from crt_scheduler.errors import CrtError
from crt_scheduler.truth.demand_view import DemandView
from ui.date_field import DateField
from ui.demand.demand_words import translate
from ui.desk import Desk
from ui.parts import Button, Field, title


def number(words: str) -> float:
    """Return a number as typed, with a comma or a point; raises CrtError for anything else."""
    try:
        return float(words.strip().replace(",", "."))
    except ValueError as fault:
        raise CrtError(translate("Demand", "Type a number, such as 1.5.")) from fault


class FactorForm(QWidget):
    """Adds a factor as one act; the same name, day and area again changes it. Emits `added`."""

    added = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.name, self.times = QLineEdit(), QLineEdit()
        self.first, self.last, self.area = DateField(desk), DateField(desk), QComboBox()
        self.fields = {
            "name": Field(self.tr("Name"), self.name),
            "first": Field(self.tr("First day"), self.first),
            "last": Field(self.tr("Last day"), self.last),
            "area": Field(self.tr("Area"), self.area),
            "factor": Field(self.tr("Times the calls"), self.times),
        }
        self.button = Button(self.tr("Add factor"))
        self.button.clicked.connect(self.add)
        self.times.returnPressed.connect(self.add)
        self.name.setPlaceholderText(self.tr("Such as Fourth of July"))
        self.times.setPlaceholderText(self.tr("2 means twice"))
        self.first.userDateChanged.connect(self._follow)
        self._month = ""
        self._lay_out()

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setSpacing(8)
        grid.addWidget(self.fields["name"], 0, 0, 1, 2)
        for place, name in enumerate(("first", "last", "area", "factor")):
            grid.addWidget(self.fields[name], 1 + place // 2, place % 2, Qt.AlignmentFlag.AlignTop)
            grid.setColumnStretch(place % 2, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(title(self.tr("Add a factor"), 9.75))
        column.addLayout(grid)
        column.addWidget(self.button)

    def offer(self, view: DemandView) -> None:
        """Offer the areas, and the first day of another month; what is typed stays."""
        names = ["", *view.areas]
        if [self.area.itemData(n) for n in range(self.area.count())] != names:
            kept = self.area.currentData()
            self.area.clear()
            for name in names:
                self.area.addItem(name or self.tr("Everywhere"), name)
            self.area.setCurrentIndex(max(0, self.area.findData(kept)))
        if view.month != self._month:
            self._month = view.month
            if not self.name.text():
                for field in (self.first, self.last):
                    field.put(times.parse_month(view.month))

    def take(self, suggestion: demand.Suggestion) -> None:
        """Begin with a public holiday and what the log says of it, shrunk."""
        self.name.setText(suggestion.name)
        for field in (self.first, self.last):
            field.put(suggestion.date)
        self.times.setText(f"{suggestion.own.shrunk:.2f}" if suggestion.own.days else "")
        self.times.setFocus()

    def _follow(self) -> None:
        if self.last.day < self.first.day:
            self.last.put(self.first.day)

    def add(self) -> None:
        """Add the factor, or say beside each field what is wrong."""
        name, first, last = self.name.text().strip(), self.first.day, self.last.day
        try:
            factor = number(self.times.text())
        except CrtError as fault:
            rest = demand.factor_faults(name, first=first, last=last, factor=1.0)
            self._say({each.field: each.sentence for each in rest} | {"factor": str(fault)})
            return
        area = str(self.area.currentData() or "")
        added = self.desk.attempt(demand.SET_FACTOR(name, first=first, last=last, factor=factor, area=area))
        self._say(added.faults)
        if added:
            self.name.clear()
            self.times.clear()
            self.added.emit()

    def _say(self, faults: dict[str, str]) -> None:
        """Say beside each field what is wrong and go to the first; what has no field of its own is said below."""
        for part, field in self.fields.items():
            field.fault(faults.get(part, ""))
        first = next((part for part in self.fields if part in faults), None)
        if first is not None:
            self.fields[first].widget.setFocus()
        elif faults:
            self.desk.failed.emit(" ".join(faults.values()))
