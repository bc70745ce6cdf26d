"""The acts of the side panel: what each button and row does, under which label, and what to show afterwards."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QCoreApplication

from crt_scheduler import roster
from crt_scheduler.cover.asking import TradeRow, short
from crt_scheduler.cover.cell import Held
from solver.wording import say_date
from ui.roster import words
from ui.roster.side_rows import Chosen
from ui.roster.side_wanted import Answer, HeldWanted, SeatWanted, Wanted


@dataclass(frozen=True)
class Act:
    """One act for the desk, with what it moved and the panel follows."""

    label: str
    act: Callable[..., object]
    values: tuple[Any, ...]
    named: dict[str, Any] = field(default_factory=dict)
    after: Wanted | None = None


def _tr(said: str) -> str:
    return QCoreApplication.translate("SidePanel", said)


def of_button(held: Held, word: str) -> Act | None:
    """Return the act of a button of the head; None for a word that is no act on the roster."""
    name, when = roster.shift_name(held.shift.key), short(held.shift)
    if word in ("lock", "unlock"):
        label = _tr("Lock {}, {}") if word == "lock" else _tr("Unlock {}, {}")
        return Act(label.format(held.name, when), roster.lock, (name, held.person), {"locked": word == "lock"})
    if word in ("told", "confirmed"):
        label = _tr("Mark {} as {}, {}").format(held.name, words.state_word(word), when)
        return Act(label, roster.promise, (name, held.person, word))
    if word == "take off":
        after = SeatWanted(held.shift.key, held.shift.role, held.shift.tier)
        return Act(_tr("Take {} off {}").format(held.name, when), roster.unassign, (name, held.person), after=after)
    return None


def of_row(answer: Answer | None, what: object) -> Act | None:
    """Return the act of a chosen row: put in, swap or assign."""
    if isinstance(what, TradeRow) and isinstance(answer, Held):
        label = _tr("Swap {} and {}, {} and {}")
        label = label.format(answer.name, what.name, say_date(answer.shift.date), say_date(what.gives.date))
        after = HeldWanted(what.person, answer.shift.key)
        return Act(label, roster.swap, (what.one, what.other), after=after)
    if not isinstance(what, Chosen):
        return None
    if isinstance(answer, Held):
        name, when = roster.shift_name(answer.shift.key), say_date(answer.shift.date)
        label = _tr("Put {} in for {}, {} {}").format(what.name, answer.name, when, answer.shift.template)
        after = HeldWanted(what.person, answer.shift.key)
        return Act(label, roster.replace, (name, answer.person, what.person), after=after)
    name, after = roster.shift_name(what.shift), HeldWanted(what.person, what.shift)
    label = _tr("Assign {}, {}").format(what.name, words.shift(what.shift))
    return Act(label, roster.assign, (name, what.person), {"role": what.role, "tier": what.tier}, after)
