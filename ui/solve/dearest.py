"""The open seats that matter most: date, shift, area, seat, and what each is worth in missed calls."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyledItemDelegate, QStyleOptionViewItem

from solver.problem import CITY
from solver.result import OpenSeat
from solver.wording import say_date
from ui.look import Look
from ui.parts import draw_mark
from ui.solve.tables import ROW, Index, SolveTable, ground

DATE, SHIFT, AREA, SEAT, WORTH = range(5)
BAR = 44
POINTS_PER_CALL = 1000.0
"""One currency for every rule: a thousand points are one missed call."""


class DearestModel(QAbstractTableModel):
    """Open seats as rows, dearest first."""

    def __init__(self) -> None:
        super().__init__()
        self.seats: tuple[OpenSeat, ...] = ()

    def show_seats(self, seats: tuple[OpenSeat, ...]) -> None:
        """Show other seats."""
        self.beginResetModel()
        self.seats = seats
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802
        """One row a seat."""
        return 0 if parent.isValid() else len(self.seats)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802
        """Date, shift, area, seat, worth."""
        return 0 if parent.isValid() else 5

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:  # noqa: N802
        """Return the columns' names, for those who hear them."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            names = (
                self.tr("Date"),
                self.tr("Shift"),
                self.tr("Area"),
                self.tr("Seat"),
                self.tr("Worth in missed calls"),
            )
            return names[section]
        return None

    def data(self, index: Index, role: int = 0) -> Any:
        """Return a cell's words, the whole seat in a sentence, or how its words lie."""
        seat = self.seats[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._words(seat, index.column())
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleDescriptionRole):
            return self._sentence(seat)
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() == WORTH:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def _words(self, seat: OpenSeat, column: int) -> str:
        date = say_date(seat.date, "weekday day")
        name = f"{seat.role.replace('_', ' ').capitalize()} {seat.tier}".rstrip()
        return (date, seat.shift.capitalize(), seat.area, name, self.amount(seat))[column]

    def amount(self, seat: OpenSeat) -> str:
        """Return what a seat is worth in missed calls, with as many digits as the dearest one needs."""
        most = max(found.points for found in self.seats)
        return f"{seat.points / POINTS_PER_CALL:.{2 if most >= POINTS_PER_CALL / 10 else 3}f}"

    def part(self, seat: OpenSeat) -> float:
        """Return what a seat costs as a part of the dearest one on view."""
        most = max(found.points for found in self.seats)
        return seat.points / most if most > 0 else 0.0

    def _sentence(self, seat: OpenSeat) -> str:
        """Return what a seat costs, in calls where it is one of a team's, and why it is open."""
        words = self.tr("{missed} calls missed and {late} answered late for want of this seat.")
        if not seat.expected_missed_calls and not seat.expected_late_calls:
            words = self.tr("{points} points for want of this seat.")
        calls = words.format(
            missed=f"{seat.expected_missed_calls:.3f}",
            late=f"{seat.expected_late_calls:.3f}",
            points=f"{seat.points:,.0f}",
        )
        return f"{calls} {seat.reason}".rstrip()


class DearestTable(SolveTable):
    """The list of open seats; a click or Enter asks for the seat's place on the board."""

    chosen = Signal(str)
    """The key of a shift, such as 2027-01-09/night/Valley."""

    def __init__(self, look: Look) -> None:
        super().__init__(self.tr("Open seats that matter most"))
        self.seats = DearestModel()
        self.setModel(self.seats)
        self.setItemDelegate(DearestDelegate(look, self))
        self.horizontalHeader().hide()
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        wide = self.fontMetrics().horizontalAdvance
        widths = {DATE: wide("Wed 30 Mar") + 14, SHIFT: wide("Night") + 16, AREA: wide("City") + 10}
        widths[WORTH] = BAR + wide("0.000") + 22
        for column, width in widths.items():
            self.setColumnWidth(column, width)
        self.setMinimumWidth(sum(widths.values()) + wide("Responder") + 8)
        self.horizontalHeader().setSectionResizeMode(SEAT, QHeaderView.ResizeMode.Stretch)
        self.clicked.connect(self._choose)
        self.activated.connect(self._choose)
        look.changed.connect(self.viewport().update)

    def _choose(self, index: QModelIndex) -> None:
        seat = self.seats.seats[index.row()]
        self.chosen.emit(f"{seat.date.isoformat()}/{seat.shift}/{seat.area}")


class DearestDelegate(QStyledItemDelegate):
    """Draws the area as its mark and the worth as a bar with its number."""

    def __init__(self, look: Look, parent: DearestTable) -> None:
        super().__init__(parent)
        self._look = look

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one cell with a hairline below it."""
        model = index.model()
        assert isinstance(model, DearestModel)
        seat = model.seats[index.row()]
        place = ground(painter, option, self._look)
        painter.save()
        words = str(model.data(index, Qt.ItemDataRole.DisplayRole))
        inside = QRectF(place).adjusted(0, 0, -4, 0)
        painter.setPen(self._look.colour("secondary" if index.column() == SHIFT else "text"))
        painter.setFont(self._look.font(9.75))
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if index.column() == AREA and seat.area != CITY:
            square = QRectF(inside.left(), inside.center().y() - 9, 18, 18)
            draw_mark(painter, square, self._look, self._look.area(seat.area))
        elif index.column() == WORTH:
            self._bar(painter, inside, model.part(seat))
            painter.drawText(inside, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, words)
        else:
            shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, int(inside.width()))
            painter.drawText(inside, left, shown)
        painter.restore()

    def _bar(self, painter: QPainter, place: QRectF, part: float) -> None:
        number = painter.fontMetrics().horizontalAdvance("0.000") + 10
        width = max(2.0, BAR * part)
        bar = QRectF(place.right() - number - width, place.center().y() - 3, width, 6)
        painter.fillRect(bar, self._look.heat(4)[0])

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802
        """Ask for a row's height."""
        return QSize(40, ROW)
