"""What a publication would send, in words: publish --preview; nothing is written."""

from __future__ import annotations

from crt_scheduler import times
from crt_scheduler.cli.desk import Desk, count_words, print_json, say, table
from crt_scheduler.publish.preview import PersonNews, Preview, preview

SHOWN = 20
WHY = {
    "cancelled": "a shift is cancelled",
    "changed": "a shift has changed",
    "soon": "a new shift is near",
    "no mail": "no e-mail address",
}
"""Why somebody must be phoned, in words."""


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
