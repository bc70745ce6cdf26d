"""The public holidays of a country or state, by date."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType
from typing import Any


def public_holidays(
    country: str, subdivision: str, years: Iterable[int], *, observed: bool = True
) -> dict[dt.date, str]:
    """Return the name of every public holiday of some years; `observed`: also the weekday kept instead of a weekend.

    A country or state without a list (is_known) has none.
    """
    found = _list(country)
    if found is None:
        return {}
    state = subdivision if subdivision in subdivisions(country) else None
    return {date: str(name) for date, name in found(years=sorted(years), subdiv=state, observed=observed).items()}


def is_known(country: str, subdivision: str = "") -> bool:
    """Is there a list of the public holidays of a country, and of its state where one is named?"""
    return _list(country) is not None and (not subdivision or subdivision in subdivisions(country))


def subdivisions(country: str) -> tuple[str, ...]:
    """Return the codes of a country's states or parts that have holidays of their own."""
    found = _list(country)
    return tuple(found.subdivisions) if found is not None else ()


def _list(country: str) -> Any:
    """Return the library's class of a country's holidays, None where it has none."""
    import holidays

    _read_one_country_only(Path(holidays.__file__).parent / "countries")
    return getattr(holidays, country, None) if len(country) == 2 else None


def _read_one_country_only(folder: Path) -> None:
    """Keep the package of countries from importing all 249 of them: 8 MB and as long as a month takes to freeze.

    The library asks for a country's own module by name; only the package's `__init__` wants every one.
    """
    if "holidays.countries" not in sys.modules:
        bare = ModuleType("holidays.countries")
        bare.__path__ = [str(folder)]
        sys.modules["holidays.countries"] = bare
