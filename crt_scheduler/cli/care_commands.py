"""Commands of care: hard calls, stand-downs, debriefs, exposure and whom to phone."""

from __future__ import annotations

from typing import Annotated

import typer

from crt_scheduler.call_names import moment_words
from crt_scheduler.care import debriefs, exposure, hard_calls, please_phone, stand_down
from crt_scheduler.cli.calls_commands import do_on_call
from crt_scheduler.cli.command_desk import MOST, count_words, desk_of, print_json, table
from crt_scheduler.programmes import customs, programme_of
from solver.wording import tr

CallName = Annotated[str, typer.Argument(metavar="CALL", help="The call's number, such as 27-0031.")]
Person = Annotated[str, typer.Argument(metavar="ID", help="The person's id.")]
Past = Annotated[bool, typer.Option("--all", help="Those that are over too.")]


def add_to(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    for name, words, commands in (
        ("debrief", tr("List debriefs, or note one as held."), (("list", list_debriefs), ("done", debrief_done))),
        (
            "stand-down",
            tr("List stand-downs, add somebody to one, set its hours or lift it."),
            (("list", list_stand_downs), ("add", add_stand_down), ("set", set_stand_down), ("lift", lift_stand_down)),
        ),
        (
            "hard-calls",
            tr("List, add or remove kinds of hard calls."),
            (("list", list_kinds), ("add", add_kind), ("remove", remove_kind)),
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
        found, zone = debriefs.rows(session, now=desk.now, past=past), customs.zone_of(programme_of(session))
    if desk.json:
        print_json(found)
        return
    rows = [[row.id, row.name, row.call, moment_words(row.due, zone), _debrief_state(row)] for row in found]
    table(_headed(len(found), "debrief"), [tr("No."), tr("Name"), tr("Call"), tr("Due"), ""], rows)


def _debrief_state(row: debriefs.DebriefRow) -> str:
    if row.done is not None:
        return tr("done ({done_by})", done_by=row.done_by)
    return tr("overdue") if row.is_overdue else ""


def _headed(count: int, noun: str) -> str:
    return f"{count_words(count, noun)}:" if count else f"No {noun}s."


def debrief_done(
    context: typer.Context,
    debrief: Annotated[str, typer.Argument(metavar="NUMBER|ID", help="A debrief's number, or a person's id.")],
) -> None:
    """Note a debrief as held, or every one that a person owes."""
    desk = desk_of(context)
    told = tr("The debrief is noted as held.")
    if debrief.isdecimal():
        desk.do(debriefs.DONE(int(debrief), desk.who, desk.now), told)
    else:
        desk.do(debriefs.DONE_BY_PERSON(debrief, desk.who, desk.now), told)


def list_stand_downs(context: typer.Context, past: Past = False) -> None:
    """List who stands down, until when, and the shifts they still hold."""
    desk = desk_of(context)
    with desk.open() as store, store.read() as session:
        found, zone = stand_down.rows(session, now=desk.now, past=past), customs.zone_of(programme_of(session))
    if desk.json:
        print_json(found)
        return
    rows = [
        [row.id, row.name, row.call, row.hard, moment_words(row.end, zone), row.lifted_by, ", ".join(row.shifts)]
        for row in found
    ]
    table(
        _headed(len(found), "stand-down"),
        [tr("No."), tr("Name"), tr("Call"), tr("Why"), tr("Until"), tr("Lifted by"), tr("Holds")],
        rows,
    )


def add_stand_down(
    context: typer.Context,
    call: CallName,
    code: Person,
    hours: Annotated[
        int | None, typer.Option(help="Hours after the shift; default: the programme's.", max=MOST)
    ] = None,
) -> None:
    """Let somebody who did not go to a hard call stand down too."""
    desk = desk_of(context)
    do_on_call(desk, call, lambda number: stand_down.ADD(number, code, now=desk.now, hours=hours))
    desk.done(tr("{code} stands down.", code=code))


def set_stand_down(
    context: typer.Context,
    number: Annotated[int, typer.Argument(metavar="NUMBER", help="The stand-down's number, from the list.", max=MOST)],
    hours: Annotated[int, typer.Option(help="Hours after the shift.", max=MOST)],
) -> None:
    """Let a stand-down last longer or shorter."""
    told = tr("The stand-down lasts {hours} hours after the shift.", hours=hours)
    desk_of(context).do(stand_down.CHANGE(number, hours), told)


def lift_stand_down(
    context: typer.Context,
    number: Annotated[int, typer.Argument(metavar="NUMBER", help="The stand-down's number, from the list.", max=MOST)],
) -> None:
    """Let a person back on call before their stand-down ends."""
    desk = desk_of(context)
    desk.do(stand_down.LIFT(number, desk.who, desk.now), tr("The stand-down is lifted."))


def list_kinds(context: typer.Context) -> None:
    """List the kinds of hard calls."""
    desk = desk_of(context)
    with desk.open() as store, store.read() as session:
        found = hard_calls.kinds(session)
    if desk.json:
        print_json(found)
        return
    table(tr("Kinds of hard calls"), [tr("Name")], [[name] for name in found])


def add_kind(context: typer.Context, name: Annotated[str, typer.Argument(metavar="NAME")]) -> None:
    """Add a kind of hard call."""
    desk_of(context).do(hard_calls.ADD_KIND(name), tr("Added {name}.", name=name))


def remove_kind(context: typer.Context, name: Annotated[str, typer.Argument(metavar="NAME")]) -> None:
    """Remove a kind of hard call that no call bears."""
    desk_of(context).do(hard_calls.REMOVE_KIND(name), tr("Removed {name}.", name=name))


def show_please_phone(context: typer.Context) -> None:
    """List whom to phone and why: for care, never a score. It is shown here only and no export holds it."""
    desk = desk_of(context)
    with desk.open() as store, store.read() as session:
        found = please_phone.please_phone(session, now=desk.now)
    if desk.json:
        print_json(found)
        return
    rows = [[one.name, one.phone_words or tr("no phone"), sentence] for one in found for _, sentence in one.reasons]
    table(
        tr("Please phone (private)") if rows else tr("Nobody needs a call."), [tr("Name"), tr("Phone"), tr("Why")], rows
    )


def show_exposure(context: typer.Context) -> None:
    """List how many responses and hard calls each person went to in 30 and 90 days."""
    desk = desk_of(context)
    with desk.open() as store, store.read() as session:
        found = exposure.exposure(session, now=desk.now)
    if desk.json:
        print_json(found)
        return
    rows = [[one.name, one.responses_30, one.responses_90, one.hard_30, one.hard_90, one.sentence] for one in found]
    heads = [tr("Name"), tr("Calls 30 days"), "90 days", tr("Hard 30 days"), "90 days", ""]
    table(tr("Exposure (private)"), heads, rows, right=(1, 2, 3, 4))
