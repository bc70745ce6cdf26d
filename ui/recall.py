"""What the window remembers between starts, read with care: anybody may have edited the file, or a crash cut it."""

from __future__ import annotations

import json

from PySide6.QtCore import QByteArray, QSettings

LONGEST = 4000
"""Letters of a remembered text: a path or a name; what is longer was not written by us."""


def text(settings: QSettings, key: str, usual: str) -> str:
    """Return a remembered text, or the usual one where none is."""
    found = settings.value(key)
    if not isinstance(found, str) or len(found) > LONGEST or "\0" in found:
        return usual
    return found


def number(settings: QSettings, key: str, usual: int, *, least: int, most: int) -> int:
    """Return a remembered whole number, or the usual one where none from `least` to `most` is."""
    try:
        found = int(str(settings.value(key)))
    except ValueError:
        return usual
    return found if least <= found <= most else usual


def is_on(settings: QSettings, key: str, usual: bool) -> bool:
    """Say whether something was left switched on; the usual answer where neither yes nor no is remembered."""
    return {"true": True, "false": False}.get(str(settings.value(key)).casefold(), usual)


def names(settings: QSettings, key: str) -> tuple[str, ...]:
    """Return remembered names; none where something else is in their place."""
    found = settings.value(key)
    if isinstance(found, str):  # an INI file holds a list of one as its only name
        found = [found]
    return tuple(name for name in found if isinstance(name, str)) if isinstance(found, list) else ()


def shape(settings: QSettings, key: str) -> QByteArray:
    """Return the remembered shape of a window, empty where there is none; Qt itself refuses one that is no shape."""
    found = settings.value(key)
    return found if isinstance(found, QByteArray) else QByteArray()


def fields(settings: QSettings, key: str) -> dict[str, str | bool]:
    """Return a half-filled form, a text or a tick by field; empty where there is none that can be read."""
    found = settings.value(key)
    try:
        typed = json.loads(found) if isinstance(found, str) else {}
    except (ValueError, RecursionError):
        return {}
    if not isinstance(typed, dict):
        return {}
    return {name: words for name, words in typed.items() if isinstance(words, str | bool)}
