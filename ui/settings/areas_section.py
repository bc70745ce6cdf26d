"""Settings of the areas: those there are, and a form that adds one, or neighbours and divisions to one."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QLocale, QModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QGridLayout, QHeaderView, QLineEdit, QTableView

from crt_scheduler import programmes
from crt_scheduler.errors import CrtError
from crt_scheduler.settings import programme_acts
from crt_scheduler.settings.programme_acts import AreaRow
from ui.desk import Desk
from ui.list_model import Column, ListModel
from ui.parts import Button, Field, title
from ui.settings.settings_section import Section


def _column(head: str, words: Callable[[AreaRow], str], *, is_right: bool = False) -> Column[AreaRow]:
    return Column(head=head, words=words, tip=words, is_right=is_right)


class AreasSection(Section):
    """The table of areas over the form that adds to it; choosing an area fills the form with its name."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            desk,
            QCoreApplication.translate("AreasSection", "Areas and divisions"),
            QCoreApplication.translate(
                "AreasSection",
                "An area is rostered on its own; its neighbours can lend it a team. The weight is its share of calls "
                "until the incident log teaches better.",
            ),
        )
        self.model = ListModel(
            (
                _column(self.tr("Area"), lambda row: row.area),
                _column(self.tr("Weight"), lambda row: QLocale().toString(float(row.weight), "g", 6), is_right=True),
                _column(self.tr("Neighbours"), lambda row: ", ".join(row.neighbours)),
                _column(self.tr("Divisions"), lambda row: ", ".join(row.divisions)),
            ),
            named=lambda row: "",
        )
        self.table = QTableView()
        self.table.setModel(self.model)
        self.table.setAccessibleName(self.tr("Areas"))
        self.table.setProperty("kind", "framed")
        self.table.verticalHeader().hide()
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)
        self.table.setWordWrap(True)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        head = self.table.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        head.setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)
        self.table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.table.selectionModel().currentRowChanged.connect(self._take_name)
        self.fields = {
            name: Field(label, QLineEdit(), note)
            for name, label, note in (
                ("name", self.tr("Area"), self.tr("One there is gets what you add below")),
                ("weight", self.tr("Weight"), self.tr("Beside the others; only for a new area")),
                ("neighbours", self.tr("Neighbours"), self.tr("Names, with commas between them")),
                ("divisions", self.tr("Divisions"), self.tr("Names, with commas between them")),
            )
        }
        self.add = Button(self.tr("Add"), "primary")
        self.add.setAccessibleName(self.tr("Add the area, its neighbours and divisions"))
        self.add.clicked.connect(self._add)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(title(self.tr("Add")))
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        for n, field in enumerate(self.fields.values()):
            grid.addWidget(field, n // 2, n % 2, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(grid)
        self.body.addWidget(self.add, 0, Qt.AlignmentFlag.AlignRight)
        self._text("weight").setText("1")

    def _text(self, name: str) -> QLineEdit:
        line = self.fields[name].widget
        assert isinstance(line, QLineEdit)
        return line

    def renew(self) -> None:
        """Read the areas."""
        self.model.fill(self.desk.read(programme_acts.areas))

    def _take_name(self, index: QModelIndex) -> None:
        if index.isValid():
            self._text("name").setText(self.model.rows[index.row()].area)

    def _add(self) -> None:
        """Add what the form says, or say beside the field what is wrong with it."""
        for field in self.fields.values():
            field.fault("")
        weight, is_number = QLocale().toDouble(self._text("weight").text().strip())
        name = self._text("name").text()
        try:
            plan = programme_acts.area_plan(
                name,
                weight=weight if is_number else 0.0,
                neighbours=_names(self._text("neighbours").text()),
                divisions=_names(self._text("divisions").text()),
            )
        except CrtError as fault:
            self.fields["weight" if name.strip() else "name"].fault(str(fault))
            return
        added = self.desk.attempt(programmes.ADD_AREAS((plan,)))
        if added:
            for key in ("name", "neighbours", "divisions"):
                self._text(key).clear()
        else:
            self.fields["neighbours" if plan.neighbours else "name"].fault(added.sentence)


def _names(words: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in words.split(",") if name.strip())
