"""Parts: the small widgets every view is made of; their looks come from resources/look.qss by the property "kind"."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from solver.wording import counted as counted
from ui.look import AreaLook, Look


def of_kind(widget: QWidget, kind: str) -> QWidget:
    """Say what a widget is, so that the style sheet finds it; returns it."""
    widget.setProperty("kind", kind)
    widget.style().polish(widget)
    return widget


class Words(QLabel):
    """A label of one size; `kind` is "", secondary, bad, warning, good or tag. Its text can be selected when asked."""

    def __init__(self, words: str = "", points: float = 9.75, *, bold: bool = False, kind: str = "") -> None:
        super().__init__(words)
        face = QFont(self.font())
        face.setPointSizeF(points)
        face.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
        self.setFont(face)
        self.setTextFormat(Qt.TextFormat.PlainText)
        if kind:
            self.setProperty("kind", kind)

    def say(self, words: str, kind: str | None = None) -> None:
        """Show other words, and another kind where one is given."""
        self.setText(words)
        if kind is not None and kind != self.property("kind"):
            of_kind(self, kind)


def title(words: str, points: float = 12.0) -> Words:
    """Return a heading: 12 for a panel, 15 for a page, 21 for one big number."""
    return Words(words, points, bold=True)


def secondary(words: str, points: float = 9.0) -> Words:
    """Return words of the second rank."""
    return Words(words, points, kind="secondary")


def sentence(words: str, kind: str = "") -> Words:
    """Return a sentence that wraps."""
    found = Words(words, kind=kind)
    found.setWordWrap(True)
    return found


class Brief(Words):
    """Words of the second rank that end in dots where there is no room for all of them."""

    def __init__(self, words: str) -> None:
        super().__init__(words, 9, kind="secondary")
        self.setToolTip(words)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def setText(self, words: str) -> None:  # noqa: N802
        """Show other words, all of them as a tip."""
        super().setText(words)
        self.setToolTip(words)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw as much as there is room for."""
        painter = QPainter(self)
        words = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        self.style().drawItemText(painter, self.rect(), left, self.palette(), True, words, self.foregroundRole())
        painter.end()


class Button(QPushButton):
    """A push button; `kind` is "", primary, link or flat. Enter presses it as Space does."""

    def __init__(self, words: str, kind: str = "", *, tip: str = "") -> None:
        super().__init__(words)
        self.setAccessibleName(words or tip)
        self.setToolTip(tip)
        self.setAutoDefault(True)
        if kind:
            self.setProperty("kind", kind)
        if kind == "link":
            self.setCursor(Qt.CursorShape.PointingHandCursor)
            self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def with_icon(self, look: Look, name: str, role: str = "") -> Button:
        """Put an icon before the words, in a colour that follows the palette; returns the button."""
        chosen = role or {"primary": "on_accent", "link": "accent"}.get(str(self.property("kind")), "text")

        self._icon = (look, name, chosen)
        look.changed.connect(self._dress)  # a method, so that the connection goes with the button
        self._dress()
        self.setIconSize(QSize(16, 16))
        return self

    def _dress(self) -> None:
        look, name, role = self._icon
        self.setIcon(look.icon(name, role))


class Line(QFrame):
    """A hairline, across or down."""

    def __init__(self, *, down: bool = False) -> None:
        super().__init__()
        self.setProperty("kind", "line")
        if down:
            self.setFixedWidth(1)
        else:
            self.setFixedHeight(1)


class Card(QFrame):
    """A flat card: a title with a note beside it and room on the right, a hairline, and a body."""

    def __init__(self, words: str = "", note: str = "", *, pad: int = 12) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        self.title = Words(words, 9.75, bold=True)
        self.note = secondary(note)
        self.head = QHBoxLayout()
        self.head.setContentsMargins(pad, 8, pad, 8)
        self.head.setSpacing(8)
        self.head.addWidget(self.title)
        self.head.addWidget(self.note)
        self.head.addStretch(1)
        self.body = QVBoxLayout()
        self.body.setContentsMargins(pad, 8, pad, pad)
        self.body.setSpacing(8)
        if words:
            whole.addLayout(self.head)
            whole.addWidget(Line())
        whole.addLayout(self.body, 1)
        if words:
            self.setAccessibleName(words)


class Field(QWidget):
    """A field under its label, with a sentence of what is wrong directly below it while something is."""

    def __init__(self, label: str, widget: QWidget, note: str = "") -> None:
        super().__init__()
        self.widget = widget
        self.label = secondary(label)
        self.label.setBuddy(widget)
        widget.setAccessibleName(label.removesuffix(":").replace("&", ""))
        self._fault = Words("", 9.0, kind="bad")
        self._fault.setWordWrap(True)
        self._fault.hide()
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for part in (self.label, widget, *([secondary(note)] if note else []), self._fault):
            column.addWidget(part)

    def put_beside(self, part: QWidget) -> None:
        """Put a button at the right of what is filled in, in its line."""
        at, line = self._column.indexOf(self.widget), QHBoxLayout()
        self._column.removeWidget(self.widget)
        line.setSpacing(8)
        line.addWidget(self.widget, 1)
        line.addWidget(part)
        self._column.insertLayout(at, line)

    def fault(self, words: str) -> None:
        """Mark the field and say what is wrong and what to do; no words: all is well again."""
        self._fault.setText(words)
        self._fault.setVisible(bool(words))
        self.widget.setProperty("fault", bool(words))
        self.widget.setAccessibleDescription(words)
        self.widget.style().polish(self.widget)


class AreaMark(QWidget):
    """The square with an area's letter; Cl is a pill and B hatched."""

    def __init__(self, look: Look, area: str, size: int = 18) -> None:
        super().__init__()
        self._look, self._area = look, area
        self.setFixedSize(size + (6 if area in ("clergy", "backup") else 0), size)
        self.setAccessibleName(area)
        look.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw the mark."""
        painter = QPainter(self)
        draw_mark(painter, QRectF(self.rect()), self._look, self._mark(), round_=self._area in ("clergy", "backup"))
        painter.end()

    def _mark(self) -> AreaLook:
        return {"clergy": self._look.clergy, "backup": self._look.backup}.get(self._area) or self._look.area(self._area)


def draw_mark(painter: QPainter, place: QRectF, look: Look, mark: AreaLook, *, round_: bool = False) -> None:
    """Draw a letter on its fill with its edge, square or as a pill."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(mark.edge, 1))
    painter.setBrush(mark.fill)
    inside = place.adjusted(0.5, 0.5, -0.5, -0.5)
    radius = inside.height() / 2 if round_ else 3
    painter.drawRoundedRect(inside, radius, radius)
    painter.setFont(look.font(8.25, bold=True))
    painter.setPen(look.colour("text"))
    painter.drawText(place, Qt.AlignmentFlag.AlignCenter, mark.letter)


class Notice(QFrame):
    """A slim strip with a sentence and, where there is one, the act that helps; it can be closed."""

    acted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setProperty("kind", "note")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 8, 4)
        self._icon = QLabel()
        self.words = sentence("")
        self.button = Button("", "link")
        self.button.clicked.connect(self.acted)
        close = Button("", "flat", tip=self.tr("Close this notice")).with_icon(look, "close", "secondary")
        close.clicked.connect(self.hide)
        self._look = look
        for part, stretch in ((self._icon, 0), (self.words, 1), (self.button, 0), (close, 0)):
            row.addWidget(part, stretch)
        self.hide()

    def say(self, words: str, act: str = "", *, kind: str = "bad") -> None:
        """Show a sentence; `act` are the words of its button, none hides it."""
        self._icon.setPixmap(self._look.icon("warning" if kind != "good" else "check", kind).pixmap(16, 16))
        self.words.say(words, kind)
        self.button.setText(act)
        self.button.setAccessibleName(act)
        self.button.setVisible(bool(act))
        self.setAccessibleName(words)
        self.show()
