"""Which files this process holds open as records: nothing but SQLite may touch those.

A process that opens and closes such a file by any other way drops SQLite's locks on it (POSIX record locks belong to
the process and the file, not to the one who opened it; fcntl(2)), and another program may then take the log away.
"""

from __future__ import annotations

import threading
from collections import Counter
from pathlib import Path

ENDINGS = ("", "-wal", "-shm")
"""What SQLite keeps under the records' name: the file itself, the log of newest acts, and the log's index."""
Identity = tuple[int, int]
"""A file's device and number on it, whatever it is called."""

_paths: Counter[Path] = Counter()
_guard = threading.Lock()


def identity(path: Path) -> Identity | None:
    """Return which file lies at a path, or None where there is none; the file is not opened."""
    try:
        found = path.stat()
    except (OSError, ValueError):
        return None
    return found.st_dev, found.st_ino


def beside(path: Path, ending: str) -> Path:
    """Return the path of the records' -wal or -shm."""
    return path.with_name(path.name + ending)


def hold(path: Path) -> None:
    """Note that records are open at a path."""
    with _guard:
        _paths[path] += 1


def let_go(path: Path) -> None:
    """Note that one who held the records at a path has closed them."""
    with _guard:
        _paths[path] -= 1
        if _paths[path] <= 0:
            del _paths[path]


def is_held(path: Path) -> bool:
    """Is this, by whatever name or link, a file of records that are open in this process?"""
    mine = identity(path)
    if mine is None:
        return False
    with _guard:
        held = tuple(_paths)
    return any(identity(beside(each, ending)) == mine for each in held for ending in ENDINGS)
