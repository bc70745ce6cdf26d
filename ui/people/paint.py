"""Painting chips, marks and words inside the cells of a table."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from ui.look import Look

CHIP_HEIGHT = 18.0
PAD, GAP = 6.0, 4.0


def chip(painter: QPainter, place: QRectF, look: Look, words: str, *, tint: QColor | None = None) -> float:
    """Draw one chip at the left of a place, cut where it does not fit, and return its width."""
    painter.setFont(look.font(8.25))
    metrics = QFontMetricsF(painter.font())
    width = min(metrics.horizontalAdvance(words) + 2 * PAD, place.width())
    box = QRectF(place.left(), place.center().y() - CHIP_HEIGHT / 2, width, CHIP_HEIGHT).adjusted(0.5, 0.5, -0.5, -0.5)
    painter.setPen(QPen(look.colour("border") if tint is None else tint, 1))
    fill = QColor(look.colour("alternate") if tint is None else tint)
    if tint is not None:
        fill.setAlpha(36)
    painter.setBrush(fill)
    painter.drawRoundedRect(box, 3, 3)
    painter.setPen(look.colour("text"))
    shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, box.width() - 2 * PAD + 1)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, shown)
    return width


def chips(painter: QPainter, place: QRectF, look: Look, words: Iterable[str]) -> None:
    """Draw chips side by side; those that do not fit become +n."""
    left = list(words)
    metrics = QFontMetricsF(look.font(8.25))
    x = place.left()
    while left:
        width = metrics.horizontalAdvance(left[0]) + 2 * PAD
        rest = metrics.horizontalAdvance("+9") + 2 * PAD + GAP if len(left) > 1 else 0.0
        if x > place.left() and x + width + rest > place.right():
            chip(painter, QRectF(x, place.top(), place.right() - x, place.height()), look, f"+{len(left)}")
            return
        x += chip(painter, QRectF(x, place.top(), place.right() - x, place.height()), look, left.pop(0)) + GAP


def text(
    painter: QPainter,
    place: QRectF,
    words: str,
    colour: QColor,
    *,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> None:
    """Draw one line of words, cut where it does not fit."""
    painter.setPen(colour)
    metrics = QFontMetricsF(painter.font())
    shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, place.width())
    painter.drawText(place, align | Qt.AlignmentFlag.AlignVCenter, shown)
