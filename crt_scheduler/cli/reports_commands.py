"""Commands that report, one of each report, and what a volunteer's hour is worth."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from crt_scheduler import writing
from crt_scheduler.cli.command_desk import MOST, Force, date_of, desk_of, print_json, say, table
from crt_scheduler.reports import hour_rates
from crt_scheduler.reports import report_files as reports
from crt_scheduler.reports.printed import LEFT_UNITS, Printed, shown
from solver.wording import tr

First = Annotated[str, typer.Option("--from", help="The first day.", metavar="DATE")]
Last = Annotated[str, typer.Option("--to", help="The last day.", metavar="DATE")]
Unused = Annotated[str, typer.Option("--rate", help="Not used: this report values no hours.", hidden=True)]
Out = Annotated[Path | None, typer.Option("--out", help="A .pdf, .xlsx or .csv file.", metavar="FILE")]


def add_to(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    group = typer.Typer(
        help="Report a stretch of days as PDF, XLSX or CSV of the same figures.",
        rich_markup_mode=None,
        no_args_is_help=True,
    )
    for report in reports.ALL:
        group.command(report.name, help=report.help)(_command(report))
    app.add_typer(group, name="report")
    known = typer.Typer(help="What a volunteer's hour is worth.", rich_markup_mode=None, no_args_is_help=True)
    known.command("list")(list_rates)
    known.command("set")(set_rate)
    app.add_typer(known, name="rates")


def _command(report: reports.Report[Any]) -> Callable[..., None]:
    """Return the command of a report; one that values hours takes a rate."""

    def plain(
        context: typer.Context, first: First, last: Last, out: Out = None, rate: Unused = "", force: Force = False
    ) -> None:
        _report(context, reports.Wish(report.name, date_of(first), date_of(last)), out, force=force)

    def valued(
        context: typer.Context,
        first: First,
        last: Last,
        out: Out = None,
        rate: Annotated[str, typer.Option(help="Dollars an hour, such as 31.51, where none is known.")] = "",
        region: Annotated[str, typer.Option(help="Whose rate: a state such as CA, or US. Default: the team's.")] = "",
        basis: Annotated[
            str, typer.Option(help="Which hours the value counts: response, or the whole ledger.")
        ] = "response",
        force: Force = False,
    ) -> None:
        typed = hour_rates.cents_of(rate) if rate else None
        wish = reports.Wish(report.name, date_of(first), date_of(last), rate=typed, region=region, basis=basis)
        _report(context, wish, out, force=force)

    return valued if report.values else plain


def _report(context: typer.Context, wish: reports.Wish, out: Path | None, *, force: bool) -> None:
    """Make a report, write it where a file is named, and print it or its JSON."""
    desk = desk_of(context)
    if out is not None:
        reports.refuse_other_endings(out)
        writing.refuse_never([out])
    with desk.open() as store, store.read() as session:
        found = reports.report_of(session, wish, now=desk.now)
        page = reports.printed(session, found, now=desk.now)
    if out is not None:
        reports.write(page, out, force=force)
        say(tr("{title}, {period}: written to {out}.", title=page.title, period=page.period, out=out), json=desk.json)
        say(page.left_out, json=desk.json)
    if desk.json:
        print_json(reports.answer(found) | ({"file": str(out)} if out is not None else {}))
    elif out is None:
        _show(page)


def _show(page: Printed) -> None:
    table(f"{page.title}, {page.programme}, {page.period}", ["", "", ""],
          [[figure.words, figure.shown, figure.note] for figure in page.figures], right=(1,))  # fmt: skip
    for each in page.tables:
        rows = [[shown(cell, c.unit) for cell, c in zip(row, each.columns, strict=True)] for row in each.rows]
        right = tuple(n for n, column in enumerate(each.columns) if column.unit not in LEFT_UNITS)
        table(f"\n{each.title}", [column.words for column in each.columns], rows, right=right)
    say("")
    for note in (*page.notes, page.left_out):
        say(note)


def list_rates(context: typer.Context) -> None:
    """List what a volunteer's hour is worth, by year and region, and who says so."""
    desk = desk_of(context)
    with desk.open() as store, store.read() as session:
        found = hour_rates.rates(session)
    if desk.json:
        print_json([{"year": r.year, "region": r.region, "rate": r.cents / 100, "source": r.source} for r in found])
        return
    rows = [[each.year, each.region, shown(each.cents, "money"), each.source] for each in found]
    table(tr("Value of a volunteer hour"), [tr("Year"), tr("Region"), tr("Rate"), tr("Source")], rows, right=(0, 2))


def set_rate(
    context: typer.Context,
    year: Annotated[int, typer.Argument(help="The year, such as 2026.", max=MOST)],
    rate: Annotated[str, typer.Argument(help="Dollars an hour, such as 36.10.")],
    source: Annotated[str, typer.Option(help="Who publishes it; every report prints this.", metavar="WHO")],
    region: Annotated[str, typer.Option(help="A state such as CA, or US. Default: the team's.")] = "",
) -> None:
    """Keep what a volunteer's hour is worth in a year."""
    desk = desk_of(context)
    cents = hour_rates.cents_of(rate)
    with desk.open() as store:
        kept = store.do(hour_rates.SET_RATE(year, cents, region=region, source=source)).answer
    desk.done(
        tr(
            "An hour of {year} is worth {shown} in {region}: {source}.",
            year=year,
            shown=shown(kept.cents, "money"),
            region=kept.region,
            source=kept.source,
        )
    )
