"""Draw the README's picture: a month of the sample city's roster, shifts x areas, as an SVG.

crt-scheduler roster 2027-01 --json | python -m tests.picture docs/roster.svg
"""

from __future__ import annotations

import datetime as dt
import json
import sys
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

FILL = {"Central": "#86BCFF", "South": "#F08F54", "West": "#AFE5BF", "Valley": "#C08FB4", "City": "#CCD3DB"}
EDGE = {"Central": "#2F6FBF", "South": "#A9501A", "West": "#3B8558", "Valley": "#84507A", "City": "#66707E"}
CELL, ROW, LEFT, TOP = 34, 38, 116, 64
SHIFTS = [(area, shift) for area in ("Central", "South", "West", "Valley") for shift in ("day", "night")]
LINES = [*SHIFTS, ("City", "24h")]


def initials(name: str) -> str:
    """Return the first letters of the first and last word of a name."""
    words = name.split()
    return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()


def chips(rows: list[dict[str, Any]]) -> dict[tuple[str, str, str], list[dict[str, Any]]]:
    """Return the people per (area, shift, date), leads first."""
    found: dict[tuple[str, str, str], list[dict[str, Any]]] = {}
    for row in sorted(rows, key=lambda row: (row["role"] != "lead", row["role"], row["tier"] != "primary")):
        if row["role"] in ("lead", "responder", "clergy"):
            found.setdefault((row["area"], row["template"], row["date"]), []).append(row)
    return found


def picture(rows: list[dict[str, Any]]) -> str:
    """Return the SVG of a month's roster rows."""
    days = sorted({row["date"] for row in rows})
    width, height = LEFT + CELL * len(days) + 16, TOP + ROW * len(LINES) + 44
    first = dt.date.fromisoformat(days[0])
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        'font-family="Noto Sans, Segoe UI, Helvetica, Arial, sans-serif" font-size="9.5" fill="#171A21">',
        f'<rect width="{width}" height="{height}" fill="#FFFFFF"/>',
        f'<text x="16" y="28" font-size="15" font-weight="600">Roster, {first:%B %Y}</text>',
    ]
    for n, day in enumerate(days):
        date, x = dt.date.fromisoformat(day), LEFT + n * CELL
        if date.weekday() >= 5:
            out.append(f'<rect x="{x}" y="40" width="{CELL}" height="{height - 76}" fill="#EFF1F4"/>')
        out.append(f'<text x="{x + CELL / 2}" y="51" text-anchor="middle" fill="#5B6270">{date:%a}</text>')
        out.append(f'<text x="{x + CELL / 2}" y="61" text-anchor="middle" font-weight="600">{date.day}</text>')
    people = chips(rows)
    for n, (area, shift) in enumerate(LINES):
        y = TOP + n * ROW
        out.append(f'<line x1="16" x2="{width - 16}" y1="{y}" y2="{y}" stroke="#E1E4E9"/>')
        name = "Clergy" if area == "City" else area
        out.append(f'<text x="16" y="{y + 23}"><tspan font-weight="600">{name}</tspan> {shift}</text>')
        for m, day in enumerate(days):
            out += cell(people.get((area, shift, day), []), area, LEFT + m * CELL, y)
    out.append(
        f'<text x="16" y="{height - 14}" fill="#5B6270">One chip a person by initials, bold with a bar: the lead. '
        "A dashed amber box is an open seat. The people are made up.</text></svg>"
    )
    return "\n".join(out)


def cell(on_call: list[dict[str, Any]], area: str, x: int, y: int) -> list[str]:
    """Return the chips of one shift: two lines of up to two people, or an amber box for what is open."""
    out = []
    side = 15 if len(on_call) > 2 else CELL - 4
    for n in range(max(2, len(on_call))):
        place = (x + 2 + (n // 2) * 16, y + 3 + (n % 2) * 17)
        if n >= len(on_call):
            out.append(
                f'<rect x="{place[0]}" y="{place[1]}" width="{side}" height="15" rx="3" fill="#FFF0C2" '
                'stroke="#8A5300" stroke-dasharray="3 2"/>'
            )
            continue
        row = on_call[n]
        is_lead = row["role"] == "lead" or row["tier"] == "primary"
        out.append(f'<rect x="{place[0]}" y="{place[1]}" width="{side}" height="15" rx="3" fill="{FILL[area]}"/>')
        if is_lead:
            out.append(f'<rect x="{place[0]}" y="{place[1] + 13}" width="{side}" height="2" fill="{EDGE[area]}"/>')
        weight = ' font-weight="600"' if is_lead else ""
        size = ' font-size="7.5"' if side < 20 else ""
        out.append(
            f'<text x="{place[0] + side / 2}" y="{place[1] + 11}" text-anchor="middle"{weight}{size}>'
            f"{escape(initials(row['name']))}</text>"
        )
    return out


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(picture(json.loads(sys.stdin.read())), encoding="utf-8")
