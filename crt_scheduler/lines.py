"""The line of a file: a plain number, or, of several sheets read together, a number that knows its sheet."""

from __future__ import annotations

import re
import shlex
from typing import Final

from solver.wording import tr

BETWEEN: Final = 2_000_000
"""More lines than a sheet has: so much a line of each further sheet comes after those before it."""
_WRITTEN: Final = r"(?:.+!)?\d{1,7}"
LINE: Final = re.compile(_WRITTEN)
"""How an answer names a line: 3, or Feb!3, as spreadsheets name a cell's sheet."""
PAIR: Final = re.compile(rf"\s*({_WRITTEN})\s*(?::\s*([^=]*[^\s=])\s*)?=\s*(.*\S)\s*")
"""A line, one of the names in it, and whom or what it is: 3=V001, Feb!3=Jan!2, 3:M. Ruiz=V001."""


class SheetLine(int):
    """A line of one of several sheets: it comes after those of the sheets before, and reads "3 of sheet Feb".

    Two are equal where row and sheet are, whatever the place of the sheet; `place` is only needed for their order.
    """

    row: int
    sheet: str

    def __new__(cls, row: int, sheet: str, place: int = 0) -> SheetLine:
        """Return the line of a row (from 1), on a sheet of a name and at a place (from 0)."""
        made = super().__new__(cls, place * BETWEEN + row)
        made.row, made.sheet = row, sheet
        return made

    def __eq__(self, other: object) -> bool:
        return isinstance(other, SheetLine) and self._key() == other._key()

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash(self._key())

    def __str__(self) -> str:
        return tr("{row} of sheet {sheet}", row=self.row, sheet=self.sheet)

    def __repr__(self) -> str:
        return f"SheetLine({self.row}, {self.sheet!r})"

    def __format__(self, spec: str) -> str:
        return str(self)

    def _key(self) -> tuple[int, str]:
        return self.row, _folded(self.sheet)


def _folded(sheet: str) -> str:
    return sheet.casefold().strip()


def row_of(line: int) -> int:
    """Return the number of a line on its sheet."""
    return line.row if isinstance(line, SheetLine) else line


def written(line: int) -> str:
    """Return a line as an answer names it: 3, or Feb!3."""
    return f"{line.sheet}!{line.row}" if isinstance(line, SheetLine) else str(line)


def option(name: str, line: int, key: str = "", *, of: str = "") -> str:
    """Return an option of the command line that is about a line, as it is typed: --same 3=V001, --new 'Feb!3'.

    It may be about one of the names in the line: --same '3:M. Ruiz=V001'.
    """
    where = f"{written(line)}:{of}" if of else written(line)
    return f"{name} {shlex.quote(f'{where}={key}' if key else where)}"


def said(line: int) -> int | str:
    """Return a line as JSON tells it: a number, or Feb!3."""
    return written(line) if isinstance(line, SheetLine) else line


def read_line(text: str) -> int:
    """Return the line that an answer names; raises ValueError where it names none."""
    if not LINE.fullmatch(text.strip()):
        raise ValueError(text)
    sheet, _, row = text.strip().rpartition("!")
    return SheetLine(int(row), _unquoted(sheet)) if sheet else int(row)


def _unquoted(sheet: str) -> str:
    """Return a sheet's name without the quotes that spreadsheets put round one with blanks: 'Feb 2027'!3."""
    return sheet[1:-1] if len(sheet) > 2 and sheet[0] == sheet[-1] == "'" else sheet


def on_sheet(lines: frozenset[int], sheet: str) -> frozenset[int]:
    """Return which rows of a sheet are among these lines; a plain number is a row of every sheet."""
    return frozenset(
        row_of(line) for line in lines if not isinstance(line, SheetLine) or _folded(line.sheet) == _folded(sheet)
    )
