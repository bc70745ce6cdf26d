"""Commands that ask why: what is wrong before solving, why a month is so open, and why a person has their month."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
import typer
from sqlalchemy.orm import Session

from crt_scheduler import planning, roster, times
from crt_scheduler.asked_solver import asked_solver
from crt_scheduler.cli.command_desk import MOST, Desk, date_of, desk_of, month_argument, print_json, say, table
from crt_scheduler.cover.place import calls_words
from crt_scheduler.cover.why_me import why_me
from crt_scheduler.errors import CrtError
from crt_scheduler.planning import mending
from solver.formulate import period_of
from solver.lint import lint
from solver.problem import Problem
from solver.questions import Help, Helps, Mended, Out, Repairs, Replan, Value, Ways, WhatIf
from solver.role_names import role_words
from solver.roster import from_assignments
from solver.why_open import BOUND, why_open
from solver.wording import tr

SHOWN = 12
LEAST = 0.005
"""Missed calls a month that are told of: what is less would be shown as 0.00."""
OneMonth = Annotated[str, month_argument()]
OneShift = Annotated[str, typer.Argument(metavar="SHIFT", help="Such as 2027-01-09/night/Valley.")]
OneRole = Annotated[str, typer.Option(help="The open seat, such as lead; default: the first one open.")]
OneTier = Annotated[str, typer.Option(help="primary or backup, where a seat has tiers.")]


def add_to(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    app.command("lint")(lint_month)
    app.command("why-open")(why_so_open)
    app.command("whyme")(whyme)
    app.command("whatif")(what_if)
    app.command("repairs")(repairs)
    app.command("replan")(replan)
    app.command("value")(value)


def lint_month(context: typer.Context, month: OneMonth) -> None:
    """Say what can be known before solving: seats nobody can take, hours that do not reach, limits that never bind."""
    desk = desk_of(context)
    with desk.open() as store, store.read() as session:
        found = lint(planning.problem(session, month, now=desk.now))
    if desk.json:
        print_json(msgspec.to_builtins(found))
        return
    for each in found:
        say(each.sentence)
    if not found:
        say(tr("Nothing speaks against solving this month."))


def why_so_open(context: typer.Context, month: OneMonth) -> None:
    """Say why places of a month stay open: which rule binds how many of them, and where."""
    desk = desk_of(context)
    with desk.open() as store, store.read() as session:
        frozen = planning.problem(session, month, now=desk.now)
    found = why_open(from_assignments(period_of(frozen), frozen.current))
    if desk.json:
        print_json({**msgspec.to_builtins(found), "sentence": found.sentence()})
        return
    say(found.sentence())
    rows = [
        [part.places, BOUND.of(part.bound, part.places) if part.bound in BOUND else part.bound,
         f"{part.role.replace('_', ' ')}, {part.area}, {part.template}", part.there]
        for part in found.parts
    ]  # fmt: skip
    if rows:
        table(tr("What binds"), [tr("Places"), tr("Why"), tr("Most of them"), tr("There")], rows, right=(0, 3))


def value(context: typer.Context, month: OneMonth) -> None:
    """Say what would help a month most: one more person of each kind, each put in and solved again."""
    desk = desk_of(context)
    with desk.open() as store, store.read() as session:
        frozen = planning.problem(session, month, now=desk.now)
    if not frozen.current:
        raise CrtError(tr("Nobody is on call in {month} yet. Draft the month first, then ask.", month=month))
    areas, found = [area.name for area in frozen.areas], list[Help]()
    with asked_solver(frozen) as solver:
        for n, area in enumerate(areas, start=1):
            if not desk.json:
                say(tr("Solving again with one more person in {area}: {n} of {all}.", area=area, n=n, all=len(areas)))
            told = solver.ask(Value(area))
            assert isinstance(told, Helps)
            found += told.helps
    helps = sorted(found, key=lambda each: -each.calls)
    if desk.json:
        print_json(msgspec.to_builtins(helps))
        return
    saving = [each for each in helps if each.calls >= LEAST]
    for each in saving[:SHOWN]:
        say(each.sentence)
    if not helps:
        say(tr("Every seat is taken: one more person would save no call."))
    elif not saving:
        say(tr("One more person of any kind would save less than a hundredth of a call a month."))


def whyme(
    context: typer.Context,
    person: Annotated[str, typer.Argument(metavar="PERSON", help="The person's id.")],
    month: OneMonth,
) -> None:
    """Say why a person has the shifts of a month, in words they may read: nobody else is named."""
    desk = desk_of(context)
    with desk.open() as store, store.read() as session:
        found = why_me(planning.problem(session, month, now=desk.now), person)
    if desk.json:
        print_json({**msgspec.to_builtins(found), "sentence": found.paragraph})
    else:
        say(f"{found.name}: {found.paragraph}")


def what_if(context: typer.Context, shift: OneShift, role: OneRole = "", tier: OneTier = "") -> None:
    """Say what filling an open seat within the rules takes: who moves where, and what it costs; nothing is written."""
    desk = desk_of(context)
    *_, ways = _asked(desk, shift, role, tier, WhatIf)
    _say_ways(desk, ways)


def repairs(
    context: typer.Context,
    shift: OneShift,
    role: OneRole = "",
    tier: OneTier = "",
    take: Annotated[int, typer.Option("--do", metavar="NUMBER", help="Do this way, as the list numbers it.")] = 0,
) -> None:
    """List the ways out for an open seat, each solved again and priced, leaving it open among them."""
    desk = desk_of(context)
    frozen, seat, ways = _asked(desk, shift, role, tier, Repairs)
    if not take:
        _say_ways(desk, ways)
        return
    if not 0 < take <= len(ways):
        raise CrtError(tr("There is no way {number}. Choose one of 1 to {last}.", number=take, last=len(ways)))
    desk.do(mending.MEND(frozen, seat, ways[take - 1]["moves"], now=desk.now))


def _asked(
    desk: Desk, shift: str, role: str, tier: str, kind: type[Repairs | WhatIf]
) -> tuple[Problem, int, list[dict[str, Any]]]:
    name = roster.shift_name(shift)
    with desk.open() as store, store.read() as session:
        frozen = planning.problem(session, times.month_of(name.date), now=desk.now)
    seat = mending.open_seat(frozen, shift, role, tier)
    with asked_solver(frozen) as solver:
        found = solver.ask(kind(seat))
    assert isinstance(found, Ways)
    ways = [
        {
            "kind": way.kind,
            "sentence": way.sentence,
            "points": way.points,
            "changes": msgspec.to_builtins(mending.differences(frozen, way.changes)),
            "verified": way.verified,
            "moves": way.changes,
        }
        for way in found.ways
    ]
    return frozen, seat, ways


def _say_ways(desk: Desk, ways: list[dict[str, Any]]) -> None:
    if desk.json:
        print_json([{name: value for name, value in way.items() if name != "moves"} for way in ways])
        return
    if not ways:
        say(tr("No way was found to fill this seat."))
        return
    rows = [
        [n, calls_words(way["points"]), tr("yes") if way["verified"] else tr("no"), way["sentence"]]
        for n, way in enumerate(ways, start=1)
    ]
    table(tr("Ways out"), ["", tr("Missed calls"), tr("Solved again"), ""], rows, right=(0, 1))


def replan(
    context: typer.Context,
    month: OneMonth,
    out: Annotated[list[str], typer.Option(metavar="PERSON[:FROM..TO]", help="Who is out, and when; may be repeated.")],
    at_most: Annotated[int | None, typer.Option(min=0, max=MOST, help="Change at most so many other places.")] = None,
    preview: Annotated[bool, typer.Option(help="Say what would change; write nothing.")] = False,
) -> None:
    """Plan a month again without some people: mend only what they leave, and say whom to phone."""
    desk = desk_of(context)
    with desk.open() as store, store.read() as session:
        gone = [_out(session, words) for words in out]
        frozen = planning.problem(session, month, now=desk.now)
    with asked_solver(frozen) as solver:
        found = solver.ask(Replan(tuple(gone), at_most))
    plan = found.plan if isinstance(found, Mended) else None
    if plan is None:
        raise CrtError(tr("No plan changes so few places. Allow more with --at-most, or leave it out."))
    rows = mending.differences(frozen, plan.changes)
    if not preview and plan.changes:
        with desk.open() as store:
            done = store.do(mending.REPLAN(frozen, [each.person for each in gone], plan.changes, now=desk.now))
        say(tr("Done: {label}.", label=done.label), json=True)
    if desk.json:
        print_json({
            "changes": msgspec.to_builtins(rows), "people_to_phone": plan.people_to_phone,
            "objective": plan.objective, "bound": plan.bound, "written": not preview and bool(plan.changes),
        })  # fmt: skip
        return
    if not rows:
        say(tr("Nobody who is out has a shift of {month}: nothing changes.", month=month))
        return
    names = {who.id: who.name for who in frozen.people}
    lines = [
        [
            names[row.person],
            row.shift,
            role_words(row.role),
            tr("takes") if row.added else tr("gives up"),
            row.state,
        ]
        for row in rows
    ]
    table(tr("Changes"), [tr("Name"), tr("Shift"), tr("Role"), "", tr("State")], lines)
    phone = ", ".join(names[code] for code in plan.people_to_phone) or tr("nobody")
    say(tr("To phone: {people}.", people=phone))
    if preview:
        say(tr("Nothing was written."))


def _out(session: Session, words: str) -> Out:
    code, _, when = words.partition(":")
    first, sign, last = when.partition("..")
    roster.person(session, code)
    if when and not sign:
        raise CrtError(tr("{words} is no stretch of days. Write it as V012:2027-01-05..2027-01-12.", words=words))
    return Out(code, date_of(first) if first else None, date_of(last) if last else None)
