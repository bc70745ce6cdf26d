"""What is asked of the rows of a list of people: which of two one id means, whether two are one, who one is."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from crt_scheduler import lines
from crt_scheduler.imports import compared_names
from crt_scheduler.imports.asked import Candidate, Decisions, Question
from crt_scheduler.imports.people_file import PeopleFile, key_of
from crt_scheduler.imports.twins import Twin, twins
from crt_scheduler.imports.who import Person, Sure, Unsure, candidate, found
from solver.wording import tr


def ask_one_id(file: PeopleFile, decided: Decisions) -> None:
    """Ask about rows of one id and two names; one that was said to be somebody new has to have another id.

    Where somebody of the records has the id, it is asked whether a row means them, as of every other row.
    """
    rows: dict[str, list[int]] = defaultdict(list)
    for line, said in file.said.items():
        rows[said.code].append(line)
    for code, alike in rows.items():
        first = next((line for line in alike if line not in decided.new), alike[0])
        for line in alike if code else ():
            if line == first:
                continue
            if line in decided.new:
                file.without_id.add(line)
            elif _is_open(file, line, first, decided) and compared_names.code(code) not in file.there.by_code:
                file.questions.append(_one_id_question(file, line, first))
                del file.rows[line]


def _is_open(file: PeopleFile, line: int, first: int, decided: Decisions) -> bool:
    """Is it to be asked whether two rows of one id, which bear two names, are one person?"""
    is_one_name = compared_names.bare(file.said[first].name) == compared_names.bare(file.said[line].name)
    return line not in decided.same and not is_one_name


def _one_id_question(file: PeopleFile, line: int, first: int) -> Question:
    said, other = file.said[line], file.said[first]
    like = found(said, file.there)
    people = like.people if isinstance(like, Unsure) else ()
    answers = (
        candidate(replace(said, code=""), other.as_person(key_of(file, first)), file.there.country, is_line=True),
        *(candidate(said, person, file.there.country) for person in people),
    )
    options = ", ".join(lines.option("--same", line, each.key) for each in answers)
    them = (
        tr(" Or is line {line} {names}?", line=line, names=" or ".join(each.words() for each in answers[1:]))
        if people
        else ""
    )
    sentence = tr(
        "Are lines {first} and {line} one person? Both have the id {code}, but line {first} is "
        "{spoken} and line {line} {spoken2}.{them} Answer with {options}, "
        "{option} (with another id) or {option2}.",
        first=first,
        line=line,
        code=said.code,
        spoken=compared_names.spoken(other.name),
        spoken2=compared_names.spoken(said.name),
        them=them,
        options=options,
        option=lines.option("--new", line),
        option2=lines.option("--leave-out", line),
    )
    return Question("who", (line, first), said.name, answers, sentence)


def ask_twins(file: PeopleFile, decided: Decisions) -> None:
    """Ask about rows of the file that may be one person; the later of the two stays out until that is answered."""
    pairs, told = twins(file.said, file.there, apart=decided.new, known=_is_known(file))
    file.notes += told
    for twin in pairs:
        if twin.line in file.rows and twin.line not in decided.same:
            file.questions.append(_twin_question(file, twin))
            del file.rows[twin.line]


def _options(line: int, key: str) -> str:
    """Return the ways to answer whether a line is one person with another."""
    same, new, out = lines.option("--same", line, key), lines.option("--new", line), lines.option("--leave-out", line)
    return tr("{same}, {new} or {out}", same=same, new=new, out=out)


def _is_known(file: PeopleFile) -> frozenset[int]:
    """Return the lines that surely mean somebody of the records."""
    return frozenset(line for line, said in file.said.items() if isinstance(found(said, file.there), Sure))


def _twin_question(file: PeopleFile, twin: Twin) -> Question:
    said, other = file.said[twin.line], file.said[twin.other]
    key = key_of(file, twin.other)
    answer = candidate(replace(said, code=""), other.as_person(key), file.there.country, is_line=True)
    sentence = tr(
        "Are lines {other} and {line} one person? Line {other} is {spoken}, line "
        "{line} {spoken2}: {why}. Answer with {options}.",
        other=twin.other,
        line=twin.line,
        spoken=compared_names.spoken(other.name),
        spoken2=compared_names.spoken(said.name),
        why=twin.why,
        options=_options(twin.line, key),
    )
    return Question("who", (twin.line, twin.other), said.name, (answer,), sentence)


def ask_second(file: PeopleFile, line: int, first: int, person: Person) -> None:
    """Ask whether a row is a second one of somebody whom an earlier row means."""
    said, key = file.said[line], key_of(file, first)
    sentence = tr(
        "Are lines {first} and {line} one person? Both mean {name} ({code}). Answer with {options}.",
        first=first,
        line=line,
        name=person.name,
        code=person.code,
        options=_options(line, key),
    )
    answer = candidate(said, replace(person, code=key), file.there.country, is_line=True)
    file.questions.append(Question("who", (line, first), said.name, (answer,), sentence))


def ask_who(file: PeopleFile, line: int, outcome: Unsure) -> None:
    """Ask which of the people it may mean a row means, or whether somebody new."""
    said = file.said[line]
    answers = tuple(candidate(said, person, file.there.country) for person in outcome.people)
    file.questions.append(
        question((line,), compared_names.spoken(said.name) or said.code, answers, outcome.why, may_be_new=True)
    )


def question(
    about: tuple[int, ...],
    text: str,
    answers: tuple[Candidate, ...],
    why: str,
    *,
    may_be_new: bool,
    name: str = "",
    is_only: bool = True,
) -> Question:
    """Return the question who a row is, or one of the names it lists, with the options that answer it.

    The name is a part of the options unless it is the only one of its line that is asked about.
    """
    line, who = about[0], " or ".join(each.words() for each in answers)
    options = [lines.option("--same", line, each.key, of="" if is_only else name) for each in answers]
    options += [lines.option("--new", line)] if may_be_new else []
    more = tr(" and {count:,} more lines", count=len(about) - 1) if len(about) > 1 else ""
    somebody = tr(", or somebody new") if may_be_new else ""
    sentence = tr(
        'Is "{text}" on line {line}{more} {who}{somebody}? {why}{why2}. Answer with {names} or {option}.',
        text=text,
        line=line,
        more=more,
        who=who,
        somebody=somebody,
        why=why[0].upper(),
        why2=why[1:],
        names=", ".join(options),
        option=lines.option("--leave-out", line),
    )
    return Question("who", about, text, answers, sentence, may_be_new=may_be_new, name=name)
