"""The sample city: people, availability, incidents and the year's roster, seeded and plainly made up."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from crt_scheduler import sheets, times
from crt_scheduler.programmes import preset
from crt_scheduler.sample import availability, duties, incidents, people


def write(folder: Path, *, seed: int, month: str) -> None:
    """Write people.csv, availability.csv, incidents.csv and roster.csv for planning a month (YYYY-MM).

    Incidents and roster are those of the twelve months before. The same seed and month give the same bytes.
    Raises CrtError for what is no month and a folder that cannot be written.
    """
    first = times.parse_month(month)
    plan = preset("crt")
    streams = np.random.default_rng(seed).spawn(4)
    everyone = people.everyone(streams[0], plan, first)
    weekly = availability.weekly(streams[1], everyone)
    lines = availability.lines(streams[1], everyone, weekly, month)
    log = incidents.year(streams[2], plan, first)
    roster = duties.year(streams[3], plan, everyone, weekly, first)
    sheets.write(folder / "people.csv", people.HEADER, (people.row(person) for person in everyone))
    sheets.write(folder / "availability.csv", availability.HEADER, lines)
    sheets.write(folder / "incidents.csv", incidents.HEADER, log)
    sheets.write(folder / "roster.csv", duties.HEADER, roster)
