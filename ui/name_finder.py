"""Finds names as people type them: any part of one, without its accents, or an id."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QComboBox

from ui.completer import Completer
from ui.match import folded

FOLDED = Qt.ItemDataRole.UserRole + 7
"""The role under which an item holds its words folded."""


class NameFinder(Completer):
    """Offers the items of a box whose folded words hold what is typed."""

    def __init__(self, box: QComboBox) -> None:
        super().__init__(box.model(), box)
        self._box = box
        self.setFilterMode(Qt.MatchFlag.MatchContains)
        self.setCompletionMode(Completer.CompletionMode.PopupCompletion)
        self.setCompletionRole(FOLDED)

    def fold(self) -> None:
        """Fold the words of every item, after the box was filled."""
        for n in range(self._box.count()):
            self._box.setItemData(n, folded(self._box.itemText(n)), FOLDED)

    def splitPath(self, path: str) -> list[str]:  # noqa: N802
        """Fold what is typed, as the items are."""
        return [folded(words) for words in super().splitPath(path)]

    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:  # noqa: N802
        """Return the words of an item as they are shown."""
        return str(index.data(Qt.ItemDataRole.DisplayRole) or "")


def found(box: QComboBox, words: str) -> list[int]:
    """Return the items that words mean: the one shown so or of that id, else those whose names begin with them."""
    wanted = folded(words.strip())
    if not wanted:
        return []
    shown = [folded(box.itemText(n)) for n in range(box.count())]
    same = [n for n, text in enumerate(shown) if wanted in (text, folded(str(box.itemData(n) or "")))]
    whole = [n for n, text in enumerate(shown) if text.partition(" (")[0] == wanted]
    return same or whole or [n for n, text in enumerate(shown) if text.startswith(wanted)]
