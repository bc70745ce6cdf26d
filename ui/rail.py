"""The rail: the views down the left side, one key each, with settings at the foot."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QButtonGroup, QToolButton, QVBoxLayout, QWidget

from solver.wording import tr
from ui.look import Look
from ui.parts import of_kind

WIDTH = 64


class Rail(QWidget):
    """One button per view; `chosen` tells the view's name. `settings` is asked for at the foot."""

    chosen = Signal(str)
    settings = Signal()

    def __init__(self, look: Look, places: tuple[tuple[str, str], ...]) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        of_kind(self, "rail")
        self.setMinimumWidth(WIDTH)
        self._look = look
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QToolButton] = {}
        self.actions_: list[QAction] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 8)
        column.setSpacing(4)
        for number, (name, words) in enumerate(places, 1):
            column.addWidget(self._place(name, words, number))
        column.addStretch(1)
        column.addWidget(self._settings())
        look.changed.connect(self._dress)
        self._dress()

    def _place(self, name: str, words: str, number: int) -> QToolButton:
        button = _button(words)
        button.setCheckable(True)
        button.setToolTip(tr("{words}  Ctrl+{number}", words=words, number=number))
        button.clicked.connect(lambda: self.chosen.emit(name))
        self._group.addButton(button)
        self._buttons[name] = button
        action = QAction(words, self)
        action.setShortcut(f"Ctrl+{number}")
        action.triggered.connect(lambda: self.chosen.emit(name))
        self.actions_.append(action)
        return button

    def _settings(self) -> QToolButton:
        button = _button(self.tr("Settings"))
        button.setToolTip(self.tr("Settings  Ctrl+,"))
        button.clicked.connect(self.settings)
        self._buttons["settings"] = button
        return button

    def mark(self, name: str) -> None:
        """Show which view is on."""
        self._buttons[name].setChecked(True)
        self._dress()

    def _dress(self) -> None:
        for name, button in self._buttons.items():
            role = "highlighted_text" if button.isChecked() else "secondary"
            button.setIcon(self._look.icon(name, role, 22))


def _button(words: str) -> QToolButton:
    button = QToolButton()
    of_kind(button, "place")
    button.setText(words)
    button.setAccessibleName(words)
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
    button.setIconSize(QSize(22, 22))
    button.setMinimumWidth(WIDTH)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    face = button.font()
    face.setPointSizeF(8.25)
    button.setFont(face)
    return button
