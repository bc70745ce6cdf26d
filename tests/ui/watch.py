"""Watching records from outside: the locks that SQLite holds on them, and which files of a folder are opened."""

from __future__ import annotations

import ctypes
import os
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

IN_OPEN, IN_NONBLOCK = 0x20, 0o4000
EVENT = struct.Struct("iIII")


def locks(path: Path) -> int:
    """Return how many POSIX locks are held on a file (/proc/locks; of this machine, whoever holds them)."""
    number = path.stat().st_ino
    lines = Path("/proc/locks").read_text(encoding="ascii").splitlines()
    return sum(" POSIX " in line and f":{number} " in line for line in lines)


def is_locked(path: Path) -> bool:
    """Does a connection to these records hold its locks on both the file and its index of the log?"""
    return locks(path) > 0 and locks(path.with_name(path.name + "-shm")) > 0


@contextmanager
def opened_in(folder: Path) -> Iterator[set[str]]:
    """Fill a set, when the block ends, with the names of the files in a folder that anybody opened meanwhile."""
    system = ctypes.CDLL(None, use_errno=True)
    watch = system.inotify_init1(IN_NONBLOCK)
    assert watch >= 0, os.strerror(ctypes.get_errno())
    try:
        assert system.inotify_add_watch(watch, os.fsencode(folder), IN_OPEN) >= 0, os.strerror(ctypes.get_errno())
        seen: set[str] = set()
        yield seen
        seen |= set(_names(watch))
    finally:
        os.close(watch)


def _names(watch: int) -> Iterator[str]:
    while True:
        try:
            told = os.read(watch, 1 << 20)
        except BlockingIOError:
            return
        while told:
            length = EVENT.unpack_from(told)[3]
            name = told[EVENT.size : EVENT.size + length].rstrip(b"\0").decode()
            told = told[EVENT.size + length :]
            if name:
                yield name
