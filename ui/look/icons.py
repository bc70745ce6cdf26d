"""Icons: our own outline drawings, coloured by text role and sharp at every scale."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from crt_scheduler.places import resource

THICK = 'stroke-width="2"'
"""At 16 px a stroke of 1.5 turns grey; two keep it dark."""
SCALES = (1.0, 1.25, 1.5, 2.0)


def icon(name: str, colour: QColor, disabled: QColor, size: int) -> QIcon:
    """Return a drawing of resources/icons in a colour, with a paler one for what is disabled."""
    found = QIcon()
    for scale in SCALES:
        found.addPixmap(drawn(name, colour, size, scale), QIcon.Mode.Normal)
        found.addPixmap(drawn(name, disabled, size, scale), QIcon.Mode.Disabled)
    return found


def drawn(name: str, colour: QColor, size: int, scale: float) -> QPixmap:
    """Return a drawing as a pixmap of size x size logical pixels."""
    words = resource("icons", f"{name}.svg").read_text(encoding="utf-8").replace("currentColor", colour.name())
    if size <= 20:
        words = words.replace('stroke-width="1.5"', THICK)
    renderer = QSvgRenderer(QByteArray(words.encode()))
    pixels = round(size * scale)
    pixmap = QPixmap(pixels, pixels)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter, QRectF(0, 0, pixels, pixels))
    painter.end()
    pixmap.setDevicePixelRatio(scale)
    return pixmap
