"""The stream of an old workbook inside its compound file, found in bounded room: xlrd builds all that a file names."""

from __future__ import annotations

import struct
from array import array
from collections.abc import Iterator, Sequence
from typing import Final

NAMES: Final = ("workbook", "book")
"""What Excel 97 and Excel 5 call the stream."""
ENTRY: Final = 128
MOST_ENTRIES: Final = 20_000
"""Entries of the directory; a workbook with many pictures has some hundreds."""
_SHIFTS: Final = {9: 6, 12: 6}
"""Sizes of sectors and of small sectors, as powers of two, that there are."""
_STREAM: Final = 2
_IN_HEAD: Final = 109
"""Sectors of the table of sectors that the head names itself."""


class Compound:
    """A compound file's bytes; raises ValueError, also while it is read, for what is none or is damaged."""

    def __init__(self, content: bytes) -> None:
        shift, small = struct.unpack_from("<HH", content, 30)
        if content[28:30] != b"\xfe\xff" or _SHIFTS.get(shift) != small:
            raise ValueError("no compound file")
        self._content, self._size = content, 1 << shift
        self._count = -(-len(content) // self._size) - 1
        _, self._directory, _, self._least, self._small_first, _, more, _ = struct.unpack_from("<8i", content, 44)
        self._next = self._joined(array("i", self._tables(more)))

    def stream(self) -> bytes:
        """Return the stream of the workbook."""
        entries = b"".join(self._sectors(self._directory, most=MOST_ENTRIES * ENTRY // self._size))
        first, size = self._found(entries)
        if size >= self._least:
            return b"".join(self._sectors(first))[:size]
        root, length = struct.unpack_from("<iI", entries, 116)
        held = b"".join(self._sectors(root))[:length]
        small = array("i", b"".join(self._sectors(self._small_first)))
        return b"".join(held[n * 64 : (n + 1) * 64] for n in _chain(first, small, len(small)))[:size]

    def _found(self, entries: bytes) -> tuple[int, int]:
        """Return where the workbook's stream begins and its length: it lies at the top, beside embedded ones."""
        left, seen = [struct.unpack_from("<i", entries, 76)[0]], set()
        while left:
            number = left.pop()
            if number < 0 or number in seen:
                continue
            seen.add(number)
            place = number * ENTRY
            length, kind, _, before, after = struct.unpack_from("<HBBii", entries, place + 64)
            name = entries[place : place + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
            if kind == _STREAM and name.casefold() in NAMES:
                first, size = struct.unpack_from("<iI", entries, place + 116)
                return first, size
            left += [before, after]
        raise ValueError("no workbook in it")

    def _tables(self, more: int) -> Iterator[int]:
        """Yield the sectors that hold the table of sectors: those the head names, and those named in sectors apart."""
        yield from (n for n in struct.unpack_from(f"<{_IN_HEAD}i", self._content, 76) if n >= 0)
        for _ in range(self._count):
            if more < 0:
                return
            *named, more = struct.unpack(f"<{self._size // 4}i", self._sector(more))
            yield from (n for n in named if n >= 0)
        raise ValueError("a table without end")

    def _joined(self, places: Sequence[int]) -> array[int]:
        if len(places) * (self._size // 4) > 2 * self._count + self._size:
            raise ValueError("more table than file")
        return array("i", b"".join(map(self._sector, places)))

    def _sectors(self, first: int, *, most: int | None = None) -> Iterator[bytes]:
        yield from map(self._sector, _chain(first, self._next, self._count if most is None else most))

    def _sector(self, number: int) -> bytes:
        if not 0 <= number < self._count:
            raise ValueError("a sector that is not there")
        held = self._content[(number + 1) * self._size : (number + 2) * self._size]
        return held.ljust(self._size, b"\0")


def _chain(first: int, following: Sequence[int], most: int) -> Iterator[int]:
    """Yield the numbers of a chain; more of them than there can be go round in a circle."""
    for _ in range(most + 1):
        if first < 0:
            return
        yield first
        first = following[first]
    raise ValueError("a chain without end")
