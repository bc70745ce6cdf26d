"""A file's tables as they lie on its sheets: which there are, their rows as words, and the cells merged into one."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

from crt_scheduler.reading import Meter

Line = tuple[int, list[str]]
"""The line of the sheet a row stands on, as people see it, and its cells."""
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
WORKBOOKS = (".xlsx", ".xlsm")


@dataclass(frozen=True)
class Tab:
    """One sheet of a file: its name ("" where the file is one table), and whether people see it."""

    name: str
    is_visible: bool = True


@dataclass(frozen=True, slots=True)
class Merge:
    """Cells made one: first and last line and column, all counted from 1."""

    top: int
    left: int
    bottom: int
    right: int


class Book(Protocol):
    """An open file while its sheets are read."""

    def tabs(self) -> tuple[Tab, ...]:
        """Return the sheets in their order."""

    def lines(self, tab: Tab) -> Generator[Line, None, None]:
        """Yield the rows of a sheet that hold anything."""

    def merges(self, tab: Tab) -> tuple[Merge, ...]:
        """Return the merged cells of a sheet whose rows have all been read."""


def opened(path: Path, file: BinaryIO, meter: Meter) -> Book:
    """Return the file as a book; what it is, its first bytes say, and its name only for a damaged workbook.

    Raises CrtError for one that cannot be read, with the remedy.
    """
    head = file.read(len(OLE))
    file.seek(0)
    if head == OLE:
        from crt_scheduler.sheets.old_workbook import OldWorkbook  # a command without one need not wait for it

        return OldWorkbook(path, file, meter)
    if head == ZIP or path.suffix.lower() in WORKBOOKS:
        from crt_scheduler.sheets import opendocument, workbook

        parts = workbook.unzipped(path, file)
        if opendocument.CONTENT in parts.namelist():
            return opendocument.OpenDocument(path, parts, meter)
        return workbook.Workbook(path, parts, meter)
    from crt_scheduler.sheets.delimited import Delimited

    return Delimited(path, file, meter)
