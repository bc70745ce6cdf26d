"""Nothing that a test opens stays open: a connection left behind is named, whoever made it."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

from tests import opened
from tests.crt_scheduler import team_build as build


def test_a_connection_left_open_is_named_by_its_file_whichever_thread_made_it_and_a_closed_one_is_not(
    tmp_path: Path,
) -> None:
    start = opened.marks()
    with ThreadPoolExecutor(1) as thread, closing(sqlite3.connect(tmp_path / "left.db")) as left:
        there = thread.submit(sqlite3.connect, tmp_path / "thread.db", check_same_thread=False)
        with closing(there.result()):
            sqlite3.connect(tmp_path / "closed.db").close()
            assert opened.is_open(left)
            names = [Path(name).name for name in opened.close_since(start)]
    assert names == ["left.db", "thread.db"]


def test_the_stores_a_test_opened_are_closed_for_it(tmp_path: Path) -> None:
    start = opened.marks()
    store = build.team(tmp_path)
    with store.read():
        build.beside(store, who="deputy")
    assert opened.close_since(start) == []
