"""What every test of the window shares: an offscreen screen, one look, and desks that are closed at the end."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.build import LONG, open_desk, open_window
from ui import desk
from ui.desk import Desk
from ui.look import Look, dress
from ui.tidy import Tidy
from ui.window import Window


@pytest.fixture(scope="session")
def look(qapp: QApplication) -> Look:
    """The light look, made once: fonts are read and the style is set for the whole application."""
    return Look(qapp, "light")


@pytest.fixture(scope="session", autouse=True)
def tidy(qapp: QApplication) -> Iterator[None]:
    """Collect garbage on this thread only, as the window does."""
    kept = Tidy(qapp)
    yield
    kept.stop()


class PatientBot(QtBot):
    """A bot whose waits end by what is waited for, not by a clock: `LONG` matters only where a test fails.

    What it is given to close is a window of its own in the test, and dressed as one.
    """

    def addWidget(self, widget: QWidget, **more: Any) -> None:  # noqa: N802
        """Close a widget when the test ends."""
        super().addWidget(widget, **more)
        if not widget.styleSheet():
            dress(widget)

    def waitSignal(self, signal: object, *, timeout: int = LONG, **more: Any) -> Any:  # noqa: N802
        """Wait for a signal."""
        return super().waitSignal(signal, timeout=timeout, **more)  # type: ignore[arg-type]

    def waitSignals(self, signals: list[object], *, timeout: int = LONG, **more: Any) -> Any:  # noqa: N802
        """Wait for several signals."""
        return super().waitSignals(signals, timeout=timeout, **more)  # type: ignore[arg-type]

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = LONG) -> None:  # noqa: N802
        """Wait until something is so."""
        super().waitUntil(callback, timeout=timeout)


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> PatientBot:
    """The bot of every test of the window."""
    return PatientBot(request)


@pytest.fixture
def desk_on(qtbot: QtBot, tmp_path: Path) -> Iterator[Callable[..., Desk]]:
    """Open a desk on a file of records; see tests.ui.build.open_desk."""
    opened: list[Desk] = []

    def begin(path: Path, **values: object) -> Desk:
        opened.append(open_desk(qtbot, path, tmp_path / "window.ini", **values))
        return opened[-1]

    yield begin
    for each in opened:
        each.close()


@pytest.fixture
def short_of_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have acts wait a moment, not a second and a half, for another program that writes."""
    monkeypatch.setattr(desk, "PATIENCE", 0.05)


@pytest.fixture
def window_on(qtbot: QtBot, tmp_path: Path, look: Look) -> Iterator[Callable[..., Window]]:
    """Open a window on a file of records; see tests.ui.build.open_window."""
    opened: list[Window] = []

    def begin(path: Path, **values: object) -> Window:
        opened.append(open_window(qtbot, path, tmp_path / "window.ini", look, **values))
        return opened[-1]

    yield begin
    for window in opened:
        window.close()


@pytest.fixture(autouse=True)
def no_window_of_an_earlier_test_is_half_gone(qapp: QApplication) -> Iterator[None]:
    """Delete what a test closed once it is over: a window that only waits for it is styled with those of the next."""
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
