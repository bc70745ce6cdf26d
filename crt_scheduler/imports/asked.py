"""What an import asks before it writes, and the answers: who a row is, and what a word of the team's means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Literal

from crt_scheduler.lines import read_line, said
from solver.wording import tr

NEW, LEAVE_OUT = "new", "leave out"


@dataclass(frozen=True)
class Candidate:
    """One answer a question may have: an id or a line of the file (or a meaning), and what speaks for and against."""

    key: str
    name: str
    is_line: bool = False
    speaks_for: tuple[str, ...] = ()
    speaks_against: tuple[str, ...] = ()

    @property
    def line(self) -> int:
        """The line it is, where it is one."""
        return read_line(self.key.removeprefix("line"))

    def words(self) -> str:
        """Return the candidate as a sentence names it."""
        who = tr("line {line}", line=self.line) if self.is_line else self.key
        return f"{self.name} ({who})" if self.name else who


@dataclass(frozen=True)
class Question:
    """One thing an import cannot tell: the lines it is about (the first is the one to answer by), and the answers.

    Of a word, `field` is ours, `column` theirs, `text` as written; `is_person` tells a question of who somebody is.
    """

    kind: Literal["who", "word"]
    lines: tuple[int, ...]
    text: str
    candidates: tuple[Candidate, ...]
    sentence: str
    field: str = ""
    column: str = ""
    may_be_new: bool = True
    name: str = ""
    """The one it is about of the names that a cell lists; none: the row as a whole."""

    @property
    def is_person(self) -> bool:
        """Does it ask who somebody is?"""
        return self.kind == "who"

    @property
    def out(self) -> tuple[int, ...]:
        """Return the lines that stay out while it is open: of two that may be one person, the later."""
        return self.lines[:1] if any(each.is_line for each in self.candidates) else self.lines

    def as_dict(self) -> dict[str, Any]:
        """Return the question for --json."""
        names = [{"id": c.key, "name": c.name, "line": c.is_line} for c in self.candidates if self.is_person]
        return {
            "kind": self.kind,
            "line": said(self.lines[0]),
            "lines": list(map(said, self.lines)),
            "text": self.text,
            "field": self.field,
            "column": self.column,
            "name": self.name,
            "persons": [
                {**name, "for": list(c.speaks_for), "against": list(c.speaks_against)}
                for name, c in zip(names, self.candidates, strict=False)
            ],
            "choices": [] if self.is_person else [c.key for c in self.candidates],
            "may_be_new": self.may_be_new,
            "sentence": self.sentence,
        }


@dataclass(frozen=True)
class Word:
    """A distinct text of a field with its rows and meaning, and how that is known: known, guessed, learnt, told, open.

    Known words are our own; guessed ones come from the usual words of teams; learnt and told ones were answered.
    """

    field: str
    column: str
    text: str
    lines: tuple[int, ...]
    meaning: str
    how: Literal["known", "guessed", "learnt", "told", "open"]

    def as_dict(self) -> dict[str, Any]:
        """Return the word for --json."""
        return {
            "field": self.field, "column": self.column, "text": self.text, "rows": len(self.lines),
            "lines": list(map(said, self.lines)), "meaning": self.meaning, "how": self.how,
        }  # fmt: skip


def listed_name(text: str) -> str:
    """Return one of the names that a cell lists as answers and rows are compared."""
    return " ".join(text.split()).casefold()


@dataclass(frozen=True)
class Decisions:
    """The answers given: by line of the file who it is (an id or another line), who is new, which rows stay out.

    `named` says by line and name (`listed_name`) who somebody is whom a cell lists beside others, `words` what texts
    mean by field. The rest is of the whole file, each for one kind: with `empty_clears` an empty cell of people wipes
    what the records hold; with `replaces` availability takes the place of what an earlier file said of the same people
    and months, and with `only` a shift that it names for a day is the only one the person can do; with `row_per_victim`
    incidents of one time, area and type are one.
    """

    same: Mapping[int, str] = field(default_factory=lambda: MappingProxyType({}))
    new: frozenset[int] = frozenset()
    left_out: frozenset[int] = frozenset()
    words: Mapping[tuple[str, str], str] = field(default_factory=lambda: MappingProxyType({}))
    named: Mapping[tuple[int, str], str] = field(default_factory=lambda: MappingProxyType({}))
    empty_clears: bool = False
    replaces: bool = False
    only: bool = False
    row_per_victim: bool = False


UNDECIDED = Decisions()
