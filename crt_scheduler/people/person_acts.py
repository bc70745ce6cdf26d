"""Acts on people: add one, change one field, note a credential; a field is read and refused as a file's would be."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from crt_scheduler import limits, roster, texts
from crt_scheduler.act import Act
from crt_scheduler.errors import CrtError, Fault, Refused
from crt_scheduler.imports import people_reader as reading
from crt_scheduler.imports.change_plan import BadRow, ImportPlan
from crt_scheduler.imports.people_fields import CREDENTIAL
from crt_scheduler.person_fields import BY_NAME, KINDS
from crt_scheduler.responders import ids
from crt_scheduler.sheets import Row, Sheet
from crt_scheduler.tables import Area, Credential, CredentialKind, Division, Responder
from solver.wording import say_date, tr

FIELDS = tuple(field for field in reading.FIELDS if field != "id")


def field_words(field: str) -> str:
    """Return what a field is called by people."""
    found = BY_NAME.get(field)
    return found.said() if found is not None else field.removeprefix(CREDENTIAL)


def said_words(field: str, value: str) -> str:
    """Return what a change of a field is called in the journal, where contacts are not repeated."""
    words = field_words(field)
    if not value:
        return tr("{field} taken out", field=words)
    return tr("{field} changed", field=words) if field in BY_NAME and BY_NAME[field].is_contact else f"{words} {value}"


def next_id(session: Session, kind: str = KINDS[0]) -> str:
    """Return the id a new person would get: the next number after those of their kind."""
    people = session.execute(select(Responder.code, Responder.kind)).all()
    like = [code for code, of in people if of == kind] or [code for code, _ in people]
    return next(ids.fresh((code for code, _ in people), like=like))


def add(session: Session, said: Mapping[str, str], *, now: dt.datetime) -> str:
    """Add a person from fields written as a file would (id may be left out) and return the id.

    Raises Refused naming every field that cannot be taken.
    """
    cells = {field: text.strip() for field, text in said.items()}
    code = cells.get("id") or next_id(session, cells.get("kind", "").casefold() or KINDS[0])
    if session.scalar(select(Responder.id).where(Responder.code == code)) is not None:
        raise Refused(Fault("id", tr("{code} is somebody else's id. Type another, or leave it empty.", code=code)))
    reading.write(session, _read(session, {**cells, "id": code}, now=now))
    return code


def set_field(session: Session, code: str, field: str, text: str, *, now: dt.datetime) -> None:
    """Change one field of a person, written as in a file: lists with semicolons, dates as 2027-01-31, "" for none.

    Who becomes active is on leave no longer; who moves to another area leaves a division that does not lie in it.
    Raises Refused with why the text cannot be taken, CrtError for an unknown person or field.
    """
    who = roster.person(session, code)
    if field not in FIELDS:
        raise CrtError(
            tr("There is no field {field!r}. The fields are: {names}.", field=field, names=", ".join(FIELDS))
        )
    cells = {"id": who.code, "name": who.name, field: text.strip()}
    if field == "status" and text.strip().casefold() == "active":
        cells["status_until"] = ""
    if field == "home_area":
        cells["home_division"] = division_inside(session, who, text)
    reading.write(session, _read(session, cells, now=now))


def set_credential(
    session: Session, code: str, name: str, expires: str, *, now: dt.datetime, is_new_kind: bool = False
) -> None:
    """Note that a person holds a credential, with its last valid day as 2027-01-31, or forever.

    Raises Refused for a date that is none, CrtError for a credential the team does not keep (unless `is_new_kind`).
    """
    who = roster.person(session, code)
    kind = kind_named(session, name, is_new_kind=is_new_kind)
    if not expires.strip():
        raise Refused(
            Fault(CREDENTIAL + kind, tr("{kind}: type its last valid day as 2027-01-31, or forever.", kind=kind))
        )
    cells = {"id": who.code, "name": who.name, CREDENTIAL + kind: expires.strip()}
    reading.write(session, _read(session, cells, now=now))


def remove_credential(session: Session, code: str, name: str, *, now: dt.datetime) -> None:
    """Note that a person does not hold a credential; raises CrtError if the team keeps none of that name."""
    who = roster.person(session, code)
    kind = kind_named(session, name)
    reading.write(session, _read(session, {"id": who.code, "name": who.name, CREDENTIAL + kind: ""}, now=now))


def kind_named(session: Session, name: str, *, is_new_kind: bool = False) -> str:
    """Return a credential's name as the team writes it, on one line; raises CrtError if it keeps none so called."""
    name = " ".join(name.split())
    known = {row.name.casefold(): row.name for row in session.scalars(select(CredentialKind))}
    found = known.get(name.casefold())
    if found is None and not is_new_kind:
        raise CrtError(
            tr(
                "The team keeps no credential called {name!r}. There are: {names}.",
                name=name,
                names=", ".join(known.values()),
            )
        )
    if not name:
        raise CrtError(tr("A credential needs a name."))
    texts.refuse(tr("The credential's name"), name, limits.letters("credential"))
    return found or name


def division_inside(session: Session, who: Responder, area: str) -> str:
    """Return the person's division if it lies in the area, else nothing."""
    if who.home_division_id is None:
        return ""
    division = session.get_one(Division, who.home_division_id)
    inside = session.get_one(Area, division.area_id).name.casefold() == area.strip().casefold()
    return division.name if inside else ""


def _added(_: Session, said: Mapping[str, str], **__: Any) -> str:
    return tr("Add {name}", name=said.get("name", "").strip())


def _changed(session: Session, code: str, field: str, text: str, **_: Any) -> str:
    who, said = roster.person(session, code), said_words(field, text.strip())
    return tr("{name}: {said}", name=who.name, said=said)


def _noted(session: Session, _: None, code: str, name: str, *__: Any, **___: Any) -> str:
    kind, who = kind_named(session, name), roster.person(session, code)
    query = select(Credential.expires).join(CredentialKind, Credential.kind_id == CredentialKind.id)
    until = session.scalar(query.where(Credential.responder_id == who.id, CredentialKind.name == kind))
    if until is None:
        return tr("{name}: {credential} for ever", name=who.name, credential=kind)
    return tr("{name}: {credential} until {day}", name=who.name, credential=kind, day=say_date(until, "day year"))


def _removed(session: Session, code: str, name: str, **_: Any) -> str:
    who, kind = roster.person(session, code), kind_named(session, name)
    return tr("{name}: no {credential}", name=who.name, credential=kind)


ADD = Act(add, _added)
SET_FIELD = Act(set_field, _changed)
SET_CREDENTIAL = Act(set_credential, _noted, names_answer=True)
REMOVE_CREDENTIAL = Act(remove_credential, _removed)


def _read(session: Session, cells: Mapping[str, str], *, now: dt.datetime) -> ImportPlan[reading.PersonDraft]:
    """Read one person as a file of one row; raises Refused where a file's row would be bad."""
    sheet = Sheet(Path("person"), tuple(cells), (Row(1, dict(cells)),))
    plan = reading.read(session, sheet, {}, now=now, date_order="us", is_typed=True)
    if plan.bad:
        raise Refused(*(fault(bad) for bad in plan.bad))
    return plan


def fault(bad: BadRow) -> Fault:
    """Return the fault that a bad cell is, as a sentence."""
    words = field_words(bad.column)
    said = f"“{' '.join(bad.value.split())}” " if bad.value else ""
    is_verb = bad.reason.startswith(("is ", "has ", "holds ", "lies ", "names ", "differs "))
    joint = "" if is_verb and said else ": "
    start = f"{words[:1].upper()}{words[1:]}"
    return Fault(bad.column, f"{start} {said}{joint}{bad.reason}.".replace(" : ", ": "))
