"""Everything a publication sends, made from the records before a file is written."""

from __future__ import annotations

import glob
from dataclasses import dataclass

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from crt_scheduler import records_guard, writing
from crt_scheduler.programmes import customs, programme_of
from crt_scheduler.publish import change_reasons, folder, mail, packs, publication_promise, rolling, sent_ledger
from crt_scheduler.publish.outgoing_names import older_sheet_name, person_calendar, sheet_name
from crt_scheduler.publish.placing import Place
from crt_scheduler.publish.tables_out import roster_tables
from crt_scheduler.roster import month_rows
from crt_scheduler.tables import Programme, PublishedVersion, Responder


@dataclass(frozen=True)
class Parcel:
    """Everything a publication sends, made from the records before a file is written."""

    place: Place
    calendars: dict[str, tuple[bytes, ...]]
    rosters: dict[str, tuple[bytes, ...]]
    letters: tuple[packs.Letter, ...]
    addresses: dict[str, str]
    files: dict[str, bytes]
    changes: tuple[sent_ledger.Change, ...] = ()


def make(session: Session, place: Place, calendars: dict[str, tuple[bytes, ...]]) -> Parcel:
    """Make every file as the records now have it; nothing in it depends on whether this run changed them."""
    month = place.month
    programme = programme_of(session)
    version = publication_promise.published(session, month)
    people = {person.code: person for person in session.scalars(select(Responder))}
    names = {code: person.name for code, person in people.items()}
    known = sent_ledger.people_before(session, month)
    letters = tuple(
        packs.Letter(
            code,
            names.get(code, code),
            month,
            version.version,
            lines,
            is_first=version.version == 1 and code not in known,
        )
        for code, lines in change_reasons.news(session, version, month, customs.zone_of(programme)).items()
    )
    rosters = rolling.roster_files(session, month, place.at)
    addresses = {code: person.email for code, person in people.items()}
    files = {
        **rolling.by_path({person_calendar(code): parts for code, parts in calendars.items()}),
        **rolling.by_path(rosters),
        **roster_tables(month_rows(session, month), month, customs.zone_of(programme)),
        **packs.packs(letters, {letter.code: rolling.look_of(programme, letter.name) for letter in letters}),
    }
    if place.asked.eml:
        files |= mail.drafts(letters, addresses, calendars)
    if place.asked.duty_sheet:
        files[sheet_name(month)] = _sheet(session, programme, month, version)
        files |= _sheet_before(place, files[sheet_name(month)])
    return Parcel(place, calendars, rosters, letters, addresses, files)


def _sheet(session: Session, programme: Programme, month: str, version: PublishedVersion) -> bytes:
    """Make the duty sheet; the PDF library is loaded only for this."""
    from crt_scheduler.publish import duty_sheet

    phones = {person.code: person.phone for person in session.scalars(select(Responder)) if person.phone}
    sheet = duty_sheet.Sheet(
        programme=programme.name,
        month=month,
        version=version.version,
        published=version.at,
        zone=customs.zone_of(programme),
        country=programme.country,
    )
    return duty_sheet.duty_sheet(month_rows(session, month), phones, sheet)


def _sheet_before(place: Place, sheet: bytes) -> dict[str, bytes]:
    """Return an older version's duty sheet under a name of its own: whether it was handed out nobody here knows."""
    there, kept = (
        place.folder / name for name in (sheet_name(place.month), older_sheet_name(place.month, place.version))
    )
    if not there.is_file() or kept.exists():
        return {}
    records_guard.refuse_records(there)
    older = there.read_bytes()
    return {kept.name: older} if older and older != sheet else {}


def stage(parcel: Parcel, place: Place) -> Place:
    """Stage a parcel's files, and return the place with what is to go from it and what is known in it from now on."""
    asked = place.asked
    staged, gone = folder.stage(
        place.folder, parcel.files, in_step=_in_step(parcel), known=place.known, force=asked.force
    )
    ours = {writing.digest(content) for name, content in parcel.files.items() if not name.endswith(folder.MARKED)}
    return msgspec.structs.replace(place, staged=staged, gone=gone, known=place.known | ours)


def _in_step(parcel: Parcel) -> tuple[str, ...]:
    """Return the patterns of calendars to keep in step; drafts and duty sheets of old may be unsent and stay."""
    return ("calendars/*.ics", *(f"{glob.escape(name.removesuffix('.ics'))}-*.ics" for name in parcel.rosters))
