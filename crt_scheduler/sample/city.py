"""The sample city: people, availability, and a year of incidents, duties, calls and hours, seeded and made up."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from crt_scheduler import sheets, times
from crt_scheduler.programmes import preset
from crt_scheduler.sample import availability, calls, duties, hours, incidents, people
from crt_scheduler.sample.on_shift import OnShift

FILES = ("people", "availability", "incidents", "roster", "calls", "answers", "hours")
"""What is written, in the order in which it can be imported."""


def write(folder: Path, *, seed: int, month: str) -> None:
    """Write every file of FILES for planning a month (YYYY-MM).

    Incidents, roster, calls, answers and hours are those of the twelve months before. The same seed and
    month give the same bytes. Raises CrtError for what is no month and a folder that cannot be written.
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
    sheets.write(folder / "people.csv", people.HEADER, (people.row(person) for person in everyone))
    sheets.write(folder / "availability.csv", availability.HEADER, lines)
    sheets.write(folder / "incidents.csv", incidents.HEADER, log)
    sheets.write(folder / "roster.csv", duties.HEADER, roster)
    sheets.write(folder / "calls.csv", calls.HEADER, calls.lines(responses, plan.zone))
    sheets.write(folder / "answers.csv", calls.ANSWER_HEADER, calls.answer_lines(responses, plan.zone))
    sheets.write(folder / "hours.csv", hours.HEADER, given)
