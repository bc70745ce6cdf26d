"""Commands about the incident log: hand-set factors, how the forecast did, and what looks wrong with the feed."""

from __future__ import annotations

from typing import Annotated

import typer

from crt_scheduler import demand, times
from crt_scheduler.cli.command_desk import date_of, desk_of, month_argument, print_json, say, table
from crt_scheduler.errors import CrtError
from crt_scheduler.imports import log_health
from crt_scheduler.truth import demand_view
from solver.wording import tr

Name = Annotated[str, typer.Argument(help="Such as “Fourth of July”.")]


def add_to(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    factors = typer.Typer(
        help="Set how many more calls a holiday or an event brings, beside what the log says.",
        rich_markup_mode=None,
        no_args_is_help=True,
    )
    factors.command("list")(list_factors)
    factors.command("suggest")(suggest)
    factors.command("set")(set_factor)
    factors.command("remove")(remove_factor)
    factors.command("yearly")(set_yearly)
    app.add_typer(factors, name="factors")
    app.command()(track_record)
    app.command()(months)
    app.command()(log_check)


def list_factors(context: typer.Context) -> None:
    """List the factors set by hand, each beside what the log says of such days."""
    desk = desk_of(context)
    with desk.open() as store, store.read() as session:
        found = demand.factors(session)
    if desk.json:
        print_json(found)
        return
    if not found:
        say(tr("No factor is set. See what holidays of a month ask for: crt-scheduler factors suggest YYYY-MM"))
        return
    rows = [[f.name, f.first, f.last, f.area or "everywhere", f"{f.factor:g}", f.own.sentence()] for f in found]
    table(tr("Factors"), [tr("Name"), tr("From"), tr("To"), tr("Area"), tr("Times"), tr("Beside it")], rows, right=(4,))


def suggest(context: typer.Context, month: Annotated[str, month_argument()]) -> None:
    """Name the public holidays of a month with what the log says of them."""
    desk, days = desk_of(context), times.month_days(month)
    with desk.open() as store, store.read() as session:
        found = demand.suggestions(session, days[0], days[-1])
    if desk.json:
        print_json(found)
        return
    if not found:
        say(tr("{month} has no public holiday.", month=times.month_words(month)))
        return
    rows = [[s.date, s.name, tr("yes") if s.is_set else "", s.own.sentence()] for s in found]
    table(
        tr("Public holidays of {month}", month=times.month_words(month)),
        [tr("Date"), tr("Name"), tr("Set"), tr("The log")],
        rows,
    )


def set_factor(
    context: typer.Context,
    name: Name,
    factor: Annotated[float, typer.Argument(help="2 means twice the calls.")],
    first: Annotated[str, typer.Option("--from", help="The first day.", metavar="DATE")],
    last: Annotated[str, typer.Option("--to", help="The last day; default: the first.", metavar="DATE")] = "",
    area: Annotated[str, typer.Option(help="Only in this area.")] = "",
) -> None:
    """Set a factor on the calls expected on some dates."""
    desk, begin = desk_of(context), date_of(first)
    end = date_of(last) if last else None
    told = tr(
        "{name}: {factor:g} times the calls from {begin} to {end}.",
        name=name,
        factor=factor,
        begin=begin,
        end=end or begin,
    )
    desk.do(demand.SET_FACTOR(name, first=begin, last=end, factor=factor, area=area), told)


def remove_factor(
    context: typer.Context,
    name: Name,
    first: Annotated[str, typer.Option("--from", help="Only the one that begins on this day.", metavar="DATE")] = "",
) -> None:
    """Remove a factor."""
    day = date_of(first) if first else None
    desk_of(context).do(demand.REMOVE_FACTOR(name, first=day), tr("Removed factor {name}.", name=name))


def set_yearly(
    context: typer.Context, calls: Annotated[float, typer.Argument(help="Calls a year, such as 713.")]
) -> None:
    """Set by hand how many calls a year are expected; the log takes over within nine months."""
    desk_of(context).do(
        demand.SET_YEARLY_CALLS(calls), tr("By hand, {calls:g} calls a year are expected.", calls=calls)
    )


def track_record(
    context: typer.Context,
    first: Annotated[str, typer.Option("--from", help="First month.", metavar="YYYY-MM")] = "",
    last: Annotated[str, typer.Option("--to", help="Last month.", metavar="YYYY-MM")] = "",
) -> None:
    """Hold the forecast, as it was 45 days ahead of each month, against the calls that came."""
    desk = desk_of(context)
    begin = times.parse_month(first) if first else None
    end = times.month_days(last)[-1] if last else None
    with desk.open() as store, store.read() as session:
        found = demand.rolling(session, first=begin, last=end)
    if desk.json:
        print_json(found)
        return
    if not found:
        raise CrtError(tr("The log is too short to hold a forecast against. Import more months of incidents."))
    came, expected = sum(month.came for month in found), sum(month.expected for month in found)
    inside = sum(month.is_within for month in found)
    say(tr("{came:,} calls came where {expected:,.0f} were expected.", came=came, expected=expected))
    say(tr("{inside} of {count} months fell into their band.", inside=inside, count=len(found)))
    rows = [
        [m.month, m.came, f"{m.expected:.1f}", f"{m.low}-{m.high}", "" if m.is_within else tr("outside")] for m in found
    ]
    table(tr("Month by month"), [tr("Month"), tr("Came"), tr("Expected"), "80 % band", ""], rows, right=(1, 2, 3))


def months(
    context: typer.Context,
    month: Annotated[str, month_argument()],
    area: Annotated[str, typer.Option(help="Only this area.")] = "",
) -> None:
    """List the calls of each month that came and, from a month's forecast, those expected in the months ahead."""
    desk = desk_of(context)
    with desk.open() as store, store.read() as session:
        found = demand_view.months_around(session, month, now=desk.now)
    if desk.json:
        print_json(found)
        return
    side = next((each for each in found if each.area.casefold() == area.casefold()), None)
    if side is None:
        raise CrtError(
            tr(
                "No area is called {area!r}. There are: {names}.",
                area=area,
                names=", ".join(each.area for each in found if each.area),
            )
        )
    rows = [
        [
            m.month,
            m.came if m.came is not None else tr("{so_far} so far", so_far=m.so_far) if m.so_far is not None else "",
            "" if m.expected is None else f"{m.expected:.1f}",
            "" if m.low is None else f"{m.low}-{m.high}",
        ]
        for m in side.months
    ]
    table(
        tr("Calls a month in {area}", area=side.area or "the city"),
        [tr("Month"), tr("Came"), tr("Expected"), "80 % band"],
        rows,
        right=(1, 2, 3),
    )


def log_check(context: typer.Context) -> None:
    """Say what looks wrong with the incident log: a shifted clock, missing times, gaps, calls logged twice."""
    desk = desk_of(context)
    with desk.open() as store, store.read() as session:
        found = log_health.of_records(session, now=desk.now)
    if desk.json:
        print_json(found)
        return
    for sentence in found:
        say(sentence)
    if not found:
        say(tr("Nothing looks wrong with the incident log."))
