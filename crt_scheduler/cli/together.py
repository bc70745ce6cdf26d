"""One command for several places at once: one act, so that one undo takes all of it back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

import typer

from crt_scheduler import roster_many
from crt_scheduler.cli.desk import count_words, desk_of
from crt_scheduler.errors import CrtError
from crt_scheduler.roster import shift_name
from crt_scheduler.roster_many import Key

ACTS: dict[str, tuple[Callable[..., None], dict[str, Any]]] = {
    "clear": (roster_many.clear, {}),
    "lock": (roster_many.lock, {"locked": True}),
    "unlock": (roster_many.lock, {"locked": False}),
    "tell": (roster_many.promise, {"state": "told"}),
    "confirm": (roster_many.promise, {"state": "confirmed"}),
}


def add_to(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command()(together)


def together(
    context: typer.Context,
    act: Annotated[str, typer.Argument(metavar="ACT", help=f"One of: {', '.join(ACTS)}.")],
    places: Annotated[
        list[str], typer.Argument(metavar="SHIFT=PERSON...", help="Such as 2027-01-09/night/Valley=V012.")
    ],
) -> None:
    """Clear, lock, unlock, tell or confirm several places as one act."""
    if act not in ACTS:
        raise CrtError(f"{act!r} is not an act on several places. Use one of: {', '.join(ACTS)}.")
    function, values = ACTS[act]
    keys = [_key(words) for words in places]
    desk = desk_of(context)
    label = f"{act.title()} {count_words(len(keys), 'shift')}"

    with desk.open() as store, store.change(label) as session:
        function(session, keys, **values)
    desk.done(f"Done: {label}.")


def _key(words: str) -> Key:
    shift, sign, person = words.rpartition("=")
    if not sign or not person:
        raise CrtError(f"{words!r} is not a place. Write it as 2027-01-09/night/Valley=V012.")
    return person, str(shift_name(shift))
