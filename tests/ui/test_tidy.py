"""Tidying up happens on the window's thread, so that no worker frees a widget."""

from __future__ import annotations

import gc
import weakref

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from ui.tidy import Tidy


class Knot:
    """Something that holds itself."""

    def __init__(self) -> None:
        self.own = self


def test_a_knot_is_untied_when_it_is_due_and_not_by_a_worker(qapp: QApplication) -> None:
    owner = QObject()
    tidy = Tidy(owner)
    assert not gc.isenabled()
    knot = weakref.ref(Knot())
    kept = [[n] for n in range(gc.get_threshold()[0] + 100)]
    assert knot() is not None and kept
    tidy.collect()
    assert knot() is None
    tidy.collect()
