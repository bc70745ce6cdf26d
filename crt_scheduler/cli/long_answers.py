"""Long answers in words: why a shift is held as it is and who else could take it."""

from __future__ import annotations

from collections.abc import Sequence

from crt_scheduler.cli.command_desk import say, table
from crt_scheduler.roster import ShiftName
from solver.explain import Candidate
from solver.problem import Assignment, Problem
from solver.wording import tr

SHOWN = 12


def why_words(frozen: Problem, name: ShiftName, on_shift: Sequence[Assignment], found: Sequence[Candidate]) -> None:
    """Print who holds the shift, the best others with their price, and what keeps the rest off it."""
    names = {person.id: person.name for person in frozen.people}
    holders = [
        f"{names[a.person]} ({frozen.seats[a.seat].role}, {a.state}{tr(', locked') if a.locked else ''})"
        for a in on_shift
    ]
    say(tr("On {name}: {holders}.", name=name, holders=", ".join(holders) if holders else tr("nobody yet")))
    free = [c for c in found if not c.blocked]
    can = {c.person for c in free}
    if free:
        table(
            tr("{count} others could take it; points it would add (1,000 are one missed call)", count=len(can)),
            [tr("Id"), tr("Name"), tr("Seat"), tr("Points"), tr("Because")],
            [_price(frozen, c) for c in free[:SHOWN]],
            right=(3,),
        )
    else:
        say(tr("Nobody else could take it."))
    kept_off = {c.person: c.blocked for c in reversed(found) if c.blocked and c.person not in can}
    if kept_off:
        rows = list(reversed(kept_off.items()))
        title = tr("{count} people cannot ({min} shown); with this shift:", count=len(rows), min=min(SHOWN, len(rows)))
        table(title, [tr("Id"), tr("What it would break")], [list(row) for row in rows[:SHOWN]])


def _price(frozen: Problem, candidate: Candidate) -> list[str]:
    because = ", ".join(f"{rule} {points:+.1f}" for rule, points in candidate.points_by_rule.items())
    return [candidate.person, candidate.name, frozen.seats[candidate.seat].role, f"{candidate.points:+,.1f}", because]
