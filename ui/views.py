"""The views, each once: its name, its title, and its page, whose files are imported when it is first gone to.

A page is made inside the window: with a style sheet, whatever is put into it later costs every control a second time.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from solver.wording import mark

if TYPE_CHECKING:
    from ui.page import Page


@dataclass(frozen=True)
class View:
    """A view: its name, which is its icon's too, its title, and what makes its page of desk, look and parent."""

    name: str
    title: str
    make: Callable[..., Page]


def _today(*held: Any) -> Page:
    from ui.today.page import TodayPage

    return TodayPage(*held)


def _roster(*held: Any) -> Page:
    from ui.roster.page import RosterPage

    return RosterPage(*held)


def _people(*held: Any) -> Page:
    from ui.people.page import PeoplePage

    return PeoplePage(*held)


def _demand(*held: Any) -> Page:
    from ui.demand.page import DemandPage

    return DemandPage(*held)


def _calls(*held: Any) -> Page:
    from ui.calls.page import CallsPage

    return CallsPage(*held)


def _hours(*held: Any) -> Page:
    from ui.hours.page import HoursPage

    return HoursPage(*held)


def _reports(*held: Any) -> Page:
    from ui.reports.page import ReportsPage

    return ReportsPage(*held)


VIEWS = (
    View("today", mark("Today"), _today),
    View("roster", mark("Roster"), _roster),
    View("people", mark("People"), _people),
    View("demand", mark("Demand"), _demand),
    View("calls", mark("Calls"), _calls),
    View("hours", mark("Hours"), _hours),
    View("reports", mark("Reports"), _reports),
)
"""From the top of the rail down."""
