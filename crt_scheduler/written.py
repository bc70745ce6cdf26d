"""What this program wrote last under which path: paths and digests, so that it may replace its own files only."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from crt_scheduler import places

NAME = "written.db"
PATIENCE_SECONDS = 5.0
SCHEMA = """
CREATE TABLE IF NOT EXISTS written (
    path TEXT NOT NULL, digest TEXT NOT NULL, settled INTEGER NOT NULL, PRIMARY KEY (path, digest)
) WITHOUT ROWID
"""
"""A path may have two digests while a file is replaced: whenever the program ends, the one that lies there is known."""


def digests(path: Path) -> frozenset[str]:
    """Return the digests of what this program wrote under a path; none where the memory of it is lost."""
    found: frozenset[str] = frozenset()
    with _memory(make=False) as memory:
        if memory:
            rows = memory.execute("SELECT digest FROM written WHERE path = ?", (str(path),))
            found = frozenset(digest for (digest,) in rows)
    return found


def expect(files: Mapping[Path, str]) -> None:
    """Note what is about to be written: digests by path."""
    with _memory() as memory:
        if memory:
            rows = [(str(path), digest) for path, digest in files.items()]
            memory.executemany("INSERT OR REPLACE INTO written VALUES (?, ?, 0)", rows)


def settle(files: Mapping[Path, str]) -> None:
    """Note what now lies under each path, and forget what lay there before."""
    with _memory() as memory:
        if memory:
            rows = [(str(path), digest) for path, digest in files.items()]
            memory.executemany("DELETE FROM written WHERE path = ? AND digest <> ?", rows)
            memory.executemany("INSERT OR REPLACE INTO written VALUES (?, ?, 1)", rows)


def forget(files: Mapping[Path, str]) -> None:
    """Take back what was expected and did not come about."""
    with _memory() as memory:
        if memory:
            rows = [(str(path), digest) for path, digest in files.items()]
            memory.executemany("DELETE FROM written WHERE path = ? AND digest = ? AND NOT settled", rows)


def unsettled() -> tuple[Path, ...]:
    """Return the paths that somebody is writing, or was when the program ended."""
    found: tuple[Path, ...] = ()
    with _memory(make=False) as memory:
        if memory:
            rows = memory.execute("SELECT DISTINCT path FROM written WHERE NOT settled")
            found = tuple(Path(path) for (path,) in rows)
    return found


def settled(paths: Iterable[Path]) -> None:
    """Note that nobody is writing these any more; either of two digests may lie there."""
    with _memory() as memory:
        if memory:
            memory.executemany("UPDATE written SET settled = 1 WHERE path = ?", [(str(path),) for path in paths])


def lying() -> tuple[Path, ...]:
    """Return the paths of what this program wrote and what still lies there, in order; the others are forgotten."""
    known: list[str] = []
    with _memory(make=False) as memory:
        if memory:
            rows = memory.execute("SELECT DISTINCT path FROM written ORDER BY path")
            known = [path for (path,) in rows]
            gone = [(path,) for path in known if not os.path.lexists(path)]
            memory.executemany("DELETE FROM written WHERE path = ? AND settled", gone)
    return tuple(Path(path) for path in known if os.path.lexists(path))


@contextmanager
def _memory(*, make: bool = True) -> Iterator[sqlite3.Connection | None]:
    """Yield the memory, or None where it cannot be kept: then nothing is known, and files that exist are refused.

    It is not waited for the disk: what a power cut takes is asked for again. A damaged one is made anew.
    """
    file = places.state_folder() / NAME
    try:
        if not make and not file.exists():
            memory = None
        else:
            file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            memory = _opened(file)
    except (OSError, sqlite3.OperationalError):
        memory = None
    if memory is None:
        yield None
        return
    with closing(memory), suppress(sqlite3.DatabaseError), memory:
        yield memory


def _opened(file: Path) -> sqlite3.Connection:
    try:
        return _connected(file)
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError:
        file.unlink(missing_ok=True)
        return _connected(file)


def _connected(file: Path) -> sqlite3.Connection:
    memory = sqlite3.connect(file, timeout=PATIENCE_SECONDS)
    try:
        memory.execute("PRAGMA synchronous = OFF")
        memory.execute(SCHEMA)
        with suppress(OSError):
            file.chmod(0o600)
    except BaseException:
        memory.close()
        raise
    return memory
