"""Incidents from a file: when and where the team was asked for, each known again when its file comes a second time."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields, replace
from itertools import islice
from operator import attrgetter
from typing import Any

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import Session

from crt_scheduler import call_numbers, dates, new_rows, remedies, times
from crt_scheduler.file_field import Field
from crt_scheduler.imports import date_orders, log_health
from crt_scheduler.imports.change_plan import BadRow, Columns, ImportPlan, Reader, columns
from crt_scheduler.imports.kind_value import Kind
from crt_scheduler.imports.named_areas import City, city
from crt_scheduler.packed import BLOCK, Both, Packed
from crt_scheduler.programmes import customs, programme_of
from crt_scheduler.sheets import Sheet
from crt_scheduler.tables import Incident
from solver.wording import counted, mark, tr

AREA = Field("area", mark("Area"), "area", ("area", "bureau", "zone", "region"), "area")
DIVISION = Field(
    "division", mark("Division"), "division", ("division", "police division", "station", "district"), "division"
)
TYPE = Field("type", mark("Type"), "named", ("type", "incident type", "category", "nature", "call type"))
AGENCY = Field("agency", mark("Agency"), "named", ("agency", "requesting agency", "requested by", "department"))
FIELDS = (
    Field("number", mark("Number"), "id", ("number", "incident number", "incident", "case number", "id", "no")),
    Field(
        "timestamp", mark("Date and time"), "moment",
        ("timestamp", "time", "date time", "datetime", "incident time", "date", "reported", "call time"),
    ),
    AREA,
    DIVISION,
    TYPE,
    AGENCY,
    Field(
        "duration_min", mark("Minutes"), "number",
        ("duration min", "duration", "minutes", "duration minutes", "length"),
    ),
)  # fmt: skip
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


@dataclass
class _Skipped:
    """The times of a log that its zone's clocks skipped, as when a program's clock knows no summer time."""

    count: int = 0
    first: str = ""

    def note(self, words: str) -> None:
        """Count one."""
        self.count += 1
        self.first = self.first or words

    def remarks(self) -> tuple[str, ...]:
        """Return a remark on them, if there are any."""
        if not self.count:
            return ()
        return (
            counted(
                self.count,
                "{n} call lies at a time that the clocks skipped ({first}) and is "
                "taken an hour later: the log's clock may not follow summer time.",
                "{n} calls lie at a time that the clocks skipped ({first}) and are "
                "taken an hour later: the log's clock may not follow summer time.",
                first=self.first,
            ),
        )


@dataclass(frozen=True)
class _Setting:
    places: City
    zone: times.Zone
    order: str
    now: dt.datetime
    skipped: _Skipped = field(default_factory=_Skipped)


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
    orders = date_orders.orders(held, ("timestamp",), date_order)
    setting = _Setting(city(session), customs.zone_of(programme_of(session)), orders["timestamp"], now)
    spelled = _Spelled(session)
    taken = _Taken(held, setting, spelled, row_per_victim=row_per_victim)
    fresh, changed, known = _packed(), _packed(), 0
    has_any = session.scalar(select(Incident.id).limit(1)) is not None
    for block in _blocks(taken.drafts()):
        there = _there(session, block) if has_any else {}
        for draft in block:
            if draft.key not in there:
                fresh.append(draft)
                continue
            known += 1
            filled = _filled(held, draft, there[draft.key])
            if filled != there[draft.key]:
                changed.append(filled)
    return ImportPlan(
        new=len(fresh),
        changed=len(changed),
        unchanged=known - len(changed) + taken.repeated,
        bad=tuple(taken.bad),
        drafts=Both(fresh, changed),
        notes=taken.remarks(),
        unused=held.unused(),
        offers=("row_per_victim",) if taken.has_victims else (),
    )


def _packed() -> Packed[IncidentDraft]:
    values = tuple[str, str, dt.datetime, int, int | None, str, str, int | None]
    return Packed(values, take=attrgetter(*_NAMES), make=lambda each: IncidentDraft(*each))


def _blocks(drafts: Iterable[IncidentDraft]) -> Iterator[list[IncidentDraft]]:
    waiting = iter(drafts)
    while block := list(islice(waiting, BLOCK)):
        yield block


class _Spelled:
    """The numbers of the records as they are spelled: K-1 is k-1. Those that are their own folded form are hashes."""

    def __init__(self, session: Session) -> None:
        self._plain: set[int] = set()
        self._odd: dict[str, list[str]] = {}
        for key in session.scalars(select(Incident.key).where(Incident.key.startswith("n:", autoescape=True))):
            folded = call_numbers.folded(key)
            if folded == key:
                self._plain.add(hash(key))
            else:
                self._odd.setdefault(folded, []).append(key)

    def of(self, key: str, folded: str) -> str:
        """Return the key of the records that one means, the one spelled so before others; "" for none."""
        odd = self._odd.get(folded, [])
        if key in odd or (key == folded and hash(key) in self._plain):
            return key
        return odd[0] if odd else folded if hash(folded) in self._plain else ""


class _Taken:
    """The good rows of a file as they are read, and what is noticed of all of them meanwhile."""

    def __init__(self, held: Columns, setting: _Setting, spelled: _Spelled, *, row_per_victim: bool) -> None:
        self._held, self._setting, self._spelled = held, setting, spelled
        self._row_per_victim = row_per_victim
        self._own: dict[str, str] = {}
        self._ranks: Counter[object] = Counter()
        self._numbered: dict[str, tuple[int, IncidentDraft]] = {}
        self._again = _again(held)
        self.repeated = self._alike = self._early = 0
        self.has_victims = False
        """Are there rows of one time, area and type, as where each victim has one?"""
        self.bad: list[BadRow] = []
        self._calls = log_health.Gathered()

    def drafts(self) -> Iterator[IncidentDraft]:
        """Yield the incident of each good row that does not repeat another word for word."""
        for row in self._held.sheet.rows:
            reader = Reader(self._held, row)
            draft = _draft(reader, self._setting, self._ranks)
            if draft is not None:
                draft = self._once(reader, draft)
                if draft is None:
                    self.repeated += 1
                    continue
            self.bad += reader.bad
            if draft is not None and not reader.bad:
                self._early += draft.at > self._setting.now
                self._calls.add(times.minutes(draft.at), draft.area_id, draft.type, draft.agency)
                yield draft

    def _once(self, reader: Reader, draft: IncidentDraft) -> IncidentDraft | None:
        """Return the incident with its number as it is known, or None where another row tells it already."""
        if draft.number:
            folded = call_numbers.folded(draft.key)
            is_again = hash(folded) in self._again
            key = self._spelled.of(draft.key, folded)
            key = key or (self._own.setdefault(folded, draft.key) if is_again else draft.key)
            draft = draft if key == draft.key else replace(draft, key=key, number=key.removeprefix("n:"))
            return None if is_again and self._repeats(reader, draft) else draft
        is_alike = not draft.key.endswith("/1")
        self.has_victims |= is_alike
        self._alike += is_alike and not self._row_per_victim
        return None if is_alike and self._row_per_victim else draft

    def _repeats(self, reader: Reader, draft: IncidentDraft) -> bool:
        """Does a row say what one of the same number said? One that says something else is refused."""
        line, first = self._numbered.setdefault(draft.key, (reader.row.line, draft))
        if first is draft:
            return False
        if first != draft:
            reader.refuse("number", tr("another incident bears it on line {line}; correct one of them", line=line))
        return first == draft

    def remarks(self) -> tuple[str, ...]:
        """Return what looks wrong with the file as a whole, once every row has been read."""
        setting = self._setting
        early = counted(
            self._early, "{n} lies in the future: check the dates.", "{n} lie in the future: check the dates."
        )
        health = self._calls.remarks(setting.places.area_names, zone=setting.zone, now=setting.now)
        return (*((early,) if self._early else ()), *self._told_again(), *setting.skipped.remarks(), *health)

    def _told_again(self) -> Iterator[str]:
        """Say which rows tell an incident again, and offer to take those of victims for one."""
        if self.repeated:
            yield counted(
                self.repeated,
                "{n} row tells the same incident as another row and is counted once.",
                "{n} rows tell the same incident as another row and are counted once.",
            )
        if self._alike:
            rows = tr("1 row has") if self._alike == 1 else tr("{alike:,} rows have", alike=self._alike)
            yield tr(
                "{rows} the time, area and type of another row, as where each victim has a row; each counts as "
                "an incident. {remedy}",
                rows=rows,
                remedy=remedies.ROW_PER_VICTIM.words(),
            )


def _again(held: Columns) -> frozenset[int]:
    """Return the hashes of the numbers that more than one row may bear, so that those alone are kept in mind."""
    if not held.has("number"):
        return frozenset()
    keys = (call_numbers.folded(f"n:{held.text(row, 'number')}") for row in held.sheet.rows)
    hashes = np.fromiter((hash(key) for key in keys), dtype=np.int64)
    found, counts = np.unique(hashes, return_counts=True)
    return frozenset(found[counts > 1].tolist())


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


def _there(session: Session, drafts: list[IncidentDraft]) -> dict[str, IncidentDraft]:
    """Return the incidents of the records that drafts are about, by key."""
    of = Incident
    query = select(of.key, of.number, of.at, of.area_id, of.division_id, of.type, of.agency, of.duration_minutes)
    found = session.execute(query.where(of.key.in_([draft.key for draft in drafts])))
    return {values[0]: IncidentDraft(*values) for values in found}


def _draft(reader: Reader, setting: _Setting, ranks: Counter[object]) -> IncidentDraft | None:
    at = _moment(reader, setting)
    area = setting.places.area(reader, "area")
    division = setting.places.division(reader, "division", area)
    if area is None and division is not None:
        area = division[1]
    if area is None and not reader.bad:
        reader.refuse("area", tr("an incident needs an area or a division"))
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


def _key(number: str, at: dt.datetime, area: int, kind: str, ranks: Counter[object]) -> str:
    if number:
        return f"n:{number}"
    place = (at.isoformat(), area, kind.casefold())
    rank = ranks[hash(place)] = ranks[hash(place)] + 1
    return f"t:{at:%Y-%m-%dT%H:%M:%SZ}/{area}/{kind.casefold()}/{rank}"


def _moment(reader: Reader, setting: _Setting) -> dt.datetime | None:
    text = reader.text("timestamp")
    if not text:
        reader.refuse("timestamp", tr("an incident needs its date and time"))
        return None
    try:
        at = dates.moment_in(text, setting.order, setting.zone)
    except dates.SkippedTime as skipped:
        setting.skipped.note(skipped.words)
        at = skipped.moved
    except (ValueError, OverflowError) as fault:
        reader.refuse("timestamp", str(fault))
        return None
    if at > setting.now + AHEAD:
        reader.refuse(
            "timestamp",
            tr("lies more than a year after today, {local:%Y-%m-%d}", local=times.local(setting.now, setting.zone)),
        )
    return at


def _duration(reader: Reader) -> int | None:
    reason = tr("is not a number of minutes from 0 to {longest}", longest=LONGEST)
    minutes = reader.number("duration_min", least=0, most=LONGEST, reason=reason)
    return None if minutes is None else round(minutes)


def write(session: Session, plan: ImportPlan[IncidentDraft]) -> None:
    """Add and change the planned incidents."""
    assert isinstance(plan.drafts, Both)
    for block in _blocks(plan.drafts.second):
        changed = {draft.key: draft for draft in block}
        for row in session.scalars(select(Incident).where(Incident.key.in_(list(changed)))):
            for name, value in _values(changed[row.key]).items():
                setattr(row, name, value)
        session.flush()
    new_rows.add(session, Incident, (_values(draft) for draft in plan.drafts.first))
    session.flush()


def _values(draft: IncidentDraft) -> dict[str, Any]:
    return {name: getattr(draft, name) for name in _NAMES}


KIND = Kind(
    "incidents", mark("Incidents"), mark("incidents"), FIELDS, ("timestamp", "area"), read, write,
    things=(mark("1 incident"), mark("{} incidents")),
)  # fmt: skip
