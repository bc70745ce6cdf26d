"""What a place adds to a person's share of the year: weekends, nights, holidays, calls."""

from __future__ import annotations

from collections.abc import Iterator

from crt_scheduler import times
from crt_scheduler.cover.place import Place
from crt_scheduler.cover.reason import SMALL, Reason
from solver.period import saturday
from solver.rules.weekends import weekends_worked
from solver.wording import Sayings, say_date, tr

ORDINALS = Sayings({
    1: "First", 2: "Second", 3: "Third", 4: "Fourth", 5: "Fifth", 6: "Sixth", 7: "Seventh", 8: "Eighth", 9: "Ninth",
    10: "Tenth",
})  # fmt: skip


def shares(place: Place, held: dict[str, float]) -> Iterator[Reason]:
    """Yield what passes a fair share of the year; `held` are the points per rule that the place adds."""
    who, slots, period = place.who, place.problem.slots, place.roster.period
    duties = place.roster.duties[place.holder]
    month = say_date(times.parse_month(place.problem.period), "long month")
    if "fair_weekends" in held:
        worked = weekends_worked(place.roster, place.holder)
        before = {saturday(slots[d.slot].date) for d in duties if slots[d.slot].weekend and d.start <= place.slot.start}
        words = (
            tr("{ordinal} weekend of {worked} in {month}", ordinal=ordinal(len(before)), worked=worked, month=month)
            if worked > 1
            else tr("A weekend in {month}", month=month)
        )
        words = f"{words}; {_share(who.weekends)}"
        yield Reason(words, "fair_weekends", held["fair_weekends"])
    if "fair_nights" in held:
        nights = sum(slots[d.slot].night for d in duties)
        yield Reason(
            tr("{nights} nights in {month}; {share}", nights=nights, month=month, share=_share(who.nights))
            if nights > 1
            else tr("A night; {share}", share=_share(who.nights)),
            "fair_nights",
            held["fair_nights"],
        )
    if "fair_holidays" in held:
        yield Reason(tr("A holiday; {share}", share=_share(who.holidays)), "fair_holidays", held["fair_holidays"])
    if "fair_calls" in held:
        calls = sum(period.shift(d.seat).calls for d in duties)
        yield Reason(
            tr("{calls:.1f} expected calls in {month}; {share}", calls=calls, month=month, share=_share(who.calls)),
            "fair_calls",
            held["fair_calls"],
        )


def _share(left: float) -> str:
    return tr("a fair share is {left:.1f}", left=left) if left >= SMALL else tr("the fair share of the year is used up")


def ordinal(count: int) -> str:
    """Return a count from 1 as a place in a row: First, Second, … 11th."""
    return ORDINALS[count] if count in ORDINALS else tr("{count}th", count=count)
