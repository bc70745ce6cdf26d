"""A table of availability put into rows by what the records know: the hours of shifts, and how dates are written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from crt_scheduler import times
from crt_scheduler.imports import wide
from crt_scheduler.imports.date_orders import UnclearDates
from crt_scheduler.imports.home_order import said
from crt_scheduler.programmes import customs, programme_of
from crt_scheduler.sheets import Sheet
from crt_scheduler.tables import ShiftTemplate


def unfold(
    session: Session,
    sheet: Sheet,
    mapping: Mapping[str, str],
    *,
    now: dt.datetime,
    date_order: str | None,
    only: bool,
) -> wide.Unfolded:
    """Return a table of availability as a list; dates without a year are those nearest to today.

    Raises UnclearDates where columns of days could be two and the programme settles none.
    """
    programme = programme_of(session)
    shifts = {
        row.name: (row.start, row.end) for row in session.scalars(select(ShiftTemplate).order_by(ShiftTemplate.id))
    }
    near = times.local(now, programme.zone).date()
    try:
        return wide.unfolded(sheet, mapping, shifts=shifts, near=near, date_order=date_order, only=only)
    except UnclearDates as question:
        order = customs.date_order_of(programme)
        if order is None:
            raise
        found = wide.unfolded(sheet, mapping, shifts=shifts, near=near, date_order=order, only=only)
        notes = (said(question, order, programme.country), *found.notes)
        return replace(found, notes=notes)
