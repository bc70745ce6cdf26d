"""Words of the board: what a cell, a row and a column say to a screen reader, in a tooltip, in an act's label."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QCoreApplication

from crt_scheduler import times
from crt_scheduler.board import Column, Line, Place
from crt_scheduler.frozen_rows import AssignmentRow
from crt_scheduler.roster import shift_name
from solver.problem import CITY, GRADES
from solver.wording import say_date
from ui.roster.sheet import CLERGY, Cell, Row, Sheet

translate = QCoreApplication.translate


def group_title(group: str) -> str:
    """Return what a group is called."""
    return {
        CLERGY: translate("Board", "Clergy"),
        "": translate("Board", "No home area"),
        CITY: translate("Board", "City"),
    }.get(group, group)


def group_note(row: Row) -> str:
    """Return a group's people and open seats: 63 people, 24 open; 12 of 63, 24 open where the board is narrowed."""
    parts = []
    if row.people or row.of:
        whole = translate("Board", "{n} people") if row.people == row.of else translate("Board", "{n} of {of}")
        parts.append(whole.format(n=row.people, of=row.of))
    if row.gaps:
        parts.append(translate("Board", "{n} open").format(n=row.gaps))
    return ", ".join(parts)


def seats_note(row: Row) -> str:
    """Return a group's seats a shift and open seats in the shifts x areas board."""
    parts = [translate("Board", "{n} open").format(n=row.gaps)] if row.gaps else [translate("Board", "all taken")]
    return ", ".join(parts)


def role_word(line: Line) -> str:
    """Return the word beside a name: Lead, Trainee; nothing for the others."""
    return {"lead": translate("Board", "Lead"), "trainee": translate("Board", "Trainee")}.get(line.role, "")


def seat_word(role: str, tier: str = "") -> str:
    """Return what a seat is called: lead, second, trainee, duty lead, primary clergy."""
    known = {"responder": translate("Board", "second"), "duty_lead": translate("Board", "duty lead")}
    return " ".join(part for part in (tier, known.get(role, role.replace("_", " "))) if part)


def seat_title(row: Row) -> str:
    """Return the title of a seat's row: Lead, Second, Lead 2."""
    word = seat_word(row.role, row.tier)
    title = word[:1].upper() + word[1:]
    return title if not row.number else f"{title} {row.number + 1}"


def state_word(state: str) -> str:
    """Return what a promise state is called."""
    return {
        "draft": translate("Board", "draft"),
        "told": translate("Board", "told"),
        "confirmed": translate("Board", "confirmed"),
        "done": translate("Board", "done"),
    }.get(state, state)


def said_word(line: Line, slot: int) -> str:
    """Return what a person said of a slot: unavailable, wants it; free if nothing."""
    grade = GRADES[line.grades[slot]] if slot < len(line.grades) else "free"
    return {
        "cannot": translate("Board", "unavailable"),
        "rather_not": translate("Board", "free, would rather not"),
        "prefers": translate("Board", "free, prefers this"),
        "wants": translate("Board", "free, wants this"),
        "leave": translate("Board", "on leave"),
        "stand_down": translate("Board", "standing down"),
        "debrief": translate("Board", "owes a debrief"),
        "not_joined": translate("Board", "not on the team yet"),
    }.get(grade, translate("Board", "free"))


def is_over(line: Line) -> bool:
    """Has a person more hours than wanted, or as many as allowed?"""
    return line.minutes > 0 and (line.minutes > line.target or line.minutes >= line.ceiling)


def hours(line: Line) -> str:
    """Return a person's hours beside those owed, in a sentence."""
    told = translate("Board", "{has} on call this month; target {target}, at most {ceiling}.").format(
        has=times.hours_words(line.minutes),
        target=times.hours_words(line.target),
        ceiling=times.hours_words(line.ceiling),
    )
    if line.minutes >= line.ceiling and line.minutes:
        return " ".join((told, translate("Board", "No more fit under the ceiling.")))
    return " ".join((told, translate("Board", "Above the target."))) if is_over(line) else told


def person(line: Line) -> str:
    """Return a person's row in words, broken rules last."""
    home = group_title(CLERGY if line.kind == CLERGY else line.home)
    parts = [", ".join(part for part in (line.name, role_word(line), home, *line.languages) if part)]
    return "\n".join([*parts, hours(line), *line.broken])


def column(where: Column) -> str:
    """Return a column in words: Saturday 9 January, night, holiday."""
    parts = [_day(where.date), where.template, *([translate("Board", "holiday")] if where.holiday else [])]
    return ", ".join(parts)


def place(row: AssignmentRow) -> str:
    """Return a place for labels and sentences: Valley, night, 9 Jan."""
    return ", ".join((row.area, row.template, say_date(row.date)))


def shift(key: str) -> str:
    """Return a shift for labels and sentences: Valley, night, 9 Jan."""
    name = shift_name(key)
    return ", ".join((name.area, name.template, say_date(name.date)))


def spoken_place(found: Place) -> str:
    """Return one place in words: who, when, where, seat, state, lock and every broken rule."""
    row = found.row
    parts = [row.name, _day(row.date), row.template, row.area, seat_word(row.role, row.tier), state_word(row.state)]
    if row.locked:
        parts.append(translate("Board", "locked"))
    rules = [translate("Board", "broken rule: {}").format(sentence) for sentence in found.broken]
    return ", ".join([*parts, *rules])


def spoken(sheet: Sheet, row: Row, at: int, cell: Cell | None) -> str:
    """Return a cell in words, whatever it holds."""
    where = sheet.board.columns[at]
    if row.kind == "group":
        count = (
            translate("Board", "{n} open seats").format(n=row.open[at])
            if row.open[at]
            else translate("Board", "no open seats")
        )
        return ", ".join((group_title(row.group), column(where), count))
    if cell is not None and cell.places:
        return "; ".join(spoken_place(found) for found in cell.places)
    if row.line is not None:
        said = said_word(row.line, where.slot)
        return ", ".join((row.line.name, column(where), said))
    seat = f"{group_title(row.group)}, {seat_title(row).lower()}, {column(where)}"
    if cell is None:
        return translate("Board", "{}, no such seat").format(seat)
    return translate("Board", "{}, open").format(seat)


def tip(sheet: Sheet, row: Row, at: int, cell: Cell | None) -> str:
    """Return a cell's tooltip: the same words on lines; none for an empty cell that has nothing to say."""
    where = sheet.board.columns[at]
    if cell is not None and cell.places:
        return "\n".join(line for found in cell.places for line in _tip_lines(found))
    if row.kind == "group" and not row.open[at]:
        return ""
    if row.line is not None and said_word(row.line, where.slot) == translate("Board", "free"):
        return ""
    return spoken(sheet, row, at, cell)


def _tip_lines(found: Place) -> list[str]:
    row = found.row
    state = ", ".join(
        [seat_word(row.role, row.tier), state_word(row.state), *([translate("Board", "locked")] if row.locked else [])]
    )
    return [row.name, f"{_day(row.date)}, {row.template}, {row.area}", state, *found.broken]


def _day(date: dt.date) -> str:
    return say_date(date, "long weekday long day")
