"""Axes of a small plot over time: where a value lies, which ticks are round, and the hairlines behind the lines."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from ui.look import Look
from ui.solve.stages import clock

HORIZONS = (8, 20, 40, 60, 120, 180, 300, 600, 1200, 3600)
"""Seconds a time axis may span."""
ROOM_FOR_LABEL = 84
"""Pixels kept right of the newest point for its words."""


@dataclass(frozen=True)
class Axes:
    """A plot's place on screen, its span of seconds and of values, and the ticks of the values."""

    place: QRectF
    seconds: float
    ticks: tuple[float, ...]

    def x(self, seconds: float) -> float:
        """Return where a moment lies."""
        return self.place.left() + self.place.width() * seconds / self.seconds

    def y(self, value: float) -> float:
        """Return where a value lies."""
        low, high = self.ticks[0], self.ticks[-1]
        return self.place.bottom() - self.place.height() * (value - low) / (high - low)


def axes(place: QRectF, *, seconds: float, low: float, high: float) -> Axes:
    """Return axes that hold everything between two values until a moment."""
    horizon = next((n for n in HORIZONS if n >= seconds), seconds)
    return Axes(place, float(horizon), ticks(low, high))


def ticks(low: float, high: float) -> tuple[float, ...]:
    """Return three to six round values that span from `low` or below to `high` or above."""
    span = max(high - low, 1.0)
    power = 10.0 ** math.floor(math.log10(span / 3))
    step = max(1.0, next(n * power for n in (1, 2, 2.5, 5, 10) if span / (n * power) <= 4))
    first, last = math.floor(low / step), math.ceil(high / step)
    return tuple(step * n for n in range(first, max(last, first + 1) + 1))


def stairs(points: Iterable[tuple[float, float]], scale: Axes, until: float) -> QPolygonF:
    """Return a step line through (seconds, value), each value holding until the next and the last one until `until`."""
    line = QPolygonF()
    for seconds, value in points:
        if not line.isEmpty():
            line.append(QPointF(scale.x(seconds), line.last().y()))
        line.append(QPointF(scale.x(seconds), scale.y(value)))
    if not line.isEmpty():
        line.append(QPointF(scale.x(until), line.last().y()))
    return line


def paint_axes(painter: QPainter, scale: Axes, look: Look) -> None:
    """Draw the hairline and the words of every tick."""
    painter.setFont(look.font(8.25))
    place = scale.place
    for value in scale.ticks:
        y = round(scale.y(value)) + 0.5
        painter.setPen(QPen(look.colour("hairline"), 1))
        painter.drawLine(QPointF(place.left(), y), QPointF(place.right(), y))
        painter.setPen(look.colour("secondary"))
        words = QRectF(0, y - 9, place.left() - 8, 18)
        painter.drawText(words, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, f"{value:,.0f}")
    for quarter in range(5):
        seconds = scale.seconds * quarter / 4
        words = QRectF(scale.x(seconds) - 30, place.bottom() + 5, 60, 16)
        painter.drawText(words, Qt.AlignmentFlag.AlignCenter, clock(seconds))


def paint_end(painter: QPainter, at: QPointF, look: Look, *, words: str, colour: str, above: bool = True) -> None:
    """Draw the newest point and its value beside it."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.colour(colour))
    painter.drawEllipse(at, 3.5, 3.5)
    painter.setPen(look.colour("text"))
    painter.setFont(look.font(9.75, bold=True))
    painter.drawText(QPointF(at.x() + 10, at.y() + (-3 if above else 4)), words)
