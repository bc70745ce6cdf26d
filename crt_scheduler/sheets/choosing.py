"""Which sheets of a file are read: those named, the ones that fit and are alike, or none without being asked."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from crt_scheduler import remedies
from crt_scheduler.errors import CrtError
from crt_scheduler.sheets import header
from crt_scheduler.sheets.header import Knows
from crt_scheduler.sheets.out import safe
from crt_scheduler.sheets.tab import Book, Line, Tab
from solver.wording import tr

Fits = Callable[[tuple[str, ...]], int]
"""How well a header fits what is read: 0 not at all, more for each field that has its column."""
_GAP = re.compile(r"\s{100,}")


class UnclearSheets(CrtError):
    """Several sheets hold such a table, and nothing tells which are meant; `names` are those that may be."""

    def __init__(self, words: str, names: tuple[str, ...]) -> None:
        super().__init__(words)
        self.names = names


@dataclass(frozen=True)
class Chosen:
    """The sheets to read together, and the names of others that fit too."""

    read: tuple[Tab, ...]
    fitting: tuple[str, ...] = ()


def chosen(
    path: Path,
    open_book: Book,
    tabs: Sequence[Tab],
    *,
    names: Sequence[str],
    knows: Knows | None,
    fits: Fits | None,
    header_line: int | None,
) -> Chosen:
    """Return the sheets to read; raises CrtError for a name that no sheet bears, and UnclearSheets in doubt."""
    if names:
        return Chosen(tuple(_named(path, tabs, name) for name in dict.fromkeys(names)))
    seen = [tab for tab in tabs if tab.is_visible] or list(tabs)
    if len(seen) == 1:
        return Chosen((seen[0],))
    heads = {tab: _head(path, open_book, tab, knows, header_line) for tab in seen}
    filled = [tab for tab in seen if heads[tab]] or seen[:1]
    if fits is None:
        return Chosen(tuple(filled[:1]))
    scores = {tab: fits(heads[tab]) for tab in filled}
    best = max(scores.values())
    if not best:
        return Chosen(tuple(filled[:1]))
    first = next(tab for tab in filled if scores[tab] == best)
    alike = [tab for tab in filled if folded_names(heads[tab]) == folded_names(heads[first])]
    _refuse_doubt(path, alike, [tab for tab in filled if scores[tab] == best and tab not in alike])
    return Chosen(tuple(alike), tuple(tab.name for tab in filled if scores[tab] and tab not in alike))


_PUT_ASIDE = (
    "old",
    "copy",
    "archive",
    "archived",
    "backup",
    "template",
    "example",
    "test",
    "draft",
    "previous",
    "former",
)
"""Words in a sheet's name that say it is not meant, or may not be."""


def _refuse_doubt(path: Path, alike: Sequence[Tab], equal: Sequence[Tab]) -> None:
    aside = [tab for tab in alike if len(alike) > 1 and set(tab.name.casefold().split()) & set(_PUT_ASIDE)]
    if not equal and not aside:
        return
    fit = [tab.name for tab in (*alike, *equal)]
    options = " ".join(f'--sheet "{name}"' for name in fit)
    raise UnclearSheets(
        tr(
            "{name}: the sheets {names} and {fit} hold such a table. {remedy}",
            name=path.name,
            names=", ".join(fit[:-1]),
            fit=fit[-1],
            remedy=remedies.CHOOSE_SHEETS.of(options=options).words(),
        ),
        tuple(fit),
    )


def _named(path: Path, tabs: Sequence[Tab], name: str) -> Tab:
    found = [tab for tab in tabs if tab.name.casefold().strip() == name.casefold().strip()]
    if not found:
        there = ", ".join(tab.name for tab in tabs if tab.name) or tr("none: it is one table")
        raise CrtError(
            tr(
                "{name} has no sheet called {name2!r}. Its sheets are: {there}.",
                name=path.name,
                name2=name,
                there=there,
            )
        )
    return found[0]


def _head(path: Path, open_book: Book, tab: Tab, knows: Knows | None, header_line: int | None) -> tuple[str, ...]:
    with closing(open_book.lines(tab)) as lines:
        first = [each for each in islice(lines, 2 * header.HEAD) if any(cell.strip() for cell in each[1])]
    if not first:
        return ()
    return tuple(name for name in column_names(first[header_place(path, first, knows, header_line)][1]) if name)


def header_place(path: Path, lines: Sequence[Line], knows: Knows | None, header_line: int | None) -> int:
    """Return which of some lines names the columns, counted from 0; raises CrtError for a said one that is empty."""
    if header_line is None:
        return header.place(lines, knows)
    found = [n for n, (line, _) in enumerate(lines) if line == header_line]
    if not found:
        raise CrtError(
            tr(
                "{name}: line {header_line} holds nothing, so it cannot name the columns.",
                name=path.name,
                header_line=header_line,
            )
        )
    return found[0]


def column_names(cells: Sequence[str]) -> list[str]:
    """Return the names of columns as their cells write them, with single blanks."""
    return [" ".join(trimmed(cell).split()) for cell in cells]


def folded_names(names: Iterable[str]) -> list[str]:
    """Return the names of columns as they are compared."""
    return [name.casefold() for name in names]


def trimmed(cell: str) -> str:
    """Return the cell without blanks around it, and without the apostrophe that `safe` puts before a formula sign.

    A hundred blanks in a row mean one: what looks for the parts of a cell may then try each blank of it anew.
    """
    text = (_GAP.sub(" ", cell) if len(cell) > 100 else cell).lstrip()
    if text.startswith("'") and safe(text[1:]) == text:
        text = text[1:]
    return text.strip()
