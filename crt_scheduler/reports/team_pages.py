"""What the printed pages about the team share: what is left out, and the spread of hours on call."""

from __future__ import annotations

from collections.abc import Iterable

from crt_scheduler.reports.printed import Column, Table
from solver.wording import mark, tr

NAMED = mark(
    "This report names responders: keep it inside the team. Left out: phone numbers, addresses, e-mail addresses, "
    "notes, reasons of absence, and everything about survivors."
)
COUNTS = mark("Left out: names, phone numbers, addresses, e-mail addresses, notes and everything about survivors.")
STEP_HOURS = 36
"""Hours of one bar: what a responder gives a month."""
MOST_BARS = 14


def hours_plot(minutes: Iterable[int]) -> Table:
    """Return how many people have how many hours on call, in bars of equal width."""
    held = list(minutes)
    step = STEP_HOURS * 60
    while max(held, default=0) >= step * MOST_BARS:
        step += STEP_HOURS * 60
    bars = range(max(held, default=0) // step + 1)
    rows = tuple(
        (f"{n * step // 60}-{(n + 1) * step // 60 - 1}", sum(n * step <= each < (n + 1) * step for each in held))
        for n in bars
    )
    columns = (Column(tr("Hours on call"), "text"), Column(tr("People")))
    return Table(tr("Spread of on-call hours"), columns, rows, tr("People"), axis=tr("Hours on call"))
