"""Undo and redo: rows put back to their image, if nobody has changed them since."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Column, Connection, Executable, ForeignKey, Table, bindparam, select
from sqlalchemy.orm import Session

from crt_scheduler.errors import CrtError, NotAllowed
from crt_scheduler.journal.images import CHUNK, DamagedJournal, Image, RowChange, chunks, rows_of
from crt_scheduler.journal.journal_lines import HistoryLine, act_of, next_redo, next_undo
from crt_scheduler.journal.recording import add_line
from crt_scheduler.progress import Progress, Steps, nobody
from crt_scheduler.tables import JournalAct, Record
from solver.wording import tr


def refuse_orphans(
    connection: Connection, gone: Mapping[str, list[int]], put: Mapping[str, list[dict[str, Any]]]
) -> None:
    """Raise CrtError if a record speaks of one of the rows gone, or one of the rows put back of one not there.

    Only these can have lost what they speak of: to check every record takes a second in ten years' records.
    """
    for table in Record.metadata.sorted_tables:
        for key in table.foreign_keys:
            if _any_speaks_of(connection, key.parent, gone.get(key.column.table.name, [])):
                raise CrtError(_depends(table.name))
            if _any_is_missing(connection, key, put.get(table.name, [])):
                raise CrtError(_depends(table.name))


def _any_speaks_of(connection: Connection, column: Column[Any], keys: list[int]) -> bool:
    query = select(column.table.c.id).limit(1)
    return any(connection.execute(query.where(column.in_(part))).first() for part in chunks(keys))


def _any_is_missing(connection: Connection, key: ForeignKey, images: list[dict[str, Any]]) -> bool:
    wanted = sorted({number for image in images if (number := image.get(key.parent.name)) is not None})
    for part in chunks(wanted):
        found = connection.execute(select(key.column).where(key.column.in_(part))).all()
        if len(found) < len(part):
            return True
    return False


def _depends(table: str) -> str:
    words = table.replace("_", " ")
    return tr("Something entered since ({words}) depends on it. Undo that first, newest first.", words=words)


def undo(session: Session, *, who: str, now: dt.datetime, progress: Progress = nobody) -> HistoryLine:
    """Take back this person's newest act.

    Raises NotAllowed if there is none, it is final, or a later change is in the way.
    """
    act = _allowed(next_undo(session, who), "undo")
    _restore(session, act, back=True, progress=progress)
    return _mark(session, act, "undo", who, now)


def redo(session: Session, *, who: str, now: dt.datetime, progress: Progress = nobody) -> HistoryLine:
    """Repeat this person's last undone act; raises NotAllowed as `undo` does."""
    act = _allowed(next_redo(session, who), "redo")
    _restore(session, act, back=False, progress=progress)
    return _mark(session, act, "redo", who, now)


def _allowed(act: HistoryLine | None, step: str) -> HistoryLine:
    """Return the act if there is one and it is not final; raises NotAllowed with the sentence otherwise."""
    if act is None:
        raise NotAllowed(tr("There is nothing of yours to {step}.", step=step))
    if act.final:
        raise NotAllowed(act.final)
    return act


def _mark(session: Session, act: HistoryLine, kind: str, who: str, now: dt.datetime) -> HistoryLine:
    row = session.get_one(JournalAct, act.number)
    row.undone = kind == "undo"
    label = f"{kind.title()}: {act.label}"
    add_line(session, label=label, who=who, at=now, kind=kind, of=act.number, final="", batches=0)
    return act_of(row)


def _restore(session: Session, act: HistoryLine, *, back: bool, progress: Progress) -> None:
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
    refuse_orphans(connection, gone, {name: _images(rows, back=back) for name, rows in by_table.items()})


def _images(rows: list[RowChange], *, back: bool) -> list[Image]:
    return [image for c in rows if (image := c.before if back else c.after) is not None]


def _refuse_if_moved(
    session: Session, table: Table, rows: list[RowChange], act: HistoryLine, *, back: bool, steps: Steps
) -> None:
    """Raise NotAllowed where a row does not hold the image any more that an undo (back) or redo starts from."""
    expected = {c.key: c.after if back else c.before for c in rows}
    for part in chunks(list(expected)):
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


def _whose(session: Session, act: HistoryLine, table: str, key: int) -> str:
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
            return tr(
                "“{label}” cannot be undone: {who} changed the same record since (“{other_label}”).",
                label=act.label,
                who=other.who,
                other_label=other.label,
            )
    return tr("“{label}” cannot be undone: its records have changed since.", label=act.label)


def _delete(connection: Connection, table: Table, keys: list[int], steps: Steps) -> None:
    one = table.delete().where(table.c.id == bindparam("gone"))
    for part in chunks(keys):
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
