"""The records of an old workbook sifted before xlrd reads them: what no table needs is hidden, what it has is counted.

xlrd makes objects of everything that a record speaks of, however often and however far out, and does not ask how many.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from crt_scheduler import limits
from crt_scheduler.reading import Meter
from crt_scheduler.sheets.tab import Merge
from solver.wording import tr

_BOF, _EOF, _CONTINUE, _SST, _SHEET, _MERGED, _MULTIPLE = 0x0809, 0x000A, 0x003C, 0x00FC, 0x0085, 0x00E5, 0x00BD
_STRING: Final = 0x0207
_STYLES: Final = frozenset((0x00E0, 0x041E, 0x001E))
"""Styles of cells and formats of numbers: they tell a date."""
_HEAD: Final = _STYLES | {0x0042, 0x0022, 0x002F, _SHEET, _SST}
"""What the head says besides: the letters' table, the day zero of dates, a password, sheets and shared texts."""
_CELLS: Final = frozenset((0x0203, 0x027E, 0x0204, 0x00D6, 0x00FD, 0x0006, 0x0206, 0x0406, 0x0205))
_BODY: Final = _CELLS | {_MULTIPLE, _STRING, 0x0221, 0x04BC, 0x0236, 0x0037}
"""Cells, and the words and kinds of formulas that stand behind theirs."""
_LONG: Final = frozenset((_SST, _STRING))
"""Records that may go on in others."""
_HIDDEN: Final = struct.pack("<H", 0xFFFE)
"""A code that means nothing to xlrd, in place of that of a record that is not to be read."""


@dataclass
class Sifted:
    """A workbook's stream as xlrd is given it, and the merged cells of the sheets by where they begin."""

    content: bytes
    merges: dict[int, tuple[Merge, ...]]


def sifted(content: bytes, meter: Meter) -> Sifted:
    """Return the stream with all that no table needs hidden; raises ValueError where it is damaged.

    Raises CrtError where it holds more of something than a workbook of a team has.
    """
    sieve = _Sieve(bytearray(content), meter)
    del content
    if struct.unpack_from("<H", sieve.held)[0] != _BOF:
        raise ValueError("no workbook of Excel 5 or later")
    merges = {place: tuple(sieve.sheet(place)) for place in sieve.head()}
    return Sifted(bytes(sieve.held), merges)


@dataclass
class _Sieve:
    """The stream while it is sifted, and what of it has been counted."""

    held: bytearray
    meter: Meter
    cells: int = 0
    records: int = 0
    styles: int = 0
    merged: int = 0
    texts: list[tuple[int, int]] = field(default_factory=list)

    def head(self) -> list[int]:
        """Sift what speaks of the whole, and return where its sheets begin."""
        sheets = []
        for place, code, length in self._within(0, _HEAD):
            self.styles += code in _STYLES
            if self.styles > limits.MOST_STYLES:
                raise self.meter.too_much(tr("{most:,} styles", most=limits.MOST_STYLES))
            if code == _SHEET:
                sheets.append(int(struct.unpack_from("<i", self.held, place)[0]))
                if len(sheets) > limits.MOST_OLD_SHEETS:
                    raise self.meter.too_much(tr("{most:,} sheets", most=limits.MOST_OLD_SHEETS))
            elif code in (_SST, _CONTINUE):
                if code == _SST and self.texts:
                    raise ValueError("shared texts twice")
                self.texts.append((place, length))
        self._count_texts()
        return sheets

    def sheet(self, begin: int) -> Iterator[Merge]:
        """Sift a sheet, and yield its merged cells."""
        widths: dict[int, int] = {}
        for place, code, length in self._within(begin, _BODY):
            if code == _MERGED:
                yield from self._merges(place, length)
            elif code in _CELLS or code == _MULTIPLE:
                row, column = struct.unpack_from("<HH", self.held, place)
                if code == _MULTIPLE:
                    column = struct.unpack_from("<H", self.held, place + length - 2)[0]
                wide = widths.get(row, 0)
                if column >= wide:
                    widths[row] = column + 1
                    self._count_cells(column + 1 - wide)
        self._count_cells(max(widths, default=0))

    def _count_cells(self, count: int) -> None:
        self.cells += count
        if self.cells > limits.MOST_OLD_CELLS:
            raise self.meter.too_much(tr("{most_cells:,} cells", most_cells=limits.MOST_OLD_CELLS))

    def _merges(self, place: int, length: int) -> Iterator[Merge]:
        count = min(struct.unpack_from("<H", self.held, place)[0], (length - 2) // 8)
        self.merged += count
        if self.merged > limits.MOST_STYLES:
            raise self.meter.too_much(tr("{most:,} merged cells", most=limits.MOST_STYLES))
        for top, bottom, left, right in struct.iter_unpack("<4H", self.held[place + 2 : place + 2 + 8 * count]):
            yield Merge(top + 1, left + 1, bottom + 1, right + 1)

    def _within(self, begin: int, kept: frozenset[int]) -> Iterator[tuple[int, int, int]]:
        """Yield the content's place, the code and length of each record to the end of a part, and hide the others."""
        if not 0 <= begin < len(self.held):
            raise ValueError("a part that is not there")
        place, depth, goes_on = begin, 0, False
        while place + 4 <= len(self.held):
            code, length = struct.unpack_from("<HH", self.held, place)
            self._count_record()
            depth += (code == _BOF) - (code == _EOF)
            if depth == 0:
                return
            goes_on = goes_on if code == _CONTINUE else code in _LONG
            is_kept = code in kept or (code == _CONTINUE and goes_on)
            if depth == 1 and (is_kept or code == _MERGED):
                yield place + 4, code, length
            if place != begin and (depth > 1 or not is_kept):
                self.held[place : place + 2] = _HIDDEN
            place += 4 + length
        raise ValueError("a part without end")

    def _count_record(self) -> None:
        self.records += 1
        if not self.records % 10_000:
            self.meter.tick(0.0)
        if self.records > limits.MOST_OLD_RECORDS:
            raise self.meter.too_much(tr("{most:,} records", most=limits.MOST_OLD_RECORDS))

    def _count_texts(self) -> None:
        """Count the shared texts and the changes of type within them, as xlrd will read them."""
        if not self.texts:
            return
        _, count = struct.unpack_from("<ii", self.held, self.texts[0][0])
        if not 0 <= count <= limits.MOST_OLD_CELLS:
            raise self.meter.too_much(tr("{most:,} texts", most=limits.MOST_OLD_CELLS))
        cursor, runs = _Cursor(self.held, self.texts), 0
        for _ in range(count):
            runs += cursor.text()
            if runs > limits.MOST_STYLES:
                raise self.meter.too_much(tr("{most:,} changes of type", most=limits.MOST_STYLES))


class _Cursor:
    """Goes through the shared texts, which are cut into records anywhere but in their lengths."""

    def __init__(self, held: bytearray, parts: list[tuple[int, int]]) -> None:
        self._held, self._parts, self._part = held, parts, 0
        self._at, self._end = parts[0][0] + 8, parts[0][0] + parts[0][1]

    def text(self) -> int:
        """Step over one text and return how often its type changes; raises ValueError where it is damaged."""
        if self._at >= self._end:
            self._next()
        letters, flags = struct.unpack_from("<HB", self._held, self._at)
        self._at += 3
        runs = further = 0
        if flags & 8:
            runs = struct.unpack_from("<H", self._held, self._at)[0]
            self._at += 2
        if flags & 4:
            further = struct.unpack_from("<i", self._held, self._at)[0]
            self._at += 4
        if further < 0:
            raise ValueError("a length below nothing")
        while letters:
            wide = 1 + (flags & 1)
            letters -= (there := min(letters, max(0, self._end - self._at) // wide))
            self._at += there * wide
            if letters:
                self._next()
                flags = self._held[self._at]
                self._at += 1
        self._skip(4 * runs + further)
        return int(runs)

    def _skip(self, count: int) -> None:
        while count > (there := max(0, self._end - self._at)):
            count -= there
            self._next()
        self._at += count

    def _next(self) -> None:
        self._part += 1
        if self._part >= len(self._parts):
            raise ValueError("texts that are not there")
        place, length = self._parts[self._part]
        self._at, self._end = place, place + length
