"""Publishing a month: promises are told, the ledger is brought up to date, and every file goes out."""

from __future__ import annotations

import glob
from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import ExitStack, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from crt_scheduler import backups, writing
from crt_scheduler.errors import CrtError
from crt_scheduler.programmes import programme_of
from crt_scheduler.publish import folder, ledger, mail, packs, placing, promise, rolling, why
from crt_scheduler.publish.names import older_sheet_name, person_calendar, sheet_name
from crt_scheduler.publish.placing import Asked, Place
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
    older_drafts: int
    older_sheets: int
    """Mail drafts and duty sheets of older versions that lie in the folder until somebody deletes them."""


@dataclass(frozen=True)
class _Parcel:
    """Everything a publication sends, made from the records before a file is written."""

    place: Place
    calendars: dict[str, tuple[bytes, ...]]
    rosters: dict[str, tuple[bytes, ...]]
    letters: tuple[packs.Letter, ...]
    addresses: dict[str, str]
    files: dict[str, bytes]
    changes: tuple[ledger.Change, ...] = ()


def publish(
    store: Store,
    month: str,
    out: Path,
    *,
    eml: bool = False,
    duty_sheet: bool = False,
    acknowledged: Iterable[str] = (),
    force: bool = False,
) -> Published:
    """Publish a month into a folder and return what was done; again without a change gives the same files.

    Every file is written and synced beside its place before anything is promised; a program that is stopped after
    that leaves what `finish_placing` ends. Raises CrtError if there is nothing to publish, the folder cannot be written
    or holds something that is not ours (unless `force`), or another program holds it or the records. Broken rules are
    not looked at, but those `acknowledged` stand in the act's label.
    """
    finish_placing(store)
    with store.read() as session:
        _refuse_empty(session, month)
        stale_before = len(ledger.stale(session, store.now))
        has_news = promise.has_news(session, month)
    place, asked = folder.named(out), Asked(eml=eml, duty_sheet=duty_sheet, force=force)
    placing.begin(store, month, place)
    with ExitStack() as stack:
        try:
            stack.enter_context(folder.held(place))
            parcel = _promised(store, month, place, asked, acknowledged=tuple(acknowledged), has_news=has_news)
        except folder.Busy:  # what is noted of the folder is the other program's now
            raise
        except BaseException:
            _given_up(store, month, place)
            raise
        _place(store, parcel.place)
    return _report(parcel, is_new=has_news, stale_before=stale_before)


def finish_placing(store: Store) -> tuple[str, ...]:
    """Move the files of publications into place whose program was stopped; return a sentence for each that stays so.

    What was staged and not promised is taken away; a folder that another program fills now is left to it.
    """
    writing.sweep()
    with store.read() as session:
        places = placing.unfinished(session)
    return tuple(words for each in places if (words := _finished(store, each)))


def _finished(store: Store, place: Place) -> str:
    """Finish one folder, and return why it cannot be (no words: it is)."""
    try:
        if not place.folder.is_dir():
            return _dropped(store, place)
        with folder.held(place.folder):
            _finish(store, place)
    except folder.Busy:
        return ""
    except CrtError as fault:
        return str(fault)
    return ""


def _dropped(store: Store, place: Place) -> str:
    if place.state == placing.STAGING:
        placing.drop(store, place.month, place.folder)
        return ""
    return f"{_half(place)}: the folder is not there. {_again(place)}"


def _finish(store: Store, place: Place) -> None:
    with store.read() as session:  # who held the folder may have finished it just now
        left = [
            each for each in placing.unfinished(session) if (each.month, each.folder) == (place.month, place.folder)
        ]
    for each in left:
        if each.state == placing.STAGING:
            _given_up(store, each.month, each.folder)
            continue
        is_staged = folder.is_staged(each.folder, each.staged)
        _place(store, each if is_staged else _staged_again(store, each))


def _given_up(store: Store, month: str, out: Path) -> None:
    """Clear a folder that nothing was promised for; what cannot be cleared now is found again later."""
    if folder.abandon(out):
        placing.drop(store, month, out)


def _staged_again(store: Store, place: Place) -> Place:
    """Make the files anew from the records, where they are gone from the staging place."""
    with store.read() as session:
        if promise.has_news(session, place.month):
            raise CrtError(f"{_half(place)}, and the roster has changed since. {_again(place)}")
        calendars = rolling.personal_files(session, place.at)
        return _stage(_parcel(session, place, calendars), place)


def _place(store: Store, place: Place) -> None:
    """Move what is staged into place and note it; what was promised stays promised whatever happens here."""
    try:
        folder.place(place.folder, place.staged, gone=place.gone, known=place.known, force=place.asked.force)
    except CrtError as fault:
        raise CrtError(f"{_half(place)}. {fault} {_again(place)}") from fault
    placing.done(store, place)


def _half(place: Place) -> str:
    words = f"Version {place.version} of {month_words(place.month)} is published"
    return f"{words}, but not all its files stand in {writing.shown(place.folder)}"


def _again(place: Place) -> str:
    return f"Publish it again, there or into another folder: crt-scheduler publish {place.month} --out DIR"


def _promised(
    store: Store, month: str, out: Path, asked: Asked, *, acknowledged: tuple[str, ...], has_news: bool
) -> _Parcel:
    """Back the records up, then stage the files and keep the promise as one; without it the backup is dropped again."""
    kept = backups.dated_name(store.path, store.now, "before-publish")
    try:
        if has_news:
            store.back_up(kept)
        return _kept(store, month, out, asked, acknowledged=acknowledged, has_news=has_news)
    except BaseException:
        if has_news:
            for each in (kept, kept.with_name(f"{kept.name}.part")):
                with suppress(OSError):  # what ended the publication is what must be said
                    each.unlink(missing_ok=True)
        raise


def _kept(
    store: Store, month: str, out: Path, asked: Asked, *, acknowledged: tuple[str, ...], has_news: bool
) -> _Parcel:
    final = promise.final(month) if has_news else ""
    with store.change(promise.label(month, acknowledged), final=final) as session:
        if promise.has_news(session, month) != has_news:
            raise CrtError("The records changed meanwhile. Look at the changes again, then publish.")
        if has_news:
            promised = promise.keep(session, month, who=store.who, now=store.now)
            calendars, changes = promised.calendars, promised.changes
        else:
            calendars, changes = rolling.personal_files(session, store.now), ()
        version = promise.published(session, month).version
        known = placing.known(session, month, out)
        place = Place(month, out, version, store.now, asked, placing.PLACING, known=known)
        parcel = _parcel(session, place, calendars)
        place = _stage(parcel, place)
        placing.mark(session, place)
    return replace(parcel, place=place, changes=changes)


def _stage(parcel: _Parcel, place: Place) -> Place:
    """Stage a parcel's files, and return the place with what is to go from it and what is known in it from now on."""
    asked = place.asked
    staged, gone = folder.stage(
        place.folder, parcel.files, in_step=_in_step(parcel), known=place.known, force=asked.force
    )
    ours = {writing.digest(content) for name, content in parcel.files.items() if not name.endswith(folder.MARKED)}
    return replace(place, staged=staged, gone=gone, known=place.known | ours)


def _refuse_empty(session: Session, month: str) -> None:
    words = month_words(month)
    roster = session.scalar(select(Roster).where(Roster.month == month))
    if roster is None or (roster.version == 0 and not month_rows(session, month)):
        raise CrtError(f"Nobody is on the roster of {words} yet. Fill it first with: crt-scheduler solve {month}")


def _parcel(session: Session, place: Place, calendars: dict[str, tuple[bytes, ...]]) -> _Parcel:
    """Make every file as the records now have it; nothing in it depends on whether this run changed them."""
    month = place.month
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
    rosters = rolling.roster_files(session, month, place.at)
    addresses = {code: person.email for code, person in people.items()}
    files = {
        **rolling.by_path({person_calendar(code): parts for code, parts in calendars.items()}),
        **rolling.by_path(rosters),
        **roster_tables(month_rows(session, month), month, programme.zone),
        **packs.packs(letters, {letter.code: rolling.look_of(programme, letter.name) for letter in letters}),
    }
    if place.asked.eml:
        files |= mail.drafts(letters, addresses, calendars)
    if place.asked.duty_sheet:
        files[sheet_name(month)] = _sheet(session, programme, month, version)
        files |= _sheet_before(place, files[sheet_name(month)])
    return _Parcel(place, calendars, rosters, letters, addresses, files)


def _sheet_before(place: Place, sheet: bytes) -> dict[str, bytes]:
    """Return an older version's duty sheet under a name of its own: whether it was handed out nobody here knows."""
    there, kept = (
        place.folder / name for name in (sheet_name(place.month), older_sheet_name(place.month, place.version))
    )
    if not there.is_file() or kept.exists():
        return {}
    writing.refuse_records(there)
    older = there.read_bytes()
    return {kept.name: older} if older and older != sheet else {}


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


def _in_step(parcel: _Parcel) -> tuple[str, ...]:
    """Return the patterns of calendars to keep in step; drafts and duty sheets of old may be unsent and stay."""
    return ("calendars/*.ics", *(f"{glob.escape(name.removesuffix('.ics'))}-*.ics" for name in parcel.rosters))


def _older(place: Place) -> tuple[int, int]:
    """Return how many mail drafts and duty sheets of older versions lie in the folder."""
    drafts = [path for path in place.folder.glob(f"mail/{place.month}-v*/*.eml") if _version(path) < place.version]
    sheets = list(place.folder.glob(f"duty-sheet-{place.month}-before-v*.pdf"))
    return len(drafts), len(sheets)


def _version(draft: Path) -> int:
    number = draft.parent.name.rpartition("-v")[2]
    return int(number) if number.isdecimal() else 0


def _report(parcel: _Parcel, *, is_new: bool, stale_before: int) -> Published:
    own = [change for change in parcel.changes if change.calendar == person_calendar(change.code)]
    kinds: Mapping[str, int] = Counter(change.kind for change in own)
    silent = (letter.code for letter in parcel.letters if not mail.can_be_mailed(parcel.addresses.get(letter.code, "")))
    older_drafts, older_sheets = _older(parcel.place)
    return Published(
        month=parcel.place.month,
        version=parcel.place.version,
        is_new_version=is_new,
        calendars=len(parcel.calendars),
        new=kinds["new"],
        changed=kinds["changed"],
        cancelled=kinds["cancelled"],
        people_changed=tuple(sorted({change.code for change in own})),
        without_email=tuple(silent),
        stale_before=stale_before,
        files=tuple(sorted(parcel.files)),
        older_drafts=older_drafts,
        older_sheets=older_sheets,
    )
