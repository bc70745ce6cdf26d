"""A file made ready to be read: a name in two columns joined into one, and cells corrected by hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from crt_scheduler.imports.change_plan import JOIN, made_column, plain
from crt_scheduler.progress import Progress, Watched
from crt_scheduler.sheets import Row, Sheet, packed_rows

MADE_IDS = made_column("id")
"""The column that holds the ids of a list of people that has none of its own."""


def heeding(sheet: Sheet, progress: Progress) -> Sheet:
    """Return the sheet; whoever walks through its rows is heard of, and may be stopped there."""
    return replace(sheet, rows=Watched(sheet.rows, progress))


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


def _with(row: Row, column: str, text: str) -> Row:
    return replace(row, cells={**row.cells, column: text})
