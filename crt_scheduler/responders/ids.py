"""Ids for people who come without one: the next free number after those the team uses."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

_NUMBERED = re.compile(r"([A-Za-z]{0,8}[-_.]?)(\d{1,9})")


def fresh(taken: Iterable[str], *, like: Iterable[str] = ()) -> Iterator[str]:
    """Yield ids nobody has, in order, for ever: V261, V262 where `like` holds V001 to V260; P001 on where none do."""
    used = {code.casefold() for code in taken}
    found = [match for match in map(_NUMBERED.fullmatch, like) if match]
    prefix, width, last = "P", 3, 0
    if found:
        prefix = Counter(match[1] for match in found).most_common(1)[0][0]
        own = [match[2] for match in found if match[1] == prefix]
        width, last = max(map(len, own)), max(map(int, own))
    while True:
        last += 1
        code = f"{prefix}{last:0{width}d}"
        if code.casefold() not in used:
            yield code
