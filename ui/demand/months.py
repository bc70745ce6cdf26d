"""Calls a month: the line that came, the line that is expected with its band, the month on view labelled."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF

from crt_scheduler import times
from crt_scheduler.demand.coming import CallsByMonth, MonthCalls
from solver.wording import say_date
from ui.demand.scale import Scale, short
from ui.look import Look
from ui.plot import Plot

LEFT, TOP, RIGHT, BOTTOM = 34, 14, 14, 22


class MonthsPlot(Plot):
    """A painted plot of months; left and right keys move over them, each says its figures."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, (LEFT, TOP, RIGHT, BOTTOM))
        self.months: tuple[MonthCalls, ...] = ()
        self.month = ""
        self.setAccessibleName(self.tr("Calls a month"))

    def count(self) -> int:
        """Return how many months are drawn."""
        return len(self.months)

    def resting(self) -> int:
        """Label the month on view."""
        return next((n for n, each in enumerate(self.months) if each.month == self.month), 0)

    def show_months(self, shown: CallsByMonth, month: str) -> None:
        """Show the city's or an area's months, labelled at one."""
        self.months, self.month = shown.months, month
        self.at = self.resting()
        self.setAccessibleDescription(" ".join([self.words(self.at), self.whole_words()]))
        self.update()

    def words(self, place: int) -> str:
        """Return one month's figures in a sentence."""
        if not self.months:
            return ""
        each = self.months[place]
        name = times.month_words(each.month)
        parts = []
        if each.came is not None:
            parts.append(self.tr("{} calls came").format(each.came))
        if each.so_far is not None:
            parts.append(self.tr("{} calls logged of a part of the month").format(each.so_far))
        if each.expected is not None:
            words = self.tr("{expected:.0f} expected, likely {low} to {high}")
            parts.append(words.format(expected=each.expected, low=each.low, high=each.high))
        return f"{name}: {', '.join(parts) or self.tr('nothing logged')}."

    def whole_words(self) -> str:
        """Return the span of the log shown in a sentence."""
        came = [each for each in self.months if each.came is not None]
        if not came:
            return self.tr("No whole month is logged yet.")
        counts = [each.came or 0 for each in came]
        words = self.tr("From {first} to {last} between {low} and {high} calls came a month.")
        first, last = times.month_words(came[0].month), times.month_words(came[-1].month)
        return words.format(first=first, last=last, low=min(counts), high=max(counts))

    def sizeHint(self) -> QSize:  # noqa: N802
        """Ask for a plot's usual size."""
        return QSize(460, 220)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Stay readable."""
        return QSize(260, 140)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw axes, band, lines and the label."""
        if not self.months:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        scale = Scale(self._place(), self.months)
        self._axes(painter, scale)
        self._band(painter, scale)
        self._came(painter, scale)
        self._label(painter, scale)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self.look.colour("accent"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)
        painter.end()

    def _axes(self, painter: QPainter, scale: Scale) -> None:
        painter.setFont(self.look.font(8.25))
        for value in scale.ticks:
            y = scale.y(value)
            painter.setPen(QPen(self.look.colour("hairline"), 1))
            painter.drawLine(QPointF(scale.place.left(), y), QPointF(scale.place.right(), y))
            painter.setPen(self.look.colour("secondary"))
            box = QRectF(0, y - 8, LEFT - 6, 16)
            painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, f"{value:g}")
        step = max(1, math.ceil(len(self.months) * 44 / max(1.0, scale.place.width())))
        for n in range(len(self.months) - 1 - (len(self.months) - 1 - self._view()) % step, -1, -step):
            box = QRectF(scale.x(n) - 40, scale.place.bottom() + 4, 80, 16)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, short(self.months[n].month))

    def _view(self) -> int:
        return next((n for n, each in enumerate(self.months) if each.month == self.month), 0)

    def _band(self, painter: QPainter, scale: Scale) -> None:
        ahead = [(n, each) for n, each in enumerate(self.months) if each.expected is not None]
        if not ahead:
            return
        upper = [QPointF(scale.x(n), scale.y(each.high or 0)) for n, each in ahead]
        lower = [QPointF(scale.x(n), scale.y(each.low or 0)) for n, each in reversed(ahead)]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.look.colour("highlight"))
        painter.drawPolygon(QPolygonF([*upper, *lower]))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self.look.colour("accent"), 2))
        painter.drawPolyline(QPolygonF([QPointF(scale.x(n), scale.y(each.expected or 0)) for n, each in ahead]))
        painter.setFont(self.look.font(8.25))
        painter.setPen(self.look.colour("secondary"))
        box = QRectF(scale.place.right() - 120, lower[0].y() + 3, 120, 16)
        painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop, self.tr("8 months in 10"))

    def _came(self, painter: QPainter, scale: Scale) -> None:
        ink = self.look.colour("secondary")
        came = [(n, each.came) for n, each in enumerate(self.months) if each.came is not None]
        points = [QPointF(scale.x(n), scale.y(count)) for n, count in came]
        painter.setPen(QPen(ink, 1.5))
        painter.drawPolyline(QPolygonF(points))
        painter.setBrush(ink)
        for point in points:
            painter.drawEllipse(point, 2, 2)
        painter.setBrush(self.look.colour("base"))
        for n, each in enumerate(self.months):
            if each.so_far is not None:
                painter.drawEllipse(QPointF(scale.x(n), scale.y(each.so_far)), 2.5, 2.5)

    def _label(self, painter: QPainter, scale: Scale) -> None:
        each = self.months[self.at]
        value = each.expected if each.expected is not None else each.came if each.came is not None else each.so_far
        if value is None:
            return
        point = QPointF(scale.x(self.at), scale.y(value))
        painter.setPen(QPen(self.look.colour("base"), 1.5))
        painter.setBrush(self.look.colour("accent" if each.expected is not None else "text"))
        painter.drawEllipse(point, 4.5, 4.5)
        painter.setFont(self.look.font(9, bold=True))
        painter.setPen(self.look.colour("text"))
        words = f"{say_date(times.parse_month(each.month), 'long month')} {value:.0f}"
        width = painter.fontMetrics().horizontalAdvance(words) + 4.0
        left = min(max(point.x() - width / 2, scale.place.left()), scale.place.right() - width)
        top = scale.y(each.high) if each.high is not None else point.y()
        box = QRectF(left, max(0.0, top - 20), width, 18)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)
