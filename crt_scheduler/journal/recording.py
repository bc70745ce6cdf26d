"""Keeping an act: what one session changed is collected while it runs, and written with it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from operator import itemgetter
from typing import Any

import msgspec
from sqlalchemy import event, inspect, select
from sqlalchemy.orm import ORMExecuteState, Session

from crt_scheduler import lineage
from crt_scheduler.journal.images import Image, RowChange, pack, unpack
from crt_scheduler.tables import NOT_RESTORED, JournalAct, JournalRows, Record

TOUCHED, RECORDER = "touched", "recorder"
PACKED_FROM = 1_000
"""New rows of one statement from which on their images are packed at once: those of years take much room."""


class PackedRows(msgspec.Struct, frozen=True):
    """The images of new rows of one table, from a number to a number, as a batch of the journal holds them."""

    table: str
    first: int
    last: int
    images: bytes


def _values(row: Any) -> Image:
    return {a.key: getattr(row, a.key) for a in inspect(row).mapper.column_attrs}


def _loaded(row: Any) -> Image:
    """Return the values a changed row had when it was loaded."""
    state = inspect(row)
    before = {}
    for attribute in state.mapper.column_attrs:
        history = state.attrs[attribute.key].load_history()
        kept = history.deleted or history.unchanged or (None,)
        before[attribute.key] = kept[0]
    return before


class Recorder:
    """Collects the row images of one session while an act runs, and refuses what would slip past it."""

    def __init__(self, session: Session) -> None:
        self._changes: dict[tuple[str, int], tuple[Image | None, Image | None]] = {}
        self._before: list[tuple[Any, Image]] = []
        self._new: list[Any] = []
        self._gone: set[int] = set()
        self._packed: list[PackedRows] = []
        session.info[RECORDER] = self
        event.listen(session, "before_flush", self._before_flush)
        event.listen(session, "after_flush", self._after_flush)
        event.listen(session, "do_orm_execute", self._refuse_bulk)

    def _before_flush(self, session: Session, *_: Any) -> None:
        self._before = [(row, _loaded(row)) for row in session.dirty if session.is_modified(row)]
        self._before += [(row, _values(row)) for row in session.deleted]
        self._gone = {id(row) for row in session.deleted}
        self._new = list(session.new)

    def _after_flush(self, session: Session, *_: Any) -> None:
        for row, before in self._before:
            self._keep(row, before, None if id(row) in self._gone else _values(row))
        for row in self._new:
            self._keep(row, None, _values(row))

    def _keep(self, row: Any, before: Image | None, after: Image | None) -> None:
        place = (row.__tablename__, row.id)
        self._unpack(*place)
        if place in self._changes:
            before = self._changes[place][0]
        self._changes[place] = (before, after)

    def keep_new(self, table: str, rows: Sequence[Image]) -> None:
        """Note rows of a table that were added by one statement, in the order of their numbers."""
        if len(rows) < PACKED_FROM:
            self._changes.update({(table, row["id"]): (None, row) for row in rows})
            return
        images = pack([(row["id"], None, row) for row in rows])
        self._packed.append(PackedRows(table, rows[0]["id"], rows[-1]["id"], images))

    def _unpack(self, table: str, number: int) -> None:
        """Take a new row that changes within its own act out of its batch, with the rows beside it."""
        for batch in self._packed:
            if batch.table == table and batch.first <= number <= batch.last:
                self._changes.update({(table, key): (None, row) for key, row in unpack(table, batch.images)})
                self._packed.remove(batch)
                return

    def packed(self) -> list[PackedRows]:
        """Return the batches of new rows that are packed already, ledger and journal rows left out."""
        return [batch for batch in self._packed if batch.table not in NOT_RESTORED]

    @staticmethod
    def _refuse_bulk(state: ORMExecuteState) -> None:
        if state.is_insert or state.is_update or state.is_delete:
            raise TypeError("an act changes rows one by one, so that the journal sees each")

    def changes(self) -> list[RowChange]:
        """Return every row that really changed, ledger and journal rows left out."""
        return [
            RowChange(table, key, before, after)
            for (table, key), (before, after) in self._changes.items()
            if before != after and table not in NOT_RESTORED
        ]


def write(
    session: Session,
    changes: list[RowChange],
    packed: Sequence[PackedRows] = (),
    *,
    label: str,
    who: str,
    now: dt.datetime,
    final: str,
) -> int:
    """Write one act with its row images, some of them packed already, and return its number."""
    by_table: dict[str, list[tuple[int, Image | None, Image | None]]] = {}
    for change in changes:
        by_table.setdefault(change.table, []).append((change.key, change.before, change.after))
    for table in session.info.pop(TOUCHED, ()):
        by_table.setdefault(table, [])
    batches = len(by_table) + len(packed)
    act = add_line(session, label=label, who=who, at=now, kind="act", of=None, final=final, batches=batches)
    written = [(batch.table, batch.images) for batch in packed]
    # sorted, so that the same act writes the same bytes
    written += ((table, pack(sorted(images, key=itemgetter(0)))) for table, images in by_table.items())
    for table, kept in written:
        session.add(JournalRows(act_id=act.id, table_name=table, images=kept, digest=lineage.digest(table, kept)))
    session.flush()
    return act.id


def add_line(session: Session, **said: Any) -> JournalAct:
    """Add a line to the journal, chained to the one before it."""
    line = JournalAct(**said, undone=False)
    session.add(line)
    session.flush()
    lineage.sign(session, line)
    return line


def added(session: Session, table: str, rows: Sequence[Image]) -> None:
    """Let the act under way journal rows that were added past it; outside an act there is nothing to keep."""
    recorder = session.info.get(RECORDER)
    if recorder is not None:
        recorder.keep_new(table, rows)


def touch(session: Session, tables: Iterable[str]) -> None:
    """Let the act under way say that it touched tables, without keeping what it took out of them."""
    session.info[TOUCHED] = sorted(tables)


def forget(session: Session, act: int, batches: Iterable[tuple[int, Iterable[RowChange]]], *, final: str) -> None:
    """Put other images in an act's batches (by number), and let undo and redo refuse the act with the sentence."""
    connection = session.connection()  # past the recorder: the journal is not part of what it records
    rows, acts = (Record.metadata.tables[table.__tablename__] for table in (JournalRows, JournalAct))
    for number, changes in batches:
        kept = pack([(change.key, change.before, change.after) for change in changes])
        table = connection.execute(select(rows.c.table_name).where(rows.c.id == number)).scalar_one()
        values = {"images": kept, "digest": lineage.digest(table, kept)}
        connection.execute(rows.update().where(rows.c.id == number).values(values))
    connection.execute(acts.update().where(acts.c.id == act, acts.c.final == "").values(final=final))
