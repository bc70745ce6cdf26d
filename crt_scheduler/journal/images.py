"""Row images of acts as they lie in the journal: packed by table, each batch with a digest."""

from __future__ import annotations

import datetime as dt
import zlib
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Any, TypedDict, TypeVar

import msgspec
from sqlalchemy import Column, Table, select
from sqlalchemy.orm import Session

from crt_scheduler import lineage
from crt_scheduler.errors import CrtError
from crt_scheduler.tables import Day, Instant, JournalAct, JournalRows, Record, TimeOfDay
from solver.wording import tr

T = TypeVar("T")
Image = dict[str, Any]


CHUNK = 500


class DamagedJournal(CrtError):
    """What an act kept of the rows it touched is missing or garbled, so that it can neither be undone nor redone."""


class RowChange(msgspec.Struct, frozen=True):
    """One row before and after an act (None: it was not there)."""

    table: str
    key: int
    before: Image | None
    after: Image | None


def batches_of(session: Session, tables: Iterable[str]) -> list[tuple[int, int, str]]:
    """Return every batch of images of some tables: its act, its number and its table."""
    query = select(JournalRows.act_id, JournalRows.id, JournalRows.table_name)
    query = query.where(JournalRows.table_name.in_(list(tables))).order_by(JournalRows.id)
    return [(act, number, table) for act, number, table in session.execute(query)]


def batch(session: Session, number: int) -> list[RowChange]:
    """Return the row changes of one batch; raises DamagedJournal if it is garbled."""
    return _of_batch(session, number, read)


def held_in(session: Session, number: int, field: str) -> list[tuple[int, Any]]:
    """Return the key and one field of every image of a batch, without the rest of it that takes so much room.

    Raises DamagedJournal if it is garbled.
    """

    def look(row: JournalRows, label: str) -> list[tuple[int, Any]]:
        decoder = _field_decoder(_table(row.table_name, label), field)
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
    for part in chunks(list(acts)):
        yield from session.execute(select(JournalRows.act_id, JournalRows.id).where(JournalRows.act_id.in_(part))).all()


def pack(images: list[tuple[int, Image | None, Image | None]]) -> bytes:
    return zlib.compress(msgspec.json.encode(images), 1)


def unpack(table: str, images: bytes) -> list[tuple[int, Image | None]]:
    """Return number and image of each new row of a batch that this program has just packed."""
    found = _decoder(Record.metadata.tables[table]).decode(zlib.decompress(images))
    return [(key, after) for key, _, after in found]


NOTHING = len(pack([]))
"""The bytes of a batch without images."""


def _python_type(column: Column[Any]) -> Any:
    if isinstance(column.type, Instant):
        return dt.datetime | None
    if isinstance(column.type, Day):
        return dt.date | None
    if isinstance(column.type, TimeOfDay):
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
    return [change for batch in batches for change in read(batch, line.label)]


def _table(name: str, label: str) -> Table:
    """Return the table that a batch names; raises DamagedJournal where there is none, as after a flipped bit."""
    table = Record.metadata.tables.get(name)
    if table is None:
        raise DamagedJournal(_damaged(label))
    return table


def read(batch: JournalRows, label: str) -> list[RowChange]:
    """Return a batch's row changes; raises DamagedJournal if they are not what was written."""
    found = _decoded(batch, label, _decoder(_table(batch.table_name, label)))
    if any(image is not None and image.get("id") != key for key, *images in found for image in images):
        raise DamagedJournal(_damaged(label))  # an image without its row's number could take any row back
    return [RowChange(batch.table_name, key, before, after) for key, before, after in found]


def _decoded(batch: JournalRows, label: str, decoder: msgspec.json.Decoder[T]) -> T:
    if batch.digest and batch.digest != lineage.digest(batch.table_name, batch.images):
        raise DamagedJournal(_damaged(label))
    try:
        return decoder.decode(zlib.decompress(batch.images))
    except (zlib.error, msgspec.MsgspecError, LookupError, TypeError, ValueError) as fault:
        raise DamagedJournal(_damaged(label)) from fault


def _damaged(label: str) -> str:
    return tr(
        "What “{label}” changed is damaged in the journal, so it cannot be undone or repeated; nothing was changed. "
        "Look at what it did and put it right by hand, or restore a backup from before it.",
        label=label,
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


def chunks(keys: list[int]) -> Iterable[list[int]]:
    return (keys[n : n + CHUNK] for n in range(0, len(keys), CHUNK))
