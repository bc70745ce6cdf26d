"""The layout of the tables held against the one that the migrations make: SQLite itself asks only whether it parses.

A letter that became another one in a rule, a default or a name changes what the records may hold from then on.
"""

from __future__ import annotations

from functools import cache

from sqlalchemy import Connection, create_engine
from sqlalchemy.orm import Session

QUERY = "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite~_%' ESCAPE '~'"
REVISION = "SELECT version_num FROM alembic_version"

Layout = frozenset[tuple[str, str, str, str]]


def odd_tables(session: Session) -> tuple[str, ...]:
    """Return the names of the tables that are not laid out, or not indexed, as their version makes them."""
    connection = session.connection()
    revision = connection.exec_driver_sql(REVISION).scalar_one()
    return tuple(sorted({table for _, _, table, _ in _layout(connection) ^ _made(revision)}))


@cache
def _made(revision: str) -> Layout:
    """Return what the migrations make up to a revision."""
    from crt_scheduler.migrations import upgrade

    engine = create_engine("sqlite://")
    try:
        upgrade(engine, revision)
        with engine.connect() as connection:
            return _layout(connection)
    finally:
        engine.dispose()


def _layout(connection: Connection) -> Layout:
    found = connection.exec_driver_sql(QUERY)
    return frozenset((kind, name, table, _bare(words or "")) for kind, name, table, words in found)


def _bare(words: str) -> str:
    """Return a statement without what versions of SQLite write differently when they alter a table."""
    return "".join(words.replace('"', "").split())
