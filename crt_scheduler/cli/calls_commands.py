"""Commands about calls: log one, see whom to phone, note answers and times, sign it off, list them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Annotated, Any

import typer
from sqlalchemy.orm import Session

from crt_scheduler import roster
from crt_scheduler.act import Deed
from crt_scheduler.call_names import moment_words
from crt_scheduler.call_out import call_answers
from crt_scheduler.call_out.whom_to_phone import Place
from crt_scheduler.call_out.whom_to_phone import call_out as ranking
from crt_scheduler.call_words import name_words
from crt_scheduler.calls import call_acts, call_rows, going, typed_times
from crt_scheduler.calls.call_rows import CallRow
from crt_scheduler.calls.call_values import CallDraft
from crt_scheduler.care import hard_calls, stand_down
from crt_scheduler.cli import amend_values
from crt_scheduler.cli.call_list_commands import Number, list_calls, show, show_rates
from crt_scheduler.cli.command_desk import MOST, Desk, desk_of, print_json, say, table
from crt_scheduler.errors import CrtError
from crt_scheduler.programmes import customs, programme_of
from solver.wording import tr

Person = Annotated[str, typer.Argument(metavar="ID", help="The person's id.")]
At = Annotated[str, typer.Option("--at", help="When: 0213, 2:13 or 2027-01-09 02:13; default: now.")]
NONE = "none"
TimeOrNone = Annotated[str, typer.Option("--at", help="When: 0213 or 2027-01-09 02:13; none takes it back.")]
Clock = Annotated[str, typer.Option(help="0213, 2:13 or 2027-01-09 02:13.")]


def add_to(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    call = typer.Typer(
        help="Log a call, say whom to phone for it and why, note answers and times, sign it off.",
        rich_markup_mode=None,
        no_args_is_help=True,
    )
    call.command("log")(log)
    call.command("out")(call_out)
    call.command("answer")(answer)
    for name, field, words in (
        ("go", "departed", "departs"), ("arrive", "arrived", "arrives"), ("clear", "cleared", tr("is clear")),
        ("home", "home", tr("is home")),
    ):  # fmt: skip
        call.command(name, help=tr("Note that somebody {words}.", words=words))(_timed(field))
    call.command("off")(take_off)
    call.command("miles")(drive)
    call.command("amend")(amend)
    call.command("word")(hear)
    call.command("hard")(tick_hard)
    call.command("close")(close)
    call.command("reopen")(reopen)
    call.command("list")(list_calls)
    call.command("show")(show)
    call.command("rates")(show_rates)
    app.add_typer(call, name="call")
    app.command("calls")(list_calls)


def log(
    context: typer.Context,
    area: Annotated[str, typer.Option(help="Such as Valley; a division names its own.")] = "",
    kind: Annotated[str, typer.Option("--type", help="Such as homicide, or its first letters.")] = "",
    number: Annotated[str, typer.Option(help="The incident number; default: the next free one.")] = "",
    case: Annotated[bool, typer.Option("--another-case", help="A further case of a number that is logged.")] = False,
    division: Annotated[str, typer.Option(help="Such as Rampart.")] = "",
    agency: Annotated[str, typer.Option(help="Who asks: LAPD, LAFD, hospital.")] = "",
    unit: Annotated[str, typer.Option(help="The call sign, such as 2A47.")] = "",
    incident: Clock = "",
    notified: Clock = "",
    dispatched: Clock = "",
    on_scene: Clock = "",
    clear: Clock = "",
    scene: Annotated[str, typer.Option(help="home, street, hospital, station or other.")] = "",
    language: Annotated[str, typer.Option(help="What the family speaks.")] = "",
    clergy: Annotated[bool, typer.Option("--clergy", help="The family asked for clergy.")] = False,
    tradition: Annotated[str, typer.Option(help="Which tradition they asked for.")] = "",
    consent: Annotated[bool, typer.Option("--consent", help="They agreed that it is recorded.")] = False,
    adults: Annotated[int | None, typer.Option(help="Adults served.", max=MOST)] = None,
    children: Annotated[int | None, typer.Option(help="Children served.", max=MOST)] = None,
    service: Annotated[list[str] | None, typer.Option(help="A service given; may be repeated.")] = None,
    referral: Annotated[list[str] | None, typer.Option(help="A referral made; may be repeated.")] = None,
    all_call: Annotated[bool, typer.Option("--all-call", help="A large event: everyone is asked.")] = False,
) -> None:
    """Log a call; its incident is made too, so the forecast learns from it."""
    desk = desk_of(context)
    with desk.open() as store:
        with store.read() as session:
            moments = _moments(session, desk, incident, notified, dispatched, on_scene, clear)
            draft = CallDraft(
                area=area, type=type_of(session, kind), number=number, another_case=case, division=division,
                agency=agency, unit=unit, scene=scene, language=language, clergy_wanted=clergy, tradition=tradition,
                consent=consent, adults=adults, children=children, services=tuple(service or ()),
                referrals=tuple(referral or ()), kind="all_call" if all_call else "team", **moments,
            )  # fmt: skip
        logged = call_acts.LOG(draft, now=desk.now).answering(lambda session, call: call_rows.call(session, call))
        made = store.do(logged).answer
        with store.read() as session:
            zone = customs.zone_of(programme_of(session))
    name, path = name_words(made.number, made.case), f"{made.number}/{made.case}" if made.case > 1 else made.number
    when = moment_words(made.notified, zone)
    told = tr("Logged {name}, {type}, {area}, notified {when}.", name=name, type=made.type, area=made.area, when=when)
    say(tr("{told} Whom to phone: crt-scheduler call out {path}", told=told, path=path), json=desk.json)
    if desk.json:
        print_json({"id": made.id, "number": made.number, "case": made.case})


def type_of(session: Session, words: str) -> str:
    """Return the type that words begin, where only one does; else the words as they are."""
    from crt_scheduler.calls.checks import types

    found = [name for name in types(session) if name.startswith(words.casefold())] if words else []
    return words if words in found or len(found) != 1 else found[0]


def _moments(session: Session, desk: Desk, *typed_words: str) -> dict[str, Any]:
    """Return the times as typed, each one after the one before it."""
    zone, before = customs.zone_of(programme_of(session)), None
    found: dict[str, Any] = {}
    for name, words in zip(("at", "notified", "dispatched", "on_scene", "clear"), typed_words, strict=True):
        found[name] = typed_times.moment(words, now=desk.now, zone=zone, after=before) if words else None
        before = found[name] or before
    return found


def call_out(
    context: typer.Context,
    number: Number,
    everyone: Annotated[bool, typer.Option("--all", help="Also those off shift and in other areas.")] = False,
) -> None:
    """Rank whom to phone for a call, each with the reason, and who is left out and why."""
    desk = desk_of(context)
    with desk.open() as store, store.read() as session:
        found = ranking(session, call_acts.find(session, number), now=desk.now, everyone=everyone)
    if desk.json:
        print_json(found)
        return
    for title, places in ((tr("Whom to phone"), found.team), (tr("Clergy"), found.clergy)):
        if places:
            table(
                title,
                ["", tr("Id"), tr("Name"), tr("Phone"), tr("Because"), tr("Answer")],
                [_line(n, p) for n, p in enumerate(places)],
            )
    if not found.team:
        say(tr("Nobody of the team is on shift there or nearby. Ask everyone with --all."))
    for one in found.left_out:
        say(tr("Left out: {reason}", reason=one.reason))


def _line(n: int, place: Place) -> list[str]:
    return [str(n + 1), place.code, place.name, place.phone_words, place.reason, place.answer.replace("_", " ")]


def answer(
    context: typer.Context,
    number: Number,
    code: Person,
    said: Annotated[str, typer.Argument(metavar="accepted|declined|no_answer|wrong_number")],
    reason: Annotated[str, typer.Option(help="Why they declined, from the list.")] = "",
    at: At = "",
) -> None:
    """Note what somebody answered when called out."""
    desk = desk_of(context)
    with desk.open() as store:
        with store.read() as session:
            call = call_acts.find(session, number)
            zone, notified = customs.zone_of(programme_of(session)), call_rows.call(session, call).notified
            moment = typed_times.moment(at, now=desk.now, zone=zone, after=notified)
        done = store.do(call_answers.ANSWER(call, code, said, now=desk.now, at=moment, reason=reason))
    desk.done(tr("Done: {label}.", label=done.label))


def _timed(field: str) -> Any:
    """Return the command that notes one time of a responder."""

    def note(context: typer.Context, number: Number, code: Person, at: TimeOrNone = "") -> None:
        desk = desk_of(context)
        with desk.open() as store:
            with store.read() as session:
                row, who = call_rows.call(session, call_acts.find(session, number)), roster.person(session, code)
                zone, after = customs.zone_of(programme_of(session)), last_before(row, who.code, field)
                moment = None if at == NONE else typed_times.moment(at, now=desk.now, zone=zone, after=after)
            done = store.do(going.SET_TIME(row.id, code, field, moment, now=desk.now))
        desk.done(tr("Done: {label}.", label=done.label))

    return note


def last_before(row: CallRow, code: str, field: str) -> dt.datetime:
    """Return the last time noted of a person before one of theirs: what a bare clock time follows."""
    own = next((went for went in row.responders if went.code == code), None)
    names = ("departed", "arrived", "cleared", "home")
    known = [getattr(own, name) for name in names[: names.index(field)]] if own else []
    return next((moment for moment in reversed(known) if moment is not None), row.notified)


def take_off(context: typer.Context, number: Number, code: Person) -> None:
    """Take somebody off a call again, times and all."""
    desk = desk_of(context)
    do_on_call(desk, number, lambda call: going.REMOVE(call, code, now=desk.now))
    desk.done(tr("{code} is off {number}.", code=code, number=number))


def drive(context: typer.Context, number: Number, code: Person, miles: Annotated[float, typer.Argument(min=0)]) -> None:
    """Note the miles somebody drove."""
    desk = desk_of(context)
    do_on_call(desk, number, lambda call: going.DRIVE(call, code, miles))
    desk.done(tr("{code} drove {miles:g} miles for {number}.", code=code, miles=miles, number=number))


def amend(
    context: typer.Context,
    number: Number,
    field: Annotated[list[str], typer.Option(help="Such as adults=3, scene=home or services=liaison;referral.")],
) -> None:
    """Change what a call's report holds; lists by semicolons, times as 0213, yes or no for a tick."""
    desk = desk_of(context)
    with desk.open() as store:
        with store.read() as session:
            call, zone = call_acts.find(session, number), customs.zone_of(programme_of(session))
            row = call_rows.call(session, call)
            changes = dict(amend_values.read(words, row, now=desk.now, zone=zone) for words in field)
        store.do(call_acts.AMEND(call, now=desk.now, **changes))
    desk.done(tr("Changed {names} of {number}.", names=", ".join(changes), number=number))


def hear(context: typer.Context, number: Number) -> None:
    """Note that somebody on scene was heard from."""
    desk = desk_of(context)
    do_on_call(desk, number, lambda call: call_acts.HEAR(call, now=desk.now))
    desk.done(tr("Done: word from {number}.", number=number))


def tick_hard(
    context: typer.Context,
    number: Number,
    kind: Annotated[str, typer.Argument(metavar="[KIND]", help="Why, from: hard-calls list.")] = "",
    no: Annotated[bool, typer.Option("--no", help="Take the tick back: it was not hard after all.")] = False,
) -> None:
    """Tick a call hard: who went stands down at once and owes a debrief."""
    if bool(kind) == no:
        raise CrtError(tr("Say why the call was hard, such as “Child death”, or --no to take the tick back."))
    desk = desk_of(context)
    with desk.open() as store:
        with store.read() as session:
            call = call_acts.find(session, number)
        store.do(hard_calls.TICK(call, kind, now=desk.now))
        with store.read() as session:
            resting = [row.sentence for row in stand_down.rows(session, now=desk.now) if row.call_id == call]
    words = (
        tr("{number} is ticked as hard.", number=number)
        if kind
        else tr("{number} is not ticked as hard.", number=number)
    )
    desk.done(" ".join([words, *resting]))


def close(context: typer.Context, number: Number) -> None:
    """Sign a call off."""
    desk = desk_of(context)
    do_on_call(desk, number, lambda call: call_acts.CLOSE(call, by=desk.who, now=desk.now))
    desk.done(tr("{number} is signed off.", number=number))


def reopen(context: typer.Context, number: Number) -> None:
    """Take a sign-off back."""
    desk = desk_of(context)
    do_on_call(desk, number, call_acts.REOPEN)
    desk.done(tr("{number} is open again.", number=number))


def do_on_call(desk: Desk, number: str, deed: Callable[[int], Deed[None]]) -> None:
    """Do an act on the call that people name so."""
    with desk.open() as store:
        with store.read() as session:
            call = call_acts.find(session, number)
        store.do(deed(call))
