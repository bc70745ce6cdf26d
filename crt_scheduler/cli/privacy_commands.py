"""Commands about privacy: how long records are kept, purging, what may be shown to anyone, and PINs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from crt_scheduler.cli.command_desk import MOST, Force, count_words, desk_of, print_json, say, table
from crt_scheduler.cli.help_words import filled
from crt_scheduler.errors import CrtError
from crt_scheduler.privacy import purge, redacted, retention
from solver.wording import mark, tr

HELD = mark(
    "Another program holds the file, so its free pages may still hold what went. Close the window and run purge again."
)


def add_to(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    app.command("purge")(purge_records)
    app.command("export")(export)
    keep = typer.Typer(help="List or set how long records are kept.", rich_markup_mode=None, no_args_is_help=True)
    keep.command("list")(list_kept)
    keep.command("set")(set_kept)
    app.add_typer(keep, name="retention")


def list_kept(context: typer.Context) -> None:
    """Show how many months each kind of record is kept, and what a purge does to it."""
    desk = desk_of(context)
    with desk.open() as store, store.read() as session:
        kept = retention.kept(session)
    if desk.json:
        print_json(kept)
        return
    rows = [
        [each.kind, each.months, tr("as shipped") if each.is_default else tr("set here"), each.what] for each in kept
    ]
    table(tr("Kept for"), [tr("Kind"), tr("Months"), "", tr("After that")], rows, right=(1,))


def set_kept(
    context: typer.Context,
    kind: Annotated[
        str, typer.Argument(metavar="KIND", help=filled("One of: {names}.", names=", ".join(retention.NAMES)))
    ],
    months: Annotated[int, typer.Argument(metavar="MONTHS", max=MOST)],
) -> None:
    """Keep a kind of record for so many months; nothing goes before the next purge."""
    desk_of(context).do(retention.SET_MONTHS(kind, months))


def purge_records(
    context: typer.Context,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would go.")] = False,
) -> None:
    """Take out what is past its time, in the records, the journal and old backups. This cannot be undone."""
    desk = desk_of(context)
    with desk.open() as store:
        found = purge.purge(store, dry_run=dry_run)
    if desk.json:
        say(_summary(found), json=True)
        print_json(found)
        return
    rows = [
        [t.words, t.count, t.first, t.last, tr("{before} ({months} months)", before=t.before, months=t.months)]
        for t in found.kinds
    ]
    table(
        tr("Would go") if dry_run else tr("Gone"),
        [tr("Kind"), tr("Count"), tr("From"), tr("To"), tr("Kept since")],
        rows,
        right=(1,),
    )
    say(_summary(found))


def _summary(found: purge.Purged) -> str:
    """Return what a purge did or would do, as a coordinator reads it."""
    held = [] if found.is_compact else [tr(HELD)]
    if found.is_nothing:
        return "\n".join([tr("Nothing is past its time; nothing was taken."), *held])
    acts = count_words(found.acts_closed, tr("older act"))
    lines = [
        (
            tr("{acts} can then no longer be undone. Nothing was taken yet: run purge without --dry-run.", acts=acts)
            if found.dry_run
            else tr("{acts} can no longer be undone. {final}", acts=acts, final=tr(purge.FINAL))
        )
    ]
    if found.newest_backup:
        lines.append(
            tr(
                "Backups up to {newest} still hold what would go; they are "
                "deleted when they are past their own time, or by hand before.",
                newest=found.newest_backup,
            )
            if found.dry_run
            else tr(
                "Backups up to {newest} still hold what went; they are "
                "deleted when they are past their own time, or by hand before.",
                newest=found.newest_backup,
            )
        )
    if found.copies:
        kinds = tr("copies set aside or left unfinished")
        lines.append(
            tr("Would go too, {kinds}: {names}.", kinds=kinds, names=", ".join(found.copies))
            if found.dry_run
            else tr("Gone too, {kinds}: {names}.", kinds=kinds, names=", ".join(found.copies))
        )
    lines += _out_of_reach(found)
    lines.append(tr("The ledger of what calendars were sent stays, so that no calendar shows a shift twice."))
    return "\n".join([*lines, *held])


def _out_of_reach(found: purge.Purged) -> list[str]:
    """Say what may still hold what went: what could not be deleted, what went out, and copies made by hand."""
    lines = (
        [tr("Could not be deleted: {names}. Delete it by hand.", names=", ".join(found.stuck))] if found.stuck else []
    )
    if found.elsewhere:
        each = [f"{e.folder} ({count_words(e.files, 'file')})" if e.files else e.folder for e in found.elsewhere]
        lines.append(
            tr("Files written to these folders are not touched and may hold what went: {names}.", names=", ".join(each))
        )
    lines.append(tr("Copies made elsewhere with backup FILE, and exports, are not touched: delete those by hand."))
    return lines


def export(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="DIR")],
    is_redacted: Annotated[bool, typer.Option("--redacted", help="Division and counts only; no person.")] = False,
    force: Force = False,
) -> None:
    """Write counts of responses that may be shown to anyone, with a README of what is left out."""
    if not is_redacted:
        raise CrtError(tr("Only a redacted export is made: counts without a person. Add --redacted."))
    desk = desk_of(context)
    with desk.open() as store, store.read() as session:
        names = redacted.write(session, folder, force=force)
    say(
        tr("Wrote {names} to {folder}. README.txt says what is left out.", names=", ".join(names), folder=folder),
        json=desk.json,
    )
    if desk.json:
        print_json({"folder": str(folder), "files": names})
