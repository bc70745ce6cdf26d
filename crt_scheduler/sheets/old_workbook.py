"""Workbooks of Excel before 2007 (.xls), read by xlrd: python-calamine leaves out cells with faults without a word."""

from __future__ import annotations

import io
import struct
from collections.abc import Generator
from pathlib import Path
from typing import Any, BinaryIO, Final

import xlrd
from xlrd.biffh import XLRDError, error_text_from_code
from xlrd.xldate import XLDateError, xldate_as_datetime

from crt_scheduler import limits
from crt_scheduler.errors import CrtError
from crt_scheduler.reading import SPLIT, Meter
from crt_scheduler.sheets.delimited import SAVE_AS
from crt_scheduler.sheets.old_records import sifted
from crt_scheduler.sheets.ole import Compound
from crt_scheduler.sheets.sheet_rows import HALF_A_SECOND, words
from crt_scheduler.sheets.tab import Line, Merge, Tab
from solver.wording import tr

_DAMAGED: Final = (
    XLRDError, struct.error, AssertionError, AttributeError, EOFError, LookupError, OSError,
    OverflowError, RecursionError, TypeError, UnicodeError, ValueError, ZeroDivisionError,
)  # fmt: skip
"""What xlrd raises on bytes that are no workbook."""


class OldWorkbook:
    """An .xls file in memory, at most `limits.LARGEST_OLD` bytes of it."""

    def __init__(self, path: Path, file: BinaryIO, meter: Meter) -> None:
        self._path, self._meter = path, meter
        content = file.read(limits.LARGEST_OLD + 1)
        if len(content) > limits.LARGEST_OLD:
            raise CrtError(
                tr(
                    "{name} is larger than {largest_old} MB. {split}",
                    name=path.name,
                    largest_old=limits.LARGEST_OLD // 1000000,
                    split=tr(SPLIT),
                )
            )
        try:
            held = sifted(Compound(content).stream(), meter)
            del content
            self._merges = held.merges
            self._book: Any = xlrd.open_workbook(
                file_contents=held.content, logfile=io.StringIO(), on_demand=True, ragged_rows=True
            )
        except _DAMAGED as fault:
            raise self._damaged() from fault

    def tabs(self) -> tuple[Tab, ...]:
        """Return the sheets in their order."""
        names = enumerate(self._book.sheet_names())
        return tuple(Tab(name, is_visible=not self._book._sheet_visibility[n]) for n, name in names)

    def lines(self, tab: Tab) -> Generator[Line, None, None]:
        """Yield the rows of a sheet that hold anything; raises CrtError where it is damaged."""
        try:
            sheet = self._book.sheet_by_name(tab.name)
            for n in range(sheet.nrows):
                if not n % 1_000:
                    self._meter.tick(n / sheet.nrows)
                cells = [self._words(cell) for cell in sheet.row(n)]
                if any(cells):
                    yield n + 1, cells
        except _DAMAGED as fault:
            raise self._damaged() from fault

    def merges(self, tab: Tab) -> tuple[Merge, ...]:
        """Return the merged cells of a sheet."""
        place: int = self._book._sh_abs_posn[self._book.sheet_by_name(tab.name).number]
        return self._merges[place]

    def _words(self, cell: Any) -> str:
        kind, value = cell.ctype, cell.value
        if kind == xlrd.XL_CELL_ERROR:
            return str(error_text_from_code.get(value, "#N/A"))
        if kind == xlrd.XL_CELL_BOOLEAN:
            return str(bool(value))
        if kind != xlrd.XL_CELL_DATE:
            return words(value)
        try:
            moment = xldate_as_datetime(value, self._book.datemode)
        except XLDateError:
            return "#VALUE!"
        return words((moment + HALF_A_SECOND).time() if 0 <= value < 1 else moment)

    def _damaged(self) -> CrtError:
        return CrtError(
            tr(
                "{name} is no Excel workbook, is damaged, or is locked with a password. {save_as}",
                name=self._path.name,
                save_as=tr(SAVE_AS),
            )
        )
