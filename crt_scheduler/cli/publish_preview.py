"""What a publication would send, in words: publish --preview; nothing is written."""

from __future__ import annotations

from crt_scheduler import times
from crt_scheduler.cli.command_desk import Desk, count_words, print_json, say, table
from crt_scheduler.publish.publication_preview import PersonNews, Preview, preview
from solver.wording import Sayings, tr

SHOWN = 20
WHY = Sayings(
    {
        "cancelled": "a shift is cancelled",
        "changed": "a shift has changed",
        "soon": "a new shift is near",
        "no mail": "no e-mail address",
    }
)
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
        table(tr("Who would be sent what"), [tr("Id"), tr("Name"), tr("Shifts"), tr("Phone them")], rows)
        if more:
            say(tr("and {more:,} more; all of them with --json", more=more))
    for rule in found.broken:
        say(
            tr(
                "Broken: {title} ({count}). {sentences}",
                title=rule.title,
                count=len(rule.sentences),
                sentences=rule.sentences[0],
            )
        )


def summary(found: Preview) -> str:
    """Return a preview in a few words."""
    words = times.month_words(found.month)
    if not found.places and found.published is None:
        return tr(
            "Nobody is on the roster of {words} yet. Fill it first with: crt-scheduler solve {month}",
            words=words,
            month=found.month,
        )
    if not found.has_news:
        return tr(
            "Nothing of {words} has changed since version {version} was published.",
            words=words,
            version=found.version - 1,
        )
    new = count_words(found.new, tr("new shift"))
    return tr(
        "Version {version} of {words} would send {new}, {changed} changed, {cancelled} cancelled to "
        "{count} people; {count2} must be phoned.",
        version=found.version,
        words=words,
        new=new,
        changed=found.changed,
        cancelled=found.cancelled,
        count=len(found.people),
        count2=len(found.to_phone),
    )


def _counts(person: PersonNews) -> str:
    parts = ((person.count(kind), kind) for kind in ("new", "changed", "cancelled"))
    return ", ".join(f"{count} {kind}" for count, kind in parts if count)


def _phone(person: PersonNews) -> str:
    return f"{person.phone_words or tr('no phone')}: {WHY[person.phone_for]}" if person.must_phone else ""
