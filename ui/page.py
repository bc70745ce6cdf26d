"""Page: what every view shares: when it is read anew, and its empty, loading and fault states."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from ui.desk import Desk
from ui.look import Look
from ui.parts import Button, Words


class Page(QWidget):
    """A view. It reads when it is first shown, and whenever what it has read may be otherwise: once it is seen."""

    uses_period: ClassVar[bool] = False
    go = Signal(str, object)
    """Asks the window for another place: its name and what to show there."""

    def __init__(self, desk: Desk, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk, self.look = desk, look
        self._is_stale = True
        self._stack = QStackedLayout(self)
        self._state = State()
        self._content = self.build()
        self._stack.addWidget(self._content)
        self._stack.addWidget(self._state)
        desk.changed.connect(self._changed)
        desk.opened.connect(self.renew)
        desk.month_changed.connect(self._month_changed)

    def build(self) -> QWidget:
        """Make the content, empty as yet."""
        raise NotImplementedError

    def refresh(self) -> None:
        """Ask the desk for what is shown and fill the content."""
        raise NotImplementedError

    def head_left(self) -> QWidget | None:
        """Return the page's part of the toolbar beside the period: filters."""
        return None

    def head_right(self) -> QWidget | None:
        """Return the page's part of the toolbar at the right: its acts, the primary one last."""
        return None

    def commands(self) -> list[QAction]:
        """Return what the finder offers of this page."""
        return self.actions()

    def show_what(self, what: object) -> None:
        """Show what a link points at, such as a person's id or a date; a page without such links does nothing."""

    def show_content(self) -> None:
        """Show the content."""
        self._stack.setCurrentWidget(self._content)

    def show_empty(self, words: str, button: str = "", act: Callable[[], object] | None = None) -> None:
        """Show one sentence and its primary button instead of the content."""
        self._show_state(words, button, act, "")

    def show_loading(self, words: str) -> None:
        """Say what is being read, instead of the content."""
        self._show_state(words, "", None, "secondary")

    def show_fault(self, words: str, button: str = "", act: Callable[[], object] | None = None) -> None:
        """Show the sentence of what is wrong, and the act that helps."""
        self._show_state(words, button, act, "bad")

    def _show_state(self, words: str, button: str, act: Callable[[], object] | None, kind: str) -> None:
        self._state.say(words, button, act, kind)
        self._stack.setCurrentWidget(self._state)

    def renew(self) -> None:
        """Read anew: now if the page is seen, else when it is."""
        self._is_stale = True
        if self.isVisible():
            self._read()

    def _changed(self, tables: frozenset[str]) -> None:
        if self.desk.is_stale(self, tables):
            self.renew()

    def _month_changed(self) -> None:
        if self.uses_period:
            self.renew()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Read what has changed while the page was out of sight."""
        super().showEvent(event)
        if self._is_stale:
            self._read()

    def _read(self) -> None:
        self._is_stale = False
        if self.desk.is_open:
            self.refresh()
        else:
            self.show_loading(self.tr("Opening the team's records."))


class State(QWidget):
    """One sentence in the middle of a page and the act that goes on from there."""

    def __init__(self) -> None:
        super().__init__()
        self._act: Callable[[], object] | None = None
        self.words = Words("", 12)
        self.words.setWordWrap(True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.words.setMinimumWidth(480)
        self.button = Button("", "primary")
        self.button.clicked.connect(self._go)
        said, row = QHBoxLayout(), QHBoxLayout()
        for line, part in ((said, self.words), (row, self.button)):
            line.addStretch(1)
            line.addWidget(part)
            line.addStretch(1)
        column = QVBoxLayout(self)
        column.setSpacing(16)
        column.addStretch(2)
        column.addLayout(said)
        column.addLayout(row)
        column.addStretch(3)

    def say(self, words: str, button: str, act: Callable[[], object] | None, kind: str) -> None:
        """Show a sentence of a kind, and a button where there is an act."""
        self._act = act
        self.words.say(words, kind)
        self.button.setText(button)
        self.button.setAccessibleName(button)
        self.button.setVisible(act is not None)

    def _go(self) -> None:
        if self._act is not None:
            self._act()
