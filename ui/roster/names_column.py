"""The names column of a roster board, which stays while the dates scroll: areas, people and their hours."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPainter, QPaintEvent, QPolygon
from PySide6.QtWidgets import QHeaderView, QWidget

from crt_scheduler import times
from ui.look import Look
from ui.roster import board_words
from ui.roster.board_chips import mark_of
from ui.roster.room import Room
from ui.roster.sheet import CLERGY, Row

CENTRE = Qt.AlignmentFlag.AlignCenter
LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


class NamesHead(QHeaderView):
    """The names column, which stays while the dates scroll: areas with their open seats, people with their hours."""

    folded = Signal(int)
    """A group's row was clicked."""

    def __init__(self, look: Look, room: Callable[[], Room], parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._look, self._room = look, room
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(8)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setAccessibleName(self.tr("People and their hours"))
        self._measure()

    def _measure(self) -> None:
        name, small = QFontMetrics(self._look.font(9)), QFontMetrics(self._look.font(8.25))
        self._hours = name.horizontalAdvance("188:88")
        group = 60 + QFontMetrics(self._look.font(9.75, bold=True)).horizontalAdvance("Central")
        group += name.horizontalAdvance("88 people, 888 open") + 12
        lead = name.horizontalAdvance("Abigail Merriweather") + small.horizontalAdvance("Lead") + 8
        self._wide = max(group, 26 + lead + self._hours + 12)
        self._spare = 0

    def widen(self, spare: int) -> None:
        """Take room that the columns leave."""
        if spare != self._spare:
            self._spare = spare
            self.setFixedWidth(self._wide + spare)

    @property
    def narrow(self) -> int:
        """The width without spare room."""
        return self._wide

    def sizeHint(self) -> QSize:  # noqa: N802
        """Return the width of a long name and its hours."""
        return QSize(self._wide + self._spare, super().sizeHint().height())

    def rows_in(self, area: QRect) -> tuple[int, int]:
        """Return the first and last row that an area of the viewport touches."""
        first, last = self.logicalIndexAt(area.top()), self.logicalIndexAt(area.bottom())
        return max(0, first), last if last >= 0 else self.count() - 1

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Fold or unfold a group; on a person, choose the row."""
        n = self.logicalIndexAt(event.position().toPoint())
        sheet = self._room().sheet
        if sheet is not None and 0 <= n < len(sheet.rows) and sheet.rows[n].kind == "group":
            self.folded.emit(n)
            return
        super().mousePressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw the rows that are seen."""
        painter = QPainter(self.viewport())
        area = event.rect()
        painter.fillRect(area, self._look.colour("base"))
        room = self._room()
        if room.sheet is not None:
            first, last = self.rows_in(area)
            for n in range(first, last + 1):
                place = QRect(0, self.sectionViewportPosition(n), self.viewport().width(), self.sectionSize(n))
                self._draw(painter, room.sheet.rows[n], place, is_current=n == room.row)
        painter.setPen(self._look.colour("border"))
        painter.drawLine(self.viewport().width() - 1, area.top(), self.viewport().width() - 1, area.bottom())
        painter.end()

    def _draw(self, painter: QPainter, row: Row, room: QRect, *, is_current: bool) -> None:
        look = self._look
        if row.kind == "group":
            painter.fillRect(room, look.colour("window"))
        if is_current:
            painter.fillRect(room, look.colour("highlight"))
        if row.kind == "group":
            self._draw_group(painter, row, room)
        elif row.kind == "seat":
            painter.setFont(look.font(9))
            painter.setPen(look.colour("text"))
            painter.drawText(room.adjusted(50, 0, -8, 0), LEFT, board_words.seat_title(row))
        else:
            self._draw_person(painter, row, room, is_current=is_current)
        painter.setPen(look.colour("border" if row.kind == "group" else "hairline"))
        painter.drawLine(room.left(), room.bottom(), room.right(), room.bottom())

    def _draw_person(self, painter: QPainter, row: Row, room: QRect, *, is_current: bool) -> None:
        look, line = self._look, row.line
        assert line is not None
        is_over = board_words.is_over(line)
        painter.setFont(look.font(9, bold=is_over))
        painter.setPen(look.colour("warning" if is_over else "text"))
        painter.drawText(room.adjusted(0, 0, -9, 0), RIGHT, times.hours_words(line.minutes))
        role = board_words.role_word(line)
        end = room.right() - 9 - self._hours
        taken = QFontMetrics(look.font(8.25)).horizontalAdvance(role) + 6 if role else 0
        if role:
            painter.setFont(look.font(8.25))
            painter.setPen(look.colour("secondary"))
            painter.drawText(QRect(room.left(), room.top(), end - room.left(), room.height()), RIGHT, role)
        left = 26
        if line.broken:
            self._draw_badge(painter, room)
        face = look.font(9, bold=is_current)
        painter.setFont(face)
        painter.setPen(look.colour("text"))
        width = end - left - taken
        name = QFontMetrics(face).elidedText(line.name, Qt.TextElideMode.ElideRight, width)
        painter.drawText(QRect(left, room.top(), width, room.height()), LEFT, name)

    def _draw_badge(self, painter: QPainter, room: QRect) -> None:
        """Draw the sign of a rule that the month as a whole breaks."""
        x, y = 15, room.center().y()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._look.colour("bad"))
        painter.drawPolygon(QPolygon([QPoint(x, y - 5), QPoint(x + 5, y + 4), QPoint(x - 5, y + 4)]))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)

    def _draw_group(self, painter: QPainter, row: Row, room: QRect) -> None:
        look, is_by_area = self._look, self._room().is_by_area
        if row.people or is_by_area:
            arrow = look.icon("right" if row.is_folded else "down", "secondary", 12)
            arrow.paint(painter, QRect(7, room.center().y() - 5, 12, 12))
        mark = mark_of(look, row.group)
        wide = 24 if row.group == CLERGY else 18
        box = QRect(24, room.center().y() - 8, wide, 17)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(mark.edge)
        painter.setBrush(mark.fill)
        painter.drawRoundedRect(box, 8 if row.group == CLERGY else 3, 8 if row.group == CLERGY else 3)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        painter.setPen(look.colour("text"))
        painter.setFont(look.font(8.25, bold=True))
        painter.drawText(box.adjusted(1, 0, 1, 0), CENTRE, mark.letter)
        note = board_words.seats_note(row) if is_by_area else board_words.group_note(row)
        left, right = box.right() + 8, room.right() - 9
        painter.setFont(look.font(9))
        painter.setPen(look.colour("secondary"))
        painter.drawText(QRect(left, room.top(), right - left, room.height()), RIGHT, note)
        end = right - QFontMetrics(look.font(9)).horizontalAdvance(note) - 8
        bold = look.font(9.75, bold=True)
        title = QFontMetrics(bold).elidedText(
            board_words.group_title(row.group), Qt.TextElideMode.ElideRight, end - left
        )
        painter.setFont(bold)
        painter.setPen(look.colour("text"))
        painter.drawText(QRect(left, room.top(), end - left, room.height()), LEFT, title)
