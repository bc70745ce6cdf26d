"""Calls from a file: each one hung on its incident, with who went; a file read twice changes nothing."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from crt_scheduler import call_numbers, dates, times
from crt_scheduler.call_words import order_fault
from crt_scheduler.care import hard_calls
from crt_scheduler.file_field import Field
from crt_scheduler.imports import cases, date_orders
from crt_scheduler.imports.calls_rows import CallLine, known, write
from crt_scheduler.imports.change_plan import BadRow, ImportPlan, Reader, columns
from crt_scheduler.imports.incidents_file import AGENCY, AHEAD, AREA, DIVISION, TYPE
from crt_scheduler.imports.kind_value import Kind
from crt_scheduler.imports.named_areas import City, city
from crt_scheduler.imports.several import people_in
from crt_scheduler.programmes import customs, programme_of
from crt_scheduler.sheets import Sheet
from crt_scheduler.tables import Responder
from solver.wording import mark, tr

__all__ = ["KIND", "CallLine", "known", "read", "write"]

FIELDS = (
    Field("number", mark("Number"), "id", ("number", "incident number", "incident", "case number", "call number")),
    Field(
        "timestamp", mark("Date and time"), "moment",
        ("timestamp", "time", "date time", "datetime", "incident time", "date"),
    ),
    AREA,
    DIVISION,
    TYPE,
    AGENCY,
    Field("notified", mark("Notified"), "moment", ("notified", "time notified", "call received")),
    Field("dispatched", mark("Dispatched"), "moment", ("dispatched", "called out", "time dispatched")),
    Field("on_scene", mark("On scene"), "moment", ("on scene", "arrived", "time on scene")),
    Field("clear", mark("Clear"), "moment", ("clear", "cleared", "time clear")),
    Field("people_served", mark("People served"), "number", ("people served", "served", "survivors served")),
    Field("responders", mark("Responders"), "people", ("responders", "team", "volunteers", "responded")),
    Field("hard", mark("Why it was hard"), "text", ("hard", "hard_call", "hard call")),
)  # fmt: skip
MOMENTS = tuple(field.name for field in FIELDS if field.cell == "moment")
NEEDED = ("number", "timestamp", "area")
MOST_SERVED = 10_000


@dataclass(frozen=True)
class _Setting:
    places: City
    people: dict[str, tuple[int, str]]
    zone: times.Zone
    orders: dict[str, dates.Order]
    now: dt.datetime
    hard: dict[str, str]
    """The kinds of hard calls by folded name."""


def read(
    session: Session, sheet: Sheet, mapping: dict[str, str], *, now: dt.datetime, date_order: str | None = None
) -> ImportPlan[CallLine]:
    """Read calls against the records and plan what to add or change.

    Rows of one number that are equal but for who went are one call, other ones of it further cases (`cases.told`).
    Raises CrtError for a missing column or dates of no certain order.
    """
    held = columns(sheet, mapping, known=FIELDS, required=NEEDED)
    present = tuple(name for name in MOMENTS if held.has(name))
    people = _people(session)
    orders = date_orders.orders(held, present, date_order)
    kinds = {kind.casefold(): kind for kind in hard_calls.kinds(session)}
    setting = _Setting(city(session), people, customs.zone_of(programme_of(session)), orders, now, kinds)
    drafts: list[CallLine] = []
    bad: list[BadRow] = []
    for row in sheet.rows:
        reader = Reader(held, row)
        line = _line(reader, setting)
        bad += reader.bad
        if line is not None and not reader.bad:
            drafts.append(line)
    there = known(session)
    found = cases.told(drafts, there)
    kept = [_filled(line, there.get((line.number, line.case))) for line in found.lines]
    fresh = [line for line in kept if (line.number, line.case) not in there]
    changed = [line for line in kept if there.get((line.number, line.case), line) != line]
    same = len(kept) - len(fresh) - len(changed) + found.repeated + found.joined
    notes = tuple(found.notes())
    return ImportPlan(len(fresh), len(changed), same, tuple(bad), (*fresh, *changed), notes=notes, unused=held.unused())


def _people(session: Session) -> dict[str, tuple[int, str]]:
    """Return row numbers and roles of people by folded id, and by name where one person alone bears it."""
    who = select(Responder.code, Responder.name, Responder.id, Responder.kind, Responder.role)
    coded: dict[str, tuple[int, str]] = {}
    named: dict[str, list[tuple[int, str]]] = {}
    for code, name, number, kind, role in session.execute(who):
        coded[code.casefold()] = (number, "clergy" if kind == "clergy" else role)
        named.setdefault(" ".join(name.split()).casefold(), []).append(coded[code.casefold()])
    return {name: found[0] for name, found in named.items() if len(found) == 1} | coded


def _line(reader: Reader, setting: _Setting) -> CallLine | None:
    """Return the call of a row, as if it were the only one of its number."""
    number, area = call_numbers.plain(reader.text("number")), setting.places.area(reader, "area")
    if not number:
        reader.refuse("number", tr("a call needs its incident number"))
    division = setting.places.division(reader, "division", area)
    moments = {name: _moment(reader, name, setting) for name in MOMENTS}
    at = moments["timestamp"]
    if at is None and not reader.text("timestamp"):
        reader.refuse("timestamp", tr("a call needs its date and time"))
    if area is None and not reader.text("area"):
        reader.refuse("area", tr("a call needs its area"))
    served, went, why = _served(reader), _went(reader, setting), _hard(reader, setting)
    if reader.bad or at is None or area is None:
        return None
    notified = moments["notified"] or at
    steps = [("timestamp", at), ("notified", notified)]
    steps += [(name, one) for name in MOMENTS[2:] if (one := moments[name]) is not None]
    for (before, earlier), (name, later) in pairwise(steps):
        if order_fault(before, earlier, name, later, setting.zone):
            reader.refuse(name, tr("is before {before}; correct one of them", before=before))
    return CallLine(
        number=number, case=1, at=at, area_id=area, division_id=division and division[0],
        type=reader.text("type") or "other", agency=reader.text("agency"), notified=notified,
        dispatched=moments["dispatched"], on_scene=moments["on_scene"], clear=moments["clear"], served=served, hard=why,
        responders=tuple(one for one, _ in went), roles=tuple(role for _, role in went),
    )  # fmt: skip


def _moment(reader: Reader, name: str, setting: _Setting) -> dt.datetime | None:
    text = reader.text(name)
    if not text:
        return None
    try:
        at = dates.moment_in(text, setting.orders[name], setting.zone)
    except (ValueError, OverflowError) as fault:
        reader.refuse(name, str(fault))
        return None
    if at > setting.now + AHEAD:
        reader.refuse(name, tr("lies more than a year ahead; check the year"))
    return at


def _served(reader: Reader) -> int | None:
    reason = tr("is not a number of people from 0 to {most_served:,}", most_served=MOST_SERVED)
    served = reader.number("people_served", least=0, most=MOST_SERVED, reason=reason)
    if served is None or served.is_integer():
        return None if served is None else int(served)
    reader.refuse("people_served", reason)
    return None


def _went(reader: Reader, setting: _Setting) -> list[tuple[int, str]]:
    found = people_in(reader.text("responders"), lambda said: _person(setting, said))
    for said in found.unknown:
        reader.refuse("responders", tr("no person has this id or name; import people first, or correct it"), said)
    return sorted(found.people)


def _person(setting: _Setting, said: str) -> tuple[int, str] | None:
    """Return whom an id or a name means: row number and role at a call."""
    return setting.people.get(said.casefold())


def _hard(reader: Reader, setting: _Setting) -> str:
    """Return why a call was hard, as the programme spells it."""
    text = reader.text("hard")
    if text and text.casefold() not in setting.hard:
        kinds = ", ".join(setting.hard.values()) or tr("none yet")
        reader.refuse("hard", tr("is no kind of hard call; there are: {kinds}", kinds=kinds), text)
    return setting.hard.get(text.casefold(), "")


def _filled(line: CallLine, there: CallLine | None) -> CallLine:
    """Return the line with what the records know of fields that the file has no column for, or leaves empty."""
    if there is None:
        return line
    kept: dict[str, Any] = {"roles": there.roles} if there.responders == line.responders else {}
    if not line.responders:
        kept |= {"responders": there.responders, "roles": there.roles}
    if line.case > 1:  # the place is the first case's
        kept |= {name: getattr(there, name) for name in ("at", "area_id", "division_id", "type", "agency")}
    for name in ("dispatched", "on_scene", "clear", "served", "division_id"):
        if getattr(line, name) is None:
            kept[name] = getattr(there, name)
    if not line.hard:
        kept["hard"] = there.hard
    if not line.agency and line.case == 1:
        kept["agency"] = there.agency
    return replace(line, **kept)


KIND = Kind(
    "calls", mark("Calls"), mark("calls"), FIELDS, NEEDED, read, write, things=(mark("1 call"), mark("{} calls"))
)
