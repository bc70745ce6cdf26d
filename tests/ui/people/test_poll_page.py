"""The poll in the import: people by dates, what is in doubt, days set by hand, and all of it by keys."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from crt_scheduler import month_answers
from tests.crt_scheduler.imports.test_imports_build import table
from tests.ui.build import settle, small_team
from ui.desk import Desk
from ui.look import Look
from ui.people.page import PeoplePage
from ui.people.poll_model import BY_HAND, MARK
from ui.people.review import COMES, POLL, WHO, WORDS, Review

DAYS = tuple(f"Jan {day}" for day in range(1, 32))
HEAD = ("Name", *DAYS)
YES, NO = ["Yes"] * 31, ["No"] * 31


@pytest.fixture
def page(qtbot: QtBot, look: Look, desk_on: Callable[..., Desk], tmp_path: Path) -> PeoplePage:
    """Return the People view of a team of ten."""
    found = PeoplePage(desk_on(small_team(tmp_path)), look)
    qtbot.addWidget(found)
    found.resize(1376, 820)
    found.show()
    settle(qtbot, found.desk)
    return found


def looked(qtbot: QtBot, page: PeoplePage, path: Path) -> Review:
    """Drop a file and wait until it is looked through."""
    page.open_wizard(path)
    wait(qtbot, page)
    return page.wizard.review


def wait(qtbot: QtBot, page: PeoplePage) -> None:
    """Wait until the file is looked through as it is asked for now."""
    wizard = page.wizard
    qtbot.waitUntil(lambda: wizard.looked is not None and wizard.looked.asked is wizard.asked)


def marks(review: Review, row: int) -> list[object]:
    """Return the marks of a row."""
    model = review.poll.grid.poll
    return [model.index(row, column).data(MARK) for column in range(model.columnCount())]


def test_a_poll_without_questions_opens_on_its_days_and_is_imported_there(
    qtbot: QtBot, page: PeoplePage, tmp_path: Path
) -> None:
    path = table(tmp_path, HEAD, ("Person 00", *YES), ("Person 01", *NO), ("Person 02", *[""] * 31))
    review = looked(qtbot, page, path)
    assert review.pages.currentIndex() == POLL and review.poll.grid.hasFocus()
    assert set(marks(review, 0)) == {"free"} and set(marks(review, 1)) == {"cannot"}
    assert review.poll.grid.poll.free == (1,) * 31
    listed = [review.poll.list.item(n).text() for n in range(review.poll.list.count())]
    assert listed == ["Person 02", *(f"Person 0{n}" for n in range(3, 10))]
    assert review.go_button.text() == "Import 31 lines"
    review.go_button.click()
    qtbot.waitUntil(lambda: page.wizard.steps.currentWidget() is page.wizard.result)
    with page.desk.store.read() as session:
        has = [each.name for each in month_answers.of_month(session, "2027-01") if each.has_answered]
    assert has == ["Person 00", "Person 01"]


def test_a_poll_of_yes_alone_can_be_imported_and_says_who_has_answered(
    qtbot: QtBot, page: PeoplePage, tmp_path: Path
) -> None:
    review = looked(qtbot, page, table(tmp_path, HEAD, ("Person 00", *YES), ("Person 01", *YES)))
    assert review.go_button.text() == "Import 2 people's answers" and review.go_button.isEnabled()
    review.go_button.click()
    qtbot.waitUntil(lambda: page.wizard.steps.currentWidget() is page.wizard.result)
    assert page.wizard.done.text() == "2 people have answered."
    page.desk.undo()
    with page.desk.store.read() as session:
        assert not any(each.has_answered for each in month_answers.of_month(session, "2027-01"))


def test_a_day_is_set_by_key_and_put_back_as_the_file_has_it(qtbot: QtBot, page: PeoplePage, tmp_path: Path) -> None:
    review = looked(qtbot, page, table(tmp_path, HEAD, ("Person 00", *YES), ("Person 01", *NO)))
    grid = review.poll.grid
    qtbot.keyClick(grid, Qt.Key.Key_Right)
    for key, grade in ((Qt.Key.Key_N, "cannot"), (Qt.Key.Key_I, "rather_not"), (Qt.Key.Key_Y, "free")):
        qtbot.keyClick(grid, key)
        wait(qtbot, page)
        assert grid.currentIndex().column() == 1, "the cell one is on stays"
        assert (marks(review, 0)[1], grid.currentIndex().data(BY_HAND)) == (grade, True)
    qtbot.keyClick(grid, Qt.Key.Key_Space)
    wait(qtbot, page)
    assert marks(review, 0)[1] == "rather_not" and "set here" in grid.currentIndex().data(Qt.ItemDataRole.ToolTipRole)
    qtbot.keyClick(grid, Qt.Key.Key_Delete)
    wait(qtbot, page)
    assert (marks(review, 0)[1], grid.currentIndex().data(BY_HAND)) == ("free", False)


def test_enter_goes_to_who_somebody_is_and_to_what_a_word_means(qtbot: QtBot, page: PeoplePage, tmp_path: Path) -> None:
    path = table(tmp_path, HEAD, ("Person 00", "perhaps so", *YES[1:]), ("P. 01", *YES), ("Nobody Here", *YES))
    review = looked(qtbot, page, path)
    assert review.pages.currentIndex() == WORDS
    review.turn_to(POLL)
    grid = review.poll.grid
    assert marks(review, 0)[0] == "open"
    qtbot.keyClick(grid, Qt.Key.Key_Return)
    assert review.pages.currentIndex() == WORDS
    review.turn_to(POLL)
    states = [grid.poll.person(row).state for row in range(3)]
    assert states[0] == "sure" and "sure" not in states[1:]
    grid.setCurrentIndex(grid.poll.index(states.index("bad"), 0))
    qtbot.keyClick(grid, Qt.Key.Key_Return)
    assert review.pages.currentIndex() in (WHO, COMES)


def test_a_file_without_any_answer_says_so_and_other_kinds_have_no_such_page(
    qtbot: QtBot, page: PeoplePage, tmp_path: Path
) -> None:
    review = looked(qtbot, page, table(tmp_path, HEAD, ("Person 00", *[""] * 31), name="blank.csv"))
    assert review.poll.middle.currentWidget() is review.poll.empty
    assert "Nobody has answered in this file yet" in review.poll.empty.text()
    other = looked(qtbot, page, table(tmp_path, ("Name", "Email"), ("Ani Lo", "a@example.org"), name="people.csv"))
    assert not other.tabs.isTabVisible(POLL)


def test_a_poll_of_a_whole_city_is_drawn_from_its_model_without_a_widget_a_cell(
    qtbot: QtBot, page: PeoplePage, tmp_path: Path
) -> None:
    rows = [(f"Stranger {n:03d}", *YES) for n in range(250)]
    review = looked(qtbot, page, table(tmp_path, HEAD, *rows))
    review.turn_to(POLL)
    grid = review.poll.grid
    assert (grid.poll.rowCount(), grid.poll.columnCount()) == (250, 31)
    before = len(grid.findChildren(object))
    for row in range(0, 250, 25):
        grid.setCurrentIndex(grid.poll.index(row, 30))
        grid.grab()
    assert len(grid.findChildren(object)) == before


def test_a_poll_of_nobody_the_team_knows_is_still_of_its_own_month(
    qtbot: QtBot, page: PeoplePage, tmp_path: Path
) -> None:
    head = ("Name", *(f"Dec {day}" for day in range(1, 32)))
    review = looked(qtbot, page, table(tmp_path, head, ("Zed Unknown", *YES)))
    assert review.poll.grid.corner.title.text() == "December 2026"
