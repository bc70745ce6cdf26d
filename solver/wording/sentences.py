"""Sentences: said in the language in use, with what they are about put in as that language writes it."""

from __future__ import annotations

import string
from collections.abc import Iterator, Mapping
from typing import Any, Generic, TypeVar

from solver.wording.catalogue import used

K = TypeVar("K")


class Sayings(Mapping[K, str], Generic[K]):
    """A table of words, such as a state and what people call it, each said in the language in use when it is asked for.

    Its words are written out where it is made, as those of `tr`.
    """

    def __init__(self, words: Mapping[K, str]) -> None:
        self._words = words

    def __getitem__(self, key: K) -> str:
        """Return what stands for a key."""
        return tr(self._words[key])

    def say(self, key: K, **values: object) -> str:
        """Return what stands for a key, filled with values as `tr` fills them."""
        return tr(self._words[key], **values)

    def __iter__(self) -> Iterator[K]:
        """Return every key, in order."""
        return iter(self._words)

    def __len__(self) -> int:
        """Return how many keys there are."""
        return len(self._words)


class CountedSayings(Generic[K]):
    """A table of sentences that count, each as its singular and its plural."""

    def __init__(self, words: Mapping[K, tuple[str, str]]) -> None:
        self._words = words

    def __iter__(self) -> Iterator[K]:
        """Return every key, in order; a key that is among them has a sentence."""
        return iter(self._words)

    def of(self, key: K, count: int) -> str:
        """Return the sentence of a key for a count, which it holds as `{n}`."""
        return counted(count, *self._words[key])


class _Filler(string.Formatter):
    """Puts values into a message; numbers with a format get the marks of the language in use."""

    def format_field(self, value: Any, format_spec: str) -> str:
        """Return a value as it is put in."""
        text: str = super().format_field(value, format_spec)
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        return used().marks.put(text) if is_number and format_spec else text


_FILLER = _Filler()


def tr(message: str, /, **values: object) -> str:
    """Return a message in the language in use, its `{names}` filled with the values (a format may follow a colon).

    Without values nothing is filled in: `{}` is left for the caller.
    """
    text = used().one(message)
    return _filled(text, values) if values else text


def counted(count: int, one: str, many: str, /, **values: object) -> str:
    """Return `one` for a single thing, else `many`, as the language in use counts; `{}` or `{n}` is the count."""
    shown = number(count)
    return _filled(used().of_count(count, one, many), {"n": shown, **values}, shown)


def number(value: float, form: str = ",") -> str:
    """Return a number in a format such as `,` or `.1f`, with the marks of the language in use."""
    text = format(value, form)
    return text if used().is_english else used().marks.put(text)


def _filled(text: str, values: dict[str, Any], *places: object) -> str:
    if used().is_english:
        return text.format(*places, **values)
    return _FILLER.vformat(text, places, values)
