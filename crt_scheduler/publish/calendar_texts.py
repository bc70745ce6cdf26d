"""Text of calendar files: how it is escaped and how long lines are folded (RFC 5545, 3.1)."""

from __future__ import annotations

import re

from icalendar import vText

LINE_OCTETS = 75
_ATOM = re.compile(r"\\.|.", re.DOTALL)


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
