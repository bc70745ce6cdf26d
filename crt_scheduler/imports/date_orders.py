"""What a whole column says of its dates and times: month or day first, or bare numbers; asked where it says nothing."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache

from crt_scheduler import remedies, times
from crt_scheduler.dates.clock_texts import is_part, is_part_only
from crt_scheduler.dates.day_texts import COUNTED, ORDERS, Order, counted_in, date_in
from crt_scheduler.errors import CrtError
from crt_scheduler.imports.change_plan import Columns
from solver.wording import tr

_CERTAIN = re.compile(r"\d{4}[-/.]\d\d?[-/.]\d\d?(?!\d)")
_SPOKEN = re.compile(r"(?<!\d)(\d{1,2})([-/])(\d{1,2})(?:\2(\d{4}|\d{2}))?(?!\d)")


class UnclearDates(CrtError):
    """A column of dates that two orders fit; `us` and `eu` are what `value` would mean with month or day first."""

    def __init__(self, file: str, column: str, value: str, *, near: dt.date | None = None) -> None:
        self.file, self.column, self.value = file, column, value
        self.us, self.eu = (date_in(_day_part(value), order, near=near) for order in ("us", "eu"))
        super().__init__(
            tr(
                "{file}, column {column}: is {value} {day} or {day2}? No date in the file says which. {remedy}",
                file=file,
                column=column,
                value=value,
                day=times.day_words(self.us),
                day2=times.day_words(self.eu),
                remedy=remedies.SAY_ORDER.words(),
            )
        )


@dataclass
class _Column:
    """What the values of a column were seen to be, so far."""

    filled: int = 0
    counted: int = 0
    parts: int = 0
    only_part: bool = False
    us: str = ""
    eu: str = ""
    either: str = ""

    def see(self, text: str, near: dt.date | None = None) -> None:
        """Take a date's or a timestamp's text into account."""
        self.filled += 1
        if _CERTAIN.match(text):
            return
        if counted_in(text.split()[0]) is not None:
            self.counted += 1
        elif fits := _fits(_day_part(text), near):
            setattr(self, fits, getattr(self, fits) or text)

    def see_clock(self, text: str) -> None:
        """Take a time's text into account."""
        self.filled += 1
        self.parts += is_part(text)
        self.only_part = self.only_part or is_part_only(text)


def orders(
    columns: Columns, dates: tuple[str, ...], said: str | None, *, clocks: tuple[str, ...] = ()
) -> dict[str, Order]:
    """Return the order of each date column in the file, and of each of `clocks` whether it counts parts of a day.

    `said` (us, eu, iso) settles the order; else the column's own values do, else the file's other date columns. Where
    most values of a column are bare numbers that can be days or seconds, its order ends in COUNTED. Raises CrtError
    asking for --dates where nothing settles it, and where one column holds both orders.
    """
    if said is not None and said not in ORDERS:
        raise CrtError(tr("--dates {said} is not known. Use us (month first), eu (day first) or iso.", said=said))
    seen, timed = _seen(columns, dates, clocks)
    counted = {ours: COUNTED if each.counted * 2 > each.filled else "" for ours, each in seen.items()}
    parts = _clocks(timed, is_sure=any(counted.values()))
    if said is not None:
        return {ours: said + counted[ours] for ours in seen} | parts
    file = columns.sheet.path.name
    decided = {ours: _decided(file, columns.named(ours), each) for ours, each in seen.items()}
    others = {order for order in decided.values() if order is not None}
    sole = next(iter(others)) if len(others) == 1 else "us"
    for ours, own in decided.items():
        if own is None and seen[ours].either and len(others) != 1:
            raise UnclearDates(file, columns.named(ours), seen[ours].either)
    return {ours: (own or sole) + counted[ours] for ours, own in decided.items()} | parts


def order_among(texts: Iterable[str], *, file: str, what: str, said: str | None = None, near: dt.date | None) -> Order:
    """Return the one order of some texts that are dates, such as a poll's headers; `near` gives years to those without.

    Raises UnclearDates where nothing says which order, and CrtError where they hold both.
    """
    if said is not None:
        return said
    seen = _Column()
    for text in filter(None, texts):
        seen.see(text, near)
    decided = _decided(file, what, seen)
    if decided is None and seen.either:
        raise UnclearDates(file, what, seen.either, near=near)
    return decided or "us"


def _seen(
    columns: Columns, dates: tuple[str, ...], clocks: tuple[str, ...]
) -> tuple[dict[str, _Column], dict[str, _Column]]:
    """Look through the file once, at all of its columns of dates and of times."""
    seen, timed = ({ours: _Column() for ours in names if columns.has(ours)} for names in (dates, clocks))
    eyes: list[tuple[str, Callable[[str], None]]] = [(columns.named(ours), each.see) for ours, each in seen.items()]
    eyes += [(columns.named(ours), each.see_clock) for ours, each in timed.items()]
    for row in columns.sheet.rows if eyes else ():
        for name, see in eyes:
            if text := row.cells[name]:
                see(text)
    return seen, timed


def _clocks(timed: dict[str, _Column], *, is_sure: bool) -> dict[str, Order]:
    """Return for each column of times COUNTED or nothing; one that can only be parts of a day settles the others."""
    most = {ours for ours, each in timed.items() if each.parts * 2 > each.filled}
    is_sure = is_sure or any(timed[ours].only_part for ours in most)
    return {ours: COUNTED if is_sure and ours in most else "" for ours in timed}


@lru_cache(maxsize=1 << 14)
def _fits(day: str, near: dt.date | None) -> str:
    """Return the only order that a day fits, "either" where both do and mean different days, else nothing."""
    if _SPOKEN.search(day) is None:
        return ""
    us, eu = (_read(day, order, near) for order in ("us", "eu"))
    if us is None or eu is None:
        return "eu" if eu else "us" if us else ""
    return "" if us == eu else "either"


def _read(day: str, order: str, near: dt.date | None) -> dt.date | None:
    try:
        return date_in(day, order, near=near)
    except ValueError:
        return None


def _day_part(text: str) -> str:
    """Return a timestamp's words up to its date's numbers: the time behind them says nothing of the order."""
    found = _SPOKEN.search(text)
    return text[: found.end()] if found else text


def _decided(file: str, column: str, found: _Column) -> Order | None:
    if found.us and found.eu:
        raise CrtError(
            tr(
                "{file}, column {column}: {us} has the month first and {eu} the day first.",
                file=file,
                column=column,
                us=found.us,
                eu=found.eu,
            ),
            remedies.WRITE_DATES,
        )
    return "us" if found.us else "eu" if found.eu else None
