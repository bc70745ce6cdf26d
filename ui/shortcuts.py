"""Shortcuts: F1, every key of the window and of the page on view, read from the acts themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ui.parts import Button, Line, Words, title
from ui.veil import Veil

if TYPE_CHECKING:
    from ui.window import Window

WIDTH = 820
Key = tuple[str, str]


class Shortcuts(Veil):
    """A panel over the window with every shortcut, grouped; it holds no list of its own."""

    def __init__(self, window: Window) -> None:
        for older in window.findChildren(Shortcuts):
            older.close()
        super().__init__(window, window.look, window.tr("Shortcuts"), width=WIDTH)
        self.groups = groups(window)
        head = QHBoxLayout()
        head.setContentsMargins(16, 12, 12, 12)
        self._close = Button("", "flat", tip=self.tr("Close  Esc")).with_icon(window.look, "close", "secondary")
        self._close.clicked.connect(self.close)
        head.addWidget(title(self.tr("Shortcuts")), 1)
        head.addWidget(self._close)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setAccessibleName(self.tr("Every shortcut"))
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        whole = QVBoxLayout(self.panel)
        whole.setContentsMargins(1, 1, 1, 1)
        whole.setSpacing(0)
        whole.addLayout(head)
        whole.addWidget(Line())
        whole.addWidget(self._scroll)
        columns = self._columns()
        self._scroll.setWidget(columns)  # now that it is part of the window, and its keys have their edges
        for ground in (self._scroll.viewport(), columns):
            ground.setAutoFillBackground(False)
        wanted = columns.sizeHint().height() + 2
        self._scroll.setMinimumHeight(max(120, min(wanted, window.height() - 200)))
        window.stack.currentChanged.connect(self.close)

    def take_focus(self) -> None:
        """Give the keys to the list, so that arrows scroll it."""
        self._scroll.setFocus(Qt.FocusReason.PopupFocusReason)

    def _columns(self) -> QWidget:
        """Lay the groups out in two columns of about the same length."""
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(16, 12, 16, 16)
        row.setSpacing(32)
        left, right = QVBoxLayout(), QVBoxLayout()
        half, taken = sum(len(keys) + 2 for _, keys in self.groups) / 2, 0
        for name, keys in self.groups:
            (left if taken < half else right).addWidget(_group(name, keys))
            taken += len(keys) + 2
        for column in (left, right):
            column.setSpacing(16)
            column.addStretch(1)
            row.addLayout(column, 1)
        return whole


def groups(window: Window) -> list[tuple[str, list[Key]]]:
    """Return the shortcuts by where they act: words and keys of every act and button that has any."""
    page, views = window.page, window.rail.actions_
    of_page = _actions([*page.commands(), *page.findChildren(QAction)], seen=set()) if page else []
    elsewhere = [*views, *(page.commands() if page else [])]
    own = [action for action in window.commands() if action not in elsewhere]
    here = dict(window.places)[next(name for name, other in window.pages.items() if other is page)] if page else ""
    found = [
        (window.tr("Everywhere"), [*_actions(own, seen=set()), *_buttons(window)]),
        (window.tr("Views"), _actions(views, seen=set())),
        (here, of_page),
    ]
    return [(name, keys) for name, keys in found if keys]


def _actions(actions: list[QAction], *, seen: set[str]) -> list[Key]:
    """Return words and keys of the acts that have keys, each once."""
    keys = []
    for action in actions:
        shown = _native(action.shortcuts())
        words = action.text().replace("&", "")
        if shown and words and shown not in seen:
            seen.add(shown)
            keys.append((words, shown))
    return keys


def _buttons(window: Window) -> list[Key]:
    """Return the keys of buttons outside the pages that have one of their own, such as the month before."""
    found = []
    for button in window.head.findChildren(QAbstractButton):
        keys = _native([button.shortcut()])
        if keys and "&" not in button.text():
            found.append((button.accessibleName().replace(keys, "").strip(), keys))
    return found


def _native(sequences: list[QKeySequence]) -> str:
    return ", ".join(keys.toString(QKeySequence.SequenceFormat.NativeText) for keys in sequences if not keys.isEmpty())


def _group(name: str, keys: list[Key]) -> QWidget:
    whole = QWidget()
    grid = QGridLayout(whole)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(6)
    grid.setColumnStretch(0, 1)
    grid.addWidget(Words(name, 9, bold=True, kind="secondary"), 0, 0, 1, 2)
    for row, (words, shown) in enumerate(keys, 1):
        grid.addWidget(Words(words), row, 0)
        tag = Words(shown, 9, kind="tag")
        tag.setAccessibleName(f"{words}: {shown}")
        grid.addWidget(tag, row, 1, Qt.AlignmentFlag.AlignRight)
    return whole
