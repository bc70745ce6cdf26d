"""What a volunteer's hour is worth: shipped rates, the team's own, one typed for a report; never a guess."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from crt_scheduler import remedies
from crt_scheduler.act import Act
from crt_scheduler.errors import CrtError
from crt_scheduler.hours.ledger_values import KINDS
from crt_scheduler.places import resource
from crt_scheduler.programmes import programme_of
from crt_scheduler.reports.year_values import Rate, Value, Worth
from crt_scheduler.tables import HourValue
from solver.wording import mark, tr

NATIONAL = "US"
BASES = {"response": ("response",), "ledger": KINDS}
"""Which kinds of the ledger a value counts; on-call time is in none, for responses and travel fall inside it."""
TYPED = mark("typed for this report")
DEAREST = 1_000_000


def rates(session: Session) -> tuple[Rate, ...]:
    """Return every rate that is known, the team's own in place of the shipped, by year and region."""
    shipped = msgspec.json.decode(resource("hour_values.json").read_bytes(), type=list[Rate])
    found = {(rate.year, rate.region): rate for rate in shipped}
    for row in session.scalars(select(HourValue)):
        found[row.year, row.region] = Rate(row.year, row.region, row.cents, row.source)
    return tuple(rate for _, rate in sorted(found.items()))


def set_rate(session: Session, year: int, cents: int, *, region: str = "", source: str) -> Rate:
    """Keep the team's own rate of a year; raises CrtError for a rate without a source or a year that is none."""
    if not 1900 <= year <= 2999:
        raise CrtError(tr("{year} is not a year. Write it as 2026.", year=year))
    if not source.strip():
        raise CrtError(tr("Say who publishes this rate: it is printed on every report that uses it."))
    where = region.strip().upper() or home_region(session)
    row = session.scalar(select(HourValue).where(HourValue.year == year, HourValue.region == where))
    if row is None:
        row = HourValue(year=year, region=where, cents=cents, source=source.strip())
        session.add(row)
    else:
        row.cents, row.source = cents, source.strip()
    session.flush()
    return Rate(year, where, cents, source.strip())


SET_RATE = Act(set_rate, mark("Set the value of an hour in {year}"))


def cents_of(words: str) -> int:
    """Return a rate as people type it, such as 31.51, in cents; raises CrtError for anything else."""
    wrong = CrtError(
        tr(
            "{words!r} is not a rate. Type dollars an hour with at most two decimals, such as 31.51.",
            words=words.strip(),
        )
    )
    try:
        cents = Decimal(words.strip().removeprefix("$").replace(",", ".")) * 100
    except InvalidOperation as fault:
        raise wrong from fault
    if not cents.is_finite() or cents != cents.to_integral_value() or not 0 < cents < DEAREST:
        raise wrong
    return int(cents)


def home_region(session: Session) -> str:
    """Return the region of the programme: its state where it has one, else its country."""
    programme = programme_of(session)
    return programme.subdivision or programme.country or NATIONAL


def rate_of(session: Session, year: int, *, typed: int | None = None, region: str = "") -> Rate:
    """Return the rate of a year: the one typed, the region's, or the country's where the home region has none.

    Raises CrtError for a year that has none: a rate is asked for, never carried on from another year.
    """
    if typed is not None:
        return Rate(year, "", typed, tr(TYPED), typed=True)
    known = {(rate.year, rate.region): rate for rate in rates(session)}
    for where in (region.upper(),) if region else (home_region(session), NATIONAL):
        if (year, where) in known:
            return known[year, where]
    within = tr(" in {region}", region=region.upper()) if region else ""
    raise CrtError(
        tr("No value of a volunteer hour is known for {year}{within}.", year=year, within=within),
        remedies.GIVE_RATE.of(year=year),
    )


def worth(minutes: int, cents_an_hour: int) -> int:
    """Return what minutes are worth in whole cents, half a cent upwards."""
    return (2 * minutes * cents_an_hour + 60) // 120


def value(
    session: Session, minutes: Mapping[int, int], *, basis: str, typed: int | None = None, region: str = ""
) -> Value:
    """Return what minutes by year are worth, each year at its own rate; raises CrtError where a rate is missing."""
    if basis not in BASES:
        raise CrtError(tr("No basis is called {basis!r}. There are: {names}.", basis=basis, names=", ".join(BASES)))
    found = []
    for year, count in sorted(minutes.items()):
        rate = rate_of(session, year, typed=typed, region=region)
        found.append(Worth(rate, count, worth(count, rate.cents)))
    return Value(basis, tuple(found))


def years_of(first: dt.date, last: dt.date) -> range:
    """Return the years that a stretch of days touches."""
    return range(first.year, last.year + 1)
