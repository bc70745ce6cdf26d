"""The settings: rules in place, the programme's fields, areas, and records backed up and restored."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from crt_scheduler import backups, planning, roster
from crt_scheduler.settings import programme_acts
from crt_scheduler.version import version
from tests.ui.build import deed, settle, small_team
from ui.box import Box
from ui.desk import Desk
from ui.look import Look
from ui.settings.areas_section import AreasSection
from ui.settings.home_section import HomeSection
from ui.settings.look_section import LookSection
from ui.settings.programme_section import ProgrammeSection
from ui.settings.records import choose_records
from ui.settings.records_section import RecordsSection
from ui.settings.rules_section import HARD, POINTS, RulesSection
from ui.settings.settings_dialog import Settings
from ui.settings.settings_section import Section
from ui.window import Window

LOOK, RULES, PROGRAMME, HOME, CARE, AREAS, RECORDS = range(7)
NAME = roster.shift_name("2027-01-09/night/Central")


@pytest.fixture
def settings(desk_on: Callable[[Path], Desk], look: Look, qtbot: QtBot, tmp_path: Path) -> Iterator[Settings]:
    """The settings on the records of a small team."""
    parent = QWidget()
    qtbot.addWidget(parent)
    found = Settings(desk_on(small_team(tmp_path, people=4)), look, parent)
    found.open()
    yield found  # while the parent lives


def section(settings: Settings, number: int) -> Section:
    """Go to a section and return it."""
    settings.names.setCurrentRow(number)
    return settings.sections[number]


def type_into(line: QLineEdit, words: str) -> None:
    """Type words in the place of what a field holds, and press Enter."""
    line.selectAll()
    QTest.keyClicks(line, words)
    QTest.keyClick(line, Qt.Key.Key_Return)


def test_a_rule_is_priced_and_made_hard_in_the_table_and_each_is_one_undo(settings: Settings) -> None:
    rules = section(settings, RULES)
    assert isinstance(rules, RulesSection)
    row = next(n for n, rule in enumerate(rules.model.rows) if rule.rule == "alone")
    assert rules.model.setData(rules.model.index(row, POINTS), "75")
    assert settings._desk.read(planning.rules)["alone"].points == 75
    checked = Qt.CheckState.Checked.value
    assert rules.model.setData(rules.model.index(row, HARD), checked, Qt.ItemDataRole.CheckStateRole)
    assert settings._desk.read(planning.rules)["alone"].hard
    assert settings._desk.undo_words == "Make “Nobody sent out alone” hard"
    settings._desk.undo()
    assert rules.model.rows[row].points == 75 and not rules.model.rows[row].is_default


def test_a_rule_goes_back_to_how_it_was_shipped(settings: Settings) -> None:
    rules = section(settings, RULES)
    assert isinstance(rules, RulesSection)
    row = next(n for n, rule in enumerate(rules.model.rows) if rule.rule == "missed_calls")
    rules.table.setCurrentIndex(rules.model.index(row, POINTS))
    assert not rules.reset.isEnabled()
    rules.model.setData(rules.model.index(row, POINTS), "5")
    assert rules.reset.isEnabled()
    rules.reset.click()
    assert rules.model.rows[row].points == 1000 and rules.model.rows[row].is_default
    flags = rules.model.flags(rules.model.index(row, HARD))
    assert not flags & Qt.ItemFlag.ItemIsUserCheckable


def test_points_that_are_no_number_are_said_below_the_table(settings: Settings) -> None:
    rules = section(settings, RULES)
    assert isinstance(rules, RulesSection)
    before = rules.model.rows
    row = next(n for n, rule in enumerate(before) if not rule.hard)
    assert not rules.model.setData(rules.model.index(row, POINTS), "many")
    assert "“many” is no number" in rules._words.text() and rules._words.isVisible()
    assert rules.model.rows == before


def test_a_rule_says_title_column_and_state_to_a_screen_reader(settings: Settings) -> None:
    rules = section(settings, RULES)
    assert isinstance(rules, RulesSection)
    said = rules.model.index(0, HARD).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "A role the seat takes, Never broken: hard"


def test_a_field_of_the_programme_is_kept_when_it_is_left(settings: Settings) -> None:
    programme = section(settings, PROGRAMME)
    assert isinstance(programme, ProgrammeSection)
    type_into(programme._line("report_to"), "Front desk, 1 Main St")
    type_into(programme._line("alarm_minutes"), "90")
    programme.partner.click()
    found = settings._desk.read(programme_acts.show)
    assert (found.report_to, found.alarm_minutes, found.show_partner) == ("Front desk, 1 Main St", 90, False)
    assert settings._desk.undo_words == "Programme: show partner no"


def test_what_a_field_does_not_take_is_said_beside_it_and_kept_until_mended(settings: Settings) -> None:
    home = section(settings, HOME)
    assert isinstance(home, HomeSection)
    type_into(home._line("zone"), "Mars/Olympus")
    field = home.fields["zone"]
    assert "No time zone is called 'Mars/Olympus'" in field.widget.accessibleDescription()
    assert home._line("zone").text() == "Mars/Olympus"
    type_into(home._line("zone"), "America/Chicago")
    assert field.widget.accessibleDescription() == ""
    assert settings._desk.read(programme_acts.show).zone == "America/Chicago"


def test_a_country_is_chosen_and_clock_and_weeks_follow_it_or_are_chosen_too(settings: Settings) -> None:
    home = section(settings, HOME)
    assert isinstance(home, HomeSection)
    choose(home, "country", "EG")
    assert shown_in(home, "clock", "first_weekday", "date_order") == ["As in the country"] * 3
    choose(home, "clock", "24")
    choose(home, "first_weekday", "sunday")
    found = settings._desk.read(programme_acts.show)
    assert (found.country, found.subdivision, found.clock, found.first_weekday) == ("EG", "", "24", "sunday")
    for _ in range(3):
        settings._desk.undo()
    assert shown_in(home, "country", "clock", "first_weekday", "date_order") == [
        "United States", "18:00", "Monday", "As in the country"
    ]  # fmt: skip


def choose(programme: HomeSection, field: str, value: str) -> None:
    """Choose a value of a field's list as a person does."""
    box = programme.fields[field].widget
    assert isinstance(box, Box)
    box.setCurrentIndex(box.findData(value))
    box.activated.emit(box.currentIndex())


def shown_in(programme: HomeSection, *fields: str) -> list[str]:
    """Return what some lists show."""
    return [programme.fields[field].widget.currentText() for field in fields]  # type: ignore[attr-defined]


def test_another_zone_is_refused_beside_the_field_once_shifts_have_hours(settings: Settings) -> None:
    settings._desk.do(deed("Assign Person 00", roster.assign, NAME, "V00"))
    home = section(settings, HOME)
    assert isinstance(home, HomeSection)
    type_into(home._line("zone"), "America/Chicago")
    assert "were read in America/Los_Angeles" in home.fields["zone"].widget.accessibleDescription()
    assert settings._desk.read(programme_acts.show).zone == "America/Los_Angeles"


def test_an_area_is_added_with_neighbours_and_divisions(settings: Settings) -> None:
    areas = section(settings, AREAS)
    assert isinstance(areas, AreasSection)
    for name, words in (("name", "Harbour"), ("neighbours", "South, West"), ("divisions", "Docks, Pier")):
        areas._text(name).setText(words)
    areas.add.click()
    added = settings._desk.read(programme_acts.areas)[-1]
    assert (added.area, added.neighbours, added.divisions) == ("Harbour", ("South", "West"), ("Docks", "Pier"))
    assert areas.model.rows[-1].area == "Harbour" and areas._text("name").text() == ""
    settings._desk.undo()
    assert areas.model.rows[-1].area == "Valley"


@pytest.mark.parametrize(
    ("name", "weight", "neighbours", "field", "words"),
    [
        ("", "1", "", "name", "An area needs a name."),
        ("City", "1", "", "name", "No area may be called City"),
        ("Harbour", "none", "", "weight", "must be above 0"),
        ("Harbour", "1", "Atlantis", "neighbours", "which is no area"),
    ],
)
def test_an_area_that_cannot_be_added_says_why_beside_the_field(
    settings: Settings, name: str, weight: str, neighbours: str, field: str, words: str
) -> None:
    areas = section(settings, AREAS)
    assert isinstance(areas, AreasSection)
    areas._text("name").setText(name)
    areas._text("weight").setText(weight)
    areas._text("neighbours").setText(neighbours)
    areas.add.click()
    assert words in areas.fields[field].widget.accessibleDescription()
    assert len(settings._desk.read(programme_acts.areas)) == 4


def test_records_are_backed_up_and_restored_and_the_window_opens_them_again(settings: Settings, qtbot: QtBot) -> None:
    desk, records = settings._desk, section(settings, RECORDS)
    assert isinstance(records, RecordsSection)
    records.back_up.click()
    qtbot.waitUntil(lambda: len(records.model.rows) == 1)
    assert "Backed up to" in records.said.text()
    desk.do(deed("Assign Person 00", roster.assign, NAME, "V00"))
    records.list.setCurrentIndex(records.model.index(0, 0))
    records.restore.click()
    qtbot.waitUntil(records.yes.isVisible)
    assert "1 act done since would be gone: “Assign Person 00”" in records.question.text()
    records.no.click()
    assert not records.yes.isVisible() and desk.read(lambda s: roster.month_rows(s, "2027-01"))
    records.restore.click()
    qtbot.waitUntil(records.yes.isVisible)
    with qtbot.waitSignal(desk.opened):
        records.yes.click()
    assert desk.read(lambda session: roster.month_rows(session, "2027-01")) == []
    assert [backup.why for backup in backups.listed(desk.path)] == ["before-restore", "backup"]
    settle(qtbot, desk)


def test_a_file_that_is_no_backup_is_refused_and_the_records_stay(settings: Settings, qtbot: QtBot) -> None:
    desk, records = settings._desk, section(settings, RECORDS)
    assert isinstance(records, RecordsSection)
    letter = desk.path.with_name("letter.db")
    letter.write_text("Dear team", encoding="utf-8")
    records._ask(letter)
    qtbot.waitUntil(lambda: "is not a backup" in records.said.text())
    assert not records.yes.isVisible() and desk.is_open
    settle(qtbot, desk)


def test_backups_go_to_a_second_folder_that_is_chosen_here(settings: Settings, tmp_path: Path, qtbot: QtBot) -> None:
    desk, records = settings._desk, section(settings, RECORDS)
    assert isinstance(records, RecordsSection)
    records._set_second(tmp_path / "stick")
    assert "There is no folder" in records.said.text() and not records.only_here.isVisible()
    (tmp_path / "stick").mkdir()
    records._set_second(tmp_path / "stick")
    assert str(tmp_path / "stick") in records.second.text() and records.only_here.isVisible()
    records.back_up.click()
    qtbot.waitUntil(lambda: len(records.model.rows) == 1)
    assert [each.name for each in (tmp_path / "stick").iterdir()] == [records.model.rows[0].path.name]
    records.only_here.click()
    assert not records.only_here.isVisible()
    settle(qtbot, desk)


def test_the_look_says_at_its_foot_which_release_this_is(settings: Settings) -> None:
    part = section(settings, LOOK)
    assert isinstance(part, LookSection)
    assert part.release.text() == f"CRT Scheduler {version()}" and part.release.isVisible()


def test_the_look_changes_at_once_and_is_remembered(settings: Settings, look: Look) -> None:
    part = section(settings, LOOK)
    assert isinstance(part, LookSection)
    part.choices["dark"].click()
    assert look.is_dark and settings._desk.settings.value("look", "", type=str) == "dark"
    part.choices["light"].click()
    assert not look.is_dark


def test_other_records_are_opened_from_a_file(
    window_on: Callable[[Path], Window], qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "other").mkdir()
    other = small_team(tmp_path / "other", people=2)
    window = window_on(small_team(tmp_path, people=4))
    settle(qtbot, window.desk)
    choose_records(window)
    dialog = window.findChildren(QFileDialog)[-1]
    with qtbot.waitSignal(window.desk.board_changed):
        dialog.fileSelected.emit(str(other))
    dialog.close()
    assert window.desk.path == other and window.desk.board is not None and len(window.desk.board.lines) == 2
    settle(qtbot, window.desk)
