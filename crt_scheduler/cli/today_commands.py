"""The command that looks first: today, who is on call, what is open and what needs care."""

from __future__ import annotations

import datetime as dt

import typer

from crt_scheduler import times
from crt_scheduler import today as first_page
from crt_scheduler.cli.command_desk import count_words, desk_of, print_json, say, table
from crt_scheduler.publish.wanted_calendars import ROLES
from crt_scheduler.today import Post, Watch
from crt_scheduler.today.today_values import OpenCall
from solver.role_names import TIERS, role_words
from solver.wording import tr


def add_to(app: typer.Typer) -> None:
    """Add this command to the command line."""
    app.command("today")(show_today)


def show_today(context: typer.Context) -> None:
    """Say who is on call now and next, the open seats of seven days and what needs care."""
    desk = desk_of(context)
    with desk.open() as store, store.read() as session:
        found = first_page.today(session, now=desk.now)
    if desk.json:
        print_json(found)
        return
    moment = times.local(found.at, found.zone)
    say(f"{times.day_words(moment.date())}, {times.clock_at(found.at, found.zone)}")
    if found.posts:
        table(
            tr("On call"), [tr("Post"), tr("Now"), tr("Next")], [_post_cells(post, found.zone) for post in found.posts]
        )
    if found.calls:
        table(
            tr("Calls that run"),
            [tr("Call"), tr("Area"), tr("Type"), tr("State")],
            [_call_cells(call, found.at) for call in found.calls],
        )
    if found.week.lines:
        say(tr("{count} open in the next seven days.", count=count_words(found.week.missing, "seat")))
    for item in found.care:
        say(f"- {item.sentence}. {item.detail}.")
    if found.card is not None:
        say(f"{times.month_words(found.card.month)}: {found.card.sentence} {found.card.detail}")
    if found.next_step is not None:
        say(tr("Next step: {sentence}", sentence=found.next_step.sentence))


def _call_cells(call: OpenCall, now: dt.datetime) -> list[str]:
    silent = (
        tr("; not heard from for {total_seconds} min", total_seconds=int((now - call.heard).total_seconds()) // 60)
        if call.heard
        else ""
    )
    return [call.number, call.area, call.type, f"{call.words}{silent if call.is_silent(now) else ''}"]


def _post_cells(post: Post, zone: times.Zone) -> list[str]:
    name = tr("Clergy") if post.kind == "clergy" else post.area
    return [name, _watch_words(post.now, zone), _watch_words(post.next, zone)]


def _watch_words(watch: Watch | None, zone: times.Zone) -> str:
    """Return who is on call, lead first, each with a phone, one line per person."""
    if watch is None:
        return "-"
    lines = [f"{watch.words} {times.clock_at(watch.start, zone)}-{times.clock_at(watch.end, zone)}"]
    lines += [f"{p.name}, {p.role.replace('_', ' ')} {p.phone_words or tr('(no phone)')}" for p in watch.people]
    gaps = sorted(watch.open, key=lambda place: ROLES.index(place.role) if place.role in ROLES else len(ROLES))
    lines += [
        tr(
            "open: {count} {role} {tier}",
            count=place.count,
            role=role_words(place.role),
            tier=TIERS.get(place.tier, place.tier),
        ).rstrip()
        for place in gaps
    ]
    return "\n".join(lines)
