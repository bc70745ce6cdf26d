"""Commands about hours: the ledger and the pace of the promise."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated, Any

import typer

from crt_scheduler import roster, times
from crt_scheduler.cli import asking_commands, hours_sheets_commands
from crt_scheduler.cli.command_desk import MOST, Desk, Force, date_of, desk_of, month_argument, print_json, say, table
from crt_scheduler.errors import CrtError
from crt_scheduler.hours import hours_ledger, time_on_call, view
from crt_scheduler.hours.ledger_values import KINDS_SAID, STATES, EntryRow, Totals, kind_of
from crt_scheduler.planning import pacing as pace
from crt_scheduler.programmes import customs, programme_of
from solver.wording import counted, tr

Entries = Annotated[list[int], typer.Argument(metavar="ENTRY...", help="Numbers of entries; see: hours list", max=MOST)]
OneMonth = Annotated[str, month_argument()]
OnePerson = Annotated[str, typer.Option("--person", help="Only this person.", metavar="ID")]


def add_to(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    hours = typer.Typer(
        help="Log, approve and count hours; sheets out to people and back in; who will miss the promise.",
        rich_markup_mode=None,
        no_args_is_help=True,
    )
    for name, act in (
        ("list", list_hours),
        ("log", log_hours),
        ("amend", amend_hours),
        ("approve", approve),
        ("unapprove", unapprove),
        ("remove", remove),
        ("form", hours_sheets_commands.write_forms),
        ("read", hours_sheets_commands.read_forms),
        ("pacing", pacing),
    ):
        hours.command(name)(act)
    app.add_typer(hours, name="hours")
    sheets = typer.Typer(
        help="Ask people when they can, and read what they offer.", rich_markup_mode=None, no_args_is_help=True
    )
    sheets.command("form")(hours_sheets_commands.write_offers)
    sheets.command("read")(hours_sheets_commands.read_offers)
    sheets.command("ask")(asking_commands.ask)
    sheets.command("answers")(asking_commands.list_answers)
    sheets.command("answered")(asking_commands.note_answers)
    app.add_typer(sheets, name="availability")


def list_hours(
    context: typer.Context,
    month: Annotated[str, typer.Argument(metavar="YYYY-MM", help="The month; default: all.")] = "",
    first: Annotated[str, typer.Option("--from", metavar="DATE", help="The first day.")] = "",
    last: Annotated[str, typer.Option("--to", metavar="DATE", help="The last day.")] = "",
    person: OnePerson = "",
    kind: Annotated[str, typer.Option(help="Only this kind, such as response.")] = "",
    state: Annotated[str, typer.Option(help="Only these.", metavar="logged|approved")] = "",
    out: Annotated[Path | None, typer.Option(help="Also write the entries to this CSV or XLSX file.")] = None,
    force: Force = False,
) -> None:
    """List the ledger and its totals: on call, response and other apart, no hour counted twice."""
    desk = desk_of(context)
    if state and state not in STATES:
        raise CrtError(tr("{state!r} is not a state. Use one of: {names}.", state=state, names=", ".join(STATES)))
    begin, end = _period(desk, month, first, last)
    chosen = kind_of(kind) if kind else ""
    with desk.open() as store, store.read() as session:
        zone = customs.zone_of(programme_of(session))
        person = roster.person(session, person).code if person else ""
        found = hours_ledger.rows(session, begin, end, person=person, kind=chosen, state=state)
        whole, people = hours_ledger.totals(session, begin, end, until=desk.now)
        rostered = sum(time_on_call.minutes(session, begin, end).values())
    if out is not None:
        view.write_table(out, found, zone, force=force)
        say(tr("Wrote {out}. {left_out}", out=out, left_out=tr(view.LEFT_OUT)), json=True)
    if person:
        whole = next((each.totals for each in people if each.person == person), Totals())
    if desk.json:
        print_json({"entries": found, "totals": whole, "rostered": rostered, "people": people})
        return
    _say_rows(found, zone)
    say(_totals_words(whole))


def _period(desk: Desk, month: str, first: str, last: str) -> tuple[dt.date, dt.date]:
    if month:
        days = times.month_days(month)
        return days[0], days[-1]
    begin = date_of(first) if first else dt.date(1970, 1, 2)
    end = date_of(last) if last else desk.now.date() + dt.timedelta(days=1)
    if begin > end:
        raise CrtError(tr("{begin} is after {end}. Exchange the two dates.", begin=begin, end=end))
    return begin, end


def _say_rows(found: tuple[EntryRow, ...], zone: times.Zone) -> None:
    def clock(moment: dt.datetime | None) -> str:
        return "" if moment is None else times.clock_at(moment, zone)

    rows: list[list[Any]] = [
        [
            *(r.id, r.date, r.name, KINDS_SAID[r.kind], clock(r.start), clock(r.end)),
            *(times.hours_words(r.minutes), r.call, r.state),
        ]
        for r in found
    ]
    columns = [
        tr("No."),
        tr("Date"),
        tr("Name"),
        tr("Kind"),
        tr("Start"),
        tr("End"),
        tr("Hours"),
        tr("Call"),
        tr("State"),
    ]
    table(tr("{count:,} entries", count=len(found)), columns, rows, right=(0, 6))


def _totals_words(found: Totals) -> str:
    parts = [
        tr("on call {hours}", hours=times.hours_words(found.on_call)),
        tr("response {hours}", hours=times.hours_words(found.response)),
        tr("travel {hours}", hours=times.hours_words(found.travel)),
        tr("other {hours}", hours=times.hours_words(found.other)),
    ]
    waiting = (
        tr(" {hours} are logged and not approved yet.", hours=times.hours_words(found.logged)) if found.logged else ""
    )
    return tr(
        "{names}; {hours} in all, each hour once.{waiting}",
        names=", ".join(parts).capitalize(),
        hours=times.hours_words(found.combined),
        waiting=waiting,
    )


def log_hours(
    context: typer.Context,
    person: Annotated[str, typer.Argument(metavar="ID", help="The person's id.")],
    kind: Annotated[str, typer.Argument(metavar="KIND", help="Such as meeting, office or follow_up.")],
    date: Annotated[str, typer.Option(metavar="DATE", help="The local date it began.")] = "",
    start: Annotated[str, typer.Option(metavar="TIME", help="Local: 18:30, or with its date.")] = "",
    end: Annotated[str, typer.Option(metavar="TIME", help="Local: 20:00, or with its date.")] = "",
    minutes: Annotated[str, typer.Option(metavar="N", help="Instead of times: minutes, or h:mm.")] = "",
    call: Annotated[str, typer.Option(metavar="NUMBER", help="The call they were for.")] = "",
) -> None:
    """Log hours of a person; times are local."""
    desk = desk_of(context)
    deed = hours_ledger.LOG(
        person=person, kind=kind, call=call, date=date, start=start, end=end, minutes=minutes, now=desk.now
    )
    with desk.open() as store:
        done = store.do(deed)
    say(tr("Done: {label}. Its number is {number}.", label=done.label, number=done.answer.number), json=desk.json)
    if desk.json:
        print_json(done.answer)


def amend_hours(
    context: typer.Context,
    number: Annotated[int, typer.Argument(metavar="ENTRY", min=1, max=MOST)],
    date: Annotated[str, typer.Option(metavar="DATE", help="The local date it began.")] = "",
    start: Annotated[str, typer.Option(metavar="TIME", help="Local: 18:30, or with its date.")] = "",
    end: Annotated[str, typer.Option(metavar="TIME", help="Local: 20:00, or with its date.")] = "",
    minutes: Annotated[str, typer.Option(metavar="N", help="Instead of times: minutes, or h:mm.")] = "",
) -> None:
    """Change when an entry was and how long."""
    desk = desk_of(context)
    desk.do(hours_ledger.AMEND(number, date=date, start=start, end=end, minutes=minutes, now=desk.now))


def approve(
    context: typer.Context,
    entries: Annotated[list[int], typer.Argument(metavar="ENTRY...", help="Numbers of entries.", max=MOST)] = [],  # noqa: B006
    month: Annotated[str, typer.Option(metavar="YYYY-MM", help="Everything logged in this month.")] = "",
) -> None:
    """Approve entries by number, or all that are logged in a month, as one act."""
    desk = desk_of(context)
    with desk.open() as store:
        numbers = list(entries)
        if month:
            days = times.month_days(month)
            with store.read() as session:
                numbers += [row.id for row in hours_ledger.rows(session, days[0], days[-1], state="logged")]
            if not numbers:
                raise CrtError(tr("Nothing logged in {month} waits for approval.", month=times.month_words(month)))
        count = store.do(hours_ledger.APPROVE(numbers, who=desk.who)).answer
    _said(desk, tr("Approved {entries}.", entries=_entries(count)), count)


def unapprove(context: typer.Context, entries: Entries) -> None:
    """Take the approval of entries back."""
    desk = desk_of(context)
    with desk.open() as store:
        count = store.do(hours_ledger.UNAPPROVE(entries)).answer
    _said(desk, tr("{entries} no longer approved.", entries=_entries(count)), count)


def _entries(count: int) -> str:
    return counted(count, "{n} entry", "{n} entries")


def _said(desk: Desk, words: str, count: int) -> None:
    say(words, json=desk.json)
    if desk.json:
        print_json({"done": words, "count": count})


def remove(context: typer.Context, number: Annotated[int, typer.Argument(metavar="ENTRY", min=1, max=MOST)]) -> None:
    """Take an entry out of the ledger."""
    desk_of(context).do(hours_ledger.REMOVE([number]))


def pacing(context: typer.Context, month: OneMonth) -> None:
    """Say who will miss the hours they promised, by how much, and what would mend it."""
    desk = desk_of(context)
    with desk.open() as store, store.read() as session:
        found = pace.pacing(session, month, now=desk.now)
    if desk.json:
        print_json([{**_plain(each), "sentence": each.sentence()} for each in found])
        return
    late = [each for each in found if each.short]
    rows: list[list[Any]] = [
        [p.person, p.name, *(times.hours_words(n) for n in (p.promised, p.owed, p.rostered, p.short)), p.sentence()]
        for p in late
    ]
    columns = [tr("Id"), tr("Name"), tr("Promised"), tr("Owed"), tr("Rostered"), tr("Short"), ""]
    counts = {"late": len(late), "all": len(found)}
    table(
        tr("{late} of {all} people missed their promise", **counts)
        if found and found[0].is_over
        else tr("{late} of {all} people will miss their promise", **counts),
        columns,
        rows,
        right=(2, 3, 4, 5),
    )


def _plain(each: pace.Pace) -> dict[str, Any]:
    names = ("person", "name", "kind", "status", "promised", "carried", "excused", "owed", "floor", "given", "ahead")
    return {name: getattr(each, name) for name in (*names, "rostered", "short", "under_floor", "shifts_missing")}
