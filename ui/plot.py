"""Plot: what painted plots share: arrow keys and the pointer walk over what is drawn, each says its figures."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from ui.look import Look

Margins = tuple[int, int, int, int]


class Plot(QWidget):
    """A painted row of things side by side; `at` is the one labelled. `margins` are left, top, right and bottom."""

    def __init__(self, look: Look, margins: Margins) -> None:
        super().__init__()
        self.look, self.at = look, 0
        self._margins = margins
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        look.changed.connect(self.update)

    def count(self) -> int:
        """Return how many things are drawn."""
        raise NotImplementedError

    def resting(self) -> int:
        """Return which one is labelled while nobody walks."""
        raise NotImplementedError

    def words(self, place: int) -> str:
        """Return the figures of one in a sentence."""
        raise NotImplementedError

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Move to the one before or after."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        if not step or not 0 <= self.at + step < self.count():
            super().keyPressEvent(event)
            return
        self.at += step
        self.setAccessibleDescription(self.words(self.at))
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Label the resting one again."""
        self.at = self.resting()
        super().focusOutEvent(event)

    def event(self, event: QEvent) -> bool:
        """Tell the figures of what the pointer rests on."""
        if isinstance(event, QHelpEvent) and self.count():
            place = int((event.pos().x() - self._margins[0]) / (self._place().width() / self.count()))
            if 0 <= place < self.count():
                QToolTip.showText(event.globalPos(), self.words(place), self)
                return True
        return super().event(event)

    def _place(self) -> QRectF:
        left, top, right, bottom = self._margins
        return QRectF(self.rect()).adjusted(left, top, -right, -bottom)
