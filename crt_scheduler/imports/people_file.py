"""The rows of a list of people while it is found out whom they mean: what each says, and what was found."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from crt_scheduler import lines
from crt_scheduler.imports import compared_names, decided_lines
from crt_scheduler.imports.asked import Question
from crt_scheduler.imports.change_plan import plain
from crt_scheduler.imports.who import Directory, Said
from crt_scheduler.sheets import Row, Sheet
from solver.wording import tr

SECOND = "phone_2"
CONTACTS = ("id", "name", "email", "phone", SECOND)


SHOWN = 3

LONGEST_SUM = 60
"""Letters of a cell above which a row is no sum, however many points and digits it has."""
_NUMBER = re.compile(r"[^\W\d_]*\W*[\d.,:]+\s*%?")


@dataclass
class Placed:
    """A sheet whose rows name the person they mean, what is in doubt, and remarks on who was found how."""

    sheet: Sheet
    mapping: dict[str, str]
    questions: list[Question] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass
class PeopleFile:
    """The rows as they are placed: what each says, and whom it was found to mean."""

    there: Directory
    held: Mapping[str, str]
    rows: dict[int, Row]
    said: dict[int, Said]
    codes: dict[int, str] = field(default_factory=dict)
    names: dict[int, str] = field(default_factory=dict)
    new: set[int] = field(default_factory=set)
    """Lines of newcomers."""
    without_id: set[int] = field(default_factory=set)
    """Lines of newcomers whose id another row has."""
    second: dict[int, str] = field(default_factory=dict)
    """The second phone of a line where that is another one than its cell says."""
    questions: list[Question] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def line(self, named: str) -> int:
        """Return the file's own line that an answer names, or what it names where there is none."""
        return decided_lines.own(lines.read_line(named), self.rows) or lines.read_line(named)


def held_in(sheet: Sheet, mapping: Mapping[str, str]) -> dict[str, str]:
    """Return the column of each thing that tells who somebody is."""
    header = {plain(name): name for name in sheet.header}
    found = {ours: header.get(plain(mapping.get(ours, ours)), "") for ours in CONTACTS}
    return {ours: theirs for ours, theirs in found.items() if theirs}


def rows_of(sheet: Sheet, held: Mapping[str, str]) -> tuple[dict[int, Row], list[str]]:
    """Return the rows by line, without sums, which are no people, and rows that repeat another word for word."""
    rows: dict[int, Row] = {}
    sums: list[int] = []
    again: list[int] = []
    seen: set[tuple[str, ...]] = set()
    for row in sheet.rows:
        if not any(row.cells[theirs] for theirs in held.values()) and _is_sum(row):
            sums.append(row.line)
            continue
        texts = tuple(row.cells.values())
        is_told = any(row.cells[held[ours]] for ours in held if ours != "name")
        if texts in seen and is_told and not row.beyond:
            again.append(row.line)
            continue
        seen.add(texts)
        rows[row.line] = row
    notes = [tr("{lines} no person, only a number.", lines=_lines(sums, "hold"))] if sums else []
    notes += [tr("{lines} another line word for word.", lines=_lines(again, "repeat"))] if again else []
    return rows, notes


def _is_sum(row: Row) -> bool:
    texts = [text for text in row.cells.values() if text]
    if not texts or row.beyond or max(map(len, texts)) > LONGEST_SUM:
        return False
    return all(map(_NUMBER.fullmatch, texts))


def _lines(found: list[int], verb: str) -> str:
    """Return the lines with what they do, as a sentence begins."""
    if len(found) == 1:
        return tr("Line {found} {verb}s", found=found[0], verb=verb)
    more = tr(" and {count} more", count=len(found) - SHOWN) if len(found) > SHOWN else ""
    return tr("Lines {names}{more} {verb}", names=", ".join(map(str, found[:SHOWN])), more=more, verb=verb)


def said_by(row: Row, held: Mapping[str, str], there: Directory) -> Said:
    """Return what a row says of whom it means."""
    texts = {ours: row.cells[held[ours]] if ours in held else "" for ours in CONTACTS}
    return there.said(code=texts.pop("id"), **texts)


def key_of(file: PeopleFile, line: int) -> str:
    """Return how a line is named in an answer: a number that is somebody's id too is written line6."""
    written = lines.written(line)
    return f"line{written}" if compared_names.code(written) in file.there.by_code else written
