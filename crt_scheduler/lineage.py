"""Whether a journal is whole and of one piece: marks that chain its lines, digests of its batches.

Each line bears the mark of the line before it, and its own mark is made of that and of what the line says. Two files
with a common past tell so where they part, and a line that was altered on the disk no longer fits its mark.
"""

from __future__ import annotations

import hashlib
import secrets

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from crt_scheduler.tables import JournalAct

NONCE = 8
"""Letters at the head of a mark that chance gives, so that two copies never make the same line."""


class Seen(msgspec.Struct, frozen=True):
    """The last line of a journal as somebody saw it: its number (0: none yet) and its mark."""

    number: int = 0
    mark: str = ""


def sign(session: Session, line: JournalAct) -> None:
    """Chain a new line of the journal, flushed already, to the one before it."""
    before = select(JournalAct.mark).where(JournalAct.id < line.id).order_by(JournalAct.id.desc()).limit(1)
    line.after = session.scalar(before) or ""
    line.mark = mark_of(line, secrets.token_hex(NONCE // 2))
    session.flush()


def mark_of(line: JournalAct, nonce: str) -> str:
    """Return the mark of a line: a nonce, then a digest of it and of all that never changes in the line."""
    said = (nonce, line.after, line.id, line.label, line.who, line.at.isoformat(), line.kind, line.of, line.batches)
    return nonce + hashlib.sha256(repr(said).encode("utf-8", "surrogatepass")).hexdigest()[:24]


def digest(table: str, images: bytes) -> str:
    """Return the digest of a batch of images."""
    return hashlib.sha256(table.encode() + b"\0" + images).hexdigest()


def seen(session: Session) -> Seen:
    """Return the last line of the journal as it stands."""
    query = select(JournalAct.id, JournalAct.mark).order_by(JournalAct.id.desc()).limit(1)
    row = session.execute(query).first()
    return Seen() if row is None else Seen(row.id, row.mark)


def has(session: Session, last: Seen) -> bool:
    """Is a line seen earlier still part of this journal?"""
    if not last.number:
        return True
    return session.scalar(select(JournalAct.mark).where(JournalAct.id == last.number)) == last.mark


def breaks(session: Session) -> list[int]:
    """Return the numbers of lines that do not follow the line before them, or do not fit their mark."""
    expected, found = None, []
    for line in session.scalars(select(JournalAct).where(JournalAct.mark != "").order_by(JournalAct.id)):
        follows = expected is None or line.after == expected
        if not follows or line.mark != mark_of(line, line.mark[:NONCE]):
            found.append(line.id)
        expected = line.mark
    return found
