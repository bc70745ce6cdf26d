"""Commands that set up and fill the records: sample, init, areas, import, and listing people and incidents."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from sqlalchemy import select

from crt_scheduler import availability, imports, programmes, responders, sample, times
from crt_scheduler.cli import answer_options
from crt_scheduler.cli.command_desk import MOST, Force, desk_of, print_json, say, table
from crt_scheduler.errors import CrtError
from crt_scheduler.frozen_rows import IncidentRow
from crt_scheduler.imports import Decisions, Place
from crt_scheduler.people import list_out
from crt_scheduler.programmes import customs
from crt_scheduler.roster import shift_name
from crt_scheduler.settings import programme_acts
from crt_scheduler.tables import Area, Division, Incident
from solver.wording import tr

HeaderRow = Annotated[int, typer.Option(help="The line that names the columns; default: found.", metavar="N")]
SheetNames = Annotated[list[str], typer.Option("--sheet", help="A sheet to read; default: found.", metavar="NAME")]
TakeLines = Annotated[
    list[str], typer.Option("--take-line", help="A line to take that looks like a title, total or note.", metavar="N")
]


def place_of(header_row: int, sheets: list[str], lines: list[str]) -> Place:
    """Return where a file's table lies, as it was said; raises CrtError for a line that cannot be read."""
    return Place(header_row or None, tuple(sheets), answer_options.lines_of("--take-line", lines))


def add_to(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    app.command("sample")(write_sample)
    app.command("init")(init)
    areas = typer.Typer(help="List or add areas and divisions.", rich_markup_mode=None, no_args_is_help=True)
    areas.command("list")(list_areas)
    areas.command("add")(add_area)
    app.add_typer(areas, name="areas")
    app.command("import")(import_file)
    app.command("people")(list_people)
    app.command("incidents")(list_incidents)
    app.command("wish")(wish)
    learnt = typer.Typer(
        help="List or forget what words of the team's own were said to mean.",
        rich_markup_mode=None,
        no_args_is_help=True,
    )
    learnt.command("list")(answer_options.list_words)
    learnt.command("forget")(answer_options.forget_word)
    app.add_typer(learnt, name="words")


def write_sample(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="DIR")],
    seed: Annotated[int, typer.Option(help="Same seed, same city.", min=0, max=MOST)] = 1,
    month: Annotated[str, typer.Option(help="The month to plan; default: next month.", metavar="YYYY-MM")] = "",
    years: Annotated[int, typer.Option(help="How many years of past it has.")] = 1,
    team: Annotated[int, typer.Option("--people", help="How many people it has.")] = sample.TEAM,
    force: Force = False,
) -> None:
    """Write the made-up sample city: people, availability, and the past years' incidents, roster, calls and hours."""
    desk = desk_of(context)
    chosen = month or times.next_month(desk.now.date())
    times.parse_month(chosen)
    sample.write(folder, seed=seed, month=chosen, force=force, years=years, team=team)
    names = ", ".join(f"{name}.csv" for name in sample.FILES[:-1])
    desk.done(
        tr(
            "Wrote {names} and {files}.csv to plan {chosen} with to {folder}.",
            names=names,
            files=sample.FILES[-1],
            chosen=chosen,
            folder=folder,
        )
    )


def init(
    context: typer.Context,
    programme: Annotated[str, typer.Option(help="The preset to start from.")] = "crt",
    areas: Annotated[Path | None, typer.Option(help="Areas of your own: a CSV of area, neighbours, weight.")] = None,
    zone: Annotated[
        str, typer.Option(help="Time zone, such as America/Chicago; its country follows.", metavar="Area/City")
    ] = "",
    country: Annotated[
        str, typer.Option(help="Whose phones, holidays, clock, weeks; default: the zone's.", metavar="CC")
    ] = "",
    title: Annotated[str, typer.Option(help="What the programme is called; default: the preset's name.")] = "",
) -> None:
    """Make the database with a programme: its areas, shifts, seats, groups and languages."""
    plan = programmes.preset(programme)
    own = imports.read_areas(areas) if areas else ()
    programmes.home(plan, zone=zone, country=country)  # what is wrong with it is said before there is a file
    desk = desk_of(context)
    with desk.open(create=True) as store:
        deed = programmes.SET_UP(plan, name=programme, areas=own, zone=zone, title=title, country=country)
        made = store.do(deed).answer
        with store.read() as session:
            more = programme_acts.what_follows(session, "country") if made.country != plan.country else ""
            if not country and not customs.country_of(made.zone):
                more = tr(
                    "{zone} is the zone of no country: {country} stays, or: programme set country CC.",
                    zone=made.zone,
                    country=made.country,
                )
        desk.done(
            tr(
                "Made {path} for “{name}” with {count} areas. {more}",
                path=store.path,
                name=plan.name,
                count=len(own or plan.areas),
                more=more,
            ).strip()
        )


def list_areas(context: typer.Context) -> None:
    """List areas with their neighbours and divisions."""
    desk = desk_of(context)
    with desk.open() as store, store.read() as session:
        found = programme_acts.areas(session)
    if desk.json:
        print_json(found)
        return
    rows: list[list[Any]] = [[a.area, a.weight, ", ".join(a.neighbours), ", ".join(a.divisions)] for a in found]
    table(tr("Areas"), [tr("Area"), tr("Weight"), tr("Neighbours"), tr("Divisions")], rows, right=(1,))


def add_area(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="The area; an existing one gets neighbours and divisions.")],
    neighbour: Annotated[list[str], typer.Option(help="An area that can lend it a team.")] = [],  # noqa: B006
    division: Annotated[list[str], typer.Option(help="A division inside it.")] = [],  # noqa: B006
    weight: Annotated[float, typer.Option(help="Its share of calls until the log teaches better.")] = 1.0,
) -> None:
    """Add an area, or neighbours and divisions to one there is."""
    plan = programme_acts.area_plan(name, weight=weight, neighbours=tuple(neighbour), divisions=tuple(division))
    desk_of(context).do(programmes.ADD_AREAS((plan,)), tr("Added area {name}.", name=plan.name))


def import_file(
    context: typer.Context,
    kind: Annotated[str, typer.Argument(metavar="|".join(imports.KINDS))],
    file: Annotated[Path, typer.Argument(help="A CSV, Excel or OpenDocument file.")],
    map_: Annotated[
        list[str], typer.Option("--map", help="Our column = theirs, or two of them: a + b.", metavar="OURS=THEIRS")
    ] = [],  # noqa: B006
    dates: Annotated[
        str, typer.Option(help="How dates are written, where the file leaves it open.", metavar="us|eu|iso")
    ] = "",
    dry_run: Annotated[bool, typer.Option(help="Say what would happen; write nothing.")] = False,
    skip_bad: Annotated[bool, typer.Option(help="Leave bad rows out instead of refusing the file.")] = False,
    guess: Annotated[
        bool, typer.Option("--guess/--exact", help="Take columns of other names too, or only those of our names.")
    ] = True,
    header_row: HeaderRow = 0,
    sheet: SheetNames = [],  # noqa: B006
    take_line: TakeLines = [],  # noqa: B006
    make_ids: Annotated[bool, typer.Option(help="Not needed: people without ids get the next free ones.")] = False,
    same: Annotated[
        list[str], typer.Option(help="Whom a row (3, Feb!3), or a name in it, means.", metavar="ROW[:NAME]=ID|LINE")
    ] = [],  # noqa: B006
    new: Annotated[
        list[str], typer.Option(help="The row on this line (3, Feb!3) is somebody new.", metavar="ROW")
    ] = [],  # noqa: B006
    leave_out: Annotated[list[str], typer.Option(help="Leave the row on this line out.", metavar="ROW")] = [],  # noqa: B006
    word: Annotated[
        list[str], typer.Option(help="What a word of the file means; kept.", metavar="FIELD:TEXT=MEANING")
    ] = [],  # noqa: B006
    empty_clears: Annotated[bool, typer.Option(help="An empty cell of people wipes what is there.")] = False,
    replaces: Annotated[bool, typer.Option(help="Availability takes the place of an earlier file's.")] = False,
    row_per_victim: Annotated[
        bool, typer.Option(help="Take incidents of one time, area and type for one: a log with a row for each victim.")
    ] = False,
    only: Annotated[
        bool, typer.Option(help="A shift that a grid of availability names is the only one of its day somebody can do.")
    ] = False,
) -> None:
    """Read a file of one of these kinds; twice changes nothing.

    Where it is in doubt who a row is or what a word means, nothing is written and the options that answer are named.
    """
    whole = Decisions(empty_clears=empty_clears, replaces=replaces, only=only, row_per_victim=row_per_victim)
    decided = answer_options.decisions(same=same, new=new, left_out=leave_out, words=word, whole=whole)
    mapping = dict(_mapped(pair) for pair in map_)
    desk = desk_of(context)
    with desk.open() as store:
        report = imports.run(
            store,
            kind,
            file,
            mapping=mapping,
            dry_run=dry_run,
            skip_bad=skip_bad,
            date_order=dates or None,
            make_ids=make_ids,
            guess=guess,
            place=place_of(header_row, sheet, take_line),
            decided=decided,
        )
    say(report.sentence(), json=True)
    if desk.json:
        print_json(report.as_dict())


def _mapped(pair: str) -> tuple[str, str]:
    ours, sign, theirs = pair.partition("=")
    if not sign or not ours.strip():
        raise CrtError(tr("{pair!r} does not say which column is which. Write it as --map area=bureau", pair=pair))
    return ours.strip(), theirs.strip()


def list_people(
    context: typer.Context,
    out: Annotated[
        Path | None,
        typer.Option(metavar="F.csv|xlsx", help="Also write them to this file, with contacts; it reads back."),
    ] = None,
    private: Annotated[bool, typer.Option("--private", help="Into the file also notes and next of kin.")] = False,
    force: Force = False,
) -> None:
    """List everyone, without their contacts; into a file with them."""
    desk = desk_of(context)
    if private and out is None:
        raise CrtError(tr("Notes and next of kin are written to a file only: name it with --out people.xlsx"))
    with desk.open() as store, store.read() as session:
        found = responders.rows(session)
        if out is not None:
            list_out.write(session, out, private=private, force=force)
            more = "" if private else f" {tr('Left out: notes and next of kin; --private writes them too.')}"
            say(tr("Wrote {out}. {holds}{more}", out=out, holds=tr(list_out.HOLDS), more=more), json=True)
    if desk.json:
        print_json(found)
        return
    table(
        tr("{count} people", count=len(found)),
        [tr("Id"), tr("Name"), tr("Kind"), tr("Role"), tr("Status"), tr("Home"), tr("Also serves"), tr("Languages")],
        [
            [p.id, p.name, p.kind, p.role, p.status, p.home_area, ", ".join(p.areas), ", ".join(p.languages)]
            for p in found
        ],
    )


def list_incidents(context: typer.Context) -> None:
    """List the logged incidents: all of them as JSON, counted by year and area for people."""
    desk = desk_of(context)
    with desk.open() as store, store.read() as session:
        zone = programmes.programme_of(session).zone
        query = (
            select(Incident, Area.name, Division.name)
            .join(Area, Incident.area_id == Area.id)
            .outerjoin(Division, Incident.division_id == Division.id)
            .order_by(Incident.at, Incident.id)
        )
        found = [
            IncidentRow(i.number, i.at, area, division or "", i.type, i.agency, i.duration_minutes)
            for i, area, division in session.execute(query)
        ]
    if desk.json:
        print_json(found)
        return
    counts: dict[tuple[int, str], int] = {}
    for row in found:
        cell = (times.local(row.at, zone).year, row.area)
        counts[cell] = counts.get(cell, 0) + 1
    table(
        tr("{count:,} incidents", count=len(found)),
        [tr("Year"), tr("Area"), tr("Incidents")],
        [[y, a, n] for (y, a), n in sorted(counts.items())],
        right=(2,),
    )


def wish(
    context: typer.Context,
    shift: Annotated[str, typer.Argument(metavar="SHIFT")],
    person: Annotated[str, typer.Argument(metavar="PERSON")],
    grade: Annotated[str, typer.Argument(metavar="cannot|rather_not|prefers|wants|none")],
) -> None:
    """Note what a person wishes for one shift."""
    name = shift_name(shift)
    desk_of(context).do(
        availability.WISH(name, person, grade),
        tr("Noted: {person}, {shift}, {grade}.", person=person, shift=shift, grade=grade),
    )
