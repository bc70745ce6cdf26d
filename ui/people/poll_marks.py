"""The marks of a poll, told by shape as well as colour, each drawn once and kept."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QPixmap, QPolygonF

from crt_scheduler.imports.people_by_dates import MIXED, OPEN
from ui.look import Look

WIDTH, HEIGHT = 17, 15


class Marks:
    """Pictures of the marks in today's palette."""

    def __init__(self, look: Look) -> None:
        self.look = look
        self._known: dict[tuple[str, bool, float], QPixmap] = {}
        look.changed.connect(self._known.clear)

    def picture(self, grade: str, ratio: float, *, by_hand: bool = False) -> QPixmap:
        """Return the picture of a grade; one set by hand has a corner."""
        key = (grade, by_hand, ratio)
        if key not in self._known:
            made = QPixmap(int(WIDTH * ratio), int(HEIGHT * ratio))
            made.setDevicePixelRatio(ratio)
            made.fill(Qt.GlobalColor.transparent)
            painter = QPainter(made)
            draw_mark(painter, QRectF(0, 0, WIDTH, HEIGHT), self.look, grade, by_hand=by_hand)
            painter.end()
            self._known[key] = made
        return self._known[key]


def draw_mark(painter: QPainter, box: QRectF, look: Look, grade: str, *, by_hand: bool = False) -> None:
    """Draw one mark: a tick for free, a filled tick for wanted, a dash where needed, hatching for not."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    inner = box.adjusted(0.5, 0.5, -0.5, -0.5)
    if grade == "cannot":
        painter.setPen(QPen(look.colour("border"), 1))
        painter.setBrush(QBrush(look.colour("edge"), Qt.BrushStyle.BDiagPattern))
        painter.drawRoundedRect(inner, 3, 3)
    elif grade in ("free", "prefers", "wants"):
        _ticked(painter, inner, look, grade)
    else:
        _amber(painter, inner, look, grade)
    if by_hand:
        corner = [QPointF(box.right() - 6, box.top()), box.topRight(), QPointF(box.right(), box.top() + 6)]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("text"))
        painter.drawPolygon(QPolygonF(corner))


def _ticked(painter: QPainter, box: QRectF, look: Look, grade: str) -> None:
    is_full = grade == "wants"
    painter.setPen(QPen(look.colour("accent"), 1) if grade != "free" else Qt.PenStyle.NoPen)
    painter.setBrush(look.colour("accent" if is_full else "highlight"))
    painter.drawRoundedRect(box, 3, 3)
    painter.setPen(_stroke(look.colour("on_accent" if is_full else "accent")))
    middle = box.center()
    painter.drawPolyline(QPolygonF([middle + QPointF(-3.5, 0), middle + QPointF(-1, 2.5), middle + QPointF(3.5, -2.5)]))


def _amber(painter: QPainter, box: QRectF, look: Look, grade: str) -> None:
    ink = look.colour("warning")
    painter.setPen(QPen(look.heat(2)[0], 1, Qt.PenStyle.DashLine if grade == OPEN else Qt.PenStyle.SolidLine))
    painter.setBrush(look.heat(1)[0])
    painter.drawRoundedRect(box, 3, 3)
    painter.setPen(_stroke(ink))
    if grade in (OPEN, MIXED):
        painter.setFont(look.font(8.25, bold=True))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, "?" if grade == OPEN else "±")
    else:
        middle = box.center()
        painter.drawLine(QLineF(middle + QPointF(-3, 0), middle + QPointF(3, 0)))


def _stroke(colour: QColor) -> QPen:
    return QPen(colour, 1.5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
