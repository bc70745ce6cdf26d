"""Commands that repair a roster by hand: each says what it did, and which hard rules the roster now breaks by it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

import typer
from sqlalchemy.orm import Session

from crt_scheduler import planning, roster, roster_many
from crt_scheduler.act import Deed
from crt_scheduler.cli.command_desk import MOST, Desk, desk_of, say
from crt_scheduler.roster import ShiftName
from solver.wording import tr

Shift = Annotated[str, typer.Argument(metavar="SHIFT", help="Such as 2027-01-09/night/Valley.")]
Person = Annotated[str, typer.Argument(metavar="PERSON", help="The person's id.")]
Number = Annotated[
    int,
    typer.Argument(
        metavar="ASSIGNMENT", help="The assignment's number: crt-scheduler roster YYYY-MM --person ID", max=MOST
    ),
]
Touched = Callable[[Session], tuple[ShiftName, ...]]
"""Reads which shifts an act is about to touch."""


def add_to(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    for command in (assign, unassign, lock, unlock, tell, confirm, swap, move, replace):
        app.command()(command)


def assign(
    context: typer.Context,
    shift: Shift,
    person: Person,
    role: Annotated[str, typer.Option(help="The seat; default: the first one open to the person.")] = "",
    tier: Annotated[str, typer.Option(help="primary or backup, where a seat has tiers.")] = "",
) -> None:
    """Put a person on a shift."""
    name = roster.shift_name(shift)
    _do(desk_of(context), roster.ASSIGN(name, person, role=role, tier=tier), lambda _: (name,))


def unassign(context: typer.Context, shift: Shift, person: Person) -> None:
    """Take a person off a shift."""
    name = roster.shift_name(shift)
    _do(desk_of(context), roster_many.CLEAR([(person, str(name))]), lambda _: (name,))


def lock(context: typer.Context, shift: Shift, person: Person) -> None:
    """Keep a person's place as it is, whatever is solved later."""
    _do(desk_of(context), roster_many.LOCK([(person, str(roster.shift_name(shift)))]))


def unlock(context: typer.Context, shift: Shift, person: Person) -> None:
    """Let a person's place be changed again."""
    _do(desk_of(context), roster_many.LOCK([(person, str(roster.shift_name(shift)))], locked=False))


def tell(context: typer.Context, shift: Shift, person: Person) -> None:
    """Note that a person was told of a shift; publishing notes it for everyone."""
    _do(desk_of(context), roster_many.PROMISE([(person, str(roster.shift_name(shift)))], "told"))


def confirm(context: typer.Context, shift: Shift, person: Person) -> None:
    """Note that a person confirmed a shift; changing it then is dearest."""
    _do(desk_of(context), roster_many.PROMISE([(person, str(roster.shift_name(shift)))], "confirmed"))


def swap(context: typer.Context, one: Number, other: Number) -> None:
    """Let two people take each other's place."""

    def touched(session: Session) -> tuple[ShiftName, ...]:
        return roster.shift_of_place(session, one), roster.shift_of_place(session, other)

    _do(desk_of(context), roster.SWAP(one, other), touched)


def move(context: typer.Context, number: Number, shift: Shift) -> None:
    """Move a person's place to another shift."""
    name = roster.shift_name(shift)
    _do(desk_of(context), roster.MOVE(number, name), lambda session: (roster.shift_of_place(session, number), name))


def replace(
    context: typer.Context,
    shift: Shift,
    old: Annotated[str, typer.Argument(metavar="OLD", help="The id of the person who holds the place.")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="The id of the person who takes it.")],
) -> None:
    """Put one person in another's place on a shift."""
    name = roster.shift_name(shift)
    _do(desk_of(context), roster.REPLACE(name, old, new), lambda _: (name,))


def _do(desk: Desk, deed: Deed[Any], touched: Touched = lambda _: ()) -> None:
    """Do one act and say so, with every hard rule that the shifts it touched now break."""
    with desk.open() as store:
        with store.read() as session:
            before = planning.watch(session, touched(session), now=desk.now)
        done = store.do(deed)
        with store.read() as session:
            for month in before:
                for sentence in planning.newly_broken(session, month):
                    say(tr("Note: {sentence}", sentence=sentence), json=True)
    desk.done(tr("Done: {label}.", label=done.label))
