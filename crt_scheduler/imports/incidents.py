"""Incidents from a file: when and where the team was asked for, each known again when its file comes a second time."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field, fields, replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from crt_scheduler import many, times
from crt_scheduler.calls import numbers
from crt_scheduler.imports import dates, log_health
from crt_scheduler.imports.city import City, city
from crt_scheduler.imports.plan import BadRow, Columns, ImportPlan, Reader, columns
from crt_scheduler.programmes import programme_of
from crt_scheduler.sheets import Sheet
from crt_scheduler.tables import Incident

FIELDS = ("number", "timestamp", "area", "division", "type", "agency", "duration_min")
LONGEST = 7 * 24 * 60
AHEAD = dt.timedelta(days=366)
"""How far after now a timestamp is only remarked upon (a plan made early, a sample city); later ones are refused."""


@dataclass(frozen=True, slots=True)
class IncidentDraft:
    """One request for the team; `at` is UTC, and `key` tells the same incident in a later import."""

    key: str
    number: str
    at: dt.datetime
    area_id: int
    division_id: int | None
    type: str
    agency: str
    duration_minutes: int | None


_NAMES = tuple(each.name for each in fields(IncidentDraft))


@dataclass(frozen=True)
class _Setting:
    places: City
    zone: str
    order: str
    now: dt.datetime


def read(
    session: Session,
    sheet: Sheet,
    mapping: dict[str, str],
    *,
    now: dt.datetime,
    date_order: str | None = None,
    row_per_victim: bool = False,
) -> ImportPlan[IncidentDraft]:
    """Read incidents against the records and plan what to add or change.

    An incident with a number is known by it, another by time, area, type and its rank among equals; with
    `row_per_victim` rows equal in all that is read are one incident. Raises CrtError for a missing column or dates of
    no certain order.
    """
    required = ("timestamp",) if "division" in mapping or _has(sheet, "division") else ("timestamp", "area")
    held = columns(sheet, mapping, known=FIELDS, required=required)
    orders = dates.orders(held, ("timestamp",), date_order)
    setting = _Setting(city(session), programme_of(session).zone, orders["timestamp"], now)
    there = _there(session)
    found = _taken(held, setting, there, row_per_victim=row_per_victim)
    taken, repeated = found.drafts, found.repeated
    fresh = [draft for draft in taken if draft.key not in there]
    known = [_filled(held, draft, there[draft.key]) for draft in taken if draft.key in there]
    changed = [draft for draft in known if draft != there[draft.key]]
    return ImportPlan(
        new=len(fresh),
        changed=len(changed),
        unchanged=len(known) - len(changed) + repeated,
        bad=tuple(found.bad),
        drafts=(*fresh, *changed),
        notes=(*_early(fresh, now), *found.notes(), *_health(taken, setting), *held.notes()),
    )


def _health(drafts: list[IncidentDraft], setting: _Setting) -> tuple[str, ...]:
    """Return what looks wrong with the file as a whole: clock, missing times, duplicates, gaps, half-empty years."""
    calls = [(draft.at, (draft.area_id, draft.type)) for draft in drafts]
    return log_health.of_calls(calls, zone=setting.zone, now=setting.now)


def _early(drafts: list[IncidentDraft], now: dt.datetime) -> tuple[str, ...]:
    early = sum(draft.at > now for draft in drafts)
    return (f"{early:,} {'lies' if early == 1 else 'lie'} in the future: check the dates.",) if early else ()


@dataclass
class _Found:
    """The incidents of the good rows, how many rows tell one of them again, and the faults of the others."""

    drafts: list[IncidentDraft] = field(default_factory=list)
    repeated: int = 0
    alike: int = 0
    """Rows without a number that have time, place and type of another one: a row for each victim?"""
    bad: list[BadRow] = field(default_factory=list)

    def notes(self) -> tuple[str, ...]:
        """Say which rows tell an incident again, and offer to take those of victims for one."""
        found = []
        if self.repeated:
            rows = "1 row tells" if self.repeated == 1 else f"{self.repeated:,} rows tell"
            found.append(f"{rows} the same incident as another row and {_is(self.repeated)} counted once.")
        if self.alike:
            rows = "1 row has" if self.alike == 1 else f"{self.alike:,} rows have"
            found.append(
                f"{rows} the time, area and type of another row, as where each victim has a row; each counts as an "
                "incident. If they are the same ones, import with --row-per-victim."
            )
        return tuple(found)


def _is(count: int) -> str:
    return "is" if count == 1 else "are"


def _taken(
    held: Columns, setting: _Setting, there: dict[str, IncidentDraft], *, row_per_victim: bool = False
) -> _Found:
    """Return what the rows of a file hold."""
    found = _Found()
    drafts, bad = found.drafts, found.bad
    ranks: Counter[str] = Counter()
    numbered: dict[str, tuple[int, IncidentDraft]] = {}
    spelled = numbers.spellings(key for key in there if key.startswith("n:"))
    for row in held.sheet.rows:
        reader = Reader(held, row)
        draft = _draft(reader, setting, ranks)
        if draft is not None and draft.number:
            draft = _as_spelled(draft, spelled)
            line, first = numbered.setdefault(draft.key, (row.line, draft))
            if first is not draft and first == draft:
                found.repeated += 1
                continue
            if first is not draft:
                reader.refuse("number", f"another incident bears it on line {line}; correct one of them")
        if draft is not None and not draft.number:
            is_alike = not draft.key.endswith("/1")
            if is_alike and row_per_victim:
                found.repeated += 1
                continue
            found.alike += is_alike
        if draft is not None and not reader.bad:
            drafts.append(draft)
        bad += reader.bad
    return found


def _as_spelled(draft: IncidentDraft, spelled: dict[str, str]) -> IncidentDraft:
    """Return a numbered incident with its number as the records, or an earlier row, spell it: K-1 is k-1."""
    key = spelled.get(draft.key) or spelled.setdefault(numbers.folded(draft.key), draft.key)
    return draft if key == draft.key else replace(draft, key=key, number=key.removeprefix("n:"))


def _filled(held: Columns, draft: IncidentDraft, known: IncidentDraft) -> IncidentDraft:
    """Return the draft with what the records know of fields that the file has no column for."""
    kept: dict[str, Any] = {}
    if not held.has("division") and draft.area_id == known.area_id:
        kept["division_id"] = known.division_id
    if not held.has("agency"):
        kept["agency"] = known.agency
    if not held.has("duration_min"):
        kept["duration_minutes"] = known.duration_minutes
    return replace(draft, **kept) if kept else draft


def _has(sheet: Sheet, name: str) -> bool:
    return name in (column.casefold() for column in sheet.header)


def _there(session: Session) -> dict[str, IncidentDraft]:
    of = Incident
    found = session.execute(
        select(of.key, of.number, of.at, of.area_id, of.division_id, of.type, of.agency, of.duration_minutes)
    )
    return {values[0]: IncidentDraft(*values) for values in found}


def _draft(reader: Reader, setting: _Setting, ranks: Counter[str]) -> IncidentDraft | None:
    at = _moment(reader, setting)
    area = setting.places.area(reader, "area")
    division = setting.places.division(reader, "division", area)
    if area is None and division is not None:
        area = division[1]
    if area is None and not reader.bad:
        reader.refuse("area", "an incident needs an area or a division")
    duration = _duration(reader)
    if reader.bad or area is None or at is None:
        return None
    number, kind = reader.text("number"), reader.text("type") or "other"
    return IncidentDraft(
        key=_key(number, at, area, kind, ranks),
        number=number,
        at=at,
        area_id=area,
        division_id=division and division[0],
        type=kind,
        agency=reader.text("agency"),
        duration_minutes=duration,
    )


def _key(number: str, at: dt.datetime, area: int, kind: str, ranks: Counter[str]) -> str:
    if number:
        return f"n:{number}"
    place = f"t:{at:%Y-%m-%dT%H:%M:%SZ}/{area}/{kind.casefold()}"
    ranks[place] += 1
    return f"{place}/{ranks[place]}"


def _moment(reader: Reader, setting: _Setting) -> dt.datetime | None:
    text = reader.text("timestamp")
    if not text:
        reader.refuse("timestamp", "an incident needs its date and time")
        return None
    try:
        at = dates.moment_in(text, setting.order, setting.zone)
    except (ValueError, OverflowError) as fault:
        reader.refuse("timestamp", str(fault))
        return None
    if at > setting.now + AHEAD:
        reader.refuse(
            "timestamp", f"lies more than a year after today, {times.local(setting.now, setting.zone):%Y-%m-%d}"
        )
    return at


def _duration(reader: Reader) -> int | None:
    reason = f"is not a number of minutes from 0 to {LONGEST}"
    minutes = reader.number("duration_min", least=0, most=LONGEST, reason=reason)
    return None if minutes is None else round(minutes)


def write(session: Session, plan: ImportPlan[IncidentDraft]) -> None:
    """Add and change the planned incidents."""
    there: dict[str, Incident] = {}
    if plan.changed:
        wanted = {draft.key for draft in plan.drafts}
        there = {row.key: row for row in session.scalars(select(Incident)) if row.key in wanted}
    fresh: list[dict[str, Any]] = []
    for draft in plan.drafts:
        row = there.get(draft.key)
        if row is None:
            fresh.append(_values(draft))
            continue
        for name, value in _values(draft).items():
            setattr(row, name, value)
    many.add(session, Incident, fresh)
    session.flush()


def _values(draft: IncidentDraft) -> dict[str, Any]:
    return {name: getattr(draft, name) for name in _NAMES}
