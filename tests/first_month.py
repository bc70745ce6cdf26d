"""A team's first month from its own spreadsheets, scripted: `python -m tests.first_month [--people F] [--poll F]`.

From an empty folder to published calendars by keys and clicks in a window, each counted: the list of a sign-up form, a
poll with a column a date, solve, publish. Every question that is asked is listed with its answer, and so is all that
the imports said. Exit 1 where it took more acts than the bar, or something came in otherwise than it was said.

Where DISPLAY names an X server and xdotool is there, the window is a real one, the keys, clicks and drags are the
server's own, and a window manager must be running, for it gives the keyboard to a window:

    Xvfb :71 -screen 0 1600x1000x24 &
    DISPLAY=:71 openbox &
    DISPLAY=:71 python -m tests.first_month

Nobody else may touch that display meanwhile. Without DISPLAY nothing is shown, and Qt is handed the events.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QWidget

from crt_scheduler.imports import ImportReport
from tests.ui.first_hour import CONTROL, Person, active, open_in, publish, seen, solve
from tests.ui.real_hand import RealHand, is_at_hand
from tests.ui.visit import wait
from ui.first_run.first_run_dialog import FirstRun
from ui.people.page import PeoplePage
from ui.people.review import WHO, Review
from ui.people.wizard import Wizard
from ui.window import Window

BAR = 40
"""Clicks and keys at most."""
CASES = Path(__file__).parent / "cases"
PEOPLE, POLL = CASES / "60-messy-list" / "people.xlsx", CASES / "61-date-columns" / "poll.csv"


def answer_all(wizard: Wizard, person: Person, asked: list[str]) -> ImportReport:
    """Answer what a file asks as its coordinator would, import it, and return what the look through it said."""
    review = wizard.review
    wait(lambda: _is_read(wizard))
    wizard.window().activateWindow()
    wait(wizard.window().isActiveWindow)
    for _ in range(60):
        report = wizard.looked.report if wizard.looked is not None else None
        assert report is not None, "the dates are asked about"
        if review.words.open_lines:
            _answer_word(wizard, person, asked)
        elif review.who.open and review.pages.currentIndex() == WHO:
            _answer_who(review, person, asked)
        elif report.faults and not review.who.open:
            _mend(wizard, person, asked)
        elif review.go_button.text().startswith("Import"):
            break
        else:
            person.click(review.go_button, review.go_button.text())
        wait(lambda: _is_read(wizard))
    person.click(review.go_button, review.go_button.text())
    wait(lambda: wizard.steps.currentWidget() is wizard.result)
    return report


def _is_read(wizard: Wizard) -> bool:
    is_shown = wizard.looked is not None and wizard.looked.asked is wizard.asked
    return is_shown and not wizard.desk.is_reading and wizard.steps.currentWidget() is wizard.review


def _focus(review: Review) -> QWidget:
    return QApplication.focusWidget() or review


def _answer_who(review: Review, person: Person, asked: list[str]) -> None:
    """Two lines of one person are one; a known phone under another name is somebody new."""
    words = review.who.heading.text()
    is_one = words.startswith("Are lines")
    digit, answer = (Qt.Key.Key_1, "one person") if is_one else (Qt.Key.Key_2, "somebody new")
    if not is_one and not any("new" in button.accessibleName() for button in review.who.buttons):
        digit, answer = Qt.Key.Key_1, review.who.buttons[0].accessibleName()
    asked.append(f"{words} {answer}")
    before = len(review.who.open)
    person.key(_focus(review), digit, f"{answer}: {words}")
    wait(lambda: len(review.who.open) < before)


def _answer_word(wizard: Wizard, person: Person, asked: list[str]) -> None:
    raise AssertionError(f"a word nobody has an answer for: {wizard.review.words.open_lines[0]}")


def _mend(wizard: Wizard, person: Person, asked: list[str]) -> None:
    """Go to the cell that says two things of one person, and choose the status it stands for."""
    review, looked = wizard.review, wizard.looked
    assert looked is not None and looked.report is not None
    fault = looked.report.faults[0]
    person.click(review.go_button, review.go_button.text())
    box = review.bad.table.viewport().findChild(QComboBox)
    if not isinstance(box, QComboBox):
        return
    asked.append(f"Line {fault.line}, {fault.column}: {fault.reason} active")
    choices = box.view()
    wait(choices.isVisible)
    while choices.currentIndex().data(Qt.ItemDataRole.UserRole) != "active":
        person.key(choices, Qt.Key.Key_Down, "down")
    person.key(choices, Qt.Key.Key_Return, f"Enter: {choices.currentIndex().data()}")


def first_month(window: Window, people: Path, poll: Path, person: Person) -> dict[str, object]:
    """Do it all; returns the questions, and what was said of each file."""
    asked: list[str] = []
    dialog = seen(window, FirstRun)
    person.drop(dialog, people)
    wait(dialog.team.button.isEnabled)
    person.key(dialog, Qt.Key.Key_Return, "Enter: set up the team")
    wait(lambda: isinstance(window.page, PeoplePage) and window.page.wizard.steps.currentWidget() is not None)
    assert isinstance(window.page, PeoplePage)
    page = window.page
    listed = answer_all(page.wizard, person, asked)
    person.key(active(window), Qt.Key.Key_I, "Ctrl+I: import", CONTROL)
    wait(lambda: page.wizard.steps.currentWidget() is page.wizard.start)
    person.drop(page, poll)
    polled = answer_all(page.wizard, person, asked)
    solve(window, person)
    publish(window, person)
    return {"asked": asked, "people": listed.sentence(), "poll": polled.sentence()}


def run(people: Path, poll: Path, folder: Path, opened: Callable[[Path], Window]) -> dict[str, object]:
    """Return what the month took and brought."""
    person = RealHand() if is_at_hand() else Person()
    window = opened(folder)
    found = first_month(window, people, poll, person)
    board = window.desk.board
    assert board is not None
    calendars = len(list((folder / "out" / "calendars").glob("*.ics")))
    window.close()
    return {"acts": len(person.acts), "bar": BAR, "calendars": calendars, "by": person.BY, "what": person.acts, **found}


def main(words: list[str]) -> int:
    """Print what it took; return 1 where that is more than the bar."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=Path, default=PEOPLE, help="the list of people")
    parser.add_argument("--poll", type=Path, default=POLL, help="the poll of their availability")
    parser.add_argument("--json", action="store_true", help="print one line of JSON")
    said = parser.parse_args(words)
    if sys.platform.startswith("linux") and not {"DISPLAY", "WAYLAND_DISPLAY"} & os.environ.keys():
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication(sys.argv[:1])
    with tempfile.TemporaryDirectory() as folder:
        found = run(said.people, said.poll, Path(folder), lambda place: open_in(app, place))
    if said.json:
        print(json.dumps(found, ensure_ascii=False))
    else:
        print(
            f"{found['acts']} clicks and keys of {BAR} at most, {found['calendars']} calendars; by {found['by']}",
            *found["what"],
            sep="\n  ",
        )  # type: ignore[misc]
        print("Asked:", *found["asked"], sep="\n  ")  # type: ignore[misc]
        print("Said of the list:", found["people"], "Said of the poll:", found["poll"], sep="\n  ")
    return int(len(found["what"]) > BAR or not found["calendars"])  # type: ignore[arg-type]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
