"""What mends a fault, told as whoever reads it would do it: a command to the command line, a place to the window.

A remedy is a value beside the sentence of what is wrong (`CrtError.remedy`), so that the window can lead there.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import msgspec

from solver.wording import mark, tr

_IN_WINDOW: ContextVar[bool] = ContextVar("in_window", default=False)


class Remedy(msgspec.Struct, frozen=True):
    """What to do: as it is typed, as the window says it, the page where it is done (none: here), and their values."""

    typed: str
    shown: str
    place: str = ""
    values: dict[str, Any] = {}

    def of(self, **values: object) -> Remedy:
        """Return it with the values that it names."""
        return msgspec.structs.replace(self, values=values)

    def words(self) -> str:
        """Return it as whoever is spoken to would do it, in the language in use."""
        message = self.shown if _IN_WINDOW.get() else self.typed
        return tr(message, **self.values) if self.values else tr(message)


def is_in_the_way(remedy: Remedy | None) -> bool:
    """Is the remedy to replace what somebody else wrote?"""
    return remedy in (FORCE_FOLDER, FORCE_NAME)


@contextmanager
def in_window() -> Iterator[None]:
    """Speak to whoever sits at the window, for as long as this lasts: commands are no remedy there."""
    token = _IN_WINDOW.set(True)
    try:
        yield
    finally:
        _IN_WINDOW.reset(token)


LIST_CALLS = Remedy(mark("List them with: crt-scheduler call list"), mark("Calls lists them."), "calls")
MAKE_ALL_CALL = Remedy(
    mark("Make it one first: crt-scheduler all-call begin CALL"),
    mark("Begin an all-call for it first, on its page."),
    "calls",
)
LIST_DEBRIEFS = Remedy(mark("List them with: crt-scheduler debrief list"), mark("Care lists them."), "care")
ADD_HARD_CALL = Remedy(
    mark("Add one with: crt-scheduler hard-calls add"), mark("Settings adds one, under Calls and care."), "settings"
)
LIST_STAND_DOWNS = Remedy(mark("List them with: crt-scheduler stand-down list"), mark("Care lists them."), "care")
MAKE_SHIFTS = Remedy(
    mark("Make one from a preset with: crt-scheduler init"), mark("Set up a new team from a preset."), "first run"
)
CHOOSE_ENTRIES = Remedy(
    mark("Choose the entries first; see: crt-scheduler hours list"), mark("Choose the entries first."), "hours"
)
SEE_HOURS = Remedy(mark("See: crt-scheduler hours list"), mark("Hours lists them."), "hours")
READ_THE_REST = Remedy(
    mark("Correct the sheets, or read the other rows with --skip-bad."),
    mark("Correct the sheets, or read the other rows alone."),
)
IMPORT_THE_REST = Remedy(
    mark("Correct the file, or import the other rows with --skip-bad."),
    mark("Correct the file, or import the other rows alone."),
)
SKIP = Remedy(mark("Import the other rows with --skip-bad."), mark("Answer them, or import the other rows alone."))
NAME_THE_COLUMN = Remedy(
    mark("Say which one holds it with: --map {ours}=THEIRS"), mark("Choose the column that holds it.")
)
NAME_NAMES = Remedy(mark("Say it with: --map name=THEIRS"), mark("Choose the column that holds it."))
CHOOSE_TWIN = Remedy(
    mark('Say which is meant with --map {ours}="{column}" or --map {ours}="{other}".'),
    mark("Choose the column that is meant."),
)
SAY_ORDER = Remedy(
    mark("Import again with --dates us (month first) or --dates eu (day first); --dates iso takes only 2027-01-31."),
    mark("Choose which it is: the month first or the day first."),
)
WRITE_DATES = Remedy(
    mark("Write every date as 2027-01-31, or say which with --dates us|eu|iso."),
    mark("Write every date as 2027-01-31, or choose which comes first."),
)
DECIDE_ONCE = Remedy(mark("Give one of --same, --new and --leave-out for a line."), mark("Give one answer for a line."))
LEAVE_ONLY_OUT = Remedy(mark("Leave --only out."), mark("Leave that tick out."))
LEAVE_VICTIMS_OUT = Remedy(mark("Leave --row-per-victim out."), mark("Leave that tick out."))
REPLACE_EARLIER = Remedy(
    mark(" To take out what stays, import the file with --replaces."),
    mark(" To take out what stays, tick that the file takes the place of an earlier one."),
)
OTHER_ORDER = Remedy(
    mark("if the file means the other, read it with --dates {other}."),
    mark("if the file means the other, choose the other order of dates."),
)
ROW_PER_VICTIM = Remedy(
    mark("If they are the same ones, import with --row-per-victim."),
    mark("If they are the same ones, tick that each row is a victim."),
)
READ_HOURS = Remedy(
    mark("Read it back on the page of the hours, under Sheets, or with: crt-scheduler hours read {name}"),
    mark("Read it back under Hours, Sheets."),
    "hours",
)
LIST_IDS = Remedy(mark("List the ids with: crt-scheduler people"), mark("People lists the ids."), "people")
SEE_WORDS = Remedy(mark("See: crt-scheduler words list"), mark("Settings lists them."), "settings")
ONLY = Remedy(
    mark("Import with --only if it means that no other will do."), mark("Tick that no other will do if it means that.")
)
RESTORE_PREVIEW = Remedy(
    mark(
        "Make a backup on another disk now, and hold it against an older one with: crt-scheduler restore FILE --preview"
    ),
    mark("Make a backup on another disk now, and hold it against an older one in Settings, under Records."),
    "settings",
)
LIST_PEOPLE = Remedy(mark("List everyone with: crt-scheduler people"), mark("People lists everyone."), "people")
SEE_AVAILABLE = Remedy(mark("See: crt-scheduler available show {code}"), mark("Their page lists them."), "people")
FORGET_PIN = Remedy(
    mark("A coordinator takes it away with: crt-scheduler pin forget {code}"),
    mark("A coordinator takes it away on your page under People."),
)
LIST_RULES = Remedy(
    mark("List them with: crt-scheduler rules list"), mark("Settings lists them, under Rules."), "settings"
)
GIVE_POINTS = Remedy(mark("Give --points, 0 or more."), mark("Give points, 0 or more."))
OTHER_FILE = Remedy(mark("Choose another file with --database."), mark("Choose another file."))
MAKE_TEAM = Remedy(mark("Make one with: crt-scheduler init"), mark("Set up a new team first."), "first run")
SAY_ZONE = Remedy(mark("Say which is yours, such as --zone Area/City."), mark("Choose which is yours."))
PUBLISH_AGAIN = Remedy(
    mark("Publish it again, there or into another folder: crt-scheduler publish {month} --out DIR"),
    mark("Publish it again, there or into another folder."),
    "roster",
)
FORCE_FOLDER = Remedy(
    mark("Choose another folder, or add --force to replace it."), mark("Choose another folder, or move that away.")
)
FORCE_NAME = Remedy(
    mark("Choose another name, or add --force to replace it."), mark("Choose another name, or move that away.")
)
FORCE_BACKUP = Remedy(
    mark("Choose a file from {folder}, or add --force to put it there all the same."),
    mark("Choose a file from {folder}."),
)
SOLVE_FIRST = Remedy(
    mark("Fill it first with: crt-scheduler solve {month}"), mark("Solve it first, on the Roster."), "roster"
)
GIVE_RATE = Remedy(
    mark(
        "Give it with --rate, such as --rate 31.51, or keep it with: crt-scheduler rates set {year} 31.51 --source WHO"
    ),
    mark("Type it on the report, with where it is from."),
    "reports",
)
ADD_AREA = Remedy(
    mark("Add one with: crt-scheduler areas add NAME"), mark("Settings adds one, under Areas."), "settings"
)
LIST_ASSIGNMENTS = Remedy(
    mark("List them with: crt-scheduler roster YYYY-MM"), mark("The Roster shows them."), "roster"
)
IMPORT_PEOPLE = Remedy(
    mark("Import people first: crt-scheduler import people FILE.csv"),
    mark("Import people first, or add them under People."),
    "people",
)
CHOOSE_TARGET = Remedy(
    mark("Choose one with: crt-scheduler targets set 95"), mark("Choose one under Demand."), "demand"
)
IMPORT_CALLS = Remedy(
    mark("Import some first: crt-scheduler import incidents FILE"), mark("Import some first."), "demand"
)
OTHER_DATES = Remedy(mark("Choose other dates with --from and --to."), mark("Choose other dates."))
EARLIER_DATE = Remedy(
    mark("Give --from a day that is not after --to."), mark("Choose a first day that is not after the last.")
)
NAME_SHEET = Remedy(mark("name it with --sheet to read it."), mark("choose it to read it."))
ALL_QUESTIONS = Remedy(mark("see them with --dry-run --json."), mark("they stand on the pages beside."))
ADD_THIS_AREA = Remedy(
    mark("add it with: crt-scheduler areas add {area}"), mark("choose another, or add it in Settings"), "settings"
)
ADD_THIS_DIVISION = Remedy(
    mark("add it with: crt-scheduler areas add {area} --division {division}"),
    mark("choose another, or add it in Settings"),
    "settings",
)
SAY_WHO = Remedy(
    mark("import people first, or say who it is with --same"),
    mark("import people first, or say who it is under People"),
    "people",
)
ANSWER_WORD = Remedy(
    mark('Answer with --word {answer}, where MEANING may be "{leave_out}" too.'), mark("Choose what it means.")
)
CHOOSE_SHEETS = Remedy(
    mark("Say which to read, one or several: {options}"), mark("Choose which to read, one or several.")
)
