"""What earlier files said of the same people's time: replaced where a file corrects it, else named as staying."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from crt_scheduler import remedies, times
from crt_scheduler.imports.availability_lines import FREE, AvailabilityDraft
from crt_scheduler.tables import Availability
from solver.wording import tr

LIST = "list"
"""The source of a line that a file of availability brought."""
SHOWN = 3
When = tuple[int, dt.date | None, dt.date | None, int, dt.time | None, dt.time | None]
Months = tuple[int, int]


@dataclass(frozen=True)
class Settled:
    """The drafts with what each takes the place of, how many are new and changed, and what is to be said."""

    drafts: tuple[AvailabilityDraft, ...]
    new: int
    changed: int
    notes: tuple[str, ...]


def settled(
    drafts: Sequence[AvailabilityDraft],
    mentioned: Sequence[AvailabilityDraft],
    rows: Iterable[Availability],
    *,
    replaces: bool,
) -> Settled:
    """Return what to write of the new lines of a file, given all that it mentions and the lines there are."""
    said = {_line(draft) for draft in mentioned}
    people = {draft.responder_id for draft in mentioned}
    rows = [r for r in rows if r.source == LIST and r.responder_id in people and _line(r) not in said]
    by_when: dict[When, list[Availability]] = defaultdict(list)
    for row in rows:
        by_when[when(row)].append(row)
    kept: list[AvailabilityDraft] = []
    nothing = 0
    for draft in drafts:
        same = by_when.get(when(draft))
        if same:
            kept.append(replace(draft, changes=same.pop().id, is_dropped=draft.grade == FREE))
        elif draft.grade == FREE:
            nothing += 1
        else:
            kept.append(draft)
    replaced = {draft.changes for draft in kept if draft.changes is not None}
    others = [row for row in rows if row.id not in replaced and _is_of_the_months(row, mentioned)]
    new = sum(draft.changes is None for draft in kept)
    free = _free(nothing)
    if replaces:
        gone = [replace(mentioned[0], responder_id=row.responder_id, changes=row.id, is_dropped=True) for row in others]
        notes = (*free, *_told(len(gone), others, "goes", "go"))
        return Settled((*kept, *gone), new, len(kept) - new + len(gone), notes)
    more = remedies.REPLACE_EARLIER.words() if others else ""
    notes = _told(len(others), others, "stays", "stay")
    return Settled(tuple(kept), new, len(kept) - new, (*free, *(note + more for note in notes)))


def _free(count: int) -> tuple[str, ...]:
    if not count:
        return ()
    answers = tr("1 answer is") if count == 1 else tr("{count:,} answers are", count=count)
    return (
        tr("{answers} “free”: there is nothing to keep of it, for whoever says nothing can be asked.", answers=answers),
    )


def when(line: Availability | AvailabilityDraft) -> When:
    """Return whose line it is and which hours of which days it speaks of."""
    return line.responder_id, line.first, line.last, line.weekdays, line.start, line.end


def _line(line: Availability | AvailabilityDraft) -> tuple[When, str, str]:
    return when(line), line.grade, line.note


def _months(line: Availability | AvailabilityDraft) -> Months | None:
    """Return the first and last month a line speaks of, counted from year 0; None: it has no dates."""
    if line.first is None and line.last is None:
        return None
    first, last = line.first or dt.date.min, line.last or dt.date.max
    return first.year * 12 + first.month, last.year * 12 + last.month


def _is_of_the_months(row: Availability, mentioned: Sequence[AvailabilityDraft]) -> bool:
    """Does the file speak of the same person's time in a month of the line (or of every week, as the line does)?"""
    mine = _months(row)
    for line in mentioned:
        theirs = _months(line)
        if line.responder_id != row.responder_id or (mine is None) != (theirs is None):
            continue
        if mine is None or theirs is None or (mine[0] <= theirs[1] and theirs[0] <= mine[1]):
            return True
    return False


def _told(count: int, rows: Sequence[Availability], verb: str, verbs: str) -> tuple[str, ...]:
    if not count:
        return ()
    days = "; ".join(_words(row) for row in rows[:SHOWN])
    more = tr("; and {count:,} more", count=count - SHOWN) if count > SHOWN else ""
    start = (
        tr("1 line of an earlier file {verb}", verb=verb)
        if count == 1
        else tr("{count:,} lines of earlier files {verbs}", count=count, verbs=verbs)
    )
    return (f"{start}: {days}{more}.",)


def _words(row: Availability) -> str:
    grade = row.grade.replace("_", " ")
    if row.first is None and row.last is None:
        return tr("{grade}, every week", grade=grade)
    first = tr("always") if row.first is None else times.day_words(row.first)
    if row.last == row.first:
        return tr("{grade}, {first}", grade=grade, first=first)
    if row.last is None:
        return tr("{grade}, {first} on", grade=grade, first=first)
    return tr("{grade}, {first} to {last}", grade=grade, first=first, last=times.day_words(row.last))
