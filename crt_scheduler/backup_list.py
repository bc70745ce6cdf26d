"""The backups of a database as a coordinator sees them: when, why and how large."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from pathlib import Path

from crt_scheduler import backups

STAMP = re.compile(r"-(\d{4}-\d\d-\d\dT\d{6}Z)-(.+)$")


@dataclass(frozen=True)
class Backup:
    """One backup: its file, the moment it was made (UTC), why (backup, before-restore, before-upgrade), its bytes."""

    path: Path
    at: dt.datetime
    why: str
    size: int


def listed(path: Path) -> tuple[Backup, ...]:
    """Return the backups beside a database, newest first; files under other names are left out."""
    found = (_backup(file, path.stem) for file in backups.folder(path).glob(f"{path.stem}-*.db"))
    return tuple(sorted((each for each in found if each), key=lambda each: (each.at, each.path.name), reverse=True))


def _backup(file: Path, stem: str) -> Backup | None:
    told = STAMP.fullmatch(file.stem.removeprefix(stem))
    if told is None:
        return None
    at = dt.datetime.strptime(told[1], "%Y-%m-%dT%H%M%SZ").replace(tzinfo=dt.UTC)
    return Backup(file, at, re.sub(r"-\d+$", "", told[2]), file.stat().st_size)
