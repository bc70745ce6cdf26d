"""A file opened as a kind of records: its sheet and header found by the names that such columns bear."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from crt_scheduler import remedies, sheets
from crt_scheduler.imports import guess, wide
from crt_scheduler.imports.change_plan import JOIN, plain
from crt_scheduler.imports.kind_value import Kind
from crt_scheduler.imports.kinds import ALL
from crt_scheduler.imports.people_fields import CREDENTIAL
from crt_scheduler.imports.people_reader import KIND as PEOPLE
from crt_scheduler.progress import Progress, nobody
from crt_scheduler.sheets import Sheet
from crt_scheduler.sheets.header import Knows
from solver.wording import counted, tr


@dataclass(frozen=True)
class Place:
    """Where in a file its table lies, where that is not found of itself: header line, sheets, lines that are rows."""

    header_line: int | None = None
    sheets: tuple[str, ...] = ()
    keep: frozenset[int] = field(default_factory=frozenset)


ANYWHERE = Place()


@dataclass(frozen=True)
class Found:
    """Which column (or columns, put together) holds each field, and which of the fields no column bears by name."""

    columns: dict[str, str]
    guessed: frozenset[str]


def read(kinds: Iterable[Kind], path: Path, place: Place = ANYWHERE, progress: Progress = nobody) -> Sheet:
    """Read the table of a file that holds one of these kinds; raises CrtError as `sheets.read` does."""
    chosen = tuple(kinds)
    return sheets.read(
        path,
        knows=_knows(chosen),
        fits=lambda header: max(merit(kind, header) for kind in chosen),
        header_line=place.header_line,
        names=place.sheets,
        keep=place.keep,
        progress=progress,
    )


def merit(kind: Kind, header: tuple[str, ...]) -> int:
    """Return how many fields of a kind a header has columns for, or 0 where one that it needs is not among them."""
    columns = found(kind, header).columns
    return len(columns) + len(days(kind, header, columns)) if not missing(kind, columns, header) else 0


def best(header: tuple[str, ...], *, hoped: str = "") -> Kind:
    """Return the kind of records a header most likely names: the one hoped for if it can well be that, else people.

    A poll of thirty dates has a name and an address too, as people have; it is a poll all the same.
    """
    scores = {kind.name: merit(kind, header) for kind in ALL}
    first = max(ALL, key=lambda kind: scores[kind.name])
    if hoped in scores and scores[hoped] and 2 * scores[hoped] >= scores[first.name]:
        return next(kind for kind in ALL if kind.name == hoped)
    return first if scores[first.name] else ALL[0]


def needs(kind: Kind, columns: Iterable[str]) -> tuple[str, ...]:
    """Return the fields a file must hold; a division says which area it lies in."""
    held = set(columns)
    return tuple(
        ours for ours in kind.needs if not (kind.name == "incidents" and ours == "area" and "division" in held)
    )


def missing(kind: Kind, columns: Mapping[str, str], header: tuple[str, ...]) -> tuple[str, ...]:
    """Return the needed fields that no column holds.

    Ids of people are made where there are none, a name or an e-mail address tells whose a row is as well, and columns
    of days hold a poll's grades.
    """
    held = {*columns, "id"}
    if held & {"name", "email"}:
        held.add("person")
    if days(kind, header, columns) or wide.grade_of(columns.get("from", "")) or wide.is_sign_up(header):
        held.add("grade")
    return tuple(ours for ours in needs(kind, held) if ours not in held)


def days(kind: Kind, header: tuple[str, ...], columns: Mapping[str, str]) -> tuple[str, ...]:
    """Return the columns that are days of a poll, where a table of availability is one, and the shift of a sign-up."""
    if kind.name != "availability" or columns.get("grade"):
        return ()
    free = [name for name in header if name not in columns.values()]
    return wide.days(free) or tuple(name for name in free if name.casefold() in wide.ITEMS)


def found(kind: Kind, header: tuple[str, ...], sheet: Sheet | None = None) -> Found:
    """Return the column of each field: the one that bears its name, else one that is usually called so.

    With the sheet a column is taken by another name only if what it holds can be the field, and a date and a time in
    two columns are one moment.
    """
    named = _named(kind, header)
    columns = named | guess.guessed(kind, header, named)
    if kind.name == "people":
        columns |= guess.credential_columns(header, set(columns.values()))
    elif kind.person in kind.needs and kind.person not in columns:
        whose = guess.guessed(PEOPLE, tuple(name for name in header if name not in columns.values()), {})
        columns |= {ours: whose[ours] for ours in ("name", "email", "phone", "phone_2") if ours in whose}
    if sheet is not None:
        for ours in [
            ours
            for ours in columns
            if ours not in named and not guess.is_likely(kind, ours, texts(sheet, columns[ours]))
        ]:
            del columns[ours]
        columns |= guess.moments(kind, columns, header, lambda name: texts(sheet, name))
    return Found(columns, frozenset(ours for ours in columns if columns[ours] != named.get(ours)))


def texts(sheet: Sheet, column: str, *, most: int = 200) -> list[str]:
    """Return the first texts that a column, or columns put together, hold."""
    parts = [column] if column in sheet.header else [part for part in column.split(JOIN) if part in sheet.header]
    filled: list[str] = []
    for row in sheet.rows:
        if text := " ".join(row.cells[part] for part in parts).strip():
            filled.append(text)
            if len(filled) == most:
                break
    return filled


def not_used(sheet: Sheet, columns: Iterable[str]) -> tuple[str, ...]:
    """Return the columns that no field is read from."""
    parts = {part for column in columns for part in (column, *column.split(JOIN))}
    return tuple(name for name in sheet.header if name not in parts)


def remarks(sheet: Sheet) -> tuple[str, ...]:
    """Return in sentences what of the file was put together, left out and not read."""
    said = list(sheet.remarks)
    for why in dict.fromkeys(each.why for each in sheet.left_out):
        lines = [str(each.line) for each in sheet.left_out if each.why == why]
        first = next(each.text for each in sheet.left_out if each.why == why)
        which = (
            tr("line {lines}", lines=lines[0])
            if len(lines) == 1
            else tr("lines {names}{value}", names=", ".join(lines[:8]), value=" ..." if len(lines) > 8 else "")
        )
        said.append(tr("Left out as {why}: {which} (“{first}”).", why=why, which=which, first=first))
    if sheet.not_read:
        read_ = tr("Read: sheet {name}. ", name=sheet.name) if sheet.name else ""
        said.append(tr("{read}Not read: {sheets}.", read=read_, sheets=_sheets(sheet.not_read)))
    if sheet.fitting:
        said.append(
            tr(
                "{sheets} would fit too: {remedy}",
                sheets=_sheets(sheet.fitting).capitalize(),
                remedy=remedies.NAME_SHEET.words(),
            )
        )
    if sheet.hidden:
        said.append(tr("Hidden, so not read: {sheets}.", sheets=_sheets(sheet.hidden)))
    return tuple(said)


def _sheets(names: tuple[str, ...]) -> str:
    return counted(len(names), "sheet {names}", "sheets {names}", names=", ".join(names))


def _knows(kinds: tuple[Kind, ...]) -> Knows:
    words = {guess.folded(name) for kind in kinds for name in kind.fields}
    words |= {guess.folded(word) for kind in kinds for word in guess.usual(kind)}
    words -= _ALSO_VALUES
    is_dated = any(kind.name == "availability" for kind in kinds)

    def knows(cell: str) -> bool:
        word = guess.folded(cell)
        if word in words or plain(cell).startswith(CREDENTIAL):
            return True
        return is_dated and _DATED.search(cell) is not None and _CLOCK.search(cell) is None

    return knows


_ALSO_VALUES = {"no", "active", "on", "at", "volunteer", "responder", "member", "city", "type", "team", "days", "hours"}
"""Names of columns that cells hold as often: they do not tell a header."""
_CLOCK = re.compile(r"\d:\d\d:\d\d")
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
_DATED = re.compile(
    rf"\b\d{{1,2}}[/.-]\d{{1,2}}\b|\b\d{{4}}-\d\d-\d\d\b|\b{_MONTH}[a-z]*\.? \d{{1,2}}\b|\b\d{{1,2}}\.? {_MONTH}",
    re.IGNORECASE,
)
"""A day in the name of a column, as polls have them: Dec 1, Fri 1/8 night."""


def _named(kind: Kind, header: tuple[str, ...]) -> dict[str, str]:
    """Return the fields that a column bears by name."""
    names = {plain(name): name for name in reversed(header)}
    held = {ours: names[ours] for ours in kind.fields if ours in names}
    if kind.name == "people":
        marked = [name for name in header if name.casefold().startswith(CREDENTIAL)]
        held |= {CREDENTIAL + name[len(CREDENTIAL) :].strip(): name for name in marked}
    return held
