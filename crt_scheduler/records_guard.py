"""Records, and databases of others: known by their first bytes, and never the place of another file."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from crt_scheduler import held
from crt_scheduler.disk import OTHER_NAME, shown
from crt_scheduler.errors import CrtError
from solver.wording import tr

SQLITE, APPLICATION = b"SQLite format 3\x00", b"CRTS"
"""How a database begins, and the mark of ours that stands at byte 68."""
HEAD_BYTES = 100


def refuse_records(path: Path) -> None:
    """Raise CrtError if the path is that of records or of another database, or of what SQLite keeps beside one."""
    for ending in ("", "-wal", "-shm", "-journal"):
        if not path.name.endswith(ending):
            continue
        begins = head(path.with_name(path.name.removesuffix(ending))) if path.name != ending else b""
        if begins is None or begins[68:72] == APPLICATION:
            raise CrtError(
                tr(
                    "{shown} belongs to a team's records, which no other file may replace. {other_name}",
                    shown=shown(path),
                    other_name=tr(OTHER_NAME),
                )
            )
        if begins.startswith(SQLITE):
            raise CrtError(
                tr(
                    "{shown} belongs to a database, which no other file may replace. {other_name}",
                    shown=shown(path),
                    other_name=tr(OTHER_NAME),
                )
            )


def head(path: Path, size: int = HEAD_BYTES) -> bytes | None:
    """Return how a regular file begins, or None for records open in this process: those only SQLite may open."""
    if held.is_held(path):
        return None
    with suppress(OSError, ValueError):
        if path.is_file():
            with path.open("rb") as file:
                return file.read(size)
    return b""
