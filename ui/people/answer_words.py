"""How everybody stands with their answer for a month, in words and as columns."""

from __future__ import annotations

import datetime as dt

from crt_scheduler import times
from crt_scheduler.month_answers import PersonAnswer
from ui.list_model import Column
from ui.people.people_words import date_words
from ui.words import tr


def asked_words(who: PersonAnswer, zone: str) -> str:
    """Return when somebody was asked."""
    asked = [_day(at, zone) for at in (who.asked, who.asked_again) if at]
    return tr(" and ").join(asked)


def source_words(who: PersonAnswer) -> str:
    """Return how somebody answered, or why they have not."""
    if not who.has_answered:
        if who.status != "leave":
            return tr("has not answered") if who.asked else tr("not asked yet")
        return tr("on leave until {}").format(date_words(who.status_until)) if who.status_until else tr("on leave")
    known = {
        "file": tr("by a file"),
        "sheet": tr("by an availability sheet"),
        "typed": tr("typed here"),
        "own": tr("at the responder's desk"),
        "said": tr("told you"),
        "record": tr("on record before"),
    }
    how = known.get(who.source, who.source)
    return tr("{}, for every week").format(how) if who.state == "week" else how


def _day(at: dt.datetime, zone: str) -> str:
    return date_words(times.local(at, zone).date())


def columns(zone: str) -> tuple[Column[PersonAnswer], ...]:
    """Return what is shown of somebody's answer, with dates as a zone has them."""
    return (
        Column(head=tr("Name"), words=lambda who: who.name, wide=220),
        Column(head=tr("Asked"), words=lambda who: asked_words(who, zone), colour="secondary", wide=200),
        Column(
            head=tr("Answered"),
            words=lambda who: _day(who.answered, zone) if who.answered else "",
            colour="secondary",
            wide=120,
        ),
        Column(head=tr("How"), words=source_words, colour=_colour, wide=260),
    )


def _colour(who: PersonAnswer) -> str:
    return "warning" if not who.has_answered and who.asked and who.status != "leave" else "secondary"
