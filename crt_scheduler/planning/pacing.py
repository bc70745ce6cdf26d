"""The pace of the promise: who will miss the hours promised for a month, by how much, and what would mend it."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass

from sqlalchemy.orm import Session

from crt_scheduler import availability, fairness, frame, team, times
from crt_scheduler.hours import time_on_call
from crt_scheduler.hours.offers import open_to
from crt_scheduler.programmes import programme_of
from solver.wording import tr

DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class Pace:
    """One person's month in minutes on call: promised, what is owed of it, given so far and still rostered.

    `owed` is the target that the solver is given: the promise, moved by what last month left short or over
    (`carried`), less excused leave (`excused`). `floor` is the solver's floor.
    """

    person: str
    name: str
    kind: str
    status: str
    promised: int
    carried: int
    excused: int
    owed: int
    floor: int
    given: int
    ahead: int
    shift: int
    """Minutes of the shortest shift they can take, as the clock shows it: what one more would give."""
    is_over: bool
    """The month has ended: what is missing cannot be made up in it."""

    @property
    def rostered(self) -> int:
        """Minutes given and still to come."""
        return self.given + self.ahead

    @property
    def short(self) -> int:
        """Minutes that will be missing from what is owed."""
        return max(0, self.owed - self.rostered)

    @property
    def under_floor(self) -> int:
        """Minutes that will be missing from the floor."""
        return max(0, self.floor - self.rostered)

    @property
    def shifts_missing(self) -> int:
        """How many more shifts would keep the promise."""
        return math.ceil(self.short / self.shift) if self.shift else 0

    def sentence(self) -> str:
        """Say how the month goes, such as "will miss by 6 h unless one more shift of 12 h is taken"."""
        if not self.short:
            return tr("keeps the promise") if self.owed else tr("owes nothing this month")
        by = hours(self.short)
        if self.is_over:
            return tr("missed by {by}", by=by)
        if not self.shift:
            return tr("will miss by {by}; no shift is open to them", by=by)
        count, length = self.shifts_missing, hours(self.shift)
        more = (
            tr("one more shift of {length} is", length=length)
            if count == 1
            else tr("{count} more shifts of {length} are", count=count, length=length)
        )
        return tr("will miss by {by} unless {more} taken", by=by, more=more)


def hours(minutes: int) -> str:
    """Return minutes as hours, such as 6 h or 6:30 h."""
    return f"{minutes // 60} h" if minutes % 60 == 0 else f"{times.hours_words(minutes)} h"


def pacing(session: Session, month: str, *, now: dt.datetime) -> tuple[Pace, ...]:
    """Return everyone's pace, who will miss by most first; floors and targets are those the solver is given."""
    programme = programme_of(session)
    plan = frame.frame(session, programme, month)
    before = times.month_days(times.previous_month(month))
    duties = fairness.worked(session, before[0], before[-1])
    members = team.members_if_any(session, plan, availability.Days(plan.slots, programme.zone), duties)
    first, last = plan.days[0], plan.days[-1]
    given = time_on_call.minutes(session, first, last, until=now)
    whole = time_on_call.minutes(session, first, last)
    shortest = _shortest(session)
    is_over = times.local(now, programme.zone).date() > last
    found = [_pace(member, given=given, whole=whole, shortest=shortest, is_over=is_over) for member in members]
    return tuple(sorted(found, key=lambda pace: (-pace.short, pace.name.casefold(), pace.person)))


def _shortest(session: Session) -> dict[str, int]:
    """Return the minutes of the shortest shift that is open to each role, on a night without a change of the clock."""
    return {
        role: min(_wall_minutes(template.start, template.end) for template in templates)
        for role, templates in open_to(session).items()
    }


def _wall_minutes(start: dt.time, end: dt.time) -> int:
    return ((end.hour - start.hour) * 60 + end.minute - start.minute) % DAY or DAY


def _pace(
    member: team.Member, *, given: dict[str, int], whole: dict[str, int], shortest: dict[str, int], is_over: bool
) -> Pace:
    row, group = member.record, member.group
    promised = group.target_minutes if row.target_minutes is None else row.target_minutes
    promised = min(promised, group.ceiling_minutes)
    off = max((float(slots.mean()) for slots in member.off.values()), default=0.0)
    excused = round(promised * off)
    done = given.get(row.code, 0)
    return Pace(
        person=row.code,
        name=row.name,
        kind=row.kind,
        status=row.status,
        promised=promised,
        carried=member.target - (promised - excused),
        excused=excused,
        owed=member.target,
        floor=member.floor,
        given=done,
        ahead=whole.get(row.code, 0) - done,
        shift=shortest.get("clergy" if row.kind == "clergy" else row.role, 0),
        is_over=is_over,
    )
