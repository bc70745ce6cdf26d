"""One measurement of the window in a process of its own: python -m tests.benchmarks.desktop_probe WHAT DATABASE.

Prints one line of JSON: a name and a figure each. Nothing heavy is imported before it is needed, so that the first
paint is that of the program and not of this file.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import ui  # noqa: F401 - it notes Python's own import, as it does for the program, before PySide6 is there

SIZE = (1600, 900)
NOW = dt.datetime(2026, 12, 15, 17, 0, tzinfo=dt.UTC)
MONTH = "2027-01"
FRAMES = 120
TICK = 5
"""Milliseconds between two looks at the clock from the event loop."""
PATIENCE = 60.0
Figures = dict[str, float]


def paint(database: Path) -> Figures:
    """Return when the window was painted first, in seconds of the wall clock, and the CPU seconds until then."""
    import ui.app
    from ui.window import Window

    found: Figures = {}

    def note() -> None:
        found.update(painted_at=time.time(), cpu=time.process_time())
        ui.app.QTimer.singleShot(0, ui.app.QApplication.quit)

    class Timed(Window):
        def __init__(self, *values: Any) -> None:
            super().__init__(*values)
            self.painted.connect(note)

    ui.app.Window = Timed  # type: ignore[misc]
    ui.app.run([sys.argv[0]], database=database, clock=lambda: NOW)
    return found


class Shown:
    """The real window with the records open on the Roster."""

    def __init__(self, database: Path) -> None:
        from PySide6.QtCore import QSettings
        from PySide6.QtWidgets import QApplication

        from ui import imports
        from ui.desk import Desk
        from ui.look import Look
        from ui.ways import go
        from ui.window import Window

        imports.put_back()
        self.app = QApplication(sys.argv)
        settings = QSettings(str(database.with_suffix(".ini")), QSettings.Format.IniFormat)
        settings.setValue("place", "roster")
        self.desk = Desk(who="bench", clock=lambda: NOW, settings=settings, is_daily=False)
        self.desk.month = MONTH
        self.window = Window(self.desk, Look(self.app, "light"), go)
        self.window.resize(*SIZE)
        self.window.show()
        self.desk.open(database)
        self.until(lambda: self.desk.board is not None and self.board is not None and self.board.sheet is not None)
        self.rest(1.0)
        self.board.setFocus()

    @property
    def board(self) -> Any:
        """The roster's board, once there is one."""
        from ui.roster.board import RosterBoard

        return self.window.findChild(RosterBoard)

    @property
    def drawer(self) -> Any:
        """The solve drawer."""
        from ui.solve.drawer import SolveDrawer

        return self.window.findChild(SolveDrawer)

    def until(self, is_so: Callable[[], bool]) -> None:
        """Let the window work until something is so."""
        end = time.monotonic() + PATIENCE
        while not is_so():
            self.app.processEvents()
            time.sleep(0.001)
            if time.monotonic() > end:
                raise SystemExit("The window did not come that far in a minute.")

    def rest(self, seconds: float) -> None:
        """Let the window work for some seconds."""
        end = time.monotonic() + seconds
        self.until(lambda: time.monotonic() > end)

    def solve(self) -> None:
        """Begin to solve and wait for the first plan."""
        from ui.solve.solving import State

        self.window.go("solve")
        if not self.drawer.is_busy:
            self.drawer.start()
        self.until(lambda: self.drawer.solving.state is State.RUNNING and self.drawer.solving.course)


def frames(database: Path) -> Figures:
    """Return the CPU milliseconds of a frame, 95th percentile: wheel, full repaint, page jump, and key to paint."""
    from PySide6.QtCore import QPoint, QPointF, Qt
    from PySide6.QtGui import QWheelEvent
    from PySide6.QtTest import QTest

    shown = Shown(database)
    board = shown.board
    middle = QPointF(board.viewport().rect().center())

    def wheel(n: int) -> None:
        step = QPoint(0, -120 if n % FRAMES < FRAMES / 2 else 120)
        away = QPointF(board.viewport().mapToGlobal(middle))
        event = QWheelEvent(
            middle, away, QPoint(), step, Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        shown.app.sendEvent(board.viewport(), event)

    def page(n: int) -> None:
        QTest.keyClick(board, Qt.Key.Key_PageDown if n % 10 < 5 else Qt.Key.Key_PageUp)

    def arrow(n: int) -> None:
        QTest.keyClick(board, (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Up)[n // 8 % 4])

    acts: dict[str, Callable[[int], object]] = {
        "wheel": wheel, "repaint": lambda n: board.repaint_all(), "page": page, "key": arrow,
    }  # fmt: skip
    return {name: timed(shown, act) for name, act in acts.items()}


def timed(shown: Shown, act: Callable[[int], object]) -> float:
    """Return the 95th percentile of CPU milliseconds of the window's thread from an act to its paint."""
    took = []
    for n in range(FRAMES + 10):
        began = time.thread_time()
        act(n)
        shown.app.processEvents()
        took.append(1000 * (time.thread_time() - began))
    return percentile(took[10:], 0.95)


def solving(database: Path) -> Figures:
    """Return the gaps of the event loop while the city is solved for 20 s, and the solver's largest memory."""
    from PySide6.QtCore import Qt, QTimer

    from ui.solve.solving import State

    shown = Shown(database)
    drawer = shown.drawer
    drawer.head.length.setCurrentIndex(0)
    gaps, last = [], time.perf_counter()

    def look() -> None:
        nonlocal last
        now = time.perf_counter()
        gaps.append(max(0.0, 1000 * (now - last) - TICK))
        last = now

    timer = QTimer(interval=TICK, timerType=Qt.TimerType.PreciseTimer)
    timer.timeout.connect(look)
    done: list[bool] = []
    drawer.solving.entered.connect(lambda state: done.append(True) if state is State.PLAN else None)
    drawer.solving.failed.connect(lambda words: sys.exit(words))
    last = time.perf_counter()
    timer.start()
    drawer.solve()
    QTimer.singleShot(40_000, shown.app.quit)
    drawer.preview.connect(lambda found: QTimer.singleShot(500, shown.app.quit))
    shown.app.exec()
    timer.stop()
    assert done, "no plan came in time"
    figures = {"p99": percentile(gaps, 0.99), "most": max(gaps), "after": memory()}
    shown.window.close()
    return {**figures, "child": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024}


def stopping(database: Path) -> Figures:
    """Return the seconds from a soft stop to the solver's end, and from closing the window to it."""
    shown = Shown(database)
    shown.solve()
    shown.rest(4.0)
    job = shown.drawer.solving.job
    began = time.perf_counter()
    shown.drawer.solving.stop()
    shown.until(lambda: not job.is_running)
    soft = time.perf_counter() - began
    shown.until(lambda: not shown.drawer.is_busy)
    shown.drawer.solving.discard()
    shown.solve()
    began = time.perf_counter()
    shown.window.close()
    assert not job.is_running
    return {"soft": soft, "closed": time.perf_counter() - began}


def resting(database: Path) -> Figures:
    """Return the window's memory in MiB with the city open on the Roster, looked through once."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    shown = Shown(database)
    for key in (*[Qt.Key.Key_PageDown] * 12, *[Qt.Key.Key_PageUp] * 12):
        QTest.keyClick(shown.board, key)
        shown.app.processEvents()
    shown.rest(0.5)
    return {"window": memory()}


def memory() -> float:
    """Return the memory this process holds now, in MiB (its largest so far where the system does not tell)."""
    status = Path("/proc/self/status")
    if status.exists():
        return int(next(line for line in status.read_text().splitlines() if line.startswith("VmRSS")).split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def percentile(values: list[float], part: float) -> float:
    """Return the value that a part of the values do not exceed."""
    return sorted(values)[min(len(values) - 1, int(part * len(values)))]


PROBES = {"paint": paint, "frames": frames, "solving": solving, "stopping": stopping, "resting": resting}

if __name__ == "__main__":
    print(json.dumps(PROBES[sys.argv[1]](Path(sys.argv[2]))), flush=True)
    os._exit(0)  # what is measured is over: nobody takes the window apart in the order in which the program does
