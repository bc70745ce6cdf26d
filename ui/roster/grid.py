"""The grid: everything inside a roster board's viewport, drawn for the part that is asked for and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLine, QPoint, QRect, Qt
from PySide6.QtGui import QBrush, QPainter, QPen

from ui.roster.chips import OVERHANG
from ui.roster.sheet import Cell, Sheet

if TYPE_CHECKING:
    from ui.roster.board import RosterBoard


KEPT_OFF, WANTED = "clsj", "pw"
"""Letters of a person's grades that keep them off a slot, and those of a wish for it."""


def draw(painter: QPainter, board: RosterBoard, area: QRect) -> None:
    """Draw the part of the board inside `area`."""
    inks, sheet = board.inks.of, board.sheet
    painter.fillRect(area, inks["base"])
    if sheet is None or not sheet.rows or not sheet.open:
        return
    columns, rows = board.columns_in(area), board.rows_in(area)
    inside = area.intersected(QRect(board.left_of(0), board.top_of(0), *board.extent()))
    _shades(painter, board, sheet, columns, inside)
    _bands(painter, board, sheet, rows, inside)
    _lines(painter, board, rows, columns, inside)
    _heat(painter, board, sheet, rows, columns)
    _hours_given(painter, board, sheet, columns)
    _chips(painter, board, sheet, rows, columns)
    _signs(painter, board, sheet)


def _shades(painter: QPainter, board: RosterBoard, sheet: Sheet, span: tuple[int, int], inside: QRect) -> None:
    """Shade weekend and night columns."""
    for n in range(span[0], span[1] + 1):
        column = sheet.board.columns[n]
        role = "weekend" if column.weekend else "night" if column.night else ""
        if role:
            painter.fillRect(board.left_of(n), inside.top(), board.slot, inside.height(), board.inks.of[role])


def _bands(painter: QPainter, board: RosterBoard, sheet: Sheet, rows: tuple[int, int], inside: QRect) -> None:
    """Tint group rows, the current row and what is selected."""
    inks, current = board.inks.of, board.currentIndex().row()
    for n in range(rows[0], rows[1] + 1):
        role = "highlight" if n == current else "window" if sheet.rows[n].kind == "group" else ""
        if role:
            painter.fillRect(inside.left(), board.top_of(n), inside.width(), board.rowHeight(n), inks[role])
    first, last = board.columns_in(inside)
    # ranges are clipped to what is seen: asking for the selected indexes after Ctrl+A would take a second
    for part in board.chosen_parts():
        top, bottom = max(rows[0], part.top()), min(rows[1], part.bottom())
        left, right = max(first, part.left()), min(last, part.right())
        if top <= bottom and left <= right and (part.top(), part.left()) != (part.bottom(), part.right()):
            y = board.top_of(top)
            height = board.top_of(bottom) + board.rowHeight(bottom) - y
            painter.fillRect(board.left_of(left), y, (right - left + 1) * board.slot, height, inks["highlight"])


def _lines(
    painter: QPainter, board: RosterBoard, rows: tuple[int, int], columns: tuple[int, int], inside: QRect
) -> None:
    """Draw the hairlines between people and days, and the stronger ones between weeks."""
    across = []
    for n in range(rows[0], rows[1] + 1):
        y = board.top_of(n) + board.rowHeight(n) - 1
        across.append(QLine(inside.left(), y, inside.right(), y))
    days: list[QLine] = []
    weeks: list[QLine] = []
    for n in range(columns[0], columns[1] + 2):
        if board.starts_day(n):
            x = board.left_of(n) - 1
            (weeks if board.starts_week(n) else days).append(QLine(x, inside.top(), x, inside.bottom()))
    for lines, role in ((across + days, "hairline"), (weeks, "border")):
        painter.setPen(board.inks.of[role])
        if lines:
            painter.drawLines(lines)


def _heat(painter: QPainter, board: RosterBoard, sheet: Sheet, rows: tuple[int, int], columns: tuple[int, int]) -> None:
    """Draw the open seats of the groups that are seen."""
    scale = board.devicePixelRatioF()
    for n in range(rows[0], rows[1] + 1):
        row = sheet.rows[n]
        if row.kind != "group" or not row.gaps:
            continue
        y, height = board.top_of(n) + 3, board.rowHeight(n) - 7
        for c in range(columns[0], columns[1] + 1):
            if row.open[c]:
                painter.drawPixmap(board.left_of(c), y, board.chips.heat(row.open[c], board.slot - 1, height, scale))


def _hours_given(painter: QPainter, board: RosterBoard, sheet: Sheet, columns: tuple[int, int]) -> None:
    """Hatch what the current person cannot take, and dot what they want."""
    row, index = board.row_at(), board.currentIndex()
    if row is None or row.line is None:
        return
    y, height, grades = board.top_of(index.row()), board.rowHeight(index.row()) - 1, row.line.grades
    hatch = QBrush(board.inks.of["border"], Qt.BrushStyle.BDiagPattern)
    for n in range(columns[0], columns[1] + 1):
        slot = sheet.board.columns[n].slot
        grade = grades[slot] if slot < len(grades) else "."
        if grade in KEPT_OFF:
            painter.fillRect(board.left_of(n), y, board.slot - 1, height, hatch)
        elif grade in WANTED:
            painter.fillRect(board.left_of(n) + board.slot // 2 - 2, y + height // 2 - 2, 4, 4, board.inks.of["good"])


def _chips(
    painter: QPainter, board: RosterBoard, sheet: Sheet, rows: tuple[int, int], columns: tuple[int, int]
) -> None:
    """Draw the chips; those of broken rules last, since their sign stands out over the next slot."""
    scale, slot, x0 = board.devicePixelRatioF(), board.slot, board.left_of(0)
    cells, chip, late = sheet.cells, board.chips.chip, []
    for n in range(rows[0], rows[1] + 1):
        y, height = board.top_of(n), board.rowHeight(n)
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


def _signs(painter: QPainter, board: RosterBoard, sheet: Sheet) -> None:
    """Draw the focus, what is picked up, where it would land, and the chip in the hand."""
    index, held = board.currentIndex(), board.held
    if index.isValid():
        pen = QPen(board.inks.of["accent"], 2 if board.hasFocus() else 1)
        _frame(painter, _room(board, sheet, index.row(), index.column()), pen)
    if held is None:
        return
    from_cell = sheet.cells.get(held.at)
    _frame(painter, _room(board, sheet, *held.at), QPen(board.inks.of["accent"], 1, Qt.PenStyle.DashLine))
    if board.over is not None:
        is_good = board.drop_at(*board.over).act != "none"
        pen = QPen(board.inks.of["accent" if is_good else "bad"], 2)
        _frame(painter, _room(board, sheet, *board.over, like=from_cell), pen)
    if from_cell is not None and board.over not in (None, held.at):
        _ghost(painter, board, sheet, from_cell, held.at[0])


def _ghost(painter: QPainter, board: RosterBoard, sheet: Sheet, from_cell: Cell, row: int) -> None:
    """Draw the chip in the hand: under the mouse, else where the keyboard would drop it."""
    wide = board.slot * (from_cell.last - from_cell.first + 1)
    if board.hand is None and board.over is not None and board.drop_at(*board.over).act in ("move", "hand over"):
        at = _room(board, sheet, *board.over, like=from_cell).topLeft()
    elif board.hand is not None:
        at = board.hand - QPoint((wide + OVERHANG) // 2, board.rowHeight(row) // 2)
    else:
        return
    painter.setOpacity(0.7)
    painter.drawPixmap(at, board.chips.chip(from_cell.face, wide, board.rowHeight(row), board.devicePixelRatioF()))
    painter.setOpacity(1.0)


def _room(board: RosterBoard, sheet: Sheet, row: int, column: int, like: Cell | None = None) -> QRect:
    """Return the room of a cell, as wide as what lies in it or, where it is free, as what is to be dropped there."""
    cell = sheet.cells.get((row, column))
    first, wide = (cell.first, cell.last - cell.first + 1) if cell else (column, 1)
    if cell is None and like is not None and like.last > like.first:
        first, wide = board.day_of(column)[0], like.last - like.first + 1
    return QRect(board.left_of(first), board.top_of(row), board.slot * wide - 1, board.rowHeight(row) - 1)


def _frame(painter: QPainter, room: QRect, pen: QPen) -> None:
    """Draw a frame inside a cell's edge."""
    half = 1 if pen.width() > 1 else 0
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(room.adjusted(half, half, -half, -half) if half else room.adjusted(0, 0, -1, -1))
