"""Builders for tests of reports: calls, people who went, answers and hours, written straight into the records."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

CALL = """INSERT INTO call (id, incident_id, number, "case", kind, unit, notified, on_scene, clear, signed_by, scene,
language, clergy_wanted, tradition, consent, served, adults, children, services, referrals, hard, safety_issue)
VALUES (?, ?, ?, 1, 'team', '', ?, ?, ?, '', 'home', '', 0, '', 0, ?, ?, ?, '[]', '[]', '', 0)"""
INCIDENT = "INSERT INTO incident (id, key, number, at, area_id, type, agency) VALUES (?, ?, ?, ?, ?, ?, 'LAPD')"
WENT = "INSERT INTO call_responder (call_id, responder_id, role) VALUES (?, ?, 'responder')"
ANSWER = "INSERT INTO call_answer (call_id, responder_id, at, answer, reason, available) VALUES (?, ?, ?, ?, '', '')"
HOURS = """INSERT INTO hours_entry (responder_id, kind, date, minutes, call_id, state, approved_by, key)
VALUES (?, ?, ?, ?, ?, ?, '', ?)"""


@dataclass(frozen=True)
class Came:
    """One call: when (UTC), after how many minutes somebody was on scene (None: nobody), who went (row numbers)."""

    at: dt.datetime
    reach: int | None = 30
    went: tuple[int, ...] = ()
    area: int = 1
    type: str = "suicide"
    served: int | None = 3
    adults: int | None = None
    children: int | None = None


def stamp(moment: dt.datetime) -> str:
    """Return an instant as the records keep it."""
    return f"{moment.astimezone(dt.UTC):%Y-%m-%d %H:%M:%S.%f}"


def put_calls(path: Path, calls: Iterable[Came], *, first: int = 1) -> None:
    """Write calls with their incidents and the people who went."""
    with closing(sqlite3.connect(path)) as raw, raw:
        for n, call in enumerate(calls, start=first):
            raw.execute(INCIDENT, (90_000 + n, f"report{n}", f"R{n}", stamp(call.at), call.area, call.type))
            scene = None if call.reach is None else stamp(call.at + dt.timedelta(minutes=5 + call.reach))
            notified = stamp(call.at + dt.timedelta(minutes=5))
            raw.execute(CALL, (n, 90_000 + n, f"R{n}", notified, scene, scene, call.served, call.adults, call.children))
            raw.executemany(WENT, [(n, who) for who in call.went])


def put_answers(path: Path, answers: Iterable[tuple[int, int, dt.datetime, str]]) -> None:
    """Write what people answered: call, responder, when, answer."""
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.executemany(ANSWER, [(call, who, stamp(at), said) for call, who, at, said in answers])


def put_hours(path: Path, rows: Iterable[tuple[int, str, dt.date, int, str]]) -> None:
    """Write entries of the ledger: responder, kind, date, minutes, state."""
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.executemany(
            HOURS,
            (
                (who, kind, date.isoformat(), minutes, None, state, f"report{n}")
                for n, (who, kind, date, minutes, state) in enumerate(rows)
            ),
        )
