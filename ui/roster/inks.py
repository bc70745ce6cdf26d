"""Inks: the palette's colours as painting needs them."""

from __future__ import annotations

from PySide6.QtGui import QColor

from ui.look import Look

ROLES = ("base", "night", "weekend", "window", "highlight", "hairline", "border", "accent", "bad", "edge", "good")


class Inks:
    """The palette's colours as painting needs them, read once per palette."""

    def __init__(self, look: Look) -> None:
        self._look = look
        self.of: dict[str, QColor] = {}
        look.changed.connect(self.fill)
        self.fill()

    def fill(self) -> None:
        """Take the colours of the palette."""
        self.of = {role: self._look.colour(role) for role in ROLES}
