"""Commands about the programme itself: programme show and set, rules reset, and the backups there are."""

from __future__ import annotations

from typing import Annotated

import msgspec
import typer

from crt_scheduler import backups
from crt_scheduler.cli.command_desk import desk_of, print_json, say, table
from crt_scheduler.cli.help_words import filled
from crt_scheduler.settings import programme_acts, rule_acts
from solver.wording import tr


def add_to(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    programme = typer.Typer(
        help="Show or set what the team is called, where it is at home, what calendars say, how care is kept.",
        rich_markup_mode=None,
        no_args_is_help=True,
    )
    programme.command("show")(show)
    programme.command("set")(set_field)
    app.add_typer(programme, name="programme")
    app.command("backups")(list_backups)


def show(context: typer.Context) -> None:
    """Show the programme's name, zone, calendar lines and how its teams answer."""
    desk = desk_of(context)
    with desk.open() as store, store.read() as session:
        found = programme_acts.show(session)
    if desk.json:
        print_json(found)
        return
    rows = [[field.replace("_", "-"), value] for field, value in msgspec.to_builtins(found).items()]
    table(tr("Programme"), [tr("Field"), tr("Is")], rows)


def set_field(
    context: typer.Context,
    field: Annotated[
        str, typer.Argument(help=filled("One of: {names}.", names=", ".join(programme_acts.FIELDS).replace("_", "-")))
    ],
    value: Annotated[str, typer.Argument(help="Such as “Front desk, Main St”, 60 or yes.")],
) -> None:
    """Set one field of the programme."""
    desk, name = desk_of(context), field.replace("-", "_")
    programme_acts.read(name, value)
    with desk.open() as store:
        store.do(programme_acts.AMEND(name, value))
        with store.read() as session:
            more = programme_acts.what_follows(session, name)
            now = str(msgspec.to_builtins(programme_acts.show(session))[name]) if more else value
    desk.done(tr("{field} is now {now}. {more}", field=field, now=now or "empty", more=more).strip())


def reset_rule(
    context: typer.Context, rule: Annotated[str, typer.Argument(help="Such as rest; see: rules list.")]
) -> None:
    """Keep a rule as it was shipped."""
    desk_of(context).do(rule_acts.RESET(rule), tr("{rule} is kept as it was shipped.", rule=rule))


def list_backups(context: typer.Context) -> None:
    """List the backups beside the database, newest first."""
    desk = desk_of(context)
    found = backups.listed(backups.local_path(desk.database))
    if desk.json:
        print_json([{"file": str(b.path), "at": b.at, "why": b.why, "size": b.size} for b in found])
        return
    if not found:
        say(tr("There is no backup yet. Make one with: crt-scheduler backup"))
        return
    rows = [[f"{b.at:%Y-%m-%d %H:%M}", b.why, f"{b.size:,}", str(b.path)] for b in found]
    table(tr("Backups"), ["When (UTC)", tr("Why"), tr("Bytes"), tr("File")], rows, right=(2,))
