"""The legend under the board: what the looks of a chip mean."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.look import Look
from ui.roster.board_chips import Chips, mark_of
from ui.roster.sheet import CLERGY, Face

LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


class Legend(QWidget):
    """A strip of sample chips with words; what does not fit at the right is left out."""

    def __init__(self, look: Look, chips: Chips) -> None:
        super().__init__()
        self._look, self._chips, self._area = look, chips, ""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Legend: ") + ", ".join(words for words, _, _ in self._samples()))
        look.changed.connect(self.update)

    def sizeHint(self) -> QSize:  # noqa: N802
        """Return the height of a line with chips."""
        return QSize(400, max(32, QFontMetrics(self._look.font(9)).height() + 12))

    def show_area(self, area: str) -> None:
        """Show the samples as an area's."""
        self._area = area
        self.update()

    def _samples(self) -> tuple[tuple[str, Face, int], ...]:
        one = Face(mark=self._area, text=mark_of(self._look, self._area).letter if self._area else "")
        told = one._replace(state="told")
        clergy = Face(mark=CLERGY, text="Cl", state="told", pill=True)
        return (
            (self.tr("Draft"), one, 27),
            (self.tr("Told"), told, 27),
            (self.tr("Confirmed"), one._replace(state="confirmed"), 27),
            (self.tr("Done"), one._replace(state="done"), 27),
            (self.tr("Lead seat"), told._replace(lead=True), 27),
            (self.tr("Trainee"), told._replace(trainee=True), 27),
            (self.tr("Locked"), told._replace(locked=True), 27),
            (self.tr("Broken rule"), told._replace(broken=True), 27),
            (self.tr("Duty lead"), Face(mark="City", text="D", state="told"), 27),
            (self.tr("Clergy"), clergy, 38),
            (self.tr("Backup"), clergy._replace(mark="backup", text="B"), 38),
            (self.tr("Open seat"), Face("open"), 27),
            (self.tr("Unavailable"), Face("kept off"), 27),
        )

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw the samples from the left."""
        look, painter = self._look, QPainter(self)
        painter.fillRect(self.rect(), look.colour("window"))
        painter.setPen(look.colour("hairline"))
        painter.drawLine(0, 0, self.width(), 0)
        face = look.font(9)
        painter.setFont(face)
        measure, x = QFontMetrics(face), 12
        for words, sample, width in self._samples():
            wide = measure.horizontalAdvance(words)
            if x + width + wide + 8 > self.width():
                break
            painter.drawPixmap(x, 1, self._chips.chip(sample, width, self.height() - 1, self.devicePixelRatioF()))
            painter.setPen(look.colour("secondary"))
            painter.drawText(QRect(x + width + 5, 0, wide + 2, self.height()), LEFT, words)
            x += width + wide + 20
        painter.end()
