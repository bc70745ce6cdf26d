"""Where the tests keep their files: in memory where there is room, since every act waits for the disk."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

MEMORY = Path("/dev/shm")
ROOM = 4_000_000_000
"""Bytes that must be free: far more than the tests of one run ever hold at a time."""


def keep_in_memory() -> None:
    """Make memory the folder for temporary files, here and in every program started, unless TMPDIR names another.

    What a power cut leaves of files is tried by the drills, which write down each sync: a slow disk adds nothing.
    """
    if "TMPDIR" not in os.environ and fits(MEMORY):
        os.environ["TMPDIR"] = str(MEMORY)
        tempfile.tempdir = None


def fits(folder: Path) -> bool:
    """Whether a folder is there, has room, and lets the programs run that tests lay into it."""
    if not (hasattr(os, "statvfs") and folder.is_dir() and os.access(folder, os.W_OK | os.X_OK)):
        return False
    found = os.statvfs(folder)
    return found.f_bavail * found.f_frsize >= ROOM and not found.f_flag & getattr(os, "ST_NOEXEC", 0)
