"""A file made ready to be read: a name in two columns joined into one, and ids made for people who have none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from crt_scheduler.errors import CrtError
from crt_scheduler.imports.plan import JOIN, plain
from crt_scheduler.people import ids
from crt_scheduler.sheets import Row, Sheet, packed_rows
from crt_scheduler.tables import Responder

MADE_IDS = "(made ids)"


def joined(sheet: Sheet, mapping: dict[str, str]) -> Sheet:
    """Return the sheet with a column for each mapping that names several of its columns, their texts put together."""
    header = {plain(name): name for name in sheet.header}
    for theirs in mapping.values():
        parts = [header.get(plain(part)) for part in theirs.split(JOIN.strip())]
        if plain(theirs) in header or len(parts) < 2 or None in parts:
            continue
        header_now = (*sheet.header, theirs)
        found = (_with(row, theirs, " ".join(row.cells[part] for part in parts if part).strip()) for row in sheet.rows)
        sheet = replace(sheet, header=header_now, rows=packed_rows(header_now, found))
    return sheet


def corrected(sheet: Sheet, corrections: Mapping[tuple[int, str], str]) -> Sheet:
    """Return the sheet with other texts in some cells, each named by the line of the file and its column."""
    if not corrections:
        return sheet
    new: dict[int, dict[str, str]] = {}
    for (line, column), text in corrections.items():
        new.setdefault(line, {})[column] = text.strip()
    rows = tuple(replace(row, cells={**row.cells, **new.get(row.line, {})}) for row in sheet.rows)
    return replace(sheet, rows=rows)


def with_ids(session: Session, sheet: Sheet, mapping: dict[str, str], *, wanted: bool) -> tuple[Sheet, dict[str, str]]:
    """Return the sheet with a column of ids and the mapping that names it; both as they are if not `wanted`.

    Who is in the records already keeps the id: found by name, and by e-mail where several bear the name or nobody does.
    Everyone else gets the next free one. Raises CrtError where two rows cannot be told apart.
    """
    if not wanted:
        return sheet, mapping
    header = {plain(name): name for name in sheet.header}
    name, email = (header.get(plain(mapping.get(ours, ours)), "") for ours in ("name", "email"))
    if not name:
        raise CrtError(f"{sheet.path.name}: say which column holds the name; without it nobody can be told apart.")
    people = [(row.code, _fold(row.name), _fold(row.email)) for row in session.scalars(select(Responder))]
    rows = [(row, _fold(row.cells[name]), _fold(row.cells[email]) if email else "") for row in sheet.rows]
    _refuse_twins(sheet, rows)
    spare = ids.fresh((code for code, _, _ in people), like=(code for code, _, _ in people))
    bearers = Counter(who for _, who, _ in rows)
    kept: set[str] = set()
    made = []
    named, mailed = _by(people, 1), _by(people, 2)
    for row, who, mail in rows:
        code = _same(named.get(who, []), mailed.get(mail, []), mail, is_sole=bearers[who] == 1)
        if not code or code in kept:
            code = next(spare)
        kept.add(code)
        made.append(_with(row, MADE_IDS, code))
    return replace(sheet, header=(*sheet.header, MADE_IDS), rows=tuple(made)), {**mapping, "id": MADE_IDS}


def _by(people: list[tuple[str, str, str]], place: int) -> dict[str, list[tuple[str, str, str]]]:
    """Return people by their name (1) or their e-mail address (2)."""
    found: dict[str, list[tuple[str, str, str]]] = {}
    for who in people:
        found.setdefault(who[place], []).append(who)
    return found


def _same(named: list[tuple[str, str, str]], mailed: list[tuple[str, str, str]], mail: str, *, is_sole: bool) -> str:
    """Return the id of the one person in the records whom a row must mean, of those of its name and its address."""
    if len(named) == 1 and is_sole:
        return named[0][0]
    reached = [code for code, _, address in named if mail and address == mail]
    if not named and mail:
        reached = [code for code, _, _ in mailed]
    return reached[0] if len(reached) == 1 else ""


def _refuse_twins(sheet: Sheet, rows: list[tuple[Row, str, str]]) -> None:
    seen: dict[tuple[str, str], int] = {}
    for row, who, mail in rows:
        if who and (who, mail) in seen:
            raise CrtError(
                f"{sheet.path.name}: lines {seen[who, mail]} and {row.line} bear one name and one e-mail address, so "
                "no ids can be made for them. Delete one of the rows, or add a column of ids."
            )
        seen[who, mail] = row.line


def _with(row: Row, column: str, text: str) -> Row:
    return replace(row, cells={**row.cells, column: text})


def _fold(text: str) -> str:
    return " ".join(text.split()).casefold()
