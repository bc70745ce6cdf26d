"""What reading sheets back did, or would do: file by file and line by line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from crt_scheduler import reading, remedies, sheets, texts, writing
from crt_scheduler.errors import CrtError
from crt_scheduler.sheets import Row
from solver.wording import counted, tr

SHOWN = 5
TABLES = (".xlsx", ".xlsm", ".csv", ".txt", ".tsv")


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One line that says something: the file, its line (0: the file as a whole), whose, and what becomes of it.

    `outcome` is new, changed, unchanged or bad; `words` say what the line holds, or why it cannot be taken.
    """

    file: str
    line: int
    person: str
    outcome: str
    words: str

    def sentence(self) -> str:
        """Return the line as a person reads it."""
        place = tr("{file}, line {line}", file=self.file, line=self.line) if self.line else self.file
        return f"{place}: {self.words}"


@dataclass
class SheetsReport:
    """The outcome of reading sheets."""

    many: str
    files: int = 0
    lines: list[SheetLine] = field(default_factory=list)
    notes: tuple[str, ...] = ()
    dry_run: bool = False
    written: bool = False
    untouched: set[str] = field(default_factory=set)
    """Files that are as this program wrote them: nobody has saved them since."""

    def count(self, outcome: str) -> int:
        """Return how many lines have an outcome."""
        return sum(line.outcome == outcome for line in self.lines)

    @property
    def bad(self) -> tuple[SheetLine, ...]:
        """The lines that cannot be taken."""
        return tuple(line for line in self.lines if line.outcome == "bad")

    def as_dict(self) -> dict[str, Any]:
        """Return the report for --json."""
        return {
            "files": self.files,
            "new": self.count("new"),
            "changed": self.count("changed"),
            "unchanged": self.count("unchanged"),
            "bad_rows": len(self.bad),
            "bad": [{"file": b.file, "line": b.line, "person": b.person, "reason": b.words} for b in self.bad],
            "notes": list(self.notes),
            "dry_run": self.dry_run,
            "written": self.written,
        }

    def sentence(self) -> str:
        """Return the outcome as a person reads it."""
        counts = {
            "sheets": counted(self.files, "{n} sheet", "{n} sheets"),
            "what": tr(self.many),
            **{name: self.count(name) for name in ("new", "changed", "unchanged")},
        }
        words = [
            tr("{sheets}: {new:,} {what} would be added, {changed:,} changed, {unchanged:,} unchanged.", **counts)
            if self.dry_run
            else tr("{sheets}: {new:,} {what} were added, {changed:,} changed, {unchanged:,} unchanged.", **counts)
        ]
        if self.bad:
            words.append(
                counted(len(self.bad), "{n} row would be left out.", "{n} rows would be left out.")
                if self.dry_run
                else counted(len(self.bad), "{n} row was left out.", "{n} rows were left out.")
            )
        return " ".join((*words, *self.notes))


class BadSheets(CrtError):
    """Sheets refused for lines that cannot be taken; nothing was written. `report` holds every one of them."""

    def __init__(self, report: SheetsReport) -> None:
        shown = " ".join(line.sentence() for line in report.bad[:SHOWN])
        more = tr(" And {count:,} more.", count=len(report.bad) - SHOWN) if len(report.bad) > SHOWN else ""
        super().__init__(
            counted(
                len(report.bad),
                "{n} row cannot be read, so nothing was written. {shown}{more} {remedy}",
                "{n} rows cannot be read, so nothing was written. {shown}{more} {remedy}",
                shown=shown,
                more=more,
                remedy=remedies.READ_THE_REST.words(),
            )
        )
        self.report = report


def rows_in(path: Path, report: SheetsReport, needed: tuple[str, ...]) -> Iterator[tuple[str, Row]]:
    """Yield the rows of a sheet, or of every sheet in a folder, with the file's name; a bad file becomes a bad line.

    Raises CrtError for a folder without sheets.
    """
    files = _tables(path) if reading.is_folder(path) else [path]
    if not files:
        raise CrtError(tr("There are no sheets in {path}. Name the folder that holds them.", path=path))
    for file in files:
        report.files += 1
        try:
            sheet = sheets.read(file)
            if writing.is_ours(file):
                report.untouched.add(file.name)
        except CrtError as fault:
            if file == path:
                raise
            report.lines.append(SheetLine(file.name, 0, "", "bad", str(fault)))
            continue
        missing = [name for name in needed if name not in sheet.header]
        if missing:
            words = tr("There is no column {missing!r}. Take a new sheet and write there.", missing=missing[0])
            report.lines.append(SheetLine(file.name, 1, "", "bad", words))
            continue
        for row in sheet.rows:
            found = texts.first_fault(row.cells)
            if found is None:
                yield file.name, row
                continue
            words = tr("Column {found} {found2}.", found=found[0], found2=found[1])
            report.lines.append(SheetLine(file.name, row.line, "", "bad", words))


def _tables(folder: Path) -> list[Path]:
    try:
        return sorted(path for path in folder.iterdir() if _is_table(path))
    except OSError as fault:
        raise CrtError(
            tr("{folder} cannot be read ({strerror}). Check its permissions.", folder=folder, strerror=fault.strerror)
        ) from fault


def _is_table(path: Path) -> bool:
    """Is this a sheet, by its name? One that is no ordinary file is refused when it is read."""
    return path.suffix.lower() in TABLES and not path.name.startswith(("~$", ".")) and not reading.is_folder(path)
