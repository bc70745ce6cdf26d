"""Files in: people, availability, incidents, past rosters, calls and answers, each import one act or nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from crt_scheduler import many, sheets
from crt_scheduler.errors import CrtError
from crt_scheduler.imports import answers, availability, calls, hours, incidents, people, roster
from crt_scheduler.imports.areas import read_areas
from crt_scheduler.imports.dates import UnclearDates
from crt_scheduler.imports.plan import BadRow, BadRows, ImportPlan, ImportReport
from crt_scheduler.imports.prepare import corrected, joined, with_ids
from crt_scheduler.imports.preview import Matched, Preview, kind_of, preview
from crt_scheduler.progress import Progress, nobody
from crt_scheduler.store import Store

__all__ = [
    "KINDS",
    "BadRow",
    "BadRows",
    "ImportPlan",
    "ImportReport",
    "Matched",
    "Preview",
    "UnclearDates",
    "kind_of",
    "preview",
    "read_areas",
    "run",
]

_Read = Callable[..., ImportPlan[Any]]
_Write = Callable[[Session, ImportPlan[Any]], None]
_DOORS: tuple[tuple[str, str, _Read, _Write], ...] = (
    ("people", "people", people.read, people.write),
    ("availability", "availability", availability.read, availability.write),
    ("incidents", "incidents", incidents.read, incidents.write),
    ("roster", "past or planned duties", roster.read, roster.write),
    ("calls", "calls", calls.read, calls.write),
    ("answers", "answers to call-outs", answers.read, answers.write),
    ("hours", "hours", hours.read, hours.write),
)
KINDS = tuple(door[0] for door in _DOORS)
FILE_READ, ROWS_READ, WRITTEN = 0.15, 0.5, 0.9
"""How far an import is once its file is read, its rows are understood, and they are written but not journaled."""


def run(
    store: Store,
    kind: str,
    path: Path,
    *,
    mapping: dict[str, str] | None = None,
    dry_run: bool = False,
    skip_bad: bool = False,
    date_order: str | None = None,
    make_ids: bool = False,
    corrections: Mapping[tuple[int, str], str] | None = None,
    progress: Progress = nobody,
) -> ImportReport:
    """Import a file as one act, or with `dry_run` only say what it would do.

    A column of `mapping` may be several of the file's, joined by " + ". With `make_ids` people without a column of ids
    keep the ones they have in the records, and newcomers get the next free. `corrections` are texts to read instead
    of what cells hold, by line and column. `progress` hears how far it is.

    Raises BadRows (a CrtError with the report) for bad rows without `skip_bad`, and CrtError for a file that cannot be
    read, a missing column, dates of no certain order or an unknown kind; then nothing is written.
    """
    door = next((door for door in _DOORS if door[0] == kind), None)
    if door is None:
        raise CrtError(f"{kind!r} cannot be imported. Choose one of: {', '.join(KINDS)}.")
    _, whats, read, write = door
    if make_ids and kind != "people":
        raise CrtError("Ids are made for people only. Import people first.")
    sheet = corrected(joined(sheets.read(path), mapping or {}), corrections or {})
    progress(FILE_READ)
    values: dict[str, Any] = {"mapping": mapping or {}, "now": store.now, "date_order": date_order}
    if dry_run:
        with store.read() as session:
            sheet, values["mapping"] = with_ids(session, sheet, values["mapping"], wanted=make_ids)
            return _report(kind, path.name, read(session, sheet, **values), dry_run=True)
    with store.change(f"Import {whats} from {path.name}") as session:
        sheet, values["mapping"] = with_ids(session, sheet, values["mapping"], wanted=make_ids)
        plan = read(session, sheet, **values)
        del sheet  # the text of 100,000 rows need not be kept while the records are written
        if plan.bad and not skip_bad:
            raise BadRows(_report(kind, path.name, plan, dry_run=False, written=False))
        progress(ROWS_READ)
        many.tell(session, len(plan.drafts), lambda part: progress(ROWS_READ + part * (WRITTEN - ROWS_READ)))
        write(session, plan)
        progress(WRITTEN)
    progress(1.0)
    return _report(kind, path.name, plan, dry_run=False, written=bool(plan.drafts))


def _report(kind: str, file: str, plan: ImportPlan[Any], *, dry_run: bool, written: bool = False) -> ImportReport:
    return ImportReport(
        kind=kind,
        file=file,
        new=plan.new,
        changed=plan.changed,
        unchanged=plan.unchanged,
        left_alone=plan.left_alone,
        bad=plan.bad,
        dry_run=dry_run,
        written=written,
        notes=plan.notes,
    )
