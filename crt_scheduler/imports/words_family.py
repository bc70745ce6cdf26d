"""A column that speaks of kind, role or status, or of several of them together, put into words of these fields."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from crt_scheduler.imports.asked import LEAVE_OUT, Word
from crt_scheduler.imports.change_plan import BadRow, made_column
from crt_scheduler.imports.vocabulary import (
    How,
    Vocabulary,
    folded,
)
from crt_scheduler.imports.worded import AND, SIBLINGS, Worded, ask, distinct, leave_out, lines_at
from crt_scheduler.imports.words_told import pair_of
from crt_scheduler.sheets import packed_rows
from solver.wording import tr

_SEVERAL = re.compile(r"\s*[;,/&+|]\s*|\s+and\s+", re.IGNORECASE)

_BARE_ANSWERS = frozenset(("yes", "y", "no", "n", "x", "1", "0", "true", "false", "ok", "new", "open"))
"""Texts that say something in their own column only."""


def family_column(
    made: Worded, known: Vocabulary, told: Mapping[tuple[str, str], str], column: str, family: Mapping[str, str]
) -> None:
    """Put a column that speaks of kind, role or status, or of several, into words of these fields."""
    own = tuple(ours for ours in SIBLINGS if family.get(ours) == column)
    for text, places in distinct(
        made, column, next(ours for ours, theirs in family.items() if theirs == column)
    ).items():
        pairs, how = _said(known, told, own, text)
        if how == "open":
            ask(made, own[0], own[0], column, text, places)
            continue
        meaning = AND.join(value if name in own[:1] else f"{name}:{value}" for name, value in pairs)
        made.words.append(Word(own[0], column, text, lines_at(made, places), meaning, how))
        if (own[0], LEAVE_OUT) in pairs:
            leave_out(made, own[0], text, places)
        else:
            _feed(made, column, text, places, dict(pairs), family)
    for ours in own[1:]:
        made.mapping[ours] = _fed_column(made, ours)
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
                pairs = [pair_of(known, ours, part) for part in kept.split(AND)]
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
                reason = tr(
                    'means {ours} {value}, but column {where} says "{written}", which is {there}; '
                    "correct one of the two cells",
                    ours=ours,
                    value=value,
                    where=where,
                    written=written,
                    there=there,
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
    return theirs if theirs and _first(family, theirs) == ours else _fed_column(made, ours)


def _fed_column(made: Worded, ours: str) -> str:
    """Return the column that holds what another column says of a field, mapped to the field."""
    name = made_column(ours)
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
