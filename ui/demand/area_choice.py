"""Which area is on view: the city and each area side by side, or as a list where they are many or room is short."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QComboBox, QHBoxLayout, QSizePolicy, QWidget

from ui.parts import Button

SIDE_BY_SIDE = 5
"""More areas than this do not fit beside each other in the toolbar."""


class AreaChoice(QWidget):
    """The city or one area; emits `chosen` with the area's name, empty for the city."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.area = ""
        self._names: tuple[str, ...] = ()
        self.buttons = QButtonGroup(self)
        self._side, self.list = QWidget(self), QComboBox(self)
        self.list.setAccessibleName(self.tr("Area on view"))
        self._row = QHBoxLayout(self._side)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self.list.activated.connect(self._take)
        self.buttons.idClicked.connect(self._take)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setVisible(False)

    def fill(self, names: tuple[str, ...]) -> None:
        """Offer these areas; the one on view stays, or the city where it is gone."""
        if self.area not in names:
            self.area = ""
        if names != self._names:
            self._names = names
            self._build()
        self._mark()
        self.setVisible(bool(names))

    def _build(self) -> None:
        words = [self.tr("City"), *self._names]
        for old in self.buttons.buttons():
            self.buttons.removeButton(old)
            self._row.removeWidget(old)
            old.deleteLater()
        self.list.clear()
        self.list.addItems(words)
        for n, name in enumerate(words if len(self._names) <= SIDE_BY_SIDE else []):
            button = Button(name, "segment")
            button.setProperty("end", {0: "first", len(words) - 1: "last"}.get(n, ""))
            button.setCheckable(True)
            button.setAccessibleName(self.tr("Show {}").format(name))
            self.buttons.addButton(button, n)
            self._row.addWidget(button)
        self.updateGeometry()
        self._place()

    def _mark(self) -> None:
        """Show which is chosen, in both forms."""
        place = self._names.index(self.area) + 1 if self.area else 0
        self.list.setCurrentIndex(place)
        button = self.buttons.button(place)
        if button is not None:
            button.setChecked(True)

    def _take(self, place: int) -> None:
        area = self._names[place - 1] if place else ""
        if area != self.area:
            self.area = area
            self._mark()
            self.chosen.emit(area)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Choose the form that fits."""
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        is_wide = bool(self.buttons.buttons()) and self.width() >= self._side.sizeHint().width()
        for part, shown in ((self._side, is_wide), (self.list, not is_wide)):
            tall = part.sizeHint().height()
            part.setGeometry(0, (self.height() - tall) // 2, self.width(), tall)
            part.setVisible(shown)

    def sizeHint(self) -> QSize:  # noqa: N802
        """Ask for room for every area, or for the list."""
        return self._side.sizeHint() if self.buttons.buttons() else self.list.sizeHint()

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Make do with the list."""
        return self.list.sizeHint()
