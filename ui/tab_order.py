"""Tab order: rail, head, page, foot, whatever order their controls were made in; pages add and drop theirs all day."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QComboBox, QScrollArea, QWidget

Place = tuple[int, int]


@runtime_checkable
class InOrder(Protocol):
    """A widget that says in which order its controls are gone through, where that is not the one they were made in."""

    def tab_order(self) -> Sequence[QWidget]:
        """Return controls, each to follow the one before."""


def go_on(window: QWidget, blocks: tuple[QWidget, ...], *, by_place: QWidget, forward: bool) -> bool:
    """Move the focus to the next control, or the one before; False where there is none.

    Blocks come in the order given. In one of them, `by_place`, controls go by where they stand, row by row; in the
    others as they were made, or as they say themselves (InOrder).
    """
    stops = [stop for block in blocks for stop in _of_block(window, block, is_by_place=block is by_place)]
    if not stops:
        return False
    now = QApplication.focusWidget()
    before = stops.index(now) if now in stops else -1 if forward else 0
    stop = stops[(before + (1 if forward else -1)) % len(stops)]
    stop.setFocus(Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason)
    _bring_into_view(stop)
    return True


def _of_block(window: QWidget, block: QWidget, *, is_by_place: bool) -> list[QWidget]:
    found = _within(block)
    return sorted(found, key=lambda stop: _place(window, stop)) if is_by_place else found


def _within(whole: QWidget) -> list[QWidget]:
    """Return the controls in sight that take Tab, as they were made.

    Not by QWidget.nextInFocusChain or focusProxy: PySide takes what they return for a child of the control asked, each
    for the child of the one before or a table for its viewport's, and with the next garbage parts in use are deleted.
    """
    found: list[QWidget] = []
    if isinstance(whole, QComboBox | QAbstractSpinBox):  # the field in it is no stop of its own
        return found
    for part in whole.children():
        if isinstance(part, QWidget) and part.isVisible() and not part.isWindow():
            if part.isEnabled() and _takes_tab(part):
                found.append(part)
            found += _within(part)
    return _as_told(found, whole.tab_order()) if isinstance(whole, InOrder) else found


def _as_told(found: list[QWidget], order: Sequence[QWidget]) -> list[QWidget]:
    """Move the controls of an order behind its first one."""
    told = [part for part in order if part in found]
    rest = [part for part in found if part not in told[1:]]
    at = rest.index(told[0]) + 1 if told else 0
    return [*rest[:at], *told[1:], *rest[at:]]


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
