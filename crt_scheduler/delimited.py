"""CSV as people have it: UTF-8 or Windows letters, comma, semicolon or tab, read line by line and never at once."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import BinaryIO

from crt_scheduler import limits
from crt_scheduler.errors import CrtError
from crt_scheduler.reading import Meter

SAVE_AS = 'Save it as "CSV UTF-8" or as an Excel workbook (.xlsx) and try again.'
PIECE = 1 << 16
TICK = 1_000
"""Lines between two looks at the clock."""
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_FOREIGN = re.compile("[^\x00-\x7f\ufffd]")
_BLANK = b" \t\r\n\xef\xbb\xbf"


def lines(path: Path, file: BinaryIO, meter: Meter) -> Generator[tuple[int, list[str]], None, None]:
    """Yield the line each record begins on and its cells (a quoted cell may run over several lines).

    Raises CrtError for what is no text, two encodings in one file, quotes that do not match and a limit reached.
    """
    encoding = _encoding(path, file)
    file.seek(0)
    text = io.TextIOWrapper(file, encoding=encoding, newline="")
    try:
        yield from _records(path, text, meter)
    except UnicodeDecodeError as fault:
        raise CrtError(f"{path.name} was changed while it was read. Try again.") from fault
    finally:
        text.detach()


def _records(path: Path, text: io.TextIOWrapper, meter: Meter) -> Iterator[tuple[int, list[str]]]:
    number, first = _first(path, text)
    named = re.fullmatch(r"sep=([,;\t])[\r\n]*", first) if number == 1 else None
    text.seek(0)
    skipped = 1 if named else 0
    if named:
        text.readline()
    reader = csv.reader(_physical(path, text, meter), delimiter=named[1] if named else _delimiter(first), strict=True)
    begins = skipped + 1
    try:
        for cells in reader:
            yield begins, cells
            begins = skipped + reader.line_num + 1
    except csv.Error as fault:
        if "field limit" in str(fault):
            raise meter.long_cell(begins) from fault
        raise CrtError(
            f'{path.name}, line {begins}: the quotes (") of this row do not match. Correct them and try again.'
        ) from fault


def _physical(path: Path, text: io.TextIOWrapper, meter: Meter) -> Iterator[str]:
    """Yield the lines of the file as they stand; raises CrtError for one that is longer than any table's."""
    number = 0
    while line := text.readline(limits.LONGEST_LINE + 1):
        number += 1
        meter.line(number)
        if not number % TICK:
            meter.tick()
        _refuse_long(path, number, line)
        yield line


def _refuse_long(path: Path, number: int, line: str) -> None:
    if len(line) > limits.LONGEST_LINE:
        raise CrtError(
            f"{path.name}, line {number}: the line is longer than {limits.LONGEST_LINE:,} letters, so this is no table "
            f"of one row a line. {SAVE_AS}"
        )


def _first(path: Path, text: io.TextIOWrapper) -> tuple[int, str]:
    """Return the first line that is not blank and its number: the header, or what names the delimiter."""
    number = 0
    while line := text.readline(limits.LONGEST_LINE + 1):
        number += 1
        _refuse_long(path, number, line)
        if line.strip():
            return number, line
    return number, ""


def _delimiter(first: str) -> str:
    """Return the commonest of comma, semicolon and tab in the first line, quoted parts left out."""
    bare = re.sub(r'"[^"]*"', "", first)
    return max((",", ";", "\t"), key=bare.count)


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    file.seek(0)
    while piece := file.read(PIECE):
        yield piece


def _encoding(path: Path, file: BinaryIO) -> str:
    """Return utf-8-sig or, for what older Excel writes, cp1252; the whole file is looked through, a piece at a time."""
    blank = True
    for n, piece in enumerate(_pieces(file)):
        blank = blank and not piece.strip(_BLANK)
        if not n and _is_wide(piece):
            raise CrtError(f"{path.name} is UTF-16 text, or no text at all. {SAVE_AS}")
    if blank:
        raise CrtError(f"{path.name} is empty. Its first line must name the columns.")
    try:
        _refuse_control(path, file, "utf-8-sig")
    except UnicodeDecodeError:
        _refuse_mixed(path, file)
        try:
            _refuse_control(path, file, "cp1252")
        except UnicodeDecodeError as fault:
            raise CrtError(f"{path.name} is no text that can be read. {SAVE_AS}") from fault
        return "cp1252"
    return "utf-8-sig"


def _is_wide(head: bytes) -> bool:
    """Is this the beginning of UTF-16 text?"""
    return head.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in head[:2] or head[1::2].count(0) > len(head) // 4


def _refuse_control(path: Path, file: BinaryIO, encoding: str) -> None:
    """Decode the whole file, which raises UnicodeDecodeError, and refuse signs that no text holds."""
    decoder = codecs.getincrementaldecoder(encoding)()
    for piece in _pieces(file):
        if _CONTROL.search(decoder.decode(piece)):
            raise CrtError(f"{path.name} is not a text file. {SAVE_AS}")
    decoder.decode(b"", final=True)


def _refuse_mixed(path: Path, file: BinaryIO) -> None:
    """Refuse a file that is UTF-8 but for some bytes: read as cp1252 its names would be garbled."""
    decoder = codecs.getincrementaldecoder("utf-8-sig")(errors="replace")
    line, is_lost, is_foreign = 1, False, False
    for piece in _pieces(file):
        text = decoder.decode(piece)
        is_foreign = is_foreign or _FOREIGN.search(text) is not None
        if not is_lost:
            is_lost = "\ufffd" in text
            line += text.partition("\ufffd")[0].count("\n")
    if is_foreign:
        raise CrtError(f"{path.name}, line {line}: its letters are of two encodings. {SAVE_AS}")
