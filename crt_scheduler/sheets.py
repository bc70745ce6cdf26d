"""Spreadsheets in and out: a CSV or XLSX file as rows of text with the line people see, and safe cells out."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from types import MappingProxyType
from typing import Final

from crt_scheduler import delimited, limits, reading, texts, writing
from crt_scheduler.delimited import SAVE_AS
from crt_scheduler.errors import CrtError
from crt_scheduler.reading import Meter

Cell = str | int | float | None
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
"""First characters that make a spreadsheet run a cell instead of showing it."""
ZIP, OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the line of the file it begins on, its cells by column name, and any cells beyond the header."""

    line: int
    cells: dict[str, str]
    beyond: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sheet:
    """A file's first table: its path, the column names as written, and the rows that hold anything."""

    path: Path
    header: tuple[str, ...]
    rows: tuple[Row, ...]


def read(path: Path) -> Sheet:
    """Read a CSV (UTF-8, with or without BOM, or cp1252; comma, semicolon or tab) or XLSX file.

    Raises CrtError naming the file and the remedy for one that is missing, empty, no table or beyond `limits`.
    """
    meter = Meter(path)
    with reading.opened(path) as file:
        head = file.read(len(OLD_EXCEL))
        if head == OLD_EXCEL:
            raise CrtError(f"{path.name} is an old or locked Excel file. {SAVE_AS}")
        if head == ZIP or path.suffix.lower() in (".xlsx", ".xlsm"):
            from crt_scheduler import workbook  # a command without a workbook need not wait for it

            lines = workbook.lines(path, file, meter)
        else:
            lines = delimited.lines(path, file, meter)
        with closing(lines):  # before the file is: a refusal leaves them half read
            return _sheet(path, lines, meter)


def _sheet(path: Path, lines: Iterable[tuple[int, list[str]]], meter: Meter) -> Sheet:
    header: list[str] = []
    rows = []
    for line, cells in lines:
        trimmed = [_trim(cell) for cell in cells]
        if not any(trimmed):
            continue
        meter.row(line, trimmed)
        if not header:
            header = _header(path, line, [" ".join(name.split()) for name in trimmed])
            continue
        named = {name: cell for name, cell in zip(header, trimmed, strict=False) if name}
        if len(trimmed) < len(header):
            named.update(dict.fromkeys((name for name in header[len(trimmed) :] if name), ""))
        rows.append(Row(line, named, tuple(cell for cell in trimmed[len(header) :] if cell)))
    if not header:
        raise CrtError(f"{path.name} is empty. Its first line must name the columns.")
    return Sheet(path, tuple(name for name in header if name), tuple(rows))


def _trim(cell: str) -> str:
    """Return the cell without blanks around it, and without the apostrophe that `safe` puts before a formula sign."""
    text = cell.lstrip()
    if text.startswith("'") and safe(text[1:]) == text:
        text = text[1:]
    return text.strip()


def _header(path: Path, line: int, names: list[str]) -> list[str]:
    seen: set[str] = set()
    for n, name in enumerate(names, start=1):
        texts.refuse(f"{path.name}, line {line}: the name of column {n}", name, limits.LETTERS_ELSEWHERE)
        if name and name.casefold() in seen:
            raise CrtError(f'{path.name}, line {line}: two columns are called "{name}". Rename or delete one of them.')
        seen.add(name.casefold())
    return names


def safe(cell: Cell) -> Cell:
    """Return a cell that no spreadsheet will run: text that begins like a formula gets a leading apostrophe."""
    if isinstance(cell, str) and (cell.startswith(FORMULA) or cell.lstrip().startswith(FORMULA[:4])):
        return "'" + cell
    return cell


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return a table as CSV in UTF-8 with neutralised cells; the same table is always the same bytes."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([safe(cell) for cell in row] for row in rows)
    return out.getvalue().encode()


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
