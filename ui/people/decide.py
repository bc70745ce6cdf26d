"""Answers to what an import asks, put on top of those given before: who a row is, and what a word means."""

from __future__ import annotations

from dataclasses import dataclass, replace

from crt_scheduler.imports import Question
from crt_scheduler.imports.asked import listed_name
from crt_scheduler.imports.vocabulary import folded
from ui.people.file_reading import Asked

SAME, NEW, OUT = "same", "new", "out"


@dataclass(frozen=True)
class Answer:
    """What a question was answered: who it is (`key`), somebody new, or left out.

    `chosen` are columns of which either side could be taken, with what the other side says and whether that stays.
    """

    question: Question
    way: str
    key: str = ""
    chosen: tuple[tuple[str, str, bool], ...] = ()


def told(asked: Asked, field: str, text: str, meaning: str) -> Asked:
    """Return how a file is to be read when a word means this, in place of what was answered of it before."""
    kept = {key: said for key, said in asked.decided.words.items() if (key[0], folded(key[1])) != (field, folded(text))}
    return replace(asked, decided=replace(asked.decided, words={**kept, (field, text): meaning}))


def answered(asked: Asked, answer: Answer) -> Asked:
    """Return how a file is to be read when a row is this person, in place of what was answered of it before."""
    lines, line, before = answer.question.out, answer.question.lines[0], asked.decided
    same = {each: key for each, key in before.same.items() if each not in lines}
    name, places = listed_name(answer.question.name), answer.question.lines
    named = {at: key for at, key in before.named.items() if at[0] not in places or at[1] != name}
    new, out = before.new - set(lines), before.left_out - set(lines)
    if answer.way == SAME and name:
        named |= {(each, name): answer.key for each in places}
    elif answer.way == SAME:
        same[line] = answer.key
    elif answer.way == NEW:
        new |= {line}
    else:
        out |= set(lines)
    corrections = dict(asked.corrections)
    for column, text, stays in answer.chosen:
        if stays:
            corrections[line, column] = text
        elif corrections.get((line, column)) == text:
            del corrections[line, column]
    decided = replace(before, same=same, named=named, new=new, left_out=out)
    return replace(asked, decided=decided, corrections=corrections)
