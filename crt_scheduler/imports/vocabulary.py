"""The words an import knows: what each field may hold, the usual words of teams for it, and those answered before."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from crt_scheduler import remedies
from crt_scheduler.act import Act
from crt_scheduler.errors import CrtError
from crt_scheduler.imports import kinds, languages_said, team_languages
from crt_scheduler.imports.asked import LEAVE_OUT
from crt_scheduler.imports.compared_names import word as folded
from crt_scheduler.person_fields import KINDS, ROLES, STATUSES
from crt_scheduler.places import resource
from crt_scheduler.tables import Area, Division, LearntWord, ResponderGroup, Seat
from solver.wording import mark, tr

How = Literal["known", "guessed", "learnt", "told", "open"]
ADDABLE = ("area", "language")
"""What an unknown word may be added to."""
GENERIC = frozenset(
    ("bureau", "area", "zone", "region", "district", "division", "sector", "station", "precinct", "command")
)
"""Words of a place's name that say only what sort of place it is."""


@dataclass(frozen=True)
class Meaning:
    """What a text means, and how that is known; no meaning: open."""

    text: str
    how: How


OPEN = Meaning("", "open")


@dataclass(frozen=True)
class Vocabulary:
    """By topic: the words there are by folded text, the usual words for them, and the words learnt before."""

    choices: Mapping[str, tuple[str, ...]]
    known: Mapping[str, Mapping[str, str]]
    usual: Mapping[str, Mapping[str, str]]
    learnt: Mapping[tuple[str, str], str]
    areas_of: Mapping[str, str]
    """The area that each division lies in, by the division's folded name."""

    def meaning(self, topic: str, text: str) -> Meaning:
        """Return what a text means in a topic."""
        learnt = self.learnt.get((topic, folded(text)))
        return Meaning(learnt, "learnt") if learnt is not None else self.own(topic, text)

    def own(self, topic: str, text: str) -> Meaning:
        """Return what a text means by our own words and the usual ones, whatever was answered before."""
        key = folded(text)
        if topic == "language":
            return self._language(text)
        if key in self.known.get(topic, {}):
            return Meaning(self.known[topic][key], "known")
        if key in self.usual.get(topic, {}):
            return Meaning(self.usual[topic][key], "guessed")
        found = self._place(topic, key) if topic in ("area", "division") else ""
        return Meaning(found, "guessed") if found else OPEN

    def _place(self, topic: str, key: str) -> str:
        """Return the place whose name differs only by words such as bureau, or the area around a division so named."""
        short = _short(key)
        names = [name for name in self.choices[topic] if short and _short(folded(name)) == short]
        if len(names) == 1:
            return names[0]
        return self.areas_of.get(key, self.areas_of.get(short, "")) if topic == "area" and not names else ""

    def _language(self, text: str) -> Meaning:
        name = languages_said.spelled(text, self.known["language"])
        if not name:
            return OPEN
        return Meaning(name, "known" if folded(name) == folded(text) else "guessed")

    def near(self, topic: str, text: str) -> tuple[str, ...]:
        """Return the words there are, those spelled most like the text first."""
        close = difflib.get_close_matches(folded(text), list(self.known.get(topic, {})), n=3, cutoff=0.6)
        first = dict.fromkeys(self.known[topic][key] for key in close)
        return tuple(dict.fromkeys((*first, *self.choices.get(topic, ()))))


def _short(key: str) -> str:
    return " ".join(word for word in key.split() if word not in GENERIC)


@cache
def _usual() -> Mapping[str, Mapping[str, list[str]]]:
    return msgspec.json.decode(resource("words.json").read_bytes(), type=dict[str, dict[str, list[str]]])


def vocabulary(session: Session) -> Vocabulary:
    """Read the words there are: of the programme, of the people, and those learnt from earlier files."""
    areas = tuple(session.scalars(select(Area.name).order_by(Area.id)))
    divisions = select(Division.name, Area.name).join(Area, Area.id == Division.area_id).order_by(Division.id)
    places = [(name, area) for name, area in session.execute(divisions)]
    choices: dict[str, tuple[str, ...]] = {
        "status": STATUSES,
        "role": ROLES,
        "kind": (
            tuple(dict.fromkeys((*session.scalars(select(ResponderGroup.kind).order_by(ResponderGroup.id)),))) or KINDS
        ),
        "area": areas,
        "division": tuple(name for name, _ in places),
        "language": team_languages.there_are(session),
        "seat": tuple(dict.fromkeys(session.scalars(select(Seat.role).order_by(Seat.id)))),
        "yes": ("yes", "no"),
        **{field.topic: field.own for kind in kinds.ALL for field in kind.columns if field.own},
    }
    known = {topic: {folded(word): word for word in reversed(words)} for topic, words in choices.items()}
    known["language"] = {folded(name): name for name in reversed(choices["language"])}
    learnt = {(row.topic, row.text): row.meaning for row in session.scalars(select(LearntWord))}
    return Vocabulary(choices, known, _usual_of(choices), learnt, {folded(name): area for name, area in places})


def _usual_of(choices: Mapping[str, Iterable[str]]) -> dict[str, dict[str, str]]:
    """Return the usual words by folded text, for meanings that are among the choices only."""
    found: dict[str, dict[str, str]] = {}
    for topic, words in {**_usual(), "seat": _usual()["role"]}.items():
        allowed = set(choices[topic])
        found[topic] = {folded(text): m for m, texts in words.items() if m in allowed for text in texts}
    return found


def learn(session: Session, topic: str, text: str, meaning: str) -> None:
    """Keep what a word means for the next file; a part of the act that the session is in."""
    row = session.scalar(select(LearntWord).where(LearntWord.topic == topic, LearntWord.text == folded(text)))
    if row is None:
        session.add(LearntWord(topic=topic, text=folded(text), written=text, meaning=meaning))
    else:
        row.meaning, row.written = meaning, text


def forget(session: Session, topic: str, text: str) -> None:
    """Forget what a word means; raises CrtError if none was learnt."""
    row = session.scalar(select(LearntWord).where(LearntWord.topic == topic, LearntWord.text == folded(text)))
    if row is None:
        raise CrtError(
            tr("No meaning of {text!r} was learnt for {topic!r}.", text=text, topic=topic), remedies.SEE_WORDS
        )
    session.delete(row)


FORGET = Act(forget, mark("Forget the word {text}"))


def learnt(session: Session) -> tuple[dict[str, Any], ...]:
    """Return every word learnt, as topic, text and meaning."""
    rows = session.scalars(select(LearntWord).order_by(LearntWord.topic, LearntWord.text))
    return tuple({"field": row.topic, "text": row.written, "meaning": row.meaning} for row in rows)


__all__ = ["ADDABLE", "LEAVE_OUT", "OPEN", "Meaning", "Vocabulary", "folded", "learn", "vocabulary"]
