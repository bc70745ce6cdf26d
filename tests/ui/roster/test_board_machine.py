"""Random acts on the board by mouse and keyboard, with undo and redo between: board, records and rules always agree."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from msgspec.structs import replace
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from crt_scheduler import planning, programmes
from crt_scheduler.store import open_store
from tests.crt_scheduler.team_build import responder
from tests.ui.board_build import At, Shown, shown
from tests.ui.build import NOW, assign
from ui.desk import Desk
from ui.look import Look

EXAMPLES, STEPS, ACTS = 12, 50, 500
MONTH, FORTNIGHT = "2027-02", 28
"""The shortest month, and the columns of the two weeks of it that the acts happen in."""
START = (
    ("2027-02-02/day/Central", "V00"), ("2027-02-03/night/West", "V01"), ("2027-02-05/day/West", "V03"),
    ("2027-02-08/night/Central", "V02"), ("2027-02-09/day/Central", "V04"), ("2027-02-12/day/City", "V06"),
)  # fmt: skip
RULES_EACH = 16
"""Acts between looks at the rules, which are read in the background."""
cells = st.tuples(st.integers(0, 9), st.integers(0, FORTNIGHT - 1))
Key, Keys = Qt.Key, Qt.KeyboardModifier


class Random(RuleBasedStateMachine):
    """A coordinator who tries everything."""

    board: Shown
    total: list[int]
    folder: Path
    numbers: Iterator[int]
    start: bytes

    @initialize()
    def begin(self) -> None:
        """Start each run from the same records."""
        self.done = 0
        desk = self.board.desk
        desk.close_records()
        path = self.folder / f"{next(self.numbers)}.db"
        path.write_bytes(self.start)
        with self.board.qtbot.waitSignal(desk.board_changed):
            desk.open(path)

    def cell(self, at: tuple[int, int]) -> At:
        """Return a person's cell by number."""
        sheet = self.board.view.sheet
        assert sheet is not None
        return sheet.row_of[f"person/V{at[0]:02d}"], at[1]

    def chip(self, number: int) -> At:
        """Return the cell of one of the places on view; where nobody is on call, any cell."""
        sheet = self.board.view.sheet
        assert sheet is not None
        held = sorted(at for at, cell in sheet.cells.items() if cell.places)
        return held[number % len(held)] if held else self.cell((number % 10, number % FORTNIGHT))

    @rule(at=cells, number=st.integers(0, 5))
    def assign_by_key(self, at: tuple[int, int], number: int) -> None:
        """A, and one of the shifts offered."""
        self.board.view.choose(*self.cell(at))
        self.board.actions.menu = None
        self.board.press("a")
        menu = self.board.actions.menu
        if menu is not None:
            choices = [action for action in menu.actions() if action.isEnabled() and not action.isSeparator()]
            if choices:
                choices[number % len(choices)].trigger()
            menu.close()

    @rule(number=st.integers(0, 40), letter=st.sampled_from("ltc"))
    def one_letter(self, number: int, letter: str) -> None:
        """Lock, tell or confirm."""
        self.board.view.choose(*self.chip(number))
        self.board.press(letter)

    @rule(number=st.integers(0, 40))
    def clear(self, number: int) -> None:
        """Delete."""
        self.board.view.choose(*self.chip(number))
        self.board.key(Key.Key_Delete)

    @rule(number=st.integers(0, 40), to=cells, letter=st.sampled_from("ms"))
    def carry_by_key(self, number: int, to: tuple[int, int], letter: str) -> None:
        """Pick up, go there, drop."""
        self.board.view.choose(*self.chip(number))
        self.board.press(letter)
        self.board.view.choose(*self.cell(to))
        if self.board.view.hand.held is not None:
            self.board.key(Key.Key_Return)

    @rule(number=st.integers(0, 40), to=cells)
    def drag(self, number: int, to: tuple[int, int]) -> None:
        """Drag with the mouse."""
        self.board.drag(self.chip(number), self.cell(to))

    @rule(one=st.integers(0, 40), other=st.integers(0, 40))
    def drag_onto(self, one: int, other: int) -> None:
        """Drag onto another chip."""
        self.board.drag(self.chip(one), self.chip(other))

    @rule(letter=st.sampled_from("lt"))
    def everything(self, letter: str) -> None:
        """Ctrl+A, and one letter for all."""
        self.board.key(Key.Key_A, Keys.ControlModifier)
        self.board.press(letter)

    @rule(back=st.booleans())
    def step(self, back: bool) -> None:
        """Undo or redo."""
        (self.board.desk.undo if back else self.board.desk.redo)()
        self.board.settle()

    @invariant()
    def board_and_records_agree(self) -> None:
        """What the board shows is what the records hold, after every act."""
        if not hasattr(self, "done"):
            return
        view = self.board.view
        assert view.sheet is not None and view.board is not None
        shown_rows = {place.row for cell in view.sheet.cells.values() for place in cell.places}
        rows = self.board.rows()
        assert shown_rows == set(rows)
        assert len(view.board.places) == len(rows)
        self.done += 1
        self.total.append(self.done)
        if self.done % RULES_EACH == 0:
            self.rules_agree()

    def rules_agree(self) -> None:
        """What the board marks as broken is what the check finds."""
        board = self.board
        board.settle()
        frozen = board.desk.read(lambda session: planning.standing(session, MONTH, now=board.desk.now()).problem)
        found = [v for v in planning.violations(frozen, board.rows()) if v.hard]
        assert board.view.board is not None
        assert sorted(v.sentence for v in board.view.board.hard) == sorted(v.sentence for v in found)
        marked = {(place.key, sentence) for place in board.view.board.places for sentence in place.broken}
        assert {((v.person, v.shift), v.sentence) for v in found if v.person and v.shift} <= marked

    def teardown(self) -> None:
        """Look at the rules once more."""
        if hasattr(self, "done"):
            self.rules_agree()


def two_areas(folder: Path) -> Path:
    """Return records of ten people in two areas that help each other: half the seats to check, all kinds of them."""
    plan = programmes.preset("crt")
    areas = [area for area in plan.areas if area.name in ("Central", "West")]
    pair = [replace(area, neighbours=[other.name for other in areas if other != area]) for area in areas]
    store = open_store(str(folder / "two.db"), who="founder", now=NOW, create=True)
    with store.change("Set up") as session:
        programmes.init(session, replace(plan, areas=tuple(pair)), name="crt")
        for n in range(10):
            role = "lead" if n % 2 == 0 else "responder" if n < 8 else "trainee"
            area = areas[(n // 2) % 2].name
            responder(session, f"V{n:02d}", name=f"Person {n:02d}", area=area, role=role)
    store.close()
    return store.path


def test_board_records_and_rules_agree_after_five_hundred_random_acts(
    qtbot: QtBot, tmp_path: Path, look: Look, desk_on: Callable[..., Desk]
) -> None:
    path = two_areas(tmp_path)
    assign(path, *START)
    start = path.read_bytes()
    board = shown(qtbot, desk_on(path, month=MONTH), look)

    class Coordinator(Random):
        total: list[int] = []

    Coordinator.board, Coordinator.folder, Coordinator.start, Coordinator.numbers = board, tmp_path, start, count()
    run_state_machine_as_test(
        Coordinator,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            derandomize=True,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert len(Coordinator.total) >= ACTS
