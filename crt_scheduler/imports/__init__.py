"""Files in: people, availability, incidents, past rosters, calls and answers, each import one act or nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from crt_scheduler import new_rows
from crt_scheduler.act import Act
from crt_scheduler.errors import CrtError
from crt_scheduler.imports import kinds, opening
from crt_scheduler.imports.areas import read_areas
from crt_scheduler.imports.asked import UNDECIDED, Candidate, Decisions, Question, Word
from crt_scheduler.imports.date_orders import UnclearDates
from crt_scheduler.imports.home_order import read_at_home
from crt_scheduler.imports.kinds import Kind
from crt_scheduler.imports.lines import lines
from crt_scheduler.imports.opening import ANYWHERE, Place
from crt_scheduler.imports.plan import JOIN, BadRow, BadRows, ImportPlan, ImportReport, plain
from crt_scheduler.imports.prepare import corrected, joined, numbered
from crt_scheduler.imports.preview import Matched, Preview, kind_of, preview
from crt_scheduler.imports.ready import Ready, ready
from crt_scheduler.imports.unfold import unfold
from crt_scheduler.imports.wide import Unfolded
from crt_scheduler.progress import Progress, nobody
from crt_scheduler.sheets import Sheet
from crt_scheduler.store import Store
from crt_scheduler.tables import Division
from solver.wording import mark

__all__ = [
    "JOIN",
    "KINDS",
    "BadRow",
    "BadRows",
    "Candidate",
    "Decisions",
    "ImportPlan",
    "ImportReport",
    "Matched",
    "Place",
    "Preview",
    "Question",
    "UnclearDates",
    "Word",
    "kind_of",
    "lines",
    "preview",
    "read_areas",
    "run",
]

KINDS = kinds.NAMES
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
    row_per_victim: bool = False,
    only: bool = False,
    corrections: Mapping[tuple[int, str], str] | None = None,
    place: Place = ANYWHERE,
    guess: bool = False,
    decided: Decisions = UNDECIDED,
    progress: Progress = nobody,
) -> ImportReport:
    """Import a file as one act, or with `dry_run` only say what it would do.

    A column of `mapping` may be several of the file's, joined by " + ". With `make_ids` a column of ids is not needed,
    as it never is. `corrections` are texts to read instead of what cells hold, by line and column. `place` says where
    the table lies, where that is not found of itself; with `guess` columns are taken by what such are usually called
    too, and `mapping` only adds to that. `decided` answers who rows are and what words mean. `progress` hears how far
    it is. With `row_per_victim` incidents of one time, area and type are one; with `only` a shift that a grid of
    availability names for a day is the only one the person can do.

    Raises BadRows (a CrtError with the report) for bad rows or open questions without `skip_bad`, which leaves them
    out, and CrtError for a decision that fits nothing, a file that cannot be
    read, a missing column, dates of no certain order or an unknown kind; then nothing is written.
    """
    if row_per_victim and kind != "incidents":
        raise CrtError("Only a log of incidents has a row for each victim. Leave --row-per-victim out.")
    if only and kind != "availability":
        raise CrtError("Only a file of availability names the shifts somebody can do. Leave --only out.")
    more = {"row_per_victim": True} if row_per_victim else {}
    opened = _opened(kind, path, place, mapping=mapping or {}, guess=guess, make_ids=make_ids)
    opened.sheet = corrected(joined(opened.sheet, opened.mapping), corrections or {})
    progress(FILE_READ)
    if dry_run:
        with store.read() as session:
            plan, made = _plan(session, opened, store.now, date_order, decided, more, only=only)
            return _report(opened, plan, made, dry_run=True)

    def take(session: Session) -> ImportReport:
        plan, made = _plan(session, opened, store.now, date_order, decided, more, only=only)
        opened.let_go()
        if (plan.bad or made.bad or made.questions) and not skip_bad:
            raise BadRows(_report(opened, plan, made, dry_run=False))
        progress(ROWS_READ)
        new_rows.tell(session, len(plan.drafts), lambda part: progress(ROWS_READ + part * (WRITTEN - ROWS_READ)))
        opened.kind.write(session, plan)
        progress(WRITTEN)
        return _report(opened, plan, made, dry_run=False, written=bool(plan.drafts))

    report = store.do(IMPORT(take, opened.kind.whats, path.name)).answer
    progress(1.0)
    return report


def _take(session: Session, take: Callable[[Session], ImportReport], whats: str, file: str) -> ImportReport:
    return take(session)


IMPORT = Act(_take, mark("Import {whats} from {file}"))


@dataclass
class _Opened:
    """A file while it is imported: as what, its table, the column of each field, and what is said of the file."""

    kind: Kind
    sheet: Sheet
    mapping: dict[str, str]
    guessed: frozenset[str]
    remarks: tuple[str, ...]
    taken: dict[str, str]
    """The columns taken for a field by what such are usually called."""
    unused: tuple[str, ...] = ()
    """The columns that are neither taken for a field nor a day of a poll; the reader may know more of them."""

    def unfolded(self, found: Unfolded) -> None:
        """Take the table as a list of one row for each person and day, where it was something else."""
        self.sheet, self.mapping = found.sheet, found.mapping
        self.remarks = (*self.remarks, *found.notes)

    def leave(self, *fields: str) -> None:
        """Take no column for these fields by a usual name: the team has nothing that they could name."""
        for ours in self.guessed.intersection(fields):
            self.unused = (*self.unused, self.mapping.pop(ours))
            del self.taken[ours]

    def let_go(self) -> None:
        """Keep the table without its rows: the text of 100,000 need not be held while the records are written."""
        self.sheet = replace(self.sheet, rows=())


def _opened(kind: str, path: Path, place: Place, *, mapping: Mapping[str, str], guess: bool, make_ids: bool) -> _Opened:
    which = kinds.named(kind)
    if make_ids and kind != "people":
        raise CrtError("Ids are made for people only. Import people first.")
    sheet = numbered(opening.read([which], path, place))
    said, guessed = dict(mapping), frozenset[str]()
    if guess:
        found = opening.found(which, sheet.header, sheet)
        said = {ours: theirs for ours, theirs in found.columns.items() if theirs not in said.values()} | said
        guessed = found.guessed - set(mapping)
    taken = {ours: theirs for ours, theirs in said.items() if ours in guessed}
    return _Opened(
        which, sheet, said, guessed, opening.remarks(sheet), taken, opening.not_used(sheet, _used(which, sheet, said))
    )


def _plan(
    session: Session,
    opened: _Opened,
    now: dt.datetime,
    date_order: str | None,
    decided: Decisions,
    more: Mapping[str, bool],
    *,
    only: bool,
) -> tuple[ImportPlan[Any], Ready]:
    """Return what the file leads to, and what was found of whom its rows and words mean."""
    name = opened.kind.name
    asked = _asked_for(name, decided)
    if session.scalar(select(Division.id).limit(1)) is None:
        opened.leave("division", "home_division")
    if name == "availability":
        found = unfold(session, opened.sheet, opened.mapping, now=now, date_order=date_order, only=only)
        opened.unfolded(found)
    made = ready(session, name, opened.sheet, opened.mapping, decided)
    values = {"mapping": made.mapping, "now": now, "date_order": date_order, **asked, **more}
    plan = read_at_home(session, opened.kind.read, made.sheet, values)
    return plan, replace(made, sheet=replace(made.sheet, rows=()))


def _asked_for(kind: str, decided: Decisions) -> dict[str, bool]:
    """Return what was decided of the whole file, for the readers that heed it; raises CrtError for the others."""
    if decided.empty_clears and kind != "people":
        raise CrtError("Empty cells clear fields in a file of people only.")
    if decided.replaces and kind != "availability":
        raise CrtError("Only a file of availability takes the place of an earlier one.")
    if kind == "people":
        return {"empty_clears": decided.empty_clears}
    return {"replaces": decided.replaces} if kind == "availability" else {}


def _report(
    opened: _Opened, plan: ImportPlan[Any], made: Ready, *, dry_run: bool, written: bool = False
) -> ImportReport:
    sheet = opened.sheet
    unused = tuple(name for name in opened.unused if name in plan.unused or name not in sheet.header)
    return ImportReport(
        kind=opened.kind.name,
        file=sheet.path.name,
        new=plan.new,
        changed=plan.changed,
        unchanged=plan.unchanged,
        left_alone=plan.left_alone,
        bad=tuple(sorted((*made.bad, *plan.bad), key=lambda fault: fault.line)) if made.bad else plan.bad,
        dry_run=dry_run,
        written=written,
        notes=(
            *_taken_words(opened.taken),
            *opened.remarks,
            *made.notes,
            *plan.notes,
            *((f"Columns not used: {', '.join(unused)}.",) if unused else ()),
        ),
        unused_columns=unused,
        unread_sheets=(*sheet.not_read, *sheet.hidden),
        questions=made.questions,
        words=made.words,
    )


def _used(kind: Kind, sheet: Sheet, mapping: Mapping[str, str]) -> tuple[str, ...]:
    """Return the columns that a field, a poll's day or a sign-up's shift is read from."""
    own = {plain(name): name for name in sheet.header}
    named = (own[ours] for ours in kind.fields if ours in own and mapping.get(ours, ours))
    return (*mapping.values(), *named, *opening.days(kind, sheet.header, mapping))


def _taken_words(taken: Mapping[str, str]) -> tuple[str, ...]:
    """Return a sentence on the columns that were taken for a field by what such columns are usually called."""
    found = [f"{theirs} for {ours}" for ours, theirs in taken.items()]
    return (f"Taken: {', '.join(found)}.",) if found else ()
