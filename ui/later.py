"""Later: a part of a page that is made when it is first in sight or asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

P = TypeVar("P", bound=QWidget)


class Later(QWidget, Generic[P]):
    """Holds the place of a part; `made` is the part, or None as long as nobody has seen or asked for it.

    A page's first visit pays for the controls it shows alone: with a style sheet each costs at every level it is
    put into.
    """

    def __init__(self, make: Callable[[], P]) -> None:
        super().__init__()
        self._make = make
        self.made: P | None = None
        self._whole = QVBoxLayout(self)
        self._whole.setContentsMargins(0, 0, 0, 0)

    @property
    def part(self) -> P:
        """The part, made now if it was not yet."""
        if self.made is None:
            self.made = self._make()
            self._whole.addWidget(self.made)
            self.made.show()
        return self.made

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Make the part: it comes into sight."""
        super().showEvent(event)
        _ = self.part
