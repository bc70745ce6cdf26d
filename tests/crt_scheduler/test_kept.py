"""What is kept in memory between two looks: used while nothing it rests on changed, and never a moment longer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from crt_scheduler import board, kept, roster
from crt_scheduler.store import Store, open_store
from crt_scheduler.tables import Area
from tests.crt_scheduler.team_build import NOW, responder, team

JANUARY = dt.date(2027, 1, 1)
IN_DECEMBER, IN_JANUARY = (roster.shift_name(f"{month}-09/night/Valley") for month in ("2026-12", "2027-01"))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A team of two."""
    store = team(tmp_path)
    with store.change("Add people") as session:
        responder(session, "ana", role="lead")
        responder(session, "ben", role="lead")
    yield store
    store.close()


def made(store: Store, tables: frozenset[str], before: dt.date | None = None) -> bool:
    """Look once and say whether the value had to be made anew."""
    asked: list[bool] = []
    with store.read() as session:
        kept.kept(session, "a test's", tables, lambda: asked.append(True), duties_before=before)
    return bool(asked)


def assign(store: Store, name: roster.ShiftName, code: str = "ana") -> None:
    with store.change(f"Assign {name}") as session:
        roster.assign(session, name, code)


def test_a_value_is_made_once_and_again_only_after_its_own_tables_changed(store: Store) -> None:
    people = frozenset({"responder"})
    assert made(store, people)
    assert not made(store, people)
    assign(store, IN_JANUARY)
    assert not made(store, people)
    with store.change("Add a person") as session:
        responder(session, "cy")
    assert made(store, people)
    store.undo()
    assert made(store, people)


def test_what_another_program_did_counts_as_much_as_ones_own_act(store: Store) -> None:
    assert made(store, frozenset({"responder"}))
    other = open_store(str(store.path), who="another", now=NOW)
    with other.change("Add a person") as session:
        responder(session, "cy")
    other.close()
    assert made(store, frozenset({"responder"}))


def test_duties_of_later_than_asked_for_leave_the_past_as_it_was(store: Store) -> None:
    nothing: frozenset[str] = frozenset()
    assert made(store, nothing, JANUARY)
    assign(store, IN_JANUARY)
    assert not made(store, nothing, JANUARY)
    assign(store, IN_DECEMBER, "ben")
    assert made(store, nothing, JANUARY)
    store.undo()
    assert made(store, nothing, JANUARY)
    store.undo()
    assert not made(store, nothing, JANUARY)


def test_a_look_that_changes_something_for_itself_neither_uses_nor_leaves_anything(store: Store) -> None:
    def count(session: Session) -> int:
        return kept.kept(session, "areas", frozenset({"area"}), lambda: session.query(Area).count())

    with store.read() as session:
        before = count(session)
    with store.read() as session:
        session.add(Area(programme_id=1, name="What if", weight=1.0))
        assert count(session) == before + 1
        session.flush()
        assert count(session) == before + 1
    with store.read() as session:
        assert count(session) == before


def test_a_board_after_many_acts_is_the_one_a_fresh_program_reads(store: Store) -> None:
    for month in ("2027-01", "2026-12"):
        for name in (IN_JANUARY, IN_DECEMBER):
            with store.read() as session:
                board.board(session, month, now=NOW)
            with store.change("Assign or take off") as session:
                if month == "2027-01":
                    roster.assign(session, name, "ana")
                else:
                    roster.unassign(session, name, "ana")
            fresh = open_store(str(store.path), who="another", now=NOW)
            with store.read() as ours, fresh.read() as theirs:
                for each in ("2027-01", "2026-12"):
                    assert board.board(ours, each, now=NOW) == board.board(theirs, each, now=NOW)
            fresh.close()
