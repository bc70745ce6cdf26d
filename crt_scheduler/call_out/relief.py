"""Relief: who takes which block of a long incident, so that nobody serves over 12 hours or without 12 hours' rest."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from crt_scheduler.errors import CrtError
from solver.wording import tr

BLOCK = dt.timedelta(hours=12)
REST = dt.timedelta(hours=12)
Stretch = tuple[dt.datetime, dt.datetime]


@dataclass(frozen=True)
class Helper:
    """Somebody who said they can come: from when, in which role, and when they are on call or away already."""

    person: str
    name: str
    role: str
    ready: dt.datetime
    busy: tuple[Stretch, ...] = ()


@dataclass(frozen=True)
class Wave:
    """One block: who serves from start to end, lead first; `missing` counts the places nobody could take."""

    start: dt.datetime
    end: dt.datetime
    people: tuple[Helper, ...]
    missing: int
    sentence: str


def relief(
    helpers: Sequence[Helper],
    *,
    start: dt.datetime,
    size: int,
    waves: int,
    block: dt.timedelta = BLOCK,
    rest: dt.timedelta = REST,
) -> tuple[Wave, ...]:
    """Return waves of `size` people, one block after the other, each with a lead where one can come.

    Who has served least goes first; a trainee goes only beside others, at most half of a wave; nobody goes alone.
    Raises CrtError for a wave of fewer than two and for a block over 12 hours.
    """
    refuse(size=size, waves=waves, hours=block / dt.timedelta(hours=1))
    served: dict[str, list[Stretch]] = {one.person: [] for one in helpers}
    found = []
    for n in range(waves):
        begin, end = start + n * block, start + (n + 1) * block
        fit = [one for one in helpers if _can(one, begin, end, served[one.person], rest)]
        chosen = _chosen(fit, served, size)
        for one in chosen:
            served[one.person].append((begin, end))
        found.append(Wave(begin, end, chosen, size - len(chosen), _sentence(chosen, size)))
    return tuple(found)


def refuse(*, size: int, waves: int, hours: float) -> None:
    """Raise CrtError for a wave of fewer than two, a block over 12 hours, and more waves than anybody plans."""
    if size < 2:
        raise CrtError(tr("Nobody goes alone. Give a wave two people or more."))
    if not 0.5 <= hours <= BLOCK / dt.timedelta(hours=1):
        raise CrtError(tr("A block is half an hour to 12 hours. Give fewer hours."))
    if not 0 < waves <= 60:
        raise CrtError(tr("Plan 1 to 60 waves at a time."))


def _can(one: Helper, begin: dt.datetime, end: dt.datetime, served: list[Stretch], rest: dt.timedelta) -> bool:
    """Is somebody there by then, and rested from and for everything else they do?"""
    return one.ready <= begin and all(
        end + rest <= first or last + rest <= begin for first, last in (*one.busy, *served)
    )


def _chosen(fit: list[Helper], served: dict[str, list[Stretch]], size: int) -> tuple[Helper, ...]:
    """Return whom a wave takes: one lead, then responders, trainees up to half, and further leads where short."""
    ordered = sorted(fit, key=lambda one: (len(served[one.person]), one.ready, one.name, one.person))
    leads = [one for one in ordered if one.role == "lead"]
    others = [one for one in ordered if one.role not in ("lead", "trainee")]
    trainees = [one for one in ordered if one.role == "trainee"]
    grown = [*leads[:1], *others, *leads[1:]]
    learning = min(len(trainees), size // 2, max(0, size - len(grown)))
    chosen = [*grown[: size - learning], *trainees[:learning]]
    while chosen and sum(one.role == "trainee" for one in chosen) * 2 > len(chosen):
        chosen.pop()
    return tuple(chosen) if len(chosen) > 1 else ()


def _sentence(chosen: tuple[Helper, ...], size: int) -> str:
    if not chosen:
        return tr("No two people who are rested can come. Ask a neighbouring team.")
    has_lead = any(one.role == "lead" for one in chosen)
    lead = "" if has_lead else tr(" No lead can come: name one of them.")
    if len(chosen) == size:
        return tr("All {size} places are taken.{lead}", size=size, lead=lead)
    return tr(
        "{count} of {size} places are taken. Phone those who have not answered.{lead}",
        count=len(chosen),
        size=size,
        lead=lead,
    )
