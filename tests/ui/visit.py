"""A visit of the whole window in a process of its own: every view and panel, at the scale the environment sets.

`python -m tests.ui.visit DATABASE SETTINGS` prints one line of JSON: what was loaded and what did not fit.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEventLoop, QSettings, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from tests.ui.build import LONG, MONTH, NOW
from ui.desk import Desk
from ui.look import Look
from ui.veil import Veil
from ui.ways import go
from ui.window import LEAST, Window

PANELS = (
    "finder",
    "shortcuts",
    "settings",
    "publish",
    "stale",
    "rules",
    "problems",
    "care",
    "ask",
    "own desk",
    "first run",
)


def wait(is_so: Callable[[], bool]) -> None:
    """Run the event loop until something is so; raises TimeoutError where it never is."""
    loop, look = QEventLoop(), QTimer(interval=5)
    look.timeout.connect(lambda: loop.quit() if is_so() else None)
    look.start()
    end = QTimer(singleShot=True, interval=LONG)
    end.timeout.connect(loop.quit)
    end.start()
    if not is_so():
        loop.exec()
    if not is_so():
        raise TimeoutError


def open_at(app: QApplication, database: Path, settings: Path, choice: str) -> Window:
    """Return a window with its records open and the month's board read."""
    desk = Desk(
        who="coordinator",
        clock=lambda: NOW,
        settings=QSettings(str(settings), QSettings.Format.IniFormat),
        is_daily=False,
    )
    desk.month = MONTH
    window = Window(desk, Look(app, choice), go)
    window.show()
    desk.open(database)
    wait(lambda: desk.board is not None and not desk.is_reading)
    return window


def visit(window: Window, then: Callable[[str], object] = lambda name: None) -> list[str]:
    """Go everywhere, draw everything, and return what needs more room than the least window has.

    `then` is told the name of each view and panel after it was drawn.
    """
    window.resize(*LEAST)
    tight = []
    for place in ("today", "roster", "people", "demand", "calls", "hours", "reports"):
        window.go(place)
        wait(lambda: not window.desk.is_reading)
        window.grab()
        tight += too_large(window, place)
        then(place)
    for panel in PANELS:
        window.go(panel)
        wait(lambda: not window.desk.is_reading)
        window.grab()
        for part in (*window.findChildren(QDialog), *window.findChildren(Veil)):
            if part.isVisible():
                part.grab()
                tight += too_large(part, panel)
                part.close()
        then(panel)
    return tight


def too_large(part: QWidget, name: str) -> list[str]:
    """Return the name and least size of a part that asks for more than the least window, or nothing."""
    wanted = part.centralWidget().minimumSizeHint() if isinstance(part, Window) else part.minimumSizeHint()
    fits = wanted.width() <= LEAST[0] and wanted.height() <= LEAST[1]
    return [] if fits else [f"{name}: {wanted.width()} x {wanted.height()}"]


def main() -> None:
    """Visit, then say what was loaded and what was too large."""
    app = QApplication(sys.argv[:1])
    window = open_at(app, Path(sys.argv[1]), Path(sys.argv[2]), "light")
    scale = window.devicePixelRatioF()
    tight = visit(window)
    window.close()
    loaded = sorted({name.partition(".")[0] for name in sys.modules} & {"ortools", "pandas"})
    print(json.dumps({"loaded": loaded, "tight": tight, "scale": scale}))


if __name__ == "__main__":
    main()
