"""Commands that ask why: what is wrong before solving, why a month is so open, and why a person has their month."""

from __future__ import annotations

from typing import Annotated

import msgspec
import typer

from crt_scheduler import planning
from crt_scheduler.cli.command_desk import desk_of, month_argument, print_json, say, table
from crt_scheduler.cover.why_me import why_me
from solver.formulate import period_of
from solver.lint import lint
from solver.roster import from_assignments
from solver.why_open import BOUND, why_open
from solver.wording import tr

OneMonth = Annotated[str, month_argument()]


def add_to(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    app.command("lint")(lint_month)
    app.command("why-open")(why_so_open)
    app.command("whyme")(whyme)


def lint_month(context: typer.Context, month: OneMonth) -> None:
    """Say what can be known before solving: seats nobody can take, hours that do not reach, limits that never bind."""
    desk = desk_of(context)
    with desk.open() as store, store.read() as session:
        found = lint(planning.problem(session, month, now=desk.now))
    if desk.json:
        print_json(msgspec.to_builtins(found))
        return
    for each in found:
        say(each.sentence)
    if not found:
        say(tr("Nothing speaks against solving this month."))


def why_so_open(context: typer.Context, month: OneMonth) -> None:
    """Say why places of a month stay open: which rule binds how many of them, and where."""
    desk = desk_of(context)
    with desk.open() as store, store.read() as session:
        frozen = planning.problem(session, month, now=desk.now)
    found = why_open(from_assignments(period_of(frozen), frozen.current))
    if desk.json:
        print_json({**msgspec.to_builtins(found), "sentence": found.sentence()})
        return
    say(found.sentence())
    rows = [
        [part.places, BOUND.of(part.bound, part.places) if part.bound in BOUND else part.bound,
         f"{part.role.replace('_', ' ')}, {part.area}, {part.template}", part.there]
        for part in found.parts
    ]  # fmt: skip
    if rows:
        table(tr("What binds"), [tr("Places"), tr("Why"), tr("Most of them"), tr("There")], rows, right=(0, 3))


def whyme(
    context: typer.Context,
    person: Annotated[str, typer.Argument(metavar="PERSON", help="The person's id.")],
    month: OneMonth,
) -> None:
    """Say why a person has the shifts of a month, in words they may read: nobody else is named."""
    desk = desk_of(context)
    with desk.open() as store, store.read() as session:
        found = why_me(planning.problem(session, month, now=desk.now), person)
    if desk.json:
        print_json({**msgspec.to_builtins(found), "sentence": found.paragraph})
    else:
        say(f"{found.name}: {found.paragraph}")
