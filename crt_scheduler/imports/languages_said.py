"""Languages as people write them: several in a cell, in their own words, as codes, with how well they are spoken."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

import msgspec

from crt_scheduler.imports.compared_names import word
from crt_scheduler.places import resource

_BETWEEN = re.compile(r"\s*(?:[;,/|&+\n\r•·、，]|\band\b|\by\b|\bund\b|\bet\b)\s*", re.IGNORECASE)
_ASIDE = re.compile(r"[(\[{]([^(\[{)\]}]*)[)\]}]")
LEVELS = frozenset(
    """
    fluent fluently native basic conversational conversation intermediate advanced beginner beginning some little
    limited proficient professional working bilingual mother tongue first second language spoken speak speaks read
    reads write writes only good fair poor very well elementary level primary a i as a1 a2 b1 b2 c1 c2
    """.split()  # noqa: SIM905
)
"""Words that say how well a language is spoken; they are dropped."""
NONE = frozenset(("none", "no", "n/a", "na", "nothing", "-", "n a"))


@dataclass(frozen=True)
class Spoken:
    """What a cell says: languages by the names to keep, texts that are none, and what was dropped of how well."""

    languages: tuple[str, ...]
    unknown: tuple[str, ...]
    levels: tuple[str, ...]


@cache
def _world() -> Mapping[str, str]:
    """Return the usual English name of every language by each of its names and codes, without accents.

    The names are those of the Unicode CLDR in English, Spanish, French, German and the language itself, and ISO 639.
    """
    entries = msgspec.json.decode(resource("languages.json").read_bytes(), type=list[list[str]])
    return {word(name): entry[0] for entry in reversed(entries) for name in entry}


def spelled(text: str, team: Mapping[str, str]) -> str:
    """Return the name to keep for one language, as the team spells it, or nothing where it is none.

    `team` holds the languages there are, and the words answered before, by their names without accents.
    """
    key = word(text)
    if key in team:
        return team[key]
    usual = _world().get(key, "")
    if not usual:
        return ""
    same = (name for other, name in team.items() if _world().get(other) == usual)
    return next(same, usual)


def spoken(cell: str, team: Mapping[str, str]) -> Spoken:
    """Read a cell of languages."""
    found: dict[str, None] = {}
    unknown: dict[str, None] = {}
    levels: list[str] = []
    whole = spelled(cell, team)
    for part in [cell] if whole else _BETWEEN.split(_ASIDE.sub(_kept(team, levels), cell)):
        text = part.strip(" .:-–\t")
        if not text or word(text) in NONE:
            continue
        name = spelled(text, team) or spelled(_without_level(text, levels), team)
        if name:
            found[name] = None
        else:
            unknown[text] = None
    return Spoken(tuple(found), tuple(unknown), tuple(levels))


def _kept(team: Mapping[str, str], levels: list[str]) -> Callable[[re.Match[str]], str]:
    """Return how to write what stands in parentheses: a language stays as one more, a level is dropped."""

    def written(match: re.Match[str]) -> str:
        inner = match[1].strip()
        if inner and spelled(inner, team):
            return f", {inner}"
        if inner:
            levels.append(inner)
        return " "

    return written


def _without_level(text: str, levels: list[str]) -> str:
    """Return a text without the words around it that say how well."""
    said = re.split(r"[\s:–-]+", text)
    kept = [each for each in said if each.casefold() not in LEVELS]
    if kept and len(kept) < len(said):
        levels.append(" ".join(each for each in said if each.casefold() in LEVELS))
    return " ".join(kept)
