"""Which line of a sheet names its columns, and which lines are no rows: titles, totals, notes, headers come again."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

from crt_scheduler.sheets.tab import Line, Merge
from solver.wording import tr

Knows = Callable[[str], bool]
"""Is this a name that a column of the table may bear?"""
HEAD: Final = 30
"""Lines, of those that hold anything, among which the header is looked for."""
ABOVE: Final = "above the headers"
"""Why a line before the header is no row."""
_TOTAL = re.compile(
    r"(?:(?:grand|sub)[ -]?)?totals?(?:\s+\w+){0,2}\s*[:=]?\s*[\d.,]*|(?:sum|(?:gesamt)?summe)\s*[:=]?\s*[\d.,]*",
    re.IGNORECASE,
)
_NOTE = re.compile(
    r"(?:\*|notes?\b|n\.?b\.?[ :]|legend|key:|source\b|printed|generated|exported|(?:last )?updated|as of|revised|"
    r"page \d|total rows|end of|confidential|\u00a9)",
    re.IGNORECASE,
)
_LONGEST_NAME: Final = 60
"""Letters of a lone cell above which it is a remark, whatever it begins with, and of any above which it is no total."""


def place(lines: Sequence[Line], knows: Knows | None) -> int:
    """Return which of the first lines (counted from 0) names the columns: the one with the most names that are known.

    Without knowledge, and where no line holds a known name, the first that is not a title above a wider table.
    """
    head = lines[:HEAD]
    known = [sum(knows(cell) for cell in _filled(cells)) if knows else 0 for _, cells in head]
    if any(known):
        return known.index(max(known))
    if knows is None:
        return 0
    widest = max((len(_filled(cells)) for _, cells in head), default=0)
    return next((n for n, (_, cells) in enumerate(head) if 2 * len(_filled(cells)) >= widest), 0)


class Named:
    """The names of a table's columns, as each line below is held against them; those without a name are left out."""

    def __init__(self, header: Sequence[str]) -> None:
        self.plain = [_plain(name) for name in header if name]

    def __len__(self) -> int:
        return len(self.plain)


def no_row(cells: Sequence[str], named: Named, *, line: int, merges: Sequence[Merge]) -> str:
    """Return why a line below the header is no row of the table ("" where it is one)."""
    filled = _filled(cells)
    if len(filled) == len(named) and [cell.casefold() for cell in filled] == named.plain:
        return tr("the headers again")
    if (
        len(filled[0]) <= _LONGEST_NAME
        and _TOTAL.fullmatch(filled[0])
        and 2 * len(filled) <= max(4, len(named))
        and not any("@" in cell for cell in filled)
    ):
        return "a total"
    if len(named) < 3 or len(filled) > 1:
        return ""
    if any(m.top == line and m.right - m.left + 1 >= max(3, len(named) - 1) for m in merges):
        return "a heading"
    return "a note" if _NOTE.match(filled[0]) or len(filled[0]) > _LONGEST_NAME else ""


def _filled(cells: Sequence[str]) -> list[str]:
    return [text for cell in cells if (text := " ".join(cell.split()))]


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
