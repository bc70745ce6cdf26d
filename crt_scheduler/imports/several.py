"""Several people in one cell: ids or names with semicolons, commas, slashes, "and" or line ends between them."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Generic, NamedTuple, TypeVar

Person = TypeVar("Person")
_SURE = re.compile(r"[;\n\r]+")
_AND = re.compile(r"\s*(?:[/&+|]|\b(?:and|y|und)\b)\s*", re.IGNORECASE)
MOST = 40
"""People that one cell may name; a longer one is no list of who went."""


class Found(NamedTuple, Generic[Person]):
    """The people that a cell names, in its order and each once, and the parts that name nobody."""

    people: list[Person]
    unknown: list[str]


def people_in(text: str, find: Callable[[str], Person | None]) -> Found[Person]:
    """Return whom a cell names; `find` returns the person of one id or name, or None.

    A semicolon and a line end always part two people. A comma, slash, ampersand or "and" may belong to a name, as in
    "Ruiz, Ana": a part that is somebody as it stands is not cut, and a comma is read as "last name, first name" only
    where each half alone is nobody.
    """
    people: list[Person] = []
    unknown: list[str] = []
    for part in (" ".join(each.split()) for each in _SURE.split(text)):
        for said, person in _named(part, find) if part else ():
            if person is None:
                unknown.append(said)
            elif person not in people:
                people.append(person)
    return Found(people, unknown)


def _named(part: str, find: Callable[[str], Person | None]) -> list[tuple[str, Person | None]]:
    """Return the people of a part between semicolons, and what in it names nobody."""
    whole = find(part)
    if whole is not None:
        return [(part, whole)]
    found: list[tuple[str, Person | None]] = []
    for piece in filter(None, (each.strip(" ,") for each in _AND.split(part))):
        found += _between_commas([each for each in (bit.strip() for bit in piece.split(",")) if each], find)
    return found


def _between_commas(bits: list[str], find: Callable[[str], Person | None]) -> list[tuple[str, Person | None]]:
    found: list[tuple[str, Person | None]] = []
    rest = bits[:MOST]
    while rest:
        alone = find(rest[0])
        if alone is None and len(rest) > 1 and (both := find(", ".join(rest[:2]))) is not None:
            found.append((", ".join(rest[:2]), both))
            rest = rest[2:]
            continue
        found.append((rest[0], alone))
        rest = rest[1:]
    return [*found, *((bit, None) for bit in bits[MOST:])]
