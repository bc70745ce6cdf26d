"""Chips: how a duty is drawn, once per look, size, palette and scale, and then copied."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen, QPixmap, QPolygonF

from solver.problem import CITY
from ui.look import AreaLook, Look
from ui.roster.sheet import CLERGY, Face

OVERHANG = 5
"""Pixels that a broken rule's triangle stands out over the slot's right edge."""
HEIGHT = 18
TALL = 32
"""Row height from which a chip fills its row: there it shows a name on two lines."""
FILLS = {"draft": 0.5, "told": 1.0, "confirmed": 1.0, "done": 0.4}
MOST = 4000
"""Pixmaps kept; past it the cache starts anew, which one repaint refills."""


class Chips:
    """Pixmaps of chips and heat numbers, drawn on first use; forget them when the palette changes."""

    def __init__(self, look: Look) -> None:
        self._look = look
        self._kept: dict[tuple[object, ...], QPixmap] = {}
        look.changed.connect(self._kept.clear)

    def chip(self, face: Face, width: int, height: int, scale: float) -> QPixmap:
        """Return a chip for slots of `width` in a row of `height`; it is OVERHANG wider than the slots."""
        key = (face, width, height, scale)
        found = self._kept.get(key)
        if found is None:
            found = self._keep(key, width + OVERHANG, height, scale)
            painter = QPainter(found)
            draw(painter, self._look, face, width, height)
            painter.end()
        return found

    def heat(self, count: int, width: int, height: int, scale: float) -> QPixmap:
        """Return the box with a number of open seats."""
        key = (count, width, height, scale)
        found = self._kept.get(key)
        if found is None:
            found = self._keep(key, width, height, scale)
            fill, text = self._look.heat(count)
            painter = QPainter(found)
            painter.fillRect(QRectF(0, 0, width, height), fill)
            painter.setFont(self._look.font(8.25))
            painter.setPen(text)
            painter.drawText(QRectF(0, 0, width, height), Qt.AlignmentFlag.AlignCenter, str(count))
            painter.end()
        return found

    def _keep(self, key: tuple[object, ...], width: int, height: int, scale: float) -> QPixmap:
        if len(self._kept) > MOST:
            self._kept.clear()
        found = QPixmap(round(width * scale), round(height * scale))
        found.setDevicePixelRatio(scale)
        found.fill(Qt.GlobalColor.transparent)
        self._kept[key] = found
        return found


def mark_of(look: Look, mark: str) -> AreaLook:
    """Return the colours and letter of an area, of clergy, backup or the city's own seat."""
    if mark == CLERGY:
        return look.clergy
    if mark == "backup":
        return look.backup
    found = look.area(mark)
    return AreaLook("D", found.fill, found.edge) if mark == CITY else found


def draw(painter: QPainter, look: Look, face: Face, width: int, height: int) -> None:
    """Draw a chip at the left of slots of `width`."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    tall = HEIGHT if height < TALL else height - 6
    box = QRectF(1.5, (height - tall) // 2 + 0.5, width - 4, tall - 1)
    if face.kind != "duty":
        _open(painter, look, box, face)
        return
    mark = mark_of(look, face.mark)
    painter.setOpacity(0.3 if face.dim else 1.0)
    _body(painter, look, face, box, mark)
    _bar(painter, look, face, box)
    _letter(painter, look, face, box)
    if face.broken:
        _triangle(painter, look, box)


def _open(painter: QPainter, look: Look, box: QRectF, face: Face) -> None:
    """Draw an open seat: a dashed amber box, fainter where nobody need sit; or the hatching of time kept off."""
    if face.kind == "kept off":
        painter.fillRect(box, QBrush(look.colour("edge"), Qt.BrushStyle.BDiagPattern))
        return
    is_wanted = face.kind == "open"
    painter.setPen(_dashed(look.colour("warning" if is_wanted else "border")))
    painter.setBrush(look.heat(1)[0] if is_wanted else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box, 3, 3)


def _body(painter: QPainter, look: Look, face: Face, box: QRectF, mark: AreaLook) -> None:
    shape = QPainterPath()
    radius = box.height() / 2 if face.pill else 0 if face.locked else 3
    shape.addRoundedRect(box, radius, radius)
    painter.fillPath(shape, look.colour("base"))
    if not face.trainee:
        fill = QColor(mark.fill)
        fill.setAlphaF(FILLS.get(face.state, 1.0))
        painter.fillPath(shape, fill)
    if face.mark == "backup":
        _hatch(painter, shape, box, mark)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if face.lead:
        _corner(painter, look, shape, box, 5 if box.width() < 22 else 6)
    painter.setPen(_edge(look, face, mark))
    painter.drawPath(_inset(box, face, radius))


def _inset(box: QRectF, face: Face, radius: float) -> QPainterPath:
    """Return the edge's path; a thick edge lies inside the box."""
    shape = QPainterPath()
    thick = 0.5 if face.locked or face.broken else 0.0
    shape.addRoundedRect(box.adjusted(thick, thick, -thick, -thick), radius, radius)
    return shape


def _edge(look: Look, face: Face, mark: AreaLook) -> QPen:
    if face.locked:
        return QPen(look.colour("text"), 2)
    if face.broken:
        return QPen(look.colour("bad"), 2)
    if face.state == "draft":
        return _dashed(mark.edge)
    return QPen(mark.edge, 1)


def _dashed(colour: QColor) -> QPen:
    pen = QPen(colour, 1)
    pen.setDashPattern([2, 2])
    return pen


def _hatch(painter: QPainter, shape: QPainterPath, box: QRectF, mark: AreaLook) -> None:
    """Draw the slanted lines of a backup duty, clear of its letter."""
    painter.save()
    middle = QPainterPath()
    middle.addRect(QRectF(box.center().x() - 6, box.top(), 12, box.height()))
    painter.setClipPath(shape.subtracted(middle) if box.width() > 24 else shape)
    line = QColor(mark.edge)
    line.setAlphaF(0.6)
    painter.setPen(QPen(line, 1))
    x = box.left() - box.height()
    while x < box.right():
        painter.drawLine(QPointF(x, box.bottom()), QPointF(x + box.height(), box.top()))
        x += 5
    painter.restore()


def _corner(painter: QPainter, look: Look, shape: QPainterPath, box: QRectF, size: int) -> None:
    """Draw the triangle of a lead seat in the top left corner."""
    corner = QPainterPath()
    at = QPointF(box.left() - 0.5, box.top() - 0.5)
    corner.addPolygon(QPolygonF([at, at + QPointF(size + 1, 0), at + QPointF(0, size + 1)]))
    painter.fillPath(corner.intersected(shape), look.colour("text"))


def _bar(painter: QPainter, look: Look, face: Face, box: QRectF) -> None:
    """Draw the promise along the bottom: half of it told, the whole confirmed."""
    part = {"told": 0.5, "confirmed": 1.0}.get(face.state, 0.0)
    if part:
        inset = 8.0 if face.pill else 3.0
        whole = box.width() - 2 * inset
        painter.fillRect(QRectF(box.left() + inset, box.bottom() - 3, whole * part, 2), look.colour("text"))


def _letter(painter: QPainter, look: Look, face: Face, box: QRectF) -> None:
    painter.setPen(look.colour("text"))
    if "\n" in face.text:
        _name(painter, look, face, box)
        return
    is_narrow = box.width() < 22
    painter.setFont(look.font(8.25 if len(face.text) < 2 or not is_narrow else 6.75, bold=True))
    room = box.adjusted(1.5 if face.lead else -0.5, 0, 0.5, -0.5)
    painter.drawText(room, Qt.AlignmentFlag.AlignCenter, face.text)


def _name(painter: QPainter, look: Look, face: Face, box: QRectF) -> None:
    """Write the first name over the last, each cut where the chip ends."""
    first, last = face.text.split("\n", 1)
    half = (box.height() - 5) / 2
    for n, (words, bold) in enumerate(((first, True), (last, False))):
        painter.setFont(look.font(8.25, bold=bold))
        room = QRectF(box.left() + 4, box.top() + 0.5 + n * half, box.width() - 6, half)
        if n == 0 and face.lead:
            room.setLeft(room.left() + 2.5)
        cut = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, round(room.width()))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, cut)


def _triangle(painter: QPainter, look: Look, box: QRectF) -> None:
    """Draw the sign of a broken rule over the top right corner, set off from what lies below."""
    tip = QPointF(box.right() - 0.5, max(0.5, box.top() - 3))
    shape = QPolygonF([tip, tip + QPointF(5, 9), tip + QPointF(-5, 9)])
    painter.setPen(QPen(look.colour("base"), 1.5))
    painter.setBrush(look.colour("bad"))
    painter.drawPolygon(shape)
