"""The redacted export: responses by month, division and type as counts only, small ones merged; no person in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from crt_scheduler import sheets, times, writing
from crt_scheduler.programmes import programme_of
from crt_scheduler.reports.called import came
from crt_scheduler.tables import Area, Call, Division, Incident
from solver.wording import tr

SMALL = 5
"""A count below this could point at one family, so it is shown merged with others or not at all."""
NAMES = ("month", "division", "type")


@dataclass(frozen=True)
class Redacted:
    """Counts of responses that may be shown to anyone: by month, by division, by type; each adds up to the total."""

    total: int
    first: str
    last: str
    """The first and last month with a response; empty: there is none."""
    month: tuple[tuple[str, int], ...]
    division: tuple[tuple[str, int], ...]
    type: tuple[tuple[str, int], ...]


def counts(session: Session) -> Redacted:
    """Return the counts of every response in the records, as the year report counts them, small ones merged."""
    zone = programme_of(session).zone
    areas = {row.id: row.name for row in session.scalars(select(Area))}
    divisions = {row.id: row.name for row in session.scalars(select(Division))}
    query = select(Incident.at, Incident.area_id, Incident.division_id, Incident.type).join(
        Call, Call.incident_id == Incident.id
    )
    months, by_division, by_type = Counter[str](), Counter[str](), Counter[str]()
    for at, area, division, kind in session.execute(query.where(came())):
        months[times.month_of(times.local(at, zone).date())] += 1
        by_division[divisions.get(division or 0, tr("{areas}, division not known", areas=areas[area]))] += 1
        by_type[kind or "not known"] += 1
    return Redacted(
        total=months.total(),
        first=min(months, default=""),
        last=max(months, default=""),
        month=merged(months),
        division=merged(by_division),
        type=merged(by_type),
    )


def merged(found: Counter[str]) -> tuple[tuple[str, int], ...]:
    """Return counts by name with those under five put together, and with the next smallest where that is too few.

    A total under five is not shown at all: a count beside nothing cannot be hidden by merging.
    """
    if sum(found.values()) < SMALL:
        return ()
    small = sorted((name for name, count in found.items() if count < SMALL), key=lambda name: (found[name], name))
    rest = sorted((name for name in found if name not in small), key=lambda name: (found[name], name))
    while small and rest and (sum(found[name] for name in small) < SMALL or len(small) < 2):
        small.append(rest.pop(0))
    lines = [(name, found[name]) for name in sorted(rest)]
    return (*lines, *([("others", sum(found[name] for name in small))] if small else []))


def write(session: Session, folder: Path, *, force: bool = False) -> tuple[str, ...]:
    """Write the redacted export to a folder and return the files' names; raises CrtError as `writing` does."""
    found = counts(session)
    tables: dict[str, Iterable[tuple[str, int]]] = {
        "month": found.month,
        "division": found.division,
        "type": found.type,
    }
    files = {folder / f"responses-by-{name}.csv": sheets.csv_bytes((name, "responses"), tables[name]) for name in NAMES}
    files[folder / "README.txt"] = readme(found).encode()
    writing.write_all(files, force=force)
    return tuple(file.name for file in files)


def readme(found: Redacted) -> str:
    """Return what the export says of itself: what it counts and what it leaves out."""
    when = tr("from {first} to {last}", first=found.first, last=found.last) if found.first else tr("so far")
    total = f"{found.total:,}" if found.total >= SMALL else tr("Under {small}", small=SMALL)
    lines = (
        tr("Redacted export of responses"),
        "",
        tr("{total} responses {when}. One response is one team at one incident.", total=total, when=when),
        tr("Each file counts all of them once: by month, by division, by type."),
        "",
        tr(
            "Small counts: what has fewer than {small} responses is put together under “others”, with the next "
            "smallest\nwhere that alone would be fewer or a single name. Nothing is shown where the total is below "
            "that.",
            small=SMALL,
        ),
        "",
        tr("Left out on purpose:"),
        tr("- everybody: responders, survivors, families, and whoever asked for the team"),
        tr("- places below a division, and every number that names an incident"),
        tr("- days and times: a month is the finest"),
        tr("- a month, a division and a type together, since few share all three"),
        tr("- languages, traditions, services, referrals, hours, answers, and why a call was hard"),
        tr("- every text that somebody typed"),
        "",
    )
    return "\n".join(lines)
