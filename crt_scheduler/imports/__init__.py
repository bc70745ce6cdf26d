"""Files in: people, availability, incidents, past rosters, calls and answers, each import one act or nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from crt_scheduler import new_rows, remedies
from crt_scheduler.act import Act
from crt_scheduler.errors import CrtError
from crt_scheduler.imports import kinds, opening, own_sheet
from crt_scheduler.imports.areas_file import read_areas
from crt_scheduler.imports.asked import UNDECIDED, Candidate, Decisions, Question, Word
from crt_scheduler.imports.beside_rows import beside
from crt_scheduler.imports.change_plan import JOIN, BadRow, BadRows, ImportPlan, ImportReport, plain
from crt_scheduler.imports.date_orders import UnclearDates
from crt_scheduler.imports.file_preview import Matched, Preview, kind_of, preview
from crt_scheduler.imports.home_order import read_at_home
from crt_scheduler.imports.kind_value import Kind
from crt_scheduler.imports.lines_said import lines
from crt_scheduler.imports.opening import ANYWHERE, Place
from crt_scheduler.imports.prepare import corrected, heeding, joined
from crt_scheduler.imports.ready_sheet import Ready, ready
from crt_scheduler.imports.roster_corrected import LABEL
from crt_scheduler.imports.unfold import unfold
from crt_scheduler.imports.wide import Unfolded
from crt_scheduler.progress import Progress, nobody, onward, part_of
from crt_scheduler.sheets import Sheet
from crt_scheduler.store import Store
from crt_scheduler.tables import Division
from solver.wording import mark, tr

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
FILE_READ, WORDS_READ, ROWS_READ, WRITTEN = 0.15, 0.25, 0.5, 0.9
"""How far an import is once its file is read, its words and rows are understood, and all but the journal written."""


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
    place: Place = ANYWHERE,
    guess: bool = False,
    decided: Decisions = UNDECIDED,
    progress: Progress = nobody,
) -> ImportReport:
    """Import a file as one act, or with `dry_run` only say what it would do.

    A column of `mapping` may be several of the file's, joined by " + ". With `make_ids` a column of ids is not needed,
    as it never is. `corrections` are texts to read instead of what cells hold, by line and column. `place` says where
    the table lies, where that is not found of itself; with `guess` columns are taken by what such are usually called
    too, and `mapping` only adds to that. `decided` answers who rows are, what words mean, and what holds for the whole
    file. `progress` hears how far it is; what it raises stops the import, and nothing is written.

    Raises BadRows (a CrtError with the report) for bad rows or open questions without `skip_bad`, which leaves them
    out, and CrtError for a decision that fits nothing, a file that cannot be
    read, a missing column, dates of no certain order or an unknown kind; then nothing is written.
    """
    progress = onward(part_of(progress, 0, 1 / ROWS_READ) if dry_run else progress)
    which = kinds.named(kind)
    if make_ids and kind != "people":
        raise CrtError(tr("Ids are made for people only. Import people first."))
    sheet = opening.read([which], path, place, part_of(progress, 0, FILE_READ))
    sheet = heeding(sheet, part_of(progress, FILE_READ, FILE_READ))
    opened = _opened(which, sheet, mapping=mapping or {}, guess=guess)
    opened.sheet = corrected(joined(opened.sheet, opened.mapping), corrections or {})
    if dry_run:
        with store.read() as session:
            plan, made = _plan(session, opened, store.now, date_order, decided, progress, is_looked_over=True)
            return _report(opened, plan, made, dry_run=True)

    def take(session: Session) -> ImportReport:
        plan, made = _plan(session, opened, store.now, date_order, decided, progress)
        opened.let_go()
        if (plan.bad or made.bad or made.questions) and not skip_bad:
            raise BadRows(_report(opened, plan, made, dry_run=False))
        progress(ROWS_READ)
        new_rows.tell(session, len(plan.drafts), lambda part: progress(ROWS_READ + part * (WRITTEN - ROWS_READ)))
        opened.kind.write(session, plan)
        progress(WRITTEN)
        return _report(opened, plan, made, dry_run=False, written=bool(plan.drafts or plan.answers))

    report = store.do(IMPORT(take, tr(opened.kind.whats), path.name)).answer
    progress(1.0)
    return report


def _take(session: Session, take: Callable[[Session], ImportReport], whats: str, file: str) -> ImportReport:
    return take(session)


IMPORT = Act(_take, LABEL)


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
    offers: tuple[str, ...] = ()
    """What may be decided of the whole file because of how its table was."""

    def unfolded(self, found: Unfolded) -> None:
        """Take the table as a list of one row for each person and day, where it was something else."""
        self.sheet, self.mapping = found.sheet, found.mapping
        self.remarks, self.offers = (*self.remarks, *found.notes), found.offers

    def leave(self, *fields: str) -> None:
        """Take no column for these fields by a usual name: the team has nothing that they could name."""
        for ours in self.guessed.intersection(fields):
            self.unused = (*self.unused, self.mapping.pop(ours))
            del self.taken[ours]

    def let_go(self) -> None:
        """Keep the table without its rows: the text of 100,000 need not be held while the records are written."""
        self.sheet = replace(self.sheet, rows=())


def _opened(which: Kind, sheet: Sheet, *, mapping: Mapping[str, str], guess: bool) -> _Opened:
    own_sheet.refuse_hours(sheet)
    which = kinds.of_sheet(which, sheet)
    if which is kinds.SHEET:
        remarks = (tr(own_sheet.SAID), *opening.remarks(sheet))
        return _Opened(which, sheet, {}, frozenset(), remarks, {}, opening.not_used(sheet, which.fields))
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
    progress: Progress,
    *,
    is_looked_over: bool = False,
) -> tuple[ImportPlan[Any], Ready]:
    """Return what the file leads to, and what was found of whom its rows and words mean."""
    name = opened.kind.name
    asked = _asked_for(name, decided)
    if opened.kind is kinds.SHEET:
        plan = own_sheet.read(session, opened.sheet, {}, now=now, is_looked_over=is_looked_over)
        return plan, Ready(opened.sheet, {}, (), (), (), ())
    if session.scalar(select(Division.id).limit(1)) is None:
        opened.leave("division", "home_division")
    raw, mapping, found = opened.sheet, opened.mapping, None
    if name == "availability":
        found = unfold(session, opened.sheet, opened.mapping, now=now, date_order=date_order, only=decided.only)
        opened.unfolded(found)
    in_words, in_rows = part_of(progress, FILE_READ, WORDS_READ), part_of(progress, WORDS_READ, ROWS_READ)
    made = ready(session, opened.kind, heeding(opened.sheet, in_words), opened.mapping, decided, in_words)
    values: dict[str, Any] = {"mapping": made.mapping, "now": now, "date_order": date_order, **asked}
    if is_looked_over and found is not None and made.whole is not None:
        values["look"] = beside(session, raw, mapping, found, made.whole, decided).poll
    plan = read_at_home(session, opened.kind.read, heeding(made.sheet, in_rows), values)
    return plan, replace(made, sheet=replace(made.sheet, rows=()), whole=None)


_WHOLE: Final[Mapping[str, tuple[str, str]]] = {
    "empty_clears": ("people", mark("Empty cells clear fields in a file of people only.")),
    "replaces": ("availability", mark("Only a file of availability takes the place of an earlier one.")),
    "only": ("availability", mark("Only a file of availability names the shifts somebody can do.")),
    "row_per_victim": ("incidents", mark("Only a log of incidents has a row for each victim.")),
}  # fmt: skip
"""What may be decided of a whole file: of which kind, and the sentence that refuses it for another."""
_UNTICK: Final = {"only": remedies.LEAVE_ONLY_OUT, "row_per_victim": remedies.LEAVE_VICTIMS_OUT}
ALWAYS: Final = ("empty_clears", "replaces")
"""Those that may be decided of any file of their kind; the others where a file has what they are about."""


def _asked_for(kind: str, decided: Decisions) -> dict[str, bool]:
    """Return what was decided of the whole file, for the readers that heed it; raises CrtError for the others."""
    for name, (of, sentence) in _WHOLE.items():
        if getattr(decided, name) and kind != of:
            raise CrtError(tr(sentence), _UNTICK.get(name))
    read = (name for name, (of, _) in _WHOLE.items() if of == kind and name != "only")  # a grid is put into rows by it
    return {name: getattr(decided, name) for name in read}


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
            *((tr("Columns not used: {names}.", names=", ".join(unused)),) if unused else ()),
        ),
        unused_columns=unused,
        unread_sheets=(*sheet.not_read, *sheet.hidden),
        questions=made.questions,
        words=made.words,
        answers=plan.people,
        poll=plan.poll,
        offers=(*(name for name in ALWAYS if _WHOLE[name][0] == opened.kind.name), *opened.offers, *plan.offers),
    )


def _used(kind: Kind, sheet: Sheet, mapping: Mapping[str, str]) -> tuple[str, ...]:
    """Return the columns that a field, a poll's day or a sign-up's shift is read from."""
    own = {plain(name): name for name in sheet.header}
    named = (own[ours] for ours in kind.fields if ours in own and mapping.get(ours, ours))
    return (*mapping.values(), *named, *opening.days(kind, sheet.header, mapping))


def _taken_words(taken: Mapping[str, str]) -> tuple[str, ...]:
    """Return a sentence on the columns that were taken for a field by what such columns are usually called."""
    found = [tr("{theirs} for {ours}", theirs=theirs, ours=ours) for ours, theirs in taken.items()]
    return (tr("Taken: {names}.", names=", ".join(found)),) if found else ()
