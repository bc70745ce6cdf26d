"""Words of the team's own that were answered once for its files."""

from __future__ import annotations

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped

from crt_scheduler.tables.record import Record, args


class LearntWord(Record):
    """What a text of a file means: of status, role, kind, area and so on (`topic`), folded, and as it was written."""

    __tablename__ = "learnt_word"
    topic: Mapped[str]
    text: Mapped[str]
    written: Mapped[str]
    meaning: Mapped[str]
    __table_args__ = args(UniqueConstraint("topic", "text"))
