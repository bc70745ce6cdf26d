"""Looking at a file before it is imported: its columns, our fields with the column guessed for each, and first rows."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from crt_scheduler import sheets
from crt_scheduler.imports import kinds, opening, own_sheet
from crt_scheduler.imports.opening import ANYWHERE, Place
from crt_scheduler.imports.prepare import MADE_IDS
from crt_scheduler.progress import Progress, nobody
from solver.wording import tr

FIRST_ROWS = 8


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
    """A file as its columns would be taken; `makes_ids` where people come without ids and would be given some.

    `remarks` say what of the file was put together, left out and not read; `sheets` are those seen in it, `sheet` the
    one (or those) read, `header_line` its header's, `first` the first lines as they lie there, `left_out` lines that
    are no rows with why.
    """

    kind: str
    file: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    count: int
    matched: tuple[Matched, ...]
    unused: tuple[str, ...]
    makes_ids: bool
    missing: tuple[str, ...]
    remarks: tuple[str, ...] = ()
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    header_line: int = 1
    first: tuple[tuple[int, tuple[str, ...]], ...] = ()
    left_out: tuple[tuple[int, str, str], ...] = ()
    fitting: tuple[str, ...] = ()
    """Sheets that were not read but hold such a table too."""

    def mapping(self) -> dict[str, str]:
        """Return the mapping that an import of this file takes."""
        return {each.field: each.column for each in self.matched if each.column and each.column != MADE_IDS}


def kind_of(path: Path, *, hoped: str = "", place: Place = ANYWHERE, progress: Progress = nobody) -> str:
    """Return the kind of records a file most likely holds, by its columns: the one hoped for if it can well be that."""
    sheet = opening.read(kinds.ALL, path, place, progress)
    return kinds.SHEET.name if own_sheet.is_own(sheet) else opening.best(sheet.header, hoped=hoped).name


def preview(kind: str, path: Path, place: Place = ANYWHERE, progress: Progress = nobody) -> Preview:
    """Read a file's columns and first rows; raises CrtError for one that cannot be read or an unknown kind."""
    which = kinds.named(kind)
    sheet = opening.read([which], path, place, progress)
    which = kinds.of_sheet(which, sheet)
    found = opening.found(which, sheet.header, sheet)
    columns = found.columns
    required = opening.needs(which, columns)
    makes_ids = kind == "people" and "id" not in columns
    extra = tuple(ours for ours in columns if ours not in which.fields)
    matched = tuple(
        Matched(
            ours,
            is_required=ours in required,
            column=MADE_IDS if ours == "id" and makes_ids else columns.get(ours, ""),
            is_guess=ours in found.guessed,
            sample=sample(sheet, columns.get(ours, "")),
        )
        for ours in (*which.fields, *extra)
    )
    return Preview(
        kind,
        path.name,
        sheet.header,
        tuple(tuple(row.cells[name] for name in sheet.header) for row in sheet.rows[:FIRST_ROWS]),
        count=len(sheet.rows),
        matched=matched,
        unused=opening.not_used(sheet, (*columns.values(), *opening.days(which, sheet.header, columns))),
        makes_ids=makes_ids,
        missing=opening.missing(which, columns, sheet.header),
        remarks=(
            *((tr(own_sheet.SAID),) if which is kinds.SHEET else ()),
            *opening.remarks(sheet),
            *_days(opening.days(which, sheet.header, columns)),
        ),
        sheet=sheet.name,
        sheets=tuple(name for name in (sheet.name, *sheet.not_read) if name),
        header_line=sheet.header_line,
        first=tuple((line, tuple(cells)) for line, cells in sheet.first[:FIRST_ROWS]),
        left_out=tuple((each.line, each.why, each.text) for each in sheet.left_out),
        fitting=sheet.fitting,
    )


def _days(names: tuple[str, ...]) -> tuple[str, ...]:
    return (
        (tr("Read as days: {count} columns, {names} to {names2}.", count=len(names), names=names[0], names2=names[-1]),)
        if len(names) > 1
        else ()
    )


def sample(sheet: sheets.Sheet, column: str) -> str:
    """Return the first text that a column (or columns put together) holds."""
    return next(iter(opening.texts(sheet, column, most=1)), "") if column else ""
