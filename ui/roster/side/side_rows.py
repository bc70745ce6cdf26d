"""Answers of the records as ranked rows: others, trades, and the seats of a free day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from crt_scheduler.cover.cell import Free
from crt_scheduler.cover.cover_text import TradeRow, short
from crt_scheduler.cover.others import Others
from crt_scheduler.cover.place import calls_words, given_name
from crt_scheduler.planning.mending import FoundWay
from solver.problem import CITY
from ui.roster import board_words
from ui.roster.ranked.ranked_rows import RankedRow
from ui.words import tr


@dataclass(frozen=True)
class Chosen:
    """Who would take which seat; without a shift, the one on view."""

    person: str
    name: str
    shift: str = ""
    role: str = ""
    tier: str = ""


def of_others(found: Others, shift: str = "", role: str = "", tier: str = "") -> tuple[RankedRow, ...]:
    """Return a row per person who could."""
    return tuple(
        RankedRow(
            what=Chosen(one.person, one.name, shift, role, tier), area="clergy" if one.role == "clergy" else one.home,
            name=one.name, words=one.words, points=one.points, calls=one.calls, effect=one.effect,
            given=given_name(one.name),
        )
        for one in found.free
    )  # fmt: skip


def of_trades(found: Sequence[TradeRow]) -> tuple[RankedRow, ...]:
    """Return a row per trade of two duties."""
    return tuple(
        RankedRow(
            what=one, area=one.home, name=one.name, words=tr("gives {}").format(short(one.gives)),
            points=one.points, calls=one.calls, effect=one.effect, given=given_name(one.name),
        )
        for one in found
    )  # fmt: skip


def of_ways(found: Sequence[FoundWay]) -> tuple[RankedRow, ...]:
    """Return a row per way out of an open seat; leaving it open is among them, to hold the prices against."""
    rows = []
    for one in found:
        name, _, moves = one.way.sentence.partition(": ")
        solved = tr("Solved again") if one.way.verified else tr("Not solved to the end")
        rows.append(
            RankedRow(
                what=one, area="", name=name, words=moves or solved, points=one.way.points,
                calls=calls_words(one.way.points), effect=f"{moves} {solved}." if moves else "", given=name,
            )
        )  # fmt: skip
    return tuple(rows)


def of_day(free: Free) -> tuple[RankedRow, ...]:
    """Return a row per seat that a person could take on a day."""
    rows = []
    for one in free.options:
        shift = one.shift
        seat = board_words.seat_word(shift.role, shift.tier)
        area = tr("City-wide") if shift.area == CITY else shift.area
        rows.append(
            RankedRow(
                what=Chosen(free.person, free.name, shift.key, shift.role, shift.tier),
                area="clergy" if shift.role == "clergy" else shift.area,
                name=tr("{}, {} seat").format(area, seat),
                words=f"{shift.template} {shift.clock}, {shift.hours}", points=one.points, calls=one.calls,
            )
        )  # fmt: skip
    return tuple(rows)
