"""The sample city: people, availability, and years of incidents, duties, calls and hours, seeded and made up."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import numpy as np

from crt_scheduler import sheets, times, writing
from crt_scheduler.errors import CrtError
from crt_scheduler.programmes import preset
from crt_scheduler.sample import availability, calls, duties, hours, incidents, people
from crt_scheduler.sample.on_shift import OnShift

MOST_YEARS = 20
FILES = ("people", "availability", "incidents", "roster", "calls", "answers", "hours")
"""What is written, in the order in which it can be imported."""


def write(folder: Path, *, seed: int, month: str, years: int = 1, team: int = people.TEAM, force: bool = False) -> None:
    """Write every file of FILES for planning a month (YYYY-MM) of a team of so many people.

    Incidents, roster, calls, answers and hours are those of the `years` before. The same arguments give the same
    bytes. Raises CrtError for what is no month, a size that cannot be, and as `writing.write_all` does.
    """
    first = times.parse_month(month)
    _refuse_size(first, years, team)
    paths = {name: folder / f"{name}.csv" for name in FILES}
    writing.refuse_never(paths.values())
    plan = preset("crt")
    streams = np.random.default_rng(seed).spawn(
        6
    )  # one for each file that draws, so that a new one leaves the others alone
    everyone = people.everyone(streams[0], plan, first, team=team, years=years)
    weekly = availability.weekly(streams[1], everyone)
    lines = availability.lines(streams[1], everyone, weekly, month)
    log = incidents.year(streams[2], plan, first, years=years, team=team)
    roster = duties.year(streams[3], plan, everyone, weekly, first, years=years)
    on_shift = OnShift(roster, plan.zone)
    responses = calls.year(streams[4], plan, log, on_shift)
    given = hours.year(streams[5], plan.zone, everyone, responses, on_shift, first, years=years)
    tables: dict[str, bytes] = {
        "people": sheets.csv_bytes(people.HEADER, (people.row(person) for person in everyone)),
        "availability": sheets.csv_bytes(availability.HEADER, lines),
        "incidents": sheets.csv_bytes(incidents.HEADER, log),
        "roster": sheets.csv_bytes(duties.HEADER, roster),
        "calls": sheets.csv_bytes(calls.HEADER, calls.lines(responses, plan.zone)),
        "answers": sheets.csv_bytes(calls.ANSWER_HEADER, calls.answer_lines(responses, plan.zone)),
        "hours": sheets.csv_bytes(hours.HEADER, given),
    }
    writing.write_all({paths[name]: tables[name] for name in FILES}, force=force)


def _refuse_size(first: dt.date, years: int, team: int) -> None:
    if not 1 <= years <= MOST_YEARS or first.year - years < 2:
        raise CrtError(f"The sample city has a past of 1 to {MOST_YEARS} years. Choose another number of years.")
    if not people.FEWEST <= team <= people.MOST:
        raise CrtError(f"The sample city has {people.FEWEST} to {people.MOST:,} people. Choose another number of them.")
