"""Commands that look back: undo, redo, history, backup, restore."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import msgspec
import typer

from crt_scheduler import backups, journal, store, times
from crt_scheduler.backups import rotation
from crt_scheduler.cli.command_desk import MOST, desk_of, file_named, print_json, say, table
from crt_scheduler.errors import CrtError
from crt_scheduler.programmes import customs
from solver.wording import tr


def add_to(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    for command in (undo, redo, history, backup, restore):
        app.command()(command)


def undo(context: typer.Context) -> None:
    """Take back your newest act; publishing, a purge, a backup and a restore stay."""
    desk = desk_of(context)
    with desk.open() as opened:
        desk.done(tr("Undone: {label}", label=opened.undo().label))


def redo(context: typer.Context) -> None:
    """Repeat the act you took back last."""
    desk = desk_of(context)
    with desk.open() as opened:
        desk.done(tr("Done again: {label}", label=opened.redo().label))


def history(
    context: typer.Context,
    limit: Annotated[int, typer.Option(help="How many acts, newest first.", min=0, max=MOST)] = 50,
) -> None:
    """Say who did what when."""
    desk = desk_of(context)
    with desk.open() as opened, opened.read() as session:
        acts, zone = journal.history(session, limit), customs.zone_in(session)
    if desk.json:
        print_json(acts)
        return
    table(
        tr("History"),
        ["", tr("When"), tr("Who"), tr("What"), ""],
        [[a.number, times.stamp(a.at, zone), a.who, a.label, tr("undone") if a.undone else ""] for a in acts],
        right=(0,),
    )


def backup(
    context: typer.Context,
    file: Annotated[Path | None, typer.Argument(help="Default: a dated file in backups/ beside the database.")] = None,
    daily: Annotated[bool, typer.Option("--daily", help="Only if there is none of this day; old ones rotate.")] = False,
    look_through: Annotated[
        bool, typer.Option("--look-through", help="With --daily: hold every record against the journal as well.")
    ] = False,
    also_in: Annotated[
        Path | None, typer.Option(help="Copy backups there too from now on: a stick or a share.", metavar="DIR")
    ] = None,
    only_here: Annotated[bool, typer.Option("--only-here", help="Give the second folder up.")] = False,
) -> None:
    """Copy the database, whole, while it is in use; the copy is opened, checked and counted before it counts."""
    desk = desk_of(context)
    with desk.open() as opened:
        if also_in is not None or only_here:
            rotation.set_second_folder(opened.path, None if only_here else also_in)
        if daily:
            found = opened.look_through() if look_through else ""
            heard = found or opened.back_up_daily()  # while something is wrong no older backup goes
            newest = backups.newest(opened.path)
            say(heard or tr("The newest backup of these records is {newest}.", newest=newest), json=True)
            if desk.json:
                print_json({"heard": heard, "newest": str(newest)})
            if found:
                raise typer.Exit(1)
            return
        made = opened.back_up(file_named(file) if file else backups.dated_name(opened.path, opened.now))
        copied = rotation.copy_out(opened.path, made)
    also = copied.fault or (tr("It was copied to {path} as well.", path=copied.path) if copied.path else "")
    desk.done(
        tr("Backed up to {made}. A backup cannot be undone; delete the file. {also}", made=made, also=also).strip()
    )


def restore(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="A backup.")],
    preview: Annotated[bool, typer.Option("--preview", help="Say what would change; write nothing.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Also a backup of other records than these.")] = False,
) -> None:
    """Put a backup in the database's place; what was there is backed up first."""
    desk = desk_of(context)
    path = backups.local_path(desk.database)
    known, ours = store.known_revisions(), store.APPLICATION
    if preview:
        found = backups.preview(path, file, known=known, application=ours, force=force)
        say(found.sentence(), json=desk.json)
        if desk.json:
            print_json({**msgspec.to_builtins(found), "backup": str(found.backup)})
        return
    kept = backups.restore(path, file, now=desk.now, known=known, application=ours, force=force)
    before = tr(" What was there is kept in {kept}; restore that file to undo this.", kept=kept) if kept else ""
    try:
        with desk.open():
            pass
    except CrtError as fault:
        before += tr(" The records are back, but opening them says: {fault}", fault=fault)
    desk.done(tr("Restored {file}.{before}", file=file, before=before))
