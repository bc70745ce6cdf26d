"""Records that are closed while somebody reads them are let go of when the reading ends, and no later."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Event

import pytest

from crt_scheduler import held, journal
from crt_scheduler.last_out import LastOut
from crt_scheduler.store import Store
from tests.crt_scheduler import team_build as build
from tests.patience import LONG


def is_let_go(store: Store) -> bool:
    """Whether no connection of this store is open: the last one to close takes the log beside the file away."""
    return not store.path.with_name(store.path.name + "-wal").exists()


def test_records_closed_while_another_thread_reads_them_are_let_go_of_when_it_is_done(tmp_path: Path) -> None:
    store = build.team(tmp_path)
    reading, closed = Event(), Event()

    def read() -> int:
        with store.read() as session:
            journal.revision(session)
            reading.set()
            assert closed.wait(LONG)
            return journal.revision(session)

    with ThreadPoolExecutor(1) as thread:
        answer = thread.submit(read)
        assert reading.wait(LONG)
        store.close()
        assert not is_let_go(store)
        closed.set()
        assert answer.result() == 1
    assert is_let_go(store)


def test_an_act_under_way_is_kept_although_the_records_are_closed_meanwhile(tmp_path: Path) -> None:
    store = build.team(tmp_path)
    with store.change("Add Ana and Ben") as session:
        store.close()
        build.pair(session)
    assert is_let_go(store)
    with closing(sqlite3.connect(store.path)) as raw:
        assert raw.execute("SELECT count(*) FROM responder").fetchone() == (2,)


def test_the_records_count_as_held_until_the_last_has_left_them(tmp_path: Path) -> None:
    store = build.team(tmp_path)
    with store.read():
        other = build.beside(store, who="deputy")
        store.close()
        other.close()
        assert held.is_held(store.path)
    store.close()
    assert not held.is_held(store.path)


def test_a_fault_while_the_records_are_closed_lets_go_of_them_all_the_same(tmp_path: Path) -> None:
    store = build.team(tmp_path)
    with pytest.raises(ZeroDivisionError), store.read() as session:
        store.close()
        journal.revision(session)
        _ = 1 / 0
    assert is_let_go(store)


def test_what_is_closed_first_is_let_go_of_again_by_whoever_comes_later() -> None:
    said: list[str] = []
    users = LastOut(lambda: said.append("let go"))
    users.close()
    with users.inside(), users.inside():
        assert said == ["let go"]
    assert said == ["let go", "let go"]
