"""People from a file: every field of a responder, checked, with the areas, partners and credentials that go with it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy.orm import Session

from crt_scheduler import person_fields, times
from crt_scheduler.errors import CrtError
from crt_scheduler.imports import date_orders
from crt_scheduler.imports import people_fields as fields
from crt_scheduler.imports.change_plan import SHOWN, Columns, ImportPlan, Reader, columns
from crt_scheduler.imports.kind_value import Kind
from crt_scheduler.imports.named_areas import city
from crt_scheduler.imports.people_rows import Known, PersonDraft, has_changed, known, wiped, with_days, write
from crt_scheduler.imports.team_languages import languages_of
from crt_scheduler.programmes import programme_of
from crt_scheduler.responders import shift_wish
from crt_scheduler.sheets import Sheet
from solver.wording import counted, mark, tr

__all__ = ["FIELDS", "KIND", "PersonDraft", "read", "write"]

FIELDS = person_fields.NAMES


def read(
    session: Session,
    sheet: Sheet,
    mapping: dict[str, str],
    *,
    now: dt.datetime,
    date_order: str | None = None,
    empty_clears: bool = False,
    is_typed: bool = False,
) -> ImportPlan[PersonDraft]:
    """Read people against the records and plan what to add or change; an id there is already is changed.

    An empty cell leaves what is there; with `empty_clears` it wipes it, which is said. Fields that somebody typed
    (`is_typed`) are meant as they stand: empty, or a language that nobody spoke before.
    Raises CrtError for a missing column, two rows with one id, or dates of no certain order.
    """
    held = columns(sheet, mapping, known=person_fields.ALL, required=KIND.needs, prefix=fields.CREDENTIAL)
    credentials = _credentials(held)
    records = known(session, [held.text(row, "id") for row in sheet.rows])
    programme = programme_of(session)
    setting = fields.Setting(
        city(session),
        programme.country,
        languages_of(session),
        date_orders.orders(held, (*KIND.of_cell("date"), *credentials), date_order),
        _all_ids(held, records),
        clears=empty_clears or is_typed,
        is_typed=is_typed,
    )
    return _plan(held, setting, records, today=times.local(now, programme.zone).date())


def _credentials(held: Columns) -> tuple[str, ...]:
    """Return the credential columns; raises CrtError for one without a name and for two of one name."""
    seen: set[str] = set()
    for ours in held.starting(fields.CREDENTIAL):
        if ours.casefold() in seen or ours == fields.CREDENTIAL:
            raise CrtError(
                tr(
                    '{name}: the column "{named}" has no credential name of its own. Call each credential:NAME, once.',
                    name=held.sheet.path.name,
                    named=held.named(ours),
                )
            )
        seen.add(ours.casefold())
    return tuple(held.starting(fields.CREDENTIAL))


def _all_ids(held: Columns, records: Known) -> dict[str, str]:
    """Return every id there will be, by its folded form; raises CrtError where two rows bear one id."""
    lines: dict[str, int] = {}
    ids = {code.casefold(): code for code in records.people}
    for row in held.sheet.rows:
        code = held.text(row, "id")
        if code and code in lines:
            raise CrtError(
                tr(
                    "{name}: the id {code} is on line {lines} and on line {line}. "
                    "Give each person an id of their own, or delete one of the rows.",
                    name=held.sheet.path.name,
                    code=code,
                    lines=lines[code],
                    line=row.line,
                )
            )
        lines[code] = row.line
        ids.setdefault(code.casefold(), code)
    return ids


def _plan(held: Columns, setting: fields.Setting, records: Known, *, today: dt.date) -> ImportPlan[PersonDraft]:
    read_rows = [_person(Reader(held, row), setting) for row in held.sheet.rows]
    _refuse_lost_partners(read_rows, records)
    good = [with_days(draft, records.people.get(draft.code), today) for reader, draft in read_rows if not reader.bad]
    new = [draft for draft in good if draft.code not in records.people]
    changed = [draft for draft in good if draft.code in records.people and has_changed(records, draft)]
    bad = tuple(fault for reader, _ in read_rows for fault in reader.bad)
    named = {held.text(row, "id") for row in held.sheet.rows}
    return ImportPlan(
        new=len(new),
        changed=len(changed),
        unchanged=len(good) - len(new) - len(changed),
        bad=bad,
        drafts=(*new, *changed),
        left_alone=sum(code not in named for code in records.people),
        notes=(*_wiped(records, changed), *_vague_wishes((*new, *changed))),
        unused=held.unused(),
    )


def _vague_wishes(drafts: Sequence[PersonDraft]) -> tuple[str, ...]:
    """Say which wishes of shifts a month are no number, so that no plan can come near them."""
    wishes = [str(dict(draft.fields).get("shifts_a_month", "")) for draft in drafts]
    vague = [wish for wish in wishes if wish and shift_wish.shifts(wish) is None]
    if not vague:
        return ()
    count = (
        tr("1 wish of shifts a month is")
        if len(vague) == 1
        else tr("{count:,} wishes of shifts a month are", count=len(vague))
    )
    return (tr("{count} no number or range such as 1-2, so only shown and not planned with.", count=count),)


def _wiped(records: Known, changed: list[PersonDraft]) -> tuple[str, ...]:
    """Say how many fields of whom empty cells wipe."""
    found = {draft.code: wiped(records, draft) for draft in changed}
    found = {code: names for code, names in found.items() if names}
    if not found:
        return ()
    each = [f"{records.people[code].name} ({code}): {', '.join(names)}" for code, names in found.items()]
    count = sum(map(len, found.values()))
    more = tr("; and {count:,} more people", count=len(each) - SHOWN) if len(each) > SHOWN else ""
    return (
        counted(
            count,
            "Empty cells wipe: {n} field is emptied, of {people} ({names}{more}).",
            "Empty cells wipe: {n} fields are emptied, of {people} ({names}{more}).",
            people=counted(len(each), "{n} person", "{n} people"),
            names="; ".join(each[:SHOWN]),
            more=more,
        ),
    )


def _refuse_lost_partners(read_rows: list[tuple[Reader, PersonDraft]], records: Known) -> None:
    """Refuse rows that name a partner who is not there, and those that name a row refused so: a lost partner too."""
    there = {draft.code for reader, draft in read_rows if not reader.bad} | set(records.people)
    naming: dict[str, list[tuple[Reader, PersonDraft]]] = defaultdict(list)
    for reader, draft in read_rows:
        if not reader.bad:
            for code in draft.partners():
                naming[code].append((reader, draft))
    lost = [code for code in naming if code not in there]
    while lost:
        code = lost.pop()
        for reader, draft in naming[code]:
            if not reader.bad and draft.code not in records.people:
                lost.append(draft.code)
            for ours, partners in (("prefers_with", draft.prefers), ("avoids_with", draft.avoids)):
                if code in (partners or ()):
                    reader.refuse(ours, tr("names a person who is neither in the records nor in a good row"), code)


def _person(reader: Reader, setting: fields.Setting) -> tuple[Reader, PersonDraft]:
    """Return the row's reader, which knows what is wrong with it, and what it says of a person."""
    said = [("name", fields.name(reader)), *fields.values(reader, setting), *fields.home(reader, setting)]
    prefers, avoids = fields.partners(reader, setting)
    held = tuple(ours for ours in FIELDS if reader.columns.has(ours))
    marked = reader.columns.starting(fields.CREDENTIAL)
    credentials = [ours for ours in marked if fields.speaks(reader, ours, setting)]
    draft = PersonDraft(
        code=fields.code(reader, setting),
        fields=tuple(said),
        areas=fields.areas(reader, setting),
        credentials=tuple(fields.credential(reader, ours, setting) for ours in credentials),
        prefers=prefers,
        avoids=avoids,
        emptied=tuple(ours for ours in held if setting.clears and not reader.text(ours)),
    )
    return reader, draft


KIND = Kind(
    "people", mark("People"), mark("people"), person_fields.ALL, ("id", "name"), read, write,
    things=(mark("1 person"), mark("{} people")),
)  # fmt: skip
