"""Shifts x areas: a row per seat of each area, a chip with who holds it, a dashed box where nobody does."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from crt_scheduler.board import Board, Place
from crt_scheduler.board.board_changes import Spans, spans
from solver.problem import Seat, shift_key
from ui.roster.sheet import Cell, Face, Row, Sheet, Wanted, face_of, group_of_seat, groups, open_by_group, plain

SeatKind = tuple[str, str]


@dataclass(frozen=True)
class _Use:
    """One seat of one shift and who is on it."""

    shift: str
    span: tuple[int, int]
    seat: Seat
    places: tuple[Place, ...]


def areas_sheet(board: Board, wanted: Wanted, folded: frozenset[str], *, is_long: bool) -> Sheet:
    """Return the shifts x areas sheet; chips show initials, or the name on two lines if `is_long`."""
    over = spans(board)
    per_column, per_group, total = open_by_group(board, over)
    uses = _uses(board, over)
    dim = {line.person for line in board.lines if not wanted.takes(line)}
    rows: list[Row] = []
    cells: dict[tuple[int, int], Cell] = {}
    for group in groups(board):
        if group not in uses or (wanted.group and group != wanted.group):
            continue
        is_folded = group in folded
        rows.append(
            Row(f"group/{group}", "group", group, of=sum(map(_depth, uses[group].values())), gaps=per_group[group],
                open=tuple(per_column[group]), is_folded=is_folded)
        )  # fmt: skip
        for kind, number in _order(uses[group]) if not is_folded else ():
            for use in uses[group][kind]:
                cell = _cell(use, number, dim, is_long=is_long)
                for column in range(cell.first, cell.last + 1) if cell else ():
                    cells[len(rows), column] = cell  # type: ignore[assignment]
            key = f"seat/{group}/{kind[0]}/{kind[1]}/{number}"
            rows.append(Row(key, "seat", group, role=kind[0], tier=kind[1], number=number))
    return Sheet(board, tuple(rows), cells, total, is_by_area=True, row_of={r.key: n for n, r in enumerate(rows)})


def _uses(board: Board, over: Spans) -> dict[str, dict[SeatKind, list[_Use]]]:
    """Return every seat by group and kind, each kind's in order of time."""
    frozen = board.problem
    held: dict[tuple[str, str, str], list[Place]] = defaultdict(list)
    for place in sorted(board.places, key=lambda place: abs(place.row.id)):
        held[place.row.shift, place.row.role, place.row.tier].append(place)
    found: dict[str, dict[SeatKind, list[_Use]]] = defaultdict(lambda: defaultdict(list))
    for seat in frozen.seats:
        a_shift = frozen.shifts[seat.shift]
        slot, key = frozen.slots[a_shift.slot], shift_key(frozen, seat.shift)
        span = over.get((slot.date, slot.template))
        if span is not None:
            places = tuple(held[key, seat.role, seat.tier])
            kind = (seat.role, seat.tier)
            found[group_of_seat(a_shift.area, seat.role)][kind].append(_Use(key, span, seat, places))
    return found


def _depth(uses: list[_Use]) -> int:
    return max(max(use.seat.count, len(use.places)) for use in uses)


def _order(kinds: dict[SeatKind, list[_Use]]) -> list[tuple[SeatKind, int]]:
    """Return the rows of a group team by team: first lead, first responder, second lead...; other seats after them."""
    rows = [(kind, number) for kind, uses in kinds.items() for number in range(_depth(uses))]
    names = list(kinds)
    return sorted(rows, key=lambda row: (not kinds[row[0]][0].seat.team, row[1], names.index(row[0])))


def _cell(use: _Use, number: int, dim: set[str], *, is_long: bool) -> Cell | None:
    """Return the n-th place of a seat: who holds it, or that nobody does; None where the shift has no such place."""
    first, last = use.span
    if number < len(use.places):
        place = use.places[number]
        words = name_lines(place.row.name) if is_long else initials(place.row.name)
        face = face_of(place, words, dim=place.row.person in dim)
        return Cell(first, last, face, (place,), use.shift)
    if number >= use.seat.count:
        return None
    return Cell(first, last, Face("optional" if use.seat.optional else "open"), (), use.shift)


def initials(name: str) -> str:
    """Return the first letters of a person's first and last name, titles left out: RI for Ven. Rubén Ibáñez."""
    words = _words(name)
    return "".join(plain(word)[:1].upper() or word[:1] for word in (words[:1] + words[1:][-1:]))


def name_lines(name: str) -> str:
    """Return the first and last name on a line each, titles left out."""
    words = _words(name)
    return f"{words[0]}\n{words[-1] if len(words) > 1 else ''}"


def _words(name: str) -> list[str]:
    words = name.replace("(", "").replace(")", "").split()
    return [word for word in words if not word.endswith(".")] or words
