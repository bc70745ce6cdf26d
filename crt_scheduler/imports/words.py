"""A file's words put into ours: each distinct text of a field once, by what was answered, or asked where it is open."""

from __future__ import annotations

import re
import shlex
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from sqlalchemy.orm import Session

from crt_scheduler.errors import CrtError
from crt_scheduler.imports import cells, languages
from crt_scheduler.imports.asked import LEAVE_OUT, NEW, Candidate, Decisions, Question, Word
from crt_scheduler.imports.plan import BadRow, plain
from crt_scheduler.imports.vocabulary import (
    ADDABLE,
    OPEN,
    TOPICS,
    How,
    Meaning,
    Vocabulary,
    folded,
    learn,
    vocabulary,
)
from crt_scheduler.programmes import add_areas
from crt_scheduler.settings import programme_acts
from crt_scheduler.sheets import Row, Sheet, packed_rows

CREDENTIAL = "credential:"
SIBLINGS = ("kind", "role", "status")
"""Fields of a person that one column may speak of together, as "I am a...: Volunteer, Team Lead, Clergy" does."""
AND = " + "
"""Between two meanings of one text."""
WHOLE_CITY = ("city",)
FEW = 12
_LIST = re.compile(r"\s*[;|\n]\s*")
_SEVERAL = re.compile(r"\s*[;,/&+|]\s*|\s+and\s+", re.IGNORECASE)
_BARE_ANSWERS = frozenset(("yes", "y", "no", "n", "x", "1", "0", "true", "false", "ok", "new", "open"))
"""Texts that say something in their own column only."""


@dataclass
class Worded:
    """A sheet in our words, with each word's meaning, what is open, rows that contradict themselves, and remarks."""

    sheet: Sheet
    mapping: dict[str, str]
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


def worded(
    session: Session, kind: str, sheet: Sheet, mapping: Mapping[str, str], decided: Decisions, *, whole: Sheet
) -> Worded:
    """Put a sheet into our words; words that were told are kept for the next file by the act the session is in.

    `whole` is the sheet with the rows that are left out, since a word told may be said by these alone. Raises CrtError
    for a told word that no row says, or a meaning that there is not.
    """
    made = Worded(sheet, dict(mapping), lines=[row.line for row in sheet.rows])
    topics = TOPICS.get(kind, {})
    held = _held(sheet, mapping, topics, has_credentials=kind == "people")
    told = _told(session, whole, held, topics, decided)
    known = vocabulary(session)
    family = {ours: held[ours] for ours in SIBLINGS if ours in held and kind == "people"}
    for column in dict.fromkeys(family.values()):
        _family(made, known, told, column, family)
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


def topic_of(ours: str, topics: Mapping[str, str]) -> str:
    """Return what a field speaks of; every credential says yes or no."""
    return "yes" if ours.startswith(CREDENTIAL) else topics.get(ours, "")


def _told(
    session: Session, sheet: Sheet, held: Mapping[str, str], topics: Mapping[str, str], decided: Decisions
) -> dict[tuple[str, str], str]:
    """Return the meanings told, by topic and folded text, after keeping them and adding what is new."""
    found: dict[tuple[str, str], str] = {}
    for (ours, text), meaning in decided.words.items():
        topic = topic_of(ours, topics)
        if not topic or ours not in held:
            there = ", ".join(held) or "none"
            raise CrtError(f"--word {ours}:{text}={meaning}: this file has no words of {ours!r}, only of: {there}.")
        known = vocabulary(session)
        if not any(folded(part) == folded(text) for part in _texts(sheet, ours, held[ours], topic, known)):
            raise CrtError(f'--word {ours}:{text}={meaning}: no row says "{text}" in {held[ours]}.')
        found[topic, folded(text)] = kept = _meant(session, known, ours, topic, text, meaning)
        if kept and (topic, kept) != ("area", text):
            learn(session, topic, text, kept)
    session.flush()
    return found


def _meant(session: Session, known: Vocabulary, ours: str, topic: str, text: str, meaning: str) -> str:
    """Return a meaning as it is kept; raises CrtError for one that is no word of the field."""
    if folded(meaning) == LEAVE_OUT:
        return LEAVE_OUT
    if folded(meaning) == NEW and topic in ADDABLE:
        if topic == "area":
            add_areas(session, (programme_acts.area_plan(text, weight=1.0, neighbours=(), divisions=()),))
        return text
    if topic == "language":
        spoken = languages.spoken(meaning, known.known["language"])
        if spoken.unknown or not spoken.languages:
            raise _no_meaning(known, ours, topic, text, meaning)
        return "; ".join(spoken.languages)
    if ours in SIBLINGS and topic == ours:
        pairs = [_pair(known, ours, part) for part in meaning.split(AND.strip())]
        if not all(pairs):
            raise _no_meaning(known, ours, topic, text, meaning)
        return AND.join(
            value if name == ours else f"{name}:{value}" for pair in pairs if pair for name, value in [pair]
        )
    found = known.own(topic, meaning)
    if found.how == "open":
        raise _no_meaning(known, ours, topic, text, meaning)
    return found.text


def _no_meaning(known: Vocabulary, ours: str, topic: str, text: str, meaning: str) -> CrtError:
    more = [NEW] if topic in ADDABLE else []
    words = ", ".join((*known.near(topic, meaning), *more, LEAVE_OUT))
    return CrtError(f"--word {ours}:{text}={meaning}: {meaning!r} is no word of {ours}. Use one of: {words}.")


def _pair(known: Vocabulary, ours: str, part: str) -> tuple[str, str] | None:
    """Return field and word of one part of a meaning: lead, or role:lead."""
    name, sign, word = part.strip().partition(":")
    fields = (name.strip(),) if sign else (ours, *(other for other in SIBLINGS if other != ours))
    for each in fields:
        found = known.own(each, word if sign else name) if each in SIBLINGS else OPEN
        if found.how != "open":
            return each, found.text
    return None


def _texts(sheet: Sheet, ours: str, column: str, topic: str, known: Vocabulary) -> Iterator[str]:
    for row in sheet.rows:
        yield from _parts(row.cells[column], ours, topic, known)


def _parts(text: str, ours: str, topic: str, known: Vocabulary) -> list[str]:
    """Return the words of a cell; a list of areas is split by semicolons, and by commas where no area is called so."""
    if topic == "language":
        spoken = languages.spoken(text, {})
        return [text, *spoken.unknown, *spoken.languages]
    if ours != "areas":
        return [text] if text else []
    found: list[str] = []
    for part in _LIST.split(text):
        is_one = known.meaning(topic, part).how != "open"
        found += [part] if is_one else re.split(r"\s*[,/&]\s*|\s+and\s+", part)
    return [part.strip() for part in found if part.strip()]


def _distinct(made: Worded, column: str, ours: str) -> dict[str, list[int]]:
    """Return the texts of a column with the places of their rows, without those that say nothing or are a fault."""
    found: dict[str, list[int]] = defaultdict(list)
    for place, row in enumerate(made.sheet.rows):
        if text := row.cells[column]:
            found[text].append(place)
    return {text: places for text, places in found.items() if cells.meant(ours, text) and not cells.fault(ours, text)}


def _lines(made: Worded, places: list[int]) -> tuple[int, ...]:
    return tuple(made.lines[place] for place in places)


def _field(
    made: Worded, known: Vocabulary, told: Mapping[tuple[str, str], str], ours: str, column: str, topic: str
) -> None:
    """Put one column into our words."""
    if topic == "language":
        _languages(made, known, told, column)
        return
    open_words: dict[str, list[int]] = defaultdict(list)
    for text, places in _distinct(made, column, ours).items():
        if topic == "yes" and any(sign.isdigit() for sign in text) and known.meaning(topic, text).how == "open":
            continue  # a date, and the reader's to judge
        parts = _parts(text, ours, topic, known)
        said = [(part, _one(known, told, topic, part)) for part in parts]
        for part, meaning in said:
            if meaning.how == "open":
                open_words[part] += places
            else:
                made.words.append(Word(ours, column, part, _lines(made, places), meaning.text, meaning.how))
        if any(meaning.text == LEAVE_OUT for _, meaning in said):
            _leave_out(made, ours, text, places)
        elif parts == [text] and said[0][1].how == "known" and _reads(text) == _reads(said[0][1].text):
            continue  # the reader takes it as it is
        else:
            new = ";".join(part if m.how == "open" else m.text for part, m in said)
            for place in places:
                made.cells[place][column] = new
    for part, places in open_words.items():
        _ask(made, ours, topic, column, part, places)


def _one(known: Vocabulary, told: Mapping[tuple[str, str], str], topic: str, text: str) -> Meaning:
    if (topic, folded(text)) in told:
        return Meaning(told[topic, folded(text)], "told")
    if topic in ("area", "division") and folded(text) in WHOLE_CITY:
        return Meaning(text, "known")
    return known.meaning(topic, text)


def _reads(text: str) -> str:
    """Return a word as the readers compare it."""
    return text.casefold().replace(" ", "_")


def _leave_out(made: Worded, ours: str, text: str, places: list[int]) -> None:
    made.gone.update(places)
    rows = "1 row was" if len(places) == 1 else f"{len(places):,} rows were"
    made.notes.append(f'{rows} left out, as was answered for {ours} "{text}".')


def _ask(made: Worded, ours: str, topic: str, column: str, text: str, places: list[int]) -> None:
    """Note that a text is to be asked about, once for all the rows that say it, however they write it."""
    asked = made.open.setdefault((ours, folded(text)), (topic, column, text, []))
    asked[3].extend(places)


def _question(
    made: Worded, known: Vocabulary, ours: str, topic: str, column: str, text: str, places: list[int]
) -> None:
    """Ask what a text means."""
    near = known.near(topic, text)
    lines = _lines(made, sorted(set(places)))
    rows = "1 row" if len(lines) == 1 else f"{len(lines):,} rows"
    shown = ", ".join(near[:FEW]) + (f" or {len(near) - FEW} more" if len(near) > FEW else "")
    others = " or new" if topic in ADDABLE else ""
    answer = shlex.quote(f"{ours}:{text}=MEANING")
    sentence = (
        f'What does {column} "{text}" mean ({rows}, first line {lines[0]}): {shown}{others}? '
        f'Answer with --word {answer}, where MEANING may be "{LEAVE_OUT}" too.'
    )
    choices = tuple(Candidate(word, word) for word in near)
    made.words.append(Word(ours, column, text, lines, "", "open"))
    made.questions.append(Question("word", lines, text, choices, sentence, ours, column, may_be_new=topic in ADDABLE))


def _languages(made: Worded, known: Vocabulary, told: Mapping[tuple[str, str], str], column: str) -> None:
    """Put a column of languages into the names there are, several to a cell."""
    answered = {text: meaning for (topic, text), meaning in {**known.learnt, **told}.items() if topic == "language"}
    team = {**known.known["language"], **answered}
    open_words: dict[str, list[int]] = defaultdict(list)
    named: dict[str, list[int]] = defaultdict(list)
    dropped: set[str] = set()
    for text, places in _distinct(made, column, "languages").items():
        spoken = languages.spoken(text, team)
        if LEAVE_OUT in spoken.languages:
            made.words.append(Word("languages", column, text, _lines(made, places), LEAVE_OUT, "learnt"))
            _leave_out(made, "languages", text, places)
            continue
        dropped.update(spoken.levels)
        for unknown in spoken.unknown:
            open_words[unknown] += places
        for name in spoken.languages:
            named[name] += places
        _word_of_cell(made, known, answered, column, text, places, spoken)
        new = "; ".join((*spoken.languages, *spoken.unknown))
        if new != text:
            for place in places:
                made.cells[place][column] = new
    fresh = [name for name in named if languages.spelled(name, {}) and _is_new(known, name)]
    if fresh:
        made.notes.append(f"New languages of the team: {', '.join(sorted(fresh))}.")
    if dropped:
        made.notes.append(f"How well a language is spoken is not kept: {', '.join(sorted(dropped))}.")
    for text, places in open_words.items():
        _ask(made, "languages", "language", column, text, places)


def _is_new(known: Vocabulary, name: str) -> bool:
    return folded(name) not in {folded(each) for each in known.choices["language"]}


def _word_of_cell(
    made: Worded, known: Vocabulary, answered: Mapping[str, str], column: str, text: str, places: list[int],
    spoken: languages.Spoken,
) -> None:  # fmt: skip
    """Note what a cell of languages was taken for, unless it is open."""
    if spoken.unknown or not spoken.languages:
        return
    is_plain = len(spoken.languages) == 1 and folded(spoken.languages[0]) == folded(text)
    how: Literal["known", "guessed", "learnt"] = "known" if is_plain else "guessed"
    if folded(text) in answered:
        how = "learnt"
    made.words.append(Word("languages", column, text, _lines(made, places), "; ".join(spoken.languages), how))


def _family(
    made: Worded, known: Vocabulary, told: Mapping[tuple[str, str], str], column: str, family: Mapping[str, str]
) -> None:
    """Put a column that speaks of kind, role or status, or of several, into words of these fields."""
    own = tuple(ours for ours in SIBLINGS if family.get(ours) == column)
    for text, places in _distinct(
        made, column, next(ours for ours, theirs in family.items() if theirs == column)
    ).items():
        pairs, how = _said(known, told, own, text)
        if how == "open":
            _ask(made, own[0], own[0], column, text, places)
            continue
        meaning = AND.join(value if name in own[:1] else f"{name}:{value}" for name, value in pairs)
        made.words.append(Word(own[0], column, text, _lines(made, places), meaning, how))
        if (own[0], LEAVE_OUT) in pairs:
            _leave_out(made, own[0], text, places)
        else:
            _feed(made, column, text, places, dict(pairs), family)
    for ours in own[1:]:
        made.mapping[ours] = _made_column(made, ours)
    made.mapping[own[0]] = column


def _said(
    known: Vocabulary, told: Mapping[tuple[str, str], str], own: tuple[str, ...], text: str
) -> tuple[list[tuple[str, str]], How]:
    """Return what a text says of kind, role and status, and how that is known."""
    for ours in own:
        for answers, how in ((told, "told"), (known.learnt, "learnt")):
            if (ours, folded(text)) in answers:
                kept = answers[ours, folded(text)]
                if kept == LEAVE_OUT:
                    return [(own[0], LEAVE_OUT)], how  # type: ignore[return-value]
                pairs = [_pair(known, ours, part) for part in kept.split(AND)]
                return [pair for pair in pairs if pair], how  # type: ignore[return-value]
    found = [(ours, known.own(ours, text)) for ours in own]
    if all(meaning.how == "open" for _, meaning in found) and folded(text) not in _BARE_ANSWERS:
        others = (ours for ours in SIBLINGS if ours not in own)
        found = [(ours, replace(m, how="guessed")) for ours in others if (m := known.own(ours, text)).how != "open"]
    said = [(ours, meaning) for ours, meaning in found if meaning.how != "open"]
    if not said:
        return _said_together(known, told, own, text)
    return [(ours, meaning.text) for ours, meaning in said], said[0][1].how


def _said_together(
    known: Vocabulary, told: Mapping[tuple[str, str], str], own: tuple[str, ...], text: str
) -> tuple[list[tuple[str, str]], How]:
    """Return what several words in a cell say (Clergy, Team Lead), each of another field; open where one is unclear."""
    parts = [part for part in _SEVERAL.split(text) if part]
    if len(parts) < 2:
        return [], "open"
    pairs: list[tuple[str, str]] = []
    for part in parts:
        said, how = _said(known, told, own, part)
        if how == "open" or any(value == LEAVE_OUT for _, value in said):
            return [], "open"
        pairs += [pair for pair in said if pair not in pairs]
    is_clear = len({ours for ours, _ in pairs}) == len(pairs)
    return (pairs, "guessed") if is_clear else ([], "open")


def _feed(
    made: Worded, column: str, text: str, places: list[int], said: Mapping[str, str], family: Mapping[str, str]
) -> None:
    """Write what a text says into the fields it speaks of; a row another column of which says otherwise is bad."""
    for place in places:
        for ours, value in said.items():
            there, where, written = made.fed.setdefault((place, ours), (value, column, text))
            if there != value:
                reason = (
                    f'means {ours} {value}, but column {where} says "{written}", which is {there}; '
                    "correct one of the two cells"
                )
                made.bad.append(BadRow(made.lines[place], column, text, reason))
                made.gone.add(place)
                continue
            made.cells[place][_target(made, family, ours)] = value
        if _first(family, column) not in said:
            made.cells[place].setdefault(column, "")


def _first(family: Mapping[str, str], column: str) -> str:
    """Return the field that is read from a column itself, of those that share it."""
    return next((ours for ours in SIBLINGS if family.get(ours) == column), "")


def _target(made: Worded, family: Mapping[str, str], ours: str) -> str:
    """Return the column that a field is read from: its own, or one made where it shares a column or has none."""
    theirs = family.get(ours, "")
    return theirs if theirs and _first(family, theirs) == ours else _made_column(made, ours)


def _made_column(made: Worded, ours: str) -> str:
    """Return the column that holds what another column says of a field, mapped to the field."""
    name = f"({ours})"
    if name not in made.sheet.header:
        made.sheet = replace(
            made.sheet,
            header=(*made.sheet.header, name),
            rows=packed_rows(
                (*made.sheet.header, name), (replace(row, cells={**row.cells, name: ""}) for row in made.sheet.rows)
            ),
        )
    made.mapping[ours] = name
    return name


def _finished(made: Worded) -> Worded:
    """Return the sheet with its new texts and without the rows left out."""
    if made.cells or made.gone:
        rows = (_with(row, made.cells.get(n)) for n, row in enumerate(made.sheet.rows) if n not in made.gone)
        made.sheet = replace(made.sheet, rows=packed_rows(made.sheet.header, rows))
    return made


def _with(row: Row, cells: Mapping[str, str] | None) -> Row:
    return replace(row, cells={**row.cells, **cells}) if cells else row
