"""Commands that repair a roster by hand: assign, unassign, lock, tell, confirm, swap, move."""

from __future__ import annotations

from typing import Annotated

import typer

from crt_scheduler import roster
from crt_scheduler.cli.desk import desk_of, say

Shift = Annotated[str, typer.Argument(metavar="SHIFT", help="Such as 2027-01-09/night/Valley.")]
Person = Annotated[str, typer.Argument(metavar="PERSON", help="The person's id.")]
Number = Annotated[
    int, typer.Argument(metavar="ASSIGNMENT", help="The assignment's number, as `roster --json` gives it.")
]


def add_to(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    for command in (assign, unassign, lock, unlock, tell, confirm, swap, move):
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
    with desk_of(context).open() as store:
        with store.change(f"Assign {person} to {shift}") as session:
            row = roster.assign(session, name, person, role=role, tier=tier)
            words = f"{person} is now {row.role} {row.tier}".rstrip() + f" on {shift} (assignment {row.id})."
        say(words, json=True)


def unassign(context: typer.Context, shift: Shift, person: Person) -> None:
    """Take a person off a shift."""
    name = roster.shift_name(shift)
    with desk_of(context).open() as store, store.change(f"Take {person} off {shift}") as session:
        roster.unassign(session, name, person)


def lock(context: typer.Context, shift: Shift, person: Person) -> None:
    """Keep a person's place as it is, whatever is solved later."""
    name = roster.shift_name(shift)
    with desk_of(context).open() as store, store.change(f"Lock {person} on {shift}") as session:
        roster.lock(session, name, person)


def unlock(context: typer.Context, shift: Shift, person: Person) -> None:
    """Let a person's place be changed again."""
    name = roster.shift_name(shift)
    with desk_of(context).open() as store, store.change(f"Unlock {person} on {shift}") as session:
        roster.lock(session, name, person, locked=False)


def tell(context: typer.Context, shift: Shift, person: Person) -> None:
    """Note that a person was told of a shift."""
    _promise(context, shift, person, "told")


def confirm(context: typer.Context, shift: Shift, person: Person) -> None:
    """Note that a person confirmed a shift."""
    _promise(context, shift, person, "confirmed")


def _promise(context: typer.Context, shift: str, person: str, state: str) -> None:
    name = roster.shift_name(shift)
    with desk_of(context).open() as store, store.change(f"Mark {person} as {state} for {shift}") as session:
        roster.promise(session, name, person, state)


def swap(context: typer.Context, one: Number, other: Number) -> None:
    """Let two people take each other's place."""
    with desk_of(context).open() as store:
        with store.read() as session:
            words = roster.swap_words(session, one, other)
        with store.change(words) as session:
            roster.swap(session, one, other)


def move(context: typer.Context, number: Number, shift: Shift) -> None:
    """Move a person's place to another shift."""
    name = roster.shift_name(shift)
    with desk_of(context).open() as store:
        with store.read() as session:
            words = f"Move {roster.place_words(session, number)} to {shift}"
        with store.change(words) as session:
            roster.move(session, number, name)
