"""A report as a value: what it is called, how its figures are gathered, printed and answered, and what it asks for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from sqlalchemy.orm import Session

from crt_scheduler import times
from crt_scheduler.reports.printed import Printed
from crt_scheduler.reports.year_values import Value
from solver.wording import mark

NOTHING = mark("Nothing is logged from {first} to {last}: no calls, no hours and nobody on call.")
ADDING = mark("Adding up {}.")


class Figures(Protocol):
    """The frozen figures of a report, of the days from first to last."""

    @property
    def first(self) -> dt.date:
        """Return the first day."""

    @property
    def last(self) -> dt.date:
        """Return the last day."""


@dataclass(frozen=True)
class Wish:
    """Which report is wanted of which local dates; rate (cents), region and basis are for a report of value."""

    name: str
    first: dt.date
    last: dt.date
    rate: int | None = None
    region: str = ""
    basis: str = "response"
    needs_rate: bool = True
    """Is a year without a rate refused? Else its value is left out."""


@dataclass(frozen=True)
class Home:
    """What a printed page says of where and when it was made."""

    programme: str
    made: dt.datetime
    clock: times.Clock


F = TypeVar("F", bound=Figures)


@dataclass(frozen=True)
class Report(Generic[F]):
    """One report: its name and words, how its figures are gathered, printed and answered as JSON.

    `title` is its name among the others, `act` what the finder calls showing it, `help` what its command says;
    `adding` is said while it is gathered, `nothing` where it is empty. One that says what hours are worth
    (`value`) takes a rate.
    """

    name: str
    title: str
    act: str
    help: str
    of: type[F]
    gather: Callable[[Session, Wish, dt.datetime], F]
    page: Callable[[F, Home], Printed]
    answer: Callable[[F], dict[str, Any]]
    is_empty: Callable[[F], bool]
    adding: str = ADDING
    nothing: str = NOTHING
    value: Callable[[F], Value | None] | None = None

    @property
    def values(self) -> bool:
        """Does it say what hours are worth?"""
        return self.value is not None
