"""Builders for tests of the window: small teams on disk, the sample city, a desk opened on them, and pictures."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from crt_scheduler import imports, planning, roster
from crt_scheduler.act import Act, Deed
from crt_scheduler.programmes import init, preset
from crt_scheduler.sample.open_city import make_database
from crt_scheduler.store import Store, open_store
from solver.formulate import grid_of, period_of
from solver.greedy import greedy as first_plan
from solver.problem import Problem
from solver.result import Placed
from tests import patience
from tests.crt_scheduler.team_build import responder, team
from tests.made import copied, sample_files
from ui.desk import Desk
from ui.look import Look
from ui.ways import go
from ui.window import Window

T = TypeVar("T")
NOW = dt.datetime(2026, 12, 15, 17, 0, tzinfo=dt.UTC)
MONTH = "2027-01"
LONG = int(patience.LONG * 1000)
"""Milliseconds that any wait of the window may take."""


def open_desk(
    qtbot: QtBot, path: Path, settings: Path, *, who: str = "coordinator", now: dt.datetime = NOW, month: str = MONTH
) -> Desk:
    """Return a desk with its records open and the month's board read."""
    desk = Desk(
        who=who, clock=lambda: now, settings=QSettings(str(settings), QSettings.Format.IniFormat), is_daily=False
    )
    desk.month = month
    with qtbot.waitSignal(desk.board_changed):
        desk.open(path)
    return desk


def open_window(
    qtbot: QtBot, path: Path, settings: Path, look: Look, *, who: str = "coordinator", month: str = MONTH
) -> Window:
    """Return a window with its records open and the month's board read."""
    desk = Desk(
        who=who, clock=lambda: NOW, settings=QSettings(str(settings), QSettings.Format.IniFormat), is_daily=False
    )
    desk.month = month
    window = Window(desk, look, go)
    qtbot.addWidget(window)
    with qtbot.waitSignal(desk.board_changed):
        window.show()
        desk.open(path)
    return window


def deed(label: str, act: Callable[..., T], *values: Any, **named: Any) -> Deed[T]:
    """Return an act put together on the spot, for a test in which it does not matter what it is called."""
    return Act(act, lambda *_, **__: label)(*values, **named)


def settle(qtbot: QtBot, desk: Desk) -> None:
    """Wait until everything the window asked of the records has been answered."""
    qtbot.waitUntil(lambda: not desk.is_reading)


def small_team(folder: Path, *on: tuple[str, str], people: int = 10) -> Path:
    """Return a file of records with a few people of each area, leads every other one, and on call who is told: pairs
    of a shift's name and a person's id."""
    return copied(folder / "team.db", _small_team, people, on)


def _small_team(folder: Path, people: int, on: tuple[tuple[str, str], ...]) -> Store:
    store = team(folder, now=NOW)
    areas = ("Central", "South", "West", "Valley")
    with store.change("Add people") as session:
        for n in range(people):
            role = "lead" if n % 2 == 0 else "responder"
            responder(session, f"V{n:02d}", name=f"Person {n:02d}", area=areas[n % 4], role=role)
    if on:
        _put(store, on)
    return store


def assign(path: Path, *places: tuple[str, str]) -> None:
    """Put people on shifts: pairs of a shift's name and a person's id."""
    store = open_store(str(path), who="coordinator", now=NOW)
    _put(store, places)
    store.close()


def _put(store: Store, places: tuple[tuple[str, str], ...]) -> None:
    with store.change("Fill the roster") as session:
        for shift, person in places:
            roster.assign(session, roster.shift_name(shift), person)


def city_people(folder: Path) -> Path:
    """Return a file of records of the sample city's 290 people alone (made once, then copied)."""
    path = folder / "city.db"
    path.write_bytes(_people())
    return path


@cache
def _people() -> bytes:
    with TemporaryDirectory() as folder:
        return _city_with(Path(folder), "people").read_bytes()


def sample_city(folder: Path) -> Path:
    """Return a file of records of the whole sample city with January 2027 on call (made once, then copied)."""
    path = folder / "city.db"
    path.write_bytes(_city())
    return path


@cache
def _city() -> bytes:
    with TemporaryDirectory() as folder:
        return _make_city(Path(folder))


def _city_with(folder: Path, *kinds: str) -> Path:
    sample_files(folder)
    store = open_store(str(folder / "city.db"), who="coordinator", now=NOW, create=True)
    with store.change("Set up CRT on call") as session:
        init(session, preset("crt"), name="crt")
    for kind in kinds:
        imports.run(store, kind, folder / f"{kind}.csv")
    store.close()
    return store.path


def whole_city(folder: Path) -> Path:
    """Return the sample city as the window makes it, its year of calls and hours too, with January 2027 on call."""
    path = folder / "city.db"
    make_database(path, seed=1, month=MONTH, now=NOW, who="coordinator", on_step=lambda number, name: None)
    _solve(path)
    return path


def _make_city(folder: Path) -> bytes:
    path = _city_with(folder, "people", "availability", "incidents", "roster")
    _solve(path)
    return path.read_bytes()


def _solve(path: Path) -> None:
    store = open_store(str(path), who="coordinator", now=NOW)
    with store.read() as session:
        frozen = planning.problem(session, MONTH, now=NOW)
    with store.change("Solve January 2027") as session:
        planning.apply(session, frozen, greedy(frozen))
    store.close()


def greedy(frozen: Problem) -> tuple[Placed, ...]:
    """Return a legal roster at once, without the optimiser."""
    found = first_plan(grid_of(period_of(frozen)))
    return tuple(Placed(found.period.person(person).id, seat) for person, seat in found.placed())


def picture(widget: QWidget, name: str) -> None:
    """Keep a picture of a widget where CRT_SCHEDULER_PICTURES says; without it, nothing is drawn."""
    folder = os.environ.get("CRT_SCHEDULER_PICTURES")
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        widget.grab().save(str(Path(folder) / f"{name}.png"))
