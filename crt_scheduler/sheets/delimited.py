"""CSV as people have it: UTF-8, UTF-16 or Windows letters, any delimiter, read line by line and never at once."""

from __future__ import annotations

import codecs
import csv
import io
import os
import re
from collections import Counter
from collections.abc import Callable, Generator, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from crt_scheduler import limits
from crt_scheduler.errors import CrtError
from crt_scheduler.reading import Meter
from crt_scheduler.sheets.tab import Line, Merge, Tab
from solver.wording import mark, tr

SAVE_AS = mark('Save it as "CSV UTF-8" or as an Excel workbook (.xlsx) and try again.')
PIECE = 1 << 16
TICK = 1_000
"""Lines between two looks at the clock."""
HEAD, HEAD_LETTERS = 30, limits.LONGEST_LINE
"""Lines, and letters of them, that tell the delimiter: a title or two say little of it."""
DELIMITERS = (",", ";", "\t", "|")
_NAMED = re.compile(r'(?P<quote>"?)\s*sep=(?P<sign>[^\w\s"]|\t)\s*(?P=quote)[,;]*', re.IGNORECASE)
"""What Excel takes for the naming of the delimiter, and what it makes of that line when it saves it as a cell."""
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_FOREIGN = re.compile("[^\x00-\x7f\ufffd]")
_BLANK = b" \t\r\n\0\xef\xbb\xbf\xff\xfe"
_OLD_MAC = re.compile("[A-Za-z]*[a-z][\u017d\u0178\u0160\u2021\u20ac][A-Za-z]*|[A-Za-z]*[a-z][\u2014\u2013][a-z]+")
"""An old Mac's é, ü, ä, á, ó and ñ after a small letter, as Windows letters show them."""
_OLD_MAC_SIGN = re.compile("[\u017d\u0178\u0160\u2021\u20ac\u2014\u2013](?<=[a-z].)(?:(?<![\u2014\u2013])|(?=[a-z]))")
"""The sign in the midst of such a word: looked for first, for it is found many times as fast as the whole word."""


class Delimited:
    """An open text file while its rows are read."""

    def __init__(self, path: Path, file: BinaryIO, meter: Meter) -> None:
        self._path, self._file, self._meter = path, file, meter

    def tabs(self) -> tuple[Tab, ...]:
        """Return the one table there is."""
        return (Tab(""),)

    def merges(self, tab: Tab) -> tuple[Merge, ...]:
        """Return none: text has no merged cells."""
        return ()

    def _part(self) -> float:
        """Return which part of the file has been read."""
        return self._file.tell() / max(1, os.fstat(self._file.fileno()).st_size)

    def lines(self, tab: Tab) -> Generator[Line, None, None]:
        """Yield the line each record begins on and its cells (a quoted cell may run over several lines).

        Raises CrtError for what is no text, two encodings in one file, quotes that do not match and a limit reached.
        """
        encoding = _encoding(self._path, self._file)
        self._file.seek(0)
        text = io.TextIOWrapper(self._file, encoding=encoding, newline="")
        try:
            yield from _records(self._path, text, self._meter, self._part)
        except UnicodeDecodeError as fault:
            raise CrtError(tr("{name} was changed while it was read. Try again.", name=self._path.name)) from fault
        finally:
            text.detach()


def _records(path: Path, text: io.TextIOWrapper, meter: Meter, part: Callable[[], float]) -> Iterator[Line]:
    first, head = _head(path, text, meter)
    named = _NAMED.fullmatch(head[0].rstrip("\r\n")) if head else None
    text.seek(0)
    skipped = first if named else 0
    for _ in range(skipped):
        text.readline(limits.LONGEST_LINE + 1)
    delimiter = named["sign"] if named else delimiter_of(head)
    reader = csv.reader(_physical(path, text, meter, part), delimiter=delimiter, strict=True)
    begins = skipped + 1
    try:
        for cells in reader:
            yield begins, cells
            begins = skipped + reader.line_num + 1
    except csv.Error as fault:
        if "field limit" in str(fault):
            raise meter.long_cell(begins) from fault
        raise CrtError(
            tr(
                '{name}, line {begins}: the quotes (") of this row do not match. Correct them and try again.',
                name=path.name,
                begins=begins,
            )
        ) from fault


def _physical(path: Path, text: io.TextIOWrapper, meter: Meter, part: Callable[[], float]) -> Iterator[str]:
    """Yield the lines of the file as they stand; raises CrtError for one that is longer than any table's."""
    number = 0
    while line := text.readline(limits.LONGEST_LINE + 1):
        number += 1
        meter.line(number)
        if not number % TICK:
            meter.tick(part())
        _refuse_long(path, number, line)
        yield line


def _refuse_long(path: Path, number: int, line: str) -> None:
    if len(line) > limits.LONGEST_LINE:
        raise CrtError(
            tr(
                "{name}, line {number}: the line is longer than {longest_line:,} letters, so this is no table "
                "of one row a line. {save_as}",
                name=path.name,
                number=number,
                longest_line=limits.LONGEST_LINE,
                save_as=tr(SAVE_AS),
            )
        )


def _head(path: Path, text: io.TextIOWrapper, meter: Meter) -> tuple[int, list[str]]:
    """Return the number of the first line that is not blank, and the first lines from there on."""
    number, first, letters, found = 0, 0, 0, list[str]()
    while len(found) < HEAD and letters < HEAD_LETTERS and (line := text.readline(limits.LONGEST_LINE + 1)):
        number += 1
        meter.line(number)
        _refuse_long(path, number, line)
        if line.strip():
            first = first or number
            letters += len(line)
            found.append(line)
    return first, found


def delimiter_of(lines: Sequence[str]) -> str:
    """Return the sign that the most lines hold the same number of times, quoted parts left out; a comma for none.

    A comma in numbers of a semicolon file is in many lines too, but not in its header: of signs that do equally well,
    the one that splits into more cells is taken, then the one that the first of the lines holds.
    """
    bare = re.sub(r'"[^"]*("|$)', "", "".join(lines)).splitlines()  # a quoted cell may run over several lines

    def merit(sign: str) -> tuple[int, int]:
        counts = Counter(count for line in bare if (count := line.count(sign)))
        count, often = max(counts.items(), key=lambda each: (each[1], each[0]), default=(0, 0))
        return often, count

    return max(DELIMITERS, key=merit)


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    file.seek(0)
    while piece := file.read(PIECE):
        yield piece


def _encoding(path: Path, file: BinaryIO) -> str:
    """Return utf-8-sig, UTF-16 or, for what older Excel writes, cp1252; the whole file is looked through."""
    blank, wide = True, ""
    for n, piece in enumerate(_pieces(file)):
        blank = blank and not piece.strip(_BLANK)
        if not n:
            wide = _wide(piece)
    if blank:
        raise CrtError(tr("{name} is empty. Its first line must name the columns.", name=path.name))
    try:
        _refuse_control(path, file, wide or "utf-8-sig")
    except UnicodeDecodeError as fault:
        if wide:
            raise CrtError(
                tr(
                    "{name} is UTF-16 text that is damaged, or no text at all. {save_as}",
                    name=path.name,
                    save_as=tr(SAVE_AS),
                )
            ) from fault
        _refuse_mixed(path, file)
        try:
            _refuse_control(path, file, "cp1252")
        except UnicodeDecodeError:
            raise CrtError(
                tr("{name} is no text that can be read. {save_as}", name=path.name, save_as=tr(SAVE_AS))
            ) from fault
        _refuse_old_mac(path, file)
        return "cp1252"
    return wide or "utf-8-sig"


def _wide(head: bytes) -> str:
    """Return the kind of UTF-16 that a text begins as, by its mark or by the zeros between plain letters, else ""."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    half = len(head) // 2
    if half and head[1::2].count(0) > half // 2 and not head[::2].count(0):
        return "utf-16-le"
    if half and head[::2].count(0) > half // 2 and not head[1::2].count(0):
        return "utf-16-be"
    return ""


def _refuse_old_mac(path: Path, file: BinaryIO) -> None:
    """Refuse letters that are an old Mac's: read as Windows letters they put capitals and signs inside of words."""
    decoder = codecs.getincrementaldecoder("cp1252")()
    line = 1
    for piece in _pieces(file):
        text = decoder.decode(piece)
        if _OLD_MAC_SIGN.search(text) and (found := _OLD_MAC.search(text)):
            line += text.count("\n", 0, found.start())
            word = found[0]
            meant = word.encode("cp1252").decode("mac_roman")
            raise CrtError(
                tr(
                    "{name}, line {line}: is {word} meant to be {meant}? The letters seem to be an old Mac's. "
                    "{save_as}",
                    name=path.name,
                    line=line,
                    word=word,
                    meant=meant,
                    save_as=tr(SAVE_AS),
                )
            )
        line += text.count("\n")


def _refuse_control(path: Path, file: BinaryIO, encoding: str) -> None:
    """Decode the whole file, which raises UnicodeDecodeError, and refuse signs that no text holds."""
    decoder = codecs.getincrementaldecoder(encoding)()
    for piece in _pieces(file):
        if _CONTROL.search(decoder.decode(piece)):
            raise CrtError(tr("{name} is not a text file. {save_as}", name=path.name, save_as=tr(SAVE_AS)))
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
        raise CrtError(
            tr(
                "{name}, line {line}: its letters are of two encodings. {save_as}",
                name=path.name,
                line=line,
                save_as=tr(SAVE_AS),
            )
        )
