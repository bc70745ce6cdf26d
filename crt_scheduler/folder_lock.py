"""Locks on folders: who writes into one shares it, who clears it up has it alone; none outlives its program."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

if sys.platform != "win32":
    import fcntl


@contextmanager
def shared(folder: Path) -> Iterator[None]:
    """Hold a folder together with others who write into it, waiting for who clears it up.

    Where the system or the folder knows no such lock nothing is held: it only keeps what is being written from being
    cleared up as left behind.
    """
    held = _opened(folder)
    try:
        if held is not None and sys.platform != "win32":
            with suppress(OSError):
                fcntl.flock(held, fcntl.LOCK_SH)
        yield
    finally:
        if held is not None:
            os.close(held)


@contextmanager
def alone(folder: Path) -> Iterator[bool]:
    """Yield whether a folder is held by nobody else; it is then this program's alone until the end of the block.

    A folder that was put in its place meanwhile is not the one that is held. Windows knows no lock on a folder, but
    refuses to remove what another program has open: there everybody holds it alone.
    """
    held = _opened(folder)
    try:
        yield _is_alone(folder, held)
    finally:
        if held is not None:
            os.close(held)


def _is_alone(folder: Path, held: int | None) -> bool:
    if sys.platform == "win32":
        return True
    if held is None:
        return False
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        here, there = os.fstat(held), folder.stat()
    except OSError:
        return False
    return (here.st_dev, here.st_ino) == (there.st_dev, there.st_ino)


def _opened(folder: Path) -> int | None:
    if sys.platform == "win32":
        return None
    try:
        return os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except OSError:
        return None
