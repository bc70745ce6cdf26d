"""Match: how well typed words fit a text, whatever its case, accents or script; lower ranks are better."""

from __future__ import annotations

import unicodedata

LOOSE, NO_MATCH = 5, 99
"""LOOSE: only the letters are there, in order; worth showing where nothing fits better."""
PLAIN = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "ð": "d", "æ": "ae", "œ": "oe", "þ": "th"})
"""Letters that Unicode does not take apart, as people without them on the keyboard type them."""


def folded(text: str) -> str:
    """Return a text without case, accents and marks that are no letters, for comparing in any script."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter)).translate(PLAIN)


def rank(query: str, text: str) -> int:
    """Return how well a folded query fits a folded text: 0 is the same text, NO_MATCH no fit at all.

    Every word of the query must fit: as the beginning of a word, inside one, or with its letters in order.
    """
    if not query:
        return 1
    if text == query:
        return 0
    if text.startswith(query):
        return 1
    words = text.replace("-", " ").split()
    return max(_word_rank(word, text, words) for word in query.split() or [""])


def _word_rank(word: str, text: str, words: list[str]) -> int:
    if any(other.startswith(word) for other in words):
        return 2
    if len(word) > 1 and "".join(other[0] for other in words).startswith(word):
        return 3
    if word in text:
        return 4
    return LOOSE if len(word) > 2 and _in_order(word, text) else NO_MATCH


def _in_order(word: str, text: str) -> bool:
    """Are the letters of the word in the text, in this order and begun at the beginning of one of its words?"""
    starts = [n for n, letter in enumerate(text) if letter == word[0] and (n == 0 or text[n - 1] in " -")]
    return any(_follows(word, text[start:]) for start in starts)


def _follows(word: str, text: str) -> bool:
    letters = iter(text)
    return all(letter in letters for letter in word)
