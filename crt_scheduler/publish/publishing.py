"""Publishing a month: promises are told, the ledger is brought up to date, and every file goes out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import ExitStack, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from crt_scheduler import backups, remedies
from crt_scheduler.act import Act
from crt_scheduler.errors import CrtError
from crt_scheduler.publish import finishing, folder, mail, parcels, placing, publication_promise, rolling, sent_ledger
from crt_scheduler.publish.finishing import finish_placing
from crt_scheduler.publish.outgoing_names import person_calendar
from crt_scheduler.publish.parcels import Parcel
from crt_scheduler.publish.placing import Asked, Place
from crt_scheduler.roster import month_rows
from crt_scheduler.store import Store
from crt_scheduler.tables import Roster
from crt_scheduler.times import month_words
from solver.wording import tr

__all__ = ["Published", "finish_placing", "publish"]


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
        stale_before = len(sent_ledger.stale(session, store.now))
        has_news = publication_promise.has_news(session, month)
    place, asked = folder.named(out), Asked(eml=eml, duty_sheet=duty_sheet, force=force)
    placing.begin(store, month, place)
    with ExitStack() as stack:
        try:
            stack.enter_context(folder.held(place))
            parcel = _promised(store, month, place, asked, acknowledged=tuple(acknowledged), has_news=has_news)
        except folder.Busy:  # what is noted of the folder is the other program's now
            raise
        except BaseException:
            finishing.give_up(store, month, place)
            raise
        finishing.place_all(store, parcel.place)
    return _report(parcel, is_new=has_news, stale_before=stale_before)


def _promised(
    store: Store, month: str, out: Path, asked: Asked, *, acknowledged: tuple[str, ...], has_news: bool
) -> Parcel:
    """Back the records up, then stage the files and keep the promise as one; without it the backup is dropped again."""
    kept = backups.dated_name(store.path, store.now, "before-publish")
    try:
        if has_news:
            store.back_up(kept)
        deed = PUBLISH(store, month, out, asked, acknowledged=acknowledged, has_news=has_news)
        return store.do(deed).answer
    except BaseException:
        if has_news:
            for each in (kept, kept.with_name(f"{kept.name}.part")):
                with suppress(OSError):  # what ended the publication is what must be said
                    each.unlink(missing_ok=True)
        raise


def _keep(
    session: Session,
    store: Store,
    month: str,
    out: Path,
    asked: Asked,
    *,
    acknowledged: tuple[str, ...],
    has_news: bool,
) -> Parcel:
    if publication_promise.has_news(session, month) != has_news:
        raise CrtError(tr("The records changed meanwhile. Look at the changes again, then publish."))
    if has_news:
        promised = publication_promise.keep(session, month, who=store.who, now=store.now)
        calendars, changes = promised.calendars, promised.changes
    else:
        calendars, changes = rolling.personal_files(session, store.now), ()
    version = publication_promise.published(session, month).version
    known = placing.known(session, month, out)
    place = Place(month, out, version, store.now, asked, placing.PLACING, known=known)
    parcel = parcels.make(session, place, calendars)
    place = parcels.stage(parcel, place)
    placing.mark(session, place)
    return replace(parcel, place=place, changes=changes)


def _published(_: Session, __: Store, month: str, *___: Any, acknowledged: tuple[str, ...], **____: Any) -> str:
    return publication_promise.label(month, acknowledged)


def _final(_: Session, __: Store, month: str, *___: Any, has_news: bool, **____: Any) -> str:
    return publication_promise.final(month) if has_news else ""


PUBLISH = Act(_keep, _published, final=_final)


def _refuse_empty(session: Session, month: str) -> None:
    words = month_words(month)
    roster = session.scalar(select(Roster).where(Roster.month == month))
    if roster is None or (roster.version == 0 and not month_rows(session, month)):
        raise CrtError(tr("Nobody is on the roster of {words} yet.", words=words), remedies.SOLVE_FIRST.of(month=month))


def _older(place: Place) -> tuple[int, int]:
    """Return how many mail drafts and duty sheets of older versions lie in the folder."""
    drafts = [path for path in place.folder.glob(f"mail/{place.month}-v*/*.eml") if _version(path) < place.version]
    sheets = list(place.folder.glob(f"duty-sheet-{place.month}-before-v*.pdf"))
    return len(drafts), len(sheets)


def _version(draft: Path) -> int:
    number = draft.parent.name.rpartition("-v")[2]
    return int(number) if number.isdecimal() else 0


def _report(parcel: Parcel, *, is_new: bool, stale_before: int) -> Published:
    news = [change for change in parcel.changes if change.is_news(parcel.place.at)]
    own = [change for change in news if change.calendar == person_calendar(change.code)]
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
