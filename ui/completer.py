"""What is offered while one types: a list in a window of its own."""

from __future__ import annotations

from PySide6.QtWidgets import QCompleter

from ui.look import dress


class Completer(QCompleter):
    """A completer whose list is dressed as the window is, once something was typed."""

    def splitPath(self, path: str) -> list[str]:  # noqa: N802
        """Return what is looked for, as it was typed."""
        offered = self.popup()
        if offered is not None and not offered.styleSheet():
            dress(offered)
        return super().splitPath(path)
