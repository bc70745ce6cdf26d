"""What the side panel can be asked: a held place, an open seat, a person's day; and where the answer comes from."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from crt_scheduler import journal
from crt_scheduler.board import Board
from crt_scheduler.cover import cell
from crt_scheduler.cover.cell import Free, Held, Open


@dataclass(frozen=True)
class HeldWanted:
    """A person's place on a shift."""

    person: str
    shift: str


@dataclass(frozen=True)
class SeatWanted:
    """An open seat of a shift."""

    shift: str
    role: str
    tier: str = ""


@dataclass(frozen=True)
class DayWanted:
    """A person's day without a duty, by a slot of the Problem."""

    person: str
    slot: int


Wanted = HeldWanted | SeatWanted | DayWanted
Answer = Held | Open | Free


def answer(session: Any, board: Board, wanted: Wanted, now: dt.datetime) -> Answer | None:
    """Return the answer on a board; None where the records have moved on and another board is on its way."""
    if journal.revision(session) != board.revision:
        return None
    if isinstance(wanted, HeldWanted):
        return cell.held(session, board.problem, wanted.shift, wanted.person, now=now)
    if isinstance(wanted, SeatWanted):
        return cell.open_seat(board.problem, wanted.shift, wanted.role, wanted.tier, zone=board.zone)
    return cell.free_day(session, board.problem, wanted.person, wanted.slot)
