"""Spreadsheets in and out: a CSV or XLSX file as rows of text with the line people see, and safe cells out."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final
from xml.etree.ElementTree import ParseError

from crt_scheduler import held
from crt_scheduler.errors import CrtError

Cell = str | int | float | None
SAVE_AS = 'Save it as "CSV UTF-8" or as an Excel workbook (.xlsx) and try again.'
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
"""First characters that make a spreadsheet run a cell instead of showing it."""
ZIP, OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
LARGEST = 300_000_000
HALF_A_SECOND = dt.timedelta(milliseconds=500)
"""Workbooks keep moments as fractions of a day, which fall just short of the second that was meant."""
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_BROKEN_WORKBOOK: Final = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    ParseError,
    AttributeError,
    EOFError,
    LookupError,
    OSError,
    RuntimeError,
    TypeError,
    ValueError,
)


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

    Raises CrtError naming the file and the remedy for one that is missing, empty or no table.
    """
    if held.is_held(path):  # opening it here would drop SQLite's locks on it
        raise CrtError(f"{path.name} is the team's records, which are open. Choose the list that is to be imported.")
    content = _content(path)
    if content.startswith(OLD_EXCEL):
        raise CrtError(f"{path.name} is an old or locked Excel file. {SAVE_AS}")
    if content.startswith(ZIP) or path.suffix.lower() in (".xlsx", ".xlsm"):
        return _sheet(path, _workbook_lines(path, content))
    return _sheet(path, _text_lines(path, _text(path, content)))


def _content(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise CrtError(f"{path} is a folder. Name the CSV or XLSX file inside it.")
        if not path.exists():
            raise CrtError(f"There is no file at {path}. Check the name and the folder.")
        if path.stat().st_size > LARGEST:
            raise CrtError(f"{path.name} is larger than {LARGEST // 1_000_000} MB. Split it into smaller files.")
        content = path.read_bytes()
    except (OSError, ValueError) as fault:
        reason = getattr(fault, "strerror", None) or str(fault)
        raise CrtError(f"{path} cannot be read ({reason}). Check its name and permissions.") from fault
    if not content.strip(b" \t\r\n\xef\xbb\xbf"):
        raise CrtError(f"{path.name} is empty. Its first line must name the columns.")
    return content


def _text(path: Path, content: bytes) -> str:
    if (
        content.startswith((b"\xff\xfe", b"\xfe\xff"))
        or b"\0" in content[:2]
        or content[1::2].count(0) > len(content) // 4
    ):
        raise CrtError(f"{path.name} is UTF-16 text, or no text at all. {SAVE_AS}")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = _windows_text(path, content)
    if _CONTROL.search(text):
        raise CrtError(f"{path.name} is not a text file. {SAVE_AS}")
    return text


def _windows_text(path: Path, content: bytes) -> str:
    """Decode cp1252, which older Excel writes; a file that is UTF-8 but for some bytes is refused, not garbled."""
    partly = content.decode("utf-8-sig", errors="replace")
    if any(ord(letter) > 127 and letter != "\ufffd" for letter in partly):
        line = partly[: partly.index("\ufffd")].count("\n") + 1
        raise CrtError(f"{path.name}, line {line}: its letters are of two encodings. {SAVE_AS}")
    try:
        return content.decode("cp1252")
    except UnicodeDecodeError as fault:
        raise CrtError(f"{path.name} is no text that can be read. {SAVE_AS}") from fault


def _text_lines(path: Path, text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the line each record begins on and its cells (a quoted cell may run over several lines)."""
    lines = io.StringIO(text, newline="")
    skipped = 0
    named = re.match(r"sep=([,;\t])\r?\n", text)
    if named:
        lines.readline()
        skipped = 1
    delimiter = named[1] if named else _delimiter(text)
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    begins = skipped + 1
    try:
        for cells in reader:
            yield begins, cells
            begins = skipped + reader.line_num + 1
    except csv.Error as fault:
        raise CrtError(
            f'{path.name}, line {begins}: the quotes (") of this row do not match. Correct them and try again.'
        ) from fault


def _delimiter(text: str) -> str:
    """Return the commonest of comma, semicolon and tab in the first line, quoted parts left out."""
    first = next(line for line in text.splitlines() if line.strip())
    bare = re.sub(r'"[^"]*"', "", first)
    return max((",", ";", "\t"), key=bare.count)


def _workbook_lines(path: Path, content: bytes) -> list[tuple[int, list[str]]]:
    from openpyxl import load_workbook  # takes a quarter of a second that commands without a workbook need not wait

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl remarks on styles and extensions that no cell needs
            book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
            try:
                lines = [(line, [_words(value) for value in values]) for line, values in _rows(book)]
            finally:
                book.close()
            if not _has_formulas(content):
                return lines
            book = load_workbook(io.BytesIO(content), read_only=True, data_only=False)
            try:
                return list(_with_formulas(lines, book))
            finally:
                book.close()
    except _BROKEN_WORKBOOK as fault:
        raise CrtError(f"{path.name} is not an Excel workbook, or it is damaged. {SAVE_AS}") from fault


def _rows(book: Any) -> Iterator[tuple[int, tuple[Any, ...]]]:
    page = book.worksheets[0]
    page.reset_dimensions()
    return enumerate(page.iter_rows(values_only=True), start=1)


def _has_formulas(content: bytes) -> bool:
    """Does a cell of the workbook hold a formula? Reading them takes a second pass, which few files need."""
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        pages = [name for name in parts.namelist() if name.startswith("xl/worksheets/")]
        return any(b"<f>" in parts.read(name) or b"<f " in parts.read(name) for name in pages)


def _with_formulas(lines: list[tuple[int, list[str]]], book: Any) -> Iterator[tuple[int, list[str]]]:
    """Yield the lines with the formula itself where a program that saved no values left a cell empty."""
    for (line, words), (_, values) in zip(lines, _rows(book), strict=True):
        yield (
            line,
            [
                word or (str(value) if isinstance(value, str) and value.startswith("=") else "")
                for word, value in zip(words, values, strict=True)
            ],
        )


def _words(value: Any) -> str:
    """Return a workbook's value as a CSV would hold it: ISO dates and times, whole numbers without a point."""
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        return (value + HALF_A_SECOND).isoformat(sep=" ", timespec="seconds")
    if isinstance(value, dt.timedelta):
        minutes = round(value.total_seconds() / 60)
        return f"{minutes // 60:02d}:{minutes % 60:02d}"
    if isinstance(value, dt.time):
        return value.isoformat(timespec="seconds")
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _sheet(path: Path, lines: Iterable[tuple[int, list[str]]]) -> Sheet:
    header: list[str] = []
    rows = []
    for line, cells in lines:
        trimmed = [_trim(cell) for cell in cells]
        if not any(trimmed):
            continue
        if not header:
            header = _header(path, line, trimmed)
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
    for name in names:
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


def write(path: Path, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """Write a table to a .xlsx file, or as CSV to any other; raises CrtError if the file cannot be written."""
    content = xlsx_bytes(header, rows, title=path.stem) if path.suffix.lower() == ".xlsx" else csv_bytes(header, rows)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    except OSError as fault:
        raise CrtError(
            f"{path} cannot be written ({fault.strerror}). Close it elsewhere or choose a folder."
        ) from fault
