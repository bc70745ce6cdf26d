"""Duties that a roster file corrects: the same one with another area, shift or date, in place of a double booking."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from crt_scheduler import journal, language
from crt_scheduler.imports.change_plan import SHOWN
from crt_scheduler.imports.roster_rows import Held, Setting, ShiftDraft
from crt_scheduler.tables import Assignment, JournalAct
from solver.wording import counted, mark, tr

PROMISED = ("told", "confirmed")
WHATS: Final = mark("past or planned duties")
LABEL: Final = mark("Import {whats} from {file}")
"""How the journal calls the import of a roster."""
ACTS = 12
"""Imports of one file name that are looked at, newest first."""


@dataclass(frozen=True, slots=True)
class Placed:
    """Who a row puts on which shift, and the seats there."""

    person: int
    shift: ShiftDraft
    seats: tuple[tuple[str, str], ...]


class Corrections:
    """What a roster file corrects, of duties that the records hold."""

    def __init__(self, session: Session, against: Setting, file: str, rows: list[Placed]) -> None:
        self._moves: list[str] = []
        self._named = {(row.person, row.shift.key) for row in rows}
        self._elsewhere: dict[tuple[int, str], Held] = {}
        self._gone: set[int] = set()
        brought = _brought_by(session, file)
        if not (brought and rows):
            return
        first, last = min(row.shift.date for row in rows), max(row.shift.date for row in rows)
        fresh: defaultdict[int, dict[str, Placed]] = defaultdict(dict)
        for row in rows:
            if all(duty.key != row.shift.key for duty in against.duties[row.person][row.shift.date]):
                fresh[row.person][row.shift.key] = row
        for person in list(against.duties):
            gone = [
                duty
                for date, duties in against.duties[person].items()
                for duty in duties
                if first <= date <= last and duty.assignment in brought and (person, duty.key) not in self._named
            ]
            self._gone |= {duty.assignment for duty in gone if duty.assignment is not None}
            self._pair(gone, list(fresh[person].values()))

    def _pair(self, gone: list[Held], fresh: list[Placed]) -> None:
        """Take the one duty that a person no longer has in the file for what became the one that is new there."""
        if len(gone) != 1 or len(fresh) != 1 or gone[0].state in PROMISED or gone[0].locked:
            return
        if self.is_of(fresh[0], gone[0]):
            self._elsewhere[fresh[0].person, fresh[0].shift.key] = gone[0]

    def is_of(self, row: Placed, duty: Held) -> bool:
        """Is a row the correction of a duty of the records: another date, shift or area, and that alone?

        Not where the file puts the person there as well, on whatever line.
        """
        if duty.assignment is None or duty.place is None or (row.person, duty.key) in self._named:
            return False
        return sum(one != other for one, other in zip(duty.place, row.shift.place, strict=True)) == 1

    def elsewhere(self, row: Placed) -> Held | None:
        """Return the duty at another time that a row corrects, if that is sure.

        Sure is: a file of this name brought it, of the days that the file covers it is the one duty of the person that
        is no longer in it, the row is the one that is new, and nobody has been told.
        """
        return self._elsewhere.get((row.person, row.shift.key))

    def note(self, code: str, row: Placed, duty: Held) -> None:
        """Note that somebody (an id) is where a row says instead of on a duty."""
        self._moves.append(
            tr("{code} is on {key} instead of {duty_key}.", code=code, key=row.shift.key, duty_key=duty.key)
        )
        self._gone -= {duty.assignment}

    def notes(self) -> Iterator[str]:
        """Say which duties are corrected, the first few by name, and how many stay that the file no longer has."""
        yield from self._moves[:SHOWN]
        if len(self._moves) > SHOWN:
            yield tr("{count:,} more duties are corrected likewise.", count=len(self._moves) - SHOWN)
        stay = len(self._gone)
        if stay:
            yield counted(
                stay,
                "{n} duty that it brought before is not in it any more and stays; take people off in the roster.",
                "{n} duties that it brought before are not in it any more and stay; take people off in the roster.",
            )


def _brought_by(session: Session, file: str) -> set[int]:
    """Return the assignments (row numbers) that imports of a file of this name made, those undone left out."""
    labels = language.in_each(lambda: tr(LABEL, whats=tr(WHATS), file=file))
    acts = (
        select(JournalAct.id)
        .where(JournalAct.label.in_(labels), JournalAct.kind == "act", ~JournalAct.undone)
        .order_by(JournalAct.id.desc())
        .limit(ACTS)
    )
    return {
        change.key
        for act in session.scalars(acts).all()
        for change in journal.rows_of(session, act)
        if change.table == Assignment.__tablename__ and change.before is None
    }
