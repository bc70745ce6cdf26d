"""What every command shares: the database, the clock, who is asking, and how answers are printed."""

from __future__ import annotations

import datetime as dt
import getpass
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any, TypeVar

import msgspec
import typer

from crt_scheduler import places, store, times, writing
from crt_scheduler.act import Deed
from crt_scheduler.errors import CrtError
from crt_scheduler.lines import SheetLine, written
from crt_scheduler.publish import placing
from solver.wording import tr

T = TypeVar("T")
MOST = 2**31 - 1
"""The largest whole number a command takes: the records and the solver hold larger ones, but nobody means them."""
UNPRINTED = dict.fromkeys((7, 8, 11, 12, 13))
"""Letters that ring or move a terminal's cursor; tables leave out the same."""


class Desk(msgspec.Struct, frozen=True):
    """Who asks, when, of which database, and whether the answer is to be one line of JSON."""

    database: str
    now: dt.datetime
    who: str
    json: bool = False

    def done(self, words: str) -> None:
        """Say that an act is done; as JSON {"done": words} where JSON was asked for."""
        say(words, json=True)
        if self.json:
            print_json({"done": words})

    def do(self, deed: Deed[T], words: str = "", *, more: str = "") -> T:
        """Do one act, say so by its label or in other `words`, with what `more` there is to know; return its answer."""
        with self.open() as store:
            done = store.do(deed)
        self.done(" ".join(filter(None, (words or tr("Done: {label}.", label=done.label), more))))
        return done.answer

    @contextmanager
    def open(self, *, create: bool = False) -> Iterator[store.Store]:
        """Open the database for one command and let go of it afterwards; the day's first act is backed up."""
        with store.open_store(self.database, who=self.who, now=self.now, create=create) as opened:
            if opened.notice:
                say(opened.notice, json=True)
            _finish(opened)
            before = opened.seen
            yield opened
            if opened.seen != before:
                _back_up_daily(opened)


def _back_up_daily(opened: store.Store) -> None:
    """Make the day's backup; what was done stays done where it cannot be made, and that is said."""
    try:
        words = opened.back_up_daily()
    except CrtError as fault:
        words = tr("What you asked for is done, but the day's backup could not be made: {fault}", fault=fault)
    if words:
        say(words, json=True)


def _finish(opened: store.Store) -> None:
    """End what a program that was stopped left half written, and say what cannot be ended."""
    if opened.is_read_only:
        return
    writing.sweep()
    with opened.read() as session:
        is_finished = not placing.unfinished(session)
    if is_finished:
        return
    from crt_scheduler.publish.publishing import finish_placing

    for sentence in finish_placing(opened):
        say(sentence, json=True)


def desk(database: str | None, now: str | None, who: str | None, *, json: bool) -> Desk:
    """Return the desk for the global options; raises CrtError for a clock that cannot be read."""
    return Desk(
        database=database or os.environ.get("CRT_SCHEDULER_DATABASE") or str(places.default_database()),
        now=_clock(now),
        who=who or _login(),
        json=json,
    )


def _login() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container without a user database
        return "coordinator"


def _clock(now: str | None) -> dt.datetime:
    return dt.datetime.now(dt.UTC).replace(microsecond=0) if now is None else times.moment(now)


def desk_of(context: typer.Context) -> Desk:
    """Return the desk that the global options set up."""
    found = context.obj
    assert isinstance(found, Desk)
    return found


def say(words: str, *, json: bool = False) -> None:
    """Print a sentence for people: to standard output, or to standard error beside JSON."""
    print(words.translate(UNPRINTED), file=sys.stderr if json else sys.stdout, flush=True)


def table(title: str, columns: list[str], rows: list[list[Any]], *, right: tuple[int, ...] = ()) -> None:
    """Print a table for people; columns numbered in `right` are aligned right."""
    from rich.console import Console  # most commands say a sentence, and loading this takes longer than they may
    from rich.table import Table

    shown = Table(header_style="bold", box=None, pad_edge=False)
    for n, name in enumerate(columns):
        shown.add_column(name, justify="right" if n in right else "left", overflow="fold")
    for row in rows:
        shown.add_row(*("" if cell is None else str(cell) for cell in row))
    say(title)
    Console(highlight=False, emoji=False, markup=False).print(shown)


def print_json(answer: Any) -> None:
    """Print the answer as one line of JSON, last on standard output."""
    print(msgspec.json.encode(answer, enc_hook=json_form).decode(), flush=True)


def json_form(value: Any) -> str:
    """Return a zone as its name alone, and a line of one of several sheets as Feb!3; no other value needs a form."""
    if isinstance(value, times.Zone):
        return str(value)
    if isinstance(value, SheetLine):
        return written(value)
    raise NotImplementedError(type(value).__name__)


def date_of(words: str) -> dt.date:
    """Return a date as people type it; raises CrtError for anything else."""
    return times.date(words)


def file_named(path: Path) -> Path:
    """Return the path of a file to write; raises CrtError for a folder, such as the one that a dot or nothing names."""
    if path.is_dir():
        raise CrtError(tr("{shown} is a folder. Name a file.", shown=times.shown(str(path), most=200)))
    return path


def count_words(count: int, noun: str) -> str:
    """Return a count with its noun, such as 1 shift or 3 shifts."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


Force = Annotated[bool, typer.Option("--force", help="Replace files that this program did not write.")]
"""What every command offers that writes files; records are never replaced."""


def month_argument() -> Any:
    """Return the argument that names a month."""
    return typer.Argument(help="The month, such as 2027-01.", metavar="YYYY-MM", callback=_month)


def _month(value: str) -> str:
    times.parse_month(value)
    return value
