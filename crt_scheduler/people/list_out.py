"""The list of people as a file that reads back unchanged: contacts on the coordinator's word, private words on more."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from crt_scheduler import sheets
from crt_scheduler.errors import CrtError
from crt_scheduler.imports import people_reader as reading
from crt_scheduler.imports.people_fields import CREDENTIAL, FOREVER
from crt_scheduler.imports.people_rows import Known, known
from crt_scheduler.tables import Area, Division, Responder
from solver.wording import mark, tr

ENDINGS = (".csv", ".xlsx")
PRIVATE = ("notes", "next_of_kin", "next_of_kin_phone")
"""Fields that leave the records only where that is asked for by itself."""
HOLDS = mark("It holds e-mail addresses and phone numbers, and only you can open it.")


def write(session: Session, path: Path, *, private: bool = False, force: bool = False) -> int:
    """Write everyone to a CSV or XLSX file as `import people` reads it, and return how many.

    With `private` notes and next of kin too. Raises CrtError for a file of another kind and as `writing` does.
    """
    if path.suffix.lower() not in ENDINGS:
        raise CrtError(tr("{name} is no CSV or XLSX. Name the file like people.csv or people.xlsx.", name=path.name))
    header, rows = table(session, private=private)
    sheets.write(path, header, rows, force=force)
    return len(rows)


def table(session: Session, *, private: bool = False) -> tuple[tuple[str, ...], list[list[sheets.Cell]]]:
    """Return the columns of the list and its rows by id."""
    records = known(session, list(session.scalars(select(Responder.code))))
    fields = tuple(field for field in reading.FIELDS if private or field not in PRIVATE)
    kinds = sorted(records.kinds.values(), key=lambda kind: kind.id)
    places = _Places(session)
    header = (*fields, *(f"{CREDENTIAL}{kind.name}" for kind in kinds))
    rows = []
    for _, person in sorted(records.people.items()):
        cells = dict(_cells(person, records, places))
        held = records.credentials[person.id]
        rows.append(
            [
                *(cells[field] for field in fields),
                *(_until(held[kind.id].expires) if kind.id in held else "" for kind in kinds),
            ]
        )
    return header, rows


class _Places:
    """The names of areas and divisions by row number."""

    def __init__(self, session: Session) -> None:
        self.areas = {row.id: row.name for row in session.scalars(select(Area).order_by(Area.id))}
        self.divisions = {row.id: row.name for row in session.scalars(select(Division))}


def _cells(person: Responder, records: Known, places: _Places) -> Iterator[tuple[str, sheets.Cell]]:
    """Yield each field of a person as a file writes it."""
    for field in ("name", "kind", "role", "status", "email", "phone", "phone_2", "shifts_a_month", *PRIVATE):
        yield field, getattr(person, field)
    yield "id", person.code
    yield "status_until", _day(person.status_until)
    yield "joined", _day(person.joined)
    yield "home_division", places.divisions.get(person.home_division_id or 0, "")
    yield "home_area", places.areas.get(person.home_area_id or 0, "")
    yield "areas", ";".join(name for area, name in places.areas.items() if area in records.areas[person.id])
    yield "languages", ";".join(person.languages)
    yield "traditions", ";".join(person.traditions)
    yield (
        "target_hours",
        "" if person.target_minutes is None else f"{person.target_minutes / 60:.4f}".rstrip("0").rstrip("."),
    )
    codes = {other.id: code for code, other in records.people.items()}
    for grade in ("prefers", "avoids"):
        there = (codes[row.other_id] for row in records.partners[person.id].values() if row.grade == grade)
        yield f"{grade}_with", ";".join(sorted(there))


def _day(date: dt.date | None) -> str:
    return "" if date is None else date.isoformat()


def _until(expires: dt.date | None) -> str:
    return FOREVER[0] if expires is None else expires.isoformat()
