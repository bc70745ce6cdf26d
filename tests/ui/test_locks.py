"""The window keeps its locks: nothing in its process touches the open records but SQLite."""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QFileDialog, QFileSystemModel, QWidget
from pytestqt.qtbot import QtBot

from crt_scheduler import backups
from crt_scheduler.errors import CrtError
from crt_scheduler.sheets import read
from crt_scheduler.store import APPLICATION, known_revisions, open_store
from tests.ui.build import NOW, assign, settle, small_team
from tests.ui.visit import visit
from tests.ui.watch import is_locked, opened_in
from ui import file_dialogs
from ui.calls.page import CallsPage
from ui.first_run.first_run_dialog import FirstRun
from ui.hours.page import HoursPage
from ui.people.page import PeoplePage
from ui.publish.options import FOLDER
from ui.publish.publish_dialog import PublishDialog
from ui.reports.page import ReportsPage
from ui.settings.records import choose_records
from ui.today.page import TodayPage
from ui.window import Window

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="Linux tells the locks of a file; elsewhere the system's own dialogs are used"
)
ROOT = Path(__file__).resolve().parents[2]
DAY = "2027-01-09/day/Valley"
STRAYS = ("other.db", "people", "team.sqlite", "list.csv", "picture", ".directory", "x.desktop")
Windows = Callable[..., Window]


@pytest.fixture
def window(window_on: Windows, tmp_path: Path, qtbot: QtBot) -> Window:
    """A window on a team's records, with other files beside them whose names tell little or nothing."""
    for name in STRAYS:
        (tmp_path / name).write_text("no table", encoding="utf-8")
    (tmp_path / "folder").mkdir()
    path = small_team(tmp_path, people=4)
    assign(path, (DAY, "V03"))
    found: Window = window_on(path)
    settle(qtbot, found.desk)
    assert is_locked(path), "an open window holds its locks: without them this file's tests would say nothing"
    return found


def list_of(qtbot: QtBot, dialog: QFileDialog, folder: Path) -> None:
    """Show a dialog on a folder in both its ways, until it has listed everything and drawn it."""
    dialog.setDirectory(str(folder))
    dialog.show()
    files = dialog.findChild(QFileSystemModel)
    assert files is not None, "this is Qt's own dialog"
    qtbot.waitUntil(lambda: files.rowCount(files.index(str(folder))) > 0)
    for way in (QFileDialog.ViewMode.List, QFileDialog.ViewMode.Detail):
        dialog.setViewMode(way)
        dialog.grab()
    inside = files.index(str(folder))
    for row in range(files.rowCount(inside)):
        for column in range(files.columnCount()):
            for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.DecorationRole):
                files.index(row, column, inside).data(role)


def drop(widget: QWidget, path: Path) -> None:
    """Drop a file on a widget."""
    carried = QMimeData()
    carried.setUrls([QUrl.fromLocalFile(str(path))])
    act, no = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    widget.dropEvent(QDropEvent(QPointF(50, 50), act, carried, Qt.MouseButton.LeftButton, no))


@pytest.mark.parametrize("way", ["file", "folder", "where", "file in place of a folder"])
def test_a_file_dialog_lists_the_records_folder_and_looks_into_no_file(
    window: Window, tmp_path: Path, qtbot: QtBot, way: str
) -> None:
    path = window.desk.path
    for _ in range(2):  # the second one begins, for Qt, in the folder that was visited last
        with opened_in(tmp_path) as seen:
            dialog = {
                "file in place of a folder": lambda: file_dialogs.ask(window, "A file", path),
                "file": lambda: file_dialogs.ask(window, "A file", tmp_path),
                "folder": lambda: file_dialogs.ask_folder(window, "A folder", tmp_path),
                "where": lambda: file_dialogs.ask_where(window, "Where", tmp_path, path.name),
            }[way]()
            list_of(qtbot, dialog, tmp_path)
            dialog.selectFile(str(path))
            dialog.reject()
        assert seen & set(STRAYS) == set()
        assert is_locked(path)


def test_qts_own_dialog_would_lose_the_locks(window: Window, tmp_path: Path, qtbot: QtBot) -> None:
    dialog = QFileDialog(window, "Qt's own", str(tmp_path))
    with opened_in(tmp_path) as seen:
        list_of(qtbot, dialog, tmp_path)
    dialog.deleteLater()
    assert {"people", "other.db"} <= seen, "so the test above would have seen it"
    assert not is_locked(window.desk.path)


def test_every_file_dialog_of_the_window_is_made_in_one_place() -> None:
    makers = set()
    for path in sorted((ROOT / "ui").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and "QFileDialog" in ast.unparse(node.func).split("."):
                makers.add(path.relative_to(ROOT).as_posix())
    assert makers == {"ui/file_dialogs.py"}


def test_every_view_and_panel_leaves_the_locks_alone(window: Window) -> None:
    path, lost = window.desk.path, []
    visit(window, then=lambda name: None if is_locked(path) else lost.append(name))
    assert lost == []


@pytest.mark.parametrize("kind", ["import", "sheets", "report", "records", "publish"])
def test_every_act_that_asks_for_a_file_keeps_the_locks(
    window: Window, tmp_path: Path, qtbot: QtBot, kind: str
) -> None:
    owner: QWidget = window
    if kind == "import":
        window.go("import", "people")
        assert isinstance(window.page, PeoplePage)
        window.page.wizard.choose_file()
    elif kind == "sheets":
        window.go("hours")
        assert isinstance(window.page, HoursPage)
        settle(qtbot, window.desk)
        window.page.sheets._ask_folder(lambda path: None)
    elif kind == "report":
        window.go("reports")
        assert isinstance(window.page, ReportsPage)
        qtbot.waitUntil(lambda: isinstance(window.page, ReportsPage) and window.page.printed is not None)
        window.page.export()
    elif kind == "records":
        choose_records(window)
    else:
        owner = PublishDialog(window.desk, window.look, window)
        owner.show()
        qtbot.waitUntil(lambda: owner.preview is not None)  # type: ignore[attr-defined]
        owner.options._browse()  # type: ignore[attr-defined]
    for dialog in owner.findChildren(QFileDialog):
        list_of(qtbot, dialog, tmp_path)
        dialog.reject()
    settle(qtbot, window.desk)
    assert is_locked(window.desk.path)


@pytest.mark.parametrize("ending", ["", "-wal", "-shm"])
def test_the_open_records_dropped_as_a_list_are_refused_without_being_opened(
    window: Window, qtbot: QtBot, ending: str
) -> None:
    path = window.desk.path
    window.show_place("people")
    page = window.page
    assert isinstance(page, PeoplePage)
    drop(page, path.with_name(path.name + ending))
    qtbot.waitUntil(lambda: bool(page.wizard.start_fault.text()))
    assert "is the team's records, which are open" in page.wizard.start_fault.text()
    assert is_locked(path)


def test_the_records_are_known_by_every_name(window: Window, tmp_path: Path) -> None:
    path = window.desk.path
    (tmp_path / "people.csv").symlink_to(path)
    (tmp_path / "hours.xlsx").hardlink_to(path)
    for name in ("people.csv", "hours.xlsx"):
        with pytest.raises(CrtError, match="which are open"):
            read(tmp_path / name)
    assert is_locked(path)


def test_another_team_file_and_a_list_dropped_anywhere_leave_the_locks_alone(
    window: Window, tmp_path: Path, qtbot: QtBot
) -> None:
    path = window.desk.path
    (tmp_path / "elsewhere").mkdir()
    other = small_team(tmp_path / "elsewhere", people=2).rename(tmp_path / "other-team.db")
    for place, kind in (("today", TodayPage), ("people", PeoplePage), ("calls", CallsPage)):
        window.show_place(place)
        assert isinstance(window.page, kind)
        for dropped in (other, path, tmp_path / "list.csv"):
            drop(window.page, dropped)
            settle(qtbot, window.desk)
            assert is_locked(path), (place, dropped.name)
    dialog = FirstRun(window.desk, window.look, window)
    drop(dialog, path)
    assert dialog.file is None and is_locked(path)
    dialog.deleteLater()


def test_publishing_into_the_folder_of_the_records_keeps_the_locks(
    window: Window, tmp_path: Path, qtbot: QtBot
) -> None:
    window.desk.settings.setValue(FOLDER, str(tmp_path))
    dialog = PublishDialog(window.desk, window.look, window, show_folder=lambda path: None)
    dialog.show()
    dialog.options.edit.setText(str(tmp_path))
    qtbot.waitUntil(lambda: dialog.preview is not None and dialog.button.isEnabled())
    dialog.button.click()
    qtbot.waitUntil(dialog.done_page.isVisible)
    assert (tmp_path / "calendars" / "V03.ics").exists()
    settle(qtbot, window.desk)
    assert is_locked(window.desk.path)


def test_another_program_finds_the_log_in_place_after_a_file_dialog(
    window: Window, tmp_path: Path, qtbot: QtBot
) -> None:
    path = window.desk.path
    dialog = file_dialogs.ask(window, "A file", tmp_path)
    list_of(qtbot, dialog, tmp_path)
    dialog.reject()
    log = path.with_name(path.name + "-wal").stat().st_ino
    open_store(str(path), who="another", now=NOW).close()
    assert path.with_name(path.name + "-wal").stat().st_ino == log


def test_backups_made_listed_looked_at_and_records_opened_again_keep_the_locks(window: Window, qtbot: QtBot) -> None:
    desk = window.desk
    path, known = desk.path, {"known": known_revisions(), "application": APPLICATION}
    made = desk.store.back_up(backups.dated_name(path, NOW))
    assert is_locked(path)
    assert [found.path for found in backups.listed(path)] == [made] and is_locked(path)
    backups.preview(path, made, **known)  # type: ignore[arg-type]
    assert is_locked(path)
    with pytest.raises(CrtError):
        backups.preview(path, path, **known)  # type: ignore[arg-type]
    assert is_locked(path)
    desk.store.back_up_daily()
    assert is_locked(path)
    open_store(str(path), who="another", now=NOW).close()
    assert is_locked(path)
    with qtbot.waitSignal(desk.board_changed):
        window.open_records(path)
    assert is_locked(path)
