"""The grid: everything inside a roster board's viewport, drawn for the part that is asked for and nothing else."""

from __future__ import annotations

from PySide6.QtCore import QLine, QPoint, QRect, Qt
from PySide6.QtGui import QBrush, QPainter, QPen

from ui.roster.board_chips import OVERHANG
from ui.roster.board_table import SheetTable
from ui.roster.hand import Hand
from ui.roster.sheet import Cell, Sheet

KEPT_OFF, WANTED = "clsj", "pw"
"""Letters of a person's grades that keep them off a slot, and those of a wish for it."""


def draw(painter: QPainter, table: SheetTable, hand: Hand, area: QRect) -> None:
    """Draw the part of the board inside `area`."""
    inks, sheet, room = table.inks.of, table.sheet, table.room()
    painter.fillRect(area, inks["base"])
    if sheet is None or not sheet.rows or not sheet.open:
        return
    columns, rows = room.columns_in(area), table.names.rows_in(area)
    inside = area.intersected(QRect(room.left_of(0), table.top_of(0), *table.extent()))
    _shades(painter, table, sheet, columns, inside)
    _bands(painter, table, sheet, rows, inside)
    _lines(painter, table, rows, columns, inside)
    _heat(painter, table, sheet, rows, columns)
    _hours_given(painter, table, sheet, columns)
    _chips(painter, table, sheet, rows, columns)
    _signs(painter, table, hand, sheet)


def _shades(painter: QPainter, table: SheetTable, sheet: Sheet, span: tuple[int, int], inside: QRect) -> None:
    """Shade weekend and night columns."""
    room = table.room()
    for n in range(span[0], span[1] + 1):
        column = sheet.board.columns[n]
        role = "weekend" if column.weekend else "night" if column.night else ""
        if role:
            painter.fillRect(room.left_of(n), inside.top(), room.slot, inside.height(), table.inks.of[role])


def _bands(painter: QPainter, table: SheetTable, sheet: Sheet, rows: tuple[int, int], inside: QRect) -> None:
    """Tint group rows, the current row and what is selected."""
    room, inks, current = table.room(), table.inks.of, table.currentIndex().row()
    for n in range(rows[0], rows[1] + 1):
        role = "highlight" if n == current else "window" if sheet.rows[n].kind == "group" else ""
        if role:
            painter.fillRect(inside.left(), table.top_of(n), inside.width(), table.rowHeight(n), inks[role])
    first, last = room.columns_in(inside)
    # ranges are clipped to what is seen: asking for the selected indexes after Ctrl+A would take a second
    for part in table.chosen_parts():
        top, bottom = max(rows[0], part.top()), min(rows[1], part.bottom())
        left, right = max(first, part.left()), min(last, part.right())
        if top <= bottom and left <= right and (part.top(), part.left()) != (part.bottom(), part.right()):
            y = table.top_of(top)
            height = table.top_of(bottom) + table.rowHeight(bottom) - y
            painter.fillRect(room.left_of(left), y, (right - left + 1) * room.slot, height, inks["highlight"])


def _lines(
    painter: QPainter, table: SheetTable, rows: tuple[int, int], columns: tuple[int, int], inside: QRect
) -> None:
    """Draw the hairlines between people and days, and the stronger ones between weeks."""
    room = table.room()
    across = []
    for n in range(rows[0], rows[1] + 1):
        y = table.top_of(n) + table.rowHeight(n) - 1
        across.append(QLine(inside.left(), y, inside.right(), y))
    days: list[QLine] = []
    weeks: list[QLine] = []
    for n in range(columns[0], columns[1] + 2):
        if room.starts_day(n):
            x = room.left_of(n) - 1
            (weeks if room.starts_week(n) else days).append(QLine(x, inside.top(), x, inside.bottom()))
    for lines, role in ((across + days, "hairline"), (weeks, "border")):
        painter.setPen(table.inks.of[role])
        if lines:
            painter.drawLines(lines)


def _heat(painter: QPainter, table: SheetTable, sheet: Sheet, rows: tuple[int, int], columns: tuple[int, int]) -> None:
    """Draw the open seats of the groups that are seen."""
    room, scale = table.room(), table.devicePixelRatioF()
    for n in range(rows[0], rows[1] + 1):
        row = sheet.rows[n]
        if row.kind != "group" or not row.gaps:
            continue
        y, height = table.top_of(n) + 3, table.rowHeight(n) - 7
        for c in range(columns[0], columns[1] + 1):
            if row.open[c]:
                painter.drawPixmap(room.left_of(c), y, table.chips.heat(row.open[c], room.slot - 1, height, scale))


def _hours_given(painter: QPainter, table: SheetTable, sheet: Sheet, columns: tuple[int, int]) -> None:
    """Hatch what the current person cannot take, and dot what they want."""
    room, row, index = table.room(), table.row_at(), table.currentIndex()
    if row is None or row.line is None:
        return
    y, height, grades = table.top_of(index.row()), table.rowHeight(index.row()) - 1, row.line.grades
    hatch = QBrush(table.inks.of["border"], Qt.BrushStyle.BDiagPattern)
    for n in range(columns[0], columns[1] + 1):
        slot = sheet.board.columns[n].slot
        grade = grades[slot] if slot < len(grades) else "."
        if grade in KEPT_OFF:
            painter.fillRect(room.left_of(n), y, room.slot - 1, height, hatch)
        elif grade in WANTED:
            painter.fillRect(room.left_of(n) + room.slot // 2 - 2, y + height // 2 - 2, 4, 4, table.inks.of["good"])


def _chips(painter: QPainter, table: SheetTable, sheet: Sheet, rows: tuple[int, int], columns: tuple[int, int]) -> None:
    """Draw the chips; those of broken rules last, since their sign stands out over the next slot."""
    room = table.room()
    scale, slot, x0 = table.devicePixelRatioF(), room.slot, room.left_of(0)
    cells, chip, late = sheet.cells, table.chips.chip, []
    for n in range(rows[0], rows[1] + 1):
        y, height = table.top_of(n), table.rowHeight(n)
        for c in range(max(0, columns[0] - 1), columns[1] + 1):
            cell = cells.get((n, c))
            if cell is None or (cell.first != c and c != columns[0]):
                continue
            draw = (QPoint(x0 + cell.first * slot, y), (cell.face, slot * (cell.last - cell.first + 1), height, scale))
            if cell.face.broken:
                late.append(draw)
            else:
                painter.drawPixmap(draw[0], chip(*draw[1]))
    for place, what in late:
        painter.drawPixmap(place, chip(*what))


def _signs(painter: QPainter, table: SheetTable, hand: Hand, sheet: Sheet) -> None:
    """Draw the focus, what is picked up, where it would land, and the chip in the hand."""
    index, inks = table.currentIndex(), table.inks.of
    if index.isValid():
        pen = QPen(inks["accent"], 2 if table.hasFocus() else 1)
        _frame(painter, _place(table, sheet, index.row(), index.column()), pen)
    if hand.held is None:
        return
    from_cell = sheet.cells.get(hand.held.at)
    _frame(painter, _place(table, sheet, *hand.held.at), QPen(inks["accent"], 1, Qt.PenStyle.DashLine))
    if hand.over is not None:
        pen = QPen(inks["accent" if hand.is_good else "bad"], 2)
        _frame(painter, _place(table, sheet, *hand.over, like=from_cell), pen)
    if from_cell is not None and hand.over not in (None, hand.held.at):
        _ghost(painter, table, hand, sheet, from_cell, hand.held.at[0])


def _ghost(painter: QPainter, table: SheetTable, hand: Hand, sheet: Sheet, from_cell: Cell, row: int) -> None:
    """Draw the chip in the hand: under the mouse, else where the keyboard would drop it."""
    wide, found = table.slot * (from_cell.last - from_cell.first + 1), hand.drop
    if hand.point is not None:
        at = hand.point - QPoint((wide + OVERHANG) // 2, table.rowHeight(row) // 2)
    elif hand.over is not None and found is not None and found.act in ("move", "hand over"):
        at = _place(table, sheet, *hand.over, like=from_cell).topLeft()
    else:
        return
    painter.setOpacity(0.7)
    painter.drawPixmap(at, table.chips.chip(from_cell.face, wide, table.rowHeight(row), table.devicePixelRatioF()))
    painter.setOpacity(1.0)


def _place(table: SheetTable, sheet: Sheet, row: int, column: int, like: Cell | None = None) -> QRect:
    """Return the place of a cell, as wide as what lies in it or, where it is free, as what is to be dropped there."""
    room, cell = table.room(), sheet.cells.get((row, column))
    first, wide = (cell.first, cell.last - cell.first + 1) if cell else (column, 1)
    if cell is None and like is not None and like.last > like.first:
        first, wide = room.day_of(column)[0], like.last - like.first + 1
    return QRect(room.left_of(first), table.top_of(row), room.slot * wide - 1, table.rowHeight(row) - 1)


def _frame(painter: QPainter, place: QRect, pen: QPen) -> None:
    """Draw a frame inside a cell's edge."""
    half = 1 if pen.width() > 1 else 0
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(place.adjusted(half, half, -half, -half) if half else place.adjusted(0, 0, -1, -1))
