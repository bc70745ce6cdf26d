"""Words whose meaning was told: found in the file, taken as ours, and kept for the next file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sqlalchemy.orm import Session

from crt_scheduler.errors import CrtError
from crt_scheduler.imports import languages_said
from crt_scheduler.imports.asked import LEAVE_OUT, NEW, Decisions
from crt_scheduler.imports.vocabulary import (
    ADDABLE,
    OPEN,
    Vocabulary,
    folded,
    learn,
    vocabulary,
)
from crt_scheduler.imports.worded import AND, SIBLINGS, parts_of, topic_of
from crt_scheduler.programmes import add_areas
from crt_scheduler.settings import programme_acts
from crt_scheduler.sheets import Sheet
from solver.wording import tr


def told_words(
    session: Session, sheet: Sheet, held: Mapping[str, str], topics: Mapping[str, str], decided: Decisions
) -> dict[tuple[str, str], str]:
    """Return the meanings told, by topic and folded text, after keeping them and adding what is new."""
    found: dict[tuple[str, str], str] = {}
    for (ours, text), meaning in decided.words.items():
        topic = topic_of(ours, topics)
        if not topic or ours not in held:
            there = ", ".join(held) or "none"
            raise CrtError(
                tr(
                    "--word {ours}:{text}={meaning}: this file has no words of {ours!r}, only of: {there}.",
                    ours=ours,
                    text=text,
                    meaning=meaning,
                    there=there,
                )
            )
        known = vocabulary(session)
        if not any(folded(part) == folded(text) for part in texts_in(sheet, ours, held[ours], topic, known)):
            raise CrtError(
                tr(
                    '--word {ours}:{text}={meaning}: no row says "{text}" in {held}.',
                    ours=ours,
                    text=text,
                    meaning=meaning,
                    held=held[ours],
                )
            )
        found[topic, folded(text)] = kept = meant_word(session, known, ours, topic, text, meaning)
        if kept and (topic, kept) != ("area", text):
            learn(session, topic, text, kept)
    session.flush()
    return found


def meant_word(session: Session, known: Vocabulary, ours: str, topic: str, text: str, meaning: str) -> str:
    """Return a meaning as it is kept; raises CrtError for one that is no word of the field."""
    if folded(meaning) == LEAVE_OUT:
        return LEAVE_OUT
    if folded(meaning) == NEW and topic in ADDABLE:
        if topic == "area":
            add_areas(session, (programme_acts.area_plan(text, weight=1.0, neighbours=(), divisions=()),))
        return text
    if topic == "language":
        spoken = languages_said.spoken(meaning, known.known["language"])
        if spoken.unknown or not spoken.languages:
            raise _no_meaning(known, ours, topic, text, meaning)
        return "; ".join(spoken.languages)
    if ours in SIBLINGS and topic == ours:
        pairs = [pair_of(known, ours, part) for part in meaning.split(AND.strip())]
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
    return CrtError(
        tr(
            "--word {ours}:{text}={meaning}: {meaning!r} is no word of {ours}. Use one of: {words}.",
            ours=ours,
            text=text,
            meaning=meaning,
            words=words,
        )
    )


def pair_of(known: Vocabulary, ours: str, part: str) -> tuple[str, str] | None:
    """Return field and word of one part of a meaning: lead, or role:lead."""
    name, sign, word = part.strip().partition(":")
    fields = (name.strip(),) if sign else (ours, *(other for other in SIBLINGS if other != ours))
    for each in fields:
        found = known.own(each, word if sign else name) if each in SIBLINGS else OPEN
        if found.how != "open":
            return each, found.text
    return None


def texts_in(sheet: Sheet, ours: str, column: str, topic: str, known: Vocabulary) -> Iterator[str]:
    """Yield the words of every cell of a column."""
    for row in sheet.rows:
        yield from parts_of(row.cells[column], ours, topic, known)
