"""The real window, off screen, on ten years of records: whole acts in CPU seconds of the process, all its threads."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

PATIENCE = 120.0
SIZE = (1600, 900)
PAGES = ("today", "roster", "people", "demand", "calls", "hours")
"""The pages gone to after the one the window opens with, which is that of reports."""
QUIET = 3
"""Turns of the loop without anything asked of the records after which an act is over."""


class Shown:
    """The window with the records open, and a clock of what the process spends."""

    def __init__(self, path: Path) -> None:
        from PySide6.QtCore import QSettings
        from PySide6.QtWidgets import QApplication

        from tests.benchmarks.ten_years_probe import MONTH, NOW, WHO
        from ui import imports
        from ui.desk import Desk
        from ui.look import Look
        from ui.tidy import Tidy
        from ui.ways import go
        from ui.window import Window

        imports.put_back()
        self.app = QApplication(sys.argv)
        Tidy(self.app)
        settings = QSettings(str(path.with_suffix(".ini")), QSettings.Format.IniFormat)
        settings.setValue("place", "reports")
        self.desk = Desk(who=WHO, clock=lambda: NOW, settings=settings, is_daily=False)
        self.desk.month = MONTH
        self.window = Window(self.desk, Look(self.app, "light"), go)
        self.window.resize(*SIZE)
        self.window.show()
        self.settle()
        self.path = path

    def settle(self) -> None:
        """Let the window work until nothing is asked of the records any more."""
        end, quiet = time.monotonic() + PATIENCE, 0
        while quiet < QUIET:
            self.app.processEvents()
            time.sleep(0.002)
            quiet = 0 if self.desk.is_reading else quiet + 1
            if time.monotonic() > end:
                raise SystemExit("The window did not come to rest in two minutes.")

    def until(self, is_so: Callable[[], bool]) -> None:
        """Let the window work until something is so."""
        end = time.monotonic() + PATIENCE
        while not is_so():
            self.app.processEvents()
            time.sleep(0.002)
            if time.monotonic() > end:
                raise SystemExit("The window did not come that far in two minutes.")

    def clocked(self, act: Callable[[], object]) -> float:
        """Return the CPU seconds of an act until the window is at rest again."""
        began = time.process_time()
        act()
        self.settle()
        return time.process_time() - began


def measured(path: Path) -> dict[str, float]:
    """Return the CPU seconds of opening, first visits, another month and an assign with two pages in sight."""
    from tests.benchmarks.ten_years_probe import NEXT, PLACE, free_for, opened

    opened(path).close()  # the first opening of a day looks through the whole file
    shown = Shown(path)
    desk = shown.desk
    import crt_scheduler.board
    import crt_scheduler.store  # noqa: F401 - what importing takes is measured by the desktop's first paint

    found: dict[str, float] = {}
    took: list[float] = []
    began = time.process_time()
    desk.opened.connect(lambda: took.append(time.process_time() - began))
    desk.open(shown.path)
    shown.until(lambda: bool(took))
    found["open"] = took[0]
    shown.settle()
    found["reports"] = time.process_time() - began - found["open"]
    for page in PAGES:
        found[page] = shown.clocked(lambda page=page: shown.window.go(page))
    shown.window.go("roster")
    shown.settle()
    month = desk.month
    found["board"] = shown.clocked(lambda: desk.set_month(NEXT))
    desk.set_month(month)
    shown.settle()
    who = desk.read(free_for)
    found["assign"] = shown.clocked(lambda: assign(desk, PLACE, who))
    found["undo_whole"] = shown.clocked(desk.undo)
    shown.window.go("today")
    shown.settle()
    found["assign_today"] = shown.clocked(lambda: assign(desk, PLACE, who))
    shown.window.close()
    return found


def assign(desk: Any, place: str, who: str) -> None:
    """Put somebody free on a shift, as a drop does."""
    from crt_scheduler import roster

    if not desk.do(roster.ASSIGN(roster.shift_name(place), who)):
        raise SystemExit("The place could not be assigned.")
