"""Publishing a month: promises are told, the ledger is brought up to date, and every file goes out."""

from __future__ import annotations

import glob
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from crt_scheduler import backups
from crt_scheduler.errors import CrtError
from crt_scheduler.programmes import programme_of
from crt_scheduler.publish import folder, ledger, mail, packs, promise, rolling, why
from crt_scheduler.publish.names import person_calendar, sheet_name
from crt_scheduler.publish.tables_out import roster_tables
from crt_scheduler.roster import month_rows
from crt_scheduler.store import Store
from crt_scheduler.tables import Programme, PublishedVersion, Responder, Roster
from crt_scheduler.times import month_words


@dataclass(frozen=True)
class Published:
    """What a publication did: the counts are of people's own calendars, `files` are paths in the folder."""

    month: str
    version: int
    is_new_version: bool
    calendars: int
    new: int
    changed: int
    cancelled: int
    people_changed: tuple[str, ...]
    without_email: tuple[str, ...]
    stale_before: int
    files: tuple[str, ...]


@dataclass(frozen=True)
class _Parcel:
    """Everything a publication sends, made from the records before a file is written."""

    version: int
    calendars: dict[str, tuple[bytes, ...]]
    rosters: dict[str, tuple[bytes, ...]]
    letters: tuple[packs.Letter, ...]
    addresses: dict[str, str]
    files: dict[str, bytes]


def publish(
    store: Store,
    month: str,
    out: Path,
    *,
    eml: bool = False,
    duty_sheet: bool = False,
    acknowledged: Iterable[str] = (),
) -> Published:
    """Publish a month into a folder and return what was done; again without a change gives the same files.

    Raises CrtError if there is nothing to publish, the folder cannot be written or another program holds the records;
    broken rules are not looked at, but those `acknowledged` stand in the act's label.
    """
    with store.read() as session:
        _refuse_empty(session, month)
        stale_before = len(ledger.stale(session, store.now))
        has_news = promise.has_news(session, month)
    folder.prepare(out)
    try:
        promised = _promised(store, month, acknowledged) if has_news else None
    except BaseException:
        folder.abandon(out)
        raise
    with store.read() as session:
        calendars = promised.calendars if promised else rolling.personal_files(session, store.now)
        parcel = _parcel(session, store, month, calendars, eml=eml, duty_sheet=duty_sheet)
    folder.place(out, parcel.files, in_step=_in_step(parcel, month, eml=eml, duty_sheet=duty_sheet, is_new=has_news))
    changes = promised.changes if promised else ()
    changes = tuple(change for change in changes if change.is_news(store.now))
    return _report(month, parcel, changes, is_new=has_news, stale_before=stale_before)


def _promised(store: Store, month: str, acknowledged: Iterable[str]) -> promise.Promised:
    """Back the records up and keep the promise in them; without the promise the backup is dropped again."""
    kept = backups.dated_name(store.path, store.now, "before-publish")
    try:
        store.back_up(kept)
        return promise.promise(store, month, acknowledged=acknowledged)
    except BaseException:
        kept.unlink(missing_ok=True)
        kept.with_name(f"{kept.name}.part").unlink(missing_ok=True)
        raise


def _refuse_empty(session: Session, month: str) -> None:
    words = month_words(month)
    roster = session.scalar(select(Roster).where(Roster.month == month))
    if roster is None or (roster.version == 0 and not month_rows(session, month)):
        raise CrtError(f"Nobody is on the roster of {words} yet. Fill it first with: crt-scheduler solve {month}")


def _parcel(
    session: Session,
    store: Store,
    month: str,
    calendars: dict[str, tuple[bytes, ...]],
    *,
    eml: bool,
    duty_sheet: bool,
) -> _Parcel:
    """Make every file as the records now have it; nothing in it depends on whether this run changed them."""
    programme = programme_of(session)
    version = promise.published(session, month)
    people = {person.code: person for person in session.scalars(select(Responder))}
    names = {code: person.name for code, person in people.items()}
    known = ledger.people_before(session, month)
    letters = tuple(
        packs.Letter(
            code,
            names.get(code, code),
            month,
            version.version,
            lines,
            is_first=version.version == 1 and code not in known,
        )
        for code, lines in why.news(session, version, month, programme.zone).items()
    )
    rosters = rolling.roster_files(session, month, store.now)
    addresses = {code: person.email for code, person in people.items()}
    files = {
        **rolling.by_path({person_calendar(code): parts for code, parts in calendars.items()}),
        **rolling.by_path(rosters),
        **roster_tables(month_rows(session, month), month, programme.zone),
        **packs.packs(letters, {letter.code: rolling.look_of(programme, letter.name) for letter in letters}),
    }
    if eml:
        files |= mail.drafts(letters, addresses, calendars)
    if duty_sheet:
        files[sheet_name(month)] = _sheet(session, programme, month, version)
    return _Parcel(version.version, calendars, rosters, letters, addresses, files)


def _sheet(session: Session, programme: Programme, month: str, version: PublishedVersion) -> bytes:
    """Make the duty sheet; the PDF library is loaded only for this."""
    from crt_scheduler.publish import duty_sheet

    phones = {person.code: person.phone for person in session.scalars(select(Responder)) if person.phone}
    sheet = duty_sheet.Sheet(
        programme=programme.name,
        month=month,
        version=version.version,
        published=version.at,
        zone=programme.zone,
        country=programme.country,
    )
    return duty_sheet.duty_sheet(month_rows(session, month), phones, sheet)


def _in_step(parcel: _Parcel, month: str, *, eml: bool, duty_sheet: bool, is_new: bool) -> tuple[str, ...]:
    """Return the patterns of files to keep in step; what was made on request goes only when it is out of date."""
    parts = (f"{glob.escape(name.removesuffix('.ics'))}-*.ics" for name in parcel.rosters)
    asked = [
        *([f"mail/{month}-v*/*.eml"] if eml or is_new else []),
        *([sheet_name(month)] if duty_sheet or is_new else []),
    ]
    return ("calendars/*.ics", *parts, *asked)


def _report(
    month: str, parcel: _Parcel, changes: tuple[ledger.Change, ...], *, is_new: bool, stale_before: int
) -> Published:
    own = [change for change in changes if change.calendar == person_calendar(change.code)]
    kinds: Mapping[str, int] = Counter(change.kind for change in own)
    silent = (letter.code for letter in parcel.letters if not mail.can_be_mailed(parcel.addresses.get(letter.code, "")))
    return Published(
        month=month,
        version=parcel.version,
        is_new_version=is_new,
        calendars=len(parcel.calendars),
        new=kinds["new"],
        changed=kinds["changed"],
        cancelled=kinds["cancelled"],
        people_changed=tuple(sorted({change.code for change in own})),
        without_email=tuple(silent),
        stale_before=stale_before,
        files=tuple(sorted(parcel.files)),
    )
