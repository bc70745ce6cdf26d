"""The database: open, upgrade, back up; `read()` to look and `change(label)`, the one door for change."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DatabaseError, IntegrityError, OperationalError
from sqlalchemy.orm import Session

from crt_scheduler import backups, journal
from crt_scheduler.errors import CrtError

HEAD = "0006"
"""The newest schema revision this program knows; a test holds it against migrations/versions."""
APPLICATION = 0x43525453
BUSY_SECONDS = 15.0


class Store:
    """An open database, acting for one person at one time; close it when done.

    `who` signs the journal; `now` is the instant every act of this store bears.
    """

    def __init__(self, engine: Engine, path: Path, *, who: str, now: dt.datetime) -> None:
        self._engine = engine
        self.path = path
        self.who = who
        self.now = now

    @contextmanager
    def read(self) -> Iterator[Session]:
        """Yield a session that sees one moment of the records; what is changed in it is not kept."""
        with _sentences(self.path), Session(self._engine) as session:
            yield session
            session.rollback()

    @contextmanager
    def change(self, label: str, *, final: str = "", who: str = "") -> Iterator[Session]:
        """Yield a session for one act: all of it is kept under `label`, or none.

        A `final` sentence makes the act one that undo refuses with that sentence. `who` signs it in place of the
        store's own person: a responder at a shared desk, whose acts are undone under the same name only.
        """
        engine = self._engine.execution_options(write=True)
        with _sentences(self.path), Session(engine, expire_on_commit=False) as session, session.begin():
            recorder = journal.Recorder(session)
            yield session
            session.flush()
            changes = recorder.changes()
            if changes or final:
                journal.write(session, changes, label=label, who=who or self.who, now=self.now, final=final)

    def undo(self, *, who: str = "") -> journal.Act:
        """Take back the newest act of this person, or of `who`, and return it; raises CrtError if it cannot be."""
        return self._restore(journal.undo, who or self.who)

    def redo(self, *, who: str = "") -> journal.Act:
        """Repeat the last undone act of this person, or of `who`, and return it; raises CrtError if it cannot be."""
        return self._restore(journal.redo, who or self.who)

    def compact(self) -> None:
        """Rewrite the file without what was taken out of it, so that it cannot be read from the disk's free pages.

        Raises CrtError while another program reads or writes: the old pages are then still there.
        """
        with _sentences(self.path), closing(sqlite3.connect(self.path, timeout=BUSY_SECONDS)) as raw:
            raw.execute("VACUUM")
            if raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
                raise CrtError(
                    "Another program holds the records, so the file was not rewritten. Close it there first."
                )

    def _restore(self, step: Any, who: str) -> journal.Act:
        engine = self._engine.execution_options(write=True)
        with _sentences(self.path), Session(engine) as session, session.begin():
            act: journal.Act = step(session, who=who, now=self.now)
            journal.refuse_orphans(session.connection())
            return act

    def back_up(self, target: Path) -> Path:
        """Copy the records, as of now and whole, to a file and return it; raises CrtError while they are locked."""
        with _sentences(self.path):
            return backups.back_up(self.path, target)

    def revision(self) -> int:
        """Return the journal's number."""
        with self.read() as session:
            return journal.revision(session)

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()


def open_store(
    database: str, *, who: str, now: dt.datetime, create: bool = False, patience: float = BUSY_SECONDS
) -> Store:
    """Open the database file (or sqlite URL), upgrade an older one after a backup, and return the Store.

    With `create` a missing file is made; `patience` is how many seconds to wait for another writer.
    Raises CrtError with a sentence for: no such file, a network share, another kind of URL, a file that is not ours,
    a newer version, a damaged file (which is moved aside first).
    """
    path = backups.local_path(database)
    if not create and (not path.exists() or not path.stat().st_size):
        raise CrtError(backups.missing_sentence(path))
    if path.exists() and path.stat().st_size:
        backups.refuse_unsound(path, known=known_revisions(), application=APPLICATION)
    else:
        path.parent.mkdir(parents=True, exist_ok=True)
    store = Store(_engine(path, patience), path, who=who, now=now)
    try:
        _upgrade(store)
    except BaseException:
        store.close()
        raise
    return store


def known_revisions() -> frozenset[str]:
    """Return the schema revisions this program can read."""
    return frozenset(f"{n:04d}" for n in range(1, int(HEAD) + 1))


def _engine(path: Path, patience: float) -> Engine:
    engine = create_engine(f"sqlite:///{path}", connect_args={"timeout": patience})

    @event.listens_for(engine, "connect")
    def set_up(connection: Any, _: Any) -> None:
        connection.isolation_level = None  # SQLAlchemy's own BEGIN, below, decides when to lock
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = FULL")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        write = connection.get_execution_options().get("write", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")

    return engine


def _upgrade(store: Store) -> None:
    """Bring the schema to HEAD; Alembic is imported only when there is something to do."""
    with _sentences(store.path), store._engine.connect() as connection:
        has_version = connection.exec_driver_sql(
            "SELECT name FROM sqlite_master WHERE name = 'alembic_version'"
        ).first()
        found = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() if has_version else None
    if found == HEAD:
        return
    if found is not None:
        backups.back_up(store.path, backups.dated_name(store.path, store.now, "before-upgrade"))
    from crt_scheduler.migrations import upgrade

    with _sentences(store.path):
        with sqlite3.connect(store.path, timeout=BUSY_SECONDS) as raw:
            raw.execute("PRAGMA journal_mode = WAL")
            raw.execute(f"PRAGMA application_id = {APPLICATION}")
        raw.close()
        upgrade(store._engine.execution_options(write=True), HEAD)


@contextmanager
def _sentences(path: Path) -> Iterator[None]:
    """Turn the database's own faults into sentences a coordinator can act on."""
    try:
        yield
    except IntegrityError as fault:
        if "FOREIGN KEY" in str(fault.orig):
            raise CrtError("Another record depends on this one. Change that one first; nothing was written.") from fault
        raise
    except (OperationalError, sqlite3.OperationalError) as fault:
        raise CrtError(_operational(path, str(getattr(fault, "orig", fault)))) from fault
    except (DatabaseError, sqlite3.DatabaseError) as fault:
        if "malformed" in str(fault) or "not a database" in str(fault):
            raise CrtError(backups.damaged_sentence(path)) from fault
        raise


def _operational(path: Path, text: str) -> str:
    if "locked" in text or "busy" in text:
        return "Another program is writing to the records. Wait a moment and try again; nothing was written."
    if "readonly" in text or "read-only" in text:
        return f"{path} is read-only. Allow writing to the file and its folder, then try again."
    if "full" in text:
        return "The disk is full. Free some space and try again; nothing was written."
    if "unable to open" in text:
        return f"{path} cannot be opened. Check that its folder exists and may be written to."
    return f"The database {path.name} answered: {text}. Nothing was written; restore a backup if it says so again."
