"""What a person did: hours by month against the promise, their shifts, and who changed what of their records."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from crt_scheduler import times
from crt_scheduler.people.history import Line
from crt_scheduler.people.person_view import MonthWorked, PersonPage
from crt_scheduler.times import clock_at, local
from solver.role_names import seat_words
from solver.wording import say_date
from ui.desk import Desk
from ui.head import first_of, month_words
from ui.look import Look
from ui.parts import Words, counted, secondary, sentence
from ui.people.cells_in_place import FlatTable, InPlace
from ui.people.people_words import date_words, day_date_words, hours_words, weekday_words
from ui.people.person_section import Section
from ui.people.word_rows import Cell, Rows
from ui.words import tr


class MonthBars(QWidget):
    """Hours of twelve months as bars, the promise as a dashed line; the month on view is the strong one."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._months: tuple[MonthWorked, ...] = ()
        self._promised = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.update)

    def show_months(self, months: tuple[MonthWorked, ...], promised: int) -> None:
        """Show twelve months."""
        self._months, self._promised = months, promised
        words = ", ".join(f"{month_words(m.month)} {hours_words(m.minutes)}" for m in months)
        self.setAccessibleName(tr("Hours on call by month"))
        self.setAccessibleDescription(words)
        self.setToolTip("\n".join(f"{month_words(m.month)}: {hours_words(m.minutes)}" for m in months))
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        """Return a height for bars and two lines of words."""
        return QSize(320, 112)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw the bars."""
        painter = QPainter(self)
        painter.setFont(self._look.font(8.25))
        line = painter.fontMetrics().height()
        high = self.height() - 2 * line - 4
        most = max([m.minutes for m in self._months] + [self._promised, 60])
        step = self.width() / max(len(self._months), 1)
        for n, month in enumerate(self._months):
            self._draw(painter, month, QRectF(n * step, line, step, high), most, is_last=n == len(self._months) - 1)
        if self._promised:
            y = line + high * (1 - self._promised / most)
            painter.setPen(Qt.PenStyle.DashLine)
            pen = painter.pen()
            pen.setColor(self._look.colour("edge"))
            painter.setPen(pen)
            painter.drawLine(0, round(y), self.width(), round(y))
        painter.end()

    def _draw(self, painter: QPainter, month: MonthWorked, place: QRectF, most: int, *, is_last: bool) -> None:
        height = place.height() * month.minutes / most
        bar = QRectF(place.left() + 3, place.bottom() - height, place.width() - 6, height)
        painter.fillRect(bar, self._look.colour("accent" if is_last else "border"))
        painter.setPen(self._look.colour("text" if is_last else "secondary"))
        centre = Qt.AlignmentFlag.AlignHCenter
        hours = QRectF(place.left() - 4, bar.top() - place.top(), place.width() + 8, place.top())
        painter.drawText(hours, centre | Qt.AlignmentFlag.AlignBottom, f"{month.minutes // 60}")
        name = say_date(first_of(month.month), "month")
        painter.drawText(QRectF(place.left(), place.bottom() + 2, place.width(), place.top()), centre, name)


class HoursSection(Section):
    """The month's hours against the promise, twelve months as bars, nights and weekends, and every shift."""

    def __init__(self, desk: Desk, look: Look) -> None:
        super().__init__(desk, look, tr("Hours on call"))
        self.big, self.owed = Words("", 21, bold=True), secondary("", 9.75)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.big)
        row.addWidget(self.owed, 1, Qt.AlignmentFlag.AlignBottom)
        self.bars = MonthBars(look)
        self.year = sentence("", "secondary")
        self.rows = Rows((tr("Date"), tr("Shift"), tr("Area"), tr("Seat"), tr("Hours")), right=(4,))
        self.table = FlatTable(look, tr("Shifts"))
        self.table.setModel(self.rows)
        self.table.setItemDelegate(InPlace(look, self.table))
        for column, width in enumerate((116, 48, 66, 84)):
            self.table.setColumnWidth(column, width)
        self.body.addLayout(row)
        self.body.addWidget(self.bars)
        self.body.addWidget(self.year)
        self.body.addWidget(self.table, 1)
        self.end()

    def fill(self, page: PersonPage) -> None:
        """Show hours and shifts, newest first."""
        line, now = page.line, page.months[-1]
        self.big.setText(hours_words(line.minutes))
        words = tr("of {} promised in {}").format(hours_words(line.promised_minutes), month_words(page.month))
        wish = tr("wishes for {} shifts a month").format(line.shifts_a_month) if line.shifts_a_month else ""
        self.owed.setText(" · ".join(filter(None, (words, wish))))
        self.bars.show_months(page.months, line.promised_minutes)
        nights, weekends = sum(m.nights for m in page.months), sum(m.weekends for m in page.months)
        shifts = sum(m.shifts for m in page.months)
        self.year.setText(
            tr("{} this month. In twelve months: {}, {}, {}.").format(
                _shift_words(now.shifts), _shift_words(shifts), _night_words(nights), _weekend_words(weekends)
            )
        )
        self.rows.fill(
            [
                (
                    duty,
                    (
                        Cell(day_date_words(duty.date)),
                        Cell(duty.template),
                        Cell(duty.area),
                        Cell(seat_words(duty.role, duty.tier), "secondary"),
                        Cell(hours_words(duty.minutes)),
                    ),
                )
                for duty in page.duties
            ]
        )


def _shift_words(count: int) -> str:
    return counted(count, "1 shift", "{} shifts")


def _night_words(count: int) -> str:
    return counted(count, "1 night", "{} nights")


def _weekend_words(count: int) -> str:
    return counted(count, "1 weekend shift", "{} weekend shifts")


class HistorySection(QWidget):
    """Who changed what of the person's records, newest first."""

    def __init__(self, desk: Desk, look: Look) -> None:
        super().__init__()
        self.rows = Rows((tr("When"), tr("Who"), tr("What")))
        self.table = FlatTable(look, tr("History"))
        self.table.setModel(self.rows)
        self.table.setItemDelegate(InPlace(look, self.table))
        self.table.setColumnWidth(0, 122)
        self.table.setColumnWidth(1, 84)
        self.reading = secondary(tr("Reading who changed what."))
        self.reading.setContentsMargins(16, 12, 16, 12)
        self.reading.hide()
        self._of = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.reading)
        column.addWidget(self.table)

    def wait(self, code: str) -> None:
        """Say that a person's lines are being read; those of somebody else go."""
        if code != self._of:
            self._of = code
            self.rows.fill([])
            self.reading.show()

    def show_lines(self, lines: Sequence[Line], zone: times.Zone, name: str) -> None:
        """Show the acts that touched the person, without the name that begins most of them."""
        self.reading.hide()
        self.rows.fill([(line, _history_cells(line, zone, name)) for line in lines])


def _history_cells(line: Line, zone: times.Zone, name: str) -> tuple[Cell, ...]:
    at = local(line.at, zone)
    label = line.label.removeprefix(f"{name}: ")
    label = f"{label[:1].upper()}{label[1:]}"
    label = tr("{} (undone)").format(label) if line.is_undone else label
    when = f"{date_words(at.date())} {clock_at(line.at, zone)}"
    return (
        Cell(when, "secondary", tip=f"{weekday_words(at.weekday())} {when}"),
        Cell(line.who),
        Cell(label, "secondary" if line.is_undone else "", tip=label),
    )
