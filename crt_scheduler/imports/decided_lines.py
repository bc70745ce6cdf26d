"""The lines that answers name, found in the file they are about; an answer for a line that is not there is refused."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from crt_scheduler import lines, remedies
from crt_scheduler.errors import CrtError
from crt_scheduler.imports.asked import Decisions
from crt_scheduler.lines import SheetLine, row_of
from crt_scheduler.sheets import Sheet
from solver.wording import counted, tr


def own(line: int, rows: Collection[int]) -> int:
    """Return a line as a file's rows have it, or 0 where it names none: a number alone does where one sheet has it."""
    if isinstance(line, SheetLine):
        return next((each for each in rows if each == line), 0)
    if line in rows:
        return line
    found = [each for each in rows if isinstance(each, SheetLine) and each.row == line]
    return found[0] if len(found) == 1 else 0


def found(sheet: Sheet, decided: Decisions) -> Decisions:
    """Return the decisions by the sheet's own lines.

    Raises CrtError for a line without a row, one that several sheets have, and one that is decided twice.
    """
    if not (decided.same or decided.named or decided.new or decided.left_out):
        return decided
    rows = frozenset(row.line for row in sheet.rows)
    same = {_line(sheet, rows, "--same", line): who for line, who in decided.same.items()}
    named = {(_line(sheet, rows, "--same", line), name): who for (line, name), who in decided.named.items()}
    new, out = (
        frozenset(_line(sheet, rows, option, line) for line in lines)
        for option, lines in (("--new", decided.new), ("--leave-out", decided.left_out))
    )
    twice = sorted((new & set(same)) | (out & (new | set(same))))
    if twice:
        raise CrtError(tr("Line {twice} is decided twice.", twice=twice[0]), remedies.DECIDE_ONCE)
    return replace(decided, same=same, named=named, new=new, left_out=out)


def _line(sheet: Sheet, rows: Collection[int], option: str, line: int) -> int:
    if isinstance(line, SheetLine) and sheet.name.casefold() == line.sheet.casefold():
        line = line.row  # the one sheet that was read
    if there := own(line, rows):
        return there
    alike = _of_sheets(rows, line)
    said = lines.option(option, line)
    if len(alike) > 1:
        ways = " or ".join(lines.option(option, each) for each in alike)
        raise CrtError(
            tr(
                "{said}: several sheets of {name} have a row {line}. Say which: {ways}",
                said=said,
                name=sheet.path.name,
                line=line,
                ways=ways,
            )
        )
    raise CrtError(
        tr(
            "{said}: {name} has no row on line {line}. Name the line of a row.",
            said=said,
            name=sheet.path.name,
            line=line,
        )
    )


def _of_sheets(rows: Iterable[int], line: int) -> list[int]:
    return sorted(each for each in rows if isinstance(each, SheetLine) and row_of(each) == line)


def said(decided: Decisions) -> tuple[str, ...]:
    """Say which lines are left out because that was asked for."""
    if not decided.left_out:
        return ()
    return (
        counted(
            len(decided.left_out),
            "Line {names} was left out, as asked.",
            "Lines {names} were left out, as asked.",
            names=", ".join(map(str, sorted(decided.left_out))),
        ),
    )
