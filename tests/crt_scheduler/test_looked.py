"""What a look notes of the tables it reads, held against what SQLite itself says was read."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from crt_scheduler import board, looked, month_answers, own_desk, today
from crt_scheduler.call_out import answer_rates, call_answers, whom_to_phone
from crt_scheduler.calls import calls_view
from crt_scheduler.care import care_view
from crt_scheduler.hours import view
from crt_scheduler.people import people_list, person_view
from crt_scheduler.plain_rows import plain_rows
from crt_scheduler.publish import publication_preview
from crt_scheduler.tables import NOT_RESTORED, Area, Record
from crt_scheduler.truth import demand_view
from tests.crt_scheduler import call_build
from tests.opened import open_store

NOW = call_build.NOW
CALL = 1
MONTH, DATE = "2026-12", NOW.date()
Look = Callable[[Session], object]
LOOKS: dict[str, Look] = {
    "board": lambda s: board.board(s, MONTH, now=NOW),
    "today": lambda s: today.today(s, now=NOW),
    "people": lambda s: people_list.lines(s, MONTH, now=NOW),
    "person": lambda s: person_view.page(s, "Ana", MONTH, now=NOW),
    "demand": lambda s: demand_view.demand_view(s, MONTH, now=NOW),
    "calls": lambda s: calls_view.calls_view(s, DATE, DATE, now=NOW),
    "call-out": lambda s: whom_to_phone.call_out(s, CALL, now=NOW),
    "care": lambda s: care_view.care(s, now=NOW),
    "hours": lambda s: view.hours_view(s, MONTH, now=NOW),
    "responder": lambda s: own_desk.page(s, "Ana", now=NOW),
    "asked": lambda s: month_answers.of_month(s, MONTH),
    "rates": lambda s: answer_rates.rates(s),
    "publication": lambda s: publication_preview.preview(s, MONTH, now=NOW),
}


@contextmanager
def told_by_sqlite(session: Session) -> Iterator[set[str]]:
    """Gather the tables that SQLite reads for a session."""
    connection = session.connection().connection.driver_connection
    assert isinstance(connection, sqlite3.Connection)
    read: set[str] = set()

    def see(action: int, table: str | None, *_: object) -> int:
        if action == sqlite3.SQLITE_READ and table:
            read.add(table)
        return sqlite3.SQLITE_OK

    connection.set_authorizer(see)
    try:
        yield read
    finally:
        connection.set_authorizer(None)


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Records of a small city on shift, with a call that was answered."""
    store = call_build.city(tmp_path_factory.mktemp("looked"))
    call = call_build.log(store)
    with store.change("Answer") as session:
        call_answers.answer(session, call, "Ana", "accepted", now=NOW)
    store.close()
    return store.path


@pytest.mark.parametrize("name", LOOKS)
def test_every_table_that_a_look_reads_is_noted_by_whatever_way_it_is_read(city: Path, name: str) -> None:
    store = open_store(str(city), who="coordinator", now=NOW)
    with store.read() as session, told_by_sqlite(session) as read:
        noted: set[str] = set()
        with looked.noting(session, noted):
            LOOKS[name](session)
    store.close()
    ours = read & set(Record.metadata.tables)
    assert ours, "SQLite told of nothing"
    assert ours - NOT_RESTORED <= noted, "what is not noted changes, and the page stands still"


def test_rows_read_past_the_orm_are_noted_as_any_others(city: Path) -> None:
    store = open_store(str(city), who="coordinator", now=NOW)
    with store.read() as session:
        noted: set[str] = set()
        with looked.noting(session, noted):
            plain_rows(session, select(Area.id))
        plain_rows(session, select(Record.metadata.tables["responder"].c.id))
    store.close()
    assert noted == {"area"}
