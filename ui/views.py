"""The views: a table of contents; each view's files are imported when it is first gone to.

A page is made inside the window: with a style sheet, whatever is put into it later costs every control a second time.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from ui.desk import Desk
from ui.look import Look
from ui.page import Page


def today(desk: Desk, look: Look, parent: QWidget) -> Page:
    """Make the page of who is on call now."""
    from ui.today.page import TodayPage

    return TodayPage(desk, look, parent)


def roster(desk: Desk, look: Look, parent: QWidget) -> Page:
    """Make the page of the month's board."""
    from ui.roster.page import RosterPage

    return RosterPage(desk, look, parent)


def people(desk: Desk, look: Look, parent: QWidget) -> Page:
    """Make the page of the team."""
    from ui.people.page import PeoplePage

    return PeoplePage(desk, look, parent)


def demand(desk: Desk, look: Look, parent: QWidget) -> Page:
    """Make the page of the calls to expect."""
    from ui.demand.page import DemandPage

    return DemandPage(desk, look, parent)


def calls(desk: Desk, look: Look, parent: QWidget) -> Page:
    """Make the page of the calls that came."""
    from ui.calls.page import CallsPage

    return CallsPage(desk, look, parent)


def hours(desk: Desk, look: Look, parent: QWidget) -> Page:
    """Make the page of the hours given."""
    from ui.hours.page import HoursPage

    return HoursPage(desk, look, parent)


def reports(desk: Desk, look: Look, parent: QWidget) -> Page:
    """Make the page of the reports."""
    from ui.reports.page import ReportsPage

    return ReportsPage(desk, look, parent)


VIEWS: tuple[tuple[str, Callable[[Desk, Look, QWidget], Page]], ...] = (
    ("today", today),
    ("roster", roster),
    ("people", people),
    ("demand", demand),
    ("calls", calls),
    ("hours", hours),
    ("reports", reports),
)
