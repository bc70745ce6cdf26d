"""Unions of stretches of time, in whole minutes: what is in several of them counts once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from crt_scheduler import times

Span = tuple[int, int]
"""Begin and end in minutes since 1970, the end not included."""


def span(start: dt.datetime, end: dt.datetime) -> Span:
    """Return the stretch between two instants."""
    return times.minutes(start), times.minutes(end)


def union(spans: Iterable[Span]) -> list[Span]:
    """Return the same minutes as stretches in order, none of which touches another."""
    found: list[Span] = []
    for begin, end in sorted(spans):
        if end <= begin:
            continue
        if found and begin <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((begin, end))
    return found


def length(spans: Iterable[Span]) -> int:
    """Return how many minutes are in any of the stretches."""
    return sum(end - begin for begin, end in union(spans))


def outside(spans: Iterable[Span], of: Iterable[Span]) -> int:
    """Return how many minutes of some stretches lie in none of the others."""
    others = union(of)
    return length([*spans, *others]) - sum(end - begin for begin, end in others)
