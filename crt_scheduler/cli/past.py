"""Commands that look back: undo, redo, history, backup, restore."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from crt_scheduler import backups, journal, store
from crt_scheduler.cli.desk import desk_of, print_json, table


def add_to(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    for command in (undo, redo, history, backup, restore):
        app.command()(command)


def undo(context: typer.Context) -> None:
    """Take back your newest act."""
    desk = desk_of(context)
    with desk.open() as opened:
        desk.done(f"Undone: {opened.undo().label}")


def redo(context: typer.Context) -> None:
    """Repeat the act you took back last."""
    desk = desk_of(context)
    with desk.open() as opened:
        desk.done(f"Done again: {opened.redo().label}")


def history(
    context: typer.Context, limit: Annotated[int, typer.Option(help="How many acts, newest first.")] = 50
) -> None:
    """Say who did what when."""
    desk = desk_of(context)
    with desk.open() as opened, opened.read() as session:
        acts = journal.history(session, limit)
    if desk.json:
        print_json(acts)
        return
    table(
        "History",
        ["", "When (UTC)", "Who", "What", ""],
        [[a.number, f"{a.at:%Y-%m-%d %H:%M}", a.who, a.label, "undone" if a.undone else ""] for a in acts],
        right=(0,),
    )


def backup(
    context: typer.Context,
    file: Annotated[Path | None, typer.Argument(help="Default: a dated file in backups/ beside the database.")] = None,
) -> None:
    """Copy the database, whole, while it is in use."""
    desk = desk_of(context)
    with desk.open() as opened:
        target = file or backups.dated_name(opened.path, opened.now)
        desk.done(f"Backed up to {backups.back_up(opened.path, target)}. A backup cannot be undone; delete the file.")


def restore(context: typer.Context, file: Annotated[Path, typer.Argument(help="A backup.")]) -> None:
    """Put a backup in the database's place; what was there is backed up first."""
    desk = desk_of(context)
    path = backups.local_path(desk.database)
    kept = backups.restore(path, file, now=desk.now, known=store.known_revisions(), application=store.APPLICATION)
    with desk.open():
        before = f" What was there is kept in {kept}." if kept else ""
        desk.done(f"Restored {file}.{before} Restoring cannot be undone; restore that file instead.")
