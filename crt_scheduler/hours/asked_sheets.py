"""Asking people when they can in a month: their availability sheets written, and that they were asked kept."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from sqlalchemy.orm import Session

from crt_scheduler import month_answers, times
from crt_scheduler.errors import CrtError
from crt_scheduler.hours import offers
from crt_scheduler.hours.hours_sheet import Said
from crt_scheduler.month_answers import PersonAnswer
from crt_scheduler.programmes import programme_of
from crt_scheduler.store import Store
from solver.wording import tr


def everybody(session: Session, month: str) -> tuple[PersonAnswer, ...]:
    """Return whom asking everybody for a month asks: the team, but for who is on leave all through it."""
    last = times.month_days(month)[-1]
    return tuple(each for each in month_answers.of_month(session, month) if not month_answers.is_away(each, last))


def ask(
    store: Store,
    month: str,
    folder: Path,
    *,
    people: Collection[str] = (),
    only_waiting: bool = False,
    as_csv: bool = False,
    said: Said | None = None,
    force: bool = False,
) -> tuple[Path, ...]:
    """Write the month's availability sheets for everybody, some people (ids) or who has not answered, and keep it.

    Raises CrtError for a month that is over, a stranger, nobody to ask, and as `writing.write_all` does: then nobody
    is asked.
    """
    with store.read() as session:
        _refuse_past(session, store, month)
        chosen = tuple(people) or _whom(session, month, only_waiting=only_waiting)
        paths = offers.write(session, month, folder, people=chosen, as_csv=as_csv, said=said, force=force)
    store.do(month_answers.ASK(month, tuple(dict.fromkeys(chosen))))
    return paths


def _whom(session: Session, month: str, *, only_waiting: bool) -> tuple[str, ...]:
    found = month_answers.waiting(session, month) if only_waiting else everybody(session, month)
    if not found and only_waiting:
        raise CrtError(
            tr("Everybody has answered for {month}. There is nobody to ask again.", month=times.month_words(month))
        )
    if not found:
        raise CrtError(tr("Nobody is on the team yet. Import people first."))
    return tuple(each.id for each in found)


def _refuse_past(session: Session, store: Store, month: str) -> None:
    today = times.local(store.now, programme_of(session).zone).date()
    if times.month_days(month)[-1] < today:
        raise CrtError(tr("{month} is over. Ask for a month to come.", month=times.month_words(month)))
