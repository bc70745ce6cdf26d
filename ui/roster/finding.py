"""Finding: the cell of a sheet that a link means: a place, an open seat, a person's row, a group's number."""

from __future__ import annotations

from crt_scheduler.board.board_changes import spans
from solver.result import OpenSeat
from ui.roster.sheet import Row, Sheet, columns_of, group_of_seat

At = tuple[int, int]


def cell_of(sheet: Sheet, person: str, shift: str, column: int) -> At | None:
    """Return the cell of a person's place on a shift, else of what comes nearest; None where nothing does.

    `column` is the current one, kept where no shift is named.
    """
    return sheet.find(person, shift) or _open_seat(sheet, person, shift) or _row(sheet, person, shift, column)


def _open_seat(sheet: Sheet, person: str, shift: str) -> At | None:
    """Return the first open seat of a shift, on the board that has a cell for each."""
    if person or not sheet.is_by_area:
        return None
    return next((at for at, cell in sheet.cells.items() if cell.shift == shift and cell.face.kind == "open"), None)


def _row(sheet: Sheet, person: str, shift: str, column: int) -> At | None:
    """Return the cell of a person's row, or of the group that counts a shift's open seats."""
    key = f"person/{person}" if person else f"group/{_group(sheet, shift)}"
    at = max(0, sheet.column_of(shift) if shift else column)
    return (sheet.row_of[key], at) if key in sheet.row_of else None


def _group(sheet: Sheet, shift: str) -> str:
    """Return the group that shows a shift's open seats; its area where none is open."""
    for gap in sheet.board.gaps:
        if f"{gap.date.isoformat()}/{gap.shift}/{gap.area}" == shift:
            return group_of_seat(gap.area, gap.role)
    return shift.rsplit("/", 1)[-1]


def gaps_at(sheet: Sheet, row: Row, column: int) -> list[OpenSeat]:
    """Return the open seats of a group in a column, the dearest first."""
    over = spans(sheet.board)

    def is_there(gap: OpenSeat) -> bool:
        first, last = columns_of(gap, over)
        return group_of_seat(gap.area, gap.role) == row.group and first <= column <= last

    return [gap for gap in sheet.board.gaps if is_there(gap)]


def seat_of(gap: OpenSeat) -> tuple[str, str, str]:
    """Return the name of an open seat's shift, its role and its tier."""
    return f"{gap.date.isoformat()}/{gap.shift}/{gap.area}", gap.role, gap.tier
