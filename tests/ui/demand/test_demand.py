"""The demand view: what the slider says, what is set and undone, and that no log holds the window up."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from crt_scheduler import cli, demand, times
from crt_scheduler.demand import targets
from crt_scheduler.programmes import AreaPlan, add_areas
from crt_scheduler.tables import Area, Seat, ShiftTemplate
from tests.ui.build import MONTH, NOW, deed, picture, small_team
from ui.demand.edit_forecast import EditPanel
from ui.demand.page import DemandPage
from ui.demand.shifts import CHANCE
from ui.demand.slider import chance
from ui.desk import Desk
from ui.look import Look

Show = Callable[..., DemandPage]


@pytest.fixture
def show(qtbot: QtBot, look: Look, desk_on: Callable[..., Desk], tmp_path: Path) -> Show:
    """Show the demand page of a small team, or of a given file, and wait for its figures."""

    def begin(path: Path | None = None, *, wait: bool = True, size: tuple[int, int] = (1376, 826)) -> DemandPage:
        page = DemandPage(desk_on(path or small_team(tmp_path)), look)
        qtbot.addWidget(page)
        page.resize(*size)
        page.show()
        if wait:
            settle(qtbot, page)
        return page

    return begin


def settle(qtbot: QtBot, page: DemandPage) -> None:
    """Wait until the page has its figures and nothing is asked any more."""
    qtbot.waitUntil(lambda: page.ladder is not None and not page.desk._asks.is_busy)


def log(path: Path, count: int, *, years: int = 1) -> Path:
    """Write so many calls straight into the log, evenly over the years before NOW."""
    areas = [1, 2, 3, 4]
    start, step = times.minutes(NOW) - years * 365 * 1440, years * 365 * 1440 / count
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.executemany(
            "INSERT INTO incident (key, number, at, area_id, type, agency) VALUES (?, '', ?, ?, '', '')",
            (
                (f"k{n}", f"{times.from_minutes(start + int(n * step)):%Y-%m-%d %H:%M:%S.%f}", areas[n % 4])
                for n in range(count)
            ),
        )
    return path


def stop_at(page: DemandPage, share: float) -> None:
    """Move the slider to a share as a person does."""
    slider = page.body.target.targets.slider
    slider.setValue(page.body.target.targets.ticks.shares.index(share))


def typed(page: DemandPage, *words: str, capsys: pytest.CaptureFixture[str]) -> Any:
    """Type a command on the same records and return its answer."""
    given = ["--database", str(page.desk.path), "--now", NOW.isoformat(), *words, "--json"]
    assert cli.run(given) == 0
    return json.loads(capsys.readouterr().out.splitlines()[-1])


def chosen(page: DemandPage) -> targets.Targets:
    """The targets in the records."""
    return page.desk.read(targets.chosen)


def test_the_slider_shows_the_hours_that_the_command_line_shows(show: Show, capsys: pytest.CaptureFixture[str]) -> None:
    page = show()
    answer = typed(page, "targets", "ladder", MONTH, capsys=capsys)
    shown = {need["share"]: need for need in typed(page, "targets", "show", MONTH, capsys=capsys)["choices"]}
    for rung in answer["rungs"]:
        stop_at(page, rung["share"])
        bar = page.body.target.bar
        assert bar.hours is not None and bar.hours.needed == rung["near"]["hours"]
        assert f"{rung['near']['hours']:,.0f} hours needed" in bar.accessibleDescription()
        if rung["share"] in shown:
            assert bar.hours.needed == shown[rung["share"]]["hours"]
        page.body.target.borrow.setChecked(False)
        assert bar.hours is not None and bar.hours.needed == rung["alone"]["hours"]
        page.body.target.borrow.setChecked(True)
    assert (bar.hours.promised, bar.hours.kept) == (answer["promised"], answer["kept"])


def test_what_is_picked_is_said_and_outlives_a_refresh(show: Show, qtbot: QtBot) -> None:
    page = show()
    assert "No target is set" in page.body.target.state.text()
    stop_at(page, 0.99)
    assert "99 % is not set yet" in page.body.target.state.text() and page.set_button.isEnabled()
    page.desk.do(deed("Expect 500 calls", demand.set_yearly_calls, 500))
    settle(qtbot, page)
    assert page.view is not None and page.view.by_hand == 500
    assert page.body.target.targets.share == 0.99 and page.picked == {"": 0.99}
    page.desk.set_month("2027-02")
    qtbot.waitUntil(lambda: page.view is not None and page.view.month == "2027-02")
    settle(qtbot, page)
    assert page.body.target.targets.share == 0.99


def test_targets_set_together_are_one_undo_step(show: Show, qtbot: QtBot) -> None:
    page = show()
    stop_at(page, 0.97)
    page.areas.buttons.button(3).click()
    settle(qtbot, page)
    stop_at(page, 0.99)
    assert "One more target is not set yet" in page.body.target.state.text()
    page.set_button.click()
    assert chosen(page) == targets.Targets(0.97, {"West": 0.99})
    assert page.desk.undo_words == "Aim at 97 % of calls, 99 % of calls in West"
    settle(qtbot, page)
    assert not page.set_button.isEnabled() and page.body.target.state.text() == "The target is 99 %."
    page.desk.undo()
    assert chosen(page) == targets.Targets(None, {})
    settle(qtbot, page)
    assert page.picked == {} and "West has no target of its own" in page.body.target.state.text()


def test_a_target_is_cleared_where_it_was_set(show: Show, qtbot: QtBot) -> None:
    page = show()
    page.desk.do(deed("Aim", targets.choose, {"": 95.0, "South": 99.0}))
    page.areas.buttons.button(2).click()
    settle(qtbot, page)
    assert not page.body.target.clear_button.isHidden()
    page.body.target.clear_button.click()
    assert chosen(page) == targets.Targets(0.95, {})
    page.areas.buttons.button(0).click()
    settle(qtbot, page)
    page.body.target.clear_button.click()
    assert not chosen(page)
    settle(qtbot, page)
    assert page.body.target.clear_button.isHidden()


def test_without_a_log_the_forecast_by_hand_is_shown_and_an_import_is_offered(show: Show, qtbot: QtBot) -> None:
    page = show()
    assert "713 calls a year" in page.body.remarks.words.text() and page.body.heat.heat.rowCount() == 7
    assert not page.body.replay.again.isEnabled() and "No calls are logged" in page.body.replay.said.text()
    with qtbot.waitSignal(page.go) as asked:
        page.body.remarks.button.click()
    assert asked.args == ["import", "incidents"]


def test_a_log_of_100000_calls_never_holds_the_window_up(show: Show, qtbot: QtBot, tmp_path: Path) -> None:
    page = show(log(small_team(tmp_path), 100_000, years=10), wait=False)
    assert page.view is None and page.desk.is_reading, "it is read beside the window"
    assert "Reading the calls" in page._state.words.text()
    settle(qtbot, page)
    assert page.view is not None and page.view.logged == 100_000
    assert page.body.replay.found is None and page.body.replay.again.text() == "Run"


def test_a_replay_runs_when_asked_and_stop_discards_it(show: Show, qtbot: QtBot, tmp_path: Path) -> None:
    page = show(log(small_team(tmp_path), 300))
    card = page.body.replay
    qtbot.waitUntil(lambda: card.found is not None)
    assert card.found is not None and card.found.calls >= 299
    assert "points" in card.verdict.words.text() or "promise" in card.verdict.words.text()
    before = card.found
    card.run()
    card.discard()
    qtbot.waitUntil(lambda: not page.desk._asks.is_busy)
    assert card.found is before and card.said.text() == "Stopped."
    card.span.setCurrentIndex(3)
    card.span.activated.emit(3)
    assert not card.dates.isHidden()
    card.dates._from.setDate(card.dates._to.date())
    card.dates.button.click()
    qtbot.waitUntil(lambda: card.found is not before)
    assert card.found is not None and card.found.first == card.found.last


def test_areas_side_by_side_become_a_list_when_they_are_many(show: Show, qtbot: QtBot) -> None:
    page = show()
    page.areas.resize(page.areas.sizeHint())
    page.areas.buttons.button(2).click()

    def more(session: Any) -> None:
        session.query(Area).filter(Area.name == "South").one().name = "Harbor"
        add_areas(session, tuple(AreaPlan(f"District {n}", neighbours=("Harbor",)) for n in range(18)))

    page.desk.do(deed("Rename", more))
    settle(qtbot, page)
    assert page.areas.area == "" and page.areas.list.count() == 23 and page.areas.list.itemText(2) == "Harbor"
    page.areas.list.setCurrentIndex(2)
    page.areas.list.activated.emit(2)
    settle(qtbot, page)
    assert {row.area for row in page.body.shifts.shifts.rows} == {"Harbor"}
    assert page.body.target.head.text() == "Target for Harbor"
    picture(page, "demand-22-areas")


def test_every_hour_of_the_week_can_be_reached_and_heard(show: Show, qtbot: QtBot, tmp_path: Path) -> None:
    page = show(log(small_team(tmp_path), 300))
    table = page.body.heat
    table.setCurrentIndex(table.heat.index(0, 0))
    QTest.keyClick(table, Qt.Key.Key_Right)
    QTest.keyClick(table, Qt.Key.Key_Down)
    said = table.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole)
    assert said.startswith("Tue 01:00 to 02:00: ") and said.endswith("calls a year")
    assert "The busiest hour is" in table.accessibleDescription()
    plot = page.body.months
    assert "January 2027" in plot.accessibleDescription() and "calls came a month" in plot.accessibleDescription()
    QTest.keyClick(plot, Qt.Key.Key_Left)
    assert "December 2026" in plot.accessibleDescription()


def test_an_area_below_the_target_is_said_in_words_not_by_colour_alone(show: Show) -> None:
    page = show()
    page.body.target.borrow.setChecked(False)
    stop_at(page, 0.999)
    model = page.body.shifts.shifts
    row = next((n for n, each in enumerate(model.rows) if each.p_own < 0.999), None)
    said = "" if row is None else model.index(row, CHANCE).data(Qt.ItemDataRole.AccessibleTextRole)
    assert row is None or said.endswith("below the target")
    assert "are below the target" in page.body.shifts.accessibleDescription()
    model.sort(CHANCE, Qt.SortOrder.DescendingOrder)
    found = [each.p_own for each in model.rows]
    assert found == sorted(found, reverse=True) and chance(0.9999) == "> 99.9 %"


def test_edit_forecast_is_made_when_it_is_wanted_and_knows_the_month_by_then(show: Show, qtbot: QtBot) -> None:
    page = show()
    assert page.findChildren(EditPanel) == [], "most visits only look"
    page.edit_button.click()
    (panel,) = page.findChildren(EditPanel)
    assert panel.isVisible() and panel.holidays.count() and panel.yearly.text()
    close = next(b for b in panel.findChildren(QPushButton) if b.toolTip() == "Close Edit forecast")
    close.click()
    assert not panel.isVisible() and not page.edit_button.isChecked()


def test_a_factor_is_added_beside_its_faults_and_removed(show: Show, qtbot: QtBot) -> None:
    page = show()
    page.edit_button.click()
    form = page.body.edit.form
    form.times.setText("many")
    form.button.click()
    assert not form.fields["name"]._fault.isHidden() and "number" in form.fields["factor"]._fault.text()
    form.name.setText("Parade")
    form.times.setText("1,5")
    form.area.setCurrentIndex(form.area.findData("West"))
    form.button.click()
    assert page.desk.undo_words == "Set factor Parade to 1.5" and form.name.text() == ""
    settle(qtbot, page)
    assert page.view is not None and [(f.name, f.factor, f.area) for f in page.view.factors] == [
        ("Parade", 1.5, "West")
    ]
    remove = next(b for b in page.findChildren(QPushButton) if b.accessibleName() == "Remove the factor Parade")
    remove.click()
    assert page.desk.read(demand.factors) == ()
    page.body.edit.yearly.setText("none")
    page.body.edit._set_yearly()
    assert "Type a number" in page.body.edit.yearly_field._fault.text()
    picture(page, "demand-edit")


def test_a_holiday_begins_a_factor_and_what_is_typed_outlives_a_refresh(show: Show, qtbot: QtBot) -> None:
    page = show()
    page.edit_button.click()
    use = next(b for b in page.findChildren(QPushButton) if "New Year" in b.accessibleName())
    use.click()
    form = page.body.edit.form
    assert form.name.text().startswith("New Year") and form.first.date().toString("yyyy-MM-dd") == "2027-01-01"
    page.desk.do(deed("Expect 500 calls", demand.set_yearly_calls, 500))
    settle(qtbot, page)
    assert form.name.text().startswith("New Year") and page.body.edit.yearly.text() == "500"


def test_a_programme_without_shifts_says_so_and_the_page_tries_again(show: Show, qtbot: QtBot) -> None:
    page = show()

    def strip(session: Any) -> None:
        for kind in (Seat, ShiftTemplate):
            for row in session.query(kind):
                session.delete(row)
            session.flush()

    page.desk.do(deed("Drop every shift", strip))
    qtbot.waitUntil(lambda: page._state.button.text() == "Try again")
    assert "has no shifts" in page._state.words.text() and not page.set_button.isEnabled()
    page.desk.undo()
    settle(qtbot, page)
    assert page._stack.currentWidget() is page.body


def test_every_control_has_a_name_and_is_reached_by_key(show: Show) -> None:
    page = show()
    page.edit_button.click()
    reached = [w for w in page.findChildren(QWidget) if w.focusPolicy() & Qt.FocusPolicy.TabFocus and w.isVisible()]
    inner = [w for w in reached if w.objectName().startswith("qt_")]
    assert len(reached) > 15
    for part in (w for w in reached if w not in inner):
        assert part.accessibleName() or getattr(part, "text", str)(), type(part).__name__
    QTest.keyClick(page.body.target.targets.slider, Qt.Key.Key_Right)
    assert page.picked


def test_a_narrow_window_puts_the_cards_below_each_other(show: Show, qtbot: QtBot) -> None:
    page = show(size=(960, 560))
    assert page.body.heat_card.y() < page.body.months_card.y()
    page.resize(1376, 826)
    qtbot.waitUntil(lambda: page.body.heat_card.y() == page.body.months_card.y())
    page.event(QEvent(QEvent.Type.LayoutRequest))
    picture(page, "demand")
