"""Fields of a call as they are typed on the command line, such as adults=3 or on_scene=0213."""

from __future__ import annotations

import datetime as dt
from dataclasses import fields
from typing import Any

from crt_scheduler import times
from crt_scheduler.calls import typed_times
from crt_scheduler.calls.call_rows import CallRow
from crt_scheduler.calls.call_values import CallDraft
from crt_scheduler.cli.command_desk import date_of
from crt_scheduler.errors import CrtError
from solver.wording import tr

CLOCKS = ("at", "notified", "dispatched", "on_scene", "clear", "clergy_on_scene")
DATES = ("follow_up_due", "follow_up_done")
COUNTS = ("served", "adults", "children")
TICKS = {"yes": True, "no": False}
NAMES = tuple(field.name for field in fields(CallDraft) if field.name not in ("another_case", "kind"))


def read(words: str, row: CallRow, *, now: dt.datetime, zone: times.Zone) -> tuple[str, Any]:
    """Return the field and its value; raises CrtError for what is no field, and for a value that cannot be read."""
    name, equals, value = words.partition("=")
    if not equals or name not in NAMES:
        raise CrtError(
            tr(
                "{words!r} is no field of a call. Write one as adults=3; the fields are: {names}.",
                words=words,
                names=", ".join(NAMES),
            )
        )
    if name in CLOCKS:
        earlier = [at for at in (row.notified, row.dispatched, row.on_scene) if at is not None]
        after = max(earlier) if name in ("clear", "clergy_on_scene") else row.notified
        if not value:
            return name, None
        if name in ("at", "notified"):
            return name, typed_times.near(value, beside=row.notified, now=now, zone=zone)
        return name, typed_times.moment(value, now=now, zone=zone, after=after)
    if name in DATES:
        return name, date_of(value) if value else None
    if name in COUNTS:
        return name, _count(name, value)
    if isinstance(getattr(row, name), bool):
        if value not in TICKS:
            raise CrtError(tr("Write {name}=yes or {name}=no.", name=name))
        return name, TICKS[value]
    if isinstance(getattr(row, name), tuple):
        return name, tuple(part.strip() for part in value.split(";") if part.strip())
    return name, value


def _count(name: str, value: str) -> int | None:
    if value and not value.isdecimal():
        raise CrtError(tr("{value!r} is no number of people. Write {name}=3.", value=value, name=name))
    return int(value) if value else None
