"""The acts under drill: from which folder each begins, its words, and what an ordinary act after it is."""

from __future__ import annotations

from dataclasses import dataclass

from tests.drills import past
from tests.drills.teams import FAR, LATER, NOW, publishing

WISH = ("wish", "2027-01-30/night/Valley", "P1", "prefers")
EXPORT = ("own", "P1", "--calendar", "{folder}/mine.ics")


@dataclass(frozen=True)
class Act:
    """One act: the folder it begins from, its command (or its own function), the act after it that finds all well."""

    name: str
    base: str
    words: tuple[str, ...]
    again: tuple[str, ...]
    now: str = NOW
    own: str = ""
    publishes: bool = False
    writes_records: bool = True


def _import(kind: str, file: str, base: str) -> Act:
    words = ("import", kind, f"{{folder}}/files/{file}.csv")
    return Act(f"import {kind}", base, words, words)


def _publish(name: str, base: str, *more: str, now: str = NOW) -> Act:
    words = publishing(*more)
    return Act(name, base, words, words, now=now, publishes=True)


ACTS: tuple[Act, ...] = (
    _import("people", "more-people", "staffed"),
    _import("availability", "availability", "staffed"),
    _import("incidents", "incidents", "staffed"),
    _import("calls", "calls", "staffed"),
    _import("hours", "hours", "staffed"),
    _import("roster", "next-roster", "full"),
    Act("apply a solve", "staffed", ("{folder}/team.db",), WISH, own="apply"),
    Act("assign", "full", ("assign", "2027-01-28/day/Valley", "P5"), WISH),
    Act("swap", "full", ("swap", "1", "5"), WISH),
    Act("undo", "undoable", ("undo",), WISH),
    Act("redo", "undone", ("redo",), WISH),
    _publish("publish first", "full"),
    _publish("publish again", "sent"),
    _publish("publish version 2", "changed", "--eml", "--duty-sheet", now=LATER),
    Act("backup", "full", ("backup",), ("backup",), writes_records=False),
    Act("restore", "backed", ("restore", "{folder}/backups/team-kept.db"), ("backup",), now=LATER),
    Act("purge", "old", ("purge",), ("purge",), now=FAR),
    *(Act(f"migrate from {name}", name, ("history",), ("backup",), now=FAR) for name in past.REVISIONS),
    Act("calendar export", "exported", EXPORT, EXPORT, now=LATER, writes_records=False),
)
BY_NAME = {act.name: act for act in ACTS}
