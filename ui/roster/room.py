"""The room of a roster board: where the columns of its sheet lie, and which of them begin a day or a week."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect

from ui.roster.sheet import Sheet


@dataclass(frozen=True)
class Room:
    """A sheet at a width of its slots, scrolled by `offset` pixels; what the heads of a board need to know of it."""

    sheet: Sheet | None
    slot: int
    offset: int
    row: int
    """The current row; -1 where there is none."""
    is_by_area: bool

    def left_of(self, column: int) -> int:
        """Return where a column begins in the viewport."""
        return column * self.slot - self.offset

    def columns_in(self, area: QRect) -> tuple[int, int]:
        """Return the first and last column that an area of the viewport touches."""
        most = (len(self.sheet.board.columns) if self.sheet else 0) - 1
        return max(0, (area.left() + self.offset) // self.slot), min(most, (area.right() + self.offset) // self.slot)

    def starts_day(self, column: int) -> bool:
        """Is a column the first of its date (or just past the last)?"""
        columns = self.sheet.board.columns if self.sheet else ()
        return not 0 < column < len(columns) or columns[column].date != columns[column - 1].date

    def starts_week(self, column: int) -> bool:
        """Is a column the first of a week?"""
        columns = self.sheet.board.columns if self.sheet else ()
        first = self.sheet.board.first_weekday if self.sheet else 0
        return column < len(columns) and columns[column].date.weekday() == first and self.starts_day(column)

    def day_of(self, column: int) -> tuple[int, int]:
        """Return the first and last column of a column's date."""
        columns = self.sheet.board.columns if self.sheet else ()
        same = [n for n, other in enumerate(columns) if other.date == columns[column].date]
        return same[0], same[-1]
