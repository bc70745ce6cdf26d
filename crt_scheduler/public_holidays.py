"""The public holidays of a country or state, by date."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType


def public_holidays(
    country: str, subdivision: str, years: Iterable[int], *, observed: bool = True
) -> dict[dt.date, str]:
    """Return the name of every public holiday of some years; `observed`: also the weekday kept instead of a weekend."""
    import holidays

    _read_one_country_only(Path(holidays.__file__).parent / "countries")
    found = holidays.country_holidays(country, subdiv=subdivision or None, years=sorted(years), observed=observed)
    return {date: str(name) for date, name in found.items()}


def _read_one_country_only(folder: Path) -> None:
    """Keep the package of countries from importing all 249 of them: 8 MB and as long as a month takes to freeze.

    The library asks for a country's own module by name; only the package's `__init__` wants every one.
    """
    if "holidays.countries" not in sys.modules:
        bare = ModuleType("holidays.countries")
        bare.__path__ = [str(folder)]
        sys.modules["holidays.countries"] = bare
