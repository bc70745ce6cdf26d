"""Commands that plan a month: problem, solve, roster, check, why, rules."""

from __future__ import annotations

import sys
from typing import Annotated, Any

import msgspec
import typer

from crt_scheduler import planning, roster, times
from crt_scheduler.board import solve_preview as before_and_after
from crt_scheduler.cli.command_desk import MOST, count_words, desk_of, month_argument, print_json, say, table
from crt_scheduler.cli.long_answers import why_words
from crt_scheduler.cli.programme_commands import reset_rule
from crt_scheduler.errors import CrtError
from crt_scheduler.frozen_rows import AssignmentRow
from crt_scheduler.programmes import customs, programme_of
from solver import explain
from solver.formulate import period_of
from solver.problem import to_json
from solver.result import Progress, Result, Violation
from solver.roster import from_assignments
from solver.wording import say_date, tr

Month = Annotated[str, month_argument()]
SHOWN = 12


def add_to(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    for command in (problem, solve, check, why):
        app.command()(command)
    app.command("roster")(show_roster)
    rules = typer.Typer(
        help="List rules, make them hard, give them a price, or keep one as it was shipped.",
        rich_markup_mode=None,
        no_args_is_help=True,
    )
    rules.command("list")(list_rules)
    rules.command("set")(set_rule)
    rules.command("reset")(reset_rule)
    app.add_typer(rules, name="rules")


def problem(context: typer.Context, month: Month) -> None:
    """Print the frozen Problem of a month as one line of JSON."""
    desk = desk_of(context)
    with desk.open() as store, store.read() as session:
        frozen = planning.problem(session, month, now=desk.now)
    sys.stdout.write(to_json(frozen).decode() + "\n")


def solve(
    context: typer.Context,
    month: Month,
    seconds: Annotated[float | None, typer.Option(help="How long to search; default 30.", min=0.1)] = None,
    work: Annotated[
        int | None, typer.Option(help="Work to spend instead, in solver units: repeatable.", min=1, max=MOST)
    ] = None,
    seed: Annotated[int, typer.Option(help="Same Problem, seed and work: same roster.", min=0, max=MOST)] = 1,
    preview: Annotated[bool, typer.Option(help="Say what would change; write nothing.")] = False,
) -> None:
    """Plan a month and write the draft as one act; Ctrl+C keeps the best so far."""
    from crt_scheduler import child  # what only looks at a month need not wait for what runs a solver

    if seconds is not None and work is not None:
        raise CrtError(tr("Give --seconds or --work, not both."))
    desk = desk_of(context)
    with desk.open() as store:
        with store.read() as session:
            frozen = planning.problem(session, month, now=desk.now)
        planning.refuse_hopeless(frozen)
        say(
            tr("Planning {month}. Ctrl+C stops and keeps the best roster so far.", month=times.month_words(month)),
            json=True,
        )
        result = child.solve(
            frozen,
            seconds=None if work is not None else (seconds or 30.0),
            work=work,
            seed=seed,
            on_progress=_say_progress,
            on_kept=lambda words: say(words, json=True),
        )
        found = before_and_after.preview(frozen, result.roster)
        if not preview:
            store.do(planning.APPLY(frozen, result.roster, now=desk.now))
    rest = planning.begun_until(frozen) is not None
    _say_result(result, found, month=month, preview=preview, is_rest=rest, beside_json=desk.json)
    if desk.json:
        answer = msgspec.to_builtins(result)
        del answer["roster"], answer["kind"]
        answer["changes"] = len(found.differences)
        answer["to_phone"] = [change.person for change in found.to_phone]
        answer["written"] = not preview
        print_json(answer)


def _say_progress(progress: Progress) -> None:
    """Print one line of how far the search has come, within 80 columns."""
    least = "" if progress.bound is None else tr(", none below {bound:,.0f}", bound=progress.bound)
    words = tr(
        "{seconds:6.1f} s  {stage:<9} costs {objective:,.0f} points{least}",
        seconds=progress.seconds,
        stage=progress.stage,
        objective=progress.objective,
        least=least,
    )
    say(tr("{words}; {count} open", words=words, count=count_words(progress.open_seats, "seat")), json=True)


def _say_result(
    result: Result, found: before_and_after.Preview, *, month: str, preview: bool, is_rest: bool, beside_json: bool
) -> None:
    open_seats = len(result.open_seats)
    proven = tr("At most {gap:.2%} of its cost could still be saved.", gap=result.gap or 0.0)
    if result.gap is None:
        proven = tr("How good it is was not established in this time: solve again with more --seconds.")
    expected = {"missed": result.expected_missed_calls, "late": result.expected_late_calls}
    lines = [
        tr(
            "{month}: {filled} of {seats} seats filled, {open_seats} open (trainees not counted). {proven}",
            month=month,
            filled=result.filled,
            seats=result.seats,
            open_seats=open_seats,
            proven=proven,
        ),
        (
            tr(
                "Expected in the rest of the month: {missed:.2f} calls missed, "
                "{late:.1f} answered late by a neighbouring area.",
                **expected,
            )
            if is_rest
            else tr(
                "Expected in the month: {missed:.2f} calls missed, {late:.1f} answered late by a neighbouring area.",
                **expected,
            )
        ),
    ]
    if result.hard_violations:
        lines.append(
            tr(
                "{hard_violations} hard rules are broken by locked places. See: crt-scheduler check {month}",
                hard_violations=result.hard_violations,
                month=month,
            )
        )
    if found.differences:
        lines.append(tr("{count} changed, trainees included.", count=count_words(len(found.differences), "place")))
    if found.to_phone:
        names = ", ".join(change.name for change in found.to_phone)
        lines.append(tr("Phone those who counted on a shift they lose: {names}.", names=names))
    lines.append(
        tr("Nothing was written (--preview).")
        if preview
        else tr("Written as a draft; `crt-scheduler undo` takes it back.")
    )
    say("\n".join(lines), json=beside_json)
    if not beside_json and result.open_seats:
        rows: list[list[Any]] = [
            [
                say_date(s.date),
                s.shift,
                s.area,
                f"{s.role} {s.tier}".rstrip(),
                f"{s.expected_missed_calls:.3f}",
                f"{s.expected_late_calls:.3f}",
                s.reason,
            ]
            for s in result.open_seats[:SHOWN]
        ]
        title = tr(
            "Open seats, dearest first ({min} of {open_seats}); calls missed and late for each",
            min=min(SHOWN, open_seats),
            open_seats=open_seats,
        )
        table(
            title,
            [tr("Date"), tr("Shift"), tr("Area"), tr("Seat"), tr("Missed"), tr("Late"), tr("Why")],
            rows,
            right=(4, 5),
        )


def show_roster(
    context: typer.Context,
    month: Month,
    person: Annotated[str, typer.Option(help="Only this person's shifts, with their assignment numbers.")] = "",
    area: Annotated[str, typer.Option(help="Only this area.")] = "",
) -> None:
    """Show who is on call in a month."""
    desk = desk_of(context)
    with desk.open() as store, store.read() as session:
        if person:
            roster.person(session, person)
        rows = [
            row
            for row in roster.month_rows(session, month)
            if person in ("", row.person) and area.casefold() in ("", row.area.casefold())
        ]
        zone = customs.zone_of(programme_of(session))
    if desk.json:
        print_json(rows)
        return
    if not rows:
        whose = person or area
        say(
            tr("{whose} has no shift in {month}.", whose=whose, month=month)
            if whose
            else tr("Nobody is on call in {month} yet. Plan it with: crt-scheduler solve {month}", month=month)
        )
        return
    if person:
        _say_shifts(rows, month, zone)
        return
    shown: dict[str, list[str]] = {}
    first = {row.shift: row for row in rows}
    for row in rows:
        mark = "*" if row.role == "lead" else ""
        shown.setdefault(row.shift, []).append(f"{row.name}{mark}")
    lines = [
        [times.day_words(r.date), r.template, r.area, times.clock_at(r.start, zone), ", ".join(shown[key])]
        for key, r in first.items()
    ]
    table(
        tr("Roster {month} (* lead)", month=month),
        [tr("Date"), tr("Shift"), tr("Area"), tr("From"), tr("On call")],
        lines,
    )


def _say_shifts(rows: list[AssignmentRow], month: str, zone: times.Zone) -> None:
    """Print one person's shifts with the numbers that swap and move take."""
    minutes = [times.minutes(row.end) - times.minutes(row.start) for row in rows]
    lines = [
        [r.id, times.day_words(r.date), r.template, r.area, f"{r.role} {r.tier}".rstrip(),
         times.clock_at(r.start, zone), times.hours_words(m), r.state]
        for r, m in zip(rows, minutes, strict=True)
    ]  # fmt: skip
    head = [tr("No."), tr("Date"), tr("Shift"), tr("Area"), tr("Seat"), tr("From"), tr("Hours"), tr("State")]
    table(
        tr("{name}, {month}: {hours} h on call", name=rows[0].name, month=month, hours=times.hours_words(sum(minutes))),
        head,
        lines,
        right=(0, 6),
    )


def check(context: typer.Context, month: Month) -> None:
    """Check a month against every rule; exit code 1 if one is broken by what is still to come."""
    desk = desk_of(context)
    with desk.open() as store, store.read() as session:
        rows = roster.month_rows(session, month)
        frozen = planning.problem(session, month, now=desk.now)
        found, history = planning.violations(frozen, rows), planning.history(frozen, rows)
    hard = [violation for violation in found if violation.hard]
    soft = [violation for violation in found if not violation.hard]
    if desk.json:
        parts = {"hard": hard, "soft": soft, "history": history}
        print_json({name: [_plain(v) for v in each] for name, each in parts.items()})
    else:
        if not rows:
            say(tr("Nobody is on call in {month} yet; this is what an empty month costs.", month=month))
        for violation in hard:
            say(violation.sentence)
        for violation in history:
            say(tr("On a shift that has begun, nothing to mend: {sentence}", sentence=violation.sentence))
        costs: dict[str, float] = {}
        for violation in soft:
            costs[violation.rule] = costs.get(violation.rule, 0.0) + violation.points
        table(
            tr("What the roster costs beyond a month with every seat filled"),
            [tr("Rule"), tr("Points")],
            [[r, f"{p:,.1f}"] for r, p in sorted(costs.items())],
            right=(1,),
        )
        say(
            tr("Hard rules are broken in {count}.", count=count_words(len(hard), "place"))
            if hard
            else tr("No hard rule is broken.")
        )
    if hard:
        raise typer.Exit(1)


def _plain(violation: Violation) -> dict[str, Any]:
    answer: dict[str, Any] = msgspec.to_builtins(violation)
    del answer["hard"]
    return answer


def why(
    context: typer.Context,
    shift: Annotated[str, typer.Argument(metavar="SHIFT")],
    role: Annotated[str, typer.Option(help="Only this seat.")] = "",
) -> None:
    """Say who is on a shift, who else could be, what that would cost, and why others cannot."""
    name = roster.shift_name(shift)
    desk = desk_of(context)
    with desk.open() as store, store.read() as session:
        frozen = planning.problem(session, times.month_of(name.date), now=desk.now)
    number = planning.shift_number(frozen, name)
    roles = [seat.role for seat in frozen.seats if seat.shift == number]
    if role and role not in roles:
        raise CrtError(
            tr(
                "{name} has no {role} seat. Its seats are: {names}.",
                name=name,
                role=role,
                names=", ".join(dict.fromkeys(roles)),
            )
        )
    found = explain.candidates(frozen, frozen.current, number, role or None)
    on_shift = [a for a in frozen.current if frozen.seats[a.seat].shift == number]
    if desk.json:
        roster_view = from_assignments(period_of(frozen), frozen.current)
        open_seats = [seat for seat in explain.open_seats(frozen, roster_view) if planning.is_at(seat, name)]
        holders = [{"person": a.person, "role": frozen.seats[a.seat].role, "state": a.state} for a in on_shift]
        print_json({"shift": str(name), "on_shift": holders, "open_seats": open_seats, "candidates": found})
        return
    why_words(frozen, name, on_shift, found)


def list_rules(context: typer.Context) -> None:
    """List every rule: hard, or its price in points (1,000 points are one expected missed call)."""
    desk = desk_of(context)
    with desk.open() as store, store.read() as session:
        settings = planning.rules(session)
    if desk.json:
        print_json(settings)
        return
    rows = [
        [
            name,
            tr("hard") if s.hard else "",
            "" if s.hard else f"{s.points:g}",
            "" if s.hard else f"{s.points / 1000:g}",
        ]
        for name, s in settings.items()
    ]
    table(tr("Rules"), [tr("Rule"), "", tr("Points"), tr("Worth in calls")], rows, right=(2, 3))


def set_rule(
    context: typer.Context,
    rule: Annotated[str, typer.Argument(help="Such as rest; see: rules list.")],
    hard: Annotated[bool, typer.Option("--hard", help="Never to be broken by the solver.")] = False,
    points: Annotated[float | None, typer.Option(help="Its price per unit.")] = None,
) -> None:
    """Make a rule hard, or give it a price."""
    if hard == (points is not None):
        raise CrtError(tr("Give either --hard or --points."))
    told = (
        tr("{rule} is now hard.", rule=rule)
        if hard
        else tr("{rule} is now worth {points:g} points.", rule=rule, points=points)
    )
    desk_of(context).do(planning.SET_RULE(rule, hard=hard, points=points or 0.0), told)
