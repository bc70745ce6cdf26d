"""The records held against their journal: what no check of the file can see, a value that changed without an act.

SQLite finds a page that makes no sense, not a letter that became another one. Every row that an act wrote stands in
the journal too, so the two are compared.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from crt_scheduler import journal, layout, lineage, remedies
from crt_scheduler.journal import DamagedJournal, Image
from crt_scheduler.tables import NOT_RESTORED, JournalAct, Record
from solver.wording import tr

Place = tuple[str, int]
"""A table's name and a row's number."""


class Findings(msgspec.Struct, frozen=True):
    """What does not fit: acts of the journal by number, rows that no act left as they are, tables laid out oddly."""

    acts: tuple[int, ...] = ()
    rows: tuple[Place, ...] = ()
    tables: tuple[str, ...] = ()

    def sentence(self) -> str:
        """Return what a person must hear; no words: all is as the acts left it."""
        if not self.acts and not self.rows and not self.tables:
            return ""
        parts = []
        if self.rows:
            table, number = self.rows[0]
            more = tr(" and {count:,} more", count=len(self.rows) - 1) if len(self.rows) > 1 else ""
            parts.append(
                tr(
                    "{table} {number}{more} read otherwise than any act left them",
                    table=table.replace("_", " "),
                    number=number,
                    more=more,
                )
            )
        if self.tables:
            parts.append(tr("the layout of {names} is not the one it was made with", names=", ".join(self.tables)))
        if self.acts:
            parts.append(tr("what {count:,} acts kept for undo is damaged", count=len(self.acts)))
        return tr(
            "The day's look through the records found damage: {names}. The disk may be failing. {remedy}",
            names="; ".join(parts),
            remedy=remedies.RESTORE_PREVIEW.words(),
        )


def look_through(session: Session) -> Findings:
    """Return what of the records and their journal does not fit; reads all of both."""
    acts = set(lineage.breaks(session))
    wanted: dict[Place, bytes | None] = {}
    for line in session.execute(select(JournalAct.id, JournalAct.kind, JournalAct.of).order_by(JournalAct.id)):
        act = line.of if line.kind != "act" else line.id
        try:
            for change in journal.rows_of(session, act):
                image = change.before if line.kind == "undo" else change.after
                wanted[change.table, change.key] = None if image is None else _packed(image)
        except DamagedJournal:
            acts.add(act)
        session.expunge_all()
    return Findings(tuple(sorted(acts)), tuple(_strays(session, wanted)), layout.odd_tables(session))


def _packed(image: Image) -> bytes:
    return msgspec.json.encode(image, order="sorted")


def _strays(session: Session, wanted: dict[Place, bytes | None]) -> Iterator[Place]:
    """Yield the rows that are not as the last act that touched them left them, table by table."""
    for table in Record.metadata.sorted_tables:
        if table.name in NOT_RESTORED:
            continue
        mine = {number: image for (name, number), image in wanted.items() if name == table.name}
        for row in session.execute(select(table).order_by(table.c.id)).mappings():
            image = mine.pop(row["id"], None)
            if image is not None and not _is_as_left(dict(row), image):
                yield table.name, row["id"]
        yield from ((table.name, number) for number, image in sorted(mine.items()) if image is not None)


def _is_as_left(row: Image, image: bytes) -> bool:
    """Does a row still read as its image? Columns that came with a later version are not part of an older image."""
    if _packed(row) == image:
        return True
    left = msgspec.json.decode(image)
    now = msgspec.json.decode(_packed(row))
    return all(now.get(name) == value for name, value in left.items() if name in now)
