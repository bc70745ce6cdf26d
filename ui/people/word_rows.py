"""A list of which each row is put together as words when it is shown, with what it stands for beside them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject

from ui.list_model import Column, ListModel


@dataclass(frozen=True)
class Cell:
    """What one cell shows; `written` is the text its editor begins with (None: it cannot be edited)."""

    words: str
    colour: str = ""
    written: str | None = None
    tip: str = ""


Worded = tuple[Any, tuple[Cell, ...]]
"""What a row stands for, and its cells."""


class Rows(ListModel[Worded]):
    """Rows of cells under headings, numbers in the columns at the `right`."""

    def __init__(self, headings: Sequence[str], parent: QObject | None = None, *, right: Collection[int] = ()) -> None:
        columns = [_column(n, head, is_right=n in right) for n, head in enumerate(headings)]
        super().__init__(columns, key=lambda row: key(row[0]), named=lambda row: "", parent=parent)

    def what(self, row: int) -> Any:
        """Return what a row stands for."""
        return self.rows[row][0]


def _column(n: int, head: str, *, is_right: bool) -> Column[Worded]:
    return Column(
        head=head,
        words=lambda row: row[1][n].words,
        is_right=is_right,
        colour=lambda row: row[1][n].colour,
        tip=lambda row: row[1][n].tip,
        written=lambda row: row[1][n].written,
    )


def key(what: Any) -> Any:
    """Return what tells a row's thing from others: its number or name where it has one."""
    for name in ("number", "name", "field"):
        if hasattr(what, name):
            return getattr(what, name)
    return what
