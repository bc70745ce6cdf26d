"""One field of many people as one act: what it would change, who cannot take it and why, and doing it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from crt_scheduler import remedies, times
from crt_scheduler.act import Act
from crt_scheduler.errors import CrtError, Refused
from crt_scheduler.imports import people_reader as reading
from crt_scheduler.imports.change_plan import ImportPlan
from crt_scheduler.imports.languages_said import spoken
from crt_scheduler.imports.people_fields import CREDENTIAL, NOT_HELD
from crt_scheduler.imports.team_languages import languages_of
from crt_scheduler.people import person_acts
from crt_scheduler.person_fields import BY_NAME, COMMON
from crt_scheduler.programmes import programme_of
from crt_scheduler.sheets import Row, Sheet
from crt_scheduler.tables import Area, Assignment, Responder, ResponderArea, Shift
from solver.wording import counted, tr

FIELDS = COMMON
"""The fields that many people can have in common; `credential:NAME` is one too."""
LISTS = tuple(name for name in COMMON if BY_NAME[name].is_list)
WAYS = ("set", "add", "take")
SHOWN = 3


@dataclass(frozen=True)
class Change:
    """What to do to one field of many people: set its value, or add to a list or take from it.

    A status may have a last day (`until`); a credential's value is its last day, forever, or no.
    """

    field: str
    value: str
    way: str = "set"
    until: str = ""


@dataclass(frozen=True)
class Cannot:
    """Somebody who cannot take a change, and why, as a sentence goes on after the name."""

    id: str
    name: str
    why: str


@dataclass(frozen=True)
class Preview:
    """What a change does: whom it changes by id, how many it leaves as they are, who cannot, and what else to know."""

    label: str
    changed: tuple[str, ...]
    unchanged: int
    cannot: tuple[Cannot, ...]
    beware: tuple[str, ...]

    def sentence(self) -> str:
        """Return all of it as a coordinator reads it."""
        count = len(self.changed) + self.unchanged + len(self.cannot)
        parts = [tr("Changes {count:,} of {people}.", count=len(self.changed), people=_people(count))]
        if self.unchanged:
            parts.append(counted(self.unchanged, "{n} is so already.", "{n} are so already."))
        if self.cannot:
            each = [f"{one.name} ({one.id}) {one.why}" for one in self.cannot[:SHOWN]]
            more = tr("; and {count:,} more", count=len(self.cannot) - SHOWN) if len(self.cannot) > SHOWN else ""
            parts.append(
                tr("{count:,} cannot: {names}{more}.", count=len(self.cannot), names="; ".join(each), more=more)
            )
        return " ".join([*parts, *self.beware])


@dataclass(frozen=True)
class _Read:
    plan: ImportPlan[reading.PersonDraft]
    who: dict[str, Responder]
    cannot: tuple[Cannot, ...]


def preview(session: Session, codes: Iterable[str], change: Change, *, now: dt.datetime) -> Preview:
    """Return what a change of many people would do; nothing is written.

    Raises CrtError for an unknown person, field or way, and where nobody could take the value.
    """
    found = _read(session, codes, change, now=now)
    ids = tuple(draft.code for draft in found.plan.drafts)
    beware = _promised(session, [found.who[code] for code in ids], change, now=now)
    return Preview(_label(change, len(ids)), ids, found.plan.unchanged, found.cannot, beware)


def set_many(
    session: Session, codes: Iterable[str], change: Change, *, now: dt.datetime, skip_bad: bool = False
) -> int:
    """Change one field of many people and return of how many it changed.

    Raises what `preview` does, and CrtError naming those who cannot take it unless they are to be left out.
    """
    found = _read(session, codes, change, now=now)
    if found.cannot and not skip_bad:
        ids = tuple(draft.code for draft in found.plan.drafts)
        told = Preview("", ids, found.plan.unchanged, found.cannot, ())
        raise CrtError(
            tr("Nothing was changed. {sentence} Leave them out, or choose another value.", sentence=told.sentence())
        )
    reading.write(session, found.plan)
    return len(found.plan.drafts)


def _label(change: Change, count: int) -> str:
    """Return what a change is called in the journal, such as "Set role of 14 people to lead"."""
    words, of, value = person_acts.field_words(change.field), _people(count), change.value.strip()
    value = value.casefold() if change.field in BY_NAME and BY_NAME[change.field].choices else value
    if change.way != "set":
        if change.way == "add":
            return tr("Add {value} to the {words} of {of}", value=value, words=words, of=of)
        return tr("Take {value} from the {words} of {of}", value=value, words=words, of=of)
    until = tr(" until {until}", until=change.until.strip()) if change.until.strip() else ""
    return (
        tr("Set {words} of {of} to {value}{until}", words=words, of=of, value=value, until=until)
        if value
        else tr("Empty {words} of {of}", words=words, of=of)
    )


def _set(_: Session, count: int, __: Iterable[str], change: Change, **___: Any) -> str:
    return _label(change, count)


SET_MANY = Act(set_many, _set, names_answer=True)


def _people(count: int) -> str:
    return counted(count, "{n} person", "{n} people")


def _read(session: Session, codes: Iterable[str], change: Change, *, now: dt.datetime) -> _Read:
    """Read the change as a file of one row a person would be read, without those who cannot take it."""
    _refuse_odd(change)
    who = _named(session, codes)
    cells = _Cells(session, change)
    cannot = {code: why for code, row in who.items() if (why := _why_not(row, change))}
    rows = [(row, cells.of(row)) for code, row in who.items() if code not in cannot]
    if not rows:
        raise CrtError(tr("Nobody of them can: {told}.", told=_told(who, cannot)))
    header = tuple(rows[0][1])
    lines = tuple(Row(line, each) for line, (_, each) in enumerate(rows, start=1))
    plan = reading.read(session, Sheet(Path("people"), header, lines), {}, now=now, date_order="us", is_typed=True)
    for bad in plan.bad:
        cannot[rows[bad.line - 1][0].code] = person_acts.fault(bad).sentence.rstrip(".")
    if not plan.drafts and not plan.unchanged:
        raise Refused(*{one.sentence: one for one in map(person_acts.fault, plan.bad)}.values())
    return _Read(plan, who, tuple(Cannot(code, who[code].name, why) for code, why in cannot.items()))


def _told(who: Mapping[str, Responder], cannot: Mapping[str, str]) -> str:
    each = [f"{who[code].name} ({code}) {why}" for code, why in cannot.items()]
    more = tr("; and {count:,} more", count=len(each) - SHOWN) if len(each) > SHOWN else ""
    return f"{'; '.join(each[:SHOWN])}{more}"


def _refuse_odd(change: Change) -> None:
    """Raise CrtError for a field that people cannot have in common, and a way that does not fit it."""
    if change.field not in FIELDS and not change.field.startswith(CREDENTIAL):
        raise CrtError(
            tr(
                "{field!r} is no field to set for many people at once. The fields are: {names} and {credential}NAME.",
                field=change.field,
                names=", ".join(FIELDS),
                credential=CREDENTIAL,
            )
        )
    if change.way not in WAYS or (change.way != "set" and change.field not in LISTS):
        raise CrtError(
            tr(
                "{field} holds one value: set it. Lists are: {names}.",
                field=person_acts.field_words(change.field),
                names=", ".join(LISTS),
            )
        )
    if change.way != "set" and not change.value.strip():
        raise CrtError(tr("Say what to {way}.", way=change.way))
    if change.until.strip() and (change.field != "status" or change.value.strip().casefold() == "active"):
        raise CrtError(tr("Only a leave, or being inactive, has a last day. Leave it out."))


def _named(session: Session, codes: Iterable[str]) -> dict[str, Responder]:
    wanted = list(dict.fromkeys(codes))
    there = {row.code: row for row in session.scalars(select(Responder))}
    lost = [code for code in wanted if code not in there]
    if lost:
        raise CrtError(tr("Nobody has the id {lost!r}.", lost=lost[0]), remedies.LIST_PEOPLE)
    if not wanted:
        raise CrtError(tr("Choose somebody first."))
    return {code: there[code] for code in wanted}


def _why_not(row: Responder, change: Change) -> str:
    """Return why a person cannot take a change, whatever its value is; nothing where they may."""
    if change.field == "role" and row.kind == "clergy":
        return tr("is clergy, who have no other role")
    return ""


class _Cells:
    """What a change says of each person, written as a file would."""

    def __init__(self, session: Session, change: Change) -> None:
        self._session, self._change = session, change
        self._field, self._value = change.field, change.value.strip()
        if change.field.startswith(CREDENTIAL):
            self._field = CREDENTIAL + person_acts.kind_named(session, change.field.removeprefix(CREDENTIAL))
            if not self._value:
                raise CrtError(tr("Type the credential's last valid day as 2027-01-31, or forever; no takes it away."))
        self._areas = {area.id: area.name for area in session.scalars(select(Area))}
        self._served = self._read_served() if change.field == "areas" else {}
        self._spelled = languages_of(session) if change.field == "languages" else {}

    def _read_served(self) -> dict[int, list[str]]:
        """Return the areas that each person serves beside the home area, by row number."""
        found: dict[int, list[str]] = {}
        for number, area in self._session.execute(select(ResponderArea.responder_id, ResponderArea.area_id)):
            found.setdefault(number, []).append(self._areas[area])
        return found

    def of(self, row: Responder) -> dict[str, str]:
        """Return the cells of one person."""
        cells = {"id": row.code, "name": row.name, self._field: self._value}
        if self._change.way != "set":
            cells[self._field] = "; ".join(self._list(row))
        if self._field == "status":
            cells["status_until"] = self._change.until.strip()
        if self._field == "home_area":
            cells["home_division"] = person_acts.division_inside(self._session, row, self._value)
        return cells

    def _list(self, row: Responder) -> list[str]:
        """Return a person's list with the value's parts added, or without them."""
        there, said = self._there(row), self._said()
        known = {part.casefold() for part in there}
        if self._change.way == "add":
            return [*there, *(part for part in said if part.casefold() not in known)]
        gone = {part.casefold() for part in said}
        return [part for part in there if part.casefold() not in gone]

    def _said(self) -> list[str]:
        if self._field == "languages":
            found = spoken(self._value, self._spelled)
            return [*found.languages, *found.unknown]
        return [part.strip() for part in self._value.split(";") if part.strip()]

    def _there(self, row: Responder) -> list[str]:
        if self._field != "areas":
            return list(getattr(row, self._field))
        return self._served.get(row.id, [])


def _promised(session: Session, rows: list[Responder], change: Change, *, now: dt.datetime) -> tuple[str, ...]:
    """Say what was promised of people who would be away then, or no longer lead: it stays until it is changed."""
    value = change.value.strip().casefold()
    is_away = change.field == "status" and value != "active"
    if not (is_away or change.field == "role") or not rows:
        return ()
    today = times.local(now, programme_of(session).zone).date()
    query = (
        select(Assignment.responder_id, Shift.date, Assignment.role)
        .join(Shift, Assignment.shift_id == Shift.id)
        .where(Shift.date >= today, Assignment.state.in_(("told", "confirmed")))
    )
    until, wanted = change.until.strip(), {row.id for row in rows}
    found = [
        number
        for number, day, role in session.execute(query)
        if number in wanted and ((not until or str(day) <= until) if is_away else "lead" in role and value != "lead")
    ]
    if not found:
        return ()
    names = [row.name for row in rows if row.id in set(found)]
    more = tr(" and {count:,} more", count=len(names) - SHOWN) if len(names) > SHOWN else ""
    shifts = counted(len(found), "{n} shift", "{n} shifts")
    return (
        tr(
            "Promised already: {shifts} from today on, of {names}{more}. They stay on the roster until "
            "somebody else is found for them.",
            shifts=shifts,
            names=", ".join(names[:SHOWN]),
            more=more,
        ),
    )


__all__ = [
    "CREDENTIAL",
    "FIELDS",
    "LISTS",
    "NOT_HELD",
    "SET_MANY",
    "WAYS",
    "Cannot",
    "Change",
    "Preview",
    "preview",
    "set_many",
]
