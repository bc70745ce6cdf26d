"""The journal: acts and the row images behind undo, redo and the audit trail."""

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from crt_scheduler.tables.record import Record, args


class JournalAct(Record):
    """One act, undo or redo: what was done, by whom, when; `of` is the act an undo took back or a redo repeated."""

    __tablename__ = "journal_act"
    label: Mapped[str]
    who: Mapped[str]
    at: Mapped[dt.datetime]
    kind: Mapped[str]
    of: Mapped[int | None]
    final: Mapped[str]
    """Why it cannot be undone; empty where it can."""
    undone: Mapped[bool]
    batches: Mapped[int | None]
    """How many batches of images it wrote; not known of acts from before schema 0006."""
    mark: Mapped[str] = mapped_column(server_default="")
    """A random word of this line alone, so that two files with a common past tell where they part."""
    after: Mapped[str] = mapped_column(server_default="")
    """The mark of the line before it: a line whose predecessor bears another one came from another file."""
    __table_args__ = args(CheckConstraint("kind IN ('act', 'undo', 'redo')", name="kind_is_known"), Index(None, "who"))


class JournalRows(Record):
    """The before and after images of every row of one table that one act touched, in one compressed batch."""

    __tablename__ = "journal_rows"
    act_id: Mapped[int] = mapped_column(ForeignKey("journal_act.id"))
    table_name: Mapped[str]
    images: Mapped[bytes] = mapped_column(LargeBinary)
    digest: Mapped[str] = mapped_column(server_default="")
    """SHA-256 of table and images; empty for batches from before schema 0006."""
    __table_args__ = args(Index(None, "act_id"))
