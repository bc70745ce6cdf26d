"""How many shifts a month somebody wishes for, as their own words say it: a number, a range, or nothing known."""

from __future__ import annotations

import re
from typing import Final

MOST: Final = 31
_WISH: Final = re.compile(
    r"(\d{1,2})\s*(?:(?:-|\u2013|\u2014|\bto\b|\bor\b)\s*(\d{1,2}))?\s*(?:x|shifts?)?"
    r"\s*(?:(?:a|per|each|/)\s*month|monthly)?\.?",
    re.IGNORECASE,
)


def shifts(words: str) -> float | None:
    """Return the shifts a month that words wish for, the middle of a range; None for what names no such number.

    "Up to 4" and "as needed" say no number that somebody wishes for, and are left to people.
    """
    found = _WISH.fullmatch(" ".join(words.split()))
    if found is None:
        return None
    least, most = int(found[1]), int(found[2] or found[1])
    return (least + most) / 2 if least <= most <= MOST else None
