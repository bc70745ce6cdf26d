"""A sheet while it is put into our words: what its cells become, what is open, and which rows stay out."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from crt_scheduler.imports import cell_meaning, languages_said
from crt_scheduler.imports.asked import Question, Word
from crt_scheduler.imports.change_plan import BadRow
from crt_scheduler.imports.kind_value import Kind
from crt_scheduler.imports.people_fields import CREDENTIAL
from crt_scheduler.imports.vocabulary import (
    Vocabulary,
    folded,
)
from crt_scheduler.sheets import Sheet
from solver.wording import tr

SIBLINGS = ("kind", "role", "status")
"""Fields of a person that one column may speak of together, as "I am a...: Volunteer, Team Lead, Clergy" does."""

AND = " + "
"""Between two meanings of one text."""


@dataclass
class Worded:
    """A sheet in our words, with each word's meaning, what is open, rows that contradict themselves, and remarks."""

    sheet: Sheet
    mapping: dict[str, str]
    kind: Kind
    words: list[Word] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    bad: list[BadRow] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    cells: dict[int, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    """New texts by place of the row and column."""
    open: dict[tuple[str, str], tuple[str, str, str, list[int]]] = field(default_factory=dict)
    """What is to be asked: by field and folded text its topic, column, text as first written, and places."""
    fed: dict[tuple[int, str], tuple[str, str, str]] = field(default_factory=dict)
    """What a row says of a field so far: by place and field the meaning, the column and its text."""
    gone: set[int] = field(default_factory=set)
    """Places of rows that are left out."""
    lines: list[int] = field(default_factory=list)
    """The line of each row, by its place: rows themselves are kept packed, and one alone costs its whole block."""


def topic_of(ours: str, topics: Mapping[str, str]) -> str:
    """Return what a field speaks of; every credential says yes or no."""
    return "yes" if ours.startswith(CREDENTIAL) else topics.get(ours, "")


_LIST = re.compile(r"\s*[;|\n]\s*")


def parts_of(text: str, ours: str, topic: str, known: Vocabulary) -> list[str]:
    """Return the words of a cell; a list of areas is split by semicolons, and by commas where no area is called so."""
    if topic == "language":
        spoken = languages_said.spoken(text, {})
        return [text, *spoken.unknown, *spoken.languages]
    if ours != "areas":
        return [text] if text else []
    found: list[str] = []
    for part in _LIST.split(text):
        is_one = known.meaning(topic, part).how != "open"
        found += [part] if is_one else re.split(r"\s*[,/&]\s*|\s+and\s+", part)
    return [part.strip() for part in found if part.strip()]


def distinct(made: Worded, column: str, ours: str) -> dict[str, list[int]]:
    """Return the texts of a column with the places of their rows, without those that say nothing or are a fault."""
    found: dict[str, list[int]] = defaultdict(list)
    for place, row in enumerate(made.sheet.rows):
        if text := row.cells[column]:
            found[text].append(place)
    field = made.kind.by_name.get(ours)
    cell = "text" if field is None else field.cell
    return {
        text: places
        for text, places in found.items()
        if cell_meaning.meant(cell, text) and not cell_meaning.fault(cell, text)
    }


def lines_at(made: Worded, places: list[int]) -> tuple[int, ...]:
    """Return the lines of the rows at some places."""
    return tuple(made.lines[place] for place in places)


def leave_out(made: Worded, ours: str, text: str, places: list[int]) -> None:
    """Leave the rows out that say a text, as was answered for it, and say so."""
    made.gone.update(places)
    rows = tr("1 row was") if len(places) == 1 else tr("{count:,} rows were", count=len(places))
    made.notes.append(tr('{rows} left out, as was answered for {ours} "{text}".', rows=rows, ours=ours, text=text))


def ask(made: Worded, ours: str, topic: str, column: str, text: str, places: list[int]) -> None:
    """Note that a text is to be asked about, once for all the rows that say it, however they write it."""
    asked = made.open.setdefault((ours, folded(text)), (topic, column, text, []))
    asked[3].extend(places)
