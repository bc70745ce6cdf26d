"""A file of tables opened as a book, by what its first bytes say it is."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from crt_scheduler.reading import Meter
from crt_scheduler.sheets.tab import Book

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
WORKBOOKS = (".xlsx", ".xlsm")


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
