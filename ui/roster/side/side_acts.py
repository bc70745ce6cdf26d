"""The acts of the side panel: what each button and row does, and what to show afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from crt_scheduler import roster, roster_many
from crt_scheduler.act import Deed
from crt_scheduler.cover.cell import Held
from crt_scheduler.cover.cover_text import TradeRow
from ui.roster.side.side_rows import Chosen
from ui.roster.side.side_wanted import Answer, HeldWanted, SeatWanted, Wanted


@dataclass(frozen=True)
class SideAct:
    """One act for the desk, with what it moved and the panel follows."""

    deed: Deed[Any]
    after: Wanted | None = None


def of_button(held: Held, word: str) -> SideAct | None:
    """Return the act of a button of the head; None for a word that is no act on the roster."""
    place = [(held.person, held.shift.key)]
    if word in ("lock", "unlock"):
        return SideAct(roster_many.LOCK(place, locked=word == "lock"))
    if word in ("told", "confirmed"):
        return SideAct(roster_many.PROMISE(place, word))
    if word == "take off":
        after = SeatWanted(held.shift.key, held.shift.role, held.shift.tier)
        return SideAct(roster_many.CLEAR(place), after)
    return None


def of_row(answer: Answer | None, what: object) -> SideAct | None:
    """Return the act of a chosen row: put in, swap or assign."""
    if isinstance(what, TradeRow) and isinstance(answer, Held):
        return SideAct(roster.SWAP(what.one, what.other), HeldWanted(what.person, answer.shift.key))
    if not isinstance(what, Chosen):
        return None
    if isinstance(answer, Held):
        name, after = roster.shift_name(answer.shift.key), HeldWanted(what.person, answer.shift.key)
        return SideAct(roster.REPLACE(name, answer.person, what.person), after)
    name, after = roster.shift_name(what.shift), HeldWanted(what.person, what.shift)
    return SideAct(roster.ASSIGN(name, what.person, role=what.role, tier=what.tier), after)
