"""Tidying up: Python's unused cycles are collected on the window's thread only, never on a worker's."""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

EVERY_MS = 1000


class Tidy(QObject):
    """Turns automatic collection off and does it from a timer instead.

    A widget or timer that a worker's thread frees stays in the window's list of timers, and the next turn of the
    event loop crashes on it (seen in one of eight runs of the demand tests, QTimerInfoList::activateTimers).
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self, interval=EVERY_MS)
        self._timer.timeout.connect(self.collect)
        self._timer.start()

    def collect(self) -> None:
        """Collect the oldest generation that is due, as Python would have done by itself."""
        for generation in (2, 1, 0):
            if gc.get_count()[generation] > gc.get_threshold()[generation]:
                gc.collect(generation)
                return

    def stop(self) -> None:
        """Leave it to Python again."""
        self._timer.stop()
        gc.enable()
