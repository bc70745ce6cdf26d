"""Commands that look first: today, what a publication would send, and a sample city to try them on."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

from crt_scheduler import sample, times
from crt_scheduler import today as first_page
from crt_scheduler.cli.desk import MOST, Desk, count_words, desk_of, print_json, say, table
from crt_scheduler.publish.preview import PersonNews, Preview, preview
from crt_scheduler.publish.wanted import ROLES
from crt_scheduler.today import Post, Watch
from crt_scheduler.today.values import OpenCall

SHOWN = 20
WHY = {
    "cancelled": "a shift is cancelled",
    "changed": "a shift has changed",
    "soon": "a new shift is near",
    "no mail": "no e-mail address",
}
"""Why somebody must be phoned, in words."""


def add_to(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    app.command("today")(show_today)
    app.command("sample-city")(make_sample_city)


def make_sample_city(
    context: typer.Context,
    seed: Annotated[int, typer.Option(help="Same seed, same city.", min=0, max=MOST)] = 1,
    month: Annotated[str, typer.Option(help="The month to plan; default: next month.", metavar="YYYY-MM")] = "",
) -> None:
    """Make the database with the whole sample city in it, ready to open; it must not be there yet."""
    desk = desk_of(context)
    chosen = month or times.next_month(desk.now.date())

    def tell(number: int, step: str) -> None:
        if desk.json:
            print_json({"step": step, "number": number, "steps": len(sample.STEPS)})
        else:
            say(f"{number + 1} of {len(sample.STEPS)}: {step.replace('_', ' ')}", json=True)

    path = sample.make_database(Path(desk.database), seed=seed, month=chosen, now=desk.now, who=desk.who, on_step=tell)
    desk.done(f"Made {path}, the sample city, to plan {times.month_words(chosen)} with.")


def show_today(context: typer.Context) -> None:
    """Say who is on call now and next, the open seats of seven days and what needs care."""
    desk = desk_of(context)
    with desk.open() as store, store.read() as session:
        found = first_page.today(session, now=desk.now)
    if desk.json:
        print_json(found)
        return
    moment = times.local(found.at, found.zone)
    say(f"{times.day_words(moment.date())}, {moment:%H:%M}")
    if found.posts:
        table("On call", ["Post", "Now", "Next"], [_post_cells(post, found.zone) for post in found.posts])
    if found.calls:
        table(
            "Calls that run", ["Call", "Area", "Type", "State"], [_call_cells(call, found.at) for call in found.calls]
        )
    if found.week.lines:
        say(f"{count_words(found.week.missing, 'seat')} open in the next seven days.")
    for item in found.care:
        say(f"- {item.sentence}. {item.detail}.")
    if found.card is not None:
        say(f"{times.month_words(found.card.month)}: {found.card.sentence} {found.card.detail}")
    if found.next_step is not None:
        say(f"Next step: {found.next_step.sentence}")


def _call_cells(call: OpenCall, now: dt.datetime) -> list[str]:
    silent = f"; not heard from for {int((now - call.heard).total_seconds()) // 60} min" if call.heard else ""
    return [call.number, call.area, call.type, f"{call.words}{silent if call.is_silent(now) else ''}"]


def _post_cells(post: Post, zone: str) -> list[str]:
    name = "Clergy" if post.kind == "clergy" else post.area
    return [name, _watch_words(post.now, zone), _watch_words(post.next, zone)]


def _watch_words(watch: Watch | None, zone: str) -> str:
    """Return who is on call, lead first, each with a phone, one line per person."""
    if watch is None:
        return "-"
    start, end = times.local(watch.start, zone), times.local(watch.end, zone)
    lines = [f"{watch.words} {start:%H:%M}-{end:%H:%M}"]
    lines += [f"{p.name}, {p.role.replace('_', ' ')} {p.phone_words or '(no phone)'}" for p in watch.people]
    gaps = sorted(watch.open, key=lambda place: ROLES.index(place.role) if place.role in ROLES else len(ROLES))
    lines += [f"open: {place.count} {place.role.replace('_', ' ')} {place.tier}".rstrip() for place in gaps]
    return "\n".join(lines)


def show_preview(desk: Desk, month: str) -> None:
    """Say what publishing a month would send; nothing is written."""
    with desk.open() as store, store.read() as session:
        found = preview(session, month, now=desk.now)
    if desk.json:
        print_json(found)
        return
    say(summary(found))
    shown = found.people[:SHOWN]
    if shown:
        rows = [[person.person, person.name, _counts(person), _phone(person)] for person in shown]
        more = len(found.people) - len(shown)
        table("Who would be sent what", ["Id", "Name", "Shifts", "Phone them"], rows)
        if more:
            say(f"and {more:,} more; all of them with --json")
    for rule in found.broken:
        say(f"Broken: {rule.title} ({len(rule.sentences)}). {rule.sentences[0]}")


def summary(found: Preview) -> str:
    """Return a preview in a few words."""
    words = times.month_words(found.month)
    if not found.places and found.published is None:
        return f"Nobody is on the roster of {words} yet. Fill it first with: crt-scheduler solve {found.month}"
    if not found.has_news:
        return f"Nothing of {words} has changed since version {found.version - 1} was published."
    new = count_words(found.new, "new shift")
    return (
        f"Version {found.version} of {words} would send {new}, {found.changed} changed, {found.cancelled} cancelled to "
        f"{len(found.people)} people; {len(found.to_phone)} must be phoned."
    )


def _counts(person: PersonNews) -> str:
    parts = ((person.count(kind), kind) for kind in ("new", "changed", "cancelled"))
    return ", ".join(f"{count} {kind}" for count, kind in parts if count)


def _phone(person: PersonNews) -> str:
    return f"{person.phone_words or 'no phone'}: {WHY[person.phone_for]}" if person.must_phone else ""
