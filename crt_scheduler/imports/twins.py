"""Rows of one list that may be one person: the same name and contact twice, or one contact under two names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from crt_scheduler.imports import compared_names
from crt_scheduler.imports.who import Directory, Said, agreement
from solver.wording import tr

SHARED = 3
"""From so many names on, an e-mail address or a phone is an office's and speaks for nobody."""


@dataclass(frozen=True)
class Twin:
    """A line that may be the same person as an earlier one, and why."""

    line: int
    other: int
    why: str


def twins(
    said: Mapping[int, Said], there: Directory, *, apart: Collection[int], known: Collection[int]
) -> tuple[list[Twin], list[str]]:
    """Return the rows that may be one person, each with the first it is like, and remarks on those told apart.

    Rows `apart` were said to be people of their own; `known` ones surely mean somebody of the records.
    """
    country = there.country
    found: dict[int, Twin] = {}
    remarks: list[str] = []
    for lines in _grouped(said, lambda each: (compared_names.bare(each.name),)).values():
        for line, others in _comparable(said, lines):
            for other in others:
                why = _one_name(said[other], said[line], country)
                if why == "apart":
                    remarks.append(_told_apart(said, other, line, country))
                elif why and line not in found and line not in apart:
                    found[line] = Twin(line, other, why)
    for what, contact, lines in _contacts(said):
        if contact not in there.shared:
            for line in lines[1:]:
                pair = (lines[0], line)
                if _is_doubtful(said, pair, apart, known) and line not in found:
                    found[line] = Twin(
                        line, lines[0], tr("two names at one {what}, a couple or one of them a mistake", what=what)
                    )
    return list(found.values()), list(dict.fromkeys(remarks))


def _grouped(said: Mapping[int, Said], keys: Callable[[Said], Iterable[str]]) -> dict[str, list[int]]:
    """Return what several rows have in common, with their lines."""
    groups: dict[str, list[int]] = defaultdict(list)
    for line, each in said.items():
        for key in filter(None, keys(each)):
            groups[key].append(line)
    return {key: lines for key, lines in groups.items() if len(lines) > 1}


def _comparable(said: Mapping[int, Said], lines: list[int]) -> list[tuple[int, list[int]]]:
    """Return each row of one name with the earlier ones that its id, e-mail, phone, or having none, may make it."""
    first: dict[tuple[str, str], int] = {}
    found = []
    for line in lines:
        each = said[line]
        keys = [
            ("id", compared_names.code(each.code)),
            ("e-mail", each.email),
            *(("phone", number) for number in each.phones),
        ]
        keys.append(("first", ""))
        keys = [key for key in keys if key[1] or key[0] == "first"]
        others = dict.fromkeys(first[key] for key in keys if key in first)
        found.append((line, [*others, *([first["bare", ""]] if ("bare", "") in first else [])]))
        for key in keys:
            first.setdefault(key, line)
        if not each.email and not each.phones:
            first.setdefault(("bare", ""), line)
    return found


def _contacts(said: Mapping[int, Said]) -> list[tuple[str, str, list[int]]]:
    """Return what several rows have in common: an e-mail address or a phone, and their lines."""
    mails = _grouped(said, lambda each: (each.email,))
    phones = _grouped(said, lambda each: each.phones)
    return [
        (what, contact, lines)
        for what, groups in (("e-mail", mails), ("phone", phones))
        for contact, lines in groups.items()
    ]


def shared(said: Mapping[int, Said], there: Directory) -> frozenset[str]:
    """Return the contacts of three people or more, of the file and the records together: an office's."""
    bearers: dict[str, set[str]] = defaultdict(set)
    for each in said.values():
        phones = ((number, there.by_phone) for number in each.phones)
        for contact, known in ((each.email, there.by_email), *phones):
            if contact:
                bearers[contact].add(compared_names.bare(each.name))
                bearers[contact].update(compared_names.bare(person.name) for person in known.get(contact, ()))
    return frozenset(contact for contact, people in bearers.items() if len(people) >= SHARED)


def _is_doubtful(
    said: Mapping[int, Said], pair: tuple[int, int], apart: Collection[int], known: Collection[int]
) -> bool:
    """May two rows of different names be one person? Not where ids tell them apart, or both are known or decided."""
    first, line = pair
    if compared_names.bare(said[first].name) == compared_names.bare(said[line].name) or line in apart or first in apart:
        return False
    has_ids = bool(said[first].code and said[line].code)
    return not has_ids and first not in known and line not in known


def _one_name(first: Said, second: Said, country: str) -> str:
    """Return why two rows of one name may be one person, "apart" where their contacts tell two, else nothing."""
    person = first.as_person(first.code)
    agree, differ = agreement(second, person, country)
    if first.code and second.code and compared_names.code(first.code) == compared_names.code(second.code):
        return tr("one id, {code}, and one name", code=first.code)
    if agree:
        others = tr(", but another {names}", names=" and ".join(differ)) if differ else ""
        return tr("one name and one {names}{others}", names=" and ".join(agree), others=others)
    if first.code and second.code:
        return ""
    return tr("apart") if differ else tr("one name, and nothing tells them apart")


def _told_apart(said: Mapping[int, Said], other: int, line: int, country: str) -> str:
    differ = agreement(said[line], said[other].as_person(""), country)[1]
    return tr(
        "Lines {other} and {line} bear one name and are two people: each has another {names}.",
        other=other,
        line=line,
        names=" and ".join(differ),
    )


__all__ = ["Twin", "twins"]
