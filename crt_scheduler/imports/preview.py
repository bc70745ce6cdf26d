"""Looking at a file before it is imported: its columns, our fields with the column guessed for each, and first rows."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from crt_scheduler import sheets
from crt_scheduler.errors import CrtError
from crt_scheduler.imports import availability, guess, hours, incidents, people, roster
from crt_scheduler.imports.people_fields import CREDENTIAL
from crt_scheduler.imports.plan import JOIN, plain
from crt_scheduler.imports.prepare import MADE_IDS

FIRST_ROWS = 8
_FIELDS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "people": (people.FIELDS, ("id", "name")),
    "availability": (availability.FIELDS, ("person", "grade")),
    "incidents": (incidents.FIELDS, ("timestamp", "area")),
    "roster": (roster.FIELDS, ("date", "shift", "role", "person")),
    "hours": (hours.FIELDS, ("person", "kind", "start")),
}


@dataclass(frozen=True)
class Matched:
    """One of our fields: must it be there, which column holds it (or nothing), and a value of that column."""

    field: str
    is_required: bool
    column: str
    is_guess: bool
    sample: str


@dataclass(frozen=True)
class Preview:
    """A file as its columns would be taken; `makes_ids` where people come without ids and would be given some."""

    kind: str
    file: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    count: int
    matched: tuple[Matched, ...]
    unused: tuple[str, ...]
    makes_ids: bool
    missing: tuple[str, ...]

    def mapping(self) -> dict[str, str]:
        """Return the mapping that an import of this file takes."""
        return {each.field: each.column for each in self.matched if each.column and each.column != MADE_IDS}


def kind_of(path: Path, *, hoped: str = "") -> str:
    """Return the kind of records a file most likely holds, by its columns: the one hoped for if it can be that."""
    header = sheets.read(path).header
    if hoped in _FIELDS and _fits(hoped, _found(hoped, header)):
        return hoped
    scores = {kind: len(_named(kind, header)) for kind in _FIELDS}
    fits = {kind: _fits(kind, _found(kind, header)) for kind in _FIELDS}
    best = max(_FIELDS, key=lambda kind: (fits[kind], scores[kind]))
    return best if fits[best] else "people"


def preview(kind: str, path: Path) -> Preview:
    """Read a file's columns and first rows; raises CrtError for one that cannot be read or an unknown kind."""
    if kind not in _FIELDS:
        raise CrtError(f"{kind!r} cannot be imported. Choose one of: {', '.join(_FIELDS)}.")
    sheet = sheets.read(path)
    fields = _FIELDS[kind][0]
    named = _named(kind, sheet.header)
    columns = _found(kind, sheet.header)
    required = _required(kind, columns)
    makes_ids = kind == "people" and "id" not in columns
    extra = tuple(ours for ours in columns if ours not in fields)
    parts = {part for column in columns.values() for part in (column, *column.split(JOIN))}
    matched = tuple(
        Matched(
            ours,
            is_required=ours in required,
            column=MADE_IDS if ours == "id" and makes_ids else columns.get(ours, ""),
            is_guess=ours in columns and ours not in named,
            sample=sample(sheet, columns.get(ours, "")),
        )
        for ours in (*fields, *extra)
    )
    return Preview(
        kind,
        path.name,
        sheet.header,
        tuple(tuple(row.cells[name] for name in sheet.header) for row in sheet.rows[:FIRST_ROWS]),
        count=len(sheet.rows),
        matched=matched,
        unused=tuple(name for name in sheet.header if name not in parts),
        makes_ids=makes_ids,
        missing=tuple(ours for ours in required if ours not in columns and not (ours == "id" and makes_ids)),
    )


def _required(kind: str, columns: dict[str, str]) -> tuple[str, ...]:
    """Return the fields a file must hold; a division says which area it lies in."""
    required = _FIELDS[kind][1]
    return tuple(f for f in required if not (kind == "incidents" and f == "area" and "division" in columns))


def _fits(kind: str, columns: dict[str, str]) -> bool:
    return all(ours in columns for ours in _required(kind, columns) if ours != "id")


def sample(sheet: sheets.Sheet, column: str) -> str:
    """Return the first text that a column (or columns put together) holds."""
    parts = [part for part in (column, *column.split(JOIN)) if part in sheet.header]
    parts = parts[:1] if column in sheet.header else parts
    texts = (" ".join(row.cells[part] for part in parts).strip() for row in sheet.rows)
    return next((text for text in texts if text), "")


def _named(kind: str, header: tuple[str, ...]) -> dict[str, str]:
    """Return the fields that a column bears by name."""
    names = {plain(name): name for name in header}
    found = {ours: names[ours] for ours in _FIELDS[kind][0] if ours in names}
    if kind == "people":
        marked = [name for name in header if name.casefold().startswith(CREDENTIAL)]
        found |= {CREDENTIAL + name[len(CREDENTIAL) :].strip(): name for name in marked}
    return found


def _found(kind: str, header: tuple[str, ...]) -> dict[str, str]:
    """Return the fields that a column bears by name or, failing that, by a usual other name."""
    columns = _named(kind, header)
    columns |= guess.guessed(kind, header, columns)
    if kind == "people":
        columns |= guess.credential_columns(header, set(columns.values()))
    return columns
