"""The file behind what a person calls their database, refused where SQLite would lose records."""

from __future__ import annotations

import stat
import sys
from pathlib import Path

from crt_scheduler.errors import CrtError
from solver.wording import tr

NETWORK_FILE_SYSTEMS = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "9p", "fuse.sshfs", "davfs", "ncpfs"})


def local_path(database: str) -> Path:
    """Return the file behind a path or sqlite URL; raises CrtError for other databases and for network shares."""
    text = _behind_url(database) if "://" in database else database
    if not text:
        raise CrtError(tr("No database is named. Give the path of a file on this computer."))
    try:
        path = Path(text).expanduser().absolute()
        kind = path.stat().st_mode if path.exists() else None
    except (OSError, RuntimeError, ValueError) as fault:
        reason = getattr(fault, "strerror", None) or str(fault)
        raise CrtError(
            tr("{short} cannot be a database ({reason}). Give the path of a file.", short=_short(text), reason=reason)
        ) from fault
    if kind is not None and stat.S_ISDIR(kind):
        raise CrtError(tr("{path} is a folder. Give the path of a database file.", path=path))
    if kind is not None and not stat.S_ISREG(kind):
        raise CrtError(tr("{path} is a device or a pipe, not a file. Give the path of a database file.", path=path))
    if _on_network(path):
        raise CrtError(
            tr(
                "{path} lies on a network share, where SQLite loses records. Keep it on this computer's own disk.",
                path=path,
            )
        )
    return path


def _behind_url(database: str) -> str:
    """Return the path in a sqlite URL as SQLAlchemy reads it."""
    from sqlalchemy.engine import make_url  # a plain path, as the window opens it, need not wait for this
    from sqlalchemy.exc import ArgumentError

    try:
        url = make_url(database)
    except (ArgumentError, ValueError) as fault:
        raise CrtError(
            tr("{short} is no URL. Give the path of a file on this computer.", short=_short(database))
        ) from fault
    if url.drivername not in ("sqlite", "sqlite+pysqlite") or url.host:
        raise CrtError(
            tr(
                "A {drivername} database cannot be used yet. Give the path of a file on this computer.",
                drivername=url.drivername,
            )
        )
    if url.query or "?" in database:
        raise CrtError(
            tr(
                "{short} holds a question mark, which a URL reads as options; none are used. Give the plain "
                "path of the file instead.",
                short=_short(database),
            )
        )
    return url.database or ""


def _short(text: str) -> str:
    """Return a text short enough for a sentence, without what a terminal would act on."""
    shown = "".join(letter if letter.isprintable() else "?" for letter in text)
    return shown if len(shown) <= 100 else f"{shown[:60]}…{shown[-30:]}"


def _on_network(path: Path) -> bool:
    text = str(path)
    if text.startswith(("\\\\", "//")):
        return True
    mounts = Path("/proc/mounts")
    if not sys.platform.startswith("linux") or not mounts.exists():
        return False
    best, kind = "", ""
    for line in mounts.read_text(encoding="utf-8", errors="replace").splitlines():
        place, file_system = line.split()[1:3]
        if len(place) >= len(best) and (text == place or text.startswith(place.rstrip("/") + "/")):
            best, kind = place, file_system
    return kind in NETWORK_FILE_SYSTEMS
