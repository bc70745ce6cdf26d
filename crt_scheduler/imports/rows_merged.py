"""Rows of a list that were said to be one person, put together: nothing of either is lost unsaid."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from crt_scheduler import lines, remedies
from crt_scheduler.errors import CrtError
from crt_scheduler.imports import compared_names
from crt_scheduler.imports.asked import Decisions
from crt_scheduler.imports.people_file import SECOND, PeopleFile, said_by
from crt_scheduler.sheets import Row
from solver.wording import tr


def merge(file: PeopleFile, decided: Decisions) -> None:
    """Make one row of those that were said to be one person: where both say something, the later line counts."""
    into: dict[int, int] = {}
    for line, key in sorted(decided.same.items()):
        other = _other_line(file, line, key, into)
        if other is None:
            continue
        first, later = sorted((into.get(line, line), other))
        earlier, newer = file.rows[first], file.rows.pop(later)
        said = [(name, text, newer.cells[name]) for name, text in earlier.cells.items()]
        differ = [name for name, old, new in said if old and new and old != new]
        spare = _spare_phones(file, (first, earlier), (later, newer))
        file.rows[first] = replace(earlier, cells={name: new or old for name, old, new in said})
        if spare:
            file.second[first] = spare[0]
        into = {**{one: first if to == later else to for one, to in into.items()}, later: first}
        del file.said[later]
        file.said[first] = said_by(file.rows[first], file.held, file.there)
        told = tr("; line {later} counts for {names}", later=later, names=", ".join(differ)) if differ else ""
        told += tr("; the other phone is kept as second phone") if file.second.get(first) else ""
        told += (
            tr("; two phones are kept of a person, so not {listed}", listed=compared_names.listed(spare[1:]))
            if spare[1:]
            else ""
        )
        file.notes.append(tr("Lines {first} and {later} are one person{told}.", first=first, later=later, told=told))


def _spare_phones(file: PeopleFile, earlier: tuple[int, Row], newer: tuple[int, Row]) -> list[str]:
    """Return the phones of two rows beside the one that counts, those of the later row first."""
    first, second = file.held.get("phone", ""), file.held.get(SECOND, "")
    found: dict[str, str] = {}
    texts = [row.cells.get(first, "") for _, row in (newer, earlier)]
    for (line, row), main in zip((newer, earlier), texts, strict=True):
        for text in (main, row.cells.get(second, ""), file.second.pop(line, "")):
            found.setdefault(compared_names.number(text, file.there.country) or text, text)
    main = texts[0] or texts[1]
    found.pop(compared_names.number(main, file.there.country) or main, None)
    return [text for text in found.values() if text]


def _other_line(file: PeopleFile, line: int, key: str, into: Mapping[int, int]) -> int | None:
    """Return the line a decision names, or the one it became part of; None where it names an id."""
    if compared_names.code(key) in file.there.by_code:
        return None
    named, option = re.sub(r"^line\s*(?=\d+$)", "", key.strip(), flags=re.IGNORECASE), lines.option("--same", line, key)
    if not lines.LINE.fullmatch(named):
        raise CrtError(tr("{option}: nobody has the id {key!r}.", option=option, key=key), remedies.LIST_IDS)
    other = file.line(named)
    other = into.get(other, other)
    if other not in file.rows or other == into.get(line, line):
        raise CrtError(
            tr("{option}: there is no other row on line {other}, and nobody has that id.", option=option, other=other)
        )
    return other
