"""Sentences: said in the language in use, with what they are about put in as that language writes it."""

from __future__ import annotations

import string
from typing import Any

from solver.wording.catalogue import used


class _Filler(string.Formatter):
    """Puts values into a message; numbers with a format get the marks of the language in use."""

    def format_field(self, value: Any, format_spec: str) -> str:
        """Return a value as it is put in."""
        text: str = super().format_field(value, format_spec)
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        return used().marks.put(text) if is_number and format_spec else text


_FILLER = _Filler()


def tr(message: str, /, **values: object) -> str:
    """Return a message in the language in use, its `{names}` filled with the values (a format may follow a colon).

    Without values nothing is filled in: `{}` is left for the caller.
    """
    text = used().one(message)
    return _filled(text, values) if values else text


def counted(count: int, one: str, many: str, /, **values: object) -> str:
    """Return `one` for a single thing, else `many`, as the language in use counts; `{}` or `{n}` is the count."""
    shown = number(count)
    return _filled(used().of_count(count, one, many), {"n": shown, **values}, shown)


def number(value: float, form: str = ",") -> str:
    """Return a number in a format such as `,` or `.1f`, with the marks of the language in use."""
    text = format(value, form)
    return text if used().is_english else used().marks.put(text)


def _filled(text: str, values: dict[str, Any], *places: object) -> str:
    if used().is_english:
        return text.format(*places, **values)
    return _FILLER.vformat(text, places, values)
