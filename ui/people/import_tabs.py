"""The pages of an import as tabs: each with what is done on it, or in amber what is to be answered there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QTabBar, QWidget

from ui.look import Look
from ui.parts import Words
from ui.words import tr


@dataclass(frozen=True)
class TabNote:
    """What a tab says beside its name: how many are open, or what is done; nothing while it is not known."""

    words: str
    is_open: bool = False
    is_done: bool = False


class ImportTabs(QTabBar):
    """A tab a page."""

    def __init__(self, look: Look, names: Sequence[str]) -> None:
        super().__init__()
        self.look = look
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setAccessibleName(tr("Pages of the import"))
        self.names = tuple(names)
        for name in names:
            self.addTab(name)

    def tell(self, place: int, note: TabNote) -> None:
        """Say beside a tab's name what is done or open there."""
        whole = QWidget()
        whole.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 10, 2)
        row.setSpacing(6)
        if note.is_done:
            tick = QLabel()
            tick.setPixmap(self.look.icon("check", "good", 16).pixmap(16, 16))
            row.addWidget(tick)
        row.addWidget(Words(note.words, 9, bold=note.is_open, kind="warning" if note.is_open else "secondary"))
        old = self.tabButton(place, QTabBar.ButtonPosition.RightSide)
        self.setTabButton(place, QTabBar.ButtonPosition.RightSide, whole if note.words else None)
        if old is not None:
            old.deleteLater()
        self.setAccessibleTabName(place, f"{self.names[place]} {note.words}".strip())
