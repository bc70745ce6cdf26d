"""The stages of a solve as a row: done ones ticked, the one at work filled, those to come hollow."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from ui.look import Look
from ui.parts import Words, of_kind
from ui.solve import stages


class Steps(QWidget):
    """Five stages in a row; `show_reached` says how many are over."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.reached, self._is_over = 0, False
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self._marks: list[Mark] = []
        self._names: list[Words] = []
        self._dashes: list[_Dash] = []
        self._is_short = False
        self.setMinimumWidth(1)  # where there is no room, only the stage at work keeps its name
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for n, name in enumerate(stages.names()):
            if n:
                self._dashes.append(_Dash(look))
                row.addWidget(self._dashes[-1])
            self._marks.append(Mark(look))
            self._names.append(Words(name, 9))
            row.addWidget(self._marks[n])
            row.addWidget(self._names[n])
        look.changed.connect(self._dress)
        self.show_reached(0)

    def show_reached(self, reached: int, *, is_over: bool = False) -> None:
        """Show that so many stages are over; `is_over`: none of the others is at work any more."""
        self.reached, self._is_over = reached, is_over
        names = stages.names()
        now = "" if is_over or reached >= len(names) else names[reached]
        words = self.tr("{done} of {all} stages done.").format(done=reached, all=len(names))
        self.setAccessibleName(f"{words} {self.tr('Now: {}.').format(now) if now else ''}".strip())
        self._dress()

    def show_short(self, is_short: bool) -> None:
        """Show the name of the stage at work alone, or all names."""
        if is_short != self._is_short:
            self._is_short = is_short
            self._dress()

    @property
    def full_width(self) -> int:
        """Pixels that all names need."""
        parts: tuple[QWidget, ...] = (*self._marks, *self._names, *self._dashes)
        return sum(max(part.sizeHint().width(), part.minimumWidth()) for part in parts) + 6 * (len(parts) - 1)

    def _dress(self) -> None:
        for n, (mark, name) in enumerate(zip(self._marks, self._names, strict=True)):
            is_now = n == self.reached and not self._is_over
            mark.show_state("done" if n < self.reached else "now" if is_now else "to come")
            of_kind(name, "" if n < self.reached or is_now else "secondary")
            name.setFont(self._look.font(9, bold=is_now))
            name.setVisible(not self._is_short or is_now)
            if n:
                self._dashes[n - 1].setVisible(not self._is_short)


class Mark(QLabel):
    """A tick, a dot or a ring."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look, self._state = look, "to come"
        self.setFixedSize(14, 14)

    def show_state(self, state: str) -> None:
        """Show done, now or to come."""
        self._state = state
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw the mark."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._state == "done":
            pen = QPen(self._look.colour("good"), 1.8)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            painter.drawPolyline([QPointF(2, 7.5), QPointF(5.2, 10.8), QPointF(12, 3.5)])
        elif self._state == "now":
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._look.colour("accent"))
            painter.drawEllipse(QRectF(2.5, 2.5, 9, 9))
        else:
            painter.setPen(QPen(self._look.colour("edge"), 1.2))
            painter.drawEllipse(QRectF(3, 3, 8, 8))
        painter.end()


class _Dash(QWidget):
    """A short line between two stages."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setMinimumSize(QSize(16, 14))

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(20, 14)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        painter = QPainter(self)
        painter.setPen(QPen(self._look.colour("border"), 1))
        middle = self.height() / 2
        painter.drawLine(QPointF(2, middle), QPointF(self.width() - 2, middle))
        painter.end()
