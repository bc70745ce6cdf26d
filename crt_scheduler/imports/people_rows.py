"""The records of a person that a file may change: what there is, whether a draft differs, and writing it row by row."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from crt_scheduler import person_fields
from crt_scheduler.imports.change_plan import ImportPlan
from crt_scheduler.programmes import programme_of
from crt_scheduler.tables import Credential, CredentialKind, Partner, Responder, ResponderArea

FEW = 100
"""Up to so many people their records are read one by one; for more, those of the whole team at once."""


@dataclass(frozen=True)
class PersonDraft:
    """What a row says of one person; None, or a field not listed, means that the file has no such column."""

    code: str
    fields: tuple[tuple[str, Any], ...]
    areas: tuple[int, ...] | None
    credentials: tuple[tuple[str, bool, dt.date | None], ...]
    prefers: tuple[str, ...] | None
    avoids: tuple[str, ...] | None
    emptied: tuple[str, ...] = ()
    """Fields whose cell is empty, where that is to wipe them."""

    def partners(self) -> set[str]:
        """Return the ids of everyone the row names."""
        return {*(self.prefers or ()), *(self.avoids or ())}


@dataclass(frozen=True)
class Known:
    """Everyone there is by id; by row number their areas, credentials (by kind) and partners (by person)."""

    people: dict[str, Responder]
    areas: dict[int, dict[int, ResponderArea]]
    credentials: dict[int, dict[int, Credential]]
    partners: dict[int, dict[int, Partner]]
    kinds: dict[str, CredentialKind]


def known(session: Session, codes: Collection[str]) -> Known:
    """Read everyone there is, and all that an import may change of those with these ids."""
    people = {row.code: row for row in session.scalars(select(Responder))}
    of = [people[code].id for code in codes if code in people]
    is_few = len(of) <= FEW

    def rows(table: type[Any]) -> Iterable[Any]:
        query = select(table)
        return session.scalars(query.where(table.responder_id.in_(of)) if is_few else query)

    areas: dict[int, dict[int, ResponderArea]] = defaultdict(dict)
    for area in rows(ResponderArea):
        areas[area.responder_id][area.area_id] = area
    credentials: dict[int, dict[int, Credential]] = defaultdict(dict)
    for credential in rows(Credential):
        credentials[credential.responder_id][credential.kind_id] = credential
    partners: dict[int, dict[int, Partner]] = defaultdict(dict)
    for partner in rows(Partner):
        partners[partner.responder_id][partner.other_id] = partner
    kinds = {row.name.casefold(): row for row in session.scalars(select(CredentialKind))}
    return Known(people, areas, credentials, partners, kinds)


def has_changed(records: Known, draft: PersonDraft) -> bool:
    """Does the draft differ from the records of a person there already?"""
    person = records.people[draft.code]
    if any(getattr(person, name) != value for name, value in draft.fields):
        return True
    if draft.areas is not None and set(draft.areas) != set(records.areas[person.id]):
        return True
    held = records.credentials[person.id]
    for name, holds, expires in draft.credentials:
        kind = records.kinds.get(name.casefold())
        row = held.get(kind.id) if kind is not None else None
        if holds != (row is not None) or (row is not None and row.expires != expires):
            return True
    return _partners_differ(records, person, draft)


def wiped(records: Known, draft: PersonDraft) -> tuple[str, ...]:
    """Return what the draft's empty cells wipe of a person there already, in words."""
    person = records.people[draft.code]
    attributes = {field.attribute: field.name for field in person_fields.ALL if field.name in draft.emptied}
    found = [attributes[name] for name, value in draft.fields if name in attributes and getattr(person, name) != value]
    kinds = {name: records.kinds.get(name.casefold()) for name, holds, _ in draft.credentials if not holds}
    found += [name for name, kind in kinds.items() if kind is not None and kind.id in records.credentials[person.id]]
    if "areas" in draft.emptied and records.areas[person.id]:
        found.append("areas")
    graded = {row.grade for row in records.partners[person.id].values()}
    found += [
        f"{grade}_with" for grade in ("prefers", "avoids") if f"{grade}_with" in draft.emptied and grade in graded
    ]
    return tuple(name.replace("_", " ") for name in found)


def _partners_differ(records: Known, person: Responder, draft: PersonDraft) -> bool:
    there = records.partners[person.id].values()
    for grade, codes in (("prefers", draft.prefers), ("avoids", draft.avoids)):
        if codes is None:
            continue
        found = {row.other_id for row in there if row.grade == grade}
        wanted = {records.people[code].id if code in records.people else None for code in codes}
        if found != wanted:
            return True
    return False


def with_days(draft: PersonDraft, there: Responder | None, today: dt.date) -> PersonDraft:
    """Return the draft with the day since which they are inactive, and the days of a leave.

    Who was inactive before that day was kept is so since the next time that anything is said of them.
    """
    status = dict(draft.fields).get("status", "active" if there is None else there.status)
    left = None if there is None else there.left_on
    if status == "inactive" and left is None:
        draft = replace(draft, fields=(*draft.fields, ("left_on", today)))
    elif status != "inactive" and left is not None:
        draft = replace(draft, fields=(*draft.fields, ("left_on", None)))
    return _with_leave(draft, there, today)


def _with_leave(draft: PersonDraft, there: Responder | None, today: dt.date) -> PersonDraft:
    """Return the draft with the days of a leave that it begins today or ends: they excuse from hours later on."""
    status = dict(draft.fields).get("status")
    before = "" if there is None else there.status
    if status in (None, before):
        return draft
    if status == "leave":
        return replace(draft, fields=(*draft.fields, ("leave_since", today), ("leave_ended", None)))
    if there is None or before != "leave":
        return draft
    ended = min(day for day in (there.status_until, today - dt.timedelta(days=1)) if day is not None)
    return replace(draft, fields=(*draft.fields, ("leave_ended", ended)))


def write(session: Session, plan: ImportPlan[PersonDraft]) -> None:
    """Add and change the planned people; kinds of credential that are new to the team are added as not blocking."""
    records = known(session, [draft.code for draft in plan.drafts])
    for draft in plan.drafts:
        person = records.people.get(draft.code)
        if person is None:
            person = records.people[draft.code] = _newcomer(draft.code)
        for name, value in draft.fields:
            setattr(person, name, value)
        session.add(person)
    _add_kinds(session, records, plan)
    session.flush()
    for draft in plan.drafts:
        person = records.people[draft.code]
        _write_areas(session, records, person.id, draft)
        _write_credentials(session, records, person.id, draft)
        _write_partners(session, records, person.id, draft)
    session.flush()


def _newcomer(code: str) -> Responder:
    blank = {field.attribute: field.blank for field in person_fields.ALL if field.is_column and field.cell != "id"}
    return Responder(code=code, **blank)


def _add_kinds(session: Session, records: Known, plan: ImportPlan[PersonDraft]) -> None:
    programme = programme_of(session)
    for name in dict.fromkeys(name for draft in plan.drafts for name, _, _ in draft.credentials):
        if name.casefold() not in records.kinds:
            row = CredentialKind(programme_id=programme.id, name=name, blocking=False)
            records.kinds[name.casefold()] = row
            session.add(row)


def _write_areas(session: Session, records: Known, person: int, draft: PersonDraft) -> None:
    if draft.areas is None:
        return
    there = records.areas[person]
    for area in draft.areas:
        if area not in there:
            session.add(ResponderArea(responder_id=person, area_id=area))
    for area, row in there.items():
        if area not in draft.areas:
            session.delete(row)


def _write_credentials(session: Session, records: Known, person: int, draft: PersonDraft) -> None:
    for name, holds, expires in draft.credentials:
        kind = records.kinds[name.casefold()]
        row = records.credentials[person].get(kind.id)
        if row is None and holds:
            session.add(Credential(responder_id=person, kind_id=kind.id, expires=expires))
        elif row is not None and holds:
            row.expires = expires
        elif row is not None:
            session.delete(row)


def _write_partners(session: Session, records: Known, person: int, draft: PersonDraft) -> None:
    """Make the partners those of the row; one who passes from preferred to avoided keeps the record."""
    wanted = {records.people[code].id: "prefers" for code in draft.prefers or ()}
    wanted.update({records.people[code].id: "avoids" for code in draft.avoids or ()})
    spoken_of = {grade for grade, codes in (("prefers", draft.prefers), ("avoids", draft.avoids)) if codes is not None}
    there = records.partners[person]
    for other, grade in wanted.items():
        row = there.get(other)
        if row is None:
            session.add(Partner(responder_id=person, other_id=other, grade=grade))
        else:
            row.grade = grade
    for other, row in there.items():
        if other not in wanted and row.grade in spoken_of:
            session.delete(row)
