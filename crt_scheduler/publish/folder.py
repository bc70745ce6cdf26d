"""The folder that goes out: files are staged beside it and moved in one by one, so each is whole, old or new."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from crt_scheduler.errors import CrtError

STAGING = ".publishing"
MARK = b"CRT Scheduler"
"""Stands at the head of every file of ours that may be removed again."""

PRIVATE = (".pdf", ".eml")
"""Hold phones or addresses: only their owner may read them, so that a folder that is served does not show them."""


@contextmanager
def _sentences(out: Path) -> Iterator[None]:
    try:
        yield
    except OSError as fault:
        raise CrtError(
            f"The calendars cannot be written to {out} ({fault.strerror or fault}). "
            "Make room, allow writing or choose another folder, then publish again."
        ) from fault


def prepare(out: Path) -> None:
    """Make the folder and its empty staging place; raises CrtError before anything is promised if that fails."""
    if out.exists() and not out.is_dir():
        raise CrtError(f"{out} is a file. Name a folder for the calendars.")
    with _sentences(out):
        shutil.rmtree(out / STAGING, ignore_errors=True)
        (out / STAGING).mkdir(parents=True)


def abandon(out: Path) -> None:
    """Take the staging place away again, and the folder too if nothing else is in it: nothing was promised."""
    shutil.rmtree(out / STAGING, ignore_errors=True)
    with suppress(OSError):  # it holds other files, or is gone: both are well
        out.rmdir()


def place(out: Path, files: Mapping[str, bytes], *, in_step: Iterable[str]) -> None:
    """Write the files by their path in the folder; one that has not changed is left untouched.

    Of what the patterns `in_step` find, files of ours that are no longer part of the publication are removed.
    """
    staging = out / STAGING
    with _sentences(out):
        fresh = {name: content for name, content in files.items() if not _holds(out / name, content)}
        for name, content in fresh.items():
            _write(staging / name, content)
        for name in fresh:
            (out / name).parent.mkdir(parents=True, exist_ok=True)
            (staging / name).replace(out / name)
        for path in {path for pattern in in_step for path in out.glob(pattern)}:
            if path.relative_to(out).as_posix() not in files and _is_ours(path):
                path.unlink()
                if not any(path.parent.iterdir()):
                    path.parent.rmdir()
        shutil.rmtree(staging)


def _holds(path: Path, content: bytes) -> bool:
    return path.is_file() and path.stat().st_size == len(content) and path.read_bytes() == content


def _is_ours(path: Path) -> bool:
    if path.suffix == ".pdf":
        return True  # the one PDF is asked for by its whole name
    with path.open("rb") as file:
        return MARK in file.read(1000)


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    if path.suffix in PRIVATE:
        path.chmod(0o600)
