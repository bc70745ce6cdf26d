"""Tables out: CSV and XLSX whose cells no spreadsheet will run, the same table always the same bytes."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import zip_longest
from pathlib import Path
from types import MappingProxyType

from crt_scheduler import writing

Cell = str | int | float | None
_RUN = re.compile(r"'*[\t\r\n]|[\s']*[=+\-@]")
"""How a cell begins that a spreadsheet would run instead of showing it, or that looks as if we had prevented it."""
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")


def safe(cell: Cell) -> Cell:
    """Return a cell that no spreadsheet will run: text that begins like a formula gets a leading apostrophe.

    So does text that has one there of its own: the apostrophe that goes when the cell is read is always ours.
    """
    return "'" + cell if isinstance(cell, str) and _RUN.match(cell) else cell


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return a table as CSV in UTF-8 with neutralised cells; the same table is always the same bytes.

    It begins with a byte order mark: without one, Excel reads José as JosÃ©.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([safe(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def xlsx_bytes(
    header: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    *,
    title: str,
    hidden: Collection[str] = (),
    choices: Mapping[str, Sequence[str]] = MappingProxyType({}),
) -> bytes:
    """Return a table as an XLSX workbook with neutralised cells; the same table is always the same bytes.

    `hidden` columns are there but not shown; `choices` are words that a column offers to whoever fills it in.
    """
    from openpyxl import Workbook
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    book = Workbook(write_only=True)
    page = book.create_sheet(re.sub(r"[\[\]:*?/\\]", " ", title)[:31])
    page.freeze_panes = "A2"
    cells = [
        [safe(_CONTROL.sub("", cell)) if isinstance(cell, str) else cell for cell in row] for row in (header, *rows)
    ]
    for n, column in enumerate(zip_longest(*cells), start=1):
        page.column_dimensions[get_column_letter(n)].width = min(60, 2 + max(len(str(cell or "")) for cell in column))
        page.column_dimensions[get_column_letter(n)].hidden = column[0] in hidden
    for row in cells:
        page.append(row)
    for name, words in choices.items():
        letter = get_column_letter(header.index(name) + 1)
        offer = DataValidation(type="list", formula1=f'"{",".join(words)}"', allow_blank=True)
        offer.add(f"{letter}2:{letter}{max(2, len(cells))}")
        page.data_validations.append(offer)
    made = io.BytesIO()
    book.save(made)
    return undated(made.getvalue())


def undated(workbook: bytes) -> bytes:
    """Return the workbook without the moment it was made, so that equal tables are equal files."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as made, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as kept:
        for name in made.namelist():
            part = made.read(name)
            if name == "docProps/core.xml":
                part = re.sub(rb">\d{4}-\d\d-\d\dT[\d:.]+Z<", b">2000-01-01T00:00:00Z<", part)
            kept.writestr(zipfile.ZipInfo(name), part, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def write(path: Path, header: Sequence[str], rows: Iterable[Sequence[Cell]], *, force: bool = False) -> None:
    """Write a table to a .xlsx file, or as CSV to any other; raises CrtError as `writing.write_all` does."""
    content = xlsx_bytes(header, rows, title=path.stem) if path.suffix.lower() == ".xlsx" else csv_bytes(header, rows)
    writing.write(path, content, force=force)
