"""Commands that ask people when they can in a month, and say who has answered."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

from crt_scheduler import month_answers, times
from crt_scheduler.cli.command_desk import Force, count_words, desk_of, month_argument, print_json, say, table
from crt_scheduler.hours import asked_sheets
from crt_scheduler.month_answers import SOURCE_WORDS, PersonAnswer
from crt_scheduler.programmes import programme_of
from solver.wording import tr

OneMonth = Annotated[str, month_argument()]
Folder = Annotated[Path, typer.Argument(metavar="DIR", help="The folder for the sheets.")]
Waiting = Annotated[bool, typer.Option("--waiting", help="Only who has not answered yet.")]
People = Annotated[list[str] | None, typer.Option("--person", help="Only this person; may be repeated.", metavar="ID")]


def ask(
    context: typer.Context,
    month: OneMonth,
    folder: Folder,
    person: People = None,
    waiting: Waiting = False,
    csv: Annotated[bool, typer.Option("--csv", help="Write CSV sheets instead of XLSX.")] = False,
    force: Force = False,
) -> None:
    """Ask everybody for a month: write their availability sheets to send, and keep that they were asked."""
    desk = desk_of(context)
    with desk.open() as store:
        paths = asked_sheets.ask(
            store, month, folder, people=person or (), only_waiting=waiting, as_csv=csv, force=force
        )
    people = count_words(len(paths), "person") if len(paths) == 1 else tr("{count:,} people", count=len(paths))
    say(
        tr(
            "Asked {people} for {month}: send them the sheets in {folder}.",
            people=people,
            month=times.month_words(month),
            folder=folder,
        ),
        json=desk.json,
    )
    if desk.json:
        print_json({"month": month, "asked": len(paths), "files": [path.name for path in paths]})


def list_answers(
    context: typer.Context,
    month: OneMonth,
    waiting: Waiting = False,
    addresses: Annotated[
        bool, typer.Option("--addresses", help="Print the e-mail addresses of who has not answered, to write to them.")
    ] = False,
) -> None:
    """Say who has answered for a month, when and how, and who has not."""
    desk = desk_of(context)
    with desk.open() as store, store.read() as session:
        everyone, silent = month_answers.of_month(session, month), month_answers.waiting(session, month)
        zone = programme_of(session).zone
    shown = silent if waiting or addresses else everyone
    if desk.json:
        counts = {"month": month, "people": len(everyone), "waiting": len(silent)}
        answered = sum(each.has_answered for each in everyone)
        print_json({**counts, "answered": answered, "answers": [plain(each, addresses=addresses) for each in shown]})
        return
    if addresses:
        for each in shown:
            say(each.email or tr("{name} ({id}) has no e-mail address.", name=each.name, id=each.id))
        return
    rows = [[each.id, each.name, *_words(each, zone)] for each in shown]
    table(month_answers.counts_words(everyone, month), ["id", "name", "asked", "answered", "how"], rows)


def note_answers(
    context: typer.Context,
    month: OneMonth,
    people: Annotated[list[str], typer.Argument(metavar="ID...", help="Who told you when they can.")],
) -> None:
    """Note that people told you when they can in a month, such as by phone that every day will do."""
    desk = desk_of(context)
    with desk.open() as store:
        done = store.do(month_answers.TELL(month, people))
    desk.done(tr("Done: {label}.", label=done.label))


def plain(each: PersonAnswer, *, addresses: bool = False) -> dict[str, object]:
    """Return how a person stands for --json; an address only where it is asked for."""
    found: dict[str, object] = {
        "person": each.id, "name": each.name, "state": each.state, "asked": each.asked,
        "asked_again": each.asked_again, "answered": each.answered, "source": each.source,
    }  # fmt: skip
    return {**found, "email": each.email} if addresses else found


def _words(each: PersonAnswer, zone: str) -> tuple[str, str, str]:
    """Return when somebody was asked and answered, and how."""
    asked = tr(" and ").join(_day(at, zone) for at in (each.asked, each.asked_again) if at)
    if not each.has_answered:
        away = ""
        if each.status == "leave":
            until = each.status_until
            away = tr("on leave until {day}", day=until) if until else tr("on leave")
        return (
            asked,
            "",
            away or tr("not yet"),
        )
    how = SOURCE_WORDS.get(each.source, each.source)
    when = _day(each.answered, zone) if each.answered else tr("yes")
    return asked, when, tr("{how}, every week", how=how) if each.state == "week" else how


def _day(at: dt.datetime, zone: str) -> str:
    return times.day_words(times.local(at, zone).date())
