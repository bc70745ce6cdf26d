"""A coordinator's first hour, scripted: from an empty folder to calendars on disk, counting the person's acts.

`python -m tests.ui.first_hour PEOPLE.csv FOLDER` prints one line of JSON: acts, seconds, calendars, open seats.
"""

from __future__ import annotations

import json
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar, TypeVar

from PySide6.QtCore import QMimeData, QPointF, QSettings, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.ui.build import NOW
from tests.ui.visit import wait
from ui.desk import Desk
from ui.first_run.first_run_dialog import FirstRun
from ui.look import Look
from ui.people.page import PeoplePage
from ui.publish.options import FOLDER
from ui.publish.publish_dialog import PublishDialog
from ui.roster.page import RosterPage
from ui.solve.solving import State
from ui.ways import go
from ui.window import Window

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
OPEN_SEATS_LOOKED_AT = 5
Kind = TypeVar("Kind", bound=QWidget)


@dataclass
class Person:
    """Whoever sits before the window: every click, key and drop counts as one act."""

    BY: ClassVar[str] = "events handed to Qt"

    acts: list[str] = field(default_factory=list)

    def click(self, widget: QWidget, what: str) -> None:
        """Click the middle of a widget that can be seen and used."""
        assert widget.isVisible() and widget.isEnabled(), what
        self.acts.append(f"click {what}")
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton)

    def key(self, widget: QWidget, key: Qt.Key, what: str, modifiers: Qt.KeyboardModifier | None = None) -> None:
        """Press a key where the focus is."""
        self.acts.append(f"key {what}")
        QTest.keyClick(widget, key, modifiers or Qt.KeyboardModifier.NoModifier)

    def drop(self, widget: QWidget, path: Path) -> None:
        """Drop a file on a widget."""
        self.acts.append(f"drop {path.name}")
        carried = QMimeData()
        carried.setUrls([QUrl.fromLocalFile(str(path))])
        act, no = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
        widget.dropEvent(QDropEvent(QPointF(50, 50), act, carried, Qt.MouseButton.LeftButton, no))


def first_hour(window: Window, people: Path, person: Person) -> RosterPage:
    """Drop the people, take the preset, solve, look at open seats, publish; returns the roster's page."""
    dialog = seen(window, FirstRun)
    person.drop(dialog, people)
    wait(dialog.team.button.isEnabled)
    person.key(dialog, Qt.Key.Key_Return, "Enter: set up the team")
    wait(lambda: isinstance(window.page, PeoplePage) and window.page.wizard.review.go_button.isVisible())
    assert isinstance(window.page, PeoplePage)
    wizard = window.page.wizard
    wait(wizard.review.go_button.isEnabled)
    person.click(wizard.review.go_button, wizard.review.go_button.text())
    wait(lambda: wizard.steps.currentWidget() is wizard.result)
    page = solve(window, person)
    for _ in range(min(OPEN_SEATS_LOOKED_AT, len(window.desk.board.gaps) if window.desk.board else 0)):
        person.key(active(window), Qt.Key.Key_F8, "F8")
        wait(lambda: not window.desk.is_reading)
    publish(window, person)
    return page


def solve(window: Window, person: Person) -> RosterPage:
    """Solve the month until a whole plan is there, stop, and apply it."""
    person.key(active(window), Qt.Key.Key_F5, "F5: solve")
    wait(lambda: isinstance(window.page, RosterPage))
    assert isinstance(window.page, RosterPage)
    page = window.page
    solving = page.drawer.solving
    wait(lambda: bool(solving.course) or solving.state is State.PLAN)
    if solving.state is State.RUNNING:
        person.key(active(window), Qt.Key.Key_Period, "Ctrl+.: stop, keep the best", CONTROL)
    wait(lambda: solving.state is State.PLAN)
    wait(page.drawer.head.apply_button.isVisible)
    person.click(page.drawer.head.apply_button, page.drawer.head.apply_button.text())
    wait(lambda: window.desk.board is not None and bool(window.desk.board.places) and not window.desk.is_reading)
    return page


def publish(window: Window, person: Person) -> None:
    """Publish what there is."""
    person.key(active(window), Qt.Key.Key_P, "Ctrl+Shift+P: publish", CONTROL | SHIFT)
    dialog = seen(window, PublishDialog)
    wait(dialog.button.isEnabled)
    person.click(dialog.button, dialog.button.text())
    wait(lambda: dialog.done_page.isVisible())
    dialog.close()


def active(window: Window) -> Window:
    """Return the window once it is the one that hears the keyboard."""
    window.activateWindow()
    wait(window.isActiveWindow)
    return window


def seen(window: Window, kind: type[Kind]) -> Kind:
    """Wait for a panel over the window and return it."""
    wait(lambda: any(part.isVisible() for part in window.findChildren(kind)))
    return next(part for part in window.findChildren(kind) if part.isVisible())


def open_in(app: QApplication, folder: Path, look: Look | None = None) -> Window:
    """Return a window on a folder without any records; what is published goes beside them."""
    settings = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)
    settings.setValue(FOLDER, str(folder / "out"))
    desk = Desk(who="coordinator", clock=lambda: NOW, settings=settings, is_daily=False)
    window = Window(desk, look or Look(app, "light"), go)
    window.show()
    desk.open(folder / "team.db")
    return window


def main() -> None:
    """Do it all and say what it took."""
    app = QApplication(sys.argv[:1])
    people, folder = Path(sys.argv[1]), Path(sys.argv[2])
    began, person = time.monotonic(), Person()
    window = open_in(app, folder)
    first_hour(window, people, person)
    board = window.desk.board
    assert board is not None
    window.close()
    answer = {
        "acts": len(person.acts),
        "seconds": round(time.monotonic() - began, 1),
        "calendars": len(list((folder / "out" / "calendars").glob("*.ics"))),
        "open_seats": len(board.gaps),
        "what": person.acts,
    }
    print(json.dumps(answer, ensure_ascii=False))


if __name__ == "__main__":
    main()
