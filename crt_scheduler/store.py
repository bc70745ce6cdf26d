"""The database: open, upgrade, back up; `read()` to look and `do(act)`, the one door for change."""

from __future__ import annotations

import datetime as dt
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Engine
from sqlalchemy.exc import DatabaseError, IntegrityError
from sqlalchemy.orm import Session

from crt_scheduler import backups, disk, journal, journal_check, lineage, moment, remembered
from crt_scheduler.act import Deed, Done
from crt_scheduler.backups import backup_names, copying, faults, rotation
from crt_scheduler.backups.connecting import BUSY_SECONDS, connected, uri
from crt_scheduler.errors import CrtError, NotAllowed
from crt_scheduler.kept import Kept
from crt_scheduler.last_out import LastOut
from crt_scheduler.progress import Progress, nobody
from crt_scheduler.same_file import Standing
from crt_scheduler.sqlite_engine import engine_on
from crt_scheduler.strange_log import refuse_strange_log
from solver.wording import tr

R = TypeVar("R")
T = TypeVar("T")
HEAD = "0012"
"""The newest schema revision this program knows; a test holds it against migrations/versions."""
APPLICATION = 0x43525453
LARGE = 20_000_000
"""Bytes from which a file is looked through once a day instead of at each opening."""
A_DAY = dt.timedelta(days=1)


class Store:
    """An open database, acting for one person at one time; close it when done.

    `who` signs the journal; `now` is the instant every act of this store bears. `notice` is what a person must hear
    of the file as it was found; no words: nothing. `is_read_only` tells records in a folder that cannot be written.
    """

    def __init__(self, engine: Engine, standing: Standing, *, who: str, now: dt.datetime, is_read_only: bool) -> None:
        self._engine, self._kept = engine, Kept()
        self._standing = standing
        self.path = standing.path
        self.who = who
        self.now = now
        self.is_read_only = is_read_only
        self.notice = ""
        self.uid = ""
        self._seen = lineage.Seen()
        self._is_closed = False
        self._users = LastOut(self._let_go)

    @contextmanager
    def read(self) -> Iterator[Session]:
        """Yield a session that sees one moment of the records; what is changed in it is not kept."""
        self._standing.refuse_strayed()
        with self._users.inside(), _sentences(self.path), Session(self._engine) as session:
            self._kept.give_to(session)
            moment.give_to(session, self.now)
            yield session
            session.rollback()

    def do(self, deed: Deed[T], *, who: str = "") -> Done[T]:
        """Do one act, all of it or none, and return its answer with its label; raises what the act raises.

        `who` signs it in place of the store's own person: a responder at a shared desk, whose acts are undone under
        the same name only.
        """
        return self.do_and_look(deed, lambda session: None, who=who)[0]

    def do_and_look(self, deed: Deed[T], look: Callable[[Session], R], *, who: str = "") -> tuple[Done[T], R]:
        """Do one act as `do` does, and return also what `look` reads of the records before anybody else can write."""
        with self._writing() as session:
            recorder = journal.Recorder(session)
            done = deed.run(session)
            self._keep(session, recorder, label=done.label, final=done.final, who=who)
            seen = look(session)
        return done, seen

    @contextmanager
    def change(self, label: str, *, final: str = "", who: str = "") -> Iterator[Session]:
        """Yield a session for one act put together on the spot: all of it is kept under `label`, or none.

        What the team does has its label from its Act alone: see `do`.
        """
        with self._writing() as session:
            recorder = journal.Recorder(session)
            yield session
            self._keep(session, recorder, label=label, final=final, who=who)

    def _keep(self, session: Session, recorder: journal.Recorder, *, label: str, final: str, who: str) -> None:
        """Write what an act changed to the journal; a `final` sentence makes it one that undo refuses with that."""
        session.flush()
        changes, packed = recorder.changes(), recorder.packed()
        if changes or packed or final:
            journal.write(session, changes, packed, label=label, who=who or self.who, now=self.now, final=final)

    @contextmanager
    def _writing(self) -> Iterator[Session]:
        """Yield a session whose changes are kept, in the file that was opened and no other."""
        self._refuse_read_only()
        self._standing.refuse_strayed()
        engine = self._engine.execution_options(write=True)
        with self._users.inside(), _sentences(self.path), Session(engine, expire_on_commit=False) as session:
            moment.give_to(session, self.now)
            with session.begin():
                self._refuse_turned_back(session)
                yield session
                seen = lineage.seen(session)
            self._standing.refuse_strayed()
        self._note(seen)

    def refuse_strayed(self) -> None:
        """Raise CrtError if the file or its log is no longer the one that was opened; what was open is then kept."""
        self._standing.refuse_strayed()

    @property
    def seen(self) -> lineage.Seen:
        """The newest act as this store saw it last."""
        return self._seen

    def _refuse_read_only(self) -> None:
        if self.is_read_only and faults.is_full(self.path):
            raise CrtError(tr(faults.DISK_FULL))
        if self.is_read_only:
            raise CrtError(
                tr("{path} is read-only. Allow writing to the file and its folder, then try again.", path=self.path)
            )

    def _refuse_turned_back(self, session: Session) -> None:
        """Raise NotAllowed, once, if the records no longer hold the newest act seen here: a backup was restored."""
        if lineage.has(session, self._seen):
            return
        self._seen = lineage.seen(session)
        raise NotAllowed(
            tr(
                "The records went back to an earlier state, as restoring a backup does. Nothing was written: look at"
                " them again, then repeat what you were about to do."
            )
        )

    def _note(self, seen: lineage.Seen) -> None:
        """Remember the newest act, here and on this computer."""
        self._seen = seen
        remembered.note(self.path, uid=self.uid, number=seen.number, mark=seen.mark, at=self.now)

    def undo(self, *, who: str = "", progress: Progress = nobody) -> journal.HistoryLine:
        """Take back the newest act of this person, or of `who`, and return it; raises CrtError if it cannot be."""
        return self._restore(journal.undo, who or self.who, progress)

    def redo(self, *, who: str = "", progress: Progress = nobody) -> journal.HistoryLine:
        """Repeat the last undone act of this person, or of `who`, and return it; raises CrtError if it cannot be."""
        return self._restore(journal.redo, who or self.who, progress)

    def _restore(self, step: Any, who: str, progress: Progress) -> journal.HistoryLine:
        with self._writing() as session:
            act: journal.HistoryLine = step(session, who=who, now=self.now, progress=progress)
        return act

    def compact(self) -> None:
        """Rewrite the file without what was taken out of it, so that it cannot be read from the disk's free pages.

        Raises CrtError while another program reads or writes: the old pages are then still there.
        """
        self._refuse_read_only()
        self._standing.refuse_strayed()
        with _sentences(self.path), connected(self.path) as raw:
            raw.execute("VACUUM")
            if raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
                raise CrtError(
                    tr("Another program holds the records, so the file was not rewritten. Close it there first.")
                )

    def back_up(self, target: Path) -> Path:
        """Copy the records, as of now and whole, to a file and return it; raises CrtError while they are locked."""
        self._standing.refuse_strayed()
        mode = backup_names.SEALED if self.is_read_only else "mode=ro"
        return backups.back_up(self.path, target, mode=mode)

    def back_up_daily(self) -> str:
        """Make this day's backup if there is none, drop what is superfluous, and return what a person must hear.

        Raises CrtError if the records are damaged or the backup cannot be written.
        """
        if self.is_read_only or not rotation.is_due(self.path, self.now):
            return ""
        made = self.back_up(backups.dated_name(self.path, self.now, "daily"))
        remembered.note(self.path, checked=self.now)
        rotation.rotate(self.path, self.now)
        return rotation.copy_out(self.path, made).fault

    def look_through(self) -> str:
        """Hold every record against the journal and return what a person must hear; takes seconds for ten years."""
        with self.read() as session:
            return journal_check.look_through(session).sentence()

    def revision(self) -> int:
        """Return the journal's number."""
        with self.read() as session:
            return journal.revision(session)

    def close(self) -> None:
        """Let go of the file, or where a thread is still at work on it, have that done when it ends."""
        self._users.close()

    def _let_go(self) -> None:
        self._engine.dispose()
        if not self._is_closed:
            self._is_closed = True
            self._standing.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_store(
    database: str, *, who: str, now: dt.datetime, create: bool = False, patience: float = BUSY_SECONDS
) -> Store:
    """Open the database file (or sqlite URL), upgrade an older one after a backup, and return the Store.

    With `create` a missing file is made; `patience` is how many seconds to wait for another writer.
    Raises CrtError with a sentence for: no such file, a network share, another kind of URL, a file that is not ours,
    a newer version, a damaged file (which is moved aside first), a log beside it that is not its own.
    """
    path = backups.local_path(database)
    try:
        mode = _prepare(path, now, create=create)
        store = _begin(path, mode, who=who, now=now, patience=patience)
    except sqlite3.Error as fault:
        raise CrtError(faults.sentence(path, fault)) from fault
    except OSError as fault:
        raise CrtError(faults.disk_sentence(path, fault)) from fault
    try:
        _upgrade(store)
        _get_to_know(store)
    except BaseException:
        store.close()
        raise
    return store


def _prepare(path: Path, now: dt.datetime, *, create: bool) -> str:
    """Look at the file before it is opened, or make an empty one, and return the mode to open it with."""
    copying.sweep(path)
    if path.exists() and path.stat().st_size:
        refuse_strange_log(path)
        known = remembered.recall(path)
        thorough = path.stat().st_size < LARGE or known.checked is None or now - known.checked > A_DAY
        mode = backups.refuse_unsound(path, known=known_revisions(), application=APPLICATION, thorough=thorough)
        if thorough:
            remembered.note(path, checked=now)
        return mode
    if not create:
        raise CrtError(backups.missing_sentence(path))
    disk.make_folder(path.parent, [])
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, copying.PRIVATE_FILE))
    return "mode=rw"


def _begin(path: Path, mode: str, *, who: str, now: dt.datetime, patience: float) -> Store:
    """Open the file with a connection that stays, so that its name and its log can be watched from now on."""
    anchor = sqlite3.connect(uri(path, mode), uri=True, timeout=patience, isolation_level=None, check_same_thread=False)
    try:
        anchor.execute("SELECT count(*) FROM sqlite_master").fetchone()
        has_log = anchor.execute("PRAGMA journal_mode").fetchone()[0] == "wal" and mode == "mode=rw"
        standing = Standing(path, anchor, has_log=has_log)
    except BaseException:
        anchor.close()
        raise
    return Store(engine_on(path, mode, patience), standing, who=who, now=now, is_read_only=mode != "mode=rw")


def known_revisions() -> frozenset[str]:
    """Return the schema revisions this program can read."""
    return frozenset(f"{n:04d}" for n in range(1, int(HEAD) + 1))


def _upgrade(store: Store) -> None:
    """Bring the schema to HEAD; Alembic is imported only when there is something to do."""
    with _sentences(store.path), store._engine.connect() as connection:
        has_version = connection.exec_driver_sql(
            "SELECT name FROM sqlite_master WHERE name = 'alembic_version'"
        ).first()
        found = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() if has_version else None
    if found == HEAD:
        return
    if store.is_read_only:
        raise CrtError(
            tr(
                "{name} was written by an older version and its folder cannot be written to, so it cannot be "
                "upgraded. Copy it to a folder of your own and open it there.",
                name=store.path.name,
            )
        )
    if found is not None:
        backups.back_up(store.path, backups.dated_name(store.path, store.now, "before-upgrade"))
    from crt_scheduler.migrations import upgrade

    with _sentences(store.path):
        with connected(store.path) as raw:
            raw.execute("PRAGMA journal_mode = WAL")
            raw.execute(f"PRAGMA application_id = {APPLICATION}")
        upgrade(store._engine.execution_options(write=True), HEAD)
    store._standing.watch_log()


def _get_to_know(store: Store) -> None:
    """Read whose records these are, and whether they end where this computer saw them end last."""
    with store.read() as session:
        store.uid = backup_names.uid_in(session.connection())
        store._seen = lineage.seen(session)
        left = remembered.recall(store.path)
        if left.uid == store.uid and left.number and left.mark and not lineage.has(session, left.seen):
            when = "" if left.at is None else tr(" of {at:%Y-%m-%d %H:%M} (UTC)", at=left.at)
            store.notice = tr(
                "{name} is not as it was left on this computer: act {number}{when} is not in it. An "
                "older copy may have been put in its place, or the file beside it that ends in -wal was taken away. "
                "If that is not what you meant, change nothing and find the newer file first.",
                name=store.path.name,
                number=left.number,
                when=when,
            )
        if left.uid and left.uid != store.uid:
            store.notice = tr(
                "{name} holds other records than those that lay there before. If that is not what you "
                "meant, change nothing and look for the file that was there.",
                name=store.path.name,
            )
    if left.uid != store.uid:  # new here, or said just now: an older copy is said at each opening until an act is done
        store._note(store._seen)


@contextmanager
def _sentences(path: Path) -> Iterator[None]:
    """Turn the database's own faults into sentences a coordinator can act on."""
    try:
        yield
    except IntegrityError as fault:
        if "FOREIGN KEY" in str(fault.orig):
            raise CrtError(
                tr("Another record depends on this one. Change that one first; nothing was written.")
            ) from fault
        raise
    except (DatabaseError, sqlite3.DatabaseError) as fault:
        raw = getattr(fault, "orig", None) or fault
        if faults.is_damage(raw):
            raise CrtError(backups.damaged_sentence(path)) from fault
        if not isinstance(raw, sqlite3.OperationalError):
            raise
        raise CrtError(faults.sentence(path, raw)) from fault
