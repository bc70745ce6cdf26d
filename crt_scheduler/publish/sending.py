"""Publishing as the coordinator asks for it: only once every broken hard rule is acknowledged by name."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from crt_scheduler import journal
from crt_scheduler.errors import NotAllowed
from crt_scheduler.publish import publishing
from crt_scheduler.publish.publication_preview import BrokenRule, broken_rules
from crt_scheduler.roster import month_rows
from crt_scheduler.store import Store
from solver.wording import tr


def unacknowledged(store: Store, month: str, acknowledged: Iterable[str]) -> tuple[BrokenRule, ...]:
    """Return the hard rules that the month breaks and that nobody has acknowledged."""
    with store.read() as session:
        broken = broken_rules(session, month, now=store.now) if month_rows(session, month) else ()
    return tuple(rule for rule in broken if rule.rule not in set(acknowledged))


def send(
    store: Store,
    month: str,
    out: Path,
    *,
    acknowledged: Iterable[str] = (),
    revision: int | None = None,
    eml: bool = False,
    duty_sheet: bool = False,
    force: bool = False,
) -> publishing.Published:
    """Publish a month into a folder; what was acknowledged stands in the act's label.

    Raises NotAllowed for a broken rule that is not acknowledged and, where a `revision` is given, if the records have
    changed since; CrtError as `publishing.publish` does.
    """
    if revision is not None:
        with store.read() as session:
            if journal.revision(session) != revision:
                raise NotAllowed(
                    tr("The records changed since this was shown. Look at the changes again, then publish.")
                )
    names = tuple(acknowledged)
    left = unacknowledged(store, month, names)
    if left:
        titles = ", ".join(rule.title for rule in left)
        raise NotAllowed(
            tr("Hard rules are broken: {titles}. Repair them or acknowledge each by name, then publish.", titles=titles)
        )
    return publishing.publish(store, month, out, eml=eml, duty_sheet=duty_sheet, acknowledged=names, force=force)
