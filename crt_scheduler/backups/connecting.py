"""Plain connections to a file of records: always through SQLite, always by the file's exact name, always closed."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

BUSY_SECONDS = 15.0
"""How long to wait for another program that is writing."""


def uri(path: Path, mode: str) -> str:
    """Return a path as the URI that SQLite opens; every letter of the name stands for itself."""
    return f"{path.absolute().as_uri()}?{mode}"


@contextmanager
def connected(path: Path, mode: str = "mode=rw", *, timeout: float = BUSY_SECONDS) -> Iterator[sqlite3.Connection]:
    """Yield a connection that commits only where told to; `mode=rw` never makes a file, `mode=rwc` may."""
    with closing(sqlite3.connect(uri(path, mode), uri=True, timeout=timeout, isolation_level=None)) as connection:
        yield connection
