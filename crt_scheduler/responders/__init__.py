"""Reading people: what the planner and lists need to know of each responder, gathered in a few queries."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from crt_scheduler.frozen_rows import PersonRow
from crt_scheduler.kept import kept
from crt_scheduler.plain_rows import plain_rows
from crt_scheduler.tables import (
    Area,
    AreaNeighbour,
    Credential,
    CredentialKind,
    Partner,
    Responder,
    ResponderArea,
)
from solver import problem as asked

RESTS_ON = frozenset(
    {"area", "area_neighbour", "responder_area", "credential", "credential_kind", "partner", "responder"}
)
"""The tables that hold what hangs on a responder."""


class Details(msgspec.Struct, frozen=True):
    """What hangs on one responder: areas served (home first), credentials, liked and avoided partners by id."""

    home_area: str
    listed: tuple[str, ...]
    serves: tuple[str, ...]
    credentials: tuple[asked.Credential, ...]
    likes: tuple[str, ...]
    apart: tuple[str, ...]


def details(session: Session) -> dict[int, Details]:
    """Return the details of every responder by row number.

    Who lists no areas serves the home area and, at a cost, its neighbours; who lists some serves home and those only;
    who has no home area serves every area.
    """
    return kept(session, "details", RESTS_ON, lambda: _details(session))


def _details(session: Session) -> dict[int, Details]:
    names = {area.id: area.name for area in session.scalars(select(Area).order_by(Area.id))}
    near = _gather(session.execute(select(AreaNeighbour.area_id, AreaNeighbour.neighbour_id)))
    listed = _gather(session.execute(select(ResponderArea.responder_id, ResponderArea.area_id)))
    held = _held(session)
    likes, apart = _partners(session)
    result = {}
    for number, home in plain_rows(session, select(Responder.id, Responder.home_area_id)):
        own = [names[area] for area in listed.get(number, ()) if area != home]
        if home is None:
            serves = own or list(names.values())
        elif listed.get(number):
            serves = [names[home], *own]
        else:
            serves = [names[home], *(names[area] for area in near.get(home, ()))]
        result[number] = Details(
            home_area="" if home is None else names[home],
            listed=tuple(own),
            serves=tuple(serves),
            credentials=tuple(held.get(number, ())),
            likes=tuple(sorted(likes.get(number, ()))),
            apart=tuple(sorted(apart.get(number, ()))),
        )
    return result


def _gather(pairs: Iterable[tuple[int, int]]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for one, other in pairs:
        found.setdefault(one, []).append(other)
    return found


def _held(session: Session) -> dict[int, list[asked.Credential]]:
    query = (
        select(Credential.responder_id, CredentialKind.name, Credential.expires, CredentialKind.blocking)
        .join(CredentialKind, Credential.kind_id == CredentialKind.id)
        .order_by(CredentialKind.id)
    )
    found: dict[int, list[asked.Credential]] = {}
    for number, name, expires, blocking in plain_rows(session, query):
        found.setdefault(number, []).append(asked.Credential(name, expires, blocking))
    return found


def _partners(session: Session) -> tuple[dict[int, set[str]], dict[int, set[str]]]:
    """Return liked and avoided partners; to be kept apart holds for both, even if only one asked."""
    code = dict(session.execute(select(Responder.id, Responder.code)).all())
    likes: dict[int, set[str]] = {}
    apart: dict[int, set[str]] = {}
    for row in session.scalars(select(Partner)):
        for one, other in ((row.responder_id, row.other_id), (row.other_id, row.responder_id)):
            side = likes if row.grade == "prefers" else apart
            side.setdefault(one, set()).add(code[other])
    return likes, apart


def rows(session: Session) -> list[PersonRow]:
    """Return everyone, by id."""
    known = details(session)
    return [
        PersonRow(
            id=row.code,
            name=row.name,
            kind=row.kind,
            role=row.role,
            status=row.status,
            home_area=known[row.id].home_area,
            areas=known[row.id].listed,
            languages=tuple(row.languages),
            joined=row.joined,
            target_hours=None if row.target_minutes is None else row.target_minutes / 60,
        )
        for row in session.scalars(select(Responder).order_by(Responder.code))
    ]
