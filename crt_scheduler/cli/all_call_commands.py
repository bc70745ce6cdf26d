"""Commands of the all-call: ask everyone for a large event, list who can come when, and plan relief."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

import typer

from crt_scheduler import times
from crt_scheduler.call_names import moment_words
from crt_scheduler.call_out import all_call, relief
from crt_scheduler.calls import call_acts, typed_times
from crt_scheduler.cli.calls_commands import do_on_call
from crt_scheduler.cli.command_desk import MOST, desk_of, print_json, table
from crt_scheduler.cli.help_words import filled
from crt_scheduler.programmes import customs, programme_of
from solver.wording import tr

CallName = Annotated[str, typer.Argument(metavar="CALL", help="The call's number, such as 27-0031.")]
Person = Annotated[str, typer.Argument(metavar="ID", help="The person's id.")]


def add_to(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    words = tr("Ask everyone for a large event: who can come now, in two hours, tonight; plan relief that keeps rest.")
    group = typer.Typer(help=words, rich_markup_mode=None, no_args_is_help=True)
    group.command("begin")(begin)
    group.command("answer")(answer)
    group.command("list")(list_answers)
    group.command("relief")(plan_relief)
    group.command("send")(send)
    app.add_typer(group, name="all-call")


def begin(context: typer.Context, call: CallName) -> None:
    """Make a call an all-call, so that everyone may be asked."""
    desk = desk_of(context)
    do_on_call(desk, call, all_call.BEGIN)
    desk.done(tr("{call} is an all-call. Note answers with: crt-scheduler all-call answer {call} ID now", call=call))


def answer(
    context: typer.Context,
    call: CallName,
    code: Person,
    said: Annotated[
        str, typer.Argument(metavar="ANSWER", help=filled("One of: {names}.", names=", ".join(all_call.ANSWERS)))
    ],
) -> None:
    """Note when somebody can come."""
    desk = desk_of(context)
    do_on_call(desk, call, lambda number: all_call.ANSWER(number, code, said, now=desk.now))
    desk.done(tr("Noted: {code}, {said}.", code=code, said=said.replace("_", " ")))


def list_answers(context: typer.Context, call: CallName) -> None:
    """List everyone by what they answered, who can come soonest first."""
    desk = desk_of(context)
    with desk.open() as store, store.read() as session:
        found = all_call.poll(session, call_acts.find(session, call), now=desk.now)
    if desk.json:
        print_json({"call": found.call, "counts": found.counts, "people": found.people})
        return
    rows = [
        [one.person, one.name, one.role, one.home, one.answer.replace("_", " "), one.phone_words, one.kept_off]
        for one in found.people
    ]
    table(
        tr("All-call {call}", call=found.call),
        [tr("Id"), tr("Name"), tr("Role"), tr("Home"), tr("Answer"), tr("Phone"), tr("Kept off")],
        rows,
    )


def plan_relief(
    context: typer.Context,
    call: CallName,
    size: Annotated[int, typer.Option(help="People in a wave.", max=MOST)] = 4,
    waves: Annotated[int, typer.Option(help="How many waves.", max=MOST)] = 3,
    hours: Annotated[float, typer.Option(help="Hours of a block, 12 at most.")] = 12,
    start: Annotated[
        str, typer.Option(help="When the first begins, such as 2000 or 2027-01-09 20:00; default: now.")
    ] = "",
) -> None:
    """Plan relief waves of those who can come, rested from and for what else they do. Nothing is written."""
    desk = desk_of(context)
    with desk.open() as store, store.read() as session:
        number, zone = call_acts.find(session, call), customs.zone_of(programme_of(session))
        first = typed_times.coming(start, now=desk.now, zone=zone)
        found = all_call.plan(session, number, start=first, size=size, waves=waves, hours=hours, now=desk.now)
    if desk.json:
        print_json(found)
        return
    rows = [[n, _wave_time(wave, zone), _wave_people(wave), wave.sentence] for n, wave in enumerate(found, 1)]
    table(tr("Relief for {call}", call=call), [tr("Wave"), tr("From"), tr("Who"), ""], rows)


def send(context: typer.Context, call: CallName, codes: Annotated[list[str], typer.Argument(metavar="ID...")]) -> None:
    """Put people on the call, as a wave that goes now."""
    desk = desk_of(context)
    do_on_call(desk, call, lambda number: all_call.SEND(number, codes, now=desk.now))
    desk.done(
        tr(
            "On {call} now: {names}. Note their times with: crt-scheduler call arrive {call} ID",
            call=call,
            names=", ".join(codes),
        )
    )


def _wave_time(wave: relief.Wave, zone: times.Zone) -> str:
    length = wave.end - wave.start
    return f"{moment_words(wave.start, zone)}, {length / dt.timedelta(hours=1):g} h"


def _wave_people(wave: relief.Wave) -> str:
    return ", ".join(f"{one.name} ({one.role})" if one.role == "lead" else one.name for one in wave.people)
