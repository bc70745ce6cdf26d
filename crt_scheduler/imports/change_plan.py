"""What reading a file leads to before anything is written: rows to make or change, and every bad row with why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Generic, TypeVar

from crt_scheduler import limits, remedies, texts
from crt_scheduler.errors import CrtError
from crt_scheduler.file_field import Cell, Field
from crt_scheduler.imports import cell_meaning
from crt_scheduler.imports.asked import Question, Word
from crt_scheduler.imports.people_by_dates import Poll
from crt_scheduler.lines import said
from crt_scheduler.month_answers import Heard
from crt_scheduler.sheets import Row, Sheet
from solver.wording import counted, tr

Draft = TypeVar("Draft")
SHOWN = 5
"""Why a person whom a file names cannot be taken."""
SPOILT = 40
"""Letters of a text that cannot be taken which are still looked at, so that reading it costs nothing."""
LONGEST_SHOWN = 200
"""Letters of a refused text that are repeated."""
JOIN = " + "
"""Between the columns of a file that together hold one field, as in name=First name + Last name."""


@dataclass(frozen=True)
class BadRow:
    """One cell that cannot be taken: the line of the file, the column as the file names it, its text and why."""

    line: int
    column: str
    value: str
    reason: str

    def sentence(self, *, alike: int = 0) -> str:
        """Return the fault as a person reads it, and on how many other lines there is the same one."""
        text = " ".join(self.value.split())
        shown = text if len(text) <= 60 else text[:57] + "..."
        others = counted(alike, " and {n} more line", " and {n} more lines") if alike else ""
        return tr(
            'line {line}{others}, column {column}, "{shown}": {reason}',
            line=self.line,
            others=others,
            column=self.column,
            shown=shown,
            reason=self.reason,
        )


@dataclass(frozen=True)
class ImportPlan(Generic[Draft]):
    """The outcome of reading: counts, bad rows, drafts, records the file does not name, what to look at, and columns
    that no field was read from."""

    new: int
    changed: int
    unchanged: int
    bad: tuple[BadRow, ...]
    drafts: Sequence[Draft]
    left_alone: int = 0
    notes: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()
    offers: tuple[str, ...] = ()
    """What of `Decisions` may be decided of the whole file, since it would change what its rows mean."""
    answers: tuple[Heard, ...] = ()
    """The months for which people are taken down to have answered: of a poll, also those who said yes to all."""
    poll: Poll | None = None
    """What is said as people by dates, where somebody looks the file over."""

    @property
    def people(self) -> int:
        """How many people's answers are taken down."""
        return len({each.responder_id for each in self.answers})


@dataclass(frozen=True)
class ImportReport:
    """What an import did, or would do in a dry run."""

    kind: str
    file: str
    new: int
    changed: int
    unchanged: int
    left_alone: int
    bad: tuple[BadRow, ...]
    dry_run: bool
    written: bool
    notes: tuple[str, ...] = ()
    unused_columns: tuple[str, ...] = ()
    unread_sheets: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()
    """What the import cannot tell; rows of those that ask who somebody is are in none of the counts."""
    words: tuple[Word, ...] = ()
    """Each distinct word of the file with what it was taken for."""
    answers: int = 0
    """How many people's answers for a month are taken down."""
    poll: Poll | None = None
    """A file of availability as people by dates, where it was only looked over."""
    offers: tuple[str, ...] = ()
    """What of `Decisions` may be decided of the whole file."""

    @property
    def bad_rows(self) -> int:
        """How many rows of the file cannot be taken (one row may have several faults)."""
        return len({fault.line for fault in self.bad})

    @property
    def faults(self) -> tuple[BadRow, ...]:
        """Return the bad cells that no question is about."""
        asked = {(line, question.column) for question in self.questions for line in question.lines}
        return tuple(fault for fault in self.bad if (fault.line, fault.column) not in asked)

    @property
    def lines_out(self) -> frozenset[int]:
        """Return the lines that would stay out as things are: those that are bad, and those that are asked about."""
        asked = {line for question in self.questions for line in question.out}
        return frozenset(asked | {fault.line for fault in self.bad})

    def as_dict(self) -> dict[str, Any]:
        """Return the report for --json."""
        return {
            "kind": self.kind,
            "file": self.file,
            "new": self.new,
            "changed": self.changed,
            "unchanged": self.unchanged,
            "left_alone": self.left_alone,
            "bad_rows": self.bad_rows,
            "bad": [{"line": said(f.line), "column": f.column, "value": f.value, "reason": f.reason} for f in self.bad],
            "dry_run": self.dry_run,
            "written": self.written,
            "notes": list(self.notes),
            "not_used": {"columns": list(self.unused_columns), "sheets": list(self.unread_sheets)},
            "questions": [question.as_dict() for question in self.questions],
            "words": [word.as_dict() for word in self.words],
            "answers": self.answers,
        }

    def sentence(self) -> str:
        """Return the outcome as a person reads it."""
        counts = {"file": self.file, "new": self.new, "changed": self.changed, "unchanged": self.unchanged}
        parts = [
            tr("{file}: {new:,} would be added, {changed:,} changed, {unchanged:,} unchanged.", **counts)
            if self.dry_run
            else tr("{file}: {new:,} were added, {changed:,} changed, {unchanged:,} unchanged.", **counts)
        ]
        if self.bad:
            first = _first(self.bad)
            parts.append(
                counted(
                    self.bad_rows,
                    "{n} bad row would be left out: {first}.",
                    "{n} bad rows would be left out: {first}.",
                    first=first,
                )
                if self.dry_run
                else counted(
                    self.bad_rows,
                    "{n} bad row was left out: {first}.",
                    "{n} bad rows were left out: {first}.",
                    first=first,
                )
            )
        if self.questions:
            out = len({line for asked in self.questions for line in asked.out})
            open_ = counted(len(self.questions), "{n} open question", "{n} open questions")
            parts.append(
                counted(
                    out,
                    "{questions}, so {n} row would be left out.",
                    "{questions}, so {n} rows would be left out.",
                    questions=open_,
                )
                if self.dry_run
                else counted(
                    out,
                    "{questions}, so {n} row was left out.",
                    "{questions}, so {n} rows were left out.",
                    questions=open_,
                )
            )
            parts.append(_asked(self.questions))
        return " ".join((*parts, *self.notes))


class BadRows(CrtError):
    """An import refused for its bad rows and open questions; nothing was written. `report` holds all of them."""

    def __init__(self, report: ImportReport) -> None:
        super().__init__(_refusal(report))
        self.report = report

    def beside(self) -> dict[str, Any]:
        """Return the report, with every bad row."""
        return self.report.as_dict()


def _refusal(report: ImportReport) -> str:
    parts = []
    if report.questions:
        parts.append(
            counted(
                len(report.questions),
                "{file}: {n} question is open, so nothing was written. {asked}",
                "{file}: {n} questions are open, so nothing was written. {asked}",
                file=report.file,
                asked=_asked(report.questions),
            )
        )
    if bad := report.faults:
        rows, first = len({fault.line for fault in bad}), _first(bad)
        first = f"{first[0].upper()}{first[1:]}."
        parts.append(
            counted(rows, "{n} row cannot be read. {first}", "{n} rows cannot be read. {first}", first=first)
            if parts
            else counted(
                rows,
                "{file}: {n} row cannot be read, so nothing was written. {first}",
                "{file}: {n} rows cannot be read, so nothing was written. {first}",
                file=report.file,
                first=first,
            )
        )
    remedy = remedies.IMPORT_THE_REST.words() if bad else remedies.SKIP.words()
    return " ".join((*parts, remedy))


def _count(count: int, what: str) -> str:
    return f"1 {what}" if count == 1 else f"{count:,} {what}s"


def _asked(questions: tuple[Question, ...]) -> str:
    """Return the first few questions, and how many more there are."""
    more = len(questions) - SHOWN
    shown = " ".join(question.sentence for question in questions[:SHOWN])
    return (
        tr(
            "{shown} And {count}; {remedy}",
            shown=shown,
            count=_count(more, "more question"),
            remedy=remedies.ALL_QUESTIONS.words(),
        )
        if more > 0
        else shown
    )


def nobody() -> str:
    """Return why a row is refused that names nobody on record."""
    return tr("nobody has this id, name or e-mail; {remedy}", remedy=remedies.SAY_WHO.words())


def _first(bad: tuple[BadRow, ...]) -> str:
    """Return the first few faults in words, equal ones as one, and how many more there are."""
    alike: dict[tuple[str, str, str], list[BadRow]] = {}
    for fault in bad:
        alike.setdefault((fault.column, fault.value, fault.reason), []).append(fault)
    groups = list(alike.values())
    shown = "; ".join(group[0].sentence(alike=len(group) - 1) for group in groups[:SHOWN])
    more = sum(map(len, groups[SHOWN:]))
    return tr("{shown}; and {more:,} more", shown=shown, more=more) if more else shown


@dataclass
class Columns:
    """Which column of the file holds each of our fields (by its own name, or as --map says)."""

    sheet: Sheet
    theirs: dict[str, str]
    fields: Mapping[str, Field]
    marks: dict[str, cell_meaning.Mark] = field(default_factory=dict)

    def has(self, ours: str) -> bool:
        """Does the file hold the field?"""
        return ours in self.theirs

    def named(self, ours: str) -> str:
        """Return the column as the file names it."""
        return self.theirs.get(ours, ours)

    def text(self, row: Row, ours: str) -> str:
        """Return what a row's cell of a field means, whether or not it can be taken."""
        return cell_meaning.meant(self.cell(ours), row.cells[self.theirs[ours]]) if ours in self.theirs else ""

    def cell(self, ours: str) -> Cell:
        """Return what a field's cells hold; a credential's, any text."""
        found = self.fields.get(ours)
        return "text" if found is None else found.cell

    @cached_property
    def each(self) -> tuple[tuple[str, str, Cell, int], ...]:
        """Return each field with its column, what its cells hold, and how many letters they may have."""
        letters = {ours: self.fields[ours].letters if ours in self.fields else 0 for ours in self.theirs}
        return tuple(
            (ours, theirs, self.cell(ours), letters[ours] or limits.letters(ours))
            for ours, theirs in self.theirs.items()
        )

    def mark(self, ours: str) -> cell_meaning.Mark:
        """Return the decimal mark of a field's column, as its values tell; looked for once."""
        if ours not in self.marks:
            name = self.named(ours)
            self.marks[ours] = cell_meaning.mark(row.cells[name] for row in self.sheet.rows)
        return self.marks[ours]

    def unused(self) -> tuple[str, ...]:
        """Return the columns that no field is read from."""
        used = {part for column in self.theirs.values() for part in (column, *column.split(JOIN))}
        return tuple(name for name in self.sheet.header if name not in used)

    def starting(self, prefix: str) -> list[str]:
        """Return our fields that begin with a prefix, such as credential:, in the file's order."""
        return [ours for ours in self.theirs if ours.startswith(prefix)]


def made_column(ours: str) -> str:
    """Return the name of a column that the import makes to hold a field which no column of the file holds by itself."""
    return f"({ours})"


def plain(name: str) -> str:
    """Return a column's name as fields are compared: lower case, underlines for blanks."""
    return "_".join(name.casefold().split())


def columns(
    sheet: Sheet, mapping: dict[str, str], *, known: Iterable[Field], required: Iterable[str], prefix: str = ""
) -> Columns:
    """Find our fields in the file's header; a field mapped to nothing is left out, whatever the header says.

    Raises CrtError for a --map that names no field of ours or no column of theirs, and for a required one missing.
    """
    fields = {field.name: field for field in known}
    header = {plain(name): name for name in sheet.header}
    theirs = {ours: header[ours] for ours in fields if ours in header}
    for name in sheet.header:
        if prefix and name.casefold().startswith(prefix):
            theirs[prefix + name[len(prefix) :].strip()] = name
    for ours, column in mapping.items():
        if ours not in fields and not (prefix and ours.startswith(prefix)):
            raise CrtError(
                tr(
                    "--map {ours}={column}: there is no field {ours!r}. The fields are: {names}.",
                    ours=ours,
                    column=column,
                    names=", ".join(fields),
                )
            )
        if not column:
            theirs.pop(ours, None)
            continue
        if plain(column) not in header:
            raise CrtError(
                tr(
                    "--map {ours}={column}: {name} has no such column. {found}",
                    ours=ours,
                    column=column,
                    name=sheet.path.name,
                    found=_found(sheet),
                )
            )
        theirs[ours] = header[plain(column)]
    for ours in required:
        if ours not in theirs:
            raise CrtError(
                tr('{name} has no column "{ours}". {found}', name=sheet.path.name, ours=ours, found=_found(sheet)),
                remedies.NAME_THE_COLUMN.of(ours=ours),
            )
    _refuse_twins(sheet, theirs, mapping)
    return Columns(sheet, theirs, fields)


def _refuse_twins(sheet: Sheet, theirs: dict[str, str], mapping: dict[str, str]) -> None:
    """Refuse a field whose column has a twin of the same name that says something else, unless one was chosen."""
    for ours, column in theirs.items():
        others = [other for first, other in sheet.twins if first == column]
        if mapping.get(ours) == column:  # a person chose it
            continue
        for other in others:
            row = next((row for row in sheet.rows if row.cells[other] and row.cells[other] != row.cells[column]), None)
            if row is not None:
                raise CrtError(
                    tr(
                        '{name}: two columns are called "{column}" and differ on line {line}.',
                        name=sheet.path.name,
                        column=column,
                        line=row.line,
                    ),
                    remedies.CHOOSE_TWIN.of(ours=ours, column=column, other=other),
                )


def _found(sheet: Sheet) -> str:
    return tr("Its columns are: {names}.", names=", ".join(sheet.header))


@dataclass
class Reader:
    """Reads one row field by field and gathers what is wrong with it."""

    columns: Columns
    row: Row
    bad: list[BadRow] = field(default_factory=list)
    spoilt: dict[str, str] = field(default_factory=dict)
    """Fields whose text is too long or holds hidden signs, with what can be shown of it; each is refused once."""

    def __post_init__(self) -> None:
        """Refuse texts that deceive, and a row with more cells than the header names: something is not quoted."""
        for ours, theirs, cell, letters in self.columns.each:
            text = self.row.cells[theirs]
            if text and (why := texts.fault(text, letters) or cell_meaning.fault(cell, text)):
                self.refuse(ours, why)
                self.spoilt[ours] = texts.shown(text, SPOILT)
        if self.row.beyond:
            reason = tr("the row has more cells than the header; put a cell that holds a comma in quotes")
            beyond = texts.shown(" ".join(self.row.beyond), LONGEST_SHOWN)
            self.bad.append(BadRow(self.row.line, tr("(beyond the last)"), beyond, reason))

    def text(self, ours: str) -> str:
        """Return the field's text, or nothing where the file has no such column or its cell says n/a or the like."""
        name = self.columns.theirs.get(ours)
        if name is None:
            return ""
        if ours in self.spoilt:
            return self.spoilt[ours]
        return cell_meaning.meant(self.columns.cell(ours), self.row.cells[name])

    def refuse(self, ours: str, reason: str, value: str | None = None) -> None:
        """Note that a field cannot be taken, and why."""
        if ours in self.spoilt:
            return
        shown = self.text(ours) if value is None else value
        self.bad.append(BadRow(self.row.line, self.columns.named(ours), texts.shown(shown, LONGEST_SHOWN), reason))

    def number(self, ours: str, *, least: float, most: float, reason: str) -> float | None:
        """Return the field's number, or None for an empty cell and for one that is refused for the reason.

        37,5 is read as it is meant; what may be thousands or decimals is told by the column, or refused.
        """
        text = self.text(ours)
        if not text:
            return None
        try:
            found = cell_meaning.number(text, self.columns.mark(ours) if cell_meaning.is_unclear(text) else "")
        except ValueError as fault:
            self.refuse(ours, str(fault) if cell_meaning.is_unclear(text) else reason)
            return None
        if not least <= found <= most:
            self.refuse(ours, reason)
            return None
        return found

    def one_of(self, ours: str, allowed: tuple[str, ...], default: str = "") -> str:
        """Return one of the allowed words; an empty cell means the default."""
        word = self.text(ours).casefold().replace(" ", "_") or default
        if word not in allowed:
            self.refuse(ours, tr("use one of {names}", names=", ".join(allowed)))
        return word

    def several(self, ours: str) -> list[str]:
        """Return the parts of a list written with semicolons, each once."""
        parts, cell = (part.strip() for part in self.text(ours).split(";")), self.columns.cell(ours)
        return list(dict.fromkeys(part for part in parts if part and not cell_meaning.is_nothing(cell, part)))
