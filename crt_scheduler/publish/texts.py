"""Text of calendar files: what may stand in it, how it is escaped, and how long lines are folded (RFC 5545, 3.1)."""

from __future__ import annotations

import re
import unicodedata

from icalendar import vText

LINE_OCTETS = 75
LONGEST_TEXT = 250
"""Characters kept of one line of text: no name or place needs more, and a file stays small."""

_BREAKS = re.compile(r"[\r\n\t\v\f\x1c-\x1e\x85\u2028\u2029]+")
_BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_ATOM = re.compile(r"\\.|.", re.DOTALL)


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


class Text(vText):
    r"""A TEXT value escaped as RFC 5545, 3.3.11 says.

    icalendar 7.3 takes the two characters `\N` for a line break before it escapes, so C:\New would be torn apart.
    """

    def to_ical(self) -> bytes:
        """Return the escaped text."""
        escaped = str(self).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
        return escaped.replace("\n", "\\n").encode()


def fold(line: str) -> bytes:
    r"""Return a content line in pieces of at most 75 octets, ending with CRLF.

    No UTF-8 character and no escape is split: icalendar 7.3 leaves half of `\\` at the end of a piece, and Google drops
    such an event.
    """
    if len(line) <= LINE_OCTETS and line.isascii():
        return line.encode() + b"\r\n"
    pieces: list[bytes] = []
    piece = b""
    for atom in _ATOM.findall(line):
        octets = atom.encode()
        if len(piece) + len(octets) > LINE_OCTETS:
            pieces.append(piece)
            piece = b" "
        piece += octets
    return b"\r\n".join([*pieces, piece]) + b"\r\n"
