"""Frozen values of the hours ledger: an entry asked for, an entry as shown, totals, and what may be wrong."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from crt_scheduler.errors import CrtError
from solver.wording import Sayings, tr

RESPONSE, TRAVEL, ON_CALL = "response", "travel", "on_call"
CALL_KINDS: Final = (RESPONSE, TRAVEL)
OTHER_KINDS: Final = ("training_given", "training_received", "meeting", "event", "office", "follow_up")
KINDS: Final = (*CALL_KINDS, *OTHER_KINDS)
STATES: Final = ("logged", "approved")
LONGEST = 24 * 60
"""Minutes that one entry may have."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """When an entry was and how long: its local date, its instants (UTC) where they are known, and its minutes."""

    date: dt.date
    start: dt.datetime | None
    end: dt.datetime | None
    minutes: int


@dataclass(frozen=True, slots=True)
class EntryDraft:
    """An entry to log: whose (an id), what kind, when, at which call (its number; empty: none), and its key if any."""

    person: str
    kind: str
    stretch: Stretch
    call: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Logged:
    """An entry that was logged: its number, and its minutes."""

    number: int
    minutes: int


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One entry of the ledger as a list shows it; times are UTC instants."""

    id: int
    person: str
    name: str
    kind: str
    date: dt.date
    start: dt.datetime | None
    end: dt.datetime | None
    minutes: int
    call: str
    state: str
    approved_by: str
    key: str


@dataclass(frozen=True, slots=True)
class Totals:
    """Minutes by kind, each hour once; `on_call` is apart, and `combined` counts an hour given twice over once.

    `credited` is what response and travel add to on-call time: the minutes of them outside it.
    """

    on_call: int = 0
    response: int = 0
    travel: int = 0
    other: int = 0
    credited: int = 0
    combined: int = 0
    logged: int = 0
    """Minutes of entries that nobody has approved yet."""
    kinds: tuple[tuple[str, int], ...] = ()

    @property
    def calls(self) -> int:
        """Minutes of response and travel together."""
        return self.response + self.travel


@dataclass(frozen=True, slots=True)
class PersonTotals:
    """One person's totals."""

    person: str
    name: str
    totals: Totals


def kind_of(words: str) -> str:
    """Return a kind from words such as follow-up or Training given; raises CrtError naming the kinds there are."""
    kind = words.strip().casefold().replace("-", "_").replace(" ", "_")
    if kind == ON_CALL:
        raise CrtError(tr("On-call time comes from the roster and is not logged. Put the person on the shift instead."))
    if kind not in KINDS:
        raise CrtError(
            tr("{words!r} is not a kind of hours. Use one of: {names}.", words=words, names=", ".join(KINDS))
        )
    return kind


KINDS_SAID = Sayings(
    {
        "response": "response",
        "travel": "travel",
        "training_given": "training given",
        "training_received": "training received",
        "meeting": "meeting",
        "event": "event",
        "office": "office",
        "follow_up": "follow-up",
        "on_call": "on call",
    }
)
"""What each kind is called in a sentence."""


def kind_words(kind: str) -> str:
    """Return a kind as files hold it, which is read back: training given."""
    return {"follow_up": "follow-up", ON_CALL: "on call"}.get(kind, kind.replace("_", " "))
