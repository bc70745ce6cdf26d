"""The one door for files written: whole or not at all, for their owner alone, never over what is not this program's."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from crt_scheduler import folder_lock, held, written
from crt_scheduler.errors import CrtError

SQLITE, APPLICATION = b"SQLite format 3\x00", b"CRTS"
"""How a database begins, and the mark of ours that stands at byte 68."""
HEAD_BYTES = 100
BESIDE = ".crt-writing-"
"""How the names of files begin that are written beside the one they replace."""
ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
OTHER_NAME = "Choose another name."
REMEDIES = {
    **dict.fromkeys(ROOM, "Make room on the disk, then try again."),
    **dict.fromkeys((errno.EACCES, errno.EPERM), "Allow writing there, or choose another folder."),
    errno.EROFS: "Choose a folder that may be written to.",
    errno.ENAMETOOLONG: "Choose a shorter name.",
    errno.ENOENT: "Choose a folder that exists.",
    errno.ENOTDIR: "Part of its path is a file: choose another folder.",
    errno.EISDIR: "It is a folder: name a file in it.",
}


@dataclass(frozen=True)
class _File:
    """A file to be written: as it was named, where it really lies, and what goes into it."""

    named: Path
    real: Path
    content: bytes


def write(path: Path, content: bytes, *, force: bool = False) -> None:
    """Write one file as `write_all` does."""
    write_all({path: content}, force=force)


def write_all(files: Mapping[Path, bytes], *, force: bool = False) -> None:
    """Write files by path, each whole, readable by its owner only; one that holds its content already is left.

    Raises CrtError, with nothing written, if one would replace what this program did not write (unless `force`),
    records or another database (always), or if the disk, a folder or a name does not allow it.
    """
    _sweep({path.parent for path in files})
    known = [_File(path, _real(path), content) for path, content in files.items()]
    fresh = [file for file in known if _is_needed(file, force=force)]
    expected = {file.real: digest(file.content) for file in fresh}
    written.expect(expected)
    made: list[Path] = []
    try:
        with ExitStack() as locks:
            for folder in {file.real.parent for file in fresh}:
                with sentences(folder):
                    make_folder(folder, made)
                locks.enter_context(folder_lock.shared(folder))
            _place(fresh)
    except BaseException:
        for folder in reversed(made):
            with suppress(OSError):
                folder.rmdir()
        written.forget(expected)
        raise
    written.settle({file.real: digest(file.content) for file in known})


def _place(files: list[_File]) -> None:
    """Write every file beside its place before the first is moved into it."""
    beside: dict[Path, _File] = {}
    try:
        for file in files:
            with sentences(file.named):
                _write_beside(file, beside)
        for temporary, file in beside.items():
            with sentences(file.named):
                temporary.replace(file.real)
            written.settle({file.real: digest(file.content)})
    except BaseException:
        for temporary in beside:
            with suppress(OSError):
                temporary.unlink()
        raise
    for folder in {file.real.parent for file in files}:
        sync_folder(folder)


def _write_beside(file: _File, beside: dict[Path, _File]) -> None:
    handle, name = tempfile.mkstemp(prefix=BESIDE, dir=file.real.parent)
    beside[Path(name)] = file
    fill(handle, file.content)


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


def digest(content: bytes) -> str:
    """Return the digest by which a file's content is known again."""
    return hashlib.sha256(content).hexdigest()


def is_ours(path: Path) -> bool:
    """Does a file, which is no records, still hold what this program wrote there last?"""
    known = written.digests(_real(path))
    if not known:
        return False
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest() in known


def refuse_records(path: Path) -> None:
    """Raise CrtError if the path is that of records or of another database, or of what SQLite keeps beside one."""
    for ending in ("", "-wal", "-shm", "-journal"):
        if not path.name.endswith(ending):
            continue
        begins = head(path.with_name(path.name.removesuffix(ending))) if path.name != ending else b""
        if begins is None or begins[68:72] == APPLICATION:
            raise CrtError(f"{shown(path)} belongs to a team's records, which no other file may replace. {OTHER_NAME}")
        if begins.startswith(SQLITE):
            raise CrtError(f"{shown(path)} belongs to a database, which no other file may replace. {OTHER_NAME}")


def refuse_no_folder(path: Path) -> None:
    """Raise CrtError for a single file in a folder that is not there: it is more likely a slip than a wish for one."""
    with sentences(path):
        if not path.parent.is_dir():
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))


def head(path: Path, size: int = HEAD_BYTES) -> bytes | None:
    """Return how a regular file begins, or None for records open in this process: those only SQLite may open."""
    if held.is_held(path):
        return None
    with suppress(OSError, ValueError):
        if path.is_file():
            with path.open("rb") as file:
                return file.read(size)
    return b""


def _is_needed(file: _File, *, force: bool) -> bool:
    """Must the file be written, and may it? Raises CrtError where it must not."""
    for path in (file.named, file.real):  # a -wal may be a name only, and the records may be behind a link
        refuse_records(path)
    with sentences(file.named):
        try:
            there = file.real.stat()
        except FileNotFoundError:
            return True
        if stat.S_ISDIR(there.st_mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if not stat.S_ISREG(there.st_mode):
        raise CrtError(f"{shown(file.named)} is a device and no file. {OTHER_NAME}")
    return _may_replace(file, there, force=force)


def _may_replace(file: _File, there: os.stat_result, *, force: bool) -> bool:
    is_same = False
    with suppress(PermissionError):  # it cannot be read: then it is not known to be ours
        is_same = there.st_size == len(file.content) and file.real.read_bytes() == file.content
        if is_same or not there.st_size or force or is_ours(file.real):
            keep_private(file.real, there)
            return not is_same
    if force:
        return True
    raise CrtError(
        f"{shown(file.named)} holds something this program did not write. "
        "Choose another name, or add --force to replace it."
    )


def keep_private(path: Path, there: os.stat_result) -> None:
    """Let nobody but the owner read a file of ours that an older version left open to all."""
    if stat.S_IMODE(there.st_mode) & 0o077:
        with suppress(OSError):
            path.chmod(0o600)


def _real(path: Path) -> Path:
    """Return where a file lies behind its links; raises CrtError for a name that no file can have."""
    with sentences(path):
        str(path).encode()
        return Path(os.path.realpath(path))


@contextmanager
def sentences(path: Path) -> Iterator[None]:
    """Turn what the system says against writing a path into a sentence that names it and what to do."""
    try:
        yield
    except OSError as fault:
        remedy = REMEDIES.get(fault.errno or 0, "Choose another place.")
        raise CrtError(f"{shown(path)} cannot be written ({fault.strerror or fault}). {remedy}") from fault
    except ValueError as fault:
        raise CrtError(
            f"{shown(path)} cannot be written: its name holds letters that no file's name can. {OTHER_NAME}"
        ) from fault


def shown(path: Path) -> str:
    """Return a path as it can be printed anywhere; a long one is cut."""
    words = str(path).encode(errors="backslashreplace").decode().replace("\0", "\\0")
    return words if len(words) <= LONGEST_SHOWN else f"{words[:LONGEST_SHOWN]}…"


LONGEST_SHOWN = 300


def sweep() -> None:
    """Take away what a program that was stopped left beside the files it was writing."""
    _sweep(set())


def _sweep(folders: set[Path]) -> None:
    stopped = written.unsettled()
    free = {folder for folder in folders | {path.parent for path in stopped} if _is_swept(folder)}
    if stopped:
        written.settled(path for path in stopped if path.parent in free)


def _is_swept(folder: Path) -> bool:
    """Take away what was left behind in a folder; False while another program writes there."""
    with suppress(OSError, ValueError):
        if not folder.is_dir():
            return True
        with folder_lock.alone(folder) as is_alone:
            for each in folder.glob(f"{BESIDE}*") if is_alone else ():
                each.unlink()
            return is_alone
    return False
