"""The open seats that matter most: date, shift, area, seat, and what each is worth in missed calls."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyledItemDelegate, QStyleOptionViewItem

from solver.problem import CITY
from solver.result import OpenSeat
from solver.wording import say_date
from ui.list_model import ROW, Column, Index, ListModel
from ui.look import Look
from ui.parts import draw_mark
from ui.solve.tables import HIGH, SolveTable, ground
from ui.words import tr

DATE, SHIFT, AREA, SEAT, WORTH = range(5)
BAR = 44
POINTS_PER_CALL = 1000.0
"""One currency for every rule: a thousand points are one missed call."""


def columns(seats: tuple[OpenSeat, ...] = ()) -> tuple[Column[OpenSeat], ...]:
    """Return what is shown of each of some open seats, with as many digits as the dearest one needs."""
    digits = 2 if dearest(seats) >= POINTS_PER_CALL / 10 else 3
    return (
        Column(head=tr("Date"), words=lambda seat: say_date(seat.date, "weekday day")),
        Column(head=tr("Shift"), words=lambda seat: seat.shift.capitalize()),
        Column(head=tr("Area"), words=lambda seat: seat.area),
        Column(head=tr("Seat"), words=lambda seat: f"{seat.role.replace('_', ' ').capitalize()} {seat.tier}".rstrip()),
        Column(
            head=tr("Worth in missed calls"),
            words=lambda seat: f"{seat.points / POINTS_PER_CALL:.{digits}f}",
            is_right=True,
        ),
    )


def dearest(seats: Iterable[OpenSeat]) -> float:
    """Return the points of the dearest seat."""
    return max((seat.points for seat in seats), default=0.0)


def sentence(seat: OpenSeat) -> str:
    """Return what a seat costs, in calls where it is one of a team's, and why it is open."""
    words = tr("{missed} calls missed and {late} answered late for want of this seat.")
    if not seat.expected_missed_calls and not seat.expected_late_calls:
        words = tr("{points} points for want of this seat.")
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
        self.seats = ListModel(columns(), sentence=sentence)
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

    def show_seats(self, seats: tuple[OpenSeat, ...]) -> None:
        """Show other seats, dearest first."""
        self.seats.fill(seats, columns(seats))

    def _choose(self, index: QModelIndex) -> None:
        seat = self.seats.rows[index.row()]
        self.chosen.emit(f"{seat.date.isoformat()}/{seat.shift}/{seat.area}")


class DearestDelegate(QStyledItemDelegate):
    """Draws the area as its mark and the worth as a bar with its number."""

    def __init__(self, look: Look, parent: DearestTable) -> None:
        super().__init__(parent)
        self._look, self._table = look, parent

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one cell with a hairline below it."""
        seat: OpenSeat = index.data(ROW)
        place = ground(painter, option, self._look)
        painter.save()
        words = str(index.data())
        inside = QRectF(place).adjusted(0, 0, -4, 0)
        painter.setPen(self._look.colour("secondary" if index.column() == SHIFT else "text"))
        painter.setFont(self._look.font(9.75))
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if index.column() == AREA and seat.area != CITY:
            square = QRectF(inside.left(), inside.center().y() - 9, 18, 18)
            draw_mark(painter, square, self._look, self._look.area(seat.area))
        elif index.column() == WORTH:
            most = dearest(self._table.seats.rows)
            self._bar(painter, inside, seat.points / most if most > 0 else 0.0)
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
        return QSize(40, HIGH)
