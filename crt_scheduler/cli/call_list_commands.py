"""Commands that show calls: the list, one call whole, and how surely people answer."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

import msgspec
import typer

from crt_scheduler import times
from crt_scheduler.call_out.answer_rates import BANDS
from crt_scheduler.call_out.team_rate import team_rate
from crt_scheduler.call_words import clock_words, name_words
from crt_scheduler.calls import call_acts, call_rows
from crt_scheduler.calls.call_rows import CallRow
from crt_scheduler.cli.command_desk import date_of, desk_of, print_json, say, table
from crt_scheduler.errors import CrtError
from crt_scheduler.programmes import customs, programme_of
from solver.wording import tr

Number = Annotated[str, typer.Argument(metavar="CALL", help="Such as 27-0031, or 27-0031/2 for its second case.")]
DAYS = 31


def list_calls(
    context: typer.Context,
    first: Annotated[str, typer.Option("--from", help="The first day; default: a month ago.", metavar="DATE")] = "",
    last: Annotated[str, typer.Option("--to", help="The last day; default: today.", metavar="DATE")] = "",
    state: Annotated[str, typer.Option(help="open, on scene, clear or closed.")] = "",
) -> None:
    """List calls, newest first, with those that still run however old, and who on scene has not been heard from."""
    desk = desk_of(context)
    with desk.open() as store, store.read() as session:
        programme = programme_of(session)
        zone, silence = customs.zone_of(programme), programme.silence_minutes
        today = times.local(desk.now, zone).date()
        begin = date_of(first) if first else today - dt.timedelta(days=DAYS)
        found = call_rows.calls(session, begin, date_of(last) if last else today)
        if not first and not last:
            found = (*(row for row in call_rows.running(session) if row not in found), *found)
    if state and state not in ("open", "on scene", "clear", "closed"):
        raise CrtError(tr("{state!r} is no state of a call. Use open, on scene, clear or closed.", state=state))
    mine = [row for row in reversed(found) if state in ("", row.state)]
    if desk.json:
        print_json([plain(row, desk.now, silence) for row in mine])
        return
    lines = [_row(row, zone, desk.now, silence) for row in mine]
    table(
        tr("Calls"),
        [tr("Call"), tr("Notified"), tr("Area"), tr("Type"), tr("Division"), tr("State"), tr("Went")],
        lines,
    )


def _row(row: CallRow, zone: times.Zone, now: dt.datetime, silence: int) -> list[str]:
    quiet = row.silent_since(now, silence)
    state = (
        tr("{state}, no word since {clock}", state=row.state, clock=clock_words(quiet, zone, beside=now))
        if quiet
        else row.state
    )
    went = ", ".join(one.name for one in row.responders)
    return [
        name_words(row.number, row.case),
        times.stamp(row.notified, zone),
        row.area,
        row.type,
        row.division,
        state,
        went,
    ]


def plain(row: CallRow, now: dt.datetime, silence: int) -> dict[str, Any]:
    """Return a call as JSON holds it."""
    values = msgspec.to_builtins(row)
    values["responders"] = [one._asdict() for one in row.responders]
    return {**values, "state": row.state, "silent_since": row.silent_since(now, silence)}


def show(context: typer.Context, number: Number) -> None:
    """Show one call: its times, who was asked and who went."""
    desk = desk_of(context)
    with desk.open() as store, store.read() as session:
        programme = programme_of(session)
        zone, silence = customs.zone_of(programme), programme.silence_minutes
        row = call_rows.call(session, call_acts.find(session, number))
    if desk.json:
        print_json(plain(row, desk.now, silence))
        return
    say(" · ".join(_row(row, zone, desk.now, silence)[:6]))

    def at(moment: dt.datetime | None) -> str:
        return clock_words(moment, zone, beside=row.notified) if moment else ""

    steps = [(tr("Incident"), row.at), (tr("Notified"), row.notified), (tr("Called out"), row.dispatched),
             (tr("On scene"), row.on_scene), (tr("Clear"), row.clear)]  # fmt: skip
    table(tr("Times"), [name for name, _ in steps], [[at(moment) for _, moment in steps]])
    if row.answers:
        said = [[at(one.at), one.name, one.answer.replace("_", " "), one.reason] for one in row.answers]
        table(tr("Answers"), [tr("At"), tr("Name"), tr("Answer"), tr("Why")], said)
    if row.responders:
        went = [[one.name, one.role, *map(at, one[3:])] for one in row.responders]
        table(tr("Who went"), [tr("Name"), tr("Role"), tr("Departed"), tr("Arrived"), tr("Clear"), tr("Home")], went)


def show_rates(context: typer.Context) -> None:
    """Say how surely a team on shift answers, and what the plan counts with."""
    desk = desk_of(context)
    with desk.open() as store, store.read() as session:
        found = team_rate(session)
    if desk.json:
        print_json(found)
        return
    whence = tr("learnt from them") if found.is_learnt else tr("as set by hand: too few calls yet")
    pairs = tr("{answered} of {asked} calls found both of a pair", answered=found.answered, asked=found.asked)
    say(tr("{pairs}; the plan counts with {chance:.0%}, {whence}.", pairs=pairs, chance=found.chance, whence=whence))
    if found.is_learnt:
        each = ", ".join(f"{band} {chance:.0%}" for band, chance in zip(BANDS, found.bands, strict=True))
        say(
            tr(
                "By the hours of a shift: {each}. Who is on it moves P(team) too: forecast and backtest count with"
                " them.",
                each=each,
            )
        )
