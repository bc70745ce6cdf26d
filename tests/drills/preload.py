"""The preloaded library: compiled where there is a C compiler, armed in a child to kill it or to answer as a disk."""

from __future__ import annotations

import ctypes
import shutil
import subprocess
import sys
from pathlib import Path

OFF, COUNT, KILL_BEFORE, KILL_AFTER, KILL_TORN, FULL, BROKEN, READ_ONLY = range(8)
SOURCE = Path(__file__).with_name("preload.c")
NO_COMPILER = "There is no C compiler (cc) on this machine"


def compiled(folder: Path) -> Path | None:
    """Return the library compiled into the folder, or None where it cannot be: no cc, or not Linux."""
    compiler = shutil.which("cc")
    if compiler is None or not sys.platform.startswith("linux"):
        return None
    library = folder / "preload.so"
    subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", str(library), str(SOURCE), "-lpthread"], check=True)
    return library


class Library:
    """The library inside a process that was started with it; without it nothing is counted and nothing happens."""

    def __init__(self) -> None:
        own = ctypes.CDLL(None)
        self._own = own if hasattr(own, "drill_arm") else None
        if self._own is not None:
            self._own.drill_counted.restype = ctypes.c_long
            self._own.drill_arm.argtypes = [ctypes.c_char_p, ctypes.c_int, ctypes.c_long, ctypes.c_char_p]

    def reset(self) -> None:
        """Count from nothing again."""
        if self._own is not None:
            self._own.drill_reset()

    def counted(self) -> int:
        """Return how many calls were counted, in this process and its children, since the last reset."""
        return 0 if self._own is None else int(self._own.drill_counted())

    def arm(self, folder: str, mode: int, at: int, log: str) -> None:
        """Watch the calls on files below a folder, for good: `mode` says what happens at the call of that number."""
        if self._own is not None:
            self._own.drill_arm(folder.encode(), mode, at, log.encode())
