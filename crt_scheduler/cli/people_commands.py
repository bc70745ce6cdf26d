"""Commands about one person: show, add, change a field, credentials, and when they are available."""

from __future__ import annotations

import dataclasses
import shlex
from pathlib import Path
from typing import Annotated

import typer

from crt_scheduler import imports, times
from crt_scheduler.cli.available_commands import say_lines, say_week_grid, week_plain
from crt_scheduler.cli.command_desk import desk_of, print_json, say, table
from crt_scheduler.cli.files_commands import HeaderRow, SheetNames, TakeLines, place_of
from crt_scheduler.cli.help_words import filled
from crt_scheduler.errors import CrtError
from crt_scheduler.imports.prepare import MADE_IDS
from crt_scheduler.people import deleting, history, many_people
from crt_scheduler.people import person_acts as people_acts
from crt_scheduler.people import person_view as person_page
from crt_scheduler.people.people_list import PersonLine
from crt_scheduler.person_fields import IN_FORM
from crt_scheduler.programmes import customs
from solver.wording import counted, tr

HEADED = ("id", "name", "kind", "role", "status", "status_until")
"""The fields that the first line of a person's page says."""
Person = Annotated[str, typer.Argument(metavar="ID", help="The person's id.")]


def add_to(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    person = typer.Typer(
        help="Show a person's page, add or change one or many, say who changed what.",
        rich_markup_mode=None,
        no_args_is_help=True,
    )
    person.command("show")(show)
    person.command("add")(add)
    person.command("set")(set_field)
    person.command("set-many")(set_many)
    person.command("delete")(delete)
    person.command("history")(show_history)
    app.add_typer(person, name="person")
    credential = typer.Typer(help="Set or remove a credential.", rich_markup_mode=None, no_args_is_help=True)
    credential.command("set")(set_credential)
    credential.command("remove")(remove_credential)
    app.add_typer(credential, name="credential")
    app.command("columns")(columns)


def show(
    context: typer.Context,
    code: Person,
    month: Annotated[str, typer.Option(help="Whose hours; default: this month.", metavar="YYYY-MM")] = "",
) -> None:
    """Show a person's page: contacts, credentials, hours, usual week and dates."""
    desk = desk_of(context)
    chosen = month or times.month_of(desk.now.date())
    with desk.open() as store, store.read() as session:
        found = person_page.page(session, code, chosen, now=desk.now)
    if desk.json:
        print_json({**_plain(found), "week": week_plain(found.week)})
        return
    line = found.line
    say(f"{line.name} ({line.id}), {line.kind}, {line.role}, {_status(line)}")
    told = [(field, field.written(getattr(line, field.line_name), between=", ")) for field in IN_FORM]
    table("", ["", ""], [[tr(field.title), words] for field, words in told if words and field.name not in HEADED])
    hours = tr(
        "{hours} of {hours2} h", hours=times.hours_words(line.minutes), hours2=times.hours_words(line.promised_minutes)
    )
    year = tr(
        "{sum} nights and {sum2} weekend shifts",
        sum=sum(m.nights for m in found.months),
        sum2=sum(m.weekends for m in found.months),
    )
    say(
        tr(
            "On call in {month}: {hours}. In twelve months: {year}.",
            month=times.month_words(chosen),
            hours=hours,
            year=year,
        )
    )
    held = [
        [c.name, c.expires or tr("for ever"), _days_words(c.days_left), tr("yes") if c.is_blocking else ""]
        for c in line.credentials
    ]
    table(tr("Credentials"), [tr("Credential"), tr("Until"), tr("Left"), tr("Blocks")], held)
    say_week_grid(found.week)
    say_lines(found.ranges, found.wishes, found.week.clock)


def _plain(found: person_page.PersonPage) -> dict[str, object]:
    names = ("line", "month", "today", "ranges", "wishes", "months", "duties")
    return {name: getattr(found, name) for name in names}


def _status(line: PersonLine) -> str:
    return (
        tr("{status} until {day}", status=line.status, day=times.day_words(line.status_until))
        if line.status_until
        else line.status
    )


def _days_words(left: int | None) -> str:
    if left is None:
        return ""
    return tr("expired {value} days ago", value=-left) if left < 0 else tr("{left} days", left=left)


def show_history(context: typer.Context, code: Person) -> None:
    """List what was done to a person's records, newest first."""
    desk = desk_of(context)
    with desk.open() as store, store.read() as session:
        found, zone = history.of_person(session, code), customs.zone_in(session)
    if desk.json:
        print_json(found)
        return
    rows = [
        [times.stamp(line.at, zone), line.who, line.label, tr("undone") if line.is_undone else ""] for line in found
    ]
    table(tr("Changes to {code}", code=code), [tr("When"), tr("Who"), tr("What"), ""], rows)


def add(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME")],
    fields: Annotated[
        list[str], typer.Option("--field", help="Such as phone=213-555-0123.", metavar="FIELD=VALUE")
    ] = [],  # noqa: B006
    code: Annotated[str, typer.Option("--id", help="Default: the next free one.")] = "",
) -> None:
    """Add a person."""
    said = {"name": name, **({"id": code} if code else {}), **dict(_pair(words) for words in fields)}
    unknown = [field for field in said if field not in ("id", *people_acts.FIELDS)]
    if unknown:
        raise CrtError(
            tr(
                "There is no field {unknown!r}. The fields are: {names}.",
                unknown=unknown[0],
                names=", ".join(people_acts.FIELDS),
            )
        )
    desk = desk_of(context)
    with desk.open() as store:
        made = store.do(people_acts.ADD(said, now=desk.now)).answer
    say(tr("Added {name} with the id {made}.", name=name, made=made), json=desk.json)
    if desk.json:
        print_json({"id": made})


def _pair(words: str) -> tuple[str, str]:
    field, sign, value = words.partition("=")
    if not sign:
        raise CrtError(tr("{words!r} does not say which field. Write it as --field phone=213-555-0123", words=words))
    return field.strip(), value.strip()


def set_field(
    context: typer.Context,
    code: Person,
    field: Annotated[str, typer.Argument(metavar="FIELD", help="Such as phone, role, status or languages.")],
    value: Annotated[str, typer.Argument(metavar="VALUE", help='Lists with semicolons; "" for none.')],
) -> None:
    """Change one field of a person."""
    desk = desk_of(context)
    desk.do(people_acts.SET_FIELD(code, field, value, now=desk.now))


def set_many(
    context: typer.Context,
    field: Annotated[
        str,
        typer.Argument(
            metavar="FIELD", help=filled("One of: {names}, credential:NAME.", names=", ".join(many_people.FIELDS))
        ),
    ],
    value: Annotated[
        str, typer.Argument(metavar="VALUE", help='Lists with semicolons; "" for none; a credential: DATE|forever|no.')
    ],
    codes: Annotated[list[str], typer.Argument(metavar="ID...", help="The people's ids.")],
    until: Annotated[str, typer.Option(metavar="DATE", help="The last day of a leave.")] = "",
    add: Annotated[bool, typer.Option("--add", help="Add to what a list holds.")] = False,
    take: Annotated[bool, typer.Option("--take", help="Take from what a list holds.")] = False,
    skip_bad: Annotated[bool, typer.Option("--skip-bad", help="Leave out who cannot take it.")] = False,
    preview: Annotated[bool, typer.Option("--preview", help="Only say what it would do.")] = False,
) -> None:
    """Change one field of many people as one act."""
    if add and take:
        raise CrtError(tr("Say --add or --take, not both."))
    change = many_people.Change(field, value, "add" if add else "take" if take else "set", until)
    desk = desk_of(context)
    with desk.open() as store:
        with store.read() as session:
            found = many_people.preview(session, codes, change, now=desk.now)
        if not preview:
            store.do(many_people.SET_MANY(codes, change, now=desk.now, skip_bad=skip_bad))
    if desk.json:
        say(found.sentence(), json=True)
        print_json({**dataclasses.asdict(found), "sentence": found.sentence(), "written": not preview})
        return
    say(found.sentence())
    is_written = not preview and found.changed
    say(tr("Done: {label}.", label=found.label) if is_written else tr("Nothing was written."))


def delete(
    context: typer.Context, codes: Annotated[list[str], typer.Argument(metavar="ID...", help="The people's ids.")]
) -> None:
    """Delete people of whom no shift, hours, call or answer speaks; others are set inactive."""
    desk_of(context).do(deleting.DELETE(codes))


def set_credential(
    context: typer.Context,
    code: Person,
    name: Annotated[str, typer.Argument(metavar="CREDENTIAL")],
    expires: Annotated[str, typer.Argument(metavar="DATE|forever", help="The last valid day.")],
    new: Annotated[bool, typer.Option("--new", help="A credential the team has not kept so far.")] = False,
) -> None:
    """Note a credential with its last valid day."""
    desk = desk_of(context)
    desk.do(people_acts.SET_CREDENTIAL(code, name, expires, now=desk.now, is_new_kind=new))


def remove_credential(
    context: typer.Context, code: Person, name: Annotated[str, typer.Argument(metavar="CREDENTIAL")]
) -> None:
    """Note that a person does not hold a credential."""
    desk = desk_of(context)
    desk.do(people_acts.REMOVE_CREDENTIAL(code, name, now=desk.now))


def columns(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="A CSV, Excel or OpenDocument file.")],
    kind: Annotated[str, typer.Option(help="What it holds; default: guessed.", metavar="KIND")] = "",
    header_row: HeaderRow = 0,
    sheet: SheetNames = [],  # noqa: B006
    take_line: TakeLines = [],  # noqa: B006
) -> None:
    """Show which column of a file would be taken for which field."""
    place = place_of(header_row, sheet, take_line)
    found = imports.preview(kind or imports.kind_of(file, place=place), file, place)
    desk = desk_of(context)
    if desk.json:
        print_json(found)
        return
    rows = [[m.field, "" if m.column == MADE_IDS else m.column, _how(m), m.sample] for m in found.matched if m.column]
    table(
        counted(
            found.count, "{file}: {n} row of {kind}", "{file}: {n} rows of {kind}", file=found.file, kind=found.kind
        ),
        [tr("Field"), tr("Column"), "", tr("Such as")],
        rows,
    )
    if found.unused:
        say(tr("Columns not used: {names}.", names=", ".join(found.unused)))
    for remark in found.remarks:
        say(remark)
    for field in found.missing:
        say(tr("No column holds {field}. Say which one does with: --map {field}=THEIRS", field=field))
    where = [f"--header-row {header_row}"] if header_row else []
    where += [f"--sheet {shlex.quote(name)}" for name in sheet] + [
        f"--take-line {shlex.quote(line)}" for line in take_line
    ]
    where += [tr("--map {field}=THEIRS", field=field) for field in found.missing]
    say(" ".join([tr("Import it like this with: crt-scheduler import"), found.kind, shlex.quote(str(file)), *where]))


def _how(matched: imports.Matched) -> str:
    """Return how a field comes to its column: by its name, which needs no word, by a usual name, or made."""
    return tr("made") if matched.column == MADE_IDS else tr("guessed") if matched.is_guess else ""
