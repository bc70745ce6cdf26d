"""The head of a roster board: dates with the strip of open seats under them, and the corner beside it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from itertools import groupby

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPolygon
from PySide6.QtWidgets import QHeaderView, QWidget

from crt_scheduler import times
from solver.wording import say_date
from ui.look import Look
from ui.roster.board_chips import Chips
from ui.roster.room import Room
from ui.roster.sheet import Sheet

CENTRE = Qt.AlignmentFlag.AlignCenter
LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


class Lines:
    """Heights of the head's three lines, from the height of the fonts in them."""

    def __init__(self, look: Look) -> None:
        self.date = QFontMetrics(look.font(9)).height() + 8
        self.letter = QFontMetrics(look.font(8.25)).height()
        self.heat = max(20, QFontMetrics(look.font(8.25)).height() + 5)

    @property
    def whole(self) -> int:
        """The height of the head."""
        return self.date + self.letter + self.heat + 1


class DatesHead(QHeaderView):
    """Dates over day and night over the number of open seats; drawn as a whole, since a date spans its columns."""

    def __init__(self, look: Look, chips: Chips, room: Callable[[], Room], parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._look, self._chips, self._room = look, chips, room
        self.lines = Lines(look)
        self.today: dt.date | None = None
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(8)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setAccessibleName(self.tr("Dates and open seats"))

    def sizeHint(self) -> QSize:  # noqa: N802
        """Return the height of the three lines."""
        return QSize(super().sizeHint().width(), self.lines.whole)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw the columns that are seen."""
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), self._look.colour("base"))
        room = self._room()
        if room.sheet is not None and room.sheet.open:
            self._draw(painter, room, room.sheet, event.rect())
        painter.end()

    def _draw(self, painter: QPainter, room: Room, sheet: Sheet, area: QRect) -> None:
        first, last = room.columns_in(area)
        columns = sheet.board.columns
        for _, days in groupby(range(len(columns)), key=lambda n: columns[n].date):
            of_day = list(days)
            if of_day[-1] >= first and of_day[0] <= last:
                self._draw_day(painter, room, sheet, of_day)
        painter.setPen(self._look.colour("border"))
        bottom = self.lines.whole - 1
        painter.drawLine(area.left(), bottom, area.right(), bottom)

    def _draw_day(self, painter: QPainter, room: Room, sheet: Sheet, of_day: list[int]) -> None:
        look, lines = self._look, self.lines
        x, width = room.left_of(of_day[0]), room.slot * len(of_day)
        column = sheet.board.columns[of_day[0]]
        if column.weekend:
            painter.fillRect(x, 0, width, lines.date + lines.letter, look.colour("weekend"))
        self._draw_date(painter, QRect(x, 0, width, lines.date), column.date, is_holiday=column.holiday)
        for n in of_day:
            left = room.left_of(n)
            painter.setFont(look.font(8.25))
            painter.setPen(look.colour("secondary"))
            letter = sheet.board.columns[n].template[:1].upper()
            painter.drawText(QRect(left, lines.date - 2, room.slot, lines.letter), CENTRE, letter)
            if sheet.open[n]:
                box = self._chips.heat(sheet.open[n], room.slot - 1, lines.heat - 1, self.devicePixelRatioF())
                painter.drawPixmap(left, lines.date + lines.letter, box)
        painter.setPen(look.colour("border" if room.starts_week(of_day[0]) else "hairline"))
        painter.drawLine(x - 1, 0, x - 1, lines.whole)

    def _draw_date(self, painter: QPainter, room: QRect, date: dt.date, *, is_holiday: bool) -> None:
        """Write Mo 11, the number bold; today on the accent; a holiday has a diamond."""
        look, is_today = self._look, date == self.today
        plain, bold = look.font(9), look.font(9, bold=True)
        before, number = f"{say_date(date, 'weekday')[:2]} ", str(date.day)
        wide = QFontMetrics(plain).horizontalAdvance(before), QFontMetrics(bold).horizontalAdvance(number)
        if sum(wide) > room.width() + 2:
            before, wide = "", (0, wide[1])
        x = room.left() + (room.width() - sum(wide)) // 2
        if is_today:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("accent"))
            painter.drawRoundedRect(room.adjusted(1, 3, -2, -2), 3, 3)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        painter.setPen(look.colour("on_accent" if is_today else "secondary"))
        painter.setFont(plain)
        painter.drawText(QRect(x, room.top() + 2, wide[0], room.height() - 2), LEFT, before)
        painter.setPen(look.colour("on_accent" if is_today else "text"))
        painter.setFont(bold)
        painter.drawText(QRect(x + wide[0], room.top() + 2, wide[1], room.height() - 2), LEFT, number)
        if is_holiday:
            _diamond(painter, room.right() - 4, room.top() + 6, look.colour("on_accent" if is_today else "accent"))


def _diamond(painter: QPainter, x: int, y: int, colour: QColor) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawPolygon(QPolygon([QPoint(x, y - 3), QPoint(x + 3, y), QPoint(x, y + 3), QPoint(x - 3, y)]))


class Corner(QWidget):
    """The month over the number of its open seats, where the heads meet."""

    def __init__(self, look: Look, lines: Lines, room: Callable[[], Room], parent: QWidget) -> None:
        super().__init__(parent)
        self._look, self._lines, self._room = look, lines, room

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw the month and the number."""
        look, lines, sheet = self._look, self._lines, self._room().sheet
        painter = QPainter(self)
        painter.fillRect(self.rect(), look.colour("base"))
        painter.setPen(look.colour("border"))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        painter.drawLine(self.width() - 1, 0, self.width() - 1, self.height())
        if sheet is not None:
            month = times.parse_month(sheet.board.month)
            painter.setPen(look.colour("text"))
            painter.setFont(look.font(9.75, bold=True))
            title = QRect(12, 0, self.width() - 20, lines.date + lines.letter - 4)
            painter.drawText(title, LEFT, say_date(month, "month year"))
            line = QRect(12, lines.date + lines.letter, self.width() - 21, lines.heat)
            painter.setFont(look.font(9, bold=True))
            painter.drawText(line, RIGHT, str(len(sheet.board.gaps)))
            painter.setFont(look.font(9))
            painter.setPen(look.colour("secondary"))
            painter.drawText(line, LEFT, self.tr("Open seats"))
        painter.end()
