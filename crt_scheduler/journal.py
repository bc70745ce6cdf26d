"""Row images of every act: the one mechanism behind undo, redo and the audit trail."""

from __future__ import annotations

import datetime as dt
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, TypedDict, TypeVar

import msgspec
from sqlalchemy import Column, Connection, Date, Executable, Table, Time, bindparam, event, func, inspect, select
from sqlalchemy.orm import ORMExecuteState, Session, aliased

from crt_scheduler import lineage, orphans
from crt_scheduler.errors import CrtError, NotAllowed
from crt_scheduler.progress import Progress, Steps, nobody
from crt_scheduler.tables import NOT_RESTORED, Instant, JournalAct, JournalRows, Record

T = TypeVar("T")
Image = dict[str, Any]
CHUNK = 500
LARGE = 40_000
"""Bytes of packed images, those of about a thousand rows, above which an act is taken back beside the window's work."""
BYTES_EACH = 100
"""What the images of one changed row take, packed, at the most as a rule."""
TOUCHED, RECORDER = "touched", "recorder"


class DamagedJournal(CrtError):
    """What an act kept of the rows it touched is missing or garbled, so that it can neither be undone nor redone."""


@dataclass(frozen=True)
class RowChange:
    """One row before and after an act (None: it was not there)."""

    table: str
    key: int
    before: Image | None
    after: Image | None


@dataclass(frozen=True)
class Act:
    """One line of history: number, what, who, when, and whether it has been undone or cannot be."""

    number: int
    label: str
    who: str
    at: dt.datetime
    kind: str
    undone: bool
    final: str


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
        if place in self._changes:
            before = self._changes[place][0]
        self._changes[place] = (before, after)

    def keep_new(self, table: str, rows: Iterable[Image]) -> None:
        """Note rows of a table that were added by one statement."""
        self._changes.update({(table, row["id"]): (None, row) for row in rows})

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


def write(session: Session, changes: list[RowChange], *, label: str, who: str, now: dt.datetime, final: str) -> int:
    """Write one act with its row images and return its number."""
    by_table: dict[str, list[tuple[int, Image | None, Image | None]]] = {}
    for change in changes:
        by_table.setdefault(change.table, []).append((change.key, change.before, change.after))
    for table in session.info.pop(TOUCHED, ()):
        by_table.setdefault(table, [])
    act = _line(session, label=label, who=who, at=now, kind="act", of=None, final=final, batches=len(by_table))
    for table, images in by_table.items():
        packed = _pack(images)
        digest = lineage.digest(table, packed)
        session.add(JournalRows(act_id=act.id, table_name=table, images=packed, digest=digest))
    session.flush()
    return act.id


def _line(session: Session, **said: Any) -> JournalAct:
    """Add a line to the journal, chained to the one before it."""
    line = JournalAct(**said, undone=False)
    session.add(line)
    session.flush()
    lineage.sign(session, line)
    return line


def added(session: Session, table: str, rows: Iterable[Image]) -> None:
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
        kept = _pack([(change.key, change.before, change.after) for change in changes])
        table = connection.execute(select(rows.c.table_name).where(rows.c.id == number)).scalar_one()
        values = {"images": kept, "digest": lineage.digest(table, kept)}
        connection.execute(rows.update().where(rows.c.id == number).values(values))
    connection.execute(acts.update().where(acts.c.id == act, acts.c.final == "").values(final=final))


def batches_of(session: Session, tables: Iterable[str]) -> list[tuple[int, int, str]]:
    """Return every batch of images of some tables: its act, its number and its table."""
    query = select(JournalRows.act_id, JournalRows.id, JournalRows.table_name)
    query = query.where(JournalRows.table_name.in_(list(tables))).order_by(JournalRows.id)
    return [(act, number, table) for act, number, table in session.execute(query)]


def batch(session: Session, number: int) -> list[RowChange]:
    """Return the row changes of one batch; raises DamagedJournal if it is garbled."""
    return _of_batch(session, number, _read)


def held_in(session: Session, number: int, field: str) -> list[tuple[int, Any]]:
    """Return the key and one field of every image of a batch, without the rest of it that takes so much room.

    Raises DamagedJournal if it is garbled.
    """

    def look(row: JournalRows, label: str) -> list[tuple[int, Any]]:
        decoder = _field_decoder(Record.metadata.tables[row.table_name], field)
        found = _decoded(row, label, decoder)
        return [(key, image.held) for key, *images in found for image in images if image is not None]

    return _of_batch(session, number, look)


def _of_batch(session: Session, number: int, look: Callable[[JournalRows, str], T]) -> T:
    row = session.get_one(JournalRows, number)
    found = look(row, session.get_one(JournalAct, row.act_id).label)
    session.expunge(row)
    return found


def batch_numbers(session: Session, acts: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Yield the acts' batches of images: the act and the batch's number."""
    for part in _chunks(list(acts)):
        yield from session.execute(select(JournalRows.act_id, JournalRows.id).where(JournalRows.act_id.in_(part))).all()


def _pack(images: list[tuple[int, Image | None, Image | None]]) -> bytes:
    return zlib.compress(msgspec.json.encode(images), 1)


NOTHING = len(_pack([]))
"""The bytes of a batch without images."""


def _python_type(column: Column[Any]) -> Any:
    if isinstance(column.type, Instant):
        return dt.datetime | None
    if isinstance(column.type, Date):
        return dt.date | None
    if isinstance(column.type, Time):
        return dt.time | None
    return Any


@cache
def _decoder(table: Table) -> msgspec.json.Decoder[list[tuple[int, Image | None, Image | None]]]:
    """Return what reads a table's batches: each value of the type its column holds, many thousand rows at once."""
    columns = {column.name: _python_type(column) for column in table.columns}
    image = TypedDict("image", columns, total=False)  # type: ignore[misc]
    return msgspec.json.Decoder(list[tuple[int, image | None, image | None]])


@cache
def _field_decoder(table: Table, field: str) -> msgspec.json.Decoder[Any]:
    """Return what reads one field alone of each image; None where an image lacks it."""
    wanted = [("held", _python_type(table.c[field]), msgspec.field(default=None, name=field))]
    image = msgspec.defstruct("Image", wanted)
    return msgspec.json.Decoder(list[tuple[int, image | None, image | None]])  # type: ignore[valid-type]


def rows_of(session: Session, act: int) -> list[RowChange]:
    """Return the row changes of one act; raises DamagedJournal if they are missing or garbled."""
    line = session.get_one(JournalAct, act)
    batches = session.scalars(select(JournalRows).where(JournalRows.act_id == act).order_by(JournalRows.id)).all()
    if line.batches is not None and line.batches != len(batches):
        raise DamagedJournal(_damaged(line.label))
    return [change for batch in batches for change in _read(batch, line.label)]


def _read(batch: JournalRows, label: str) -> list[RowChange]:
    """Return a batch's row changes; raises DamagedJournal if they are not what was written."""
    found = _decoded(batch, label, _decoder(Record.metadata.tables[batch.table_name]))
    return [RowChange(batch.table_name, key, before, after) for key, before, after in found]


def _decoded(batch: JournalRows, label: str, decoder: msgspec.json.Decoder[T]) -> T:
    if batch.digest and batch.digest != lineage.digest(batch.table_name, batch.images):
        raise DamagedJournal(_damaged(label))
    try:
        return decoder.decode(zlib.decompress(batch.images))
    except (zlib.error, msgspec.MsgspecError, LookupError, TypeError, ValueError) as fault:
        raise DamagedJournal(_damaged(label)) from fault


def _damaged(label: str) -> str:
    return (
        f"What “{label}” changed is damaged in the journal, so it cannot be undone or repeated; nothing was changed. "
        "Look at what it did and put it right by hand, or restore a backup from before it."
    )


def damaged_batches(session: Session) -> list[int]:
    """Return the numbers of the acts whose images are missing or garbled, oldest first."""
    found = []
    for number in session.scalars(select(JournalAct.id).where(JournalAct.kind == "act").order_by(JournalAct.id)):
        try:
            rows_of(session, number)
        except DamagedJournal:
            found.append(number)
        session.expire_all()
    return found


def history(session: Session, limit: int = 100) -> list[Act]:
    """Return the newest acts, newest first."""
    rows = session.scalars(select(JournalAct).order_by(JournalAct.id.desc()).limit(limit))
    return [_act(row) for row in rows]


def _act(row: JournalAct) -> Act:
    return Act(row.id, row.label, row.who, row.at, row.kind, row.undone, row.final)


def revision(session: Session) -> int:
    """Return the journal's number: it grows with every act, undo and redo."""
    return session.scalar(select(func.max(JournalAct.id))) or 0


def tables_since(session: Session, number: int) -> frozenset[str]:
    """Return the names of the tables that acts, undos and redos after a journal's number have touched."""
    act = func.coalesce(JournalAct.of, JournalAct.id)
    query = select(JournalRows.table_name).join(JournalAct, act == JournalRows.act_id).where(JournalAct.id > number)
    return frozenset(session.scalars(query.distinct()))


def changes_since(session: Session, number: int, tables: Iterable[str], *, most: int) -> list[RowChange] | None:
    """Return the row changes of some tables by acts, undos and redos after a journal's number; None: more than `most`.

    Raises DamagedJournal for a batch that is garbled.
    """
    act = func.coalesce(JournalAct.of, JournalAct.id)
    query = select(JournalRows).join(JournalAct, act == JournalRows.act_id).where(JournalAct.id > number)
    query = query.where(JournalRows.table_name.in_(list(tables)))
    found: list[RowChange] = []
    if (session.scalar(select(func.sum(func.length(query.subquery().c.images)))) or 0) > most * BYTES_EACH:
        return None
    for batch in session.scalars(query):
        found += _read(batch, "")
    return found if len(found) <= most else None


def is_large(session: Session, act: int) -> bool:
    """Did an act change so many rows that taking it back takes more than a moment?"""
    size = session.scalar(select(func.sum(func.length(JournalRows.images))).where(JournalRows.act_id == act))
    return (size or 0) > LARGE


def next_undo(session: Session, who: str) -> Act | None:
    """Return this person's newest act that is not undone, or None."""
    row = session.scalar(_acts_of(who).where(~JournalAct.undone).order_by(JournalAct.id.desc()).limit(1))
    return None if row is None else _act(row)


def next_redo(session: Session, who: str) -> Act | None:
    """Return this person's oldest act that was undone since they did their newest one, or None.

    What was undone before something else was done is given up: it is not repeated once that is undone too.
    """
    newest = session.scalar(_acts_of(who).order_by(JournalAct.id.desc()).limit(1))
    if newest is None:
        return None
    mark = aliased(JournalAct)
    undone_since = select(mark.id).where(mark.kind == "undo", mark.of == JournalAct.id, mark.id > newest.id)
    query = _acts_of(who).where(JournalAct.undone, undone_since.exists())
    row = session.scalar(query.order_by(JournalAct.id).limit(1))
    return None if row is None else _act(row)


def _acts_of(who: str) -> Any:
    return select(JournalAct).where(JournalAct.who == who, JournalAct.kind == "act")


def undo(session: Session, *, who: str, now: dt.datetime, progress: Progress = nobody) -> Act:
    """Take back this person's newest act.

    Raises NotAllowed if there is none, it is final, or a later change is in the way.
    """
    act = next_undo(session, who)
    if act is None:
        raise NotAllowed("There is nothing of yours to undo.")
    if act.final:
        raise NotAllowed(act.final)
    _restore(session, act, back=True, progress=progress)
    return _mark(session, act, "undo", who, now)


def redo(session: Session, *, who: str, now: dt.datetime, progress: Progress = nobody) -> Act:
    """Repeat this person's last undone act; raises CrtError if there is none or a later change is in the way."""
    act = next_redo(session, who)
    if act is None:
        raise NotAllowed("There is nothing of yours to redo.")
    if act.final:
        raise NotAllowed(act.final)
    _restore(session, act, back=False, progress=progress)
    return _mark(session, act, "redo", who, now)


def _mark(session: Session, act: Act, kind: str, who: str, now: dt.datetime) -> Act:
    row = session.get_one(JournalAct, act.number)
    row.undone = kind == "undo"
    label = f"{kind.title()}: {act.label}"
    _line(session, label=label, who=who, at=now, kind=kind, of=act.number, final="", batches=0)
    return _act(row)


def _restore(session: Session, act: Act, *, back: bool, progress: Progress) -> None:
    """Put the rows of an act to their image before (back) or after it, if they still hold the other one."""
    changes = rows_of(session, act.number)
    connection = session.connection()
    connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    order = {table.name: n for n, table in enumerate(Record.metadata.sorted_tables)}
    by_table: dict[str, list[RowChange]] = {}
    for change in sorted(changes, key=lambda change: order[change.table]):
        by_table.setdefault(change.table, []).append(change)
    steps = Steps(progress, 2 * len(changes))  # each row is looked at, then deleted, inserted or updated
    for name, rows in by_table.items():
        _refuse_if_moved(session, Record.metadata.tables[name], rows, act, back=back, steps=steps)
    gone = {name: [c.key for c in rows if (c.before if back else c.after) is None] for name, rows in by_table.items()}
    for name in reversed(by_table):
        _delete(connection, Record.metadata.tables[name], gone[name], steps)
    for name, rows in by_table.items():
        _put(connection, Record.metadata.tables[name], rows, back=back, steps=steps)
    orphans.refuse(connection, gone, {name: _images(rows, back=back) for name, rows in by_table.items()})


def _images(rows: list[RowChange], *, back: bool) -> list[Image]:
    return [image for c in rows if (image := c.before if back else c.after) is not None]


def _refuse_if_moved(
    session: Session, table: Table, rows: list[RowChange], act: Act, *, back: bool, steps: Steps
) -> None:
    """Raise NotAllowed where a row does not hold the image any more that an undo (back) or redo starts from."""
    expected = {c.key: c.after if back else c.before for c in rows}
    for part in _chunks(list(expected)):
        found = session.connection().execute(select(table).where(table.c.id.in_(part)))
        names = list(found.keys())
        now = {row[names.index("id")]: dict(zip(names, row, strict=True)) for row in found}
        for key in part:
            if not _is_still(now.get(key), expected[key]):
                raise NotAllowed(_whose(session, act, table.name, key))
        steps.done(len(part))


def _is_still(now: Image | None, image: Image | None) -> bool:
    """Does a row still hold an image? Columns that came with a later version are not part of an older image."""
    if now is None or image is None:
        return now is image
    return now == image or all(name in now and now[name] == value for name, value in image.items())


def _whose(session: Session, act: Act, table: str, key: int) -> str:
    """Say whose later change holds the row, so that two people can talk."""
    later = session.scalars(
        select(JournalAct).where(JournalAct.id > act.number).order_by(JournalAct.id.desc()).limit(1000)
    )
    for other in later:
        try:
            touched = rows_of(session, other.id if other.of is None else other.of)
        except DamagedJournal:
            continue  # whose change it was cannot be told any more; that it was changed is refused all the same
        if any(c.table == table and c.key == key for c in touched):
            return f"“{act.label}” cannot be undone: {other.who} changed the same record since (“{other.label}”)."
    return f"“{act.label}” cannot be undone: its records have changed since."


def _chunks(keys: list[int]) -> Iterable[list[int]]:
    return (keys[n : n + CHUNK] for n in range(0, len(keys), CHUNK))


def _delete(connection: Connection, table: Table, keys: list[int], steps: Steps) -> None:
    one = table.delete().where(table.c.id == bindparam("gone"))
    for part in _chunks(keys):
        connection.execute(one, [{"gone": key} for key in part])
        steps.done(len(part))


def _put(connection: Connection, table: Table, rows: list[RowChange], *, back: bool, steps: Steps) -> None:
    """Insert the rows that were deleted and update those that were changed."""
    wanted = [(c.before, c.after) if back else (c.after, c.before) for c in rows]
    fresh = [image for image, other in wanted if image is not None and other is None]
    changed = [image for image, other in wanted if image is not None and other is not None]
    for names, images in _alike(fresh):
        _each(connection, table.insert().values({name: bindparam(name) for name in names}), images, steps)
    for names, images in _alike(changed):
        values: dict[str, Any] = {name: bindparam(f"{name}_") for name in names if name != "id"}
        there = [{f"{name}_": value for name, value in image.items()} for image in images]
        _each(connection, table.update().where(table.c.id == bindparam("id_")).values(values), there, steps)


def _alike(images: list[Image]) -> Iterable[tuple[tuple[str, ...], list[Image]]]:
    """Return images by the columns they hold: those of an older version lack the newest."""
    found: dict[tuple[str, ...], list[Image]] = {}
    for image in images:
        found.setdefault(tuple(image), []).append(image)
    return found.items()


def _each(connection: Connection, statement: Executable, rows: list[Image], steps: Steps) -> None:
    for start in range(0, len(rows), CHUNK):
        connection.execute(statement, rows[start : start + CHUNK])
        steps.done(len(rows[start : start + CHUNK]))
