"""The reports view: figures as the command line gives them, a rate asked for, and files that say what is on view."""

from __future__ import annotations

import csv
import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from crt_scheduler import cli
from crt_scheduler.reports.fair import FairReport
from crt_scheduler.reports.year_values import YearReport
from tests.crt_scheduler.report_build import Came, put_answers, put_calls, put_hours
from tests.ui.build import NOW, picture, small_team
from ui.desk import Desk
from ui.look import Look
from ui.reports.choice import LAST, OWN
from ui.reports.page import ReportsPage

Show = Callable[..., ReportsPage]


def records(folder: Path) -> Path:
    """A small team with three calls and hours in 2026, and one call in 2025."""
    path = small_team(folder, ("2026-06-05/night/Valley", "V00"), ("2026-06-06/day/West", "V01"))
    at = dt.datetime(2026, 6, 6, 9, tzinfo=dt.UTC)
    calls = [Came(at, 25, (1, 2)), Came(at + dt.timedelta(days=40), 70, (1,), area=2), Came(at, None, ())]
    put_calls(path, [*calls, Came(at - dt.timedelta(days=365), 30, (3,))])
    put_answers(path, [(1, 1, at, "accepted")])
    put_hours(
        path, [(1, "response", dt.date(2026, 6, 6), 150, "approved"), (2, "travel", dt.date(2026, 6, 6), 45, "logged")]
    )
    return path


@pytest.fixture
def show(qtbot: QtBot, look: Look, desk_on: Callable[..., Desk], tmp_path: Path) -> Show:
    """Show the reports page and wait for its figures."""

    def begin(path: Path | None = None) -> ReportsPage:
        page = ReportsPage(desk_on(path or records(tmp_path)), look)
        qtbot.addWidget(page)
        qtbot.addWidget(page.choice)
        qtbot.addWidget(page.button)
        page.resize(1376, 826)
        page.show()
        settle(qtbot, page)
        return page

    return begin


def settle(qtbot: QtBot, page: ReportsPage) -> None:
    """Wait until the page has answered."""
    qtbot.waitUntil(lambda: not page.desk.is_reading and not page._is_stale)


def figures(page: ReportsPage) -> dict[str, str]:
    """The big numbers as they are shown."""
    found = {}
    for card in page.body.figures:
        words, shown, *_ = [label.text() for label in card.findChildren(QLabel) if label.text()]
        found[words] = shown
    return found


def type_rate(qtbot: QtBot, page: ReportsPage, words: str) -> None:
    """Type a rate as a person does."""
    page.body.rate.rate.setText(words)
    QTest.keyClick(page.body.rate.rate, Qt.Key.Key_Return)
    settle(qtbot, page)


def test_the_view_shows_what_the_command_line_answers(
    show: Show, qtbot: QtBot, capsys: pytest.CaptureFixture[str]
) -> None:
    page = show()
    type_rate(qtbot, page, "31.51")
    words = ["--database", str(page.desk.path), "--now", NOW.isoformat(), "report", "year", "--from", "2026-01-01"]
    assert cli.run([*words, "--to", "2026-12-31", "--rate", "31.51", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out.splitlines()[-1])
    shown = figures(page)
    assert shown["Responses"] == str(answer["responses"]) == "2"
    assert shown["Person-responses"] == str(answer["person_responses"]) == "3"
    assert (shown["Response hours"], answer["response_minutes"]) == ("2:30", 150)
    assert (shown["On-call hours"], answer["on_call_minutes"]) == ("24:00", 1440)
    assert (shown["Value of hours"], answer["value"]) == ("$78.78", 78.78)
    assert {plot.accessibleName() for plot in page.body.plots} >= {"Responses by month", "Time to scene"}
    picture(page, "reports-year")


def test_a_missing_rate_is_asked_for_and_nothing_is_exported_until_then(
    show: Show, qtbot: QtBot, tmp_path: Path
) -> None:
    page = show()
    assert isinstance(page.report, YearReport) and page.report.value is None
    assert "Value of hours" not in figures(page) and "2026 has a rate" in page.body.rate.words.text()
    assert page.body.rate.rate.accessibleDescription() == "No rate is known. Type it."
    page.export_to(tmp_path / "year.csv")
    assert not (tmp_path / "year.csv").exists() and "Type what an hour is worth" in page.body.done.words.text()
    type_rate(qtbot, page, "lots")
    assert "is not a rate" in page.body.rate.rate.accessibleDescription()
    type_rate(qtbot, page, "36.10")
    assert figures(page)["Value of hours"] == "$90.25"
    page.choice.period.setCurrentIndex(LAST)
    settle(qtbot, page)
    assert page.body.rate.cents is None and "Value of hours" not in figures(page), "no rate is carried on"


def test_a_rate_is_kept_with_its_source_and_undone(show: Show, qtbot: QtBot) -> None:
    page = show()
    page.body.rate.rate.setText("36.10")
    page.body.rate.keep.click()
    settle(qtbot, page)
    assert "Say who publishes" in page.body.rate.source.accessibleDescription()
    page.body.rate.source.setText("City budget office")
    page.body.rate.keep.click()
    qtbot.waitUntil(lambda: figures(page).get("Value of hours") == "$90.25")
    settle(qtbot, page)
    assert "City budget office" in page.body.rate.words.text() and not page.body.rate.source.isVisible()
    page.desk.undo()
    qtbot.waitUntil(lambda: "Value of hours" not in figures(page))


def test_every_form_is_written_from_what_is_on_view(show: Show, qtbot: QtBot, tmp_path: Path) -> None:
    page = show()
    type_rate(qtbot, page, "27.20")
    for name in ("r.pdf", "r.xlsx", "r.csv"):
        page.body.done.hide()
        page.export_to(tmp_path / "new" / name)
        qtbot.waitUntil(page.body.done.isVisible)
        assert (tmp_path / "new" / name).stat().st_size > 500
        assert "Left out" in page.body.done.words.text() and page.body.done.button.text() == "Open folder"
    rows = list(csv.reader((tmp_path / "new" / "r.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert ["Value of hours", figures(page)["Value of hours"]] in [row[:2] for row in rows]
    page.export_to(tmp_path / "r.doc")
    qtbot.waitUntil(lambda: "is no PDF, XLSX or CSV" in page.body.done.words.text())


def test_ctrl_e_asks_for_a_file_named_after_the_report(show: Show, qtbot: QtBot) -> None:
    page = show()
    type_rate(qtbot, page, "27.20")
    QTest.keyClick(page, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    dialog = page.findChild(QFileDialog)
    assert dialog is not None and dialog.acceptMode() == QFileDialog.AcceptMode.AcceptSave
    assert Path(dialog.selectedFiles()[0]).name.startswith("year-2026-01-01-2026-12-31")
    dialog.filterSelected.emit("CSV (*.csv)")
    assert dialog.defaultSuffix() == "csv"
    dialog.reject()


@pytest.mark.parametrize("name", ["hours", "fairness", "coverage"])
def test_each_report_has_its_figures_plots_and_tables(show: Show, qtbot: QtBot, name: str) -> None:
    page = show()
    page.show_what(name)
    settle(qtbot, page)
    assert not page.body.rate.isVisible() and page.body.figures and page.body.plots and page.body.tables
    if name == "fairness":
        assert isinstance(page.report, FairReport) and int(figures(page)["Never called"]) == len(
            page.report.never_called
        )
        never = next(table for table in page.body.tables if table.accessibleName() == "Never called")
        assert never.rows.rowCount() == len(page.report.never_called)
    picture(page, f"reports-{name}")


def test_a_table_sorts_by_figures_and_back(show: Show, qtbot: QtBot) -> None:
    page = show()
    page.choice.show_report("hours")
    settle(qtbot, page)
    table = page.body.tables[0]
    before = list(table.rows.rows)
    table.sortByColumn(3, Qt.SortOrder.DescendingOrder)
    minutes = [row[3] for row in table.rows.rows]
    assert minutes == sorted(minutes, key=lambda each: -int(str(each)))
    table.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
    assert table.rows.rows == before
    index = table.rows.index(0, 3)
    assert ", On call: " in index.data(Qt.ItemDataRole.AccessibleTextRole)


def test_bars_are_read_by_keyboard_and_pointer(show: Show, qtbot: QtBot) -> None:
    page = show()
    plot = page.body.plots[0]
    assert plot.accessibleDescription() == "Month Jun, responses: 1"
    plot.setFocus()
    QTest.keyClick(plot, Qt.Key.Key_Right)
    assert plot.accessibleDescription() == "Month Jul, responses: 1"
    place = QPoint(plot.width() - 12, plot.height() // 2)
    assert plot.event(QHelpEvent(QHelpEvent.Type.ToolTip, place, plot.mapToGlobal(place)))
    plot.clearFocus()


def test_nothing_logged_says_so_and_dates_the_wrong_way_round_are_a_sentence(
    show: Show, qtbot: QtBot, tmp_path: Path
) -> None:
    page = show(small_team(tmp_path))
    assert "Nothing is logged from Thu 1 Jan 2026" in page._state.words.text() and not page.button.isEnabled()
    page._state.button.click()
    settle(qtbot, page)
    assert "2025" in page._state.words.text() and page._state.button.text() == "Log a call"
    page.choice.use_own_dates()
    assert page.choice.period.currentIndex() == OWN
    settle(qtbot, page)
    page.choice.last.setDate(page.choice.first.date().addDays(-1))
    page.choice.last.editingFinished.emit()
    settle(qtbot, page)
    assert "is after" in page._state.words.text()
    picture(page, "reports-fault")


def test_a_call_logged_meanwhile_is_on_view_at_once(show: Show, qtbot: QtBot) -> None:
    page = show()
    assert figures(page)["Responses"] == "2"
    at = dt.datetime(2026, 8, 1, 9, tzinfo=dt.UTC)
    put_calls(page.desk.path, [Came(at, 10, (4,))], first=50)
    page.desk.changed.emit(frozenset({"call"}))
    qtbot.waitUntil(lambda: figures(page).get("Responses") == "3")
    settle(qtbot, page)
