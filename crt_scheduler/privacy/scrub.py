"""Scrubbing the journal: row images of what a purge takes go too, and their acts can no longer be undone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from crt_scheduler import journal
from crt_scheduler.journal import Image, RowChange
from crt_scheduler.privacy.past import EMPTY, FORGOTTEN, Past


@dataclass
class Scrub:
    """The batches of images to be put in place of what acts hold now, by act."""

    by_act: dict[int, list[tuple[int, list[RowChange]]]] = field(default_factory=lambda: defaultdict(list))


def of_rows(session: Session, taken: Iterable[Past], *, but: Collection[int]) -> Scrub:
    """Return what must change in the images of acts (all `but` some): they keep nothing of rows past their time."""
    by_table = {past.table: past for past in taken}
    found = Scrub()
    for act, number, changes in journal.batches_of(session, by_table):
        if act in but:
            continue
        kept = _kept(changes, by_table)
        if kept != changes:
            found.by_act[act].append((number, kept))
    return found


def of_acts(session: Session, acts: Collection[int]) -> Scrub:
    """Return the emptying of every image of some acts."""
    found = Scrub()
    for act, number in journal.batch_numbers(session, acts):
        found.by_act[act].append((number, []))
    return found


def apply(session: Session, scrub: Scrub) -> None:
    """Write the images, and close their acts to undo and redo."""
    for act, batches in scrub.by_act.items():
        journal.forget(session, act, batches, final=FORGOTTEN)


def _kept(changes: list[RowChange], by_table: Mapping[str, Past]) -> list[RowChange]:
    kept = []
    for change in changes:
        past = by_table[change.table]
        if not any(past.covers(change.key, image) for image in (change.before, change.after) if image is not None):
            kept.append(change)
        elif past.is_emptied:
            kept.append(RowChange(change.table, change.key, _emptied(change.before), _emptied(change.after)))
    return kept


def _emptied(image: Image | None) -> Image | None:
    return None if image is None else {**image, **EMPTY}
