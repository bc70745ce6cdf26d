"""Catalogues: what each sentence is in another language (gettext's .mo files), and the one in use."""

from __future__ import annotations

import gettext
import os
from pathlib import Path
from typing import Final, NamedTuple

ENGLISH: Final = "en"
VARIABLE: Final = "CRT_SCHEDULER_CATALOGUE"
"""What tells a program of ours, such as the solver's, which catalogue the one that started it speaks by: a file."""
NUMBER: Final = "1,234.5"
"""A message of every catalogue: how its language writes this number."""


class Marks(NamedTuple):
    """The marks of a language."""

    group: str
    point: str

    def put(self, text: str) -> str:
        """Return a number that Python wrote, such as 1,234.5, with these marks."""
        return text.translate({ord(","): self.group, ord("."): self.point})


def marks_in(example: str) -> Marks:
    """Return the marks of a language that writes 1,234.5 so."""
    group, point = (each for each in example if not each.isdigit())
    return Marks(group, point)


class Catalogue:
    """The sentences of one language; English says every sentence as it is written."""

    def __init__(self, language: str, sentences: gettext.NullTranslations, path: Path | None = None) -> None:
        self.language = language
        self.path = path
        self.is_english = language == ENGLISH
        self._sentences = sentences
        self.marks: Marks = marks_in(self.one(NUMBER))

    def one(self, message: str) -> str:
        """Return a message in this language, or as it is where the catalogue has none."""
        return self._sentences.gettext(message) if message else message

    def of_count(self, count: int, one: str, many: str) -> str:
        """Return the form of a message that a count takes in this language."""
        return self._sentences.ngettext(one, many, count)


_ENGLISH: Final = Catalogue(ENGLISH, gettext.NullTranslations())
_in_use: Catalogue = _ENGLISH


def used() -> Catalogue:
    """Return the catalogue of the language in use."""
    return _in_use


def use(catalogue: Catalogue | None) -> None:
    """Say everything by a catalogue from now on, in the whole program; None is English."""
    global _in_use
    _in_use = catalogue or _ENGLISH


def read(path: Path) -> Catalogue:
    """Return the catalogue of a file, whose header names the language."""
    with path.open("rb") as stream:
        sentences = gettext.GNUTranslations(stream)
    return Catalogue(sentences.info()["language"], sentences, path)


def use_what_is_named() -> None:
    """Say everything by the catalogue that the program which started this one speaks by."""
    named = os.environ.get(VARIABLE, "")
    use(read(Path(named)) if named else None)


def counting(one: str, many: str) -> tuple[str, str]:
    """Return the two forms of a message that counts unchanged: they are put into the catalogues here."""
    return one, many


def mark(message: str) -> str:
    """Return a message unchanged: it is put into the catalogues here, and said where it is used."""
    return message
