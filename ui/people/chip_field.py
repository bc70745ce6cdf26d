"""A field of chips: what is chosen, each with its way out, and a field to add more from what there is or by typing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QLayout,
    QLayoutItem,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ui.completer import Completer
from ui.look import Look
from ui.parts import of_kind
from ui.words import tr


class Flow(QLayout):
    """Lays parts out in lines, as words are."""

    def __init__(self, gap: int = 4) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self._gap = gap
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:  # noqa: N802
        """Take one more part."""
        self._items.append(item)

    def count(self) -> int:
        """Return how many parts there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:  # noqa: N802
        """Return a part by number."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # noqa: N802
        """Give a part back."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def hasHeightForWidth(self) -> bool:  # noqa: N802
        """Say that the height follows from the width."""
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802
        """Return how high the lines are at a width."""
        return self._place(QRect(0, 0, width, 0), is_real=False)

    def setGeometry(self, rect: QRect) -> None:  # noqa: N802
        """Put every part in its place."""
        super().setGeometry(rect)
        self._place(rect, is_real=True)

    def sizeHint(self) -> QSize:  # noqa: N802
        """Return the size of one line."""
        return self.minimumSize()

    def minimumSize(self) -> QSize:  # noqa: N802
        """Return the size of the largest part."""
        size = QSize(0, 0)
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    def _place(self, rect: QRect, *, is_real: bool) -> int:
        x, y, high = rect.x(), rect.y(), 0
        for item in self._items:
            if item.isEmpty():  # hidden: it takes no gap either
                continue
            hint = item.sizeHint()
            if x > rect.x() and x + hint.width() > rect.right() + 1:
                x, y, high = rect.x(), y + high + self._gap, 0
            if is_real:
                item.setGeometry(QRect(QPoint(x, y), hint))
            x += hint.width() + self._gap
            high = max(high, hint.height())
        return y + high - rect.y()


class ChipsField(QWidget):
    """Chosen words as chips; `changed` when one comes or goes. Backspace in the empty field takes the last."""

    changed = Signal()

    def __init__(self, look: Look, name: str, *, is_free: bool = True, hint: str = "") -> None:
        super().__init__()
        self._look, self._name, self._is_free = look, name, is_free
        self._chosen: list[tuple[str, str]] = []
        self._known: dict[str, str] = {}
        self._chips = QWidget()
        self._flow = Flow()
        self._chips.setLayout(self._flow)
        self.line = QLineEdit()
        self.line.setAccessibleName(tr("Add to {}").format(name))
        self.line.setPlaceholderText(hint or tr("Type to add"))
        self.line.returnPressed.connect(self.take)
        self.line.editingFinished.connect(self._take_known)
        self.line.installEventFilter(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._chips)
        column.addWidget(self.line)
        self.setFocusProxy(self.line)
        self._show()

    def offer(self, known: Sequence[tuple[str, str]]) -> None:
        """Say what there is to choose from, as (kept, shown)."""
        self._known = dict(known)
        completer = Completer(list(self._known.values()), self.line)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.activated.connect(lambda _: self.take(), Qt.ConnectionType.QueuedConnection)
        self.line.setCompleter(completer)

    @property
    def kept(self) -> tuple[str, ...]:
        """What is chosen, as it is kept."""
        return tuple(kept for kept, _ in self._chosen)

    def choose(self, kept: Sequence[str]) -> None:
        """Show these as chosen."""
        self._chosen = [(each, self._known.get(each, each)) for each in kept]
        self._show()

    def take(self) -> None:
        """Add what is typed; what is not known stays in the field, unless anything may be added."""
        typed = " ".join(self.line.text().split())
        shown = {words.casefold(): (kept, words) for kept, words in self._known.items()}
        kept = {kept.casefold(): (kept, words) for kept, words in self._known.items()}
        found = shown.get(typed.casefold()) or kept.get(typed.casefold())
        if found is None and typed and self._is_free:
            found = (typed, typed)
        if found is None:
            return
        self.line.clear()
        if found not in self._chosen:
            self._chosen.append(found)
            self._show()
            self.changed.emit()

    def _take_known(self) -> None:
        if self.line.text().strip():
            self.take()

    def eventFilter(self, watched: object, event: object) -> bool:  # noqa: N802
        """Take the last chip out with Backspace in the empty field."""
        if not isinstance(event, QKeyEvent) or event.type() != QKeyEvent.Type.KeyPress:
            return False
        if event.key() == Qt.Key.Key_Backspace and not self.line.text() and self._chosen:
            self._drop(self._chosen[-1])
            return True
        return False

    def _drop(self, chip: tuple[str, str]) -> None:
        self._chosen.remove(chip)
        self._show()
        self.changed.emit()
        self.line.setFocus()

    def _show(self) -> None:
        while (item := self._flow.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for chip in self._chosen:
            self._flow.addWidget(self._button(chip))
        self._chips.setVisible(bool(self._chosen))
        self._chips.updateGeometry()
        self.updateGeometry()

    def _button(self, chip: tuple[str, str]) -> QPushButton:
        button = QPushButton(f"{chip[1]}  ×")
        of_kind(button, "chip")
        button.setAccessibleName(tr("{}: take out {}").format(self._name, chip[1]))
        button.setToolTip(tr("Take out"))
        button.clicked.connect(lambda: self._drop(chip))
        return button
