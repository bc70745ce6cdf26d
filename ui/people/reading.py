"""Looking through a file in the background: how its columns would be taken, and what importing it would do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from crt_scheduler import imports
from crt_scheduler.errors import CrtError
from crt_scheduler.imports import ImportReport, Preview, UnclearDates
from crt_scheduler.imports.people_fields import KINDS, ROLES, STATUSES
from crt_scheduler.imports.prepare import MADE_IDS
from crt_scheduler.people.page import choices
from crt_scheduler.progress import Progress, nobody


@dataclass(frozen=True)
class Asked:
    """How a file is to be read: its kind (or the one hoped for), columns, date order, and corrected cells."""

    path: Path
    kind: str = ""
    hoped: str = ""
    mapping: Mapping[str, str] | None = None
    date_order: str = ""
    corrections: Mapping[tuple[int, str], str] = field(default_factory=dict)

    def options(self, mapping: Mapping[str, str]) -> dict[str, Any]:
        """Return what the import takes beside the file."""
        return {
            "mapping": {ours: theirs for ours, theirs in mapping.items() if theirs != MADE_IDS},
            "date_order": self.date_order or None,
            "make_ids": mapping.get("id") == MADE_IDS,
            "corrections": self.corrections,
        }


@dataclass(frozen=True)
class Looked:
    """A file as it would be read: `report` where nothing is missing, `unclear` where its dates could be two."""

    asked: Asked
    preview: Preview
    mapping: Mapping[str, str]
    missing: tuple[str, ...]
    areas: tuple[str, ...]
    stamp: tuple[int, int]
    """When the file was written last and how long it was, to tell whether it is still the one looked through."""
    report: ImportReport | None = None
    unclear: UnclearDates | None = None


def offers(looked: Looked, column: str) -> list[tuple[str, str]]:
    """Return what a bad cell of a column can be chosen from, as (kept, shown); nothing: any text may be typed."""
    field = next((ours for ours, theirs in looked.mapping.items() if theirs == column), "")
    known: dict[str, tuple[str, ...]] = {"home_area": looked.areas, "area": looked.areas}
    if looked.preview.kind == "people":
        known |= {"role": ROLES, "kind": KINDS, "status": STATUSES}
    return [(word, word) for word in known.get(field, ())]


def look_through(store: Any, asked: Asked) -> Looked:
    """Read the file and try its import without writing; raises CrtError for a file that cannot be read at all."""
    stamp = _stamp(asked.path)
    kind = asked.kind or imports.kind_of(asked.path, hoped=asked.hoped)
    found = imports.preview(kind, asked.path)
    mapping = dict(asked.mapping) if asked.mapping is not None else {m.field: m.column for m in found.matched}
    missing = tuple(m.field for m in found.matched if m.is_required and not mapping.get(m.field))
    with store.read() as session:
        areas = choices(session).areas
    if missing:
        return Looked(asked, found, mapping, missing, areas, stamp)
    try:
        report = imports.run(store, kind, asked.path, dry_run=True, **asked.options(mapping))
    except UnclearDates as question:
        return Looked(asked, found, mapping, (), areas, stamp, unclear=question)
    return Looked(asked, found, mapping, (), areas, stamp, report=report)


def _stamp(path: Path) -> tuple[int, int]:
    try:
        found = path.stat()
    except OSError:
        return 0, 0  # reading it says what is wrong
    return found.st_mtime_ns, found.st_size


def take(store: Any, looked: Looked, progress: Progress = nobody) -> ImportReport:
    """Import the file as it was looked through, without its bad rows; raises CrtError, and writes all or nothing.

    A file that has changed since is refused: more of its rows could be left out than the person agreed to.
    """
    if _stamp(looked.asked.path) != looked.stamp:
        raise CrtError(f"{looked.preview.file} has changed since it was read. Read the file again.")
    kind, options = looked.preview.kind, looked.asked.options(looked.mapping)
    return imports.run(store, kind, looked.asked.path, skip_bad=True, progress=progress, **options)
