"""A file's tables as they lie on its sheets: which there are, their rows as words, and the cells merged into one."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from typing import Protocol

Line = tuple[int, list[str]]
"""The line of the sheet a row stands on, as people see it, and its cells."""


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
