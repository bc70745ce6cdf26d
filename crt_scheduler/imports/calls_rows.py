"""The records behind a file of calls: the calls there are, and writing its calls with who went and their hours."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from crt_scheduler import call_numbers, new_rows
from crt_scheduler.calls import after
from crt_scheduler.imports.change_plan import ImportPlan
from crt_scheduler.tables import Call, CallResponder, Incident

Row = dict[str, Any]
PLACE = ("at", "area_id", "division_id", "type", "agency")
"""What an incident has from its first case."""
CHUNK = 500


@dataclass(frozen=True)
class CallLine:
    """One call of a file; instants are UTC, `responders` row numbers."""

    number: str
    case: int
    at: dt.datetime
    area_id: int
    division_id: int | None
    type: str
    agency: str
    notified: dt.datetime
    dispatched: dt.datetime | None
    on_scene: dt.datetime | None
    clear: dt.datetime | None
    served: int | None
    hard: str
    responders: tuple[int, ...]
    roles: tuple[str, ...]


def known(session: Session) -> dict[tuple[str, int], CallLine]:
    """Return the calls in the records as lines, by number and case."""
    went: dict[int, list[tuple[int, str]]] = {}
    gone = select(CallResponder.call_id, CallResponder.responder_id, CallResponder.role)
    for call, who, role in session.execute(gone.order_by(CallResponder.responder_id)):
        went.setdefault(call, []).append((who, role))
    query = select(
        Call.id, Call.number, Call.case, Incident.at, Incident.area_id, Incident.division_id, Incident.type,
        Incident.agency, Call.notified, Call.dispatched, Call.on_scene, Call.clear, Call.served, Call.hard,
    ).join(Incident, Call.incident_id == Incident.id)  # fmt: skip
    found = {}
    for row in session.execute(query).all():
        pairs = went.get(row[0], [])
        mine = (tuple(who for who, _ in pairs), tuple(role for _, role in pairs))
        values: tuple[Any, ...] = (*tuple(row)[1:], *mine)
        found[row[1], row[2]] = CallLine(*values)
    return found


def write(session: Session, plan: ImportPlan[CallLine]) -> None:
    """Add and change the planned calls, with their incidents, who went, and the hours that follow."""
    incidents = _incidents(session, plan)
    there = _there(session, plan)
    fresh = [line for line in plan.drafts if (line.number, line.case) not in there]
    added = new_rows.add(session, Call, [_new(line, incidents[line.number]) for line in fresh])
    numbers = dict(zip(((line.number, line.case) for line in fresh), added, strict=True))
    changed = [(line, row) for line in plan.drafts if (row := there.get((line.number, line.case))) is not None]
    for line, row in changed:
        row.notified, row.dispatched, row.on_scene = line.notified, line.dispatched, line.on_scene
        row.clear, row.served = line.clear, line.served
        numbers[line.number, line.case] = row.id
    _responders(session, plan, numbers, {row.id for _, row in changed})
    after.all_gone(session, list(numbers.values()), (row for _, row in changed if row.hard))
    for line, row in changed:
        row.hard = line.hard  # counts for exposure; who rests and owes a debrief now is for the lead to tick
    session.flush()


def _incidents(session: Session, plan: ImportPlan[CallLine]) -> dict[str, int]:
    """Put the places and times of the calls on their incidents, and return these by the calls' number."""
    keys = list(dict.fromkeys(f"n:{line.number}" for line in plan.drafts))
    there: dict[str, Incident] = {}
    for start in range(0, len(keys), CHUNK):
        some = Incident.key.in_(keys[start : start + CHUNK])
        there.update({row.key: row for row in session.scalars(select(Incident).where(some))})
    there |= _otherwise_spelled(session, set(keys) - set(there))
    fresh: dict[str, Row] = {}
    for line in plan.drafts:
        row = there.get(f"n:{line.number}")
        if row is None:
            values = fresh.setdefault(line.number, _new_incident(line))
            values.update(_at_incident(line, values["duration_minutes"]))
        else:
            for name, value in _at_incident(line, row.duration_minutes).items():
                setattr(row, name, value)
    session.flush()
    found = {key.removeprefix("n:"): row.id for key, row in there.items()}
    return found | dict(zip(fresh, new_rows.add(session, Incident, list(fresh.values())), strict=True))


def _otherwise_spelled(session: Session, missing: set[str]) -> dict[str, Incident]:
    """Return the incidents of keys whose number the records spell otherwise, by the keys asked for: K-1 is k-1."""
    if not missing:
        return {}
    keys = call_numbers.spellings(session.scalars(select(Incident.key).where(Incident.key.startswith("n:"))))
    spelled = {key: keys[call_numbers.folded(key)] for key in missing if call_numbers.folded(key) in keys}
    wanted, rows = list(set(spelled.values())), dict[str, Incident]()
    for start in range(0, len(wanted), CHUNK):
        some = Incident.key.in_(wanted[start : start + CHUNK])
        rows.update({row.key: row for row in session.scalars(select(Incident).where(some))})
    return {key: rows[theirs] for key, theirs in spelled.items()}


def _new_incident(line: CallLine) -> Row:
    place = {name: getattr(line, name) for name in PLACE}
    return {"key": f"n:{line.number}", "number": line.number, "duration_minutes": None, **place}


def _at_incident(line: CallLine, duration: int | None) -> Row:
    """Return what a line says of its incident, how long it took only where that is not known yet."""
    said = {name: getattr(line, name) for name in PLACE} if line.case == 1 else {}
    if line.on_scene is not None and line.clear is not None and duration is None:
        said["duration_minutes"] = int((line.clear - line.on_scene).total_seconds() // 60)
    return said


def _there(session: Session, plan: ImportPlan[CallLine]) -> dict[tuple[str, int], Call]:
    """Return the calls of the records that the file changes, by number and case."""
    if not plan.changed:
        return {}
    numbers = list(dict.fromkeys(line.number for line in plan.drafts))
    found: dict[tuple[str, int], Call] = {}
    for start in range(0, len(numbers), CHUNK):
        some = Call.number.in_(numbers[start : start + CHUNK])
        found.update({(row.number, row.case): row for row in session.scalars(select(Call).where(some))})
    return found


def _new(line: CallLine, incident: int) -> Row:
    values: Row = {column.key: None for column in Call.__table__.columns}
    known_fields = {field.name for field in fields(line)} & set(values)
    values |= {name: getattr(line, name) for name in known_fields}
    values |= {
        "incident_id": incident, "kind": "team", "unit": "", "signed_by": "", "scene": "", "language": "",
        "clergy_wanted": False, "tradition": "", "consent": False, "services": [], "referrals": [],
        "safety_issue": False, "closed": line.clear or line.on_scene or line.dispatched or line.notified,
    }  # fmt: skip
    return values


def _responders(
    session: Session, plan: ImportPlan[CallLine], numbers: dict[tuple[str, int], int], changed: set[int]
) -> None:
    """Put who went on the calls; times of their own that are in the records stay."""
    went: dict[int, dict[int, CallResponder]] = {}
    known_calls = sorted(changed)
    for start in range(0, len(known_calls), CHUNK):
        some = CallResponder.call_id.in_(known_calls[start : start + CHUNK])
        for gone in session.scalars(select(CallResponder).where(some)):
            went.setdefault(gone.call_id, {})[gone.responder_id] = gone
    fresh: list[Row] = []
    for line in plan.drafts:
        call = numbers[line.number, line.case]
        fresh += _who_went(session, line, call, went.get(call, {}))
    session.flush()
    new_rows.add(session, CallResponder, fresh)


def _who_went(session: Session, line: CallLine, call: int, there: dict[int, CallResponder]) -> list[Row]:
    """Renew and take off who is on one call already, and return the rows of the others."""
    fresh = []
    for number, role in zip(line.responders, line.roles, strict=True):
        row = there.get(number)
        if row is not None:
            row.arrived, row.cleared = row.arrived or line.on_scene, row.cleared or line.clear
            continue
        values = {"call_id": call, "responder_id": number, "role": role, "arrived": line.on_scene}
        fresh.append({**values, "cleared": line.clear, "departed": None, "home": None, "miles": None})
    for number in set(there) - set(line.responders):
        session.delete(there[number])
    return fresh
