"""Records that speak of others no longer there: what an undo or redo must not leave behind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Column, Connection, ForeignKey, select

from crt_scheduler.errors import CrtError
from crt_scheduler.tables import Record
from solver.wording import tr

CHUNK = 500


def refuse(connection: Connection, gone: Mapping[str, list[int]], put: Mapping[str, list[dict[str, Any]]]) -> None:
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
    return any(connection.execute(query.where(column.in_(part))).first() for part in _chunks(keys))


def _any_is_missing(connection: Connection, key: ForeignKey, images: list[dict[str, Any]]) -> bool:
    wanted = sorted({number for image in images if (number := image.get(key.parent.name)) is not None})
    for part in _chunks(wanted):
        found = connection.execute(select(key.column).where(key.column.in_(part))).all()
        if len(found) < len(part):
            return True
    return False


def _chunks(keys: list[int]) -> Iterator[list[int]]:
    return (keys[n : n + CHUNK] for n in range(0, len(keys), CHUNK))


def _depends(table: str) -> str:
    words = table.replace("_", " ")
    return tr("Something entered since ({words}) depends on it. Undo that first, newest first.", words=words)
