"""The key of a line on a sheet that goes out and comes back: whose, which month, which line, and a seal on it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from crt_scheduler.errors import CrtError
from solver.wording import tr

SIGN = "|"


@dataclass(frozen=True, slots=True)
class LineKey:
    """Whose line (an id), the month of the sheet, and what the line stands for."""

    person: str
    month: str
    line: str

    def __str__(self) -> str:
        bare = SIGN.join((self.person, self.month, self.line))
        return f"{bare}{SIGN}{_seal(bare)}"


def key_of(words: str) -> LineKey:
    """Read a key; raises CrtError where it is missing or no longer the one that was written."""
    if not words:
        raise CrtError(tr("The line has no key. Write on one of the blank lines of the sheet, or take a new sheet."))
    bare, _, seal = words.rpartition(SIGN)
    person, _, rest = bare.partition(SIGN)
    month, _, line = rest.partition(SIGN)
    if not line or seal != _seal(bare):
        raise CrtError(tr("The key of this line was changed. Take a new sheet and write there."))
    return LineKey(person, month, line)


def _seal(bare: str) -> str:
    """Return four bytes that tell a slip or a swapped line; a seal against accidents, not against forgers."""
    return hashlib.blake2b(bare.encode(), digest_size=4).hexdigest()
