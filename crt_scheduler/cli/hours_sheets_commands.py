"""Commands about sheets: hours and offers out to people, and back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from crt_scheduler.cli.command_desk import Desk, Force, count_words, desk_of, month_argument, print_json, say
from crt_scheduler.hours import hours_sheet, hours_sheet_back, offers
from crt_scheduler.hours.report import BadSheets, SheetsReport
from crt_scheduler.hours.view import LEFT_OUT
from solver.wording import tr

OneMonth = Annotated[str, month_argument()]
OnePerson = Annotated[str, typer.Option("--person", help="Only this person.", metavar="ID")]
Folder = Annotated[Path, typer.Argument(metavar="DIR", help="The folder for the sheets.")]
Sheets = Annotated[Path, typer.Argument(metavar="FILE|DIR", help="A sheet, or the folder that holds them.")]
AsCsv = Annotated[bool, typer.Option("--csv", help="Write CSV sheets instead of XLSX.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would happen; write nothing.")]
SkipBad = Annotated[bool, typer.Option("--skip-bad", help="Leave bad rows out instead of refusing all.")]


def write_forms(
    context: typer.Context,
    month: OneMonth,
    folder: Folder,
    person: OnePerson = "",
    csv: AsCsv = False,
    force: Force = False,
) -> None:
    """Write the month's hours sheets: each person's shifts and calls to complete, and lines for all else."""
    desk = desk_of(context)
    with desk.open() as store, store.read() as session:
        paths = hours_sheet.write(session, month, folder, person=person, as_csv=csv, force=force)
    _written(desk, paths, folder)


def write_offers(
    context: typer.Context,
    month: OneMonth,
    folder: Folder,
    person: OnePerson = "",
    csv: AsCsv = False,
    force: Force = False,
) -> None:
    """Write the month's availability sheets: every shift, to grade."""
    desk = desk_of(context)
    with desk.open() as store, store.read() as session:
        paths = offers.write(session, month, folder, person=person, as_csv=csv, force=force)
    _written(desk, paths, folder)


def _written(desk: Desk, paths: tuple[Path, ...], folder: Path) -> None:
    say(
        tr(
            "Wrote {count} to {folder}. {left_out}",
            count=count_words(len(paths), "sheet"),
            folder=folder,
            left_out=tr(LEFT_OUT),
        ),
        json=desk.json,
    )
    if desk.json:
        print_json({"sheets": len(paths), "files": [path.name for path in paths]})


def read_forms(context: typer.Context, path: Sheets, dry_run: DryRun = False, skip_bad: SkipBad = False) -> None:
    """Read hours sheets back; the same sheets twice change nothing."""
    _read(desk_of(context), hours_sheet_back.read, path, dry_run=dry_run, skip_bad=skip_bad)


def read_offers(context: typer.Context, path: Sheets, dry_run: DryRun = False, skip_bad: SkipBad = False) -> None:
    """Read availability sheets back; the same sheets twice change nothing."""
    _read(desk_of(context), offers.read, path, dry_run=dry_run, skip_bad=skip_bad)


def _read(desk: Desk, reader: Any, path: Path, *, dry_run: bool, skip_bad: bool) -> None:
    """Read sheets and say row by row what cannot be taken; refused sheets end with code 2."""
    try:
        with desk.open() as store:
            report: SheetsReport = reader(store, path, dry_run=dry_run, skip_bad=skip_bad)
    except BadSheets as fault:
        _say_bad(fault.report)
        words = tr("Nothing was written. Correct the sheets, or read the other rows with --skip-bad.")
        say(words, json=True)
        if desk.json:
            print_json({"error": str(fault), **fault.report.as_dict()})
        raise typer.Exit(2) from fault
    _say_bad(report)
    say(report.sentence(), json=desk.json)
    if desk.json:
        print_json(report.as_dict())


def _say_bad(report: SheetsReport) -> None:
    for line in report.bad:
        say(line.sentence(), json=True)
