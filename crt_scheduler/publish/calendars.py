"""One calendar file from its events: the rules R1-R13 that every common calendar program can read."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from icalendar import Alarm, Calendar, vDatetime, vDuration, vInt, vText
from icalendar import Event as CalendarEvent

from crt_scheduler import times
from crt_scheduler.publish.one_line import one_line
from solver.wording import tr

MOST_EVENTS = 900
MOST_OCTETS = 900_000
REFRESH = dt.timedelta(hours=4)
"""How often a subscriber is asked to look again; most look every 4 to 24 hours."""
PRODUCT = "-//CRT Scheduler//On call//EN"
LINE_OCTETS = 75
_ATOM = re.compile(r"\\.|.", re.DOTALL)


class Text(vText):
    r"""A TEXT value escaped as RFC 5545, 3.3.11 says.

    icalendar 7.3 takes the two characters `\N` for a line break before it escapes, so C:\New would be torn apart.
    """

    def to_ical(self) -> bytes:
        """Return the escaped text."""
        escaped = str(self).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
        return escaped.replace("\n", "\\n").encode()


def fold(line: str) -> bytes:
    r"""Return a content line in pieces of at most 75 octets, ending with CRLF.

    No UTF-8 character and no escape is split: icalendar 7.3 leaves half of `\\` at the end of a piece, and Google drops
    such an event.
    """
    if len(line) <= LINE_OCTETS and line.isascii():
        return line.encode() + b"\r\n"
    pieces: list[bytes] = []
    piece = b""
    for atom in _ATOM.findall(line):
        octets = atom.encode()
        if len(piece) + len(octets) > LINE_OCTETS:
            pieces.append(piece)
            piece = b" "
        piece += octets
    return b"\r\n".join([*pieces, piece]) + b"\r\n"


@dataclass(frozen=True)
class Event:
    """One shift of one person as a calendar file says it; `changed` is when it last became different."""

    uid: str
    sequence: int
    changed: dt.datetime
    start: dt.datetime
    end: dt.datetime
    summary: str
    description: str
    location: str
    cancelled: bool


@dataclass(frozen=True)
class Look:
    """What a whole file shares: its title, the zone its "as of" is told in, its alarm, and whether it blocks time."""

    title: str
    zone: times.Zone
    alarm_minutes: int = 0
    blocks_time: bool = True


def render(events: Sequence[Event], look: Look) -> bytes:
    """Return one calendar file; the same events give the same bytes, in whatever order they come."""
    calendar = _calendar(look)
    for event in sorted(events, key=lambda event: (event.start, event.uid)):
        calendar.add_component(_component(event, look))
    return b"".join(fold(str(line)) for line in calendar.content_lines() if line)


def render_parts(events: Sequence[Event], look: Look) -> tuple[bytes, ...]:
    """Return the calendar as files under 900 events and 900 kB each; at least one, even with no event.

    Events keep the order given when they are dealt to parts, so that a later event moves no earlier one.
    """
    most = MOST_EVENTS
    while True:
        parts = [render(events[n : n + most], look) for n in range(0, max(len(events), 1), most)]
        if most == 1 or all(len(part) <= MOST_OCTETS for part in parts):
            return tuple(parts)
        most //= 2


def part_name(calendar: str, number: int) -> str:
    """Return the file of a part counted from one: roster/Valley-2027-01.ics, roster/Valley-2027-01-2.ics."""
    return calendar if number == 1 else f"{calendar.removesuffix('.ics')}-{number}.ics"


def _calendar(look: Look) -> Calendar:
    calendar = Calendar()
    title = Text(one_line(look.title))
    calendar["PRODID"] = Text(PRODUCT)
    calendar["VERSION"] = Text("2.0")
    calendar["CALSCALE"] = Text("GREGORIAN")
    calendar["METHOD"] = Text("PUBLISH")
    calendar["X-WR-CALNAME"] = title
    calendar["NAME"] = title
    calendar["REFRESH-INTERVAL"] = vDuration(REFRESH, params={"VALUE": "DURATION"})
    calendar["X-PUBLISHED-TTL"] = vDuration(REFRESH)
    return calendar


def _component(event: Event, look: Look) -> CalendarEvent:
    summary = one_line(f"CANCELLED: {event.summary}" if event.cancelled else event.summary)
    is_busy = look.blocks_time and not event.cancelled
    component = CalendarEvent()
    component["UID"] = Text(event.uid)
    component["SEQUENCE"] = vInt(event.sequence)
    component["DTSTAMP"] = component["LAST-MODIFIED"] = vDatetime(event.changed)
    component["DTSTART"] = vDatetime(event.start)
    component["DTEND"] = vDatetime(event.end)
    component["SUMMARY"] = Text(summary)
    component["DESCRIPTION"] = Text(_description(event, look.zone))
    if event.location:
        component["LOCATION"] = Text(one_line(event.location))
    component["STATUS"] = Text("CANCELLED" if event.cancelled else "CONFIRMED")
    component["TRANSP"] = Text("OPAQUE" if is_busy else "TRANSPARENT")
    if look.alarm_minutes > 0 and not event.cancelled:
        component.add_component(_alarm(summary, look.alarm_minutes))
    return component


def _description(event: Event, zone: times.Zone) -> str:
    moment = times.local(event.changed, zone)
    as_of = tr("As of {day} {clock}", day=times.day_words(moment.date()), clock=times.clock_at(event.changed, zone))
    return "\n".join([*(one_line(line) for line in event.description.splitlines()), as_of])


def _alarm(summary: str, minutes: int) -> Alarm:
    alarm = Alarm()
    alarm["ACTION"] = Text("DISPLAY")
    alarm["DESCRIPTION"] = Text(summary)
    alarm["TRIGGER"] = vDuration(dt.timedelta(minutes=-minutes))
    return alarm
