"""What follows from a call elsewhere: hours in the ledger, and care for those who went to a hard one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from sqlalchemy.orm import Session

from crt_scheduler.care import stand_down
from crt_scheduler.hours.follow import follow, follow_all
from crt_scheduler.tables import Call


def gone(session: Session, call_id: int, *, now: dt.datetime) -> None:
    """Renew what rests on who went to a call and when: their hours, and after a hard call their stand-down."""
    follow(session, call_id)
    call = session.get_one(Call, call_id)
    if call.hard:
        stand_down.follow(session, call, now=now)


def all_gone(session: Session, calls: Sequence[int], hard: Iterable[Call]) -> None:
    """Renew the same for many calls of a file, of which some were hard; each as of when it was clear."""
    follow_all(session, calls)
    for call in hard:
        stand_down.follow(session, call, now=call.clear or call.notified)
