"""The sample city: people, availability, and a year of incidents, duties, calls and hours, seeded and made up."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from crt_scheduler import sheets, times, writing
from crt_scheduler.programmes import preset
from crt_scheduler.sample import availability, calls, duties, hours, incidents, people
from crt_scheduler.sample.on_shift import OnShift

FILES = ("people", "availability", "incidents", "roster", "calls", "answers", "hours")
"""What is written, in the order in which it can be imported."""


def write(folder: Path, *, seed: int, month: str, force: bool = False) -> None:
    """Write every file of FILES for planning a month (YYYY-MM).

    Incidents, roster, calls, answers and hours are those of the twelve months before. The same seed and
    month give the same bytes. Raises CrtError for what is no month, and as `writing.write_all` does.
    """
    first = times.parse_month(month)
    plan = preset("crt")
    streams = np.random.default_rng(seed).spawn(
        6
    )  # one for each file that draws, so that a new one leaves the others alone
    everyone = people.everyone(streams[0], plan, first)
    weekly = availability.weekly(streams[1], everyone)
    lines = availability.lines(streams[1], everyone, weekly, month)
    log = incidents.year(streams[2], plan, first)
    roster = duties.year(streams[3], plan, everyone, weekly, first)
    on_shift = OnShift(roster, plan.zone)
    responses = calls.year(streams[4], plan, log, on_shift)
    given = hours.year(streams[5], plan.zone, everyone, responses, on_shift, first)
    tables: dict[str, bytes] = {
        "people": sheets.csv_bytes(people.HEADER, (people.row(person) for person in everyone)),
        "availability": sheets.csv_bytes(availability.HEADER, lines),
        "incidents": sheets.csv_bytes(incidents.HEADER, log),
        "roster": sheets.csv_bytes(duties.HEADER, roster),
        "calls": sheets.csv_bytes(calls.HEADER, calls.lines(responses, plan.zone)),
        "answers": sheets.csv_bytes(calls.ANSWER_HEADER, calls.answer_lines(responses, plan.zone)),
        "hours": sheets.csv_bytes(hours.HEADER, given),
    }
    writing.write_all({folder / f"{name}.csv": tables[name] for name in FILES}, force=force)
