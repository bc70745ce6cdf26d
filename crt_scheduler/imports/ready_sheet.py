"""A sheet made ready for its reader: in our words, each row with the id of whom it means, and what is still open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from crt_scheduler.errors import CrtError
from crt_scheduler.imports import decided_lines, persons, rows_who
from crt_scheduler.imports.asked import Decisions, Question, Word
from crt_scheduler.imports.availability_file import KIND as AVAILABILITY
from crt_scheduler.imports.change_plan import BadRow
from crt_scheduler.imports.kind_value import Kind
from crt_scheduler.imports.our_words import worded
from crt_scheduler.imports.people_file import Placed
from crt_scheduler.imports.people_reader import KIND as PEOPLE
from crt_scheduler.imports.prepare import heeding
from crt_scheduler.imports.worded import Worded
from crt_scheduler.progress import Progress, nobody
from crt_scheduler.sheets import Sheet
from solver.wording import tr


@dataclass(frozen=True)
class Ready:
    """A sheet for the reader, the questions about the rows that were taken out of it, words, bad rows and remarks."""

    sheet: Sheet
    mapping: dict[str, str]
    questions: tuple[Question, ...]
    words: tuple[Word, ...]
    bad: tuple[BadRow, ...]
    notes: tuple[str, ...]
    whole: Worded | None = None
    """A file of availability in our words with the rows that stay out, to be looked over."""


def ready(
    session: Session,
    kind: Kind,
    sheet: Sheet,
    mapping: Mapping[str, str],
    decided: Decisions,
    progress: Progress = nobody,
) -> Ready:
    """Put a sheet into our words and find whom its rows mean, as far as that is sure or was decided.

    Words that were told are kept, and areas told to be new are added, by the act that the session is in.
    Raises CrtError for a decision that fits no row, word or person.
    """
    decided = decided_lines.found(sheet, decided)
    whole = sheet
    if decided.left_out:
        sheet = replace(sheet, rows=tuple(row for row in sheet.rows if row.line not in decided.left_out))
    said = worded(session, kind, sheet, mapping, decided, whole=whole)
    in_words = heeding(said.sheet, progress)
    placed = Placed(in_words, said.mapping)
    if kind is PEOPLE:
        placed = rows_who.placed(session, in_words, said.mapping, decided)
    elif kind.person or kind.listed:
        placed = persons.placed(session, kind, in_words, said.mapping, decided)
    elif decided.same or decided.named or decided.new:
        raise CrtError(tr("A file of {kind} names no people, so --same and --new say nothing here.", kind=kind.name))
    return Ready(
        sheet=placed.sheet,
        mapping=placed.mapping,
        questions=(*said.questions, *placed.questions),
        words=tuple(said.words),
        bad=tuple(said.bad),
        notes=(*decided_lines.said(decided), *said.notes, *placed.notes),
        whole=said if kind is AVAILABILITY else None,
    )
