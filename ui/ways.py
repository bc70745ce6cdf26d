"""Ways: where a link, a shortcut or the finder can lead, by name; what lies behind is imported when first gone to."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ui.page import Page
    from ui.roster.page import RosterPage
    from ui.window import Window


def go(window: Window, place: str, what: object) -> None:
    """Go to a place of WAYS or to a view, showing `what` there; a name that is neither is a fault."""
    way = WAYS.get(place)
    if way is not None:
        way(window, what)
        return
    if place not in dict(window.places):
        raise KeyError(place)
    window.show_place(place)
    page = window.pages.get(place)
    if isinstance(what, dt.date) and page is not None and page.uses_period:
        _show_date(window, page, what)
    elif what is not None and page is not None:
        page.show_what(what)


def _show_date(window: Window, page: Page, date: dt.date) -> None:
    """Show a date, once the month that holds it has been read."""
    desk, month = window.desk, f"{date:%Y-%m}"

    def show() -> None:
        if desk.month != month:  # the person has gone elsewhere meanwhile
            desk.board_changed.disconnect(show)
        elif desk.board is not None and desk.board.month == month:
            desk.board_changed.disconnect(show)
            page.show_what(date)

    desk.board_changed.connect(show)
    desk.set_month(month)
    show()


def _roster(window: Window) -> RosterPage | None:
    """Show the roster and return its page, once there is one."""
    from ui.roster.page import RosterPage

    window.show_place("roster")
    page = window.page
    return page if isinstance(page, RosterPage) else None


def _solve(window: Window, what: object) -> None:
    if page := _roster(window):
        page.solve()


def _rules(window: Window, what: object) -> None:
    if page := _roster(window):
        page.show_rules()


def _problems(window: Window, what: object) -> None:
    if page := _roster(window):
        page.go_back() if what == "previous" else page.go_on()


def _finder(window: Window, what: object) -> None:
    from ui.finder import Finder

    Finder(window).open()


def _shortcuts(window: Window, what: object) -> None:
    from ui.shortcuts import Shortcuts

    Shortcuts(window).open()


def _settings(window: Window, what: object) -> None:
    from ui.settings.settings_dialog import Settings

    Settings(window.desk, window.look, window).open()


def _records(window: Window, what: object) -> None:
    from ui.settings.records import choose_records

    choose_records(window)


def _publish(window: Window, what: object) -> None:
    from ui.publish.publish_dialog import PublishDialog

    if window.desk.is_open:
        PublishDialog(window.desk, window.look, window, month=str(what or "")).open()


def _stale(window: Window, what: object) -> None:
    from ui.publish.stale import StaleDialog

    if window.desk.is_open:
        StaleDialog(window.desk, window.look, window).open()


def _ask(window: Window, what: object) -> None:
    from ui.people.ask import AskDialog

    if window.desk.is_open:
        AskDialog(window.desk, window.look, window, month=str(what or "")).open()


def _care(window: Window, what: object) -> None:
    from ui.care.care_dialog import CareDialog

    if window.desk.is_open:
        dialog = CareDialog(window.desk, window.look, window, place=str(what or "debriefs"))
        dialog.go.connect(window.go)
        dialog.show()


def _all_call(window: Window, what: object) -> None:
    from ui.all_call.all_call_dialog import AllCallDialog

    if window.desk.is_open and isinstance(what, int):
        AllCallDialog(window.desk, window.look, window, call=what).show()


def _import(window: Window, what: object) -> None:
    from ui.people.page import PeoplePage

    window.show_place("people")
    if isinstance(window.page, PeoplePage):
        window.page.open_wizard(what or "people")


def _first_run(window: Window, what: object) -> None:
    from ui.first_run.first_run_dialog import FirstRun

    dialog = FirstRun(window.desk, window.look, window)
    dialog.brought.connect(lambda path: window.go("import", path))
    dialog.finished.connect(window.say_none_open)
    dialog.open()
    if what == "sample":
        dialog.open_sample()


def _own_desk(window: Window, what: object) -> None:
    from ui.own_desk.own_desk_dialog import OwnDesk

    if window.desk.is_open:
        found = window.findChild(OwnDesk) or OwnDesk(window.desk, window.look, window)
        found.open()


WAYS = {
    "finder": _finder,
    "shortcuts": _shortcuts,
    "settings": _settings,
    "records": _records,
    "publish": _publish,
    "stale": _stale,
    "care": _care,
    "ask": _ask,
    "all-call": _all_call,
    "import": _import,
    "first run": _first_run,
    "solve": _solve,
    "rules": _rules,
    "problems": _problems,
    "own desk": _own_desk,
}
"""Every place that is not a view of its own."""
