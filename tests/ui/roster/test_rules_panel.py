"""The rules panel: what is broken, what it costs, and the way from one problem to the next."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from crt_scheduler import roster
from tests.ui.build import deed, small_team
from ui.desk import Desk
from ui.look import Look
from ui.roster.rules.rules_panel import RulesPanel

DAY = "2027-01-05/day/Central"
NIGHT = "2027-01-05/night/Central"


@pytest.fixture
def panel(qtbot: QtBot, tmp_path: Path, look: Look, desk_on: Callable[..., Desk]) -> Iterator[tuple[RulesPanel, Desk]]:
    """The rules of a month in which one person has a night straight after a day, and most seats are open."""
    path = small_team(tmp_path, (DAY, "V00"), (NIGHT, "V00"))
    desk = desk_on(path)
    rules = RulesPanel(desk, look)
    qtbot.addWidget(rules)
    rules.resize(368, 852)
    rules.show()
    yield rules, desk


def rest(panel: RulesPanel) -> QModelIndex:
    """The row of the first broken rule."""
    return panel.model.index(0, 0)


def test_broken_rules_come_first_then_what_the_month_pays_for(panel: tuple[RulesPanel, Desk]) -> None:
    rules, _ = panel
    assert rules.state.text() == "A rule is broken in 1 place."
    assert rest(rules).data() == "Broken: Rest between duties  1"
    sentence = rules.model.index(0, 0, rest(rules)).data()
    assert sentence == "Person 00 has 0 h rest before Central, Tue 5 January night; 12 h are needed."
    points = [cost.points for cost in rules.model.costs if not cost.hard]
    assert points == sorted(points, reverse=True) and points[0] > 0
    assert rules.total.text().startswith("The month costs ")


def test_points_of_the_rules_sum_to_the_cost_of_the_month(panel: tuple[RulesPanel, Desk]) -> None:
    rules, desk = panel
    assert desk.board is not None
    whole = sum(violation.points for violation in desk.board.violations)
    assert sum(cost.points for cost in rules.model.costs) == pytest.approx(whole)
    assert sum(v.points for cost in rules.model.costs for v in cost.violations) == pytest.approx(whole)


def test_the_panel_says_why_the_month_is_so_open_while_it_is_seen(qtbot: QtBot, panel: tuple[RulesPanel, Desk]) -> None:
    rules, desk = panel
    qtbot.waitUntil(rules.why.isVisible)
    assert desk.board is not None
    assert f"{len(desk.board.gaps)} of " in rules.why.text() and "places are open: " in rules.why.text()
    rules.hide()
    before = rules.why.text()
    desk.do(deed("Assign Person 01", roster.assign, roster.shift_name(DAY), "V01"))
    rules.show()
    qtbot.waitUntil(lambda: rules.why.text() != before and rules.why.isVisible())


def test_enter_on_a_broken_rule_goes_there(qtbot: QtBot, panel: tuple[RulesPanel, Desk]) -> None:
    rules, _ = panel
    rules.tree.setCurrentIndex(rules.model.index(0, 0, rest(rules)))
    with qtbot.waitSignal(rules.go_to) as gone:
        QTest.keyClick(rules.tree, Qt.Key.Key_Return)
    assert gone.args == ["V00", NIGHT]


def test_next_walks_broken_rules_by_date_then_open_seats_dearest_first(
    qtbot: QtBot, panel: tuple[RulesPanel, Desk]
) -> None:
    rules, desk = panel
    assert desk.board is not None
    count, gap = len(rules.problems), desk.board.gaps[0]
    assert count == 1 + len(desk.board.gaps)
    with qtbot.waitSignals([rules.go_to, desk.said]):
        rules.next()
    assert rules.words.startswith(f"1 of {count}. Person 00 has 0 h rest")
    with qtbot.waitSignal(rules.go_to_seat) as gone:
        rules.next()
    assert gone.args == [f"{gap.date.isoformat()}/{gap.shift}/{gap.area}", gap.role, gap.tier]
    points = [problem.points for problem in rules.problems[1:]]
    assert points == sorted(points, reverse=True)
    rules.previous()
    rules.previous()
    assert rules.words.startswith(f"{count} of {count}.")


def test_a_mended_problem_leaves_the_list_and_next_goes_on_from_there(
    qtbot: QtBot, panel: tuple[RulesPanel, Desk]
) -> None:
    rules, desk = panel
    count = len(rules.problems)
    rules.next()
    with qtbot.waitSignal(desk.board_changed):
        desk.do(deed("Take off", roster.unassign, roster.shift_name(NIGHT), "V00"))
    assert rules.state.text() == "No rule is broken."
    assert len(rules.problems) == count  # the broken rule is gone, the seat is open instead
    rules.next()
    assert rules.at == 0


def test_what_is_unfolded_stays_unfolded_when_the_roster_changes(qtbot: QtBot, panel: tuple[RulesPanel, Desk]) -> None:
    rules, desk = panel
    number = next(n for n, cost in enumerate(rules.model.costs) if not cost.hard and len(cost.violations) > 1)
    rule = rules.model.costs[number].rule
    with qtbot.assertNotEmitted(rules.go_to):
        rules.tree.activated.emit(rules.model.index(number, 0))
    with qtbot.waitSignal(desk.board_changed):
        desk.do(deed("Confirm", roster.promise, roster.shift_name(DAY), "V00", "confirmed"))
    again = next(n for n, cost in enumerate(rules.model.costs) if cost.rule == rule)
    assert rules.tree.isExpanded(rules.model.index(again, 0))


def test_a_month_with_nothing_to_mend_says_so(
    qtbot: QtBot, look: Look, desk_on: Callable[..., Desk], tmp_path: Path
) -> None:
    desk = desk_on(small_team(tmp_path))
    rules = RulesPanel(desk, look)
    qtbot.addWidget(rules)
    rules.problems = ()
    with qtbot.waitSignal(desk.said) as heard:
        rules.next()
    assert heard.args == ["Nothing to mend: no rule is broken, no seat is open."]
    with qtbot.waitSignal(rules.closed):
        QTest.keyClick(rules, Qt.Key.Key_Escape)
