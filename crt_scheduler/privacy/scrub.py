"""Scrubbing the journal: row images of what a purge takes go too, and their acts can no longer be undone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from crt_scheduler import journal
from crt_scheduler.journal import Image, RowChange
from crt_scheduler.privacy.expired_rows import FORGOTTEN, Past


@dataclass
class Scrub:
    """The batches of images that keep nothing of rows past their time (`taken`, by table; None: of no row), by act."""

    taken: Mapping[str, Past] | None
    by_act: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))


def of_rows(session: Session, taken: Iterable[Past], *, but: Collection[int]) -> Scrub:
    """Return what must change in the images of acts (all `but` some): they keep nothing of rows past their time."""
    by_table = {past.table: past for past in taken}
    found = Scrub(by_table)
    for act, number, table in journal.batches_of(session, by_table):
        if act not in but and _holds(session, number, by_table[table]):
            found.by_act[act].append(number)
    return found


def of_acts(session: Session, acts: Collection[int]) -> Scrub:
    """Return the emptying of every image of some acts."""
    found = Scrub(None)
    for act, number in journal.batch_numbers(session, acts):
        found.by_act[act].append(number)
    return found


def apply(session: Session, scrub: Scrub) -> None:
    """Write the images, and close their acts to undo and redo."""
    for act, numbers in scrub.by_act.items():
        batches = ((number, _left(session, number, scrub.taken)) for number in numbers)
        journal.forget(session, act, batches, final=FORGOTTEN)


def _left(session: Session, number: int, taken: Mapping[str, Past] | None) -> list[RowChange]:
    return [] if taken is None else _kept(journal.batch(session, number), taken)


def _holds(session: Session, number: int, past: Past) -> bool:
    """Does a batch keep anything of rows past their time?"""
    if past.emptied:
        changes = journal.batch(session, number)
        return _kept(changes, {past.table: past}) != changes
    return any(past.covers(key, held) for key, held in journal.held_in(session, number, past.field))


def _kept(changes: list[RowChange], by_table: Mapping[str, Past]) -> list[RowChange]:
    kept = []
    for change in changes:
        past = by_table[change.table]
        if not any(past.covers(change.key, image.get(past.field)) for image in _images(change)):
            kept.append(change)
        elif past.emptied:
            before, after = _emptied(change.before, past), _emptied(change.after, past)
            kept.append(RowChange(change.table, change.key, before, after))
    return kept


def _images(change: RowChange) -> list[Image]:
    return [image for image in (change.before, change.after) if image is not None]


def _emptied(image: Image | None, past: Past) -> Image | None:
    """Return an image without its details; one of an older version lacks the newest columns and gets none."""
    return None if image is None else {name: past.emptied.get(name, held) for name, held in image.items()}
