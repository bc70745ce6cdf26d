"""Commands that repair a roster by hand: each says what it did, and which hard rules the roster now breaks by it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

import typer
from sqlalchemy.orm import Session

from crt_scheduler import planning, roster
from crt_scheduler.cli.desk import MOST, Desk, desk_of, say
from crt_scheduler.roster import ShiftName

Shift = Annotated[str, typer.Argument(metavar="SHIFT", help="Such as 2027-01-09/night/Valley.")]
Person = Annotated[str, typer.Argument(metavar="PERSON", help="The person's id.")]
Number = Annotated[
    int,
    typer.Argument(
        metavar="ASSIGNMENT", help="The assignment's number: crt-scheduler roster YYYY-MM --person ID", max=MOST
    ),
]
Act = Callable[[Session], object]


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
    _do(
        desk_of(context),
        f"Assign {person} to {shift}",
        lambda session: roster.assign(session, name, person, role=role, tier=tier),
        (name,),
    )


def unassign(context: typer.Context, shift: Shift, person: Person) -> None:
    """Take a person off a shift."""
    name = roster.shift_name(shift)
    _do(desk_of(context), f"Take {person} off {shift}", lambda s: roster.unassign(s, name, person), (name,))


def lock(context: typer.Context, shift: Shift, person: Person) -> None:
    """Keep a person's place as it is, whatever is solved later."""
    name = roster.shift_name(shift)
    _do(desk_of(context), f"Lock {person} on {shift}", lambda s: roster.lock(s, name, person))


def unlock(context: typer.Context, shift: Shift, person: Person) -> None:
    """Let a person's place be changed again."""
    name = roster.shift_name(shift)
    _do(desk_of(context), f"Unlock {person} on {shift}", lambda s: roster.lock(s, name, person, locked=False))


def tell(context: typer.Context, shift: Shift, person: Person) -> None:
    """Note that a person was told of a shift; publishing notes it for everyone."""
    _promise(context, shift, person, "told")


def confirm(context: typer.Context, shift: Shift, person: Person) -> None:
    """Note that a person confirmed a shift; changing it then is dearest."""
    _promise(context, shift, person, "confirmed")


def _promise(context: typer.Context, shift: str, person: str, state: str) -> None:
    name = roster.shift_name(shift)
    label = f"Mark {person} as {state} for {shift}"
    _do(desk_of(context), label, lambda session: roster.promise(session, name, person, state))


def swap(context: typer.Context, one: Number, other: Number) -> None:
    """Let two people take each other's place."""
    desk = desk_of(context)
    with desk.open() as store, store.read() as session:
        label = roster.swap_words(session, one, other)
        names = (roster.shift_of_place(session, one), roster.shift_of_place(session, other))
    _do(desk, label, lambda session: roster.swap(session, one, other), names)


def move(context: typer.Context, number: Number, shift: Shift) -> None:
    """Move a person's place to another shift."""
    name, desk = roster.shift_name(shift), desk_of(context)
    with desk.open() as store, store.read() as session:
        label = f"Move {roster.place_words(session, number)} to {shift}"
        names = (roster.shift_of_place(session, number), name)
    _do(desk, label, lambda session: roster.move(session, number, name), names)


def replace(
    context: typer.Context,
    shift: Shift,
    old: Annotated[str, typer.Argument(metavar="OLD", help="The id of the person who holds the place.")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="The id of the person who takes it.")],
) -> None:
    """Put one person in another's place on a shift."""
    name, desk = roster.shift_name(shift), desk_of(context)
    with desk.open() as store, store.read() as session:
        label = roster.replace_words(session, name, old, new)
    _do(desk, label, lambda session: roster.replace(session, name, old, new), (name,))


def _do(desk: Desk, label: str, act: Act, shifts: tuple[ShiftName, ...] = ()) -> None:
    """Do one act and say so, with every hard rule that the shifts it touched now break."""
    with desk.open() as store:
        with store.read() as session:
            before = planning.watch(session, shifts, now=desk.now)
        with store.change(label) as session:
            act(session)
        with store.read() as session:
            for month in before:
                for sentence in planning.newly_broken(session, month):
                    say(f"Note: {sentence}", json=True)
    desk.done(f"Done: {label}.")
