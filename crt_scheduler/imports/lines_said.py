"""What some lines of a file say, field by field, as they are written there: to lay them side by side."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

from crt_scheduler.imports import kinds, opening
from crt_scheduler.imports.change_plan import plain
from crt_scheduler.imports.opening import ANYWHERE, Place
from crt_scheduler.imports.prepare import corrected, joined
from crt_scheduler.progress import Progress, nobody


def lines(
    kind: str,
    path: Path,
    wanted: Collection[int],
    *,
    mapping: Mapping[str, str],
    corrections: Mapping[tuple[int, str], str],
    place: Place = ANYWHERE,
    progress: Progress = nobody,
) -> dict[int, dict[str, str]]:
    """Return by line what each field's column holds, with corrections; raises CrtError as reading the file does."""
    sheet = opening.read([kinds.named(kind)], path, place, progress)
    sheet = corrected(joined(sheet, dict(mapping)), corrections)
    header = {plain(name): name for name in sheet.header}
    held = {ours: header[plain(theirs)] for ours, theirs in mapping.items() if plain(theirs) in header}
    found = (row for row in sheet.rows if row.line in wanted)
    return {row.line: {ours: row.cells[theirs] for ours, theirs in held.items()} for row in found}
