"""Commands about when a person can be on call: the usual week and dates."""

from __future__ import annotations

from typing import Annotated

import typer

from crt_scheduler import times
from crt_scheduler.cli.command_desk import MOST, date_of, desk_of, print_json, say, table
from crt_scheduler.people import ranges, usual_week
from solver.wording import tr
from solver.wording.dates import weekday

Person = Annotated[str, typer.Argument(metavar="ID", help="The person's id.")]
Grade = Annotated[str, typer.Argument(metavar="cannot|rather_not|prefers|wants")]


def add_to(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    available = typer.Typer(
        help="Say when a person cannot, rather not, prefers or wants to be on call: usual week and dates.",
        rich_markup_mode=None,
        no_args_is_help=True,
    )
    available.command("show")(show_available)
    available.command("week")(say_week)
    available.command("dates")(say_dates)
    available.command("remove")(unsay)
    app.add_typer(available, name="available")


def show_available(context: typer.Context, code: Person) -> None:
    """Show a person's usual week, and every line they said with its number."""
    desk = desk_of(context)
    with desk.open() as store, store.read() as session:
        usual, lines = usual_week.week(session, code), ranges.said(session, code)
        wished = ranges.wishes(session, code)
    if desk.json:
        print_json({"week": week_plain(usual), "lines": lines, "wishes": wished})
        return
    say_week_grid(usual)
    say_lines(lines, wished, usual.clock)


def say_week(
    context: typer.Context,
    code: Person,
    day: Annotated[str, typer.Argument(metavar="DAY", help="Such as Sat.")],
    shift: Annotated[str, typer.Argument(metavar="SHIFT", help="Such as night.")],
    grade: Annotated[str, typer.Argument(metavar="cannot|rather_not|prefers|wants|free")],
) -> None:
    """Say what holds for one shift of every week; free takes it back."""
    cell = usual_week.Cell(usual_week.weekday_of(day), shift)
    desk_of(context).do(usual_week.SET_GRADES(code, (cell,), grade))


def say_dates(
    context: typer.Context,
    code: Person,
    grade: Grade,
    first: Annotated[str, typer.Option("--from", help="The first day.", metavar="DATE")],
    last: Annotated[
        str, typer.Option("--to", help="The last day; default: the first; open: until further notice.", metavar="DATE")
    ] = "",
    note: Annotated[str, typer.Option(help="Such as holiday.")] = "",
) -> None:
    """Say what holds for some dates."""
    desk, begin = desk_of(context), date_of(first)
    end = None if last == "open" else date_of(last) if last else begin
    with desk.open() as store:
        done = store.do(ranges.SAY(code, grade, first=begin, last=end, note=note))
    say(tr("Done: {label}. Its number is {answer}.", label=done.label, answer=done.answer), json=desk.json)
    if desk.json:
        print_json({"number": done.answer})


def unsay(
    context: typer.Context, code: Person, number: Annotated[int, typer.Argument(metavar="NUMBER", min=1, max=MOST)]
) -> None:
    """Take back one line a person said."""
    desk_of(context).do(ranges.UNSAY(code, number))


def week_plain(found: usual_week.Week) -> list[dict[str, object]]:
    """Return a week as JSON holds it."""
    return [{"weekday": c.weekday, "shift": c.template, "grade": grade} for c, grade in found.grades.items()]


def say_week_grid(found: usual_week.Week) -> None:
    """Print a usual week."""
    rows = [
        [
            c.template,
            *(
                usual_week.GRADE_WORDS.get(found.grades.get(usual_week.Cell(d, c.template), ""), "-")
                for d in found.days
            ),
        ]
        for c in found.columns
    ]
    days = [weekday(day) for day in found.days]
    table(tr("Usual week"), [tr("Shift"), *days], [["" if w == usual_week.FREE else w for w in row] for row in rows])


def say_lines(found: tuple[ranges.Range, ...], wished: tuple[ranges.Wished, ...], clock: times.Clock) -> None:
    """Print what was said of dates, and wishes."""
    lines = [[r.number, r.words(clock), usual_week.GRADE_WORDS[r.grade], r.note] for r in found]
    if lines:
        table(tr("Dates"), [tr("No."), tr("When"), tr("Grade"), tr("Note")], lines, right=(0,))
    if wished:
        rows = [[times.day_words(w.date), w.template, usual_week.GRADE_WORDS[w.grade]] for w in wished]
        table(tr("Wishes"), [tr("Date"), tr("Shift"), tr("Grade")], rows)
