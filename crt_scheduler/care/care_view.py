"""Care: stand-downs, debriefs, whom to phone and exposure, read together for the care panel."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy.orm import Session

from crt_scheduler import times
from crt_scheduler.care import debriefs, stand_down
from crt_scheduler.care import exposure as exposed
from crt_scheduler.care import please_phone as phoning
from crt_scheduler.care.debriefs import DebriefRow
from crt_scheduler.care.exposure import Exposure
from crt_scheduler.care.please_phone import PleasePhone
from crt_scheduler.care.stand_down import StandDownRow
from crt_scheduler.programmes import customs, programme_of


@dataclass(frozen=True)
class Care:
    """What the care panel shows at an instant, and the zone to say times in."""

    at: dt.datetime
    zone: times.Zone
    debriefs: tuple[DebriefRow, ...]
    stand_downs: tuple[StandDownRow, ...]
    please_phone: tuple[PleasePhone, ...]
    exposure: tuple[Exposure, ...]


def care(session: Session, *, now: dt.datetime) -> Care:
    """Return everything the care panel shows."""
    return Care(
        at=now,
        zone=customs.zone_of(programme_of(session)),
        debriefs=debriefs.rows(session, now=now),
        stand_downs=stand_down.rows(session, now=now),
        please_phone=phoning.please_phone(session, now=now),
        exposure=exposed.exposure(session, now=now),
    )
