"""Commands of care: hard calls, stand-downs, debriefs, whom to phone, and the all-call for a large event."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

import typer

from crt_scheduler import times
from crt_scheduler.calls import acts, all_call, debriefs, exposure, hard, please_phone, relief, stand_down
from crt_scheduler.calls.when import moment_words
from crt_scheduler.cli.desk import count_words, desk_of, print_json, table
from crt_scheduler.programmes import programme_of

CallName = Annotated[str, typer.Argument(metavar="CALL", help="The call's number, such as 27-0031.")]
Person = Annotated[str, typer.Argument(metavar="ID", help="The person's id.")]
Past = Annotated[bool, typer.Option("--all", help="Those that are over too.")]


def add_to(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    for name, words, commands in (
        ("debrief", "List debriefs, or note one as held.", (("list", list_debriefs), ("done", debrief_done))),
        (
            "stand-down",
            "List stand-downs, add somebody to one or lift one.",
            (("list", list_stand_downs), ("add", add_stand_down), ("lift", lift_stand_down)),
        ),
        (
            "hard-calls",
            "List, add or remove kinds of hard calls.",
            (("list", list_kinds), ("add", add_kind), ("remove", remove_kind)),
        ),
        (
            "all-call",
            "Ask everyone for a large event, and plan relief.",
            (("begin", begin_all_call), ("answer", answer_all_call), ("list", list_all_call), ("relief", plan_relief)),
        ),
    ):
        group = typer.Typer(help=words, rich_markup_mode=None, no_args_is_help=True)
        for word, act in commands:
            group.command(word)(act)
        app.add_typer(group, name=name)
    app.command("please-phone")(show_please_phone)
    app.command("exposure")(show_exposure)


def list_debriefs(context: typer.Context, past: Past = False) -> None:
    """List the debriefs that are owed, most overdue first."""
    desk = desk_of(context)
    with desk.open() as store, store.read() as session:
        found, zone = debriefs.rows(session, now=desk.now, past=past), programme_of(session).zone
    if desk.json:
        print_json(found)
        return
    rows = [[row.id, row.name, row.call, moment_words(row.due, zone), _debrief_state(row)] for row in found]
    table(_headed(len(found), "debrief"), ["No.", "Name", "Call", "Due", ""], rows)


def _debrief_state(row: debriefs.DebriefRow) -> str:
    if row.done is not None:
        return f"done ({row.done_by})"
    return "overdue" if row.is_overdue else ""


def _headed(count: int, noun: str) -> str:
    return f"{count_words(count, noun)}:" if count else f"No {noun}s."


def debrief_done(
    context: typer.Context,
    debrief: Annotated[str, typer.Argument(metavar="NUMBER|ID", help="A debrief's number, or a person's id.")],
) -> None:
    """Note a debrief as held, or every one that a person owes."""
    desk = desk_of(context)
    with desk.open() as store, store.change(f"Debrief done ({debrief})") as session:
        if debrief.isdecimal():
            debriefs.done(session, int(debrief), desk.who, desk.now)
        else:
            debriefs.done_by_person(session, debrief, desk.who, desk.now)
    desk.done("The debrief is noted as held.")


def list_stand_downs(context: typer.Context, past: Past = False) -> None:
    """List who stands down, until when, and the shifts they still hold."""
    desk = desk_of(context)
    with desk.open() as store, store.read() as session:
        found, zone = stand_down.rows(session, now=desk.now, past=past), programme_of(session).zone
    if desk.json:
        print_json(found)
        return
    rows = [
        [row.id, row.name, row.call, row.hard, moment_words(row.end, zone), row.lifted_by, ", ".join(row.shifts)]
        for row in found
    ]
    table(_headed(len(found), "stand-down"), ["No.", "Name", "Call", "Why", "Until", "Lifted by", "Holds"], rows)


def add_stand_down(
    context: typer.Context,
    call: CallName,
    code: Person,
    hours: Annotated[int | None, typer.Option(help="Hours after the shift; default: the programme's.")] = None,
) -> None:
    """Let somebody who did not go to a hard call stand down too."""
    desk = desk_of(context)
    with desk.open() as store, store.change(f"Stand down {code} after {call}") as session:
        stand_down.add(session, acts.find(session, call), code, now=desk.now, hours=hours)
    desk.done(f"{code} stands down.")


def lift_stand_down(
    context: typer.Context,
    number: Annotated[int, typer.Argument(metavar="NUMBER", help="The stand-down's number, from the list.")],
) -> None:
    """Let a person back on call before their stand-down ends."""
    desk = desk_of(context)
    with desk.open() as store, store.change(f"Lift stand-down {number}") as session:
        stand_down.lift(session, number, desk.who, desk.now)
    desk.done("The stand-down is lifted.")


def list_kinds(context: typer.Context) -> None:
    """List the kinds of hard calls."""
    desk = desk_of(context)
    with desk.open() as store, store.read() as session:
        found = hard.kinds(session)
    if desk.json:
        print_json(found)
        return
    table("Kinds of hard calls", ["Name"], [[name] for name in found])


def add_kind(context: typer.Context, name: Annotated[str, typer.Argument(metavar="NAME")]) -> None:
    """Add a kind of hard call."""
    desk = desk_of(context)
    with desk.open() as store, store.change(f"Add hard call {name}") as session:
        hard.add_kind(session, name)
    desk.done(f"Added {name}.")


def remove_kind(context: typer.Context, name: Annotated[str, typer.Argument(metavar="NAME")]) -> None:
    """Remove a kind of hard call that no call bears."""
    desk = desk_of(context)
    with desk.open() as store, store.change(f"Remove hard call {name}") as session:
        hard.remove_kind(session, name)
    desk.done(f"Removed {name}.")


def show_please_phone(context: typer.Context) -> None:
    """List whom to phone and why: for care, never a score. It is shown here only and no export holds it."""
    desk = desk_of(context)
    with desk.open() as store, store.read() as session:
        found = please_phone.please_phone(session, now=desk.now)
    if desk.json:
        print_json(found)
        return
    rows = [[one.name, one.phone_words or "no phone", sentence] for one in found for _, sentence in one.reasons]
    table("Please phone (private)" if rows else "Nobody needs a call.", ["Name", "Phone", "Why"], rows)


def show_exposure(context: typer.Context) -> None:
    """List how many responses and hard calls each person went to in 30 and 90 days."""
    desk = desk_of(context)
    with desk.open() as store, store.read() as session:
        found = exposure.exposure(session, now=desk.now)
    if desk.json:
        print_json(found)
        return
    rows = [[one.name, one.responses_30, one.responses_90, one.hard_30, one.hard_90, one.sentence] for one in found]
    heads = ["Name", "Calls 30 days", "90 days", "Hard 30 days", "90 days", ""]
    table("Exposure (private)", heads, rows, right=(1, 2, 3, 4))


def begin_all_call(context: typer.Context, call: CallName) -> None:
    """Make a call an all-call, so that everyone may be asked."""
    desk = desk_of(context)
    with desk.open() as store, store.change(f"All-call for {call}") as session:
        all_call.begin(session, acts.find(session, call))
    desk.done(f"{call} is an all-call. Note answers with: crt-scheduler all-call answer {call} ID now")


def answer_all_call(
    context: typer.Context,
    call: CallName,
    code: Person,
    said: Annotated[str, typer.Argument(metavar="ANSWER", help=f"One of: {', '.join(all_call.ANSWERS)}.")],
) -> None:
    """Note when somebody can come."""
    desk = desk_of(context)
    with desk.open() as store, store.change(f"Answer of {code} to all-call {call}") as session:
        all_call.answer(session, acts.find(session, call), code, said, now=desk.now)
    desk.done(f"Noted: {code}, {said.replace('_', ' ')}.")


def list_all_call(context: typer.Context, call: CallName) -> None:
    """List everyone by what they answered, who can come soonest first."""
    desk = desk_of(context)
    with desk.open() as store, store.read() as session:
        found = all_call.poll(session, acts.find(session, call), now=desk.now)
    if desk.json:
        print_json({"call": found.call, "counts": found.counts, "people": found.people})
        return
    rows = [
        [one.person, one.name, one.role, one.home, one.answer.replace("_", " "), one.phone_words, one.kept_off]
        for one in found.people
    ]
    table(f"All-call {found.call}", ["Id", "Name", "Role", "Home", "Answer", "Phone", "Kept off"], rows)


def plan_relief(
    context: typer.Context,
    call: CallName,
    size: Annotated[int, typer.Option(help="People in a wave.")] = 4,
    waves: Annotated[int, typer.Option(help="How many waves.")] = 3,
    hours: Annotated[float, typer.Option(help="Hours of a block, 12 at most.")] = 12,
    start: Annotated[str, typer.Option(help="When the first begins, such as 2027-01-09T20:00Z; default: now.")] = "",
) -> None:
    """Plan relief waves of those who can come, rested from and for what else they do. Nothing is written."""
    desk = desk_of(context)
    begin = times.moment(start) if start else desk.now
    with desk.open() as store, store.read() as session:
        number, zone = acts.find(session, call), programme_of(session).zone
        found = all_call.plan(session, number, start=begin, size=size, waves=waves, hours=hours, now=desk.now)
    if desk.json:
        print_json(found)
        return
    rows = [[n, _wave_time(wave, zone), _wave_people(wave), wave.sentence] for n, wave in enumerate(found, 1)]
    table(f"Relief for {call}", ["Wave", "From", "Who", ""], rows)


def _wave_time(wave: relief.Wave, zone: str) -> str:
    length = wave.end - wave.start
    return f"{moment_words(wave.start, zone)}, {length / dt.timedelta(hours=1):g} h"


def _wave_people(wave: relief.Wave) -> str:
    return ", ".join(f"{one.name} ({one.role})" if one.role == "lead" else one.name for one in wave.people)
