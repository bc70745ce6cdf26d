"""Bars: how many of each, painted; the left and right keys move over them and each says its figure."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen

from crt_scheduler.reports.printed import Table
from ui.demand.scale import round_step
from ui.look import Look
from ui.plot import Plot

LEFT, TOP, RIGHT, BOTTOM = 38, 20, 8, 36
WIDE_LABEL = 46
MOST_PERCENT = 100.0


class Bars(Plot):
    """A painted plot of a report's table; the focused bar, else the highest, is labelled."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, (LEFT, TOP, RIGHT, BOTTOM))
        self.bars: tuple[tuple[str, float], ...] = ()
        self._axis, self._what, self._is_share = "", "", False

    def show_table(self, table: Table) -> None:
        """Show the bars of a table."""
        self.bars, self._axis, self._what = table.bars, table.axis, table.plot
        self._is_share = table.is_share
        self.at = self.resting()
        self.setAccessibleName(table.title)
        self.setAccessibleDescription(self.words(self.at))
        self.update()

    def words(self, place: int) -> str:
        """Return one bar's figure in words."""
        if not self.bars:
            return self.tr("Nothing to show.")
        name, value = self.bars[place]
        said = self.tr("{axis} {name}, {what}: {value}")
        return said.format(axis=self._axis, name=name, value=self._figure(value), what=self._unit())

    def _unit(self) -> str:
        return self.tr("share of seats") if self._is_share else self._what.lower()

    def _figure(self, value: float) -> str:
        return f"{value:.1f} %" if self._is_share else f"{value:,.0f}"

    def count(self) -> int:
        """Return how many bars are drawn."""
        return len(self.bars)

    def resting(self) -> int:
        """Label the highest bar."""
        return max(range(len(self.bars)), key=lambda n: self.bars[n][1], default=0)

    def sizeHint(self) -> QSize:  # noqa: N802
        """Ask for a plot's usual size."""
        return QSize(420, 200)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Stay readable."""
        return QSize(260, 170)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw lines, bars, their names and the label."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.bars:
            ticks = self._ticks()
            self._lines(painter, ticks)
            self._columns(painter, ticks[-1])
            self._names(painter)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self.look.colour("accent"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)
        painter.end()

    def _ticks(self) -> list[float]:
        most = MOST_PERCENT if self._is_share else max(value for _, value in self.bars)
        step = round_step(max(1.0, most) / 4)
        return [step * n for n in range(math.ceil(most / step) + 1)] if most else [0.0, 1.0]

    def _lines(self, painter: QPainter, ticks: list[float]) -> None:
        place = self._place()
        painter.setFont(self.look.font(8.25))
        for value in ticks:
            y = place.bottom() - place.height() * value / ticks[-1]
            painter.setPen(QPen(self.look.colour("hairline"), 1))
            painter.drawLine(QPointF(place.left(), y), QPointF(place.right(), y))
            painter.setPen(self.look.colour("secondary"))
            box = QRectF(0, y - 8, LEFT - 6, 16)
            painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, f"{value:,g}")

    def _columns(self, painter: QPainter, most: float) -> None:
        place, look = self._place(), self.look
        wide = place.width() / len(self.bars)
        painter.setPen(Qt.PenStyle.NoPen)
        for n, (_, value) in enumerate(self.bars):
            tall = place.height() * value / most
            painter.setBrush(look.colour("accent") if n == self.at else look.demand(0.55)[0])
            painter.drawRect(QRectF(place.left() + wide * (n + 0.1), place.bottom() - tall, wide * 0.8, tall))
        value = self.bars[self.at][1]
        painter.setFont(look.font(9, bold=True))
        painter.setPen(look.colour("text"))
        words = self._figure(value)
        width = painter.fontMetrics().horizontalAdvance(words) + 4.0
        middle = place.left() + wide * (self.at + 0.5)
        left = min(max(middle - width / 2, place.left()), place.right() - width)
        box = QRectF(left, max(0.0, place.bottom() - place.height() * value / most - 18), width, 17)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)

    def _names(self, painter: QPainter) -> None:
        place = self._place()
        painter.setFont(self.look.font(8.25))
        painter.setPen(self.look.colour("secondary"))
        wide = place.width() / len(self.bars)
        longest = max(painter.fontMetrics().horizontalAdvance(name) for name, _ in self.bars) + 8.0
        step = max(1, math.ceil(longest / wide))
        for n in range(0, len(self.bars), step):
            box = QRectF(place.left() + wide * (n + 0.5) - WIDE_LABEL, place.bottom() + 3, 2 * WIDE_LABEL, 15)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self.bars[n][0])
        box = QRectF(place.left(), place.bottom() + 18, place.width(), 15)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self._axis)
