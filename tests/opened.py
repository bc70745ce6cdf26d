"""What a test opens is closed when it ends: the stores it opened itself, and a word on every connection left open."""

from __future__ import annotations

import datetime as dt
import sqlite3
import sys
import threading
from pathlib import Path
from typing import Any

from crt_scheduler import store as records
from crt_scheduler.store import BUSY_SECONDS, Store

_STORES: list[Store] = []
_CONNECTIONS: list[tuple[sqlite3.Connection, str]] = []
_MAKING = threading.local()
"""The file of the connection that a thread is making: Python tells of it in two events."""


def open_store(
    database: str | Path, *, who: str, now: dt.datetime, create: bool = False, patience: float = BUSY_SECONDS
) -> Store:
    """Open the records as the app does; they are closed when the test ends, unless the test does so itself."""
    _STORES.append(records.open_store(str(database), who=who, now=now, create=create, patience=patience))
    return _STORES[-1]


def watch() -> None:
    """Note from now on every SQLite connection that this process makes, whoever makes it.

    Python 3.13 warns of one that is freed without being closed, but only when it is freed: in whichever test runs then.
    A connection noted here lives until the test ends, so that the test that left it open fails itself, on any Python.
    """
    sys.addaudithook(_note)


def _note(event: str, values: tuple[Any, ...]) -> None:
    if event == "sqlite3.connect":
        _MAKING.name = str(values[0])
    elif event == "sqlite3.connect/handle":
        _CONNECTIONS.append((values[0], _MAKING.name))


def marks() -> tuple[int, int]:
    """Return how many stores and connections there are: those that a wider fixture keeps are not the test's."""
    _CONNECTIONS[:] = [noted for noted in _CONNECTIONS if is_open(noted[0])]
    return len(_STORES), len(_CONNECTIONS)


def close_since(start: tuple[int, int]) -> list[str]:
    """Close the stores opened since and return the files of the connections that nobody closed."""
    stores, connections = start
    for store in reversed(_STORES[stores:]):
        store.close()
    del _STORES[stores:]
    left = [(connection, name) for connection, name in _CONNECTIONS[connections:] if is_open(connection)]
    del _CONNECTIONS[connections:]
    return [name for _, name in left]


def is_open(connection: sqlite3.Connection) -> bool:
    """Whether nobody has closed it; asked without touching the file, and from any thread."""
    try:
        return connection.total_changes >= 0
    except sqlite3.ProgrammingError:
        return False
