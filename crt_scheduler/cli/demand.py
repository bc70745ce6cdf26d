"""Commands about calls to come: forecast, backtest, targets."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

import msgspec
import typer

from crt_scheduler import planning
from crt_scheduler.cli.desk import desk_of, month_argument, print_json, say, table
from crt_scheduler.errors import CrtError
from crt_scheduler.truth import backtest as replayed

Month = Annotated[str, month_argument()]


def add_to(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    app.command()(forecast)
    app.command()(backtest)


def forecast(context: typer.Context, month: Month) -> None:
    """Say how many calls are expected in each shift of a month, and what its teams make of them."""
    desk = desk_of(context)
    with desk.open() as store, store.read() as session:
        standing = planning.standing(session, month, now=desk.now)
    cells, truth = planning.cells_of(standing), standing.truth
    total, learnt = truth.calls, standing.forecast.sentence()
    if desk.json:
        expected = {"served": truth.served, "late": truth.late, "missed": truth.missed, "p_team": truth.p_team}
        city = [
            {"date": c.date, "shift": c.template, "calls": c.calls, "teams": c.teams, "p_team": round(c.p_team, 4)}
            for c in truth.city
        ]
        answer = {"total_calls": round(total, 3), "cells": cells, "learnt": learnt, "city": city}
        teams_of = "roster" if standing.is_rostered else "plan"
        print_json({**answer, "expected": {k: round(v, 4) for k, v in expected.items()}, "teams_of": teams_of})
        return
    say(f"{total:.1f} calls are expected in {month}. {learnt}")
    rows: list[list[Any]] = []
    for area, shift in dict.fromkeys((cell.area, cell.shift) for cell in cells):
        rows.append([area, shift, *_ends([cell for cell in cells if (cell.area, cell.shift) == (area, shift)])])
    rows.append(["all", "", *_ends(cells)])
    head = ["Area", "Shift", "Calls", "Teams", "Served", "Late", "Missed", "A call finds a team"]
    table(f"Expected in {month} with {standing.words}", head, rows, right=(2, 3, 4, 5, 6, 7))


def _ends(cells: list[planning.Cell]) -> list[Any]:
    """Return the columns of some cells together: calls, teams, how calls end."""
    calls = sum(cell.calls for cell in cells)
    served = sum(c.calls * c.p_served for c in cells)
    late = sum(c.calls * c.p_late for c in cells)
    missed = sum(c.calls * c.p_missed for c in cells)
    share = 1.0 - missed / calls if calls else 1.0
    teams = sum(c.teams for c in cells)
    return [f"{calls:.1f}", teams, f"{served:.1f}", f"{late:.1f}", f"{missed:.2f}", f"{share:.1%}"]


def _day(words: str | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat(words) if words else None
    except ValueError as fault:
        raise CrtError(f"{words!r} is not a date. Write it as 2026-01-31.") from fault


def backtest(
    context: typer.Context,
    month: Month,
    first: Annotated[str | None, typer.Option("--from", help="First logged day; default: a year.")] = None,
    last: Annotated[str | None, typer.Option("--to", help="Last logged day; default: the log's last.")] = None,
    seed: Annotated[int, typer.Option(help="Same seed, same replay.", min=0)] = 1,
) -> None:
    """Replay logged calls on a month's roster: what it promised beside what they would have met."""
    desk = desk_of(context)
    with desk.open() as store, store.read() as session:
        found = replayed.backtest(session, month, now=desk.now, first=_day(first), last=_day(last), seed=seed)
    if desk.json:
        answer = msgspec.to_builtins(found)
        print_json({"from": answer.pop("first"), "to": answer.pop("last"), **answer})
        return
    whose = "its roster" if found.teams_of == "roster" else "the teams planned, for nobody is on call yet"
    say(f"{found.calls:,} calls logged from {found.first} to {found.last}, on {month} with {whose}. {found.mapping}")
    say(found.sentence)
    if found.without_time:
        say(f"{found.without_time:,} calls without a time of day were left out.")
    rows: list[list[Any]] = [[m.month, m.calls, *_counted(m)] for m in found.months]
    rows.append(["all", found.calls, *_counted(found)])
    head = ["Month", "Calls", "Served", "Late", "Missed", "Promised", "Replayed"]
    table("Promised against replayed", head, rows, right=(1, 2, 3, 4, 5, 6))


def _counted(each: replayed.MonthEnds | replayed.Backtest) -> list[str]:
    counts = (f"{n:.1f}" for n in (each.served, each.late, each.missed))
    return [*counts, f"{each.promised_p_team:.1%}", f"{each.replayed_p_team:.1%}"]
