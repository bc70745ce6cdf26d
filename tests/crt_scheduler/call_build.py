"""Builders for tests of calls: a small city on shift, and a call in it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from crt_scheduler import roster
from crt_scheduler.calls import call_acts
from crt_scheduler.calls.call_values import CallDraft
from crt_scheduler.store import Store
from tests.crt_scheduler import team_build as build
from tests.made import copied
from tests.opened import open_store

NOW = dt.datetime(2026, 12, 1, 17, 0, tzinfo=dt.UTC)
"""09:00 in Los Angeles on a Tuesday."""
DAY = "2026-12-01/day"


def city(folder: Path, *, now: dt.datetime = NOW) -> Store:
    """Return records with pairs on the day shift of Valley, West and South, clergy on call, and some off shift."""
    return open_store(copied(folder / "team.db", _city, now), who="coordinator", now=now)


def _city(folder: Path, now: dt.datetime) -> Store:
    store = build.team(folder, now=now)
    with store.change("People") as session:
        people(session)
    return store


def people(session: Session) -> None:
    """Ana and Ben of Valley, Cy and Dee of West, Eve of South (no neighbour of Valley), Rev and Rabbi, Off shift."""
    build.responder(session, "Ana", role="lead")
    build.responder(session, "Ben", languages=["Korean"])
    build.responder(session, "Cy", role="lead", area="West")
    build.responder(session, "Dee", area="West", languages=["Spanish"])
    build.responder(session, "Eve", role="lead", area="South")
    build.responder(session, "Duty", role="lead", area="Central")
    build.responder(session, "Off", role="lead")
    build.responder(session, "Rev", kind="clergy", area="", traditions=["Catholic"])
    build.responder(session, "Rabbi", kind="clergy", area="", traditions=["Jewish", "any"])
    for area, code in (("Valley", "Ana"), ("Valley", "Ben"), ("West", "Cy"), ("West", "Dee"), ("South", "Eve")):
        roster.assign(session, roster.shift_name(f"{DAY}/{area}"), code)
    roster.assign(session, roster.shift_name(f"{DAY}/city"), "Duty")
    roster.assign(session, roster.shift_name("2026-12-01/24h/city"), "Rev")
    roster.assign(session, roster.shift_name("2026-12-01/24h/city"), "Rabbi", tier="backup")


def log(store: Store, *, now: dt.datetime | None = None, **values: Any) -> int:
    """Log a homicide in Valley and return its row number."""
    draft = CallDraft(**{"area": "Valley", "type": "homicide", **values})
    with store.change("Log a call") as session:
        return call_acts.log(session, draft, now=now or store.now)
