"""Commands that find cover: why somebody holds a shift, who else could, what to write, and what a person could take."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
import typer

from crt_scheduler import planning, roster, times
from crt_scheduler.board import board as board_of
from crt_scheduler.board.mend import to_mend
from crt_scheduler.cli.command_desk import (
    MOST,
    count_words,
    date_of,
    desk_of,
    json_form,
    month_argument,
    print_json,
    say,
    table,
)
from crt_scheduler.cover import cell, cover_text
from crt_scheduler.cover.others import Others
from crt_scheduler.cover.place import ShiftFacts, calls_words, held_by
from crt_scheduler.cover.why_held import Why
from crt_scheduler.errors import CrtError
from crt_scheduler.programmes import customs, programme_of
from solver.wording import tr

SHOWN = 12


def add_to(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    app.command()(cover)
    app.command()(could)
    app.command()(mend)


def cover(
    context: typer.Context,
    shift: Annotated[str, typer.Argument(metavar="SHIFT", help="Such as 2027-01-09/night/Valley.")],
    person: Annotated[str, typer.Argument(metavar="[PERSON]", help="The holder's id; none: an open seat.")] = "",
    role: Annotated[str, typer.Option(help="The open seat, such as lead.")] = "",
    tier: Annotated[str, typer.Option(help="primary or backup, where a seat has tiers.")] = "",
) -> None:
    """Say why somebody holds a shift, who else could and at what price, who could trade, and what to write."""
    if bool(person) == bool(role):
        raise CrtError(tr("Name the person who holds the shift, or an open seat with --role."))
    name, desk = roster.shift_name(shift), desk_of(context)
    with desk.open() as store, store.read() as session:
        frozen = planning.problem(session, times.month_of(name.date), now=desk.now)
        if person:
            held = cell.held(session, frozen, str(name), person, now=desk.now)
            trades = cover_text.trade_rows(session, held_by(frozen, name, person), now=desk.now)
            answer: dict[str, Any] = {"held": held, "trades": trades}
            head, others = held.shift, held.others
        else:
            found = cell.open_seat(frozen, str(name), role, tier, zone=customs.zone_of(programme_of(session)))
            answer, trades = {"open": found}, ()
            head, others = found.shift, found.others
        request = cover_text.cover(session, head, others, now=desk.now)
    if desk.json:
        print_json({**msgspec.to_builtins(answer, enc_hook=json_form), "cover": request})
        return
    if person:
        _say_held(held)
    else:
        count = count_words(found.count, "seat") if found.count else tr("No such seat")
        say(tr("{head}. {count} open. {reason}", head=_head(head), count=count, reason=found.reason).strip())
    _say_others(others)
    if trades:
        rows = [[row.person, row.name, cover_text.short(row.gives), calls_words(row.points)] for row in trades]
        table(
            tr("Who could trade a duty for it"),
            [tr("Id"), tr("Name"), tr("Gives back"), tr("Missed calls")],
            rows,
            right=(3,),
        )
    _say_request(request)


def _head(shift: ShiftFacts) -> str:
    return f"{times.day_words(shift.date)} {shift.template}, {shift.area}, {shift.seat}, {shift.clock}, {shift.hours}"


def _say_held(held: cell.Held) -> None:
    state = (
        f"{held.state}{f' {held.told.day} {held.told:%b}' if held.told else ''}{tr(', locked') if held.locked else ''}"
    )
    say(tr("{head}. Held by {name} ({state}).", head=_head(held.shift), name=held.name, state=state))
    _say_why(held.why)


def _say_why(why: Why) -> None:
    for reason in why.speaks_for:
        say(f"  + {reason.words}")
    for reason in why.against:
        say(f"  - {reason.words}{'' if reason.hard else f' ({reason.calls} missed calls)'}")


def _say_others(others: Others) -> None:
    rows = [[one.person, one.name, one.home, one.words, calls_words(one.points)] for one in others.free[:SHOWN]]
    if rows:
        title = tr(
            "Who else could: {count} of {asked}; change in expected missed calls",
            count=len(others.free),
            asked=others.asked,
        )
        table(title, [tr("Id"), tr("Name"), tr("Home"), "", tr("Missed calls")], rows, right=(4,))
    else:
        say(tr("Nobody else could take it."))
    if others.cannot:
        say(
            tr(
                "{count} cannot. {cannot}",
                count=count_words(others.cannot, "person").replace("persons", "people"),
                cannot=others.cannot_words,
            )
        )


def _say_request(request: cover_text.Cover) -> None:
    say(tr("\nTo send:\n{text}", text=request.text))
    if request.ask:
        rows = [[one.name, one.phone, one.email, one.words] for one in request.ask]
        table(tr("\nWhom to ask, best first (for you alone)"), [tr("Name"), tr("Phone"), tr("Email"), ""], rows)


def could(
    context: typer.Context,
    person: Annotated[str, typer.Argument(metavar="PERSON", help="The person's id.")],
    date: Annotated[str, typer.Argument(metavar="DATE", help="Such as 2027-01-09.")],
) -> None:
    """Say which open seats a person could take on a day, and what each would change."""
    day, desk = date_of(date), desk_of(context)
    with desk.open() as store, store.read() as session:
        frozen = planning.problem(session, times.month_of(day), now=desk.now)
        slots = [n for n, slot in enumerate(frozen.slots) if slot.date == day]
        if not slots:
            raise CrtError(
                tr("{name} has no shift on {date}. Choose another day.", name=programme_of(session).name, date=date)
            )
        found = cell.free_day(session, frozen, person, slots[0])
    if desk.json:
        print_json(found)
        return
    rows = [[str(o.shift.key), o.shift.seat, o.shift.clock, calls_words(o.points)] for o in found.options]
    if rows:
        title = tr(
            "{name} could take on {day}; change in expected missed calls", name=found.name, day=times.day_words(day)
        )
        table(title, [tr("Shift"), tr("Seat"), tr("Hours"), tr("Missed calls")], rows, right=(3,))
    else:
        say(tr("{name} could take nothing on {day}.", name=found.name, day=times.day_words(day)))
    for sentence in found.refusals:
        say(sentence)


def mend(
    context: typer.Context,
    month: Annotated[str, month_argument()],
    most: Annotated[int, typer.Option(help="How many to list.", min=1, max=MOST)] = 20,
) -> None:
    """List what to mend in a month: broken rules by date, then open seats, dearest first."""
    desk = desk_of(context)
    with desk.open() as store, store.read() as session:
        found = to_mend(board_of(session, month, now=desk.now))
    if desk.json:
        print_json(found)
        return
    for number, one in enumerate(found[:most], start=1):
        say(tr("{number} of {count}  {words}", number=number, count=len(found), words=one.words))
    if not found:
        say(tr("Nothing to mend in {month}: no rule is broken, no seat is open.", month=times.month_words(month)))
