"""Choices: the shifts over a stretch of time that a person could be put on, open seats first; no rule is weighed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from crt_scheduler.board import Board
from crt_scheduler.board.board_changes import spans
from solver.problem import Person, Seat, shift_key
from solver.rules.fitness import takes


@dataclass(frozen=True)
class Choice:
    """A shift, and the first seat of it that is open to the person; `role` is empty where every seat is taken."""

    shift: str
    area: str
    role: str
    tier: str
    is_home: bool

    @property
    def is_open(self) -> bool:
        """Is a seat open to the person?"""
        return bool(self.role)


def choices(board: Board, person: str, column: int) -> tuple[Choice, ...]:
    """Return the shifts over a column whose role and area fit a person: open ones first, their home before others."""
    frozen, over = board.problem, spans(board)
    who = next((one for one in frozen.people if one.id == person), None)
    if who is None:
        return ()
    taken = Counter((place.row.shift, place.row.role, place.row.tier) for place in board.places)
    seats: dict[int, list[Seat]] = {}
    for seat in frozen.seats:
        slot = frozen.slots[frozen.shifts[seat.shift].slot]
        first, last = over.get((slot.date, slot.template), (0, -1))
        if first <= column <= last and takes(who, seat, frozen.shifts[seat.shift]):
            seats.setdefault(seat.shift, []).append(seat)
    found = [_choice(board, who, shift, of_shift, taken) for shift, of_shift in seats.items()]
    order = {area: n for n, area in enumerate(board.areas)}
    return tuple(sorted(found, key=lambda c: (not c.is_open, not c.is_home, order.get(c.area, len(order)))))


def _choice(board: Board, who: Person, shift: int, seats: list[Seat], taken: Counter[tuple[str, str, str]]) -> Choice:
    key, area = shift_key(board.problem, shift), board.problem.shifts[shift].area
    free = next((seat for seat in seats if taken[key, seat.role, seat.tier] < seat.count), None)
    return Choice(
        shift=key,
        area=area,
        role=free.role if free else "",
        tier=free.tier if free else "",
        is_home=area == who.home,
    )
