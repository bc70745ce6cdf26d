"""Looking through a file in the background: how it would be taken, what it asks, and what importing it would do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from crt_scheduler import imports, person_fields
from crt_scheduler.errors import CrtError
from crt_scheduler.imports import Decisions, ImportReport, Place, Preview, Question, UnclearDates, kinds, opening
from crt_scheduler.imports.opening import ANYWHERE
from crt_scheduler.imports.prepare import MADE_IDS
from crt_scheduler.imports.vocabulary import vocabulary
from crt_scheduler.people.people_list import PersonLine, lines
from crt_scheduler.people.person_view import choices
from crt_scheduler.progress import Progress, Stopped, nobody, part_of
from crt_scheduler.sheets import UnclearSheets
from solver.wording import tr


@dataclass(frozen=True)
class Asked:
    """How a file is to be read: kind (or the one hoped for), place, columns, date order, corrected cells, answers."""

    path: Path
    kind: str = ""
    hoped: str = ""
    mapping: Mapping[str, str] | None = None
    date_order: str = ""
    corrections: Mapping[tuple[int, str], str] = field(default_factory=dict)
    place: Place = ANYWHERE
    decided: Decisions = field(default_factory=Decisions)

    def options(self, mapping: Mapping[str, str]) -> dict[str, Any]:
        """Return what the import takes beside the file."""
        return {
            "mapping": {ours: theirs for ours, theirs in mapping.items() if theirs != MADE_IDS},
            "date_order": self.date_order or None,
            "make_ids": mapping.get("id") == MADE_IDS,
            "corrections": self.corrections,
            "place": self.place,
            "decided": self.decided,
        }

    def elsewhere(self, place: Place) -> Asked:
        """Ask for the table at another place: columns, corrections and answers were those of another table."""
        return Asked(self.path, kind=self.kind, place=place)

    def mapped(self, before: Mapping[str, str], mapping: Mapping[str, str]) -> Asked:
        """Ask for other columns: what words of a column mean is asked anew where a field is read from another."""
        words = {
            (ours, text): meaning
            for (ours, text), meaning in self.decided.words.items()
            if mapping.get(ours) and mapping.get(ours) == before.get(ours)
        }
        return replace(self, mapping=dict(mapping), decided=replace(self.decided, words=words))

    def is_the_same_table(self, other: Asked) -> bool:
        """Are only answers and corrections others?"""
        is_one_kind = self.kind == other.kind or not (self.kind and other.kind)  # at first it is only hoped for
        return is_one_kind and (self.path, self.place) == (other.path, other.place)


@dataclass(frozen=True)
class Looked:
    """A file as it would be read: `report` where that can be told, `unclear` where its dates could be two.

    `fault` says why it cannot be told; `choices` are the words there are by field; `lines` and `people` are what is
    laid side by side where it is asked who somebody is: texts of the file by line and field, and people by id.
    """

    asked: Asked
    preview: Preview
    mapping: Mapping[str, str]
    missing: tuple[str, ...]
    areas: tuple[str, ...]
    stamp: tuple[int, int]
    """When the file was written last and how long it was, to tell whether it is still the one looked through."""
    report: ImportReport | None = None
    unclear: UnclearDates | None = None
    fault: str = ""
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    lines: Mapping[int, Mapping[str, str]] = field(default_factory=dict)
    people: Mapping[str, PersonLine] = field(default_factory=dict)

    @property
    def open_words(self) -> tuple[Question, ...]:
        """Return the words without a meaning."""
        return tuple(each for each in self.report.questions if not each.is_person) if self.report else ()

    @property
    def open_people(self) -> tuple[Question, ...]:
        """Return the questions of who somebody is."""
        return tuple(each for each in self.report.questions if each.is_person) if self.report else ()

    @property
    def unused(self) -> tuple[str, ...]:
        """Return the columns of the file that nothing is read from."""
        return self.report.unused_columns if self.report else self.preview.unused


@dataclass(frozen=True)
class WhichSheets:
    """A file of several such tables: one of the sheets, or all of them, must be named first."""

    asked: Asked
    names: tuple[str, ...]


def offers(looked: Looked, column: str) -> list[tuple[str, str]]:
    """Return what a bad cell of a column can be chosen from, as (kept, shown); nothing: any text may be typed."""
    field = next((ours for ours, theirs in looked.mapping.items() if theirs == column), "")
    known: dict[str, tuple[str, ...]] = {"home_area": looked.areas, "area": looked.areas}
    if looked.preview.kind == "people":
        known |= {each.name: each.allowed for each in person_fields.ALL if each.choices}
    return [(word, word) for word in known.get(field, ())]


def look_through(
    store: Any, asked: Asked, progress: Progress = nobody, *, is_stopped: Callable[[], bool] = lambda: False
) -> Looked | WhichSheets:
    """Read the file and try its import without writing; raises CrtError for a file that cannot be read at all.

    `progress` hears how far it is; once `is_stopped` says so it ends, by raising Stopped, wherever it is.
    """
    heed = _heeded(progress, is_stopped, tr("Stopped. {name} was not read.", name=asked.path.name))
    stamp, place = _stamp(asked.path), asked.place
    try:
        kind = asked.kind or imports.kind_of(asked.path, hoped=asked.hoped, place=place, progress=part_of(heed, 0, 0.2))
        found = imports.preview(kind, asked.path, place, part_of(heed, 0.2, 0.4))
    except UnclearSheets as doubt:
        return WhichSheets(asked, doubt.names)
    mapping = dict(asked.mapping) if asked.mapping is not None else {m.field: m.column for m in found.matched}
    held = {ours: theirs for ours, theirs in mapping.items() if theirs}
    missing = opening.missing(kinds.named(kind), held, found.header)
    with store.read() as session:
        areas = choices(session).areas
        words = vocabulary(session).choices
    by_field = {ours: words.get(topic, ()) for ours, topic in kinds.named(kind).topics.items()}
    looked = Looked(asked, found, mapping, missing, areas, stamp, choices=by_field)
    return looked if missing else _tried(store, looked, heed)


def _heeded(progress: Progress, is_stopped: Callable[[], bool], words: str) -> Progress:
    """Return who looks whether the work is stopped as often as it can, and tells each hundredth of it once."""
    told = -1

    def tell(part: float) -> None:
        nonlocal told
        if is_stopped():
            raise Stopped(words)
        if int(100 * part) > told:
            told = int(100 * part)
            progress(part)

    return tell


def _tried(store: Any, looked: Looked, heed: Progress) -> Looked:
    """Return the file with what importing it would do, or with what keeps that from being told."""
    kind, asked = looked.preview.kind, looked.asked
    try:
        options = asked.options(looked.mapping)
        report = imports.run(store, kind, asked.path, dry_run=True, progress=part_of(heed, 0.4, 0.9), **options)
        looked = replace(looked, report=report)
        return _with_sides(store, looked, part_of(heed, 0.9, 1)) if looked.open_people else looked
    except Stopped:
        raise
    except UnclearDates as question:
        return replace(looked, unclear=question)
    except CrtError as fault:
        return replace(looked, fault=str(fault))


def _with_sides(store: Any, looked: Looked, heed: Progress) -> Looked:
    """Return the file with the lines and people that are to be laid side by side."""
    asked, questions = looked.asked, looked.open_people
    wanted = {line for each in questions for line in each.lines}
    texts = imports.lines(
        looked.preview.kind,
        asked.path,
        wanted,
        mapping={ours: theirs for ours, theirs in looked.mapping.items() if theirs},
        corrections=asked.corrections,
        place=asked.place,
        progress=heed,
    )
    codes = {each.key for question in questions for each in question.candidates if not each.is_line}
    with store.read() as session:
        everyone = lines(session, f"{store.now:%Y-%m}", now=store.now) if codes else ()
    return replace(looked, lines=texts, people={each.id: each for each in everyone if each.id in codes})


def _stamp(path: Path) -> tuple[int, int]:
    try:
        found = path.stat()
    except OSError:
        return 0, 0  # reading it says what is wrong
    return found.st_mtime_ns, found.st_size


def take(
    store: Any, looked: Looked, progress: Progress = nobody, *, is_stopped: Callable[[], bool] = lambda: False
) -> ImportReport:
    """Import the file as it was looked through, without what is open; raises CrtError, and writes all or nothing.

    A file that has changed since is refused: more of its rows could be left out than the person agreed to.
    """
    if _stamp(looked.asked.path) != looked.stamp:
        raise CrtError(tr("{file} has changed since it was read. Read the file again.", file=looked.preview.file))
    is_written = False

    def go_on(part: float) -> None:
        nonlocal is_written
        is_written = part >= 1
        heed(part)

    heed = _heeded(
        progress,
        lambda: is_stopped() and not is_written,
        tr("Stopped. Nothing of {file} was written.", file=looked.preview.file),
    )
    kind, options = looked.preview.kind, looked.asked.options(looked.mapping)
    return imports.run(store, kind, looked.asked.path, skip_bad=True, progress=go_on, **options)
