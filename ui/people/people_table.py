"""The table of people: marks, chips and hours in its cells, and inline edit of the simple fields."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyleOptionViewItem

from crt_scheduler.people.people_list import PersonLine
from crt_scheduler.person_fields import ROLES
from ui.list_model import ROW, Filtered, ListModel, set_widths
from ui.look import Look
from ui.parts import draw_mark
from ui.people.cells_in_place import Choices, FlatTable, InPlace, Keep
from ui.people.paint import chip, chips, text
from ui.people.people_columns import COLUMNS, columns
from ui.people.people_words import hours_words, left_words, role_words, status_words
from ui.words import tr

RIGHT = Qt.AlignmentFlag.AlignRight


@dataclass(frozen=True)
class Wanted:
    """Which people the list shows: nothing means everyone."""

    text: str = ""
    area: str = ""
    language: str = ""
    role: str = ""
    status: str = ""
    kept: str = ""
    """The id of somebody who stays whatever else is wanted: the row being edited."""

    def takes(self, line: PersonLine) -> bool:
        """Is the person among those wanted?"""
        if line.id == self.kept:
            return True
        if self.area and self.area != line.home_area and self.area not in line.areas:
            return False
        if self.language and self.language not in line.languages:
            return False
        if self.role and self.role != ("clergy" if line.kind == "clergy" else line.role):
            return False
        if self.status == "expiring":
            held = line.first_to_expire
            if held is None or held.state not in ("soon", "expired"):
                return False
        elif self.status and self.status != line.status:
            return False
        if not self.text:
            return True
        digits = "".join(c for c in self.text if c.isdigit())
        found = f"{line.id} {line.name} {line.email} {line.home_division} {line.phone}".casefold()
        return all(word in found for word in self.text.casefold().split()) or (
            len(digits) > 3 and any(digits in phone for phone in (line.phone, line.phone_2))
        )


class PeopleTable(FlatTable):
    """Everyone wanted, one row each; `person_chosen` carries the id of the row one is on.

    Several rows can be chosen, with Shift and Ctrl or Ctrl+A: `chosen_changed` says that it is others than before.
    """

    person_chosen = Signal(str)
    chosen_changed = Signal()
    menu_wanted = Signal(QPoint)

    def __init__(self, look: Look, keep: Keep, choices: Choices) -> None:
        super().__init__(look, tr("People"))
        self.people = ListModel(
            columns(), key=lambda line: line.id, named=lambda line: line.name, merges=True, parent=self
        )
        self.wanted = Wanted()
        self.filtered = Filtered(self.people, lambda line: self.wanted.takes(line), self)
        self.setModel(self.filtered)
        self.setItemDelegate(PersonCells(look, self, keep, choices))
        self.setSortingEnabled(True)
        self.sortByColumn(COLUMNS.index("name"), Qt.SortOrder.AscendingOrder)
        set_widths(self, self.people.columns)
        role = COLUMNS.index("role")
        self.setColumnWidth(role, max(self.columnWidth(role), self._chip_width()))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.selectionModel().currentRowChanged.connect(self._row_changed)
        self.selectionModel().selectionChanged.connect(lambda *_: self.chosen_changed.emit())
        look.changed.connect(self.viewport().update)

    def want(self, **changes: str) -> None:
        """Change who is wanted."""
        self.wanted = replace(self.wanted, **changes)
        self.filtered.invalidate()

    def _chip_width(self) -> int:
        """Return the room that the widest role takes, in the language that is spoken."""
        words = [role_words("clergy", ""), *(role_words("volunteer", role) for role in ROLES)]
        return 32 + max(map(self.fontMetrics().horizontalAdvance, words))

    @property
    def chosen(self) -> str:
        """The id of the person on whose row one is, or nothing."""
        line = self.currentIndex().data(ROW)
        return line.id if isinstance(line, PersonLine) else ""

    @property
    def all_chosen(self) -> tuple[str, ...]:
        """The ids of everybody whose row is chosen, in the order of the rows."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        lines = (self.filtered.index(row, 0).data(ROW) for row in rows)
        return tuple(line.id for line in lines)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802
        """Ask for the menu of those chosen, beside the row one is on where a key asked."""
        at = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            at = self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).bottomLeft())
        if self.all_chosen:
            self.menu_wanted.emit(at)

    def choose(self, code: str) -> bool:
        """Go to a person's row; False where it is not shown."""
        row = self.people.row_of(code)
        place = (
            self.filtered.mapFromSource(self.people.index(row, COLUMNS.index("name"))) if row >= 0 else QModelIndex()
        )
        self.go_to(place)
        return place.isValid()

    def go_to(self, place: QModelIndex) -> None:
        """Choose the row of a place and no other, whatever keys are held: Ctrl+K leads here too."""
        if place.isValid():
            flags = QItemSelectionModel.SelectionFlag
            self.selectionModel().setCurrentIndex(place, flags.ClearAndSelect | flags.Rows)
            self.scrollTo(place)

    def _row_changed(self, now: QModelIndex, before: QModelIndex) -> None:
        line = now.data(ROW)
        if isinstance(line, PersonLine):
            self.person_chosen.emit(line.id)


class PersonCells(InPlace):
    """Draws the cells of the people's table."""

    def draw_content(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        """Draw one cell: chips for role and languages, a mark before the area, words in the colour of their state."""
        line = index.data(ROW)
        place = option.rect.toRectF().adjusted(8, 0, -8, 0)
        column = COLUMNS[index.column()]
        if column == "role":
            tint = self.look.colour("accent") if line.role == "lead" and line.kind == "volunteer" else None
            tint = self.look.clergy.edge if line.kind == "clergy" else tint
            chip(painter, place, self.look, role_words(line.kind, line.role), tint=tint)
        elif column == "languages":
            chips(painter, place, self.look, line.languages)
        elif column == "home_area":
            self._area(painter, place, line)
        elif column == "name":
            self._name(painter, place, line)
        elif column == "hours":
            self._hours(painter, place, line)
        elif column == "expires":
            self._expires(painter, place, line)
        else:
            is_quiet = column == "id" or (column == "status" and line.status == "active")
            text(painter, place, str(index.data()), self.look.colour("secondary" if is_quiet else "text"))

    def _area(self, painter: QPainter, place: QRectF, line: PersonLine) -> None:
        if not line.home_area:
            text(painter, place, tr("Whole city"), self.look.colour("secondary"))
            return
        draw_mark(
            painter, QRectF(place.left(), place.center().y() - 8, 16, 16), self.look, self.look.area(line.home_area)
        )
        painter.setFont(self.look.font(9))
        text(painter, place.adjusted(22, 0, 0, 0), line.home_area, self.look.colour("text"))

    def _name(self, painter: QPainter, place: QRectF, line: PersonLine) -> None:
        painter.setFont(self.look.font(9, bold=True))
        if line.status == "active":
            text(painter, place, line.name, self.look.colour("text"))
            return
        words = status_words(line.status)
        painter.setFont(self.look.font(8.25))
        width = painter.fontMetrics().horizontalAdvance(words) + 8.0
        text(painter, place, words, self.look.colour("secondary"), align=RIGHT)
        painter.setFont(self.look.font(9, bold=True))
        text(painter, place.adjusted(0, 0, -width, 0), line.name, self.look.colour("secondary"))

    def _hours(self, painter: QPainter, place: QRectF, line: PersonLine) -> None:
        """Draw the month's hours beside the promise; short of it in the colour of warning."""
        owed = " " + tr("of {}").format(hours_words(line.promised_minutes))
        width = painter.fontMetrics().horizontalAdvance(owed)
        text(painter, place, owed, self.look.colour("secondary"), align=RIGHT)
        is_short = line.minutes < line.promised_minutes and line.status == "active"
        text(
            painter,
            place.adjusted(0, 0, -width, 0),
            hours_words(line.minutes),
            self.look.colour("warning" if is_short else "text"),
            align=RIGHT,
        )

    def _expires(self, painter: QPainter, place: QRectF, line: PersonLine) -> None:
        held = line.first_to_expire
        if held is None:
            text(painter, place, tr("nothing expires"), self.look.colour("secondary"))
            return
        role = {"expired": "bad", "soon": "warning"}.get(held.state, "secondary")
        if role != "secondary":
            self.look.icon("warning", role).paint(painter, int(place.left()), int(place.center().y() - 8), 16, 16)
            place = place.adjusted(22, 0, 0, 0)
        text(painter, place, f"{left_words(held)}, {held.name}", self.look.colour(role))
