"""One command for several places at once: one act, so that one undo takes all of it back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

import typer

from crt_scheduler import roster_many
from crt_scheduler.act import Deed
from crt_scheduler.cli.command_desk import desk_of
from crt_scheduler.cli.help_words import filled
from crt_scheduler.errors import CrtError
from crt_scheduler.roster import shift_name
from crt_scheduler.roster_many import Key
from solver.wording import tr

ACTS: dict[str, Callable[[list[Key]], Deed[None]]] = {
    "clear": roster_many.CLEAR,
    "lock": roster_many.LOCK,
    "unlock": lambda places: roster_many.LOCK(places, locked=False),
    "tell": lambda places: roster_many.PROMISE(places, "told"),
    "confirm": lambda places: roster_many.PROMISE(places, "confirmed"),
}


def add_to(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command()(together)


def together(
    context: typer.Context,
    act: Annotated[str, typer.Argument(metavar="ACT", help=filled("One of: {names}.", names=", ".join(ACTS)))],
    places: Annotated[
        list[str], typer.Argument(metavar="SHIFT=PERSON...", help="Such as 2027-01-09/night/Valley=V012.")
    ],
) -> None:
    """Clear, lock, unlock, tell or confirm several places as one act."""
    if act not in ACTS:
        raise CrtError(
            tr("{act!r} is not an act on several places. Use one of: {names}.", act=act, names=", ".join(ACTS))
        )
    keys = [_key(words) for words in places]
    desk = desk_of(context)
    with desk.open() as store:
        done = store.do(ACTS[act](keys))
    desk.done(tr("Done: {label}.", label=done.label))


def _key(words: str) -> Key:
    shift, sign, person = words.rpartition("=")
    if not sign or not person:
        raise CrtError(tr("{words!r} is not a place. Write it as 2027-01-09/night/Valley=V012.", words=words))
    return person, str(shift_name(shift))
