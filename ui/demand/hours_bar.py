"""The hours bar: what is promised, what is likely kept, and the line of what a target needs."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.look import Look

BAR_TOP, BAR_TALL = 22, 24
ROOM = 0.8
"""The part of the width that the longest of the bars takes; the rest is for its label."""


@dataclass(frozen=True)
class Hours:
    """A month's hours on call; `marks` are what other targets need, with their names."""

    promised: float
    kept: float
    needed: float
    target: str
    marks: tuple[tuple[str, float], ...] = ()


class HoursBar(QWidget):
    """One bar from zero: kept (filled), short (amber), promised (outline), and the line of what is needed."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.look = look
        self.hours: Hours | None = None
        self.setAccessibleName(self.tr("Hours needed beside hours promised"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.update)

    def show_hours(self, hours: Hours) -> None:
        """Show what a target needs."""
        self.hours = hours
        words = self.tr("{needed:,.0f} hours needed at {target}, {kept:,.0f} likely kept of {promised:,.0f} promised.")
        self.setAccessibleDescription(
            words.format(needed=hours.needed, target=hours.target, kept=hours.kept, promised=hours.promised)
        )
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        """Ask for a line above, the bar and a line below."""
        return QSize(480, BAR_TOP + BAR_TALL + 24)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Stay readable."""
        return QSize(300, BAR_TOP + BAR_TALL + 24)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw bars, line and labels."""
        if self.hours is None:
            return
        painter = QPainter(self)
        self._bars(painter, self.hours)
        self._needed(painter, self.hours)
        self._marks(painter, self.hours)
        painter.end()

    def _x(self, hours: float) -> float:
        assert self.hours is not None
        most = max(self.hours.promised, self.hours.needed, 1.0)
        return hours / most * ROOM * self.width()

    def _bars(self, painter: QPainter, hours: Hours) -> None:
        kept, needed, promised = self._x(hours.kept), self._x(hours.needed), self._x(hours.promised)
        painter.setPen(QPen(self.look.colour("border"), 1))
        painter.setBrush(self.look.colour("alternate"))
        painter.drawRect(QRectF(0.5, BAR_TOP + 0.5, max(promised, 1.0), BAR_TALL - 1))
        fill, ink = self.look.demand(0.4)
        painter.fillRect(QRectF(0, BAR_TOP, kept, BAR_TALL), fill)
        painter.setFont(self.look.font(9, bold=True))
        if needed > kept:
            amber, dark = self.look.heat(3)
            short = QRectF(kept, BAR_TOP, needed - kept, BAR_TALL)
            painter.fillRect(short, amber)
            painter.setPen(dark)
            _write(painter, short, f"{hours.needed - hours.kept:,.0f} h", Qt.AlignmentFlag.AlignCenter)
        painter.setPen(ink)
        whole = self.tr("{:,.0f} h likely kept").format(hours.kept)
        room = QRectF(8, BAR_TOP, (kept if needed >= kept else needed) - 16, BAR_TALL)
        longer = f"{whole}, " + self.tr("80 % of what is promised")
        if not _write(painter, room, longer, Qt.AlignmentFlag.AlignLeft):
            _write(painter, room, whole, Qt.AlignmentFlag.AlignLeft)
        painter.setFont(self.look.font(9))
        painter.setPen(self.look.colour("secondary"))
        right = QRectF(max(promised, needed) + 8, BAR_TOP, self.width() - max(promised, needed) - 8, BAR_TALL)
        _write(painter, right, self.tr("{:,.0f} h promised").format(hours.promised), Qt.AlignmentFlag.AlignLeft)

    def _needed(self, painter: QPainter, hours: Hours) -> None:
        at = self._x(hours.needed)
        painter.setPen(QPen(self.look.colour("text"), 2))
        painter.drawLine(QPointF(at, BAR_TOP - 3), QPointF(at, BAR_TOP + BAR_TALL + 3))
        painter.setFont(self.look.font(9, bold=True))
        words = self.tr("{hours:,.0f} h needed at {target}").format(hours=hours.needed, target=hours.target)
        wide = painter.fontMetrics().horizontalAdvance(words) + 4
        left = min(max(0.0, at - wide / 2), self.width() - wide)
        painter.drawText(QRectF(left, 0, wide, BAR_TOP - 4), Qt.AlignmentFlag.AlignCenter, words)

    def _marks(self, painter: QPainter, hours: Hours) -> None:
        """Draw what other targets need below the bar, each where it finds room."""
        painter.setFont(self.look.font(8.25))
        end, top = -10.0, BAR_TOP + BAR_TALL
        painter.setPen(QPen(self.look.colour("border"), 1))
        painter.drawLine(QPointF(0, top), QPointF(self.width(), top))
        for name, needed in hours.marks:
            at, words = self._x(needed), f"{name}: {needed:,.0f}"
            wide = painter.fontMetrics().horizontalAdvance(words) + 2
            left = max(0.0, end + 10, min(at - wide / 2, self.width() - wide))
            if not left <= at <= left + wide or left + wide > self.width():
                continue
            painter.setPen(self.look.colour("edge"))
            painter.drawLine(QPointF(at, top + 1), QPointF(at, top + 5))
            painter.setPen(self.look.colour("secondary"))
            painter.drawText(QRectF(left, top + 6, wide, 16), Qt.AlignmentFlag.AlignCenter, words)
            end = left + wide


def _write(painter: QPainter, place: QRectF, words: str, side: Qt.AlignmentFlag) -> bool:
    """Write words where they fit; say whether they did."""
    if painter.fontMetrics().horizontalAdvance(words) > place.width():
        return False
    painter.drawText(place, side | Qt.AlignmentFlag.AlignVCenter, words)
    return True
