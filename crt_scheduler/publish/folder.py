"""The folder that goes out: files are staged in it, synced, and moved in one by one, so each is whole, old or new."""

from __future__ import annotations

import errno
import os
import shutil
import stat
import tempfile
import uuid
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from crt_scheduler import disk, folder_lock, records_guard, remedies, writing, written
from crt_scheduler.errors import CrtError
from solver.wording import tr

STAGING = ".publishing"
MARK, MARK_BYTES = b"CRT Scheduler", 1000
MARKED = (".ics", ".txt", ".eml")
"""Files that bear the mark at their head when they are ours; of the others a digest is kept."""
SHOWN = 3


class Busy(CrtError):
    """Another program is filling the folder."""


@contextmanager
def _sentences(out: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, ValueError) as fault:
        reason = (fault.strerror or fault) if isinstance(fault, OSError) else tr("no folder can have such a name")
        raise CrtError(
            tr(
                "The calendars cannot be written to {shown} ({reason}). "
                "Make room, allow writing or choose another folder, then publish again.",
                shown=disk.shown(out),
                reason=reason,
            )
        ) from fault


def named(out: Path) -> Path:
    """Return the folder's whole path; raises CrtError for a file's, and for a name that no folder can have."""
    with _sentences(out):
        str(out).encode()
        if out.exists() and not out.is_dir():
            raise CrtError(tr("{shown} is a file. Name a folder for the calendars.", shown=disk.shown(out)))
    return out.absolute()


@contextmanager
def held(out: Path) -> Iterator[None]:
    """Make the folder and its staging place and hold it alone; raises Busy while another program does.

    A folder that was made here and stays empty is taken away again.
    """
    made: list[Path] = []
    try:
        with _sentences(out):
            disk.make_folder(out / STAGING, made)
        with folder_lock.alone(out / STAGING) as is_alone:
            if not is_alone:
                raise Busy(
                    tr(
                        "Another program is publishing into {shown}. Wait for it, then publish again.",
                        shown=disk.shown(out),
                    )
                )
            yield
    finally:
        for each in reversed(made):
            with suppress(OSError):  # it holds files by now, or is gone: both are well
                each.rmdir()


def abandon(out: Path) -> bool:
    """Take what was staged away again, and say whether it is gone: nothing was promised."""
    for place in (out / STAGING).glob("*"):
        written.forget({_real(out / name): writing.digest(path.read_bytes()) for name, path in _staged(place)})
    shutil.rmtree(out / STAGING, ignore_errors=True)
    return not (out / STAGING).exists()


def is_staged(out: Path, staged: str) -> bool:
    """Is what a publication staged still there?"""
    return bool(staged) and (out / STAGING / staged).is_dir()


def stage(
    out: Path, files: Mapping[str, bytes], *, in_step: Iterable[str], known: Collection[str], force: bool
) -> tuple[str, tuple[str, ...]]:
    """Stage what is new or changed; return the name it has there, never used before, and the files of ours to remove.

    Those are what the patterns `in_step` find and the publication no longer has. Raises CrtError, with nothing in its
    place touched, for a folder that cannot be written and for a file that is not ours, unless `force`.
    """
    staged = uuid.uuid4().hex
    with _sentences(out):
        fresh = {name: content for name, content in files.items() if not _holds(out / name, content)}
        if not force:
            _refuse_strangers(out, [name for name in fresh if not _may_replace(out / name, known)])
        written.expect({_real(out / name): writing.digest(content) for name, content in fresh.items()})
        _try(out, fresh)
        (out / STAGING / staged).mkdir(mode=0o700)
        for name, content in fresh.items():
            _put(out / STAGING / staged / name, content)
        _sync_below(out / STAGING)
        found = {path for pattern in in_step for path in out.glob(pattern)}
        names = {path.relative_to(out).as_posix() for path in found if _is_marked(path)}
    return staged, tuple(sorted(names - files.keys()))


def place(out: Path, staged: str, *, gone: Iterable[str], known: Collection[str], force: bool) -> None:
    """Move everything that is staged into its place, take away what is to go, and clear the staging place.

    It may be done again whenever it was stopped: what was moved is no longer staged.
    """
    placed = {}
    with _sentences(out):
        for name, source in _staged(out / STAGING / staged):
            content, target = source.read_bytes(), out / name
            if not force and not _holds(target, content) and not _may_replace(target, known):
                _refuse_strangers(out, [name])
            _move(source, target, content)
            placed[_real(target)] = writing.digest(content)
        for path in (out / name for name in gone):
            _take_away(path)
        for each in {path.parent for path in placed}:
            disk.sync_folder(each)
        written.settle(placed)
        shutil.rmtree(out / STAGING)
        disk.sync_folder(out)


def _staged(place: Path) -> list[tuple[str, Path]]:
    return [(path.relative_to(place).as_posix(), path) for path in sorted(place.rglob("*")) if path.is_file()]


def _sync_below(folder: Path) -> None:
    for each in (folder, *(path for path in folder.rglob("*") if path.is_dir())):
        disk.sync_folder(each)


def _move(source: Path, target: Path, content: bytes) -> None:
    disk.make_folder(target.parent, [])
    try:
        source.replace(target)
    except OSError as fault:
        if fault.errno != errno.EXDEV:
            raise
        writing.write(target, content, force=True)  # a folder in it lies on another disk
        source.unlink()


def _take_away(path: Path) -> None:
    if _is_marked(path):
        path.unlink()
        disk.sync_folder(path.parent)
        if not any(path.parent.iterdir()):
            path.parent.rmdir()


def _holds(path: Path, content: bytes) -> bool:
    """Does a file hold this already? Raises CrtError for records and OSError for what is no file."""
    records_guard.refuse_records(path)
    try:
        there = path.stat()
    except FileNotFoundError:
        return False
    if stat.S_ISDIR(there.st_mode):
        raise IsADirectoryError(errno.EISDIR, tr("{path} is a folder", path=path))
    if not stat.S_ISREG(there.st_mode):
        raise OSError(errno.EINVAL, tr("{path} is no file", path=path))
    is_same = there.st_size == len(content) and path.read_bytes() == content
    if is_same:
        disk.keep_private(path, there)
    return is_same


def _may_replace(path: Path, known: Collection[str]) -> bool:
    if not path.exists() or not path.stat().st_size or _is_marked(path) or writing.is_ours(path):
        return True
    return path.suffix not in MARKED and writing.digest(path.read_bytes()) in known


def _is_marked(path: Path) -> bool:
    """Does a file bear our mark? Records never do, whatever their name is."""
    return path.suffix in MARKED and MARK in (records_guard.head(path, MARK_BYTES) or b"")


def _refuse_strangers(out: Path, names: list[str]) -> None:
    if names:
        some = ", ".join(names[:SHOWN]) + (
            tr(" and {count} more", count=len(names) - SHOWN) if len(names) > SHOWN else ""
        )
        raise CrtError(
            tr("In {shown} there is something this program did not write: {some}.", shown=disk.shown(out), some=some),
            remedies.FORCE_FOLDER,
        )


def _try(out: Path, names: Iterable[str]) -> None:
    """Find out before anything is promised whether each folder that is there takes new files."""
    for each in {(out / name).parent for name in names}:
        if os.path.lexists(each):
            handle, name = tempfile.mkstemp(prefix=writing.BESIDE, dir=each)
            os.close(handle)
            Path(name).unlink()


def _put(path: Path, content: bytes) -> None:
    disk.make_folder(path.parent, [])
    disk.fill(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), content)


def _real(path: Path) -> Path:
    return Path(os.path.realpath(path))
