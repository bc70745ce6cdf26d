"""Painting leaks no reference to None: a release of the bindings that did crashed paint-heavy windows."""

from __future__ import annotations

import sys

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPixmap
from pytestqt.qtbot import QtBot

CALLS = 2000


def test_setting_a_pen_does_not_drift_the_count_of_none(qtbot: QtBot) -> None:
    pixmap = QPixmap(8, 8)
    painter = QPainter(pixmap)
    colour = QColor(Qt.GlobalColor.black)
    painter.setPen(colour)
    before = sys.getrefcount(None)
    for _ in range(CALLS):
        painter.setPen(colour)
    drift = abs(sys.getrefcount(None) - before)
    painter.end()
    assert drift < CALLS // 20
