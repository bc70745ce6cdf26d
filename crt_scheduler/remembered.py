"""What this computer remembers of each file of records: whose it is, its newest act, its last check, where copies go.

It tells an older copy put in the records' place, or a log of newest acts that was taken away, from the records as they
were left. Kept in the person's own state folder, one small file for each path; it holds no names and no contacts.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import threading
from pathlib import Path

import msgspec

from crt_scheduler import disk, places
from crt_scheduler.lineage import Seen


class Remembered(msgspec.Struct, frozen=True):
    """One file of records as it was left: the records' id, the newest line of its journal, when it was checked."""

    uid: str = ""
    number: int = 0
    mark: str = ""
    at: dt.datetime | None = None
    """When the newest act was done (UTC)."""
    checked: dt.datetime | None = None
    """When the file was last found whole (UTC)."""
    second_folder: str = ""
    """Where each backup is copied to as well; empty: nowhere."""

    @property
    def seen(self) -> Seen:
        """The newest line of the journal."""
        return Seen(self.number, self.mark)


def recall(path: Path) -> Remembered:
    """Return what is known of the records at a path; nothing where they are new here or it cannot be read."""
    try:
        return msgspec.json.decode(_file(path).read_bytes(), type=Remembered)
    except (OSError, msgspec.MsgspecError):
        return Remembered()


def note(path: Path, *, is_for_good: bool = False, **news: object) -> None:
    """Remember something new of the records at a path; a state folder that cannot be written is none of their harm.

    With `is_for_good` it is on the disk once this returns: what comes then may end in a power cut.
    """
    file = _file(path)
    known = recall(path)
    fresh = msgspec.structs.replace(known, **news)
    if fresh == known:
        return
    part = file.with_name(f"{file.name}.{os.getpid()}-{threading.get_ident()}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with part.open("wb") as stream:
            stream.write(msgspec.json.encode(fresh))
            if is_for_good:
                stream.flush()
                os.fsync(stream.fileno())
        part.chmod(0o600)
        part.replace(file)
        if is_for_good:
            disk.sync_folder(file.parent)
    except OSError:
        part.unlink(missing_ok=True)


def _file(path: Path) -> Path:
    key = hashlib.sha256(os.fsencode(path.absolute())).hexdigest()[:32]
    return places.state_folder() / "records" / f"{key}.json"
