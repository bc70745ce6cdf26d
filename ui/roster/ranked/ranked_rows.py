"""Rows of a ranked list: what each stands for, says and costs."""

from __future__ import annotations

from dataclasses import dataclass

from ui.list_model import Column
from ui.words import tr

FEW = 5
"""Rows shown before more are asked for."""


@dataclass(frozen=True)
class RankedRow:
    """One row: what it stands for, an area to mark it with, two lines of words, its change in points and in words."""

    what: object
    area: str
    name: str
    words: str
    points: float
    calls: str
    effect: str = ""
    given: str = ""
    """What the person is called in a sentence; the whole name where this is empty."""


def column() -> Column[RankedRow]:
    """Return a row's name, and all it says as tip and for those who listen."""
    return Column(
        words=lambda row: row.name,
        aloud=lambda row: tr("{}. {}. {} missed calls").format(row.name, row.words, row.calls),
        tip=lambda row: tr("{}\n{}\n{:+,.0f} points; 1,000 are one missed call").format(
            row.name, row.words, row.points
        ),
    )
