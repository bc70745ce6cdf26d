"""What a publication promised and a program that was stopped did not put in place: moved there, or said."""

from __future__ import annotations

from pathlib import Path

from crt_scheduler import disk, remedies, writing
from crt_scheduler.errors import CrtError
from crt_scheduler.publish import folder, placing
from crt_scheduler.publish.placing import Place
from crt_scheduler.store import Store
from crt_scheduler.times import month_words
from solver.wording import tr


def finish_placing(store: Store) -> tuple[str, ...]:
    """Move the files of publications into place whose program was stopped; return a sentence for each that stays so.

    What was staged and not promised is taken away; a folder that another program fills now is left to it.
    """
    writing.sweep()
    with store.read() as session:
        places = placing.unfinished(session)
    return tuple(words for each in places if (words := _finished(store, each)))


def _finished(store: Store, place: Place) -> str:
    """Finish one folder, and return why it cannot be (no words: it is)."""
    try:
        if not place.folder.is_dir():
            return _dropped(store, place)
        with folder.held(place.folder):
            _finish(store, place)
    except folder.Busy:
        return ""
    except CrtError as fault:
        return str(fault)
    return ""


def _dropped(store: Store, place: Place) -> str:
    if place.state == placing.STAGING:
        placing.drop(store, place.month, place.folder)
        return ""
    return tr("{half}: the folder is not there. {again}", half=_half(place), again=_again(place))


def _finish(store: Store, place: Place) -> None:
    with store.read() as session:  # who held the folder may have finished it just now
        left = [
            each for each in placing.unfinished(session) if (each.month, each.folder) == (place.month, place.folder)
        ]
    for each in left:
        if each.state == placing.STAGING:
            give_up(store, each.month, each.folder)
            continue
        is_staged = folder.is_staged(each.folder, each.staged)
        place_all(store, each if is_staged else _staged_again(store, each))


def give_up(store: Store, month: str, out: Path) -> None:
    """Clear a folder that nothing was promised for; what cannot be cleared now is found again later."""
    if folder.abandon(out):
        placing.drop(store, month, out)


def _staged_again(store: Store, place: Place) -> Place:
    """Make the files anew from the records, where they are gone from the staging place."""
    from crt_scheduler.publish import (  # calendars: every opening of the records looks here
        parcels,
        publication_promise,
        rolling,
    )

    with store.read() as session:
        if publication_promise.has_news(session, place.month):
            raise CrtError(
                tr("{half}, and the roster has changed since. {again}", half=_half(place), again=_again(place))
            )
        calendars = rolling.personal_files(session, place.at)
        return parcels.stage(parcels.make(session, place, calendars), place)


def place_all(store: Store, place: Place) -> None:
    """Move what is staged into place and note it; what was promised stays promised whatever happens here."""
    try:
        folder.place(place.folder, place.staged, gone=place.gone, known=place.known, force=place.asked.force)
    except CrtError as fault:
        raise CrtError(f"{_half(place)}. {fault} {_again(place)}") from fault
    try:
        placing.done(store, place)
    except CrtError as fault:
        raise CrtError(
            tr(
                "{out} and all its files stand in {shown}, but the records could not note that "
                "yet ({cause}). Put that right and open the records again: it is noted then.",
                out=_out(place),
                shown=disk.shown(place.folder),
                cause=_cause(fault),
            )
        ) from fault


def _out(place: Place) -> str:
    return tr("Version {version} of {month} is published", version=place.version, month=month_words(place.month))


def _cause(fault: CrtError) -> str:
    """Return what happened without what it means elsewhere: that nothing was written is not so here."""
    return str(fault).partition(".")[0]


def _half(place: Place) -> str:
    return tr("{out}, but not all its files stand in {shown}", out=_out(place), shown=disk.shown(place.folder))


def _again(place: Place) -> str:
    return remedies.PUBLISH_AGAIN.of(month=place.month).words()
