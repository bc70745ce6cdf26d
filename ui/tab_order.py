"""Tab order: rail, head, page, foot, whatever order their controls were made in; pages add and drop theirs all day."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

Place = tuple[int, int]


def go_on(window: QWidget, blocks: tuple[QWidget, ...], *, by_place: QWidget, forward: bool) -> bool:
    """Move the focus to the next control, or the one before; False where there is none.

    Blocks come in the order given. In one of them, `by_place`, controls go by where they stand, row by row; in the
    others as they were made.
    """
    chain = list(_chain(window))
    stops = [stop for block in blocks for stop in _of_block(window, chain, block, is_by_place=block is by_place)]
    if not stops:
        return False
    now = QApplication.focusWidget()
    before = stops.index(now) if now in stops else -1 if forward else 0
    stop = stops[(before + (1 if forward else -1)) % len(stops)]
    stop.setFocus(Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason)
    _bring_into_view(stop)
    return True


def _of_block(window: QWidget, chain: list[QWidget], block: QWidget, *, is_by_place: bool) -> list[QWidget]:
    found = [stop for stop in chain if block.isAncestorOf(stop)]
    return sorted(found, key=lambda stop: _place(window, stop)) if is_by_place else found


def _chain(window: QWidget) -> Iterator[QWidget]:
    """Return the controls that take Tab, as they were made; a table's viewport and a box's field belong to theirs."""
    part = window.nextInFocusChain()
    while part is not None and part is not window:
        # Most controls are those of pages out of sight, and whether one is in sight is the cheapest to ask.
        if part.isVisible() and part.isEnabled() and part.focusProxy() is None and _takes_tab(part):
            yield part
        part = part.nextInFocusChain()


def _takes_tab(part: QWidget) -> bool:
    return part.focusPolicy() & Qt.FocusPolicy.TabFocus == Qt.FocusPolicy.TabFocus


def _place(window: QWidget, stop: QWidget) -> Place:
    corner = stop.mapTo(window, QPoint(0, stop.height() // 2))
    return corner.y() // 24, corner.x()


def _bring_into_view(stop: QWidget) -> None:
    around = stop.parentWidget()
    while around is not None:
        if isinstance(around, QScrollArea):
            around.ensureWidgetVisible(stop)
        around = around.parentWidget()
