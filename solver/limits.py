"""How large a Problem may be: far above a large city's month, far below what a machine cannot hold."""

from __future__ import annotations

from typing import Final

LARGEST_PROBLEM: Final = 64_000_000
"""Bytes of a Problem as one line of JSON; 2,000 people for a month are 3 MB."""
MOST_PLACES: Final = 200_000
"""Places to fill (seats times their count), and as many slots, shifts, seats, people, groups or duties."""
MOST_MEANT: Final = 1_000_000_000_000
"""The largest number a Problem may hold, be it minutes, points or calls."""
