"""Frozen rows: what screens, the command line and exports get instead of records."""

from __future__ import annotations

import datetime as dt

import msgspec


class AssignmentRow(msgspec.Struct, frozen=True):
    """One responder on one seat; `start` and `end` are UTC instants, `shift` the key people use."""

    id: int
    shift: str
    date: dt.date
    template: str
    area: str
    role: str
    tier: str
    person: str
    name: str
    start: dt.datetime
    end: dt.datetime
    state: str
    locked: bool


class PersonRow(msgspec.Struct, frozen=True):
    """One responder as a list shows one; contacts are left out on purpose."""

    id: str
    name: str
    kind: str
    role: str
    status: str
    home_area: str
    areas: tuple[str, ...]
    languages: tuple[str, ...]
    joined: dt.date | None
    target_hours: float | None


class IncidentRow(msgspec.Struct, frozen=True):
    """One logged incident, its time as an UTC instant."""

    number: str
    at: dt.datetime
    area: str
    division: str
    type: str
    agency: str
    duration_min: int | None
