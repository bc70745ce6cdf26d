"""The calls that the rows of a file tell: rows of one call put together, and each known again among those there are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from crt_scheduler import call_numbers
from crt_scheduler.imports.calls_rows import CallLine
from solver.wording import counted

_TOLD = ("notified", "dispatched", "on_scene", "clear", "served", "responders", "hard")
"""What tells one case of a number from another."""
_ORDER = ("notified", "dispatched", "on_scene", "clear", "served", "responders", "hard", "type", "agency", "at")


@dataclass(frozen=True)
class Told:
    """The calls of a file, each with its case, and how many rows repeat another or add who went to it."""

    lines: tuple[CallLine, ...]
    repeated: int = 0
    joined: int = 0

    def notes(self) -> tuple[str, ...]:
        """Say which rows are no calls of their own."""
        found = []
        if self.repeated:
            found.append(
                counted(
                    self.repeated,
                    "{n} row repeats another row and is counted once.",
                    "{n} rows repeat another row and are counted once.",
                )
            )
        if self.joined:
            found.append(
                counted(
                    self.joined,
                    "{n} row tells of the same call as another row and adds who went to it.",
                    "{n} rows tell of the same call as another row and add who went to it.",
                )
            )
        return tuple(found)


def told(rows: Iterable[CallLine], there: Mapping[tuple[str, int], CallLine]) -> Told:
    """Return the calls of the rows, whose order says nothing.

    Rows of one number that are equal but for who went are one call. Others are its cases: each is the call of the
    records that it is most like, and the rest are numbered by their times. A number is spelled as in the records.
    """
    spelled = call_numbers.spellings(number for number, _ in there)
    groups: dict[str, list[CallLine]] = {}
    for row in rows:
        number = spelled.get(row.number) or spelled.setdefault(call_numbers.folded(row.number), row.number)
        groups.setdefault(number, []).append(replace(row, number=number))
    known: dict[str, list[CallLine]] = {}
    for line in there.values():
        if line.number in groups:
            known.setdefault(line.number, []).append(line)
    lines: list[CallLine] = []
    repeated = joined = 0
    for number, group in groups.items():
        whole, again, more = _whole(group)
        repeated, joined = repeated + again, joined + more
        lines += _numbered(whole, sorted(known.get(number, ()), key=lambda line: line.case))
    return Told(tuple(lines), repeated, joined)


def _whole(rows: list[CallLine]) -> tuple[list[CallLine], int, int]:
    """Return rows of one number with those of one call put together; how many repeat one, and how many add to one."""
    found: dict[CallLine, dict[int, str]] = {}
    repeated = joined = 0
    for row in rows:
        went = dict(zip(row.responders, row.roles, strict=True))
        call = replace(row, responders=(), roles=())
        if call not in found:
            found[call] = went
            continue
        is_new = bool(went.keys() - found[call].keys())
        repeated, joined = repeated + (not is_new), joined + is_new
        found[call] |= went
    whole = [
        replace(call, responders=tuple(sorted(went)), roles=tuple(went[who] for who in sorted(went)))
        for call, went in found.items()
    ]
    return whole, repeated, joined


def _numbered(lines: list[CallLine], known: list[CallLine]) -> list[CallLine]:
    """Return lines of one number with their cases: those of the known calls they are most like, else the next free."""
    waiting = sorted(lines, key=_sorting)
    if not known:
        return [replace(line, case=n) for n, line in enumerate(waiting, start=1)]
    found: list[CallLine] = []
    pairs = [(_likeness(line, call), -n, -call.case) for n, line in enumerate(waiting) for call in known]
    cases: dict[int, int] = {}
    for _, n, case in sorted(pairs, reverse=True):
        if -n not in cases and -case not in cases.values():
            cases[-n] = -case
    free = max(call.case for call in known)
    for n, line in enumerate(waiting):
        if n not in cases:
            free += 1
        found.append(replace(line, case=cases.get(n, free)))
    return found


def _likeness(line: CallLine, call: CallLine) -> int:
    """Return how much a line says what a call says; what it leaves empty says nothing."""
    said = [(getattr(line, name), getattr(call, name)) for name in _TOLD]
    return sum(2 if mine == theirs else -1 for mine, theirs in said if mine not in (None, "", ()))


def _sorting(line: CallLine) -> tuple[Any, ...]:
    values = (getattr(line, name) for name in _ORDER)
    return tuple((value is not None, value if value is not None else 0) for value in values)
