"""The records: typed mapped classes with named constraints; dates local, instants UTC, durations in minutes."""

from __future__ import annotations

from crt_scheduler.tables.calls import Call, CallAnswer, CallResponder, Debrief, HardCall, StandDown
from crt_scheduler.tables.demand import AreaTarget, DemandFactor, Incident
from crt_scheduler.tables.filled import FILLED
from crt_scheduler.tables.hours import HoursEntry, HourValue, Pin, Retention
from crt_scheduler.tables.identity import RecordsIdentity
from crt_scheduler.tables.journal import JournalAct, JournalRows
from crt_scheduler.tables.people import (
    Availability,
    Credential,
    MonthAnswer,
    Partner,
    Responder,
    ResponderArea,
    Wish,
)
from crt_scheduler.tables.programme import (
    Area,
    AreaNeighbour,
    CredentialKind,
    Division,
    Programme,
    ResponderGroup,
    RuleSetting,
    Seat,
    ShiftTemplate,
    WantedLanguage,
)
from crt_scheduler.tables.record import Day, Instant, Record, TimeOfDay
from crt_scheduler.tables.roster_records import (
    Assignment,
    CalendarEvent,
    CalendarSent,
    PublishedFolder,
    PublishedVersion,
    Roster,
    Shift,
)
from crt_scheduler.tables.told_words import LearntWord

__all__ = [
    "FILLED",
    "NOT_RESTORED",
    "Area",
    "AreaNeighbour",
    "AreaTarget",
    "Assignment",
    "Availability",
    "CalendarEvent",
    "CalendarSent",
    "Call",
    "CallAnswer",
    "CallResponder",
    "Credential",
    "CredentialKind",
    "Day",
    "Debrief",
    "DemandFactor",
    "Division",
    "HardCall",
    "HourValue",
    "HoursEntry",
    "Incident",
    "Instant",
    "JournalAct",
    "JournalRows",
    "LearntWord",
    "MonthAnswer",
    "Partner",
    "Pin",
    "Programme",
    "PublishedFolder",
    "PublishedVersion",
    "Record",
    "RecordsIdentity",
    "Responder",
    "ResponderArea",
    "ResponderGroup",
    "Retention",
    "Roster",
    "RuleSetting",
    "Seat",
    "Shift",
    "ShiftTemplate",
    "StandDown",
    "TimeOfDay",
    "WantedLanguage",
    "Wish",
]

NOT_RESTORED = frozenset(
    {
        "records_identity",
        "journal_act",
        "journal_rows",
        "calendar_event",
        "calendar_sent",
        "published_folder",
        "alembic_version",
        "sqlite_sequence",
    }
)
"""Tables that undo leaves alone: the journal itself, the sent-ledger and counters."""
