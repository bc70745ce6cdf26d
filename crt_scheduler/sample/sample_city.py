"""The sample city: people, availability, and years of incidents, duties, calls and hours, seeded and made up."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import numpy as np

from crt_scheduler import sheets, times, writing
from crt_scheduler.errors import CrtError
from crt_scheduler.programmes import preset
from crt_scheduler.sample import (
    duties,
    sample_availability,
    sample_calls,
    sample_hours,
    sample_incidents,
    sample_people,
)
from crt_scheduler.sample.duties_by_moment import OnShift

MOST_YEARS = 20
FILES = ("people", "availability", "incidents", "roster", "calls", "answers", "hours")
"""What is written, in the order in which it can be imported."""


def write(
    folder: Path, *, seed: int, month: str, years: int = 1, team: int = sample_people.TEAM, force: bool = False
) -> None:
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
    everyone = sample_people.everyone(streams[0], plan, first, team=team, years=years)
    weekly = sample_availability.weekly(streams[1], everyone)
    lines = sample_availability.lines(streams[1], everyone, weekly, month)
    log = sample_incidents.year(streams[2], plan, first, years=years, team=team)
    roster = duties.year(streams[3], plan, everyone, weekly, first, years=years)
    on_shift = OnShift(roster, plan.zone)
    responses = sample_calls.year(streams[4], plan, log, on_shift)
    given = sample_hours.year(streams[5], plan.zone, everyone, responses, on_shift, first, years=years)
    tables: dict[str, bytes] = {
        "people": sheets.csv_bytes(sample_people.HEADER, (sample_people.row(person) for person in everyone)),
        "availability": sheets.csv_bytes(sample_availability.HEADER, lines),
        "incidents": sheets.csv_bytes(sample_incidents.HEADER, log),
        "roster": sheets.csv_bytes(duties.HEADER, roster),
        "calls": sheets.csv_bytes(sample_calls.HEADER, sample_calls.lines(responses, plan.zone)),
        "answers": sheets.csv_bytes(sample_calls.ANSWER_HEADER, sample_calls.answer_lines(responses, plan.zone)),
        "hours": sheets.csv_bytes(sample_hours.HEADER, given),
    }
    writing.write_all({paths[name]: tables[name] for name in FILES}, force=force)


def _refuse_size(first: dt.date, years: int, team: int) -> None:
    if not 1 <= years <= MOST_YEARS or first.year - years < 2:
        raise CrtError(f"The sample city has a past of 1 to {MOST_YEARS} years. Choose another number of years.")
    if not sample_people.FEWEST <= team <= sample_people.MOST:
        raise CrtError(
            f"The sample city has {sample_people.FEWEST} to {sample_people.MOST:,} people. "
            "Choose another number of them."
        )
