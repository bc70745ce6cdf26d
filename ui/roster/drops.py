"""Drops: what letting go of a picked-up chip over a cell would do: move, hand over, swap, or nothing and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QCoreApplication

from crt_scheduler.board import Place
from crt_scheduler.roster import ShiftName
from ui.roster.sheet import Cell, Sheet

Act = Literal["move", "hand over", "swap", "none"]
translate = QCoreApplication.translate


@dataclass(frozen=True)
class Held:
    """A chip picked up to be moved or swapped, and the cell it was taken from."""

    place: Place
    act: Literal["move", "swap"]
    at: tuple[int, int]


@dataclass(frozen=True)
class Drop:
    """What a drop would do: the act with the other place, person or shift it needs; or the sentence why nothing."""

    act: Act
    words: str = ""
    other: Place | None = None
    person: str = ""
    shift: str = ""


def drop(sheet: Sheet, held: Held, row: int, column: int) -> Drop:
    """Return what letting go of a chip over a cell would do; back where it came from: nothing, without a word."""
    cell = sheet.cells.get((row, column))
    if cell is not None and cell.places:
        return _on_place(held, cell)
    if held.act == "swap":
        return Drop("none", translate("Board", "Nobody is on call there. Choose somebody's shift to swap with."))
    if sheet.is_by_area:
        return _on_seat(held, cell)
    return _on_free(sheet, held, row, column)


def _on_place(held: Held, cell: Cell) -> Drop:
    mine = held.place.row
    if any(place.row.id == mine.id for place in cell.places):
        return Drop("none")
    other = cell.places[0]
    if other.row.person == mine.person:
        return Drop(
            "none",
            translate("Board", "Both shifts are {name}'s. Choose somebody else's to swap.").format(name=mine.name),
        )
    return Drop("swap", other=other)


def _on_seat(held: Held, cell: Cell | None) -> Drop:
    if cell is None:
        return Drop(
            "none", translate("Board", "That shift has no such seat. Choose an open one, or somebody to swap with.")
        )
    if cell.shift == held.place.row.shift:
        words = translate("Board", "{name} is on that shift already. Choose another.").format(name=held.place.row.name)
        return Drop("none", words)
    return Drop("move", shift=cell.shift)


def _on_free(sheet: Sheet, held: Held, row: int, column: int) -> Drop:
    place, line = held.place, sheet.rows[row].line
    if line is not None and line.person == place.row.person:
        return Drop("move", shift=str(_shift_in(sheet, place, column)))
    if line is not None and place.first <= column <= place.last:
        return Drop("hand over", person=line.person)
    words = translate("Board", "Drop it in {name}'s row to move the shift, or in its own column to hand it over.")
    return Drop("none", words.format(name=place.row.name))


def _shift_in(sheet: Sheet, place: Place, column: int) -> ShiftName:
    """Return the shift of the place's area in another column; a duty wider than a column keeps its kind."""
    where = sheet.board.columns[column]
    template = where.template if place.first == place.last else place.row.template
    return ShiftName(where.date, template, place.row.area)
