"""Builders with defaults: a database on disk with the CRT programme, and people in it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from crt_scheduler import imports, programmes
from crt_scheduler.store import Store
from crt_scheduler.tables import NOT_RESTORED, Area, Credential, CredentialKind, Record, Responder
from tests.made import copied
from tests.opened import open_store

CASES = Path(__file__).parents[1] / "cases"
NOW = dt.datetime(2026, 12, 1, 17, 0, tzinfo=dt.UTC)


def _fresh(folder: Path) -> Store:
    store = open_store(str(folder / "team.db"), who="coordinator", now=NOW, create=True)
    with store.change("Set up CRT on call") as session:
        programmes.init(session, programmes.preset("crt"), name="crt")
    return store


def team(folder: Path, *, who: str = "coordinator", now: dt.datetime = NOW, name: str = "team.db") -> Store:
    """Return a fresh database with the CRT programme."""
    return open_store(str(copied(folder / name, _fresh)), who=who, now=now)


def team_of_four(folder: Path, *, now: dt.datetime = NOW) -> Store:
    """Return that database with the people of the cases: Ana Ruiz and Dov Katz, leads, Ben Holt and Cleo Park."""
    return open_store(str(copied(folder / "team.db", _of_four, now)), who="coordinator", now=now)


def _of_four(folder: Path, now: dt.datetime) -> Store:
    store = team(folder, now=now)
    imports.run(store, "people", CASES / "00-base" / "people.csv")
    return store


def beside(store: Store, *, who: str, now: dt.datetime | None = None) -> Store:
    """Return the same database as another person opens it."""
    return open_store(str(store.path), who=who, now=now or store.now)


def responder(session: Session, code: str, *, area: str = "Valley", **values: Any) -> Responder:
    """Add a responder with defaults and return the record."""
    home = session.scalar(select(Area).where(Area.name == area))
    row = Responder(
        **{
            "code": code,
            "name": code,
            "kind": "volunteer",
            "role": "responder",
            "status": "active",
            "status_until": None,
            "joined": dt.date(2020, 1, 1),
            "home_division_id": None,
            "home_area_id": home.id if home else None,
            "languages": [],
            "traditions": [],
            "email": f"{code.lower()}@example.org",
            "phone": "+12135550100",
            "target_minutes": None,
            **values,
        }
    )
    session.add(row)
    session.flush()
    return row


def pair(session: Session) -> None:
    """Add Ana, a lead, and Ben, a responder, both of Valley."""
    responder(session, "Ana", role="lead")
    responder(session, "Ben")


def credential(session: Session, code: str, kind: str, expires: dt.date | None) -> None:
    """Give a responder a credential."""
    who = session.scalar(select(Responder).where(Responder.code == code))
    row = session.scalar(select(CredentialKind).where(CredentialKind.name == kind))
    assert who is not None and row is not None
    session.add(Credential(responder_id=who.id, kind_id=row.id, expires=expires))


def everything(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    """Return every row of every table that undo restores."""
    with store.read() as session:
        return {
            table.name: sorted(map(tuple, session.execute(select(table)).all()), key=repr)
            for table in Record.metadata.sorted_tables
            if table.name not in NOT_RESTORED
        }
