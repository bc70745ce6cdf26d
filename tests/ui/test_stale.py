"""When a page reads anew: as soon as an act touches a table that its answer was read from, and only then."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot
from sqlalchemy import select
from sqlalchemy.orm import Session

from crt_scheduler import journal, looked
from crt_scheduler.call_out import call_answers
from crt_scheduler.store import Store
from crt_scheduler.tables import NOT_RESTORED, Area, Assignment, Call, Record, Responder, Shift
from tests.crt_scheduler import call_build
from tests.opened import open_store
from tests.ui.build import settle
from ui.calls.page import CallsPage
from ui.demand.page import DemandPage
from ui.desk import Desk
from ui.hours.page import HoursPage
from ui.look import Look
from ui.own_desk.own_hand import Hand
from ui.own_desk.own_page import OwnBody
from ui.page import Page
from ui.people.page import PeoplePage
from ui.reports.page import ReportsPage
from ui.today.page import TodayPage

NOW = call_build.NOW
PAGES: tuple[type[Page], ...] = (TodayPage, PeoplePage, DemandPage, CallsPage, HoursPage, ReportsPage)
OTHERS = sorted(name for name in Record.metadata.tables if name not in NOT_RESTORED)
OpenDesk = Callable[..., Desk]


@pytest.fixture
def city(tmp_path: Path) -> Path:
    """Records of a small city on shift, with a call that was answered."""
    store = call_build.city(tmp_path)
    call = call_build.log(store)
    with store.change("Answer") as session:
        call_answers.answer(session, call, "Ana", "accepted", now=NOW)
        call_answers.answer(session, call, "Ben", "declined", now=NOW, reason="too far")
    store.close()
    return store.path


READ: Counter[type[Page]] = Counter()
"""How often a page of a kind was read."""


def counting(kind: type[Page]) -> type[Page]:
    """Return a page that counts how often it is read."""

    class Counting(kind):  # type: ignore[valid-type, misc]
        def refresh(self) -> None:
            READ[kind] += 1
            super().refresh()

    return Counting


def touch(other: Store, table: str) -> None:
    """Have another program do an act that touches a table."""
    with other.change(f"Touch {table}", final="It was only touched.") as session:
        journal.touch(session, [table])


def tables_of(desk: Desk, page: QObject) -> set[str]:
    """Return the tables that what a page shows was read from."""
    return {table for table in OTHERS if desk.is_stale(page, frozenset({table}))}


@pytest.mark.parametrize("kind", PAGES)
def test_a_page_follows_each_table_it_reads_and_no_other(
    desk_on: OpenDesk, qtbot: QtBot, look: Look, city: Path, kind: type[Page]
) -> None:
    desk = desk_on(city, now=NOW, month="2026-12")
    page = counting(kind)(desk, look)
    qtbot.addWidget(page)
    page.resize(1300, 800)
    page.show()
    qtbot.waitExposed(page)
    settle(qtbot, desk)
    mine = tables_of(desk, page)
    assert {"responder", "programme"} <= mine
    other = open_store(city, who="another", now=NOW)
    for table in OTHERS:
        before = READ[kind]
        touch(other, table)
        desk.look_again()
        assert (READ[kind] > before) == (table in mine), table
        settle(qtbot, desk)


def test_the_demand_page_follows_what_its_replay_stands_on(
    desk_on: OpenDesk, qtbot: QtBot, look: Look, city: Path
) -> None:
    desk = desk_on(city, now=NOW, month="2026-12")
    page = DemandPage(desk, look)
    qtbot.addWidget(page)
    page.show()
    settle(qtbot, desk)
    forgotten = {"call", "call_answer", "call_responder", "stand_down", "debrief", "wish", "rule_setting", "partner"}
    assert forgotten <= tables_of(desk, page), "answers flip, and the page must not stand still"


def test_a_page_that_is_not_seen_reads_once_it_is(desk_on: OpenDesk, qtbot: QtBot, look: Look, city: Path) -> None:
    desk = desk_on(city, now=NOW, month="2026-12")
    page = counting(HoursPage)(desk, look)
    qtbot.addWidget(page)
    page.show()
    settle(qtbot, desk)
    page.hide()
    before = READ[HoursPage]
    touch(open_store(city, who="another", now=NOW), "hours_entry")
    desk.look_again()
    assert READ[HoursPage] == before
    page.show()
    assert READ[HoursPage] == before + 1
    settle(qtbot, desk)


def test_the_responders_own_page_follows_what_it_shows(desk_on: OpenDesk, qtbot: QtBot, look: Look, city: Path) -> None:
    desk = desk_on(city, now=NOW, month="2026-12")
    body = OwnBody(Hand(desk, "Ana", "Ana (Ana)"), look)
    qtbot.addWidget(body)
    mine = tables_of(desk, body)
    assert {"assignment", "availability", "call", "hours_entry", "responder", "shift", "wish"} <= mine
    assert not {"incident", "demand_factor", "rule_setting"} & mine


def test_an_answer_that_is_being_read_may_be_old_whatever_was_touched(
    desk_on: OpenDesk, qtbot: QtBot, city: Path
) -> None:
    desk = desk_on(city, now=NOW, month="2026-12")
    owner = QObject()
    desk.ask(owner, "areas", lambda session: session.scalars(select(Area.name)).all(), lambda names: None)
    assert desk.is_stale(owner, frozenset({"wish"}))
    settle(qtbot, desk)
    assert not desk.is_stale(owner, frozenset({"wish"}))
    assert desk.is_stale(owner, frozenset({"area"}))


def test_a_question_that_was_refused_is_asked_again_when_its_tables_change(
    desk_on: OpenDesk, qtbot: QtBot, city: Path
) -> None:
    from crt_scheduler import roster

    desk = desk_on(city, now=NOW, month="2026-12")
    owner, said = QObject(), list[str]()
    desk.ask(owner, "who", lambda session: roster.person(session, "Zed"), lambda who: None, said.append)
    settle(qtbot, desk)
    assert "Nobody has the id" in said[0]
    assert desk.is_stale(owner, frozenset({"responder"})) and not desk.is_stale(owner, frozenset({"area"}))


def test_a_look_notes_tables_of_joins_of_selects_within_and_of_rows_by_number(city: Path) -> None:
    store: Store = open_store(str(city), who="coordinator", now=NOW)
    with store.read() as session:

        def read(look: Callable[[Session], object]) -> set[str]:
            tables: set[str] = set()
            with looked.noting(session, tables):
                look(session)
            session.expunge_all()
            return tables

        held = select(Assignment.id).where(Assignment.responder_id == Responder.id).exists()
        assert read(lambda s: s.execute(select(Responder.name).where(held)).all()) == {"responder", "assignment"}
        assert read(lambda s: s.execute(select(Shift.key).join(Assignment)).all()) == {"shift", "assignment"}
        assert read(lambda s: s.get(Call, 1)) == {"call"}
        within = select(Area.id).subquery()
        assert read(lambda s: s.scalars(select(within.c.id)).all()) == {"area"}
    store.close()


def test_what_is_taken_from_memory_is_noted_as_it_was_when_it_was_read(city: Path) -> None:
    from crt_scheduler import board

    store = open_store(str(city), who="coordinator", now=NOW)
    found = []
    for _ in range(2):
        tables: set[str] = set()
        with store.read() as session, looked.noting(session, tables):
            board.board(session, "2026-12", now=NOW)
        found.append(tables)
    assert found[0] == found[1] and {"call_answer", "credential"} <= found[0]
    store.close()
