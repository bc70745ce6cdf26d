"""Marks of numbers: what stands between thousands and before the tenths."""

from __future__ import annotations

from typing import NamedTuple


class Marks(NamedTuple):
    """The marks of a language."""

    group: str
    point: str

    def put(self, text: str) -> str:
        """Return a number that Python wrote, such as 1,234.5, with these marks."""
        return text.translate({ord(","): self.group, ord("."): self.point})


def marks_in(example: str) -> Marks:
    """Return the marks of a language that writes 1,234.5 so."""
    group, point = (each for each in example if not each.isdigit())
    return Marks(group, point)
