"""Publishing in the window: the difference, rules acknowledged by name, the files, and closing it at any moment."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from crt_scheduler import journal, roster
from crt_scheduler.publish.publishing import publish
from crt_scheduler.store import Store, open_store
from crt_scheduler.tables import PublishedFolder
from tests.crt_scheduler.team_build import responder, team
from tests.ui.build import MONTH, NOW, picture
from ui.desk import Desk
from ui.look import Look
from ui.publish.options import FOLDER, usual_folder
from ui.publish.publication_changes import KIND, PERSON, PHONE, SHIFT
from ui.publish.publish_dialog import PublishDialog
from ui.publish.stale import StaleDialog

DAY, NIGHT = "2027-01-09/day/Valley", "2027-01-09/night/Valley"
Ask = Callable[..., PublishDialog]


def records(folder: Path, *places: tuple[str, str], sent: bool = False) -> Path:
    """Return records with people on call in January, published already where `sent`."""
    store = team(folder, now=NOW)
    with store.change("Add people") as session:
        responder(session, "Kim", name="김민준", role="lead")
        responder(session, "Aram", name="Արամ Հակոբյան")
        responder(session, "Zoe", name="Zoë Ruiz", role="lead", email="", phone="")
    with store.change("Fill the roster") as session:
        for shift, person in places:
            roster.assign(session, roster.shift_name(shift), person)
    if sent:
        publish(store, MONTH, folder / "out")
    store.close()
    return store.path


def changed(path: Path, act: str, shift: str, person: str) -> None:
    """Let another program put somebody on a shift or take them off."""
    store = open_store(str(path), who="other", now=NOW)
    with store.change(f"{act} {person}") as session:
        getattr(roster, act)(session, roster.shift_name(shift), person)
    store.close()


@pytest.fixture
def ask(qtbot: QtBot, look: Look, desk_on: Callable[..., Desk], tmp_path: Path) -> Ask:
    """Open the dialog on a file of records, writing into the folder `out` beside it."""

    def begin(path: Path, *, ready: bool = True) -> PublishDialog:
        shown: list[Path] = []
        desk = desk_on(path)
        desk.settings.setValue(FOLDER, str(tmp_path / "out"))
        dialog = PublishDialog(desk, look, show_folder=shown.append)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        dialog.shown = shown  # type: ignore[attr-defined]
        qtbot.addWidget(dialog)
        dialog.open()
        if ready:
            qtbot.waitUntil(lambda: dialog.preview is not None)
        return dialog

    return begin


def press(dialog: PublishDialog, qtbot: QtBot) -> None:
    """Press the primary button and wait for the end."""
    dialog.button.click()
    assert dialog.is_publishing
    qtbot.waitUntil(lambda: not dialog.is_publishing)


def cells(dialog: PublishDialog, column: int) -> list[str]:
    """Return the words of a column of the difference."""
    model = dialog.table.changes
    return [model.data(model.index(row, column)) for row in range(model.rowCount())]


def test_the_difference_is_shown_per_person_and_published_with_one_press(
    ask: Ask, tmp_path: Path, qtbot: QtBot
) -> None:
    dialog = ask(records(tmp_path, (DAY, "Kim"), (DAY, "Aram")))
    assert cells(dialog, PERSON) == ["Արամ Հակոբյան", "김민준"]
    assert cells(dialog, SHIFT)[1] == "Sat 9 Jan 06:00–18:00: lead, Valley"
    assert dialog.button.text() == "Publish 2 changes"
    assert "cannot be undone" in dialog.warning.text()
    picture(dialog, "publish")
    press(dialog, qtbot)
    assert dialog.done_page.title.text() == "January 2027, version 1, is published"
    assert (tmp_path / "out" / "calendars" / "Kim.ics").exists()
    assert list((tmp_path / "out").glob("mail/2027-01-v1/*.eml"))
    dialog.done_page.folder.click()
    assert dialog.shown == [tmp_path / "out"]  # type: ignore[attr-defined]
    picture(dialog, "published")


def test_enter_publishes_from_the_button_and_nowhere_else(ask: Ask, tmp_path: Path, qtbot: QtBot) -> None:
    dialog = ask(records(tmp_path, (DAY, "Kim"), (DAY, "Aram")))
    for field in (dialog.options.edit, dialog.table, dialog.options.mail):
        field.setFocus()
        qtbot.keyClick(field, Qt.Key.Key_Return)
        assert not dialog.is_publishing
    dialog.button.setFocus()
    qtbot.keyClick(dialog.button, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog.done_page.isVisible())


def test_who_must_be_phoned_stands_first_with_an_icon_and_a_reason(ask: Ask, tmp_path: Path, qtbot: QtBot) -> None:
    path = records(tmp_path, (DAY, "Kim"), (DAY, "Aram"), sent=True)
    changed(path, "unassign", DAY, "Kim")
    changed(path, "assign", NIGHT, "Zoe")
    dialog = ask(path)
    assert cells(dialog, PERSON) == ["Zoë Ruiz", "김민준", "Արամ Հակոբյան"]
    assert cells(dialog, PHONE) == ["no phone: no e-mail", "(213) 555-0100: a shift is cancelled", ""]
    assert cells(dialog, KIND) == ["New", "Cancelled", "Partners"]
    assert (
        dialog.table.changes.data(dialog.table.changes.index(0, PHONE), int(Qt.ItemDataRole.DecorationRole)) is not None
    )
    for box in dialog.rules.boxes.values():
        box.setChecked(True)
    press(dialog, qtbot)
    dialog.done_page.copy.click()
    assert QGuiApplication.clipboard().text().splitlines()[0] == "Zoë Ruiz\tno phone number"
    assert dialog.done_page.copy.text() == "Copied"
    assert "Zoë Ruiz" in dialog.done_page.silent.text()


def test_nothing_goes_out_until_every_broken_rule_is_acknowledged_by_name(
    ask: Ask, tmp_path: Path, qtbot: QtBot
) -> None:
    path = records(tmp_path, (DAY, "Kim"), (DAY, "Aram"), (NIGHT, "Kim"))
    dialog = ask(path)
    assert "rest" in dialog.rules.boxes
    assert not dialog.button.isEnabled()
    assert dialog.reason.text().startswith("Acknowledge first: ")
    boxes = list(dialog.rules.boxes.values())
    for box in boxes[:-1]:
        box.setChecked(True)
    assert not dialog.button.isEnabled()
    boxes[-1].setChecked(True)
    assert dialog.button.isEnabled() and not dialog.reason.text()
    press(dialog, qtbot)
    label = dialog.desk.read(lambda session: journal.history(session, 1)[0].label)
    assert label.startswith("Publish January 2027, broken rules acknowledged: ")


def test_a_rule_broken_once_more_is_to_be_acknowledged_again(ask: Ask, tmp_path: Path, qtbot: QtBot) -> None:
    path = records(tmp_path, (DAY, "Kim"), (DAY, "Aram"), (NIGHT, "Kim"))
    dialog = ask(path)
    for box in dialog.rules.boxes.values():
        box.setChecked(True)
    changed(path, "assign", NIGHT, "Aram")
    dialog.desk.look_again()
    qtbot.waitUntil(lambda: len(cells(dialog, PERSON)) == 4)
    assert "Rest between duties" in dialog.reason.text()


def test_an_empty_month_says_so_and_offers_no_publishing(ask: Ask, tmp_path: Path) -> None:
    dialog = ask(records(tmp_path))
    assert dialog.reason.text() == "There is nothing to publish: nobody is on the roster."
    assert not dialog.button.isEnabled()


def test_a_month_without_news_may_have_its_files_written_again(ask: Ask, tmp_path: Path, qtbot: QtBot) -> None:
    dialog = ask(records(tmp_path, (DAY, "Kim"), (DAY, "Aram"), sent=True))
    assert dialog.summary.text().startswith("Nothing has changed since it was published.")
    assert dialog.button.text() == "Write the files again"
    press(dialog, qtbot)
    assert dialog.done_page.title.text() == "January 2027, version 1: same files"


def test_a_folder_that_cannot_be_written_is_said_beside_the_field(ask: Ask, tmp_path: Path, qtbot: QtBot) -> None:
    dialog = ask(records(tmp_path, (DAY, "Kim"), (DAY, "Aram")))
    (tmp_path / "notes").write_text("a file")
    dialog.options.edit.setText(str(tmp_path / "notes"))
    press(dialog, qtbot)
    assert dialog.options.edit.property("fault")
    assert "is a file. Name a folder" in dialog.options.edit.accessibleDescription()
    assert dialog.preview is not None and dialog.preview.version == 1
    dialog.options.edit.clear()
    qtbot.keyClicks(dialog.options.edit, " ")
    assert dialog.reason.text() == "Name the folder for the calendars."


def test_files_of_others_in_the_folder_are_replaced_only_once_that_is_ticked(
    ask: Ask, tmp_path: Path, qtbot: QtBot
) -> None:
    theirs = tmp_path / "out" / "calendars" / "Kim.ics"
    theirs.parent.mkdir(parents=True)
    theirs.write_text("a letter", encoding="utf-8")
    dialog = ask(records(tmp_path, (DAY, "Kim"), (DAY, "Aram")))
    assert not dialog.options.replace.isVisible()
    press(dialog, qtbot)
    assert "did not write: calendars/Kim.ics" in dialog.options.edit.accessibleDescription()
    assert "--" not in dialog.options.edit.accessibleDescription() and dialog.options.replace.isVisible()
    assert theirs.read_text(encoding="utf-8") == "a letter"
    qtbot.waitUntil(dialog.button.isEnabled)
    dialog.options.replace.click()
    press(dialog, qtbot)
    assert dialog.done_page.title.text() == "January 2027, version 1, is published"
    assert theirs.read_text(encoding="utf-8").startswith("BEGIN:VCALENDAR")


def test_a_window_puts_in_place_what_a_program_that_was_stopped_had_promised(
    desk_on: Callable[..., Desk], tmp_path: Path, qtbot: QtBot
) -> None:
    path = records(tmp_path, (DAY, "Kim"), sent=True)
    calendar = tmp_path / "out" / "calendars" / "Kim.ics"
    whole = calendar.read_bytes()
    with open_store(str(path), who="coordinator", now=NOW) as store, store.change("As a kill left it") as session:
        for row in session.scalars(select(PublishedFolder)):
            row.state = "placing"
    calendar.unlink()
    desk = desk_on(path)
    qtbot.waitUntil(lambda: desk.is_open and not desk.is_reading)
    assert calendar.read_bytes() == whole


@pytest.mark.usefixtures("short_of_patience")
def test_records_locked_by_another_program_are_said_and_nothing_is_half_written(
    ask: Ask, tmp_path: Path, qtbot: QtBot
) -> None:
    path = records(tmp_path, (DAY, "Kim"), (DAY, "Aram"))
    dialog = ask(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        press(dialog, qtbot)
        other.execute("ROLLBACK")
    assert dialog.fault.text().startswith("Another program is writing to the records.")
    assert not (tmp_path / "out").exists()
    press(dialog, qtbot)
    assert dialog.done_page.isVisible()


def test_what_moved_meanwhile_is_shown_before_it_is_published(ask: Ask, tmp_path: Path, qtbot: QtBot) -> None:
    path = records(tmp_path, (DAY, "Kim"), (DAY, "Aram"))
    dialog = ask(path)
    changed(path, "unassign", DAY, "Aram")
    dialog.button.click()
    qtbot.waitUntil(lambda: not dialog.is_publishing)
    assert "changed since this was shown" in dialog.fault.text()
    qtbot.waitUntil(lambda: cells(dialog, PERSON) == ["김민준"])


def test_it_may_be_closed_before_the_difference_is_read(ask: Ask, tmp_path: Path, qtbot: QtBot) -> None:
    dialog = ask(records(tmp_path, (DAY, "Kim")), ready=False)
    dialog.close()
    qtbot.waitUntil(lambda: not dialog.desk._asks.is_busy)


def test_closed_while_publishing_it_still_goes_out_and_the_window_says_so(
    look: Look, desk_on: Callable[..., Desk], tmp_path: Path, qtbot: QtBot
) -> None:
    desk = desk_on(records(tmp_path, (DAY, "Kim"), (DAY, "Aram")))
    desk.settings.setValue(FOLDER, str(tmp_path / "out"))
    dialog = PublishDialog(desk, look)
    dialog.open()
    qtbot.waitUntil(lambda: dialog.preview is not None)
    with qtbot.waitSignal(dialog.destroyed), qtbot.waitSignal(desk.said) as said:
        dialog.button.click()
        dialog.close()
    assert said.args == ["January 2027, version 1, is published"]
    assert (tmp_path / "out" / "calendars" / "Kim.ics").exists()


def test_a_refusal_after_closing_reaches_the_window(
    look: Look, desk_on: Callable[..., Desk], tmp_path: Path, qtbot: QtBot
) -> None:
    desk = desk_on(records(tmp_path, (DAY, "Kim"), (DAY, "Aram")))
    (tmp_path / "out").write_text("a file")
    desk.settings.setValue(FOLDER, str(tmp_path / "out"))
    dialog = PublishDialog(desk, look)
    dialog.open()
    qtbot.waitUntil(lambda: dialog.preview is not None)
    with qtbot.waitSignal(desk.failed) as failed:
        dialog.button.click()
        dialog.close()
    assert "is a file" in failed.args[0]


def test_the_folder_of_the_next_month_lies_beside_the_last(desk_on: Callable[..., Desk], tmp_path: Path) -> None:
    settings = desk_on(records(tmp_path)).settings
    assert usual_folder(settings, "2027-01").parts[-2:] == ("CRT Scheduler", "2027-01")
    settings.setValue(FOLDER, "/team/2027-01")
    assert usual_folder(settings, "2027-02") == Path("/team/2027-02")
    settings.setValue(FOLDER, "/team/served")
    assert usual_folder(settings, "2027-02") == Path("/team/served")


def test_who_holds_a_stale_calendar_is_listed_with_shifts(
    look: Look, desk_on: Callable[..., Desk], tmp_path: Path, qtbot: QtBot
) -> None:
    path = records(tmp_path, (DAY, "Kim"), (DAY, "Aram"), sent=True)
    dialog = StaleDialog(desk_on(path), look)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.open()
    qtbot.waitUntil(lambda: dialog.people == ())
    assert dialog.words.text() == "Everyone holds the calendar that was published last."
    changed(path, "unassign", DAY, "Aram")
    dialog.desk.look_again()
    qtbot.waitUntil(lambda: bool(dialog.people))
    assert dialog.words.text().startswith("2 people hold a calendar that differs from the roster.")
    assert [dialog.table.changes.data(dialog.table.changes.index(row, SHIFT)) for row in range(2)] == [
        "Sat 9 Jan 06:00–18:00: responder, Valley",
        "Sat 9 Jan 06:00–18:00: lead, Valley",
    ]
    assert dialog.months() == [MONTH]
    dialog.copy.click()
    assert "cancelled: Sat 9 Jan" in QGuiApplication.clipboard().text()
    picture(dialog, "stale")


def test_every_control_of_the_dialog_has_a_name(ask: Ask, tmp_path: Path) -> None:
    dialog = ask(records(tmp_path, (DAY, "Kim"), (NIGHT, "Kim")))
    nameless = [b for b in dialog.findChildren(QAbstractButton) if not (b.accessibleName() or b.text())]
    assert [b.objectName() for b in nameless if b.objectName() != "qt_tableview_cornerbutton"] == []
    assert isinstance(dialog.desk.store, Store)
