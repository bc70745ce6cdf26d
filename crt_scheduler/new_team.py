"""A new team's records: the file and its programme made together, or nothing."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from crt_scheduler import programmes
from crt_scheduler.errors import CrtError
from crt_scheduler.store import open_store
from solver.wording import tr

ENDINGS = ("", "-wal", "-shm")


def make_team(path: Path, *, preset: str, title: str = "", zone: str = "", who: str, now: dt.datetime) -> Path:
    """Make a file of records with the programme of a preset and return its path.

    Raises CrtError if there are records already, or the preset, the zone or the folder is none; then no file is left.
    """
    plan = programmes.preset(preset)
    if path.exists():
        raise CrtError(tr("{path} is there already. Open it, or choose another file for the new team.", path=path))
    try:
        store = open_store(str(path), who=who, now=now, create=True)
        try:
            store.do(programmes.SET_UP(plan, name=preset, zone=zone, title=title))
        finally:
            store.close()
    except BaseException as fault:
        for ending in ENDINGS:
            path.with_name(path.name + ending).unlink(missing_ok=True)
        if isinstance(fault, OSError):
            reason = fault.strerror or fault
            raise CrtError(
                tr(
                    "{path} cannot be made ({reason}). Choose a folder that may be written to.",
                    path=path,
                    reason=reason,
                )
            ) from fault
        raise
    return path
