"""Finds: what the finder can offer, in one list: acts, people, dates and months."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction, QKeySequence

from solver.wording import say_date
from ui.finder.typed_dates import dates_in, months_in
from ui.head import month_words
from ui.match import LOOSE, NO_MATCH, folded, rank

if TYPE_CHECKING:
    from crt_scheduler.board import Line
    from ui.window import Window

MOST = 60
"""More rows than anybody reads; the rest of 290 people is one more letter away."""


@dataclass(frozen=True)
class Find:
    """One offer: its words, what stands beside them, its kind as a word and an icon, keys, and what choosing does."""

    words: str
    kind: str
    icon: str
    act: Callable[[], object]
    beside: str = ""
    keys: str = ""
    also: tuple[str, ...] = ()
    plain: tuple[str, ...] = field(default=(), compare=False)

    def rank(self, query: str) -> int:
        """Return how well a folded query fits the words, or what else it is known by."""
        return min((rank(query, text) + (1 if n else 0) for n, text in enumerate(self.plain)), default=NO_MATCH)


def everything(window: Window) -> list[Find]:
    """Return every act that can be done now and every person of the month on view."""
    return [*_acts(window), *_people(window)]


def best(finds: list[Find], words: str, window: Window) -> list[Find]:
    """Return what fits the words, best first; dates and months are read from the words themselves."""
    query = " ".join(folded(words).split())
    ranked = sorted(((find.rank(query), n) for n, find in enumerate(finds)), key=lambda pair: pair)
    loosest = LOOSE if any(fit < LOOSE for fit, _ in ranked) else NO_MATCH
    known = [finds[n] for fit, n in ranked if fit < loosest]
    timed = _timed(words, window)
    return [*timed, *known][:MOST]


def _plain(*texts: str) -> tuple[str, ...]:
    return tuple(folded(text) for text in texts if text)


def _acts(window: Window) -> list[Find]:
    """Return what can be done, views first: Enter on nothing typed then goes somewhere and changes nothing."""
    kind, views = QCoreApplication.translate("Finder", "Act"), window.rail.actions_
    others = [action for action in window.commands() if action not in views]
    pages = window.page.commands() if window.page else []
    ordered = [*views, *pages, *(action for action in others if action not in pages)]
    return [_act(action, kind) for action in ordered if action.isEnabled() and action.text()]


def _act(action: QAction, kind: str) -> Find:
    words = action.text().replace("&", "").removesuffix("…")
    keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    shown = action.text().replace("&", "")
    return Find(shown, kind, "arrow-right", action.trigger, keys=keys, plain=_plain(words, action.toolTip()))


def _people(window: Window) -> list[Find]:
    board = window.desk.board
    if board is None:
        return []
    return [_person(line, window) for line in board.lines]


def _person(line: Line, window: Window) -> Find:
    role = QCoreApplication.translate("Finder", "Clergy") if line.kind == "clergy" else line.role.capitalize()
    return Find(
        line.name,
        QCoreApplication.translate("Finder", "Person"),
        "people",
        lambda: window.go("people", line.person),
        beside=" · ".join(filter(None, (role, line.home, line.person))),
        plain=_plain(line.name, line.person),
    )


def _timed(words: str, window: Window) -> list[Find]:
    from crt_scheduler import times

    board = window.desk.board
    moment = window.desk.now()
    today = times.local(moment, board.zone).date() if board else moment.date()
    return [
        *(_date(date, window) for date in dates_in(words, today=today)),
        *(_month(month, window) for month in months_in(words, today=today)),
    ]


def _date(date: dt.date, window: Window) -> Find:
    shown = say_date(date, "long weekday long day year")
    beside = QCoreApplication.translate("Finder", "on the roster")
    kind = QCoreApplication.translate("Finder", "Date")
    return Find(shown, kind, "calendar", lambda: window.go("roster", date), beside=beside)


def _month(month: str, window: Window) -> Find:
    def go() -> None:
        window.desk.set_month(month)
        window.go("roster")

    kind = QCoreApplication.translate("Finder", "Month")
    return Find(month_words(month), kind, "roster", go, beside=QCoreApplication.translate("Finder", "on the roster"))
