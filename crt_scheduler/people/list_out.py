"""The list of people as a file that reads back unchanged: contacts on the coordinator's word, private words on more."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from crt_scheduler import person_fields, sheets
from crt_scheduler.errors import CrtError
from crt_scheduler.imports.people_fields import CREDENTIAL, FOREVER
from crt_scheduler.imports.people_rows import Known, known
from crt_scheduler.person_fields import PersonField
from crt_scheduler.tables import Area, Division, Responder
from solver.wording import mark, tr

ENDINGS = (".csv", ".xlsx")
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
    fields = tuple(field for field in person_fields.ALL if private or not field.is_private)
    kinds = sorted(records.kinds.values(), key=lambda kind: kind.id)
    places = _Places(session)
    header = (*(field.name for field in fields), *(f"{CREDENTIAL}{kind.name}" for kind in kinds))
    rows = []
    for _, person in sorted(records.people.items()):
        elsewhere = _elsewhere(person, records, places)
        held = records.credentials[person.id]
        rows.append(
            [
                *(_cell(field, person, elsewhere) for field in fields),
                *(_until(held[kind.id].expires) if kind.id in held else "" for kind in kinds),
            ]
        )
    return header, rows


class _Places:
    """The names of areas and divisions by row number."""

    def __init__(self, session: Session) -> None:
        self.areas = {row.id: row.name for row in session.scalars(select(Area).order_by(Area.id))}
        self.divisions = {row.id: row.name for row in session.scalars(select(Division))}


def _elsewhere(person: Responder, records: Known, places: _Places) -> dict[str, Any]:
    """Return what other tables hold of a person, by field."""
    codes = {other.id: code for code, other in records.people.items()}
    partners = records.partners[person.id].values()
    return {
        "home_division": places.divisions.get(person.home_division_id or 0, ""),
        "home_area": places.areas.get(person.home_area_id or 0, ""),
        "areas": [name for area, name in places.areas.items() if area in records.areas[person.id]],
        "prefers_with": sorted(codes[row.other_id] for row in partners if row.grade == "prefers"),
        "avoids_with": sorted(codes[row.other_id] for row in partners if row.grade == "avoids"),
    }


def _cell(field: PersonField, person: Responder, elsewhere: Mapping[str, Any]) -> sheets.Cell:
    """Return a field of a person as a file has it."""
    value = elsewhere[field.name] if field.name in elsewhere else getattr(person, field.attribute)
    return field.written(value, between=";")


def _until(expires: dt.date | None) -> str:
    return FOREVER[0] if expires is None else expires.isoformat()
