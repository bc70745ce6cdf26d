"""Two painted plots of a running solve: what the plan costs above its lower limit, and the seats it leaves open."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from solver.result import Progress
from ui.look import Look
from ui.solve.axes import ROOM_FOR_LABEL, Axes, axes, paint_axes, paint_end, stairs
from ui.solve.stages import above_limit, counted, points


class Plot(QWidget):
    """The course of a solve over time, painted without a library: under a millisecond for each step."""

    def __init__(self, look: Look, name: str) -> None:
        super().__init__()
        self.look = look
        self.course: tuple[Progress, ...] = ()
        self.until = 0.0
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        look.changed.connect(self.update)

    def show_course(self, course: tuple[Progress, ...], until: float) -> None:
        """Show every step of a solve so far, the last one holding until a moment in seconds."""
        self.course, self.until = course, max(until, course[-1].seconds if course else 0.0)
        self.setAccessibleDescription(self.in_words())
        self.update()

    def in_words(self) -> str:
        """Return what the plot shows, for those who hear it."""
        raise NotImplementedError

    def sizeHint(self) -> QSize:  # noqa: N802
        """Ask for a plot's usual size."""
        return QSize(420, 180)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Stay readable."""
        return QSize(240, 110)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw axes and lines; nothing before the first plan."""
        if not self.course:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = QRectF(self.rect()).adjusted(46, 10, -ROOM_FOR_LABEL, -24)
        self.draw(painter, place)
        painter.end()

    def draw(self, painter: QPainter, place: QRectF) -> None:
        """Draw the course inside a place."""
        raise NotImplementedError


class CostPlot(Plot):
    """What the best plan costs, as steps, above the dashed limit that no plan can undercut."""

    def in_words(self) -> str:
        """Return the newest cost, limit and how far they are apart."""
        if not self.course:
            return ""
        last = self.course[-1]
        cost = self.tr("The plan costs {points} points").format(points=points(last.objective))
        return f"{cost}, {above_limit(last.objective, last.bound)}." if last.bound is not None else f"{cost}."

    def draw(self, painter: QPainter, place: QRectF) -> None:
        """Draw limit, gap, cost and the newest values."""
        costs = [(step.seconds, step.objective) for step in self.course]
        limits = [(step.seconds, step.bound) for step in self.course if step.bound is not None]
        low = min((limit for _, limit in limits), default=0.0)
        high = max(cost for _, cost in costs)
        scale = axes(place, seconds=self.until, low=min(low, costs[-1][1]), high=high)
        paint_axes(painter, scale, self.look)
        line, limit = stairs(costs, scale, self.until), stairs(limits, scale, self.until)
        if limits:
            _fill(painter, _between(line, limit), self.look.colour("highlight"))
            painter.setPen(QPen(self.look.colour("secondary"), 1.5, Qt.PenStyle.DashLine))
            painter.drawPolyline(limit)
        painter.setPen(QPen(self.look.colour("accent"), 2))
        painter.drawPolyline(line)
        self._label(painter, line.last(), limit.last() if limits else None)

    def _label(self, painter: QPainter, cost: QPointF, limit: QPointF | None) -> None:
        last = self.course[-1]
        paint_end(painter, cost, self.look, words=points(last.objective), colour="accent", above=limit is not None)
        if limit is None or last.bound is None:
            return
        painter.setFont(self.look.font(9))
        painter.setPen(self.look.colour("secondary"))
        below = max(limit.y() + 4, cost.y() + 14)
        words = self.tr("limit {points}").format(points=points(last.bound))
        painter.drawText(QPointF(cost.x() + 10, below), words)


class SeatsPlot(Plot):
    """The seats that the best plan leaves open, as a filled step line that starts at zero."""

    def in_words(self) -> str:
        """Return the newest number of open seats."""
        if not self.course:
            return ""
        return counted(self.course[-1].open_seats, "1 seat open.", "{n} seats open.")

    def draw(self, painter: QPainter, place: QRectF) -> None:
        """Draw the area under the line, the line and its newest value."""
        seats = [(step.seconds, float(step.open_seats)) for step in self.course]
        scale = axes(place, seconds=self.until, low=0.0, high=max(max(n for _, n in seats), 3.0))
        paint_axes(painter, scale, self.look)
        line = stairs(seats, scale, self.until)
        _fill(painter, _down_to_zero(line, scale), self.look.heat(1)[0])
        painter.setPen(QPen(self.look.heat(4)[0], 2))
        painter.drawPolyline(line)
        at = line.last()
        paint_end(painter, at, self.look, words="", colour="text")
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.look.heat(4)[0])
        painter.drawEllipse(at, 3.5, 3.5)
        painter.setPen(self.look.colour("text"))
        painter.setFont(self.look.font(9.75, bold=True))
        painter.drawText(QPointF(at.x() + 10, at.y() - 3), str(self.course[-1].open_seats))


def _fill(painter: QPainter, shape: QPolygonF, colour: QColor) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawPolygon(shape)


def _between(line: QPolygonF, limit: QPolygonF) -> QPolygonF:
    """Return the shape between cost and limit, from where the limit begins."""
    first = limit.first().x()
    at_first = next((p.y() for p in reversed(line.toList()) if p.x() <= first), line.first().y())
    upper = [QPointF(first, at_first), *(p for p in line.toList() if p.x() > first)]
    return QPolygonF([*upper, *reversed(limit.toList())])


def _down_to_zero(line: QPolygonF, scale: Axes) -> QPolygonF:
    """Return the shape under a line."""
    bottom = scale.y(0.0)
    return QPolygonF([QPointF(line.first().x(), bottom), *line.toList(), QPointF(line.last().x(), bottom)])
