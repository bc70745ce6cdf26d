"""A file's words put into ours: each distinct text of a field once, by what was answered, or asked where it is open."""

from __future__ import annotations

import shlex
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy.orm import Session

from crt_scheduler import remedies
from crt_scheduler.imports.asked import LEAVE_OUT, Candidate, Decisions, Question, Word
from crt_scheduler.imports.change_plan import plain
from crt_scheduler.imports.kind_value import Kind
from crt_scheduler.imports.people_fields import CREDENTIAL
from crt_scheduler.imports.people_reader import KIND as PEOPLE
from crt_scheduler.imports.vocabulary import (
    ADDABLE,
    Meaning,
    Vocabulary,
    folded,
    vocabulary,
)
from crt_scheduler.imports.worded import SIBLINGS, Worded, ask, distinct, leave_out, lines_at, parts_of, topic_of
from crt_scheduler.imports.words_family import family_column
from crt_scheduler.imports.words_spoken import languages_column
from crt_scheduler.imports.words_told import told_words
from crt_scheduler.sheets import Row, Sheet, packed_rows
from solver.wording import counted, tr

WHOLE_CITY = ("city",)

FEW = 12


def worded(
    session: Session, kind: Kind, sheet: Sheet, mapping: Mapping[str, str], decided: Decisions, *, whole: Sheet
) -> Worded:
    """Put a sheet into our words; words that were told are kept for the next file by the act the session is in.

    `whole` is the sheet with the rows that are left out, since a word told may be said by these alone. Raises CrtError
    for a told word that no row says, or a meaning that there is not.
    """
    made = Worded(sheet, dict(mapping), kind, lines=[row.line for row in sheet.rows])
    topics, is_people = kind.topics, kind is PEOPLE
    held = _held(sheet, mapping, topics, has_credentials=is_people)
    told = told_words(session, whole, held, topics, decided)
    known = vocabulary(session)
    family = {ours: held[ours] for ours in SIBLINGS if ours in held and is_people}
    for column in dict.fromkeys(family.values()):
        family_column(made, known, told, column, family)
    for ours, column in held.items():
        if ours not in family:
            _field(made, known, told, ours, column, topic_of(ours, topics))
    for (ours, _), (topic, column, text, places) in made.open.items():
        _question(made, known, ours, topic, column, text, places)
    return _finished(made)


def _held(
    sheet: Sheet, mapping: Mapping[str, str], topics: Mapping[str, str], *, has_credentials: bool
) -> dict[str, str]:
    """Return the column of each field that holds words, as the readers find it."""
    header = {plain(name): name for name in sheet.header}
    found = {ours: header[ours] for ours in topics if ours in header}
    if has_credentials:
        marked = (name for name in sheet.header if name.casefold().startswith(CREDENTIAL))
        found |= {CREDENTIAL + name[len(CREDENTIAL) :].strip(): name for name in marked}
    for ours, theirs in mapping.items():
        if ours in topics or (has_credentials and ours.startswith(CREDENTIAL)):
            found.pop(ours, None)
            if plain(theirs) in header:
                found[ours] = header[plain(theirs)]
    return found


def _field(
    made: Worded, known: Vocabulary, told: Mapping[tuple[str, str], str], ours: str, column: str, topic: str
) -> None:
    """Put one column into our words."""
    if topic == "language":
        languages_column(made, known, told, column)
        return
    open_words: dict[str, list[int]] = defaultdict(list)
    for text, places in distinct(made, column, ours).items():
        if topic == "yes" and any(sign.isdigit() for sign in text) and known.meaning(topic, text).how == "open":
            continue  # a date, and the reader's to judge
        parts = parts_of(text, ours, topic, known)
        said = [(part, _one(known, told, topic, part)) for part in parts]
        for part, meaning in said:
            if meaning.how == "open":
                open_words[part] += places
            else:
                made.words.append(Word(ours, column, part, lines_at(made, places), meaning.text, meaning.how))
        if any(meaning.text == LEAVE_OUT for _, meaning in said):
            leave_out(made, ours, text, places)
        elif parts == [text] and said[0][1].how == "known" and _reads(text) == _reads(said[0][1].text):
            continue  # the reader takes it as it is
        else:
            new = ";".join(part if m.how == "open" else m.text for part, m in said)
            for place in places:
                made.cells[place][column] = new
    for part, places in open_words.items():
        ask(made, ours, topic, column, part, places)


def _one(known: Vocabulary, told: Mapping[tuple[str, str], str], topic: str, text: str) -> Meaning:
    if (topic, folded(text)) in told:
        return Meaning(told[topic, folded(text)], "told")
    if topic in ("area", "division") and folded(text) in WHOLE_CITY:
        return Meaning(text, "known")
    return known.meaning(topic, text)


def _reads(text: str) -> str:
    """Return a word as the readers compare it."""
    return text.casefold().replace(" ", "_")


def _question(
    made: Worded, known: Vocabulary, ours: str, topic: str, column: str, text: str, places: list[int]
) -> None:
    """Ask what a text means."""
    near = known.near(topic, text)
    lines = lines_at(made, sorted(set(places)))
    rows = counted(len(lines), "{n} row", "{n} rows")
    shown = ", ".join(near[:FEW]) + (tr(" or {count} more", count=len(near) - FEW) if len(near) > FEW else "")
    others = tr(" or new") if topic in ADDABLE else ""
    answer = shlex.quote(f"{ours}:{text}=MEANING")
    sentence = tr(
        'What does {column} "{text}" mean ({rows}, first line {lines}): {shown}{others}? {remedy}',
        column=column,
        text=text,
        rows=rows,
        lines=lines[0],
        shown=shown,
        others=others,
        remedy=remedies.ANSWER_WORD.of(answer=answer, leave_out=LEAVE_OUT).words(),
    )
    choices = tuple(Candidate(word, word) for word in near)
    made.words.append(Word(ours, column, text, lines, "", "open"))
    made.questions.append(Question("word", lines, text, choices, sentence, ours, column, may_be_new=topic in ADDABLE))


def _finished(made: Worded) -> Worded:
    """Return the sheet with its new texts and without the rows left out."""
    if made.cells or made.gone:
        rows = (_with(row, made.cells.get(n)) for n, row in enumerate(made.sheet.rows) if n not in made.gone)
        made.sheet = replace(made.sheet, rows=packed_rows(made.sheet.header, rows))
    return made


def _with(row: Row, cells: Mapping[str, str] | None) -> Row:
    return replace(row, cells={**row.cells, **cells}) if cells else row
