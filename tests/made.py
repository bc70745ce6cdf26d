"""What takes long to make and is the same each time it is made: made once, then copied."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from crt_scheduler import sample
from crt_scheduler.store import Store

MONTH = "2027-01"


def copied(path: Path, make: Callable[..., Store], *values: Hashable) -> Path:
    """Write a copy of the records that `make` makes in a folder from these values, and return its path."""
    path.write_bytes(_records(make, values))
    return path


@cache
def _records(make: Callable[..., Store], values: tuple[Hashable, ...]) -> bytes:
    with TemporaryDirectory() as folder:
        store = make(Path(folder), *values)
        store.close()
        return store.path.read_bytes()


def sample_files(folder: Path) -> None:
    """Write the files of the sample city of seed 1 that plans January 2027 into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in _sample_files().items():
        (folder / name).write_bytes(content)


@cache
def _sample_files() -> dict[str, bytes]:
    with TemporaryDirectory() as folder:
        sample.write(Path(folder), seed=1, month=MONTH)
        return {path.name: path.read_bytes() for path in Path(folder).iterdir()}
