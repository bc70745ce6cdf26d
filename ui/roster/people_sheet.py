"""People x days: a row per person under a row per area, a chip where the person is on call."""

from __future__ import annotations

from collections import defaultdict

from crt_scheduler.board import Board, Line, Place
from crt_scheduler.board.board_changes import spans
from solver.problem import CITY
from ui.roster.sheet import Cell, Row, Sheet, Wanted, face_of, group_of_line, groups, open_by_group

Letters = dict[str, str]


def people_sheet(board: Board, letters: Letters, wanted: Wanted, folded: frozenset[str]) -> Sheet:
    """Return the people x days sheet; `letters` are what chips show per mark (an area, City, clergy or backup)."""
    per_column, per_group, total = open_by_group(board, spans(board))
    members: dict[str, list[Line]] = defaultdict(list)
    for line in board.lines:
        members[group_of_line(line)].append(line)
    rows: list[Row] = []
    for group in groups(board):
        if wanted.group and group != wanted.group:
            continue
        shown = [line for line in members[group] if wanted.takes(line)]
        is_folded = group in folded
        open_seats = tuple(per_column[group])
        rows.append(
            Row(f"group/{group}", "group", group, people=len(shown), of=len(members[group]), gaps=per_group[group],
                open=open_seats, is_folded=is_folded)
        )  # fmt: skip
        if not is_folded:
            rows += [Row(f"person/{line.person}", "person", group, line=line) for line in shown]
    row_of = {row.key: n for n, row in enumerate(rows)}
    return Sheet(board, tuple(rows), _cells(board, letters, row_of), total, row_of=row_of)


def _cells(board: Board, letters: Letters, row_of: dict[str, int]) -> dict[tuple[int, int], Cell]:
    held: dict[tuple[int, int], list[Place]] = defaultdict(list)
    for place in board.places:
        row = row_of.get(f"person/{place.row.person}")
        if row is not None and place.first >= 0:
            for column in range(place.first, place.last + 1):
                held[row, column].append(place)
    return {at: _cell(places, letters) for at, places in held.items()}


def _cell(places: list[Place], letters: Letters) -> Cell:
    """Return the cell of one column; of two places at once, which an import can bring, the first gives the look."""
    first = places[0]
    face = face_of(first, "")
    return Cell(
        first.first, first.last, face._replace(text=letters.get(face.mark or CITY, "")), tuple(places), first.row.shift
    )
