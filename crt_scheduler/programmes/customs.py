"""What a country's people are used to: how they tell the hour, begin a week and order a date; and whose a zone is."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

import msgspec
from sqlalchemy import select

from crt_scheduler import times
from crt_scheduler.errors import CrtError
from crt_scheduler.public_holidays import is_known
from solver.wording import tr

if TYPE_CHECKING:
    from babel import Locale
    from sqlalchemy.orm import Session

    from crt_scheduler.tables import Programme

AUTO = "auto"
CLOCKS = ("12", "24")
ASK = "ask"
NO_COUNTRY = ("EU", "EZ", "QO", "UN", "XA", "XB", "ZZ")
"""Codes of two letters that stand for unions, places without people and made-up languages."""
DATE_ORDERS = ("us", "eu", "iso", ASK)
Order = Literal["us", "eu", "iso"]


class Customs(msgspec.Struct, frozen=True):
    """A country's customs: a clock of 12 or 24 hours, the week's first day (Monday is 0), and the order of a date.

    Each is what all its official languages write; the order is `ask` where they differ or put the year first.
    """

    clock: times.Clock
    first_weekday: int
    date_order: str


def country_of(zone: str) -> str:
    """Return the ISO code of the country whose clocks a zone tells; empty for a zone of none, such as UTC."""
    from babel.core import get_global  # its tables take a twentieth of a second that most commands need not wait

    found = str(get_global("zone_territories").get(get_global("zone_aliases").get(zone, zone), ""))
    return found if found.isalpha() and found != "ZZ" else ""


def only_zone(country: str) -> str:
    """Return the zone of a country that has only one; empty where it has several."""
    from babel.core import get_global

    found = [zone for zone, code in get_global("zone_territories").items() if code == country]
    return found[0] if len(found) == 1 else ""


def country(words: str) -> str:
    """Return the ISO code of a country given by code or English name; raises CrtError for any other words."""
    from babel.core import get_global

    names = _names()
    plain = words.strip().upper()
    code = str(get_global("territory_aliases").get(plain, [plain])[0])
    if code in names:
        return code
    found = next((code for code, name in names.items() if name.casefold() == words.strip().casefold()), "")
    if not found:
        raise CrtError(
            tr("{shown} is no country. Give its two letters, such as US, GB or KR.", shown=times.shown(words))
        )
    return found


def country_words(code: str) -> str:
    """Return a country's English name; its code where it has none."""
    return _names().get(code, code)


def countries() -> tuple[tuple[str, str], ...]:
    """Return every country by code with its English name, by name."""
    return tuple(sorted(_names().items(), key=lambda item: item[1]))


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    from babel import Locale

    shown = Locale("en").territories.items()
    return {
        code: name for code, name in shown if len(code) == 2 and code not in ("EU", "EZ", "QO", "UN", "XA", "XB", "ZZ")
    }


@lru_cache(maxsize=8)
def customs(code: str) -> Customs:
    """Return the customs of a country; those of no country are 24 hours, Monday, and dates that are asked about."""
    found = tuple(_languages(code))
    if not found:
        return Customs("24", 0, ASK)
    orders = {_order(language.date_formats["short"].pattern) for language in found}
    clock: times.Clock = "12" if "a" in found[0].time_formats["short"].pattern else "24"
    return Customs(clock, found[0].first_week_day, orders.pop() if len(orders) == 1 else ASK)


def _languages(code: str) -> Iterator[Locale]:
    from babel import Locale, UnknownLocaleError
    from babel.languages import get_official_languages

    for language in get_official_languages(code, de_facto=True) if code else ():
        try:
            yield Locale.parse(f"{language}_{code}")
        except (UnknownLocaleError, ValueError):
            continue


def _order(pattern: str) -> str:
    letters = [letter for letter in pattern if letter in "yMd"]
    return {"M": "us", "d": "eu"}.get(letters[0], ASK)


def clock_of(programme: Programme) -> times.Clock:
    """Return the clock that a programme's people read: the one set, or its country's."""
    if programme.clock == AUTO:
        return customs(programme.country).clock
    return "12" if programme.clock == "12" else "24"


def zone_of(programme: Programme) -> times.Zone:
    """Return a programme's zone with the clock that its people read."""
    return times.Zone(programme.zone, clock_of(programme))


def zone_in(session: Session) -> times.Zone:
    """Return the zone of the records' programme; UTC where they hold none yet."""
    from crt_scheduler.tables import Programme

    programme: Programme | None = session.scalar(select(Programme))
    return zone_of(programme) if programme else times.Zone("UTC")


def first_weekday_of(programme: Programme) -> int:
    """Return the day a programme's weeks begin with (Monday is 0): the one set, or its country's."""
    if programme.first_weekday == AUTO:
        return customs(programme.country).first_weekday
    return [name.casefold() for name in times.DAY_NAMES].index(programme.first_weekday)


def date_order_of(programme: Programme) -> Order | None:
    """Return the order of dates that a file leaves open: the one set, or its country's; None where it is asked."""
    order = customs(programme.country).date_order if programme.date_order == AUTO else programme.date_order
    return next((known for known in ("us", "eu") if known == order), None)


def holiday_words(code: str, subdivision: str = "") -> str:
    """Return the sentence that says that nobody keeps a list of a country's public holidays; nothing where one does."""
    if is_known(code, subdivision):
        return ""
    place = (
        tr("{subdivision} in {country}", subdivision=subdivision, country=country_words(code))
        if subdivision
        else country_words(code)
    )
    return tr(
        "No list of public holidays is known for {place}: none is counted; add those that matter as factors.",
        place=place,
    )
