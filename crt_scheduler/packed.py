"""Many thousand rows that take little room: kept as bytes, and made again block by block as they are walked through."""

from __future__ import annotations

import zlib
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, Final, Generic, TypeVar, overload

import msgspec

T = TypeVar("T")
BLOCK: Final = 500
"""Rows of a block at most: of 500 columns each, they are what fits well in memory at once."""
HEAVY: Final = 1_000_000
"""Weight, such as letters, at which a block is closed though it has fewer rows."""


class Packed(Sequence[T], Generic[T]):
    """A sequence of rows that only grows; a row that is looked at is made anew, so changing it changes nothing here.

    `values` are the types of a row's values, `take` gives them and `make` makes a row of them. Walking through is
    quick; a single row costs its block.
    """

    def __init__(
        self, values: Any, *, take: Callable[[T], Any], make: Callable[[Any], T], rows: Iterable[T] = ()
    ) -> None:
        self._decoder = msgspec.msgpack.Decoder(list[values])
        self._take, self._make = take, make
        self._blocks: list[bytes] = []
        self._ends: list[int] = []
        self._open: list[T] = []
        self._weight = 0
        for row in rows:
            self.append(row)

    def append(self, row: T, *, weight: int = 0) -> None:
        """Add a row at the end, and say how heavy it is where rows may be very large."""
        self._open.append(row)
        self._weight += weight
        if len(self._open) >= BLOCK or self._weight >= HEAVY:
            packed = msgspec.msgpack.encode([self._take(row) for row in self._open])
            self._ends.append(len(self))
            self._blocks.append(zlib.compress(packed, 1))
            self._open, self._weight = [], 0

    def __len__(self) -> int:
        return (self._ends[-1] if self._ends else 0) + len(self._open)

    def __iter__(self) -> Iterator[T]:
        for block in self._blocks:
            yield from self._rows(block)
        yield from self._open

    @overload
    def __getitem__(self, place: int) -> T: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[T, ...]: ...
    def __getitem__(self, place: int | slice) -> T | tuple[T, ...]:
        if isinstance(place, slice):
            first, last, step = place.indices(len(self))
            return tuple(islice(self, first, last, step)) if step > 0 else tuple(self)[place]
        number = range(len(self))[place]  # raises IndexError as a tuple does
        block = bisect_right(self._ends, number)
        within = number - (self._ends[block - 1] if block else 0)
        return self._open[within] if block == len(self._blocks) else self._rows(self._blocks[block])[within]

    def _rows(self, block: bytes) -> list[T]:
        return [self._make(values) for values in self._decoder.decode(zlib.decompress(block))]


class Both(Sequence[T], Generic[T]):
    """Two sequences as one, neither of them copied."""

    def __init__(self, first: Sequence[T], second: Sequence[T]) -> None:
        self.first, self.second = first, second

    def __len__(self) -> int:
        return len(self.first) + len(self.second)

    def __iter__(self) -> Iterator[T]:
        yield from self.first
        yield from self.second

    @overload
    def __getitem__(self, place: int) -> T: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[T, ...]: ...
    def __getitem__(self, place: int | slice) -> T | tuple[T, ...]:
        if isinstance(place, slice):
            return (*self.first, *self.second)[place]
        number = range(len(self))[place]
        return self.first[number] if number < len(self.first) else self.second[number - len(self.first)]
