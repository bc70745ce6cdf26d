"""Commands of one responder: the PIN of the shared desk, and what is theirs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from crt_scheduler import own_desk, pins, times
from crt_scheduler.cli.available_commands import say_week_grid, week_plain
from crt_scheduler.cli.command_desk import Force, desk_of, file_named, print_json, say, table
from crt_scheduler.hours.ledger_values import KINDS_SAID
from solver.wording import tr

Person = Annotated[str, typer.Argument(metavar="ID", help="The person's id.")]


def add_to(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    pin = typer.Typer(
        help="Set or forget a responder's PIN, the key to the shared desk.", rich_markup_mode=None, no_args_is_help=True
    )
    pin.command("set")(set_pin)
    pin.command("forget")(forget_pin)
    app.add_typer(pin, name="pin")
    app.command("own")(show_own)


def set_pin(
    context: typer.Context,
    code: Person,
    pin: Annotated[str, typer.Option(help="4 to 12 digits; asked for when not given.", prompt=True, hide_input=True)],
) -> None:
    """Give a responder a PIN for the shared desk."""
    desk_of(context).do(pins.SET(code, pin), more=tr(pins.COURTESY))


def forget_pin(context: typer.Context, code: Person) -> None:
    """Take a responder's PIN away, so that they choose a new one."""
    desk_of(context).do(pins.FORGET(code), more=tr("They choose a new one at the responder's desk."))


def show_own(
    context: typer.Context,
    code: Person,
    calendar: Annotated[Path | None, typer.Option(help="Also write their calendar to this file.")] = None,
    force: Force = False,
) -> None:
    """Show what a responder sees at the shared desk: own shifts, wishes and hours, and nothing of anyone else's."""
    desk = desk_of(context)
    with desk.open() as store, store.read() as session:
        page = own_desk.page(session, code, now=desk.now)
        files = (
            own_desk.save_calendar(session, code, file_named(calendar), now=desk.now, force=force) if calendar else ()
        )
    if desk.json:
        print_json(
            {
                "person": page.code,
                "name": page.name,
                "shifts": page.shifts,
                "week": week_plain(page.week),
                "wishes": page.wishes,
                "hours": page.hours,
                "wish_months": page.months,
                "calendar": [str(file) for file in files],
            }
        )
        return
    table(
        tr("On call"),
        [tr("When"), tr("Shift"), tr("Area"), tr("Role")],
        [[s.words, s.template, s.area, s.role] for s in page.shifts],
    )
    say_week_grid(page.week)
    table(tr("Wishes"), [tr("Date"), tr("Shift"), tr("Grade")], [[w.date, w.template, w.grade] for w in page.wishes])
    say(page.deadline_words())
    given = [[e.date, KINDS_SAID[e.kind], times.hours_words(e.minutes), e.call, e.state] for e in page.hours]
    table(tr("Hours"), [tr("Date"), tr("Kind"), tr("Hours"), tr("Call"), tr("State")], given, right=(2,))
    for file in files:
        say(tr("Wrote {file}.", file=file))
