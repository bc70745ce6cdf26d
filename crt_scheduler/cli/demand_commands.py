"""Commands about calls to come: forecast, backtest, targets."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer

from crt_scheduler import planning, times, writing
from crt_scheduler.cli.command_desk import MOST, Force, date_of, desk_of, month_argument, print_json, say, table
from crt_scheduler.demand import targets
from crt_scheduler.errors import CrtError
from crt_scheduler.truth import afford, demand_view, ladder, pictures, seen
from crt_scheduler.truth import backtest as replayed
from solver.wording import tr
from solver.wording.dates import weekday

Month = Annotated[str, month_argument()]


def add_to(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    app.command()(forecast)
    app.command()(heat)
    app.command()(backtest)
    aims = typer.Typer(
        help="Choose the share of calls that must find a team, and see the hours it takes.",
        rich_markup_mode=None,
        no_args_is_help=True,
    )
    aims.command("set")(set_target)
    aims.command("clear")(clear_targets)
    aims.command("show")(show_targets)
    aims.command("ladder")(show_ladder)
    app.add_typer(aims, name="targets")


def forecast(
    context: typer.Context,
    month: Month,
    picture: Annotated[Path | None, typer.Option(help="Also draw it: a .png or .svg file.", metavar="FILE")] = None,
    force: Force = False,
) -> None:
    """Say how many calls are expected in each shift of a month, and what its teams make of them."""
    desk = desk_of(context)
    if picture is not None:
        pictures.refuse_other_endings(picture)
        writing.refuse_never([picture])
    with desk.open() as store, store.read() as session:
        standing = planning.standing(session, month, now=desk.now)
        if picture is not None:
            pictures.draw(seen.seen(session, standing), picture, force=force)
            say(tr("Drawn: {picture}", picture=picture), json=True)
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
    say(tr("{total:.1f} calls are expected in {month}. {learnt}", total=total, month=month, learnt=learnt))
    rows: list[list[Any]] = []
    for area, shift in dict.fromkeys((cell.area, cell.shift) for cell in cells):
        rows.append([area, shift, *_ends([cell for cell in cells if (cell.area, cell.shift) == (area, shift)])])
    rows.append(["all", "", *_ends(cells)])
    head = [
        tr("Area"),
        tr("Shift"),
        tr("Calls"),
        tr("Teams"),
        tr("Served"),
        tr("Late"),
        tr("Missed"),
        tr("A call finds a team"),
    ]
    table(
        tr("Expected in {month} with {words}", month=month, words=standing.words), head, rows, right=(2, 3, 4, 5, 6, 7)
    )


def _ends(cells: list[planning.Cell]) -> list[Any]:
    """Return the columns of some cells together: calls, teams, how calls end."""
    calls = sum(cell.calls for cell in cells)
    served = sum(c.calls * c.p_served for c in cells)
    late = sum(c.calls * c.p_late for c in cells)
    missed = sum(c.calls * c.p_missed for c in cells)
    share = 1.0 - missed / calls if calls else 1.0
    teams = sum(c.teams for c in cells)
    return [f"{calls:.1f}", teams, f"{served:.1f}", f"{late:.1f}", f"{missed:.2f}", f"{share:.1%}"]


def heat(context: typer.Context, month: Month, area: Annotated[str, typer.Option(help="Only this area.")] = "") -> None:
    """Say how many calls a year come in each hour of the week, at the rate of a month."""
    desk = desk_of(context)
    with desk.open() as store, store.read() as session:
        found = demand_view.heat_map(session, month, now=desk.now)
    if desk.json:
        print_json(found)
        return
    layer = next((each for each in found if each.area.casefold() == area.casefold()), None)
    if layer is None:
        names = ", ".join(each.area for each in found if each.area)
        raise CrtError(tr("No area is called {area!r}. There are: {names}.", area=area, names=names))
    days = times.week_from(layer.first)
    rows: list[list[Any]] = [
        [times.hour_words(hour, layer.clock), *(f"{layer.hours[day][hour]:.1f}" for day in days)]
        for hour in range(len(layer.hours[0]))
    ]
    where = layer.area or tr("the city")
    head = [tr("Hour"), *(weekday(day) for day in days)]
    table(tr("Calls a year by hour in {where}", where=where), head, rows, right=tuple(range(1, 8)))


def backtest(
    context: typer.Context,
    month: Month,
    first: Annotated[str | None, typer.Option("--from", help="First logged day; default: a year.")] = None,
    last: Annotated[str | None, typer.Option("--to", help="Last logged day; default: the log's last.")] = None,
    seed: Annotated[int, typer.Option(help="Same seed, same replay.", min=0, max=MOST)] = 1,
) -> None:
    """Replay logged calls on a month's roster: what it promised beside what they would have met."""
    desk = desk_of(context)
    with desk.open() as store, store.read() as session:
        found = replayed.backtest(
            session,
            month,
            now=desk.now,
            first=date_of(first) if first else None,
            last=date_of(last) if last else None,
            seed=seed,
        )
    if desk.json:
        answer = msgspec.to_builtins(found)
        print_json({"from": answer.pop("first"), "to": answer.pop("last"), **answer})
        return
    whose = tr("its roster") if found.teams_of == "roster" else tr("the teams planned, for nobody is on call yet")
    say(
        tr(
            "{calls:,} calls logged from {first} to {last}, on {month} with {whose}. {mapping}",
            calls=found.calls,
            first=found.first,
            last=found.last,
            month=month,
            whose=whose,
            mapping=found.mapping,
        )
    )
    say(found.sentence)
    if found.without_time:
        say(tr("{without_time:,} calls without a time of day were left out.", without_time=found.without_time))
    rows: list[list[Any]] = [[m.month, m.calls, *_counted(m)] for m in found.months]
    rows.append(["all", found.calls, *_counted(found)])
    head = [tr("Month"), tr("Calls"), tr("Served"), tr("Late"), tr("Missed"), tr("Promised"), tr("Replayed")]
    table(tr("Promised against replayed"), head, rows, right=(1, 2, 3, 4, 5, 6))


def _counted(each: replayed.MonthEnds | replayed.Backtest) -> list[str]:
    counts = (f"{n:.1f}" for n in (each.served, each.late, each.missed))
    return [*counts, f"{each.promised_p_team:.1%}", f"{each.replayed_p_team:.1%}"]


def set_target(
    context: typer.Context,
    percent: Annotated[float, typer.Argument(help="Share of calls, such as 90, 95 or 99.")],
    area: Annotated[str, typer.Option(help="Only in this area; default: the whole city.")] = "",
) -> None:
    """Choose the share of calls that must find a full team; plans then seat the teams it takes."""
    told = tr("The target is {percent:g} % of calls in {area}.", percent=percent, area=area or "the city")
    more = tr("See what it takes: crt-scheduler targets show YYYY-MM")
    desk_of(context).do(targets.CHOOSE({area: percent}), told, more=more)


def clear_targets(
    context: typer.Context, area: Annotated[str, typer.Option(help="Only this area's own target.")] = ""
) -> None:
    """Drop every target: second teams go where most calls come, as far as promised hours reach."""
    desk_of(context).do(
        targets.CLEAR(area), tr("{area} has no target of its own.", area=area) if area else tr("No target is set.")
    )


def show_targets(context: typer.Context, month: Month) -> None:
    """Show what the targets take in a month beside the hours promised, and what 90, 95 and 99 % would."""
    desk = desk_of(context)
    with desk.open() as store, store.read() as session:
        found = afford.budget(session, month, now=desk.now)
    if desk.json:
        print_json(found)
        return
    chosen = [tr("{value:g} % in the city", value=100 * found.city)] if found.city is not None else []
    chosen += [tr("{value:g} % in {area}", value=100 * share, area=area) for area, share in found.areas.items()]
    say(tr("Target: {names}. {sentence}", names=", ".join(chosen) or "none", sentence=found.sentence))
    say(
        tr(
            "Promised in {month}: {hours_promised:,.0f} hours; expected to be kept: {hours_kept:,.0f}.",
            month=month,
            hours_promised=found.hours_promised,
            hours_kept=found.hours_kept,
        )
    )
    needs = [*([("chosen", found.chosen)] if found.chosen else []), *((f"{n.share:.0%}", n) for n in found.choices)]
    rows: list[list[Any]] = [
        [name, n.teams, f"{n.hours:,.0f}", f"{n.alone_hours:,.0f}", f"{n.p_team:.1%}", f"{n.p_served:.1%}",
         tr("yes") if n.is_affordable else tr("no")]
        for name, n in needs
    ]  # fmt: skip
    head = [
        tr("Target"),
        tr("Team shifts"),
        tr("Hours"),
        tr("Without borrowing"),
        tr("Find a team"),
        tr("Of their own area"),
        tr("Affordable"),
    ]
    table(tr("What it takes in {month}", month=month), head, rows, right=(1, 2, 3, 4, 5))
    seats: list[list[Any]] = []
    for area, shift in dict.fromkeys((cell.area, cell.shift) for cell in found.cells):
        mine = [cell for cell in found.cells if (cell.area, cell.shift) == (area, shift)]
        many = sorted({cell.teams for cell in mine})
        counts = ", ".join(tr("{n} on {sum}", n=n, sum=sum(c.teams == n for c in mine)) for n in many)
        seats.append([area, shift, counts, f"{min(cell.p_team for cell in mine):.1%}"])
    table(
        tr("Teams by area and shift"),
        [tr("Area"), tr("Shift"), tr("Teams on how many shifts"), tr("Lowest chance")],
        seats,
        right=(3,),
    )


def show_ladder(
    context: typer.Context,
    month: Month,
    area: Annotated[str, typer.Option(help="Try targets of this area; the city's stays as chosen.")] = "",
) -> None:
    """Show what each target from 50 to 99.9 % takes in a month, hours of the whole city."""
    desk = desk_of(context)
    with desk.open() as store, store.read() as session:
        found = ladder.ladder(session, month, now=desk.now, area=area)
    if desk.json:
        print_json(found)
        return
    say(
        tr(
            "Promised in {month}: {promised:,.0f} hours; expected to be kept: {kept:,.0f}.",
            month=month,
            promised=found.promised,
            kept=found.kept,
        )
    )
    rows: list[list[Any]] = [
        [f"{100 * rung.share:g} %", f"{rung.near.hours:,.0f}", f"{rung.near.short:,.0f}", f"{rung.near.p_team:.1%}",
         f"{rung.near.p_own:.1%}", f"{rung.alone.hours:,.0f}", f"{rung.alone.p_own:.1%}"]
        for rung in found.rungs
    ]  # fmt: skip
    head = [
        tr("Target"),
        tr("Hours"),
        tr("Short"),
        tr("Find a team"),
        tr("Of their own area"),
        tr("Without borrowing"),
        tr("Find a team then"),
    ]
    table(tr("What each target takes in {month}", month=month), head, rows, right=(1, 2, 3, 4, 5, 6))
