"""The sheet: the rows and cells a roster board shows, worked out from the month's Board; one shape for both boards."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from crt_scheduler.board import Board, Line, Place
from crt_scheduler.board.board_changes import Spans, spans
from solver.problem import CITY
from solver.result import OpenSeat

Kind = Literal["group", "person", "seat"]
CLERGY = "clergy"
"""The group of clergy, whose duties are city-wide; any other group is an area, CITY, or "" for people without one."""


class Face(NamedTuple):
    """All that a chip's look depends on, its size and the palette apart; `kind` is duty, open, optional or kept off."""

    kind: str = "duty"
    mark: str = ""
    text: str = ""
    state: str = "draft"
    lead: bool = False
    trainee: bool = False
    locked: bool = False
    broken: bool = False
    pill: bool = False
    dim: bool = False


@dataclass(frozen=True)
class Wanted:
    """What the board is narrowed to: a group, a language, words of a name; empty: everything."""

    group: str = ""
    language: str = ""
    words: str = ""

    def takes(self, line: Line) -> bool:
        """Is the person one of those looked for, by language and name?"""
        name = plain(line.name)
        return (not self.language or self.language in line.languages) and all(
            word in name for word in plain(self.words).split()
        )


@dataclass(frozen=True)
class Row:
    """One row: a group with its open seats per column, a person, or one seat of an area through the month."""

    key: str
    kind: Kind
    group: str
    line: Line | None = None
    role: str = ""
    tier: str = ""
    number: int = 0
    people: int = 0
    of: int = 0
    gaps: int = 0
    open: tuple[int, ...] = ()
    is_folded: bool = False


@dataclass(frozen=True)
class Cell:
    """What a row has in the columns from first to last: usually one place; none: an open seat of `shift`."""

    first: int
    last: int
    face: Face
    places: tuple[Place, ...] = ()
    shift: str = ""


@dataclass(frozen=True)
class Sheet:
    """A board as rows, cells by (row, column) and open seats per column; a wide cell lies under each of its columns."""

    board: Board
    rows: tuple[Row, ...]
    cells: Mapping[tuple[int, int], Cell]
    open: tuple[int, ...]
    is_by_area: bool = False
    row_of: Mapping[str, int] = field(default_factory=dict)

    def looks_like(self, other: Sheet) -> bool:
        """Does another sheet show the same, whatever else its board knows?"""
        mine, theirs = self.board, other.board
        return (
            (self.rows, self.cells, self.open, self.is_by_area)
            == (other.rows, other.cells, other.open, other.is_by_area)
            and mine.columns == theirs.columns
            and mine.first_weekday == theirs.first_weekday
        )

    def find(self, person: str, shift: str) -> tuple[int, int] | None:
        """Return row and column of a person's place on a shift; None where it is not shown."""
        for at, cell in self.cells.items():
            if any(place.key == (person, shift) for place in cell.places):
                return at[0], cell.first
        return None

    def column_of(self, shift: str) -> int:
        """Return the first column of a shift named like 2027-01-09/night/Valley; -1 where it has none."""
        date, template = (*shift.split("/"), "", "")[:2]
        for (day, name), (first, _) in spans(self.board).items():
            if (day.isoformat(), name) == (date, template):
                return first
        return -1


def plain(words: str) -> str:
    """Return words without marks and case, so that Lucia finds Lucía."""
    bare = (letter for letter in unicodedata.normalize("NFKD", words) if not unicodedata.combining(letter))
    return "".join(bare).casefold()


def group_of_line(line: Line) -> str:
    """Return the group a person is shown in."""
    return CLERGY if line.kind == CLERGY else line.home


def group_of_seat(area: str, role: str) -> str:
    """Return the group that a shift's seat belongs to."""
    if area != CITY:
        return area
    return CLERGY if role == CLERGY else CITY


def groups(board: Board) -> tuple[str, ...]:
    """Return every group in order: areas, people without one, the city's own seats, clergy."""
    frozen = board.problem
    seats = {group_of_seat(frozen.shifts[seat.shift].area, seat.role) for seat in frozen.seats}
    used = {group_of_line(line) for line in board.lines} | seats
    return tuple(group for group in (*board.areas, "", CITY, CLERGY) if group in used or group in board.areas)


def open_by_group(board: Board, over: Spans) -> tuple[dict[str, list[int]], dict[str, int], tuple[int, ...]]:
    """Return open seats per group and column, their number per group, and per column in all.

    A seat that is open over two columns shows in both, and counts once in its group's number.
    """
    width = len(board.columns)
    per_column: dict[str, list[int]] = defaultdict(lambda: [0] * width)
    per_group: dict[str, int] = defaultdict(int)
    total = [0] * width
    for gap in board.gaps:
        group = group_of_seat(gap.area, gap.role)
        per_group[group] += 1
        first, last = columns_of(gap, over)
        for column in range(first, last + 1):
            per_column[group][column] += 1
            total[column] += 1
    return per_column, per_group, tuple(total)


def columns_of(gap: OpenSeat, over: Spans) -> tuple[int, int]:
    """Return the first and last column of an open seat; (0, -1) where the board has none."""
    return over.get((gap.date, gap.shift), (0, -1))


def face_of(place: Place, text: str, *, dim: bool = False) -> Face:
    """Return the look of a place's chip, showing a text of a letter or two."""
    row = place.row
    group = group_of_seat(row.area, row.role)
    return Face(
        mark="backup" if group == CLERGY and row.tier == "backup" else group,
        text=text,
        state=row.state,
        lead=row.role == "lead",
        trainee=row.role == "trainee",
        locked=row.locked,
        broken=bool(place.broken),
        pill=group == CLERGY,
        dim=dim,
    )
