"""Hours from a file: whose, of what kind, when and at which call; the same file twice changes nothing."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from crt_scheduler import many
from crt_scheduler.errors import CrtError
from crt_scheduler.hours import typed
from crt_scheduler.hours.rows import calls_by_name, rows
from crt_scheduler.hours.taken import Taken
from crt_scheduler.hours.values import CALL_KINDS, STATES, TRAVEL, EntryRow, Stretch, kind_of, kind_words
from crt_scheduler.imports import dates
from crt_scheduler.imports.incidents import AHEAD
from crt_scheduler.imports.plan import BadRow, ImportPlan, Reader, columns
from crt_scheduler.programmes import programme_of
from crt_scheduler.sheets import Sheet
from crt_scheduler.tables import HoursEntry, Responder

FIELDS = ("person", "kind", "start", "end", "minutes", "call", "state")
_PARTS = {"date": "start", "start": "start", "end": "end", "minutes": "minutes"}


@dataclass(frozen=True, slots=True)
class HoursDraft:
    """One entry to write: its values, and the number of the entry it changes (None: a new one)."""

    entry: int | None
    responder_id: int
    kind: str
    stretch: Stretch
    call_id: int | None
    state: str
    key: str


@dataclass
class _Setting:
    zone: str
    now: dt.datetime
    order: str
    people: dict[str, tuple[int, str]]
    calls: dict[str, int]
    by_key: dict[str, EntryRow]
    by_start: dict[tuple[str, str, dt.datetime], EntryRow]
    taken: Taken
    ranks: Counter[str]
    lines: dict[str, int]


def read(
    session: Session, sheet: Sheet, mapping: dict[str, str], *, now: dt.datetime, date_order: str | None = None
) -> ImportPlan[HoursDraft]:
    """Read hours against the records and plan what to add or change.

    An entry is known by person, kind and start, one at a call by the call, one without times by its date and minutes.
    Raises CrtError for a missing column or dates of no certain order.
    """
    held = columns(sheet, mapping, known=FIELDS, required=("person", "kind", "start"))
    order = dates.orders(held, ("start", "end"), date_order).get("start", "iso")
    setting = _setting(session, now, order)
    drafts: list[HoursDraft] = []
    bad: list[BadRow] = []
    unchanged = 0
    for row in sheet.rows:
        reader = Reader(held, row)
        draft, is_known = _draft(reader, setting)
        bad += reader.bad
        if draft is not None and not is_known:
            drafts.append(draft)
        unchanged += is_known
    new = sum(draft.entry is None for draft in drafts)
    return ImportPlan(
        new, len(drafts) - new, unchanged, tuple(bad), tuple(drafts), notes=(*_early(drafts, now), *held.notes())
    )


def _early(drafts: list[HoursDraft], now: dt.datetime) -> tuple[str, ...]:
    """Remark on hours in the future, as of incidents; those more than a year ahead are refused."""
    early = sum((draft.stretch.end or now) > now for draft in drafts)
    return (f"{early:,} {'lies' if early == 1 else 'lie'} in the future: check the dates.",) if early else ()


def _setting(session: Session, now: dt.datetime, order: str) -> _Setting:
    there = rows(session)
    people = select(Responder.id, Responder.code)
    return _Setting(
        zone=programme_of(session).zone,
        now=now,
        order=order,
        people={code.casefold(): (number, code) for number, code in session.execute(people)},
        calls=calls_by_name(session),
        by_key={row.key: row for row in there},
        by_start={(row.person, row.kind, row.start): row for row in there if row.start is not None},
        taken=Taken(there),
        ranks=Counter(),
        lines={},
    )


def _draft(reader: Reader, setting: _Setting) -> tuple[HoursDraft | None, bool]:
    """Return what a row says, and whether the records say the same already."""
    who = setting.people.get(reader.text("person").casefold())
    if who is None:
        reader.refuse("person", "no person has this id; import people first, or correct it")
    kind = _kind(reader)
    call = _call(reader, setting)
    state = reader.one_of("state", STATES, "logged")
    stretch = _stretch(reader, setting)
    if reader.bad or who is None or stretch is None:
        return None, False
    key, there = _known(setting, who, kind, stretch, call)
    if key in setting.lines:
        reader.refuse("start", f"the same hours are on line {setting.lines[key]}; delete one of the two")
        return None, False
    clash = stretch.start and stretch.end and setting.taken.clash(who[1], kind, stretch.start, stretch.end, but=key)
    if clash:
        where = f"on line {setting.lines[clash[2]]}" if clash[2] in setting.lines else "in the records"
        reader.refuse("start", f"overlaps other {kind_words(kind)} hours of the same person {where}")
        return None, False
    setting.lines[key] = reader.row.line
    if stretch.start and stretch.end:
        setting.taken.put(who[1], kind, stretch.start, stretch.end, key)
    draft = HoursDraft(there.id if there else None, who[0], kind, stretch, call, state, key)
    return draft, there is not None and _same(there, draft, setting)


def _same(there: EntryRow, draft: HoursDraft, setting: _Setting) -> bool:
    when = Stretch(there.date, there.start, there.end, there.minutes)
    call = setting.calls.get(there.call.casefold()) if there.call else None
    return (when, call, there.state) == (draft.stretch, draft.call_id, draft.state)


def _kind(reader: Reader) -> str:
    try:
        return kind_of(reader.text("kind"))
    except CrtError as fault:
        reader.refuse("kind", str(fault))
        return ""


def _call(reader: Reader, setting: _Setting) -> int | None:
    text = reader.text("call")
    found = setting.calls.get(text.casefold()) if text else None
    if text and found is None:
        reader.refuse("call", "there is no such call; import calls first, or correct the number")
    return found


def _stretch(reader: Reader, setting: _Setting) -> Stretch | None:
    start, end, minutes = reader.text("start"), reader.text("end"), reader.text("minutes")
    stretch, faults = typed.read(
        start=start, end=end, minutes=minutes, zone=setting.zone, now=setting.now + AHEAD, order=setting.order
    )
    for fault in faults:
        reader.refuse(_PARTS[fault.part], fault.sentence)
    return stretch


def _known(
    setting: _Setting, who: tuple[int, str], kind: str, stretch: Stretch, call: int | None
) -> tuple[str, EntryRow | None]:
    """Return the key of a row, and the entry of the records that it is."""
    if stretch.start is not None:
        there = setting.by_start.get((who[1], kind, stretch.start))
        if there is not None:
            return there.key, there
    if call is not None and kind in CALL_KINDS:
        key = f"call:{call}:{who[0]}:{kind}"
        if key in setting.lines and kind == TRAVEL:
            key += "_back"
        return key, setting.by_key.get(key)
    when = stretch.date.isoformat() if stretch.start is None else f"{stretch.start:%Y-%m-%dT%H:%MZ}"
    key = f"file:{who[0]}:{kind}:{when}"
    if stretch.start is None:
        setting.ranks[f"{key}/{stretch.minutes}"] += 1
        key += f"/{stretch.minutes}/{setting.ranks[f'{key}/{stretch.minutes}']}"
    return key, setting.by_key.get(key)


def write(session: Session, plan: ImportPlan[HoursDraft]) -> None:
    """Add and change the planned entries."""
    there: dict[int, HoursEntry] = {}
    if plan.changed:
        wanted = {draft.entry for draft in plan.drafts}
        there = {row.id: row for row in session.scalars(select(HoursEntry)) if row.id in wanted}
    fresh: list[dict[str, Any]] = []
    for draft in plan.drafts:
        if draft.entry is None:
            fresh.append(_values(draft))
            continue
        for name, value in _values(draft).items():
            setattr(there[draft.entry], name, value)
    many.add(session, HoursEntry, fresh)
    session.flush()


def _values(draft: HoursDraft) -> dict[str, Any]:
    when = draft.stretch
    return {
        "responder_id": draft.responder_id, "kind": draft.kind, "date": when.date, "start": when.start,
        "end": when.end, "minutes": when.minutes, "call_id": draft.call_id, "state": draft.state,
        "approved_by": "import" if draft.state == "approved" else "", "key": draft.key,
    }  # fmt: skip
