"""The first run in the window: a team set up with one key, the sample city with one click, and Stop."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from crt_scheduler.places import making, sample_database
from crt_scheduler.programmes import programme_of
from crt_scheduler.sample import STEPS
from tests.crt_scheduler.team_build import team
from tests.ui.build import NOW, picture
from tests.ui.today.test_today import dragged_onto, drop
from ui.desk import Desk
from ui.first_run.city_making import CityJob
from ui.first_run.first_run_dialog import FirstRun
from ui.look import Look
from ui.today.page import TodayPage
from ui.ways import go
from ui.window import Window

Begin = Callable[[], FirstRun]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    made = Desk(who="coordinator", clock=lambda: NOW, settings=settings, is_daily=False)
    yield made
    made.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = tmp_path / "kept"
    found.mkdir()
    return found


@pytest.fixture
def begin(qtbot: QtBot, look: Look, desk: Desk, folder: Path) -> Begin:
    """Open the dialog; everything it makes is kept in one folder."""

    def open_it() -> FirstRun:
        dialog = FirstRun(desk, look, folder=folder)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        qtbot.addWidget(dialog)
        dialog.open()
        qtbot.waitUntil(dialog.team.button.isEnabled)
        return dialog

    return open_it


def files(folder: Path) -> list[str]:
    """Return what lies in a folder, hidden files too."""
    return sorted(path.name for path in folder.iterdir())


def test_enter_alone_sets_up_a_team_and_leads_to_its_first_steps(
    begin: Begin, desk: Desk, folder: Path, look: Look, qtbot: QtBot
) -> None:
    dialog = begin()
    picture(dialog, "first-run")
    with qtbot.waitSignal(desk.opened):
        qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert desk.path == folder / "team.db"
    qtbot.waitUntil(dialog.isHidden)
    page = TodayPage(desk, look)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: page.today is not None)
    assert page.today is not None and page.today.next_step is not None
    assert page.today.next_step.kind == "people"


def test_a_list_dropped_at_once_is_imported_after_the_team_is_set_up(
    begin: Begin, desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    dialog = begin()
    assert drop(dialog, tmp_path / "people.csv")
    assert dialog.team.expected.text() == "people.csv is imported next."
    with qtbot.waitSignal(dialog.brought) as brought:
        dialog.team.button.click()
    assert brought.args == [tmp_path / "people.csv"]
    assert desk.is_open


def test_a_list_dropped_on_a_field_is_the_list_and_no_words_in_it(begin: Begin, tmp_path: Path) -> None:
    dialog = begin()
    named = dialog.team.name.text()
    for field in (dialog.team.name, *dialog.team.zone.findChildren(QLineEdit)):
        dialog.file = None
        dragged_onto(field, tmp_path / "people.csv")
        assert dialog.file == tmp_path / "people.csv"
        assert dialog.team.name.text() == named and "people" not in dialog.team.zone.currentText()


def test_a_team_keeps_the_name_and_zone_that_were_chosen(begin: Begin, desk: Desk, qtbot: QtBot) -> None:
    dialog = begin()
    dialog.team.name.setText("서울 위기대응팀")
    dialog.team.zone.setCurrentText("Asia/Seoul")
    with qtbot.waitSignal(desk.opened):
        dialog.team.button.click()
    assert desk.read(lambda session: (programme_of(session).name, programme_of(session).zone)) == (
        "서울 위기대응팀",
        "Asia/Seoul",
    )


def test_a_zone_that_is_none_is_said_beside_its_field(begin: Begin, folder: Path) -> None:
    dialog = begin()
    dialog.team.zone.setCurrentText("Mars/Olympus")
    dialog.team.make()
    assert dialog.team.zone.accessibleDescription().startswith("No time zone is called so.")
    dialog.team.name.clear()
    dialog.team.make()
    assert dialog.team.name.accessibleDescription() == "A team needs a name. Type one."
    assert files(folder) == []


def test_records_that_are_there_are_never_written_over(begin: Begin, folder: Path) -> None:
    team(folder).close()
    assert begin().team.path == folder / "team-2.db"


def test_a_file_that_appears_meanwhile_is_said_and_left_alone(begin: Begin, folder: Path, qtbot: QtBot) -> None:
    dialog = begin()
    (folder / "team.db").write_bytes(b"something")
    dialog.team.button.click()
    qtbot.waitUntil(lambda: bool(dialog.team.fault.text()))
    assert "is there already" in dialog.team.fault.text()
    assert (folder / "team.db").read_bytes() == b"something"
    assert dialog.team.button.isEnabled()


def test_the_sample_city_that_is_there_opens_at_once(begin: Begin, desk: Desk, folder: Path, qtbot: QtBot) -> None:
    dialog = begin()
    store = team(folder, name=sample_database("2027-01").name)
    store.close()
    with qtbot.waitSignal(desk.opened):
        dialog.sample.button.click()
    assert desk.path == store.path


def test_a_window_left_without_records_says_what_to_do(desk: Desk, look: Look, folder: Path, qtbot: QtBot) -> None:
    window = Window(desk, look, go)
    qtbot.addWidget(window)
    window.show()
    desk.open(folder / "team.db")
    dialog = window.findChild(FirstRun)
    qtbot.waitUntil(dialog.team.button.isEnabled)
    assert dialog.team.path == folder / "team.db"
    dialog.reject()
    assert window.notice.words.text().startswith("No records are open.")
    assert files(folder) == []


def test_stop_ends_the_making_and_leaves_nothing(begin: Begin, folder: Path, qtbot: QtBot) -> None:
    dialog = begin()
    with qtbot.waitSignal(dialog.sample.job.stepped):
        dialog.sample.button.click()
    assert f"1 of {len(STEPS)}: inventing the city" in dialog.sample.state.text()
    assert making(dialog.sample.path).exists()
    picture(dialog, "first-run-running")
    dialog.sample.stop.click()
    assert files(folder) == []
    assert dialog.sample.state.text() == "Stopped. Nothing was left behind."
    assert dialog.sample.button.isVisible() and not dialog.sample.stop.isVisible()


def test_closing_the_dialog_stops_the_making(begin: Begin, folder: Path, qtbot: QtBot) -> None:
    dialog = begin()
    dialog.open_sample()
    assert dialog.sample.job.is_running
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isHidden() and not dialog.sample.job.is_running
    assert files(folder) == []


def test_a_city_that_cannot_be_made_says_the_sentence_of_the_command_line(
    folder: Path, desk: Desk, qtbot: QtBot
) -> None:
    (folder / "city.db").write_bytes(b"something")
    job = CityJob(desk)
    with qtbot.waitSignal(job.failed) as failed:
        job.start(folder / "city.db", month="2027-01", now=NOW + dt.timedelta(seconds=1), who="coordinator")
    assert "is there already" in failed.args[0]
