"""The folders that months went out to, in the records: which are being filled, and which were left half filled."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from crt_scheduler.act import Act
from crt_scheduler.errors import CrtError
from crt_scheduler.store import Store
from crt_scheduler.tables import PublishedFolder, Roster
from solver import wording

STAGING, PLACING, PLACED, LEFT = "staging", "placing", "placed", "left"


def _note(session: Session, note: Callable[[Session], None]) -> None:
    note(session)


NOTE = Act(_note, wording.mark("Note where a month went out to"))


class Asked(msgspec.Struct, frozen=True):
    """What a publication is to write beside the calendars, and whether it may replace what is not ours."""

    eml: bool = False
    duty_sheet: bool = False
    force: bool = False


class Place(msgspec.Struct, frozen=True):
    """A folder that a month goes out to, with what it is filled as of; see PublishedFolder."""

    month: str
    folder: Path
    version: int
    at: dt.datetime
    asked: Asked
    state: str
    known: frozenset[str]
    gone: tuple[str, ...] = ()
    staged: str = ""


def begin(store: Store, month: str, folder: Path) -> None:
    """Note that a folder is about to be filled, so that what a stopped program leaves there is found again."""

    def note(session: Session) -> None:
        row = _row(session, month, folder) or _new_row(session, month, folder, store.now)
        if row.state != PLACING:  # one that is not filled yet stays so, whatever becomes of this attempt
            row.state = STAGING

    store.do(NOTE(note))


def drop(store: Store, month: str, folder: Path) -> None:
    """Take back that a folder is being filled: nothing was promised."""

    def note(session: Session) -> None:
        row = _row(session, month, folder)
        if row is not None and row.state == STAGING:
            row.state = PLACED
            if not row.version:
                session.delete(row)

    with suppress(CrtError):  # the sentence that ended the attempt says more
        store.do(NOTE(note))


def mark(session: Session, place: Place) -> None:
    """Keep with the promise itself that its files are being placed."""
    row = _row(session, place.month, place.folder) or _new_row(session, place.month, place.folder, place.at)
    row.version, row.at, row.state = place.version, place.at, PLACING
    row.eml, row.duty_sheet, row.forced = place.asked.eml, place.asked.duty_sheet, place.asked.force
    row.staged, row.gone, row.known = place.staged, list(place.gone), sorted(place.known)


def done(store: Store, place: Place) -> None:
    """Note that every file stands in the folder; folders of the month that could not be filled are left for good."""

    def note(session: Session) -> None:
        for row in _rows(session, place.month):
            if row.folder == str(place.folder):
                row.state, row.gone, row.staged = PLACED, [], ""
            elif row.state == PLACING:
                row.state = LEFT

    store.do(NOTE(note))


def _new_row(session: Session, month: str, folder: Path, at: dt.datetime) -> PublishedFolder:
    roster = session.scalars(select(Roster).where(Roster.month == month)).one()
    row = PublishedFolder(
        roster_id=roster.id,
        folder=str(folder),
        version=0,
        at=at,
        eml=False,
        duty_sheet=False,
        forced=False,
        state=STAGING,
        staged="",
        gone=[],
        known=[],
    )
    session.add(row)
    return row


def known(session: Session, month: str, folder: Path) -> frozenset[str]:
    """Return the digests of the files without a mark of ours that were last placed in a folder."""
    row = _row(session, month, folder)
    return frozenset(row.known if row is not None else ())


def unfinished(session: Session) -> tuple[Place, ...]:
    """Return the folders that a program which was stopped left unfinished, or that one is filling now."""
    query = select(PublishedFolder, Roster.month).join(Roster, PublishedFolder.roster_id == Roster.id)
    rows = session.execute(query.where(PublishedFolder.state.in_((STAGING, PLACING))).order_by(PublishedFolder.id))
    return tuple(_place(row, month) for row, month in rows)


def folders(session: Session) -> tuple[str, ...]:
    """Return every folder that a month went out to."""
    query = select(PublishedFolder.folder).where(PublishedFolder.version > 0).distinct()
    return tuple(session.scalars(query.order_by(PublishedFolder.folder)))


def _place(row: PublishedFolder, month: str) -> Place:
    return Place(
        month=month,
        folder=Path(row.folder),
        version=row.version,
        at=row.at,
        asked=Asked(eml=row.eml, duty_sheet=row.duty_sheet, force=row.forced),
        state=row.state,
        known=frozenset(row.known),
        gone=tuple(row.gone),
        staged=row.staged,
    )


def _rows(session: Session, month: str) -> list[PublishedFolder]:
    query = select(PublishedFolder).join(Roster, PublishedFolder.roster_id == Roster.id)
    return list(session.scalars(query.where(Roster.month == month)))


def _row(session: Session, month: str, folder: Path) -> PublishedFolder | None:
    return next((row for row in _rows(session, month) if row.folder == str(folder)), None)
