"""The application: fonts and look, the window shown at once, the records opened after, the safety net around all."""

from __future__ import annotations

import datetime as dt
import getpass
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSettings, QTimer
from PySide6.QtWidgets import QApplication

from crt_scheduler.language import VARIABLE
from crt_scheduler.places import default_database
from solver.wording import ENGLISH
from ui import imports
from ui.desk import Desk
from ui.look import Look
from ui.net import catch_faults
from ui.recall import text
from ui.tidy import Tidy
from ui.ways import go
from ui.window import Window
from ui.words import speak


def run(
    arguments: list[str],
    *,
    database: Path | None = None,
    clock: Callable[[], dt.datetime] | None = None,
    who: str = "",
    language: str = "",
) -> int:
    """Open the window on a file of records, by default the one used last, and return the exit code when it closes."""
    imports.put_back()
    app = QApplication(arguments)
    app.setApplicationName("CRT Scheduler")
    Tidy(app)
    settings = remembered()
    speak(language or os.environ.get(VARIABLE) or text(settings, "language", ENGLISH))
    look = Look(app, text(settings, "look", "system"))
    desk = Desk(who=who or login(), clock=clock or now, settings=settings)
    window = Window(desk, look, go)
    catch_faults(window)
    signal.signal(signal.SIGINT, lambda *_: window.close())
    path = database or Path(text(settings, "database", str(default_database())))

    def begin() -> None:
        if window.isVisible():  # it may have been closed as soon as it was there
            desk.open(path)

    window.painted.connect(lambda: QTimer.singleShot(0, begin))
    window.show()
    return app.exec()


def remembered() -> QSettings:
    """Return what the window remembers between starts; CRT_SCHEDULER_SETTINGS names another file for it."""
    path = os.environ.get("CRT_SCHEDULER_SETTINGS")
    if path:
        return QSettings(path, QSettings.Format.IniFormat)
    return QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, "crt-scheduler", "window")


def now() -> dt.datetime:
    """Return the moment, in whole seconds UTC."""
    return dt.datetime.now(dt.UTC).replace(microsecond=0)


def login() -> str:
    """Return who signs the journal: the login name, or coordinator where the system knows none."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "coordinator"


if __name__ == "__main__":
    sys.exit(run(sys.argv))
