"""The month's roster as a table for spreadsheets: who is on call when, without phones or addresses."""

from __future__ import annotations

from collections.abc import Sequence

from crt_scheduler import sheets, times
from crt_scheduler.frozen_rows import AssignmentRow
from crt_scheduler.times import month_words
from solver.wording import tr

HEADER = (
    "date", "weekday", "shift", "start", "end", "hours", "area", "role", "tier", "person", "name", "state",
)  # fmt: skip


def roster_tables(rows: Sequence[AssignmentRow], month: str, zone: str) -> dict[str, bytes]:
    """Return the roster as CSV and XLSX by path; start and end are local, hours come from the instants."""
    cells = [_cells(row, zone) for row in rows]
    return {
        f"roster/roster-{month}.csv": sheets.csv_bytes(HEADER, cells),
        f"roster/roster-{month}.xlsx": sheets.xlsx_bytes(
            HEADER, cells, title=tr("Roster {month}", month=month_words(month))
        ),
    }


def _cells(row: AssignmentRow, zone: str) -> list[sheets.Cell]:
    start, end = times.local(row.start, zone), times.local(row.end, zone)
    return [
        row.date.isoformat(),
        times.WEEKDAYS[row.date.weekday()],
        row.template,
        f"{start:%Y-%m-%d %H:%M}",
        f"{end:%Y-%m-%d %H:%M}",
        hours(row),
        row.area,
        row.role,
        row.tier,
        row.person,
        row.name,
        row.state,
    ]


def hours(row: AssignmentRow) -> float:
    """Return the length in hours: 11 or 13 for a night across a clock change."""
    length = (row.end - row.start).total_seconds() / 3600
    return int(length) if length.is_integer() else round(length, 2)
