"""The slider of targets: stops that need not be even, each with its share below."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QSlider, QStyle, QVBoxLayout, QWidget

from ui.look import Look

HANDLE = 18
LABELLED = (0.5, 0.8, 0.9, 0.95, 0.97, 0.99, 0.999)
TALL = 20


def percent(share: float) -> str:
    """Return a share as a percentage without needless digits, such as 99.5 %."""
    return f"{round(100 * share, 2):g} %"


def chance(share: float) -> str:
    """Return a chance with one digit, such as 99.2 %; what is not quite certain is not called so."""
    return "> 99.9 %" if 0.9995 <= share < 1.0 else f"{100 * share:.1f} %"


class StopSlider(QSlider):
    """A slider over numbered stops that goes to where it is clicked."""

    def __init__(self) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setPageStep(2)
        self.setMinimumHeight(HANDLE + 4)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Go to the click, then follow the pointer."""
        if event.button() == Qt.MouseButton.LeftButton:
            room = self.width() - HANDLE
            place = QStyle.sliderValueFromPosition(0, self.maximum(), round(event.position().x()) - HANDLE // 2, room)
            self.setValue(place)
        super().mousePressEvent(event)


class Targets(QWidget):
    """The slider with its ticks; its stops are shares of calls."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.slider = StopSlider()
        self.ticks = Ticks(look, self.slider)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.slider)
        column.addWidget(self.ticks)
        self.slider.valueChanged.connect(self.ticks.update)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_stops(self, shares: tuple[float, ...], share: float) -> None:
        """Offer these stops and stand at the one nearest to a share, without telling anyone."""
        self.ticks.shares = shares
        self.slider.blockSignals(True)
        self.slider.setRange(0, len(shares) - 1)
        self.slider.setValue(min(range(len(shares)), key=lambda n: abs(shares[n] - share)))
        self.slider.blockSignals(False)
        self.ticks.update()

    @property
    def share(self) -> float:
        """The share it stands at."""
        return self.ticks.shares[self.slider.value()] if self.ticks.shares else 0.0


class Ticks(QWidget):
    """The labels below the slider: the round stops, and the chosen one in bold."""

    def __init__(self, look: Look, slider: QSlider) -> None:
        super().__init__()
        self.look, self.slider = look, slider
        self.shares: tuple[float, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.update)

    def sizeHint(self) -> QSize:  # noqa: N802
        """Ask for one line of labels."""
        return QSize(200, TALL)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw the chosen stop's label, then every other that finds room."""
        painter = QPainter(self)
        taken: list[QRect] = []
        for n in self._order():
            bold = n == self.slider.value()
            painter.setFont(self.look.font(8.25, bold=bold))
            words = percent(self.shares[n])
            at, wide = self.middle(n), painter.fontMetrics().horizontalAdvance(words) + 2
            left = min(max(at - wide // 2, 0), self.width() - wide)
            box = QRect(left, 5, wide, self.height() - 5)
            if any(box.adjusted(-4, 0, 4, 0).intersects(other) for other in taken):
                continue
            taken.append(box)
            painter.setPen(self.look.colour("edge"))
            painter.drawLine(at, 0, at, 4)
            painter.setPen(self.look.colour("text" if bold else "secondary"))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)
        painter.end()

    def middle(self, place: int) -> int:
        """Return the middle of the handle at a stop."""
        most, room = max(1, self.slider.maximum()), self.width() - HANDLE
        return QStyle.sliderPositionFromValue(0, most, place, room) + HANDLE // 2

    def _order(self) -> list[int]:
        if not self.shares:
            return []
        round_ones = [n for n, share in enumerate(self.shares) if share in LABELLED]
        return [self.slider.value(), *(n for n in round_ones if n != self.slider.value())]
