"""Files and folders on the disk: whole, for their owner alone, and a sentence for whatever it refuses."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from crt_scheduler.errors import CrtError
from solver.wording import Sayings, mark, tr

ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
OTHER_NAME = mark("Choose another name.")
REMEDIES = Sayings(
    {
        **dict.fromkeys(ROOM, "Make room on the disk, then try again."),
        **dict.fromkeys((errno.EACCES, errno.EPERM), "Allow writing there, or choose another folder."),
        errno.EROFS: "Choose a folder that may be written to.",
        errno.ENAMETOOLONG: "Choose a shorter name.",
        errno.ENOENT: "Choose a folder that exists.",
        errno.ENOTDIR: "Part of its path is a file: choose another folder.",
        errno.EISDIR: "It is a folder: name a file in it.",
    }
)
LONGEST_SHOWN = 300


def fill(handle: int, content: bytes) -> None:
    """Write the content to an open file, wait until the disk has it, and close the file."""
    try:
        left = memoryview(content)
        while left:
            left = left[os.write(handle, left) :]
        os.fsync(handle)
    finally:
        os.close(handle)


def make_folder(folder: Path, made: list[Path]) -> None:
    """Make a folder and those above it that are missing, for their owner alone; `made` gets each, outermost first."""
    missing = []
    for each in (folder, *folder.parents):
        if os.path.lexists(each):
            break
        missing.append(each)
    for each in reversed(missing):
        each.mkdir(mode=0o700)
        made.append(each)
        sync_folder(each.parent)
    if not folder.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))


def sync_folder(folder: Path) -> None:
    """Let the disk have the folder's names too; where folders cannot be synced there is nothing to wait for."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def keep_private(path: Path, there: os.stat_result) -> None:
    """Let nobody but the owner read a file of ours that an older version left open to all."""
    if stat.S_IMODE(there.st_mode) & 0o077:
        with suppress(OSError):
            path.chmod(0o600)


@contextmanager
def sentences(path: Path) -> Iterator[None]:
    """Turn what the system says against writing a path into a sentence that names it and what to do."""
    try:
        yield
    except OSError as fault:
        remedy = REMEDIES.get(fault.errno or 0, tr("Choose another place."))
        raise CrtError(
            tr(
                "{shown} cannot be written ({strerror}). {remedy}",
                shown=shown(path),
                strerror=fault.strerror or fault,
                remedy=remedy,
            )
        ) from fault
    except ValueError as fault:
        raise CrtError(
            tr(
                "{shown} cannot be written: its name holds letters that no file's name can. {other_name}",
                shown=shown(path),
                other_name=tr(OTHER_NAME),
            )
        ) from fault


def shown(path: Path) -> str:
    """Return a path as it can be printed anywhere; a long one is cut."""
    words = str(path).encode(errors="backslashreplace").decode().replace("\0", "\\0")
    return words if len(words) <= LONGEST_SHOWN else f"{words[:LONGEST_SHOWN]}…"
