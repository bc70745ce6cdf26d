"""Text fit for one line of a calendar or a letter: what would break or garble it is left out."""

from __future__ import annotations

import re
import unicodedata

LONGEST_TEXT = 250
"""Characters kept of one line of text: no name or place needs more, and a file stays small."""

_BREAKS = re.compile(r"[\r\n\t\v\f\x1c-\x1e\x85\u2028\u2029]+")
_BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def one_line(text: str) -> str:
    """Return text fit for one line of a calendar: breaks become spaces, what calendars choke on is left out."""
    kept = text.strip()
    if not kept.isprintable():
        spaced = _BREAKS.sub(" ", kept)
        kept = "".join(letter for letter in spaced if _is_sound(letter)).strip()
    return kept if len(kept) <= LONGEST_TEXT else kept[: LONGEST_TEXT - 1] + "…"


def _is_sound(letter: str) -> bool:
    """Is it neither control character, surrogate, noncharacter, byte order mark nor a turn of writing direction?"""
    code = ord(letter)
    if code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF or code == 0xFEFF:
        return False
    return letter not in _BIDI and unicodedata.category(letter) not in ("Cc", "Cs")
