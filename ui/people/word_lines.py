"""The words of a file as lines to answer: each word once, however it is written, with what it may mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from crt_scheduler.imports import Word, kinds
from crt_scheduler.imports.asked import LEAVE_OUT, NEW
from crt_scheduler.imports.vocabulary import ADDABLE, folded
from crt_scheduler.imports.worded import AND, SIBLINGS
from crt_scheduler.person_fields import BY_NAME
from ui.parts import counted
from ui.people.file_reading import Looked
from ui.people.people_words import grade_words
from ui.words import tr


@dataclass(frozen=True)
class WordLine:
    """A word of a field: as it is written, its rows, what it means (nothing: open) and how that is known."""

    field: str
    column: str
    texts: tuple[str, ...]
    rows: int
    meaning: str
    how: str

    @property
    def key(self) -> tuple[str, str]:
        """Return what tells the word from others."""
        return self.field, folded(self.texts[0])

    @property
    def is_open(self) -> bool:
        """Is it still to be answered?"""
        return self.how == "open"


def word_lines(looked: Looked, before: Mapping[tuple[str, str], WordLine]) -> list[WordLine]:
    """Return the words of a file by column; one answered is there though no row says it now, as it was `before`."""
    grouped: dict[tuple[str, str], list[Word]] = {}
    for word in looked.report.words if looked.report else ():
        grouped.setdefault((word.field, folded(word.text)), []).append(word)
    told = {(ours, folded(text)): meaning for (ours, text), meaning in looked.asked.decided.words.items()}
    found = [_line(words, told.get(key)) for key, words in grouped.items()]
    found += [
        WordLine(old.field, old.column, old.texts, old.rows, told[key], "told")
        for key, old in before.items()
        if key in told and key not in grouped
    ]
    columns = list(dict.fromkeys(line.column for line in found))
    return sorted(found, key=lambda line: columns.index(line.column))


def _line(words: list[Word], told: str | None) -> WordLine:
    first = words[0]
    texts = tuple(dict.fromkeys(word.text for word in words))
    rows = len({line for word in words for line in word.lines})
    how = "open" if any(word.how == "open" for word in words) else first.how if told is None else "told"
    return WordLine(first.field, first.column, texts, rows, told or first.meaning, how)


def meaning_words(field: str, meaning: str, text: str = "") -> str:
    """Return what a word means as people say it."""
    if meaning == LEAVE_OUT:
        return tr("Left out")
    if meaning == NEW:
        return tr("New: {}").format(text)
    parts = (part.partition(":") for part in meaning.split(AND)) if field in SIBLINGS else ()
    said = [_own_words(name, word) if sign else _own_words(field, name) for name, sign, word in parts]
    return ", ".join(said) if said else _own_words(field, meaning)


def _own_words(field: str, word: str) -> str:
    titles = dict(BY_NAME[field].choices) if field in BY_NAME else {}
    if word in titles:
        return tr(titles[word])
    if field == "kind":
        return word.capitalize()
    if field == "grade" and word in ("cannot", "rather_not", "prefers", "wants", "free"):
        return grade_words(word).capitalize()
    if field == "languages":
        return tr(" and ").join(word.split("; ")) if word.count(";") == 1 else word.replace("; ", ", ")
    return word


def how_words(how: str) -> str:
    """Return how a meaning is known."""
    return {
        "known": tr("known"),
        "guessed": tr("guessed"),
        "learnt": tr("answered before"),
        "told": tr("answered"),
        "open": tr("to answer"),
    }[how]


def word_choices(looked: Looked, line: WordLine) -> list[tuple[str, str]]:
    """Return what a word can be said to mean, as (kept, shown): the likeliest first where it is open."""
    asked = next((q for q in looked.open_words if (q.field, folded(q.text)) == line.key), None)
    likely = tuple(each.key for each in asked.candidates) if asked else ()
    own = [(word, _own_words(line.field, word)) for word in (*likely, *looked.choices.get(line.field, ()))]
    others = [
        (f"{ours}:{word}", _own_words(ours, word))
        for ours in SIBLINGS
        if line.field in SIBLINGS and ours != line.field
        for word in looked.choices.get(ours, ())
    ]
    topic = kinds.named(looked.preview.kind).topics.get(line.field, "")
    text = line.texts[0]
    new = {"area": tr("A new area, {}").format(text), "language": tr("A new language, {}").format(text)}
    more = [(NEW, new[topic])] if topic in ADDABLE and line.how in ("open", "told") else []
    out = counted(line.rows, "Leave this row out", "Leave these {} rows out")
    held = [(line.meaning, meaning_words(line.field, line.meaning, text)) if line.meaning else ("", tr("Choose…"))]
    offers = dict((*own, *others, *more, (LEAVE_OUT, out)))
    return list({**({} if line.meaning in offers else dict(held)), **offers}.items())
