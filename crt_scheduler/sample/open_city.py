"""The sample city as a database ready to open: written, imported and put in place whole, or not at all."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from crt_scheduler import disk, imports, programmes, roster, times
from crt_scheduler.act import Act
from crt_scheduler.errors import CrtError
from crt_scheduler.places import making
from crt_scheduler.sample.sample_city import FILES, write
from crt_scheduler.store import Store, open_store
from solver.wording import tr

STEPS = ("write", "set_up", *FILES, "place")
"""What is done in this order; the imports have the names of their kinds."""
ENDINGS = ("", "-wal", "-shm")
ANSWERED = dt.timedelta(days=7)
"""Who is on call within this time has confirmed; everybody else who is on call before the month to plan was told."""


def make_database(
    path: Path, *, seed: int, month: str, now: dt.datetime, who: str, on_step: Callable[[int, str], None]
) -> Path:
    """Make the sample city's database for planning a month and return its path; `on_step` hears each step as it starts.

    It is made in a folder beside and moved into place at the end, so that a half made one is never opened.
    Raises CrtError if the file is there already or its folder cannot be written.
    """
    if path.exists():
        raise CrtError(f"{path} is there already. Open it, or name another file.")
    clear(path)
    try:
        disk.make_folder(making(path), [])
        made = _fill(making(path) / path.name, seed=seed, month=month, now=now, who=who, on_step=on_step)
        on_step(len(STEPS) - 1, STEPS[-1])
        made.replace(path)
    except OSError as fault:
        raise CrtError(
            f"The sample city cannot be written to {path.parent} ({fault.strerror or fault}). "
            "Make room or allow writing there, then try again."
        ) from fault
    finally:
        clear(path)
    return path


def clear(path: Path) -> None:
    """Take away what a making that was stopped left behind; the finished file is not touched."""
    shutil.rmtree(making(path), ignore_errors=True)


def _fill(
    path: Path, *, seed: int, month: str, now: dt.datetime, who: str, on_step: Callable[[int, str], None]
) -> Path:
    on_step(0, STEPS[0])
    files = path.parent / "files"
    write(files, seed=seed, month=month)
    on_step(1, STEPS[1])
    store = open_store(str(path), who=who, now=now, create=True)
    try:
        plan = programmes.preset("crt")
        store.do(programmes.SET_UP(plan, name="crt"))
        for number, kind in enumerate(STEPS[2:-1], start=2):
            on_step(number, kind)
            imports.run(store, kind, files / f"{kind}.csv")
        _tell(store, month, now=now)
    finally:
        store.close()
    left = [ending for ending in ENDINGS[1:] if path.with_name(path.name + ending).exists()]
    if left:
        raise CrtError("The sample city could not be closed. Make room on the disk, then try again.")
    return path


def _promise_all(session: Session, month: str, *, now: dt.datetime) -> None:
    for row in roster.month_rows(session, month):
        if row.state == "draft":
            state = "confirmed" if row.start <= now + ANSWERED else "told"
            roster.promise(session, roster.shift_name(row.shift), row.person, state)


def _told(_: Session, month: str, **__: Any) -> str:
    return tr("Tell {month}", month=times.month_words(month))


TELL = Act(_promise_all, _told)


def _tell(store: Store, month: str, *, now: dt.datetime) -> None:
    """Let the people of the months that run before the one to plan know of their shifts, as a working team has."""
    running = times.month_of(now.date())
    while running < month:
        store.do(TELL(running, now=now))
        running = times.next_month(times.parse_month(running))
