"""A field as a value: what a cell is called, what it may hold, and what columns of other files call it."""

from __future__ import annotations

import re
from typing import Final, Literal

import msgspec

Cell = Literal[
    "id", "person", "people", "name", "named", "choice", "words", "languages", "area", "division", "areas", "email",
    "phone", "date", "moment", "hours", "number", "count", "remark", "notes", "text",
]  # fmt: skip
"""What a cell holds: `id`, `person` and `people` are codes, `name` a person's, `named` another name, `choice` one of
some words, `words` a list, `number` digits, `count` digits or words such as "as needed", `remark` and `notes` free
text, on one line and on many."""

HOLDS_NAMES: Final[frozenset[Cell]] = frozenset(
    ("id", "person", "name", "named", "choice", "area", "division", "remark")
)
"""Cells in which a word such as Na or None is a name or a word of a list."""
HOLDS_WHOLES: Final[frozenset[Cell]] = frozenset(
    ("id", "person", "people", "area", "division", "phone", "number", "count")
)
"""Cells of whole numbers or of codes: spreadsheets and programs write 17.0 for 17."""
HOLDS_NO_TRUTH: Final[frozenset[Cell]] = frozenset(
    ("id", "person", "people", "name", "named", "area", "division", "words", "languages", "email", "phone")
)
"""Cells that no TRUE or FALSE is meant for."""
_DIGIT: Final = re.compile(r"\d")
LOOKS: Final[dict[Cell, re.Pattern[str]]] = {
    "email": re.compile("@"),
    "phone": _DIGIT,
    "name": re.compile(r"[^\W\d_]"),
    "hours": re.compile(r"^[\d.,]+( ?h(ours?)?)?$", re.IGNORECASE),
    "number": _DIGIT,
    "moment": _DIGIT,
    "date": _DIGIT,
}
"""How a text of such a cell looks, where that can be told."""


class Field(msgspec.Struct, frozen=True):
    """One field of a kind of records: its name in our files, its title on screen, and its cell.

    `usual` are the names that columns of other files bear for it; `topic` what its words speak of, so that one that
    was learnt holds for every field of the topic; `letters` how many it may have (0: as the limits say by its name);
    `own` the words it may be, where those are the program's own.
    """

    name: str
    title: str = ""
    cell: Cell = "text"
    usual: tuple[str, ...] = ()
    topic: str = ""
    letters: int = 0
    own: tuple[str, ...] = ()
