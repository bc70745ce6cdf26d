"""A column of languages put into the names there are, several to a cell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Literal

from crt_scheduler.imports import languages_said
from crt_scheduler.imports.asked import LEAVE_OUT, Word
from crt_scheduler.imports.vocabulary import (
    Vocabulary,
    folded,
)
from crt_scheduler.imports.worded import Worded, ask, distinct, leave_out, lines_at
from solver.wording import tr


def languages_column(made: Worded, known: Vocabulary, told: Mapping[tuple[str, str], str], column: str) -> None:
    """Put a column of languages into the names there are, several to a cell."""
    answered = {text: meaning for (topic, text), meaning in {**known.learnt, **told}.items() if topic == "language"}
    team = {**known.known["language"], **answered}
    open_words: dict[str, list[int]] = defaultdict(list)
    named: dict[str, list[int]] = defaultdict(list)
    dropped: set[str] = set()
    for text, places in distinct(made, column, "languages").items():
        spoken = languages_said.spoken(text, team)
        if LEAVE_OUT in spoken.languages:
            made.words.append(Word("languages", column, text, lines_at(made, places), LEAVE_OUT, "learnt"))
            leave_out(made, "languages", text, places)
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
    fresh = [name for name in named if languages_said.spelled(name, {}) and _is_new(known, name)]
    if fresh:
        made.notes.append(tr("New languages of the team: {names}.", names=", ".join(sorted(fresh))))
    if dropped:
        made.notes.append(tr("How well a language is spoken is not kept: {names}.", names=", ".join(sorted(dropped))))
    for text, places in open_words.items():
        ask(made, "languages", "language", column, text, places)


def _is_new(known: Vocabulary, name: str) -> bool:
    return folded(name) not in {folded(each) for each in known.choices["language"]}


def _word_of_cell(
    made: Worded, known: Vocabulary, answered: Mapping[str, str], column: str, text: str, places: list[int],
    spoken: languages_said.Spoken,
) -> None:  # fmt: skip
    """Note what a cell of languages was taken for, unless it is open."""
    if spoken.unknown or not spoken.languages:
        return
    is_plain = len(spoken.languages) == 1 and folded(spoken.languages[0]) == folded(text)
    how: Literal["known", "guessed", "learnt"] = "known" if is_plain else "guessed"
    if folded(text) in answered:
        how = "learnt"
    made.words.append(Word("languages", column, text, lines_at(made, places), "; ".join(spoken.languages), how))
