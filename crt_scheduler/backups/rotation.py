"""The backups a program makes by itself: one a day, which old ones stay, and a copy in a second folder."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterable
from pathlib import Path

import msgspec

from crt_scheduler import remembered
from crt_scheduler.backups import backup_names, faults
from crt_scheduler.backups.backup_names import SEALED, Backup
from crt_scheduler.backups.connecting import connected
from crt_scheduler.backups.copying import copy_from
from crt_scheduler.errors import CrtError
from solver.wording import tr

DAYS, WEEKS, MONTHS = 7, 5, 12
"""Of how many of the newest days, weeks and months the newest backup stays."""
BY_HAND = frozenset({"backup", "kept"})
"""Why a backup was made that only a person takes away."""


class Copied(msgspec.Struct, frozen=True):
    """Where a backup was copied to as well, or the sentence that says why it was not; neither: no folder is set."""

    path: Path | None = None
    fault: str = ""


def is_due(path: Path, now: dt.datetime) -> bool:
    """Has no backup of the records been made on this day (UTC)?"""
    return not any(backup.at.date() >= now.date() for backup in backup_names.listed(path) if backup.at <= now)


def superfluous(found: Iterable[Backup], now: dt.datetime) -> tuple[Backup, ...]:
    """Return the backups that may go: all but the newest of each of the last 7 days, 5 weeks and 12 months.

    What was made by hand always stays, and so does everything of the last 7 days.
    """
    own = sorted(
        (each for each in found if each.why not in BY_HAND), key=lambda each: (each.at, each.turn), reverse=True
    )
    kept: set[Path] = set()
    for count, spell in ((WEEKS, _week), (MONTHS, _month)):
        newest: dict[tuple[int, int], Backup] = {}
        for each in own:
            newest.setdefault(spell(each.at), each)
        kept |= {newest[when].path for when in sorted(newest, reverse=True)[:count]}
    young = now - dt.timedelta(days=DAYS)
    return tuple(each for each in own if each.at < young and each.path not in kept)


def _week(at: dt.datetime) -> tuple[int, int]:
    year, week, _ = at.isocalendar()
    return year, week


def _month(at: dt.datetime) -> tuple[int, int]:
    return at.year, at.month


def folders(path: Path) -> tuple[Path, ...]:
    """Return every folder that backups of the records go to by themselves, whether it is there now or not."""
    return tuple(
        dict.fromkeys(filter(None, (backup_names.folder(path), second_folder(path), backup_names.own_folder())))
    )


def everywhere(path: Path) -> tuple[Backup, ...]:
    """Return the backups of the records in all these folders, newest first."""
    found = [backup for folder in folders(path) for backup in backup_names.listed(path, folder)]
    return tuple(sorted(found, key=lambda each: (each.at, each.turn), reverse=True))


def rotate(path: Path, now: dt.datetime) -> tuple[Path, ...]:
    """Delete the backups that are superfluous and return them; one that cannot be deleted waits for the next time."""
    gone = []
    for folder in folders(path):
        for each in superfluous(backup_names.listed(path, folder), now):
            try:
                each.path.unlink(missing_ok=True)
            except OSError:
                continue
            gone.append(each.path)
    return tuple(gone)


def second_folder(path: Path) -> Path | None:
    """Return the folder where each backup of the records is copied to as well, or None."""
    named = remembered.recall(path).second_folder
    return Path(named) if named else None


def set_second_folder(path: Path, folder: Path | None) -> None:
    """Choose (or give up) the second folder; raises CrtError for one that is not there or is the backups' own."""
    if folder is None:
        remembered.note(path, second_folder="")
        return
    folder = folder.absolute()
    if not folder.is_dir():
        raise CrtError(tr("There is no folder at {folder}. Plug in the stick or make the folder first.", folder=folder))
    if folder.resolve() in (backup_names.folder(path).resolve(), path.parent.resolve()):
        raise CrtError(tr("That folder is beside the records already. Choose one on another disk, a stick or a share."))
    remembered.note(path, second_folder=str(folder))
    if second_folder(path) != folder:
        raise CrtError(
            tr("The folder could not be remembered on this computer. Make room on the disk, then try again.")
        )


def copy_out(path: Path, backup: Path) -> Copied:
    """Copy a backup to the second folder, checked and counted as it was."""
    folder = second_folder(path)
    if folder is None:
        return Copied()
    if not folder.is_dir():
        return Copied(
            fault=tr(
                "The second folder for backups, {folder}, is not there. Plug it in or choose another one.",
                folder=folder,
            )
        )
    target = folder / backup.name
    if target.exists():
        return Copied(target)
    try:
        with connected(backup, SEALED) as source:
            return Copied(copy_from(source, backup, target))
    except CrtError as fault:
        return Copied(fault=tr("The backup was not copied to {folder}: {fault}", folder=folder, fault=fault))
    except sqlite3.Error as fault:
        return Copied(
            fault=tr(
                "The backup was not copied to {folder}: {sentence}",
                folder=folder,
                sentence=faults.sentence(backup, fault),
            )
        )
