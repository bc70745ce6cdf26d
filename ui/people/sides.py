"""Who a line of a file may be, laid side by side: what the file says, what is on record, and what would come in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from crt_scheduler import person_fields
from crt_scheduler.imports import Candidate, Question
from crt_scheduler.imports.vocabulary import folded
from crt_scheduler.person_fields import BY_NAME
from ui.people.fields import held
from ui.people.file_reading import Looked
from ui.people.people_words import field_label
from ui.people.word_lines import meaning_words
from ui.words import tr

OF_RECORDS = tuple(field.name for field in person_fields.ALL if field.cell != "people")
"""Fields of a person that the records hold as the file would write them."""


@dataclass(frozen=True)
class Compared:
    """One field on all sides: texts as written, the file's line last, and the column that it was read from."""

    field: str
    column: str
    texts: tuple[str, ...]
    is_other: tuple[bool, ...]
    """Which of the sides say something else than the file's line."""

    @property
    def incoming(self) -> str:
        """Return what the file's line says."""
        return self.texts[-1]

    def comes_in(self, side: int, *, is_kept: bool = False) -> str:
        """Return what there would be after the line was taken for one side: a blank never wins over a text."""
        own = self.texts[side]
        return own if is_kept or not self.incoming else self.incoming


@dataclass(frozen=True)
class Sides:
    """A question with its candidates and the file's line side by side, and the fields that any of them says."""

    question: Question
    titles: tuple[str, ...]
    notes: tuple[str, ...]
    rows: tuple[Compared, ...]


def sides_of(looked: Looked, question: Question) -> Sides:
    """Lay the candidates of a question beside the line it is about."""
    line = question.lines[0]
    shown = [_texts(looked, each) for each in question.candidates]
    incoming = dict(looked.lines.get(line, {}))
    if not incoming.get("name") and "name" not in looked.mapping:
        incoming["name"] = question.text
    fields = [ours for ours in looked.mapping if any(texts.get(ours) for texts in (*shown, incoming))]
    fields += ["name"] if "name" not in fields and incoming.get("name") else []
    rows = tuple(_row(looked, ours, [*shown, incoming]) for ours in _once(looked, fields))
    return Sides(
        question,
        titles=(*(_title(each) for each in question.candidates), _line_words(question)),
        notes=(*(_note(each) for each in question.candidates), tr("in the file")),
        rows=tuple(row for row in rows if any(row.texts)),
    )


def _once(looked: Looked, fields: list[str]) -> list[str]:
    """Return the fields without those read from a column that another one is read from too."""
    columns = [looked.mapping.get(ours) or ours for ours in fields]
    return [ours for n, ours in enumerate(fields) if columns[n] not in columns[:n]]


def _texts(looked: Looked, candidate: Candidate) -> Mapping[str, str]:
    if candidate.is_line:
        return looked.lines.get(candidate.line, {})
    line = looked.people.get(candidate.key)
    if line is None:
        return {"name": candidate.name, "id": candidate.key}
    return {ours: held(line, ours) for ours in OF_RECORDS}


def _row(looked: Looked, ours: str, shown: list[Mapping[str, str]]) -> Compared:
    texts = tuple(texts.get(ours, "") for texts in shown)
    meanings = [_meant(looked, ours, text) for text in texts]
    incoming = meanings[-1]
    is_other = tuple(bool(text and incoming and text != incoming) for text in meanings)
    return Compared(ours, looked.mapping.get(ours, ""), texts, is_other)


def _meant(looked: Looked, ours: str, text: str) -> str:
    """Return a text as it is compared: by what it means where it is a word, without capitals and signs otherwise."""
    for word in looked.report.words if looked.report else ():
        if word.field == ours and word.text == text and word.meaning:
            return folded(word.meaning.removeprefix(f"{ours}:"))
    if ours == "name":
        return text
    if ours in BY_NAME and BY_NAME[ours].cell == "phone":
        return "".join(sign for sign in text if sign.isdigit())[-10:]
    return folded(text)


def shown_words(looked: Looked, ours: str, text: str) -> str:
    """Return a text as written, with what it means where that is another word."""
    if ours in BY_NAME and text in BY_NAME[ours].allowed:
        return meaning_words(ours, text)
    for word in looked.report.words if looked.report else ():
        if word.field == ours and word.text == text and word.meaning:
            meaning = meaning_words(ours, word.meaning, text)
            is_plain = set(folded(word.meaning).split()) <= set(folded(text).split())
            return text if is_plain or folded(meaning) == folded(text) else tr("{}, means {}").format(text, meaning)
    return text


def _title(candidate: Candidate) -> str:
    if candidate.is_line:
        return tr("Line {}").format(candidate.line)
    return candidate.name


def _note(candidate: Candidate) -> str:
    return tr("in the file") if candidate.is_line else tr("{}, on record").format(candidate.key)


def _line_words(question: Question) -> str:
    more = len(question.lines) - 1
    if more and not any(each.is_line for each in question.candidates):
        return tr("Line {} and {} more").format(question.lines[0], f"{more:,}")
    return tr("Line {}").format(question.lines[0])


def label(row: Compared) -> str:
    """Return the name of the field on a row."""
    return field_label(row.field)
