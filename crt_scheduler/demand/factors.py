"""Hand-set factors: holidays and events on which more or fewer calls come, with the log's own ratio beside each."""

from __future__ import annotations

import datetime as dt

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from crt_scheduler.act import Act
from crt_scheduler.demand import log_arrays
from crt_scheduler.demand.forecast_values import Calls, Factor, date_of, day_number
from crt_scheduler.demand.ratios import Ratio, ratio
from crt_scheduler.errors import CrtError, Fault, Refused
from crt_scheduler.programmes import programme_of
from crt_scheduler.public_holidays import public_holidays
from crt_scheduler.tables import DemandFactor, Programme
from solver.wording import mark, tr

LARGEST = 20.0
LONGEST_DAYS = 366
MOST_YEARLY = 1_000_000.0


class FactorRow(msgspec.Struct, frozen=True):
    """A hand-set factor as shown: its dates, area (empty: everywhere) and what the log says of such dates."""

    name: str
    first: dt.date
    last: dt.date
    factor: float
    area: str
    own: Ratio


class Suggestion(msgspec.Struct, frozen=True):
    """A public holiday with what the log says of it in past years; `is_set` if a factor covers it already."""

    name: str
    date: dt.date
    own: Ratio
    is_set: bool


def factor_faults(name: str, *, first: dt.date, last: dt.date, factor: float) -> tuple[Fault, ...]:
    """Return what keeps these from being a factor, part by part; nothing where all is well."""
    found = []
    if not name.strip():
        found.append(Fault("name", tr("A factor needs a name, such as Fourth of July.")))
    if not 0 < factor <= LARGEST:
        words = tr("A factor is a number above 0 and up to {largest:.0f}; 2 means twice the calls.", largest=LARGEST)
        found.append(Fault("factor", words))
    if not 0 <= (last - first).days < LONGEST_DAYS:
        words = tr("{name}: give a first day and a last one on or after it, at most a year apart.", name=name.strip())
        found.append(Fault("last", words))
    return tuple(found)


def set_factor(
    session: Session, name: str, *, first: dt.date, last: dt.date | None = None, factor: float, area: str = ""
) -> None:
    """Set the factor on the calls of these dates (one day without `last`), in an area or everywhere.

    The same name, first day and area again changes it. Raises CrtError for a factor that is none, for dates that run
    backwards or over more than a year, and for an unknown area.
    """
    name, last = name.strip(), last or first
    wrong = factor_faults(name, first=first, last=last, factor=factor)
    if wrong:
        raise Refused(*wrong)
    area_id = _area_id(session, area)
    for row in session.scalars(select(DemandFactor).where(DemandFactor.name == name, DemandFactor.first == first)):
        if row.area_id == area_id:
            row.last, row.factor = last, factor
            session.flush()
            return
    programme = programme_of(session)
    session.add(
        DemandFactor(programme_id=programme.id, name=name, first=first, last=last, factor=factor, area_id=area_id)
    )
    session.flush()


def set_yearly_calls(session: Session, calls: float) -> None:
    """Set by hand how many calls a year are expected, which counts until nine months of log have taken over.

    Raises CrtError for a number that is none.
    """
    if not 0 < calls <= MOST_YEARLY:
        raise CrtError(
            tr(
                "Give the calls of a year as a number above 0 and up to {most_yearly:,.0f}, such as 713.",
                most_yearly=MOST_YEARLY,
            )
        )
    programme_of(session).yearly_calls = calls
    session.flush()


def remove_factor(session: Session, name: str, *, first: dt.date | None = None) -> int:
    """Remove the factors of that name (only those that begin on `first`, if given) and return how many.

    Raises CrtError if there is none.
    """
    rows = [
        row
        for row in session.scalars(select(DemandFactor).order_by(DemandFactor.id))
        if row.name.casefold() == name.strip().casefold() and first in (None, row.first)
    ]
    if not rows:
        known = sorted(set(session.scalars(select(DemandFactor.name))))
        there = tr("There are: {names}.", names=", ".join(known)) if known else tr("None is set.")
        raise CrtError(tr("No factor is called {name!r}. {there}", name=name, there=there))
    for row in rows:
        session.delete(row)
    session.flush()
    return len(rows)


def set_factors(session: Session) -> tuple[Factor, ...]:
    """Return the hand-set factors as the forecast takes them."""
    place = {area.id: n for n, area in enumerate(log_arrays.areas(session))}
    rows = session.scalars(select(DemandFactor).order_by(DemandFactor.id))
    return tuple(
        Factor(row.first, row.last, row.factor, None if row.area_id is None else place[row.area_id]) for row in rows
    )


def factors(session: Session, *, known: Calls | None = None) -> tuple[FactorRow, ...]:
    """Return every hand-set factor by date, with the log's own ratio on such dates in past years beside it.

    `known` is the log where it has been read already.
    """
    rows = list(session.scalars(select(DemandFactor).order_by(DemandFactor.first, DemandFactor.id)))
    if not rows:
        return ()
    calls, programme = known or log_arrays.logged(session), programme_of(session)
    names = {area.id: (n, area.name) for n, area in enumerate(log_arrays.areas(session))}
    shown = []
    for row in rows:
        number, area = names[row.area_id] if row.area_id is not None else (None, "")
        spans = _past(calls, programme, row.first, row.last)
        shown.append(FactorRow(row.name, row.first, row.last, row.factor, area, ratio(calls, spans, area=number)))
    return tuple(shown)


def suggestions(
    session: Session, first: dt.date, last: dt.date, *, known: Calls | None = None
) -> tuple[Suggestion, ...]:
    """Return the public holidays from first to last with the log's own ratio of each in past years.

    `known` is the log where it has been read already: reading a large one takes most of a second.
    """
    programme, calls = programme_of(session), known or log_arrays.logged(session)
    there = set_factors(session)
    return tuple(
        Suggestion(
            name=name,
            date=date,
            own=ratio(calls, _past(calls, programme, date, date)),
            is_set=any(each.first <= date <= each.last for each in there),
        )
        for date, name in sorted(_holidays(programme, first.year, last.year).items())
        if first <= date <= last
    )


def _area_id(session: Session, name: str) -> int | None:
    if not name.strip():
        return None
    known = {area.name.casefold(): area for area in log_arrays.areas(session)}
    area = known.get(name.strip().casefold())
    if area is None:
        raise CrtError(
            tr(
                "No area is called {name!r}. Use one of: {names}.",
                name=name,
                names=", ".join(a.name for a in known.values()),
            )
        )
    return area.id


def _holidays(programme: Programme, first: int, last: int) -> dict[dt.date, str]:
    """Return the public holidays of the years by date, each on its own day rather than where it is observed."""
    if not programme.country:
        return {}
    years = range(first, last + 1)
    found = public_holidays(programme.country, programme.subdivision, years, observed=False)
    return {date: name for date, name in found.items() if first <= date.year <= last}


def _past(calls: Calls, programme: Programme, first: dt.date, last: dt.date) -> list[tuple[int, int]]:
    """Return the same dates in the years of the log: around the same holiday where one lies in them, else by day."""
    if not len(calls.day):
        return []
    begun, ended = date_of(int(calls.day.min())), date_of(int(calls.day.max()))
    of_log = _holidays(programme, begun.year, ended.year)
    own = _holidays(programme, first.year, last.year)
    anchor = next((date for date in sorted(own) if first <= date <= last), None)
    if anchor is None:
        starts = [_same_day(first, year) for year in range(begun.year, ended.year + 1)]
    else:
        lead = anchor - first
        starts = [date - lead for date, name in sorted(of_log.items()) if name == own[anchor]]
    length = (last - first).days
    spans = [(day_number(start), day_number(start) + length) for start in starts if start < first]
    return [span for span in spans if span[1] < day_number(first)]


def _same_day(date: dt.date, year: int) -> dt.date:
    return date.replace(year=year, day=28) if (date.month, date.day) == (2, 29) else date.replace(year=year)


SET_FACTOR = Act(set_factor, mark("Set factor {name} to {factor:g}"))
REMOVE_FACTOR = Act(remove_factor, mark("Remove factor {name}"))
SET_YEARLY_CALLS = Act(set_yearly_calls, mark("Expect {calls:g} calls a year"))
