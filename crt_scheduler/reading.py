"""A person's file, opened only where it is an ordinary one of bearable size, and let go of if it changes meanwhile."""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from crt_scheduler import held, limits
from crt_scheduler.errors import CrtError
from crt_scheduler.progress import Progress, nobody
from solver.wording import mark, tr

SPLIT = mark("Split it into smaller files, or delete what is not needed.")
_FLAGS = os.O_RDONLY | sum(getattr(os, name, 0) for name in ("O_NONBLOCK", "O_CLOEXEC", "O_NOCTTY", "O_BINARY"))
"""Opening never waits: a pipe nobody writes to would hold the program for ever."""
_KINDS = (
    (stat.S_ISFIFO, "a pipe"), (stat.S_ISCHR, "a device"), (stat.S_ISBLK, "a disk"), (stat.S_ISSOCK, "a socket"),
)  # fmt: skip


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """Yield an ordinary file to read bytes from, at most `limits.LARGEST_FILE` of them.

    Raises CrtError naming the file and the remedy for one that is missing, no ordinary file, too large, unreadable or
    empty, and for one that was written to or cut while it was read.
    """
    try:
        _refuse_strange(path, _found(path))  # before it is opened: opening a device may set it going
        with os.fdopen(os.open(path, _FLAGS), "rb") as file:
            before = os.fstat(file.fileno())
            _refuse_strange(path, before)
            yield file
            if _stamp(os.fstat(file.fileno())) != _stamp(before):
                raise CrtError(
                    tr("{name} was changed while it was read. Wait until it is complete and try again.", name=path.name)
                )
    except FileNotFoundError as fault:
        raise CrtError(tr("There is no file at {path}. Check the name and the folder.", path=path)) from fault
    except OSError as fault:
        raise CrtError(
            tr(
                "{path} cannot be read ({strerror}). Check its name and permissions.",
                path=path,
                strerror=fault.strerror,
            )
        ) from fault


def is_folder(path: Path) -> bool:
    """Is this a folder? A name that no disk can hold is none, instead of a fault."""
    try:
        return stat.S_ISDIR(path.stat().st_mode)
    except (OSError, ValueError):
        return False


def _found(path: Path) -> os.stat_result:
    try:
        return path.stat()
    except ValueError as fault:  # a name with a zero byte in it
        raise CrtError(tr("{path!r} is no name of a file. Check it.", path=str(path))) from fault


def _stamp(found: os.stat_result) -> tuple[int, int]:
    return found.st_size, found.st_mtime_ns


def _refuse_strange(path: Path, found: os.stat_result) -> None:
    if held.is_held(path):  # opening it here would drop SQLite's locks on it
        raise CrtError(
            tr("{name} is the team's records, which are open. Choose the list that is to be imported.", name=path.name)
        )
    if stat.S_ISDIR(found.st_mode):
        raise CrtError(tr("{path} is a folder. Name the CSV or XLSX file inside it.", path=path))
    if not stat.S_ISREG(found.st_mode):
        kind = next((words for is_kind, words in _KINDS if is_kind(found.st_mode)), tr("no file"))
        raise CrtError(tr("{path} is {kind}, not an ordinary file. Name a CSV or XLSX file.", path=path, kind=kind))
    if found.st_size > limits.LARGEST_FILE:
        raise CrtError(
            tr(
                "{name} is larger than {largest_file} MB. {split}",
                name=path.name,
                largest_file=limits.LARGEST_FILE // 1000000,
                split=tr(SPLIT),
            )
        )
    if not found.st_size:  # also what the system's own lists in /proc say of themselves, however much they hold
        raise CrtError(tr("{name} is empty. Its first line must name the columns.", name=path.name))


class Meter:
    """Counts what a table has held so far, and stops at the first limit with a sentence; tells how far reading is."""

    def __init__(self, path: Path, progress: Progress = nobody) -> None:
        self._path, self._progress = path, progress
        self._rows = self._cells = self._letters = self._tags = 0
        self._until = time.thread_time() + limits.MOST_SECONDS

    def row(self, line: int, cells: list[str]) -> int:
        """Count a row that holds something and return its letters; raises CrtError beyond a limit."""
        self._rows += 1
        self._cells += len(cells)
        text = "".join(cells)
        letters = len(text) if text.isascii() else len(text.encode("utf-8", "surrogatepass"))
        self._letters += letters
        if self._rows > limits.MOST_ROWS:
            raise self.too_much(tr("{most_rows:,} rows", most_rows=limits.MOST_ROWS))
        if self._cells > limits.MOST_CELLS:
            raise self.too_much(tr("{most_cells:,} cells", most_cells=limits.MOST_CELLS))
        if self._letters > limits.MOST_LETTERS:
            raise self.too_much(tr("{most_letters:,} letters", most_letters=limits.MOST_LETTERS))
        if len(cells) > limits.MOST_COLUMNS:
            raise CrtError(
                tr(
                    "{name}, line {line}: a cell stands beyond the {most_columns}th column. Delete the "
                    "columns right of the table and save it again.",
                    name=self._path.name,
                    line=line,
                    most_columns=limits.MOST_COLUMNS,
                )
            )
        if letters > limits.LONGEST_CELL and max(map(len, cells)) > limits.LONGEST_CELL:
            raise self.long_cell(line)
        return letters

    def cells(self, count: int) -> None:
        """Count cells that were filled in after their row was counted; raises CrtError beyond the limit."""
        self._cells += count
        if self._cells > limits.MOST_CELLS:
            raise self.too_much(tr("{most_cells:,} cells", most_cells=limits.MOST_CELLS))

    def line(self, line: int) -> None:
        """Note how far down the file a row stands; raises CrtError beyond the last row that Excel has."""
        if not 0 < line <= limits.LAST_ROW:
            raise CrtError(
                tr(
                    "{name} has a row {line:,}; the last one of a sheet is {last_row:,}. The sheet may "
                    "hold stray cells far below: delete the empty rows and save it again.",
                    name=self._path.name,
                    line=line,
                    last_row=limits.LAST_ROW,
                )
            )

    def tags(self, count: int) -> None:
        """Count tags and texts of a workbook that passed; raises CrtError where no table has so many."""
        self._tags += count
        if self._tags > limits.MOST_TAGS:
            raise self.too_much(tr("{most_tags:,} tags in its sheet and styles", most_tags=limits.MOST_TAGS))

    def tick(self, part: float) -> None:
        """Tell which part of the file was read, and look at the clock.

        Raises CrtError where reading has taken longer than any real file takes, and what stops it.
        """
        self._progress(part)
        if time.thread_time() > self._until:
            raise CrtError(tr("{name} takes too long to read. {split}", name=self._path.name, split=tr(SPLIT)))

    def long_cell(self, line: int) -> CrtError:
        """Return the refusal of a cell that is longer than any cell of a spreadsheet."""
        return CrtError(
            tr(
                "{name}, line {line}: a cell is longer than {longest_cell:,} letters. Shorten it, or "
                'look for a quote (") that is never closed.',
                name=self._path.name,
                line=line,
                longest_cell=limits.LONGEST_CELL,
            )
        )

    def too_much(self, what: str) -> CrtError:
        """Return the refusal of a file that has more of something than a limit."""
        return CrtError(tr("{name} has more than {what}. {split}", name=self._path.name, what=what, split=tr(SPLIT)))
