"""The number of a call, one however people type it: K-1 is k-1, and blanks around it or doubled say nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import ColumnElement, func
from sqlalchemy.orm import InstrumentedAttribute


def plain(number: str) -> str:
    """Return a number as it is kept: without blanks around it and without doubled ones."""
    return " ".join(number.split())


def folded(number: str) -> str:
    """Return what every way to type a number has in common."""
    return plain(number).casefold()


def is_same(column: InstrumentedAttribute[str], number: str, *, prefix: str = "") -> ColumnElement[bool]:
    """Return the condition that a column (its texts after a prefix) holds a number, whatever its case."""
    text = prefix + plain(number)
    # SQLite folds only a to z, so texts with other letters are looked for in each of their ways
    return func.lower(column).in_({_lower(each) for each in (text, text.lower(), text.upper(), text.casefold())})


def _lower(text: str) -> str:
    return "".join(letter.lower() if letter.isascii() else letter for letter in text)


def spellings(numbers: Iterable[str]) -> dict[str, str]:
    """Return how numbers are spelled, by each spelling itself and by what all have in common (the first one's)."""
    found: dict[str, str] = {}
    for number in numbers:
        found.setdefault(folded(number), number)
        found[number] = number
    return found


def look_up(calls: Mapping[str, int], name: str) -> int | None:
    """Return the row number of a call by a name as people type it, of calls by spelled and by folded name."""
    said = plain(name)
    return calls.get(said, calls.get(folded(said)))
