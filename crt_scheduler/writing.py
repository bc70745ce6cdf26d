"""The one door for files written: whole or not at all, for their owner alone, never over what is not this program's."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
import tempfile
from collections.abc import Iterable, Mapping
from contextlib import ExitStack, suppress
from pathlib import Path

import msgspec

from crt_scheduler import disk, folder_lock, records_guard, remedies, written
from crt_scheduler.errors import CrtError
from solver.wording import tr

BESIDE = ".crt-writing-"
"""How the names of files begin that are written beside the one they replace."""


class _File(msgspec.Struct, frozen=True):
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
                with disk.sentences(folder):
                    disk.make_folder(folder, made)
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
            with disk.sentences(file.named):
                _write_beside(file, beside)
        for temporary, file in beside.items():
            with disk.sentences(file.named):
                temporary.replace(file.real)
            written.settle({file.real: digest(file.content)})
    except BaseException:
        for temporary in beside:
            with suppress(OSError):
                temporary.unlink()
        raise
    for folder in {file.real.parent for file in files}:
        disk.sync_folder(folder)


def _write_beside(file: _File, beside: dict[Path, _File]) -> None:
    handle, name = tempfile.mkstemp(prefix=BESIDE, dir=file.real.parent)
    beside[Path(name)] = file
    disk.fill(handle, file.content)


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


def refuse_no_folder(path: Path) -> None:
    """Raise CrtError for a single file in a folder that is not there: it is more likely a slip than a wish for one."""
    with disk.sentences(path):
        if not path.parent.is_dir():
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))


def refuse_never(paths: Iterable[Path]) -> None:
    """Raise CrtError where nothing is ever written, whatever it is: before what takes long is made for it."""
    for path in paths:
        _there(path, _real(path))


def _is_needed(file: _File, *, force: bool) -> bool:
    """Must the file be written, and may it? Raises CrtError where it must not."""
    there = _there(file.named, file.real)
    return there is None or _may_replace(file, there, force=force)


def _there(named: Path, real: Path) -> os.stat_result | None:
    """Look at the file that stands in a place (None: there is none); raises CrtError where nothing may be written."""
    for path in (named, real):  # a -wal may be a name only, and the records may be behind a link
        records_guard.refuse_records(path)
    with disk.sentences(named):
        try:
            there = real.stat()
        except FileNotFoundError:
            return None
        if stat.S_ISDIR(there.st_mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if not stat.S_ISREG(there.st_mode):
        raise CrtError(
            tr("{shown} is a device and no file. {other_name}", shown=disk.shown(named), other_name=tr(disk.OTHER_NAME))
        )
    return there


def _may_replace(file: _File, there: os.stat_result, *, force: bool) -> bool:
    is_same = False
    with suppress(PermissionError):  # it cannot be read: then it is not known to be ours
        is_same = there.st_size == len(file.content) and file.real.read_bytes() == file.content
        if is_same or not there.st_size or force or is_ours(file.real):
            disk.keep_private(file.real, there)
            return not is_same
    if force:
        return True
    raise CrtError(
        tr("{shown} holds something this program did not write.", shown=disk.shown(file.named)), remedies.FORCE_NAME
    )


def _real(path: Path) -> Path:
    """Return where a file lies behind its links; raises CrtError for a name that no file can have."""
    with disk.sentences(path):
        str(path).encode()
        return Path(os.path.realpath(path))


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
