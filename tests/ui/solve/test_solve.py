"""The solve drawer: a plan is watched, kept, previewed and applied as one act; whatever goes wrong is a sentence."""

from __future__ import annotations

import datetime as dt
import os
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QTableView, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from crt_scheduler import planning, roster
from crt_scheduler.board.solve_preview import preview
from crt_scheduler.places import solver_command
from crt_scheduler.store import open_store
from solver.check import check, verdict
from solver.result import Placed
from tests.crt_scheduler.team_build import credential
from tests.ui.build import MONTH, NOW, assign, picture, small_team
from ui.desk import Desk
from ui.look import Look
from ui.solve import stages
from ui.solve.axes import ticks
from ui.solve.drawer import SolveDrawer
from ui.solve.shift_changes import PHONE
from ui.solve.solving import State

Desks = Callable[..., Desk]
NIGHT = "2027-01-09/night/Valley"
DEAF = [*solver_command(), "--seconds", "600"]
"""The real solver, which listens to nobody: only an attended one hears a stop."""
MUTE = [sys.executable, "-c", "import sys; sys.stdin.read()"]
"""A program that takes a Problem and says nothing."""
LARGE = 40
"""People of a team whose plan is not proven best while a test looks at its solver (of ten people: half a second)."""


@pytest.fixture
def drawer_on(qtbot: QtBot, desk_on: Desks, look: Look) -> Iterator[Callable[[Path], SolveDrawer]]:
    """A drawer in a window of its own, on a file of records."""
    windows: list[QWidget] = []

    def begin(path: Path) -> SolveDrawer:
        window = QWidget()
        windows.append(window)
        drawer = SolveDrawer(desk_on(path), look)
        QVBoxLayout(window).addWidget(drawer)
        window.resize(1376, 300)
        window.show()
        return drawer

    yield begin
    for window in windows:
        window.close()


def first_step(qtbot: QtBot, drawer: SolveDrawer) -> None:
    """Begin to solve and wait for the first plan."""
    with qtbot.waitSignal(drawer.solving.stepped):
        drawer.solve()


def plan(qtbot: QtBot, drawer: SolveDrawer) -> None:
    """Solve until there is a first plan, and keep that."""
    first_step(qtbot, drawer)
    with qtbot.waitSignal(drawer.preview):
        drawer.solving.stop()


def rows(drawer: SolveDrawer) -> set[tuple[str, str]]:
    """Who is on call in January, as the records have it."""
    found = drawer.desk.read(lambda session: roster.month_rows(session, MONTH))
    return {(row.shift, row.person) for row in found}


def is_alive(number: int) -> bool:
    """Is there a process of that number?"""
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    return True


def test_stop_keeps_the_best_plan_and_apply_is_one_step_to_undo(
    qtbot: QtBot, tmp_path: Path, drawer_on: Callable[[Path], SolveDrawer]
) -> None:
    drawer = drawer_on(small_team(tmp_path))
    picture(drawer, "ready")
    first_step(qtbot, drawer)
    assert drawer.is_busy and "points" in drawer.course.cost_plot.accessibleDescription()
    picture(drawer, "running")
    with qtbot.waitSignal(drawer.preview) as shown:
        qtbot.keyClick(drawer, Qt.Key.Key_Period, Qt.KeyboardModifier.ControlModifier)
    assert drawer.solving.state is State.PLAN and rows(drawer) == set()
    added = {(row.shift, row.person) for row in shown.args[0]}
    assert added and drawer.head.apply_button.isEnabled()
    picture(drawer, "plan")
    qtbot.mouseClick(drawer.head.apply_button, Qt.MouseButton.LeftButton)
    assert rows(drawer) == added
    assert drawer.desk.undo_words == "Solve January 2027"
    assert drawer.solving.state is State.READY
    assert drawer.isHidden(), "there is nothing left to do in it"
    drawer.desk.undo()
    assert rows(drawer) == set()


def test_a_roster_that_moved_meanwhile_refuses_the_plan_in_a_sentence(
    qtbot: QtBot, tmp_path: Path, drawer_on: Callable[[Path], SolveDrawer]
) -> None:
    path = small_team(tmp_path)
    drawer = drawer_on(path)
    plan(qtbot, drawer)
    assign(path, (NIGHT, "V03"))
    drawer.solving.apply()
    assert rows(drawer) == {(NIGHT, "V03")}
    assert drawer.notice.words.text() == "The roster changed while solving. Solve again to apply."
    assert drawer.notice.button.text() == "Solve again" and not drawer.head.apply_button.isEnabled()
    with qtbot.waitSignal(drawer.preview) as shown:
        drawer.solving.discard()
    assert shown.args[0] == () and drawer.solving.state is State.READY


def test_a_solver_that_is_killed_leaves_the_best_plan_it_had_sent_and_says_so(
    qtbot: QtBot, tmp_path: Path, drawer_on: Callable[[Path], SolveDrawer]
) -> None:
    drawer = drawer_on(small_team(tmp_path, people=LARGE))
    first_step(qtbot, drawer)
    with qtbot.waitSignal(drawer.preview) as shown:
        os.kill(drawer.solving.job.number, signal.SIGKILL)
    assert drawer.notice.words.text() == (
        "The solver ended early (it was ended from outside). This is the best roster it had found; "
        "nothing is proven beyond it."
    )
    assert drawer.solving.state is State.PLAN and rows(drawer) == set()
    picture(drawer, "kept")
    drawer.solving.apply()
    assert rows(drawer) == {(row.shift, row.person) for row in shown.args[0]}


def test_stop_ends_with_the_best_plan_although_the_solver_is_frozen(
    qtbot: QtBot, tmp_path: Path, drawer_on: Callable[[Path], SolveDrawer]
) -> None:
    drawer = drawer_on(small_team(tmp_path, people=LARGE))
    drawer.solving.job.patience = 1
    first_step(qtbot, drawer)
    os.kill(drawer.solving.job.number, signal.SIGSTOP)
    with qtbot.waitSignal(drawer.preview) as shown:
        drawer.solving.stop()
    assert shown.args[0] and drawer.solving.state is State.PLAN
    assert drawer.notice.isHidden(), "the best plan was asked for, and here it is"
    result, problem = drawer.solving.result, drawer.solving.problem
    assert result is not None and problem is not None and result.status == "stopped"
    assert result.objective == verdict(check(problem, result.roster)).objective
    assert all(seat.reason for seat in result.open_seats)


def test_stop_ends_with_the_best_plan_although_the_solver_listens_to_nobody(
    qtbot: QtBot, tmp_path: Path, drawer_on: Callable[[Path], SolveDrawer]
) -> None:
    drawer = drawer_on(small_team(tmp_path, people=LARGE))
    drawer.solving.job.words, drawer.solving.job.patience = DEAF, 1
    first_step(qtbot, drawer)
    with qtbot.waitSignal(drawer.preview) as shown:
        drawer.solving.stop()
    assert shown.args[0] and drawer.solving.state is State.PLAN


@pytest.mark.parametrize("is_killed", [True, False])
def test_a_solver_that_ends_before_its_first_plan_leaves_a_sentence_and_the_records_as_they_were(
    qtbot: QtBot, tmp_path: Path, drawer_on: Callable[[Path], SolveDrawer], is_killed: bool
) -> None:
    drawer = drawer_on(small_team(tmp_path))
    job = drawer.solving.job
    job.words, job.first_patience = MUTE, 1
    drawer.solve()
    qtbot.waitUntil(lambda: job.is_running and job.number > 0)
    with qtbot.waitSignal(drawer.solving.failed):
        os.kill(job.number, signal.SIGKILL) if is_killed else drawer.solving.stop()
    why = "it was ended from outside" if is_killed else "it did not answer a stop"
    assert drawer.notice.words.text() == (
        f"The solver ended without a roster ({why}). The records are unchanged; solve again."
    )
    assert drawer.solving.state is State.READY and drawer.head.solve_button.isVisible()
    picture(drawer, "failed")
    assert rows(drawer) == set()


def test_closing_the_window_ends_the_solver(
    qtbot: QtBot, tmp_path: Path, drawer_on: Callable[[Path], SolveDrawer]
) -> None:
    drawer = drawer_on(small_team(tmp_path, people=LARGE))
    first_step(qtbot, drawer)
    number = drawer.solving.job.number
    assert is_alive(number)
    drawer.window().close()
    assert not is_alive(number) and not drawer.solving.job.is_running


def test_a_stop_before_the_first_plan_says_that_it_comes_first(
    qtbot: QtBot, tmp_path: Path, drawer_on: Callable[[Path], SolveDrawer]
) -> None:
    drawer = drawer_on(small_team(tmp_path, people=4))
    drawer.solve()
    qtbot.waitUntil(lambda: drawer.solving.state is State.RUNNING)
    with qtbot.waitSignal(drawer.preview):
        drawer.solving.stop()
        assert "no plan to keep yet" in drawer.notice.words.text()
    assert drawer.solving.result is not None and drawer.solving.result.status == "stopped"


def test_a_team_whose_checks_have_all_expired_is_told_so_before_anything_runs(
    qtbot: QtBot, tmp_path: Path, drawer_on: Callable[[Path], SolveDrawer]
) -> None:
    path = small_team(tmp_path, people=2)
    store = open_store(str(path), who="coordinator", now=NOW)
    with store.change("Expire") as session:
        for code in ("V00", "V01"):
            credential(session, code, "Background check", dt.date(2026, 6, 1))
    store.close()
    drawer = drawer_on(path)
    with qtbot.waitSignal(drawer.solving.failed):
        drawer.solve()
    assert "Nobody can be rostered" in drawer.notice.words.text()
    assert drawer.solving.state is State.READY and not drawer.solving.job.is_running


def test_escape_closes_the_drawer_only_when_nothing_runs(
    qtbot: QtBot, tmp_path: Path, drawer_on: Callable[[Path], SolveDrawer]
) -> None:
    drawer = drawer_on(small_team(tmp_path, people=2))
    drawer.solve()
    qtbot.keyClick(drawer, Qt.Key.Key_Escape)
    assert drawer.isVisible()
    drawer.solving.leave()
    drawer.solving._begin_anew()
    with qtbot.waitSignal(drawer.closed):
        qtbot.keyClick(drawer, Qt.Key.Key_Escape)
    assert not drawer.isVisible()


def test_who_loses_a_shift_they_were_told_of_must_be_phoned_and_comes_first(
    qtbot: QtBot, tmp_path: Path, drawer_on: Callable[[Path], SolveDrawer]
) -> None:
    path = small_team(tmp_path, people=4)
    assign(path, (NIGHT, "V03"), ("2027-01-12/day/Valley", "V01"))
    store = open_store(str(path), who="coordinator", now=NOW)
    with store.change("Tell") as session:
        roster.promise(session, roster.shift_name(NIGHT), "V03", "told")
    with store.read() as session:
        frozen = planning.problem(session, MONTH, now=NOW)
    store.close()
    found = preview(frozen, (Placed("V02", frozen.current[0].seat),))
    assert [(change.person, change.must_be_phoned) for change in found.people] == [
        ("V03", True),
        ("V01", False),
        ("V02", False),
    ]
    drawer = drawer_on(path)
    table = drawer.plan.changes_table
    table.show_people(found.people)
    said = table.changes.index(0, PHONE)
    assert said.data() == "Must be phoned"
    assert "Person 03 loses Sat 9 Jan night Valley" in said.data(Qt.ItemDataRole.AccessibleDescriptionRole)
    with qtbot.waitSignal(drawer.go_to) as asked:
        table.setCurrentIndex(said)
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert asked.args == ["V03", NIGHT]


def test_everything_in_the_drawer_has_a_name_to_hear(tmp_path: Path, drawer_on: Callable[[Path], SolveDrawer]) -> None:
    drawer = drawer_on(small_team(tmp_path, people=2))
    parts = [*drawer.findChildren(QPushButton), *drawer.findChildren(QTableView), drawer.head.length]
    assert [part for part in parts if not part.accessibleName() and part is not drawer.notice.button] == []


def test_the_stages_keep_to_the_name_of_the_moment_where_there_is_no_room(
    tmp_path: Path, drawer_on: Callable[[Path], SolveDrawer]
) -> None:
    drawer = drawer_on(small_team(tmp_path, people=2))
    drawer.head.show_state(State.RUNNING)
    drawer.window().resize(700, 300)
    named = [name.text() for name in drawer.head.steps._names if name.isVisible()]
    assert named == ["First plan"] and drawer.width() <= 1024


@pytest.mark.parametrize(
    ("objective", "bound", "words"),
    [
        (6838.0, 6812.0, "0.4 % above the limit"),
        (5.0, 5.0, "proven best"),
        (9.0, None, ""),
        (100.0, 40.0, "60 % above the limit"),
    ],
)
def test_how_far_a_plan_is_above_the_limit_is_said_in_words(objective: float, bound: float | None, words: str) -> None:
    assert stages.above_limit(objective, bound) == words


def test_the_ticks_of_a_plot_are_round_and_hold_every_value() -> None:
    assert ticks(6512, 9471) == (6000, 7000, 8000, 9000, 10000)
    assert ticks(0, 68) == (0, 20, 40, 60, 80)
    assert ticks(5, 5)[0] <= 5 < ticks(5, 5)[-1]
